"""Public holidays, by country and region, and a clear refusal of what has no calendar."""

from datetime import date

import pytest

from desktop.audience.holiday_calendar import is_holiday, known_holidays
from desktop.domain.errors import KnownError


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 20), True),  # Zumbi and Black Awareness, national since 2024
        (date(2023, 11, 20), False),
        (date(2026, 12, 25), True),
        (date(2026, 2, 17), False),  # Carnival is optional
        (date(2026, 7, 9), False),  # of São Paulo only
        (date(2026, 11, 21), False),
    ],
)
def test_brazils_public_holidays(day: date, expected: bool):
    assert is_holiday("br")(day) is expected


def test_region_adds_its_own():
    assert is_holiday("BR", "sp")(date(2026, 7, 9))
    assert is_holiday("BR", "SP")(date(2026, 12, 25))


def test_years_are_looked_up_as_they_are_asked_for():
    asked = is_holiday("PT")
    assert asked(date(2026, 4, 25))
    assert asked(date(2031, 4, 25))


@pytest.mark.parametrize(
    ("country", "region", "code"),
    [("XX", None, "unknown_country"), ("NYSE", None, "unknown_country"), ("BR", "ZZ", "unknown_region")],
)
def test_unknown_calendar_is_refused_when_it_is_chosen(country: str, region: str | None, code: str):
    with pytest.raises(KnownError) as refused:
        is_holiday(country, region)
    assert refused.value.code == code
    assert refused.value.hint


@pytest.mark.parametrize(
    ("calendar", "expected"),
    [("BR-SP", True), ("BR", False), ("BR-ZZ", False), ("ZZ", False), (None, False)],
)
def test_a_calendar_that_is_not_known_is_its_countrys_or_none(calendar: str | None, expected: bool):
    assert known_holidays(calendar)(date(2026, 7, 9)) is expected


@pytest.mark.parametrize("calendar", ["BR-SP", "BR-ZZ", "BR"])
def test_a_region_has_the_holidays_of_the_country_as_well(calendar: str):
    assert known_holidays(calendar)(date(2026, 12, 25))
