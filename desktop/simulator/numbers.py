"""Turn what a caller wrote as a number into a jid, the way the real gateway does.

Source: `createJid` of Evolution API 2.3.6 and the recordings of `whatsappNumbers`.
"""

import re

USER_SUFFIX = "@s.whatsapp.net"
_BRAZILIAN_WITH_NINE = re.compile(r"^55(\d{2})\d(\d{8})$")
_BRAZILIAN_SHORT_MOBILE = re.compile(r"^55(\d{2})([6-9]\d{7})$")
_FIRST_AREA_WITHOUT_NINE = 31


def create_jid(number: str) -> str:
    """Normalise `number` locally, before WhatsApp is asked; an address that already is a jid stays as it is."""
    if "@" in number:
        return number
    digits = re.sub(r"\D", "", number.split(":")[0])
    if len(digits) >= 18:
        return f"{digits}@g.us"
    if digits[:2] in ("52", "54") and len(digits) == 13:
        digits = digits[:2] + digits[3:]
    return f"{_without_extra_nine(digits)}{USER_SUFFIX}"


def resolved_jid(number: str) -> str:
    """Return the jid that WhatsApp knows the number by: both Brazilian spellings lead to the same account."""
    jid = create_jid(number)
    digits = jid.partition("@")[0]
    short = _BRAZILIAN_SHORT_MOBILE.match(digits)
    if short and jid.endswith(USER_SUFFIX) and int(short[1]) < _FIRST_AREA_WITHOUT_NINE:
        return f"55{short[1]}9{short[2]}{USER_SUFFIX}"
    return jid


def lid_of(jid: str) -> str:
    """Return the hidden address of a person, always the same."""
    return f"{int(jid.partition('@')[0]) * 7 % 10**14}@lid"


def user_id_of(jid: str) -> str:
    """Return the id that Meta gives a person towards one business (BSUID), always the same."""
    digits = jid.partition("@")[0]
    country = {"55": "BR", "1": "US"}.get(digits[:2] if digits.startswith("55") else digits[:1], "PT")
    return f"{country}.{int(digits) * 31 % 10**16:016}"


def is_plausible(jid: str) -> bool:
    """Tell whether such a number can exist at all: groups always, people with 8 to 15 digits (E.164)."""
    digits, _, domain = jid.partition("@")
    if domain != "s.whatsapp.net":
        return True
    return digits.isdecimal() and 8 <= len(digits) <= 15


def _without_extra_nine(digits: str) -> str:
    match = _BRAZILIAN_WITH_NINE.match(digits)
    if not match:
        return digits
    area, rest = match[1], match[2]
    if int(area) < _FIRST_AREA_WITHOUT_NINE or rest[0] < "7":
        return digits
    return f"55{area}{rest}"
