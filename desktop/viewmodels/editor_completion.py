"""What can be written at the cursor of a message: fields that contacts have, filters, the text for a missing value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from desktop.content.completion import Typing, Wanted, typing_at
from desktop.content.facts import field_key
from desktop.content.filters import FilterName
from desktop.content.formatting import utf16_offset
from desktop.viewmodels.mark import QT_TRANSLATE_NOOP

translate = QCoreApplication.translate

_FILTERS: Mapping[FilterName, str] = {
    FilterName.FIRST: QT_TRANSLATE_NOOP("EditorCompletion", "first name only"),
    FilterName.LAST: QT_TRANSLATE_NOOP("EditorCompletion", "last name only"),
    FilterName.UPPER: QT_TRANSLATE_NOOP("EditorCompletion", "ALL CAPITALS"),
    FilterName.LOWER: QT_TRANSLATE_NOOP("EditorCompletion", "small letters"),
    FilterName.TITLE: QT_TRANSLATE_NOOP("EditorCompletion", "Each Word Capital"),
    FilterName.DATE: QT_TRANSLATE_NOOP("EditorCompletion", "day/month/year"),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """`written` replaces what was typed; `hint` says in a few words what it does."""

    written: str
    text: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Completion:
    """What may stand between `start` and `end`, positions as Qt counts them; `is_closed` when braces follow."""

    start: int
    end: int
    is_closed: bool
    offers: Sequence[Offer]


def complete(text: str, position: int, custom_fields: Sequence[str]) -> Completion | None:
    """Say what can be written at a position of Qt's; None when there is nothing to offer."""
    units = text.encode("utf-16-le")
    typing = typing_at(text, len(units[: 2 * position].decode("utf-16-le", "ignore")))
    found = offers(typing, custom_fields) if typing else ()
    if typing is None or not found:
        return None
    return Completion(utf16_offset(text, typing.start), utf16_offset(text, typing.end), typing.is_closed, found)


def offers(typing: Typing, custom_fields: Sequence[str]) -> Sequence[Offer]:
    """Return what fits to what is typed, the best first. What is complete already is not offered."""
    found = _fields(custom_fields) if typing.wanted is Wanted.FIELD else _stages()
    typed = _folded(typing.typed)
    fitting = [offer for offer in found if typed in _folded(offer.written) or typed in _folded(offer.text)]
    fitting.sort(key=lambda offer: not _folded(offer.text).startswith(typed))
    return [] if len(fitting) == 1 and fitting[0].written == typing.typed else fitting


def _fields(custom_fields: Sequence[str]) -> Sequence[Offer]:
    known = [
        Offer("contact.name", translate("EditorCompletion", "Name")),
        Offer("contact.phone", translate("EditorCompletion", "Phone")),
    ]
    return known + [Offer(f"contact.custom.{field_key(name)}", name) for name in custom_fields]


def _stages() -> Sequence[Offer]:
    friend = translate("EditorCompletion", "friend")
    fallback = Offer(f'"{friend}"', f'"{friend}"', translate("EditorCompletion", "where the value is missing"))
    return [
        fallback,
        *(Offer(name.value, name.value, translate("EditorCompletion", text)) for name, text in _FILTERS.items()),
    ]


def _folded(text: str) -> str:
    return field_key(text)
