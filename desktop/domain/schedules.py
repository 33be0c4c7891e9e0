"""What the program does by itself beside sending: backups, and reports into a folder."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import cast

FORMATS = ("pdf", "xlsx", "csv", "json")


class When(StrEnum):
    """When reports are written: of each campaign that ends, or of all that sent since, each day or Monday."""

    END = "end"
    DAY = "day"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class BackupPlan:
    """`folder` None is the one in the data folder. The passphrase is among the secrets, never here."""

    is_on: bool = False
    folder: str | None = None
    every_h: int = 24
    keep: int = 7


@dataclass(frozen=True, slots=True)
class ReportPlan:
    """`hour` is local, for days and weeks."""

    is_on: bool = False
    folder: str | None = None
    formats: tuple[str, ...] = ("pdf",)
    when: When = When.END
    hour: int = 7


@dataclass(frozen=True, slots=True)
class Done:
    """What became of it: when it was done last, and since when and why (a code) it fails, if it does."""

    at: datetime | None = None
    failed_at: datetime | None = None
    failure: str | None = None


def backup_document(plan: BackupPlan) -> dict[str, object]:
    return {"on": plan.is_on, "folder": plan.folder, "every_h": plan.every_h, "keep": plan.keep}


def backup_of(stored: object) -> BackupPlan:
    """Read a stored plan; what nobody understands is switched off."""
    match stored:
        case {"on": bool(is_on), "folder": str() | None as folder, "every_h": int(every_h), "keep": int(keep)}:
            return BackupPlan(is_on, folder, max(1, every_h), max(1, keep))
        case _:
            return BackupPlan()


def report_document(plan: ReportPlan) -> dict[str, object]:
    return {
        "on": plan.is_on,
        "folder": plan.folder,
        "formats": list(plan.formats),
        "when": plan.when.value,
        "hour": plan.hour,
    }


def report_of(stored: object) -> ReportPlan:
    """Read a stored plan; what nobody understands is switched off."""
    chosen = cast("dict[str, object]", stored) if isinstance(stored, dict) else {}
    listed = chosen.get("formats")
    formats = cast("list[object]", listed) if isinstance(listed, list) else []
    match chosen:
        case {"on": bool(is_on), "folder": str() | None as folder, "when": str(when), "hour": int(hour)} if when in {
            each.value for each in When
        }:
            known = tuple(each for each in FORMATS if each in formats)
            return ReportPlan(is_on and bool(known), folder, known, When(when), min(23, max(0, hour)))
        case _:
            return ReportPlan()


def done_document(done: Done) -> dict[str, object]:
    return {
        "at": done.at.isoformat() if done.at else None,
        "failed_at": done.failed_at.isoformat() if done.failed_at else None,
        "failure": done.failure,
    }


def done_of(stored: object) -> Done:
    match stored:
        case {"at": str() | None as at, "failed_at": str() | None as failed_at, "failure": str() | None as failure}:
            return Done(_moment(at), _moment(failed_at), failure)
        case _:
            return Done()


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
