"""Which market a phone belongs to: providers price by the calling code, not by where its owner is.

Source: Meta's pricing (rates go by the country calling code of the recipient's number), read 2026-09-11.
"""

from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

_LONGEST = 3


def market_of(phone: str) -> str:
    """Return the main country (ISO) of a phone's calling code; empty for none that is known.

    Args:
        phone: E.164 with plus, or its first four signs: more is not looked at.
    """
    for length in range(1, _LONGEST + 1):
        # Where countries share a code (+1, +7, +44) the first one has the most people.
        if regions := COUNTRY_CODE_TO_REGION_CODE.get(_code(phone[1 : 1 + length])):
            return regions[0]
    return ""


def markets() -> list[str]:
    """Return all markets, sorted: what a price can be given for."""
    return sorted({regions[0] for regions in COUNTRY_CODE_TO_REGION_CODE.values() if len(regions[0]) == 2})


def _code(digits: str) -> int:
    return int(digits) if digits.isdecimal() else 0
