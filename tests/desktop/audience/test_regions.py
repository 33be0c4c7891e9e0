"""Which state's holidays a Brazilian phone has."""

from datetime import date

import pytest

from desktop.audience.holiday_calendar import is_holiday
from desktop.audience.regions import BRAZIL, place_of, region_of
from desktop.audience.timezones import BRAZIL as ZONES


def test_every_area_code_with_a_time_zone_has_a_state_and_no_other():
    assert BRAZIL.keys() == ZONES.keys()
    assert len(set(BRAZIL.values())) == 27


@pytest.mark.parametrize("state", sorted(set(BRAZIL.values())))
def test_every_state_has_a_calendar(state: str):
    assert is_holiday("BR", state)(date(2026, 12, 25))


@pytest.mark.parametrize(
    ("phone", "region"),
    [("+5511987654321", "BR-SP"), ("+5585987654321", "BR-CE"), ("+5500987654321", None), ("+351912345678", None)],
)
def test_the_area_code_tells_the_state(phone: str, region: str | None):
    assert region_of(phone) == region


def test_a_place_has_the_region_where_there_is_one():
    assert place_of("+5568987654321", "UTC") == "America/Rio_Branco BR-AC"
    assert place_of("+351912345678", "UTC") == "Europe/Lisbon"
