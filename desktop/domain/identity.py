"""Under which words one person is known: phones with and without the digits that countries added, and addresses.

WhatsApp knows many Brazilian mobiles without their ninth digit, and Mexican and Argentine ones without their third; a
person may also answer under an `@lid` or a business-scoped id, which show no number at all.
Source: gateways.md §§4.E, 9.C.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_EXTRA_DIGIT = {"52": "1", "54": "9"}  # after the country code, in 13-digit numbers
_NUMBER_SERVERS = ("", "s.whatsapp.net", "c.us")


class IdentityKind(StrEnum):
    PHONE = "phone"  # E.164, of a contact that turned out to be another one's
    LID = "lid"  # an address that hides the phone
    USER_ID = "user_id"  # business-scoped id at Meta


@dataclass(frozen=True, slots=True)
class Identity:
    kind: IdentityKind
    value: str


def phone_forms(phone: str) -> tuple[str, ...]:
    """Return the forms under which a phone (E.164) may be known: its own first, then the other one, if any."""
    number = phone.removeprefix("+")
    return tuple(dict.fromkeys(f"+{form}" for form in (number, *_other_form(number))))


def _other_form(number: str) -> Iterator[str]:
    country, rest = number[:2], number[2:]
    if country == "55" and len(rest) == 11 and rest[2] == "9":
        yield country + rest[:2] + rest[3:]
    elif country == "55" and len(rest) == 10 and rest[2] in "6789":  # the others are landlines
        yield f"{country}{rest[:2]}9{rest[2:]}"
    elif (extra := _EXTRA_DIGIT.get(country)) is not None:
        if len(rest) == 11 and rest.startswith(extra):
            yield country + rest[1:]
        elif len(rest) == 10:
            yield country + extra + rest


def written_phone(phone: str) -> str:
    """Return a phone as lists of contacts have it: a Brazilian mobile with its ninth digit."""
    return max(phone_forms(phone), key=len) if phone.startswith("+55") else phone


def phone_in(address: str) -> str | None:
    """Return the phone in an address (a jid, a chat id, a wa_id) as E.164; None where it shows none."""
    user, _, server = address.partition("@")
    number = user.partition(":")[0].removeprefix("+")
    is_number = server in _NUMBER_SERVERS and number.isascii() and number.isdecimal() and 7 <= len(number) <= 15
    return f"+{number}" if is_number else None


def hidden_identity(address: str) -> Identity | None:
    """Return what an address that shows no phone is kept as; None for phones, groups and what is not known."""
    if address.endswith("@lid"):
        return Identity(IdentityKind.LID, address)
    country, _, rest = address.partition(".")
    if "@" not in address and len(country) == 2 and country.isascii() and country.isupper() and rest:
        return Identity(IdentityKind.USER_ID, address)
    return None
