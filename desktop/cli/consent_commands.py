"""Consent: what is recorded of one person, for them, and whether the workspace sends to nobody else."""

import argparse
from pathlib import Path

from desktop.cli.contact_commands import read_phone
from desktop.cli.output import Output
from desktop.cli.words import Words
from desktop.composition import Workplace
from desktop.domain.consent import NEEDS_CONSENT
from desktop.domain.contact import ContactFilter
from desktop.domain.segment import Consent


async def export_person(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    phone, path = read_phone(options.phone), Path(options.file)
    await workplace.operations.export_person(phone, path)
    output.document({"phone": phone, "file": str(path)}, f"{phone} → {path}")
    return 0


async def rule(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    """Show whether consent is required, and how many people have none; `on` or `off` changes it first."""
    if options.required is not None:
        await workplace.operations.set_setting(NEEDS_CONSENT, options.required == "on")
    counts = {each.value: len(await workplace.library.contact_ids(ContactFilter(consent=each))) for each in Consent}
    is_required = await workplace.library.setting(NEEDS_CONSENT) is True
    answer: dict[str, object] = {"required": is_required, **counts}
    output.document(answer, "\n".join(f"{name:10} {value}" for name, value in answer.items()))
    return 0
