"""What a person agreed to: the proof of an opt-in, and the list of those who must not be written to.

A refusal is kept as a keyed hash of the phone, so that it survives the erasure of the person and says nothing of who it
was to somebody who has the list without its key.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

# Setting, off by default: send only to people whose consent is recorded.
NEEDS_CONSENT = "consent.required"


class KnownPolicy(StrEnum):
    """What an import does with a phone that is a contact already."""

    UPDATE = "update"  # name and fields that the file gives win, tags add up
    KEEP = "keep"  # the contact stays as it is
    MERGE_TAGS = "merge_tags"  # only the tags are added


@dataclass(frozen=True, slots=True)
class ConsentMark:
    """What a row of a file says about consent: a refusal, or when and how the person agreed."""

    is_refused: bool = False
    at: datetime | None = None
    proof: str = ""


@dataclass(frozen=True, slots=True)
class ImportRules:
    """How an import treats people. `source`, `proof` and `agreed_at` stand where a row does not say it itself."""

    source: str
    proof: str = ""
    agreed_at: datetime | None = None
    known: KnownPolicy = KnownPolicy.UPDATE


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """One import, as it is remembered for undoing. `id` is the moment that it began, in microseconds."""

    id: int
    file: str
    began_at: datetime
    ended_at: datetime | None
    added: int
    updated: int
    is_undone: bool


@dataclass(frozen=True, slots=True)
class RecoveredImport:
    """An import whose process was killed: what it had written was taken back."""

    file: str
    removed: int
    restored: int


def phone_hash(key: bytes, phone: str) -> str:
    """Return the hash of a phone (E.164) under a workspace's key; both forms of a Brazilian mobile give the same.

    Args:
        key: 16 to 64 bytes.
    """
    return hashlib.blake2b(_canonical(phone).encode(), key=key, digest_size=16).hexdigest()


def _canonical(phone: str) -> str:
    """Write a Brazilian mobile with its ninth digit, every other phone as it is."""
    if phone.startswith("+55") and len(phone) == 13 and phone[5] in "6789":
        return f"{phone[:5]}9{phone[5:]}"
    return phone
