"""What is being typed inside of a `{{variable}}` that is not closed yet: for offering fields, filters and fallbacks."""

from dataclasses import dataclass
from enum import StrEnum


class Wanted(StrEnum):
    FIELD = "field"
    STAGE = "stage"  # a filter, or the text for a missing value


@dataclass(frozen=True, slots=True)
class Typing:
    """`text[start:end]` is replaced by what is chosen; `typed` is the part of it before the cursor."""

    wanted: Wanted
    start: int
    end: int
    typed: str
    is_closed: bool  # `}}` follows


def typing_at(text: str, position: int) -> Typing | None:
    """Say what the cursor at `position` (code points) is writing; None outside of a variable, and inside of quotes."""
    opened = text.rfind("{{", 0, position)
    inside = text[opened + 2 : position]
    if opened < 0 or any(sign in inside for sign in "{}\n\"'“”:"):
        return None
    before, bar, typed = inside.rpartition("|")
    start = position - len(typed.lstrip())
    end = position
    while end < len(text) and (text[end].isalnum() or text[end] in "._"):
        end += 1
    wanted = Wanted.STAGE if bar and before.strip() else Wanted.FIELD
    return Typing(wanted, start, end, typed.lstrip(), text[end:].lstrip(" ").startswith("}}"))
