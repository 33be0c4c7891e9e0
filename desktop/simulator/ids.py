"""Identifiers and moments, spelled as the real gateway spells them.

The randomness here is never seeded: two runs that append to one record file must not hand out the same id twice.
"""

import itertools
import random
import uuid
from datetime import UTC, datetime

_chance = random.Random()
_row_numbers = itertools.count()


def message_key() -> str:
    """Return an id of an outgoing message, 22 characters as a linked web device makes them."""
    return f"3EB0{_chance.getrandbits(72):018X}"


def inbound_key() -> str:
    """Return an id of an incoming message, 20 characters in the recordings."""
    return f"3EB0{_chance.getrandbits(64):016X}"


def business_key() -> str:
    """Return an id of a message that left through Meta's Cloud API."""
    return f"wamid.{_chance.getrandbits(128):032X}"


def row_id() -> str:
    """Return a database id of the gateway's own: 25 characters starting with c."""
    return f"cm{next(_row_numbers):010x}{_chance.getrandbits(52):013x}"


def stable_uuid(*parts: str) -> str:
    """Return the same uuid for the same words, so that a restarted simulator keeps its instances' ids and tokens."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "/".join(("cadencia-simulator", *parts))))


def moment(at: float) -> str:
    """Spell an epoch second as the gateway does: UTC, milliseconds, Z."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{int(at * 1000) % 1000:03d}Z"
