"""A person. Contacts are people who asked to hear from the company; opted-out ones can be stored, never sent to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from desktop.domain.campaign import Audience
from desktop.domain.consent import ConsentMark
from desktop.domain.ids import ContactId
from desktop.domain.segment import Consent, Group


@dataclass(frozen=True, slots=True)
class NewContact:
    """A contact as an import brings it. `phone` is E.164 with plus."""

    phone: str
    name: str = ""
    tags: tuple[str, ...] = ()
    custom: Mapping[str, str] = field(default_factory=dict[str, str])
    consent: ConsentMark | None = None


@dataclass(slots=True)
class ContactBatch:
    """Contacts as columns, row by row at the same place: an object for each of a million would cost half an import.

    `fields` are the custom fields as JSON objects, as they are stored; `consents` has only the places that have one.
    """

    phones: list[str] = field(default_factory=list[str])
    names: list[str] = field(default_factory=list[str])
    fields: list[str] = field(default_factory=list[str])
    tags: list[tuple[str, ...]] = field(default_factory=list[tuple[str, ...]])
    consents: dict[int, ConsentMark] = field(default_factory=dict[int, ConsentMark])

    def __len__(self) -> int:
        return len(self.phones)


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
    is_consented: bool = False  # it is recorded when they agreed; an opt-out wins all the same


class ContactOrder(StrEnum):
    """What a list of people is sorted by."""

    ADDED = "added"
    NAME = "name"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class ContactFilter:
    """Which people a list shows, and in which order; `text` is what somebody typed to find them.

    `rules` need not be saved; `audience` narrows them to the people of a campaign that may be sent to.
    """

    text: str = ""
    tag: str | None = None
    consent: Consent | None = None
    rules: Group | None = None
    audience: Audience | None = None
    order: ContactOrder = ContactOrder.ADDED
    is_descending: bool = False


@dataclass(frozen=True, slots=True)
class ContactMessage:
    """What one campaign did for a person; `status` and `reason` are those of the recipient."""

    campaign: str
    status: str
    reason: str | None
    sent_at: datetime | None
    delivered_at: datetime | None
    read_at: datetime | None
    replied_at: datetime | None


@dataclass(frozen=True, slots=True)
class ConsentStep:
    """A person said no, or yes again."""

    at: datetime
    is_opt_out: bool
    source: str


@dataclass(frozen=True, slots=True)
class ContactHistory:
    """Everything between us and one person. `agreed_at` and `proof` are what an import said of the opt-in."""

    contact: Contact
    messages: tuple[ContactMessage, ...]
    agreed_at: datetime | None
    proof: str
    consent: tuple[ConsentStep, ...]


@dataclass(frozen=True, slots=True)
class ImportResult:
    """Counts of one import; `rows` are the data rows read (blank lines are not rows)."""

    rows: int
    added: int
    updated: int
    duplicates: int
    rejected: int
    seconds: float
