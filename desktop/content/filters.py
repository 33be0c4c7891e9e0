"""What `{{field|filter}}` can do. A filter gets text and gives text, or None when it cannot read the text (a date)."""

import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum


class FilterName(StrEnum):
    FIRST = "first"
    LAST = "last"
    UPPER = "upper"
    LOWER = "lower"
    TITLE = "title"
    DATE = "date"


ALIASES = {
    "first": FilterName.FIRST,
    "first_name": FilterName.FIRST,
    "primeiro": FilterName.FIRST,
    "primeiro_nome": FilterName.FIRST,
    "last": FilterName.LAST,
    "ultimo": FilterName.LAST,
    "sobrenome": FilterName.LAST,
    "upper": FilterName.UPPER,
    "maiusculas": FilterName.UPPER,
    "lower": FilterName.LOWER,
    "minusculas": FilterName.LOWER,
    "title": FilterName.TITLE,
    "titulo": FilterName.TITLE,
    "capitalize": FilterName.TITLE,
    "date": FilterName.DATE,
    "data": FilterName.DATE,
}

DEFAULT_DATE_FORMAT = "dd/mm/yyyy"
_HONORIFICS = frozenset(
    [
        "dr",
        "dra",
        "sr",
        "sra",
        "srta",
        "prof",
        "profa",
        "professor",
        "professora",
        "doutor",
        "doutora",
        "dona",
        "seu",
        "mr",
        "mrs",
        "ms",
    ]
)
_PARTICLES = frozenset(["da", "das", "de", "do", "dos", "e", "di", "du", "del", "van", "von"])
_MONTHS = [
    "janeiro",
    "fevereiro",
    "março",
    "abril",
    "maio",
    "junho",
    "julho",
    "agosto",
    "setembro",
    "outubro",
    "novembro",
    "dezembro",
]
_DATE_TOKEN = re.compile(r"\b(?:dd|d|mmmm|mm|m|yyyy|aaaa|yy|aa)\b", re.IGNORECASE)
_ISO_DATE = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[T ].*)?")
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})[/.\-](?P<month>\d{1,2})[/.\-](?P<year>\d{4})(?: .*)?")


def apply(name: FilterName, value: str, argument: str | None) -> str | None:
    """Apply one filter to a value that is not blank; None when the value cannot be read."""
    return _FILTERS[name](value, argument)


def takes_argument(name: FilterName, argument: str) -> bool:
    """Tell whether the filter understands this argument: only dates have one, a format like `d de mmmm`."""
    return name is FilterName.DATE and _DATE_TOKEN.search(argument) is not None


def _first(value: str, _: str | None) -> str:
    """`Dra. Ana Lima` is greeted as Ana: a title is not a first name, unless there is nothing else."""
    words = value.split()
    return next((word for word in words if word.casefold().rstrip(".") not in _HONORIFICS), words[0])


def _last(value: str, _: str | None) -> str:
    return value.split()[-1]


def _upper(value: str, _: str | None) -> str:
    return value.upper()


def _lower(value: str, _: str | None) -> str:
    return value.lower()


def _title(value: str, _: str | None) -> str:
    """Write a name as in Portuguese: `MARIA DA SILVA` → `Maria da Silva`."""
    words = value.lower().split()
    return " ".join(
        word if place and word in _PARTICLES else "-".join(part[:1].upper() + part[1:] for part in word.split("-"))
        for place, word in enumerate(words)
    )


def _date(value: str, argument: str | None) -> str | None:
    found = _ISO_DATE.fullmatch(value) or _DAY_FIRST.fullmatch(value)
    if found is None:
        return None
    try:
        day = date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
    return _DATE_TOKEN.sub(lambda token: _date_part(day, token.group().lower()), argument or DEFAULT_DATE_FORMAT)


def _date_part(day: date, token: str) -> str:
    parts = {"d": f"{day.day}", "m": f"{day.month}", "dd": f"{day.day:02}", "mm": f"{day.month:02}"}
    years = {"yy": f"{day.year % 100:02}", "aa": f"{day.year % 100:02}", "mmmm": _MONTHS[day.month - 1]}
    return (parts | years).get(token, f"{day.year:04}")


_FILTERS: dict[FilterName, Callable[[str, str | None], str | None]] = {
    FilterName.FIRST: _first,
    FilterName.LAST: _last,
    FilterName.UPPER: _upper,
    FilterName.LOWER: _lower,
    FilterName.TITLE: _title,
    FilterName.DATE: _date,
}
