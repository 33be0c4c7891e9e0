"""In which Brazilian state a phone was issued: some holidays are a state's own, such as the 9th of July in São Paulo.

A number says where it was issued, not where its owner is, as with time zones. Area code 61 spans the Federal District
and its surroundings in Goiás; most of its people live in the former.
Source: Anatel, national numbering plan (area codes by municipality); ISO 3166-2:BR.
"""

from collections.abc import Mapping

from desktop.audience.timezones import timezone_of
from desktop.domain.place import place

_AREA_CODES: Mapping[str, str] = {
    "SP": "11 12 13 14 15 16 17 18 19", "RJ": "21 22 24", "ES": "27 28", "MG": "31 32 33 34 35 37 38",
    "PR": "41 42 43 44 45 46", "SC": "47 48 49", "RS": "51 53 54 55", "DF": "61", "GO": "62 64", "TO": "63",
    "MT": "65 66", "MS": "67", "AC": "68", "RO": "69", "BA": "71 73 74 75 77", "SE": "79", "PE": "81 87", "AL": "82",
    "PB": "83", "RN": "84", "CE": "85 88", "PI": "86 89", "PA": "91 93 94", "AM": "92 97", "RR": "95", "AP": "96",
    "MA": "98 99",
}  # fmt: skip
BRAZIL: Mapping[str, str] = {code: state for state, codes in _AREA_CODES.items() for code in codes.split()}


def region_of(e164: str) -> str | None:
    """Return the state of a Brazilian phone (E.164 with plus) as ISO 3166-2; None for what is none."""
    state = BRAZIL.get(e164[3:5]) if e164.startswith("+55") else None
    return f"BR-{state}" if state else None


def place_of(e164: str, fallback: str) -> str:
    """Return where the owner of a phone lives (`desktop/domain/place.py`), as far as the number tells.

    Args:
        fallback: the workspace's own time zone, where the number tells none.
    """
    return place(timezone_of(e164, fallback), region_of(e164))
