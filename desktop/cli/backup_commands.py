"""Backup and restore."""

import argparse
import asyncio
import getpass
import os
import sys
import time
from datetime import timedelta
from pathlib import Path

from desktop import backup
from desktop.cli.output import Output
from desktop.cli.words import Words
from desktop.composition import Workplace
from desktop.domain.errors import KnownError
from desktop.domain.operator import Deed
from desktop.engine.clock import SystemClock
from desktop.paths import Home


async def make(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    """`backup FILE`: write the home into one encrypted file, and say what is in it."""
    by = await workplace.access.permit(Deed.EXPORT)
    began, now = time.perf_counter(), workplace.clock.now()
    passphrase = passphrase_of(twice=True)
    made = await asyncio.to_thread(backup.make, workplace.database, _file(options), passphrase, now)
    await workplace.note("backup_made", by)
    document = {
        "file": str(made.file),
        "bytes": made.size_bytes,
        "campaigns": made.counts.get("campaign", 0),
        "contacts": made.counts.get("contact", 0),
        "events": made.counts.get("event", 0),
        "media": made.media,
        "missing_media": list(made.missing),
        "seconds": round(time.perf_counter() - began, 3),
    }
    output.document(document, f"{made.file}  {made.size_bytes:,} B")
    return 0


async def restore(home: Home, options: argparse.Namespace, output: Output) -> int:
    """Restore into a home that nobody has opened; it does not need a database that can be opened."""
    if options.database:
        raise KnownError(
            "backup_needs_file",
            "This database is on a server, which a backup cannot be restored into.",
            "Leave --database away: the backup is restored into the data folder.",
        )
    now = SystemClock().now()
    passphrase = passphrase_of(twice=False)
    done = await asyncio.to_thread(backup.restore, home, _file(options), passphrase, now, replace=options.replace)
    document = {
        "made_at": done.made_at.isoformat(),
        "age_s": round(max(timedelta(0), now - done.made_at).total_seconds()),
        "campaigns": done.counts.get("campaign", 0),
        "contacts": done.counts.get("contact", 0),
        "events": done.counts.get("event", 0),
        "held": list(done.held),
        "previous": str(done.previous) if done.previous else None,
    }
    output.document(document, output.table([document], tuple(document)))
    return 0


def _file(options: argparse.Namespace) -> Path:
    return Path(options.file).absolute()


def passphrase_of(*, twice: bool) -> str:
    """Take it from the environment, or ask for it.

    Raises:
        KnownError: `passphrase_missing`, `passphrase_differs`.
    """
    given = os.environ.get("CADENCIA_PASSPHRASE")
    if given is None and sys.stdin.isatty():
        given = getpass.getpass("Passphrase: ")
        if twice and getpass.getpass("Passphrase, once more: ") != given:
            raise KnownError("passphrase_differs", "The two passphrases differ.", "Type the same one twice.")
    if not given:
        raise KnownError("passphrase_missing", "A backup needs a passphrase.", "Set CADENCIA_PASSPHRASE.")
    return given
