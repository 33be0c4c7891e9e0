"""A place is a time zone, with a region where its holidays may count."""

import pytest

from desktop.domain.place import calendar_of, place, region_in, zone_in


@pytest.mark.parametrize("region", ["BR-SP", None])
def test_a_place_is_read_as_it_was_written(region: str | None):
    written = place("America/Sao_Paulo", region)
    assert (zone_in(written), region_in(written)) == ("America/Sao_Paulo", region)


def test_where_nothing_is_known_there_is_neither():
    assert (zone_in(""), region_in("")) == ("", None)


@pytest.mark.parametrize(
    ("where", "country", "calendar"),
    [
        ("America/Sao_Paulo BR-SP", "BR", "BR-SP"),
        ("America/Sao_Paulo BR-SP", "br", "BR-SP"),
        ("America/Sao_Paulo", "BR", "BR"),
        ("Asia/Tokyo JP-13", "BR", "BR"),  # the operator chose the calendar: a foreign region has none in it
        ("", "PT", "PT"),
    ],
)
def test_the_holidays_of_a_region_count_in_its_country(where: str, country: str, calendar: str):
    assert calendar_of(where, country) == calendar
