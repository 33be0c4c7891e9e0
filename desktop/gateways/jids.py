"""WhatsApp addresses (jids) and the phones behind them. Pure.

WhatsApp knows many Brazilian mobiles without their ninth digit, and Mexican and Argentine ones without their third:
the same person may come back under the other form, or under a `…@lid` that shows no number at all.
Source: gateways.md §4.E.
"""

from collections.abc import Iterator

USER_SERVER = "@s.whatsapp.net"
LID_SERVER = "@lid"

_EXTRA_DIGIT = {"52": "1", "54": "9"}  # after the country code, in 13-digit numbers


def digits(phone: str) -> str:
    """Return the digits of a phone, without plus."""
    return "".join(character for character in phone if "0" <= character <= "9")


def forms(phone: str) -> tuple[str, ...]:
    """Return the digit strings under which WhatsApp may know the phone: its own first, then the other form, if any."""
    number = digits(phone)
    return tuple(dict.fromkeys((number, *_other_form(number))))


def _other_form(number: str) -> Iterator[str]:
    country, rest = number[:2], number[2:]
    if country == "55" and len(rest) == 11 and rest[2] == "9":
        yield country + rest[:2] + rest[3:]
    elif country == "55" and len(rest) == 10:
        yield f"{country}{rest[:2]}9{rest[2:]}"
    elif (extra := _EXTRA_DIGIT.get(country)) is not None:
        if len(rest) == 11 and rest.startswith(extra):
            yield country + rest[1:]
        elif len(rest) == 10:
            yield country + extra + rest


def number_of(jid: str) -> str | None:
    """Return the digits of the phone in a jid (or in a bare number); None for a group or an `@lid`."""
    user, _, server = jid.partition("@")
    if server and f"@{server}" != USER_SERVER and server != "c.us":
        return None
    return digits(user.partition(":")[0]) or None


def phone_of(jid: str) -> str | None:
    """Return the phone in a jid as E.164, or None."""
    number = number_of(jid)
    return f"+{number}" if number else None


def is_lid(jid: str) -> bool:
    """Tell whether the address hides the phone."""
    return jid.endswith(LID_SERVER)


def is_group(jid: str) -> bool:
    """Tell whether the address is not one person: a group, a broadcast list, a channel."""
    return jid.endswith(("@g.us", "@broadcast", "@newsletter"))
