"""Turns what people type into a phone column into E.164, or says why not.

`phonenumbers` is the authority. The common Brazilian shapes take a fast path that gives exactly the same answer (a
property test compares the two), because asking the authority costs 45 µs a number and an import has a million of them.

Decisions:
- A Brazilian mobile without its ninth digit gets it: every 8-digit local number that starts with 6-9 got a 9 in
  front between 2012 and 2016 (Anatel, resolution 553/2010).
- A landline is accepted with a warning; 0800, 4004 and the like are refused, no person receives WhatsApp there.
- A number without plus belongs to the region of the workspace. Guessing another country would send to strangers.
- Letters are refused, never dialled as on a keypad ("11 98888-7777 recado Ana" is not a number of the contact).
"""

import re
import unicodedata
from enum import StrEnum
from typing import NamedTuple

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType, ValidationResult


class PhoneWarning(StrEnum):
    """Accepted, but the operator may want to know."""

    LANDLINE = "landline"
    NINTH_DIGIT_ADDED = "ninth_digit_added"


class PhoneReason(StrEnum):
    """Why a text is not a phone number that can be sent to."""

    EMPTY = "empty"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    SCIENTIFIC_NOTATION = "scientific_notation"
    LETTERS = "letters"
    UNKNOWN_COUNTRY = "unknown_country"
    UNKNOWN_AREA = "unknown_area"
    MISSING_AREA = "missing_area"
    SERVICE_NUMBER = "service_number"  # 0800, 0300, 4004, premium rate
    SEVERAL_NUMBERS = "several_numbers"
    DATE = "date"  # a spreadsheet made a date of it, or the wrong column was chosen
    INVALID = "invalid"


class PhoneOk(NamedTuple):
    """`e164` begins with plus. A tuple, because an import makes a million of them."""

    e164: str
    warnings: tuple[PhoneWarning, ...] = ()


class PhoneRefused(NamedTuple):
    """`detail` is the part of the text that led to the refusal, or empty."""

    reason: PhoneReason
    detail: str = ""


# Existing area codes; the same set as in the authority's pattern, which the tests check.
_AREA = r"(?:[14689][1-9]|2[12478]|3[1-578]|5[13-5]|7[13-579])"
_AREA_CODE = re.compile(_AREA)
_LANDLINE = (PhoneWarning.LANDLINE,)
_NINTH_DIGIT_ADDED = (PhoneWarning.NINTH_DIGIT_ADDED,)

# Lengths decide: with 55 in front there are 12 or 13 digits, without it 10 or 11. A plus demands the 55.
_FAST = re.compile(rf"(?:\+?55)?({_AREA})(?:(9[0-9]{{8}})|([6-9][0-9]{{7}})|([2-5][0-9]{{7}}))")
_FAST_DROPPED = {ord(sign): None for sign in " ()-.\t\u00a0"}

_SCIENTIFIC = re.compile(r"[+-]?\d+(?:[.,]\d*)?[eE][+-]?\d{1,3}")
_DATE = re.compile(r"(?:(?:19|20)\d\d-[01]\d-[0-3]\d|[0-3]?\d/[01]?\d/(?:19|20)\d\d)(?:[ T][\d:]+)?")
_EXCEL_TEXT = re.compile(r'="(.*)"')
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3}){2,}(?:\.0+)?")
_FLOAT = re.compile(r"(\+?\d{7,})[.,](\d{1,2})")
_SEPARATORS = re.compile(r"[,;/|\\&\n\r]+|\s(?:e|ou|or|and)\s", re.IGNORECASE)
_BRAZIL_CARRIER = re.compile(r"0\d\d(\d{10,11})")
_BRAZIL_IDD_CARRIER = re.compile(r"00\d\d(\d{8,15})")
_REFUSED_TYPES = frozenset(
    {
        PhoneNumberType.TOLL_FREE,
        PhoneNumberType.PREMIUM_RATE,
        PhoneNumberType.SHARED_COST,
        PhoneNumberType.PAGER,
        PhoneNumberType.UAN,
        PhoneNumberType.VOICEMAIL,
    }
)


def normalise(raw: str, region: str = "BR") -> PhoneOk | PhoneRefused:
    """Read one phone number; `region` is the ISO country of numbers that are written without one."""
    if region == "BR":
        answer = _fast_brazil(raw)
        if answer is not None:
            return answer
    return normalise_slowly(raw, region)


def normalise_slowly(raw: str, region: str = "BR") -> PhoneOk | PhoneRefused:
    """Give the answer of `normalise` without its fast path; public so that the tests can compare the two."""
    text = _EXCEL_TEXT.sub(r"\1", _plain(raw))
    if _SCIENTIFIC.fullmatch(text):
        return PhoneRefused(PhoneReason.SCIENTIFIC_NOTATION, text)
    if _DATE.fullmatch(text):
        return PhoneRefused(PhoneReason.DATE, text)
    if _THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    several = _several(text)
    if several:
        return PhoneRefused(PhoneReason.SEVERAL_NUMBERS, several)
    letters = "".join(sign for sign in text if sign.isalpha())
    if letters:
        return PhoneRefused(PhoneReason.LETTERS, letters)
    number_with_fraction = _FLOAT.fullmatch(text)
    if number_with_fraction:
        text, fraction = number_with_fraction.groups()
        if fraction.strip("0"):
            return PhoneRefused(PhoneReason.INVALID, fraction)
    return _read_signs(text, region)


def region_of(e164: str) -> str | None:
    """Name the ISO country of an E.164 number, or None when it has none."""
    if e164.startswith("+55"):
        return "BR"
    number = _parsed(e164)
    return phonenumbers.region_code_for_number(number) if number else None


def mask(e164: str) -> str:
    """Hide the middle of a number for logs: `+55 11 9••••-7777`."""
    if e164.startswith("+55") and len(e164) in (13, 14):
        return f"+55 {e164[3:5]} {e164[5:-8]}••••-{e164[-4:]}"
    number = _parsed(e164)
    return f"+{number.country_code} ••••{e164[-4:]}" if number else "••••"


def pretty(e164: str) -> str:
    """Format a number for people, international: `+55 11 98888-7777`."""
    if e164.startswith("+55") and len(e164) in (13, 14) and _AREA_CODE.match(e164, 3):
        return f"+55 {e164[3:5]} {e164[5:-4]}-{e164[-4:]}"
    number = _parsed(e164)
    return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL) if number else e164


def _parsed(e164: str) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(e164, None)
    except NumberParseException:
        return None


def _fast_brazil(raw: str) -> PhoneOk | None:
    """Answer the common shapes, None for everything else. A dot near the end may be a fraction: not common."""
    # Four replacements take a quarter of the time of one translation, and are enough for nearly all.
    signs = raw.replace(" ", "").replace("-", "").replace("(", "").replace(")", "")
    found = _FAST.fullmatch(signs) or _FAST.fullmatch(raw.translate(_FAST_DROPPED))
    if found is None or ("." in raw and "." in raw.rstrip()[-3:]):
        return None
    area, mobile, old_mobile, landline = found.groups()
    if mobile:
        return PhoneOk(f"+55{area}{mobile}")
    if old_mobile:
        return PhoneOk(f"+55{area}9{old_mobile}", _NINTH_DIGIT_ADDED)
    return PhoneOk(f"+55{area}{landline}", _LANDLINE)


def _plain(raw: str) -> str:
    """Reduce to ASCII digits and signs: no-break spaces, dashes of all kinds, foreign digits, invisible characters."""
    if raw.isascii():
        return raw.strip().lstrip("'")
    return "".join(map(_plain_sign, raw)).strip().lstrip("'")


def _plain_sign(sign: str) -> str:
    category = unicodedata.category(sign)
    if category == "Nd":
        return str(unicodedata.decimal(sign))
    if category in ("Pd", "Zs") or sign == "\u2212":
        return "-" if category != "Zs" else " "
    if category == "Cf":
        return ""
    return unicodedata.normalize("NFKC", sign) if sign in "＋／，；．（）" else sign


def _several(text: str) -> str:
    """Return the text when it holds more than one number, else an empty string."""
    parts = _SEPARATORS.split(text)
    if sum(_digit_count(part) >= 4 for part in parts) > 1 or text.count("+") > 1:
        return text
    return text if sum(_digit_count(part) >= 8 for part in text.split()) > 1 else ""


def _digit_count(text: str) -> int:
    return sum(sign.isdigit() for sign in text)


def _read_signs(text: str, region: str) -> PhoneOk | PhoneRefused:
    signs = re.sub(r"[\s()\[\]\-._/,;'\"]", "", text)
    if not any(map(str.isdigit, signs)):
        return PhoneRefused(PhoneReason.EMPTY)
    if not re.fullmatch(r"\+?[0-9]+", signs):
        return PhoneRefused(PhoneReason.INVALID, "".join(sorted(set(signs) - set("0123456789"))))
    if signs.startswith("00") and region == "BR":
        return _read_after_00(signs)
    if region == "BR" and (carrier := _BRAZIL_CARRIER.fullmatch(signs)):
        signs = carrier.group(1)
    return _ask_authority(signs, region)


def _read_after_00(signs: str) -> PhoneOk | PhoneRefused:
    """Read `00 55 11 …` (a plus) and `00 15 1 212 …` (international with a carrier code).

    The authority takes the 55 in `0055 11 98888-7777` for a carrier and calls the United States.
    """
    plain = _ask_authority("+" + signs[2:], "BR")
    carrier = _BRAZIL_IDD_CARRIER.fullmatch(signs)
    if isinstance(plain, PhoneOk) or carrier is None or signs.startswith("0055"):
        return plain
    with_carrier = _ask_authority("+" + carrier.group(1), "BR")
    return with_carrier if isinstance(with_carrier, PhoneOk) else plain


_PARSE_REASONS = {
    NumberParseException.INVALID_COUNTRY_CODE: PhoneReason.UNKNOWN_COUNTRY,
    NumberParseException.TOO_LONG: PhoneReason.TOO_LONG,
    NumberParseException.NOT_A_NUMBER: PhoneReason.TOO_SHORT,
    NumberParseException.TOO_SHORT_AFTER_IDD: PhoneReason.TOO_SHORT,
    NumberParseException.TOO_SHORT_NSN: PhoneReason.TOO_SHORT,
}


def _ask_authority(signs: str, region: str) -> PhoneOk | PhoneRefused:
    try:
        number = phonenumbers.parse(signs, region)
    except NumberParseException as error:
        return PhoneRefused(_PARSE_REASONS.get(error.error_type, PhoneReason.INVALID), signs)
    added: tuple[PhoneWarning, ...] = ()
    if number.country_code == 55:
        number, added = _with_ninth_digit(number)
    if not phonenumbers.is_valid_number(number):
        return _refusal(number, signs)
    kind = phonenumbers.number_type(number)
    if kind in _REFUSED_TYPES:
        return PhoneRefused(PhoneReason.SERVICE_NUMBER, signs)
    warnings = _LANDLINE if kind == PhoneNumberType.FIXED_LINE else added
    return PhoneOk(phonenumbers.format_number(number, PhoneNumberFormat.E164), warnings)


def _with_ninth_digit(number: PhoneNumber) -> tuple[PhoneNumber, tuple[PhoneWarning, ...]]:
    national = phonenumbers.national_significant_number(number)
    if len(national) != 10 or national[2] not in "6789" or not _AREA_CODE.match(national):
        return number, ()
    completed = int(f"{national[:2]}9{national[2:]}")
    return PhoneNumber(country_code=55, national_number=completed), _NINTH_DIGIT_ADDED


def _refusal(number: PhoneNumber, signs: str) -> PhoneRefused:
    if number.country_code == 55:
        return _brazilian_refusal(phonenumbers.national_significant_number(number), signs)
    possible = phonenumbers.is_possible_number_with_reason(number)
    if possible == ValidationResult.TOO_SHORT:
        return PhoneRefused(PhoneReason.TOO_SHORT, signs)
    if possible == ValidationResult.TOO_LONG:
        return PhoneRefused(PhoneReason.TOO_LONG, signs)
    return PhoneRefused(PhoneReason.INVALID, signs)


def _brazilian_refusal(national: str, signs: str) -> PhoneRefused:
    if len(national) > 11:
        return PhoneRefused(PhoneReason.TOO_LONG, signs)
    if len(national) == 8 or (len(national) == 9 and national[0] == "9"):
        return PhoneRefused(PhoneReason.MISSING_AREA, signs)
    if len(national) < 10:
        return PhoneRefused(PhoneReason.TOO_SHORT, signs)
    if not _AREA_CODE.match(national):
        return PhoneRefused(PhoneReason.UNKNOWN_AREA, national[:2])
    return PhoneRefused(PhoneReason.INVALID, signs)
