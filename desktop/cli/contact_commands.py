"""People: import, list, opt out and in, export, erase."""

import argparse
import sys
from datetime import timedelta
from pathlib import Path

import phonenumbers

from desktop.audience.phones import PhoneOk, normalise
from desktop.cli.output import Output, iso
from desktop.cli.words import Words
from desktop.composition import Workplace
from desktop.domain.consent import ImportRules, KnownPolicy
from desktop.domain.contact import Contact
from desktop.domain.errors import KnownError

PAGE = 1_000


async def import_file(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    """`contacts import`: read a file into the contacts; progress goes to stderr, the counts to stdout."""

    def progress(rows: int, share: float) -> None:
        if sys.stderr.isatty():
            filled = round(share * 30)
            sys.stderr.write(f"\r[{'#' * filled}{'.' * (30 - filled)}] {rows:,}")
            sys.stderr.flush()

    region = str(options.region).upper()
    if region not in phonenumbers.SUPPORTED_REGIONS:
        raise KnownError("unknown_region", f"There is no country {region}.", "For example BR or PT.", region=region)
    for broken in await workplace.operations.recover_imports():
        output.note(f"{broken.file}: cut off earlier, and taken back ({broken.removed:,} removed)")
    report = await workplace.operations.import_contacts(
        Path(options.file),
        options.mapping,
        options.tags,
        region,
        progress,
        rejects_path=Path(options.rejects) if options.rejects else None,
        rules=ImportRules(
            f"import:{Path(options.file).name}", options.proof, options.agreed_on, KnownPolicy(options.known)
        ),
    )
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")
    result = report.result
    answer = {
        "rows": result.rows,
        "added": result.added,
        "updated": result.updated,
        "duplicates": result.duplicates,
        "rejected": result.rejected,
        "seconds": result.seconds,
    }
    output.document(answer, "\n".join(f"{name:12} {value}" for name, value in answer.items()))
    for code, n in report.reasons:
        output.note(f"{n:7}  {code}")
    for code, n in (("landline", report.landlines), ("shortened", report.shortened)):
        if n:
            output.note(f"{n:7}  {code} (taken in)")
    if report.rejects_path is not None:
        output.note(f"→ {report.rejects_path}")
    return 0


async def undo_import(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    undone = await workplace.operations.undo_import()
    answer = {"removed": undone.removed, "restored": undone.restored, "kept": undone.kept}
    output.document(answer, "\n".join(f"{name:12} {value}" for name, value in answer.items()))
    return 0


async def list_some(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    rows: list[dict[str, object]] = []
    after: int | None = None
    while options.limit is None or len(rows) < options.limit:
        limit = PAGE if options.limit is None else min(PAGE, options.limit - len(rows))
        page = await workplace.library.contacts(options.tag, after, limit)
        rows += map(_contact, page)
        if len(page) < limit:
            break
        after = page[-1].id
    output.document(rows, output.table(rows, ("phone", "name", "tags", "opted_out_at")))
    return 0


def _contact(contact: Contact) -> dict[str, object]:
    return {
        "id": contact.id,
        "phone": contact.phone,
        "name": contact.name,
        "tags": list(contact.tags),
        "custom": dict(contact.custom),
        "opted_out_at": iso(contact.opted_out_at),
        "created_at": iso(contact.created_at),
    }


async def opt_out(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    phone = read_phone(options.phone)
    await workplace.operations.opt_out(phone)
    output.document({"phone": phone, "opted_out": True}, f"{phone}  opted out")
    return 0


async def opt_in(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    phone = read_phone(options.phone)
    await workplace.operations.opt_in(phone, options.proof)
    output.document({"phone": phone, "opted_out": False}, f"{phone}  opted in")
    return 0


async def check(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    """`contacts check`: ask which contacts are on WhatsApp, within the limits of interactive requests."""

    def progress(done: int, of: int) -> None:
        if sys.stderr.isatty():
            filled = round(done / of * 30) if of else 30
            sys.stderr.write(f"\r[{'#' * filled}{'.' * (30 - filled)}] {done:,}/{of:,}")
            sys.stderr.flush()

    age = timedelta(days=options.max_age_days)
    result = await workplace.operations.check_numbers(options.tag, age, options.instance, progress)
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")
    answer = {
        "checked": result.checked,
        "on_whatsapp": result.on_whatsapp,
        "not_on_whatsapp": result.not_on_whatsapp,
        "failed": result.failed,
        "from_cache": result.from_cache,
        "seconds": result.seconds,
    }
    output.document(answer, "\n".join(f"{name:16} {value}" for name, value in answer.items()))
    return 0


async def erase(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    phone = read_phone(options.phone)
    await workplace.operations.erase(phone)
    output.document({"phone": phone, "erased": True}, f"{phone}  erased")
    return 0


async def export(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    path = Path(options.file)
    rows = await workplace.operations.export_contacts(path)
    output.document({"rows": rows, "file": str(path)}, f"{rows} → {path}")
    return 0


def read_phone(text: str) -> str:
    """Return a phone that somebody typed as E.164.

    Raises:
        KnownError: `invalid_phone`.
    """
    found = normalise(text)
    if not isinstance(found, PhoneOk):
        raise KnownError("invalid_phone", f"{text} is not a phone number.", found.reason.value)
    return found.e164
