"""Phones as people type them; the fast path against the authority on very many numbers."""

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from phonenumbers.data.region_BR import PHONE_METADATA_BR

from desktop.audience import phones
from desktop.audience.phones import (
    PhoneOk,
    PhoneReason,
    PhoneRefused,
    PhoneWarning,
    mask,
    normalise,
    normalise_slowly,
    pretty,
    region_of,
)

MOBILE = "+5511988887777"


@pytest.mark.parametrize(
    "raw",
    [
        "11988887777",
        "5511988887777",
        "+5511988887777",
        "+55 (11) 98888-7777",
        "(11) 98888-7777",
        "(11) 9 8888 7777",
        "11.98888.7777",
        "011 98888-7777",
        "+55 (011) 98888-7777",
        "0 15 11 98888-7777",
        "0 17 11 98888-7777",
        "00 55 11 98888-7777",
        "0055 11 98888-7777",
        "5.511.988.887.777",
        "5,511,988,887,777",
        "11/98888-7777",
        "  11988887777\t",
        "5511988887777.0",
        "5511988887777,00",
        "'+5511988887777",
        '="5511988887777"',
        "11\u00a098888\u20117777",
        "11 98888–7777",
        "\u200b11988887777\u200e",
        "\u202a+55 11 98888-7777\u202c",
        "＋５５ １１ ９８８８８－７７７７",
        "١١٩٨٨٨٨٧٧٧٧",
    ],
)
def test_every_way_to_write_a_mobile_gives_the_same_number(raw: str) -> None:
    assert normalise(raw) == PhoneOk(MOBILE)


@pytest.mark.parametrize(
    "raw", ["1188887777", "(11) 8888-7777", "+55 11 8888-7777", "551188887777", "0 15 11 8888 7777"]
)
def test_missing_ninth_digit_is_added(raw: str) -> None:
    assert normalise(raw) == PhoneOk(MOBILE, (PhoneWarning.NINTH_DIGIT_ADDED,))


@pytest.mark.parametrize("first", "6789")
def test_every_old_mobile_range_gets_its_ninth_digit(first: str) -> None:
    assert normalise(f"21{first}1234567") == PhoneOk(f"+55219{first}1234567", (PhoneWarning.NINTH_DIGIT_ADDED,))


@pytest.mark.parametrize("first", "2345")
def test_landline_is_accepted_with_a_warning(first: str) -> None:
    assert normalise(f"(11) {first}333-4444") == PhoneOk(f"+5511{first}3334444", (PhoneWarning.LANDLINE,))


def test_area_code_55_is_not_taken_for_the_country() -> None:
    assert normalise("55 99999-1234") == PhoneOk("+5555999991234")
    assert normalise("55 55 99999-1234") == PhoneOk("+5555999991234")
    assert normalise("+55 55 3222-1234") == PhoneOk("+555532221234", (PhoneWarning.LANDLINE,))


def test_other_countries_need_a_plus_or_the_international_prefix() -> None:
    assert normalise("+1 212 555 1234") == PhoneOk("+12125551234")
    assert normalise("+351 912 345 678") == PhoneOk("+351912345678")
    assert normalise("00 351 912 345 678") == PhoneOk("+351912345678")
    assert normalise("00 15 1 212 555 1234") == PhoneOk("+12125551234")
    assert isinstance(normalise("351912345678"), PhoneRefused)


def test_region_decides_about_numbers_without_a_country() -> None:
    assert normalise("912 345 678", "PT") == PhoneOk("+351912345678")
    assert normalise("11988887777", "PT") != PhoneOk(MOBILE)
    assert normalise("+55 11 8888-7777", "PT") == PhoneOk(MOBILE, (PhoneWarning.NINTH_DIGIT_ADDED,))
    assert normalise("0055 11 98888-7777", "PT") == PhoneOk(MOBILE)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("", PhoneReason.EMPTY),
        ("   ", PhoneReason.EMPTY),
        ("-", PhoneReason.EMPTY),
        ("+", PhoneReason.EMPTY),
        ("()", PhoneReason.EMPTY),
        ("5,51198E+12", PhoneReason.SCIENTIFIC_NOTATION),
        ("5.51198E+12", PhoneReason.SCIENTIFIC_NOTATION),
        (" 5e12 ", PhoneReason.SCIENTIFIC_NOTATION),
        ("não tem", PhoneReason.LETTERS),
        ("11 98888-7777 recado", PhoneReason.LETTERS),
        ("0800 FLORES", PhoneReason.LETTERS),
        ("123", PhoneReason.TOO_SHORT),
        ("1", PhoneReason.TOO_SHORT),
        ("+5511", PhoneReason.TOO_SHORT),
        ("+1 212", PhoneReason.TOO_SHORT),
        ("119888877771", PhoneReason.TOO_LONG),
        ("11988887777999999", PhoneReason.TOO_LONG),
        ("+12125551234567", PhoneReason.TOO_LONG),
        ("+999 123 456 789", PhoneReason.UNKNOWN_COUNTRY),
        ("00999123456789", PhoneReason.UNKNOWN_COUNTRY),
        ("20 98888-7777", PhoneReason.UNKNOWN_AREA),
        ("+55 10 8888-7777", PhoneReason.UNKNOWN_AREA),
        ("98888-7777", PhoneReason.MISSING_AREA),
        ("3333-4444", PhoneReason.MISSING_AREA),
        ("0800 800 1234", PhoneReason.SERVICE_NUMBER),
        ("4004-1234", PhoneReason.SERVICE_NUMBER),
        ("11 98888-7777, 11 98888-6666", PhoneReason.SEVERAL_NUMBERS),
        ("11988887777 / 11988886666", PhoneReason.SEVERAL_NUMBERS),
        ("11988887777 11988886666", PhoneReason.SEVERAL_NUMBERS),
        ("11 9 8888 7777 ou 11 9 8888 6666", PhoneReason.SEVERAL_NUMBERS),
        ("+5511988887777+5511988886666", PhoneReason.SEVERAL_NUMBERS),
        ("11 1888-7777", PhoneReason.INVALID),
        ("11 8 8888 7777", PhoneReason.INVALID),
        ("+1 012 345 6789", PhoneReason.INVALID),
        ("#11988887777", PhoneReason.INVALID),
        ("1198888777.5", PhoneReason.INVALID),
        ("11+988887777", PhoneReason.INVALID),
    ],
)
def test_refusals_say_why(raw: str, reason: PhoneReason) -> None:
    answer = normalise(raw)
    assert isinstance(answer, PhoneRefused)
    assert answer.reason is reason


def test_a_spreadsheet_fraction_never_becomes_a_digit() -> None:
    """Without its last digit and with `.0` behind, a truncated number would read as a complete one."""
    assert normalise("1198888777.0") != PhoneOk("+5511988887770")
    assert normalise("1198888777.0   ") == normalise("1198888777.0")


def test_area_codes_are_those_of_the_authority() -> None:
    mobile = PHONE_METADATA_BR.mobile
    assert mobile is not None
    assert mobile.national_number_pattern is not None
    pattern = re.compile(mobile.national_number_pattern)
    for code in map(str, range(10, 100)):
        assert bool(phones._AREA_CODE.fullmatch(code)) == bool(pattern.fullmatch(f"{code}988887777"))


_PREFIXES = ["", "", "", "55", "+55", "0", "00", "015", "+", "9", "0055"]
_NOISE = " .-()\u00a0+,/'\te\u20110"


def _typed(rng: random.Random) -> str:
    area = rng.choice(("11", "55", "21", "99", f"{rng.randrange(100):02}"))
    local = "".join(rng.choices("0123456789", k=rng.choice((6, 7, 8, 8, 8, 9, 9, 10, 11))))
    text = rng.choice(_PREFIXES) + area + rng.choice(("", "", "9")) + local
    for _ in range(rng.choice((0, 0, 1, 2))):
        place = rng.randrange(len(text) + 1)
        text = text[:place] + rng.choice(_NOISE) + text[place:]
    return text


def test_fast_path_agrees_with_the_authority_on_very_many_numbers() -> None:
    rng = random.Random(55)
    compared = 0
    for _ in range(40_000):
        raw = _typed(rng)
        fast = phones._fast_brazil(raw)
        if fast is not None:
            compared += 1
            assert fast == normalise_slowly(raw), raw
    assert compared > 4_000


_brazilian = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", "55", "+55", "+55 ", "0", "(0"]),
    st.integers(10, 99).map(lambda area: f"({area}) "),
    st.sampled_from(["", "9", "9 "]),
    st.from_regex(r"[0-9]{4}[ .\-]?[0-9]{4}(\.0)?", fullmatch=True),
)


@settings(max_examples=500)
@given(_brazilian)
def test_fast_path_agrees_with_the_authority_on_brazilian_shapes(raw: str) -> None:
    assert normalise(raw) == normalise_slowly(raw)


@settings(max_examples=300)
@given(st.one_of(st.text(max_size=30), st.text("0123456789+-(). ,eE", max_size=25)))
def test_any_text_gets_an_answer_and_a_good_one_is_stable(raw: str) -> None:
    answer = normalise(raw)
    assert answer == normalise_slowly(raw)
    if isinstance(answer, PhoneOk):
        again = normalise(answer.e164)
        assert isinstance(again, PhoneOk)
        assert again.e164 == answer.e164


def test_display_of_a_number() -> None:
    assert pretty(MOBILE) == "+55 11 98888-7777"
    assert pretty("+551133334444") == "+55 11 3333-4444"
    assert pretty("+12125551234") == "+1 212-555-1234"
    assert pretty("nonsense") == "nonsense"


def test_brazilian_display_is_that_of_the_authority() -> None:
    for e164 in (MOBILE, "+551133334444", "+5555999991234"):
        number = phones._parsed(e164)
        assert number is not None
        assert pretty(e164) == phones.phonenumbers.format_number(number, phones.PhoneNumberFormat.INTERNATIONAL)


def test_mask_hides_the_middle() -> None:
    assert mask(MOBILE) == "+55 11 9••••-7777"
    assert mask("+551133334444") == "+55 11 ••••-4444"
    assert mask("+12125551234") == "+1 ••••1234"
    assert mask("nonsense") == "••••"


def test_region_of_a_number() -> None:
    assert region_of(MOBILE) == "BR"
    assert region_of("+351912345678") == "PT"
    assert region_of("nonsense") is None
