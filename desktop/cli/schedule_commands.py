"""Backups and reports by themselves, by command line: additions to the contract."""

import argparse
import os
from dataclasses import replace
from pathlib import Path

from desktop.cli.backup_commands import passphrase_of
from desktop.cli.output import Output
from desktop.cli.words import Words
from desktop.composition import Workplace
from desktop.domain.moments import iso_or_none
from desktop.domain.schedules import Done, When, backup_document, report_document


async def show(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    return await _show(workplace, output)


async def backup(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    schedules = workplace.schedules
    state = await schedules.state()
    plan = replace(
        state.backup,
        is_on=not options.off,
        folder=_folder(options, state.backup.folder),
        every_h=options.every_h or state.backup.every_h,
        keep=options.keep or state.backup.keep,
    )
    needs_one = plan.is_on and (not state.has_passphrase or "CADENCIA_PASSPHRASE" in os.environ)
    await schedules.plan_backup(plan, passphrase_of(twice=True) if needs_one else None)
    return await _show(workplace, output)


async def reports(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    schedules = workplace.schedules
    state = await schedules.state()
    plan = replace(
        state.reports,
        is_on=not options.off,
        folder=_folder(options, state.reports.folder),
        formats=tuple(options.format) if options.format else state.reports.formats,
        when=When(options.when) if options.when else state.reports.when,
        hour=state.reports.hour if options.hour is None else options.hour,
    )
    await schedules.plan_reports(plan)
    return await _show(workplace, output)


async def run_now(workplace: Workplace, options: argparse.Namespace, output: Output, words: Words) -> int:
    await workplace.schedules.round()
    return await _show(workplace, output)


def _folder(options: argparse.Namespace, present: str | None) -> str | None:
    return str(Path(options.folder).absolute()) if options.folder else present


async def _show(workplace: Workplace, output: Output) -> int:
    state = await workplace.schedules.state()
    document: dict[str, dict[str, object]] = {
        "backup": {
            **backup_document(state.backup),
            "folder": str(state.backup_folder),
            "passphrase": state.has_passphrase,
            **_done(state.backup_done),
        },
        "reports": {
            **report_document(state.reports),
            "folder": str(state.reports_folder),
            **_done(state.reports_done),
        },
    }
    lines = [f"{part:8} {name:11} {value}" for part, facts in document.items() for name, value in facts.items()]
    output.document(document, "\n".join(lines))
    return 0


def _done(done: Done) -> dict[str, object]:
    return {"done_at": iso_or_none(done.at), "failed_at": iso_or_none(done.failed_at), "failure": done.failure}
