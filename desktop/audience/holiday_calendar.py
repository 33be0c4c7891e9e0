"""Public holidays by country and region, for send windows. The `holidays` package is the authority.

Only public holidays count: optional ones, such as Brazil's Carnival, are working days for many, and a campaign that
should leave them out is paused by its operator. The package is loaded when somebody asks for a country: many rooms know
this module, and few starts need a calendar.
"""

from collections.abc import Callable
from datetime import date
from functools import lru_cache

from desktop.domain.errors import KnownError


def known_holidays(calendar: str | None) -> Callable[[date], bool]:
    """Return the question for a country or a region, or for none: without a calendar every day is a working day.

    Args:
        calendar: ISO 3166 code, such as BR or BR-SP. A region without a calendar has its country's.
    """
    country, _, region = (calendar or "").partition("-")
    for part in dict.fromkeys((region, "")):
        try:
            return is_holiday(country, part or None) if country else _no_holiday
        except KnownError:
            continue
    return _no_holiday


def has_calendar(country: str) -> bool:
    """Tell whether the holidays of a country (ISO code of two letters, any case) are known."""
    try:
        is_holiday(country)
    except KnownError:
        return False
    return True


def _no_holiday(_day: date) -> bool:
    return False


def is_holiday(country: str, region: str | None = None) -> Callable[[date], bool]:
    """Return the question whether a local date is a public holiday.

    Args:
        country: ISO 3166 code of two letters, any case.
        region: the part of its subdivision code after the dash (`SP`): adds the holidays of that region.

    Raises:
        KnownError: `unknown_country`, or `unknown_region` of a known country.
    """
    import holidays

    country, region = country.upper(), region.upper() if region else None
    regions = holidays.list_supported_countries().get(country)
    if regions is None or len(country) != 2:
        raise KnownError(
            "unknown_country",
            f"There is no calendar of holidays for {country}.",
            'Choose a country by its code of two letters, such as "BR", or send on holidays as well.',
            country=country,
        )
    if region is not None and region not in regions:
        raise KnownError(
            "unknown_region",
            f"There is no calendar of holidays for {country}-{region}.",
            "Leave the region out: the holidays of the whole country count then.",
            country=country,
            region=region,
        )
    return lambda day: day in _holidays(country, region, day.year)


@lru_cache(maxsize=256)
def _holidays(country: str, region: str | None, year: int) -> frozenset[date]:
    import holidays

    # Substitute days ("observed") are included: that is when people are at home.
    return frozenset(holidays.country_holidays(country, subdiv=region, years=year))
