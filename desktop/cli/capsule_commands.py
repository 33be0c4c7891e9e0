"""Campaign capsules by command line: additions to the contract."""

import argparse
import os
from dataclasses import asdict
from pathlib import Path

from desktop.capsule_desk import CapsuleDesk
from desktop.cli.backup_commands import passphrase_of
from desktop.cli.output import Output
from desktop.cli.words import Words
from desktop.composition import Workplace
from desktop.domain.ids import CampaignId


def desk_of(workplace: Workplace) -> CapsuleDesk:
    """Return what hands over the campaigns of the open workspace."""
    return CapsuleDesk(
        workplace.database,
        workplace.workspace_id,
        workplace.shelf,
        workplace.home.folder,
        workplace.clock.now,
        workplace.access.permit,
    )


async def export(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    passphrase = "" if options.open else passphrase_of(twice=True)
    made = await desk_of(workplace).export(CampaignId(options.id), _file(options), passphrase)
    answer: dict[str, object] = {**asdict(made), "file": str(made.file), "missing": list(made.missing)}
    return _answer(output, answer, words.one_desk_only(None) if made.handed_over else "")


async def show(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    shown = await desk_of(workplace).show(_file(options), _given())
    return _answer(output, asdict(shown))


async def take_in(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    done = await desk_of(workplace).take_in(_file(options), _given(), rest=options.rest)
    return _answer(output, asdict(done), words.one_desk_only(done.made_at))


async def take_back(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    await desk_of(workplace).take_back(CampaignId(options.id))
    return _answer(output, {"id": options.id, "handed_over": False})


def _file(options: argparse.Namespace) -> Path:
    return Path(options.file).absolute()


def _given() -> str:
    """Return the passphrase of the environment; without one the capsule may be open for everybody."""
    return os.environ.get("CADENCIA_PASSPHRASE", "")


def _answer(output: Output, document: dict[str, object], note: str = "") -> int:
    width = max(map(len, document))
    lines = [*(f"{name.ljust(width)}  {value}" for name, value in document.items()), *([note] if note else [])]
    output.document(document, "\n".join(lines))
    return 0
