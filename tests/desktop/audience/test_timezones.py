"""A phone's zone: Brazil by its area codes, the rest of the world by what the authority knows of prefixes."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers.timezone import time_zones_for_geographical_number

from desktop.audience.phones import PhoneOk, normalise
from desktop.audience.timezones import BRAZIL, timezone_of

HOME = "America/Sao_Paulo"
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("area", "zone", "hours"),
    [
        ("11", "America/Sao_Paulo", -3),
        ("21", "America/Sao_Paulo", -3),
        ("61", "America/Sao_Paulo", -3),
        ("63", "America/Araguaina", -3),
        ("65", "America/Cuiaba", -4),
        ("66", "America/Cuiaba", -4),
        ("67", "America/Campo_Grande", -4),
        ("68", "America/Rio_Branco", -5),
        ("69", "America/Porto_Velho", -4),
        ("71", "America/Bahia", -3),
        ("81", "America/Recife", -3),
        ("85", "America/Fortaleza", -3),
        ("91", "America/Belem", -3),
        ("92", "America/Manaus", -4),
        ("95", "America/Boa_Vista", -4),
        ("97", "America/Manaus", -4),
    ],
)
def test_brazilian_area_code_gives_its_own_zone(area: str, zone: str, hours: int):
    assert timezone_of(f"+55{area}987654321", "UTC") == zone
    assert NOON.astimezone(ZoneInfo(zone)).utcoffset() == timedelta(hours=hours)


def test_every_area_code_that_exists_is_in_the_table_and_no_other():
    existing = {f"{n}" for n in range(11, 100) if isinstance(normalise(f"+55{n}987654321", "BR"), PhoneOk)}
    assert set(BRAZIL) == existing
    assert len(BRAZIL) == 67


@pytest.mark.parametrize(
    ("phone", "zone"),
    [
        ("+12125550123", "America/New_York"),
        ("+13105550123", "America/Los_Angeles"),
        ("+351912345678", "Europe/Lisbon"),  # a mobile, may be of the Azores
        ("+447911123456", "Europe/London"),
        ("+61412345678", "Australia/Sydney"),
        ("+79161234567", "Europe/Moscow"),
        ("+77012345678", "Asia/Almaty"),
        ("+5491122334455", "America/Buenos_Aires"),
        ("+18005550123", "America/New_York"),  # toll-free: the whole of North America
    ],
)
def test_other_countries_go_by_their_prefix_and_by_where_most_people_live(phone: str, zone: str):
    assert timezone_of(phone, HOME) == zone


def test_of_several_zones_the_operators_own_is_chosen():
    assert timezone_of("+351912345678", "Atlantic/Azores") == "Atlantic/Azores"


@pytest.mark.parametrize("phone", ["", "+", "+999123456", "+5500987654321", "+881612345678"])
def test_a_number_that_tells_nothing_gets_the_fallback(phone: str):
    assert timezone_of(phone, HOME) == HOME


def test_first_zone_is_taken_where_none_is_known_as_the_main_one():
    candidates = time_zones_for_geographical_number(phonenumbers.parse("+12083010123"))
    assert candidates == ("America/Boise", "America/Los_Angeles")
    assert timezone_of("+12083010123", HOME) == "America/Boise"


COUNTRIES = sorted(phonenumbers.SUPPORTED_REGIONS - {"BR"})


@given(region=st.sampled_from(COUNTRIES), mobile=st.booleans())
def test_zone_is_always_one_that_the_authority_names(region: str, mobile: bool):
    kind = phonenumbers.PhoneNumberType.MOBILE if mobile else phonenumbers.PhoneNumberType.FIXED_LINE
    number = phonenumbers.example_number_for_type(region, kind)
    if number is not None:
        e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        zone = timezone_of(e164, HOME)
        assert zone in time_zones_for_geographical_number(number)
        assert ZoneInfo(zone)
