"""A person. Contacts are people who asked to hear from the company; opted-out ones can be stored, never sent to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from desktop.domain.consent import ConsentMark
from desktop.domain.ids import ContactId


@dataclass(frozen=True, slots=True)
class NewContact:
    """A contact as an import brings it. `phone` is E.164 with plus."""

    phone: str
    name: str = ""
    tags: tuple[str, ...] = ()
    custom: Mapping[str, str] = field(default_factory=dict[str, str])
    consent: ConsentMark | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    id: ContactId
    phone: str
    name: str
    tags: tuple[str, ...]
    custom: Mapping[str, str]
    opted_out_at: datetime | None
    opt_in_source: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ImportResult:
    """Counts of one import; `rows` are the data rows read (blank lines are not rows)."""

    rows: int
    added: int
    updated: int
    duplicates: int
    rejected: int
    seconds: float
