"""Where a recipient's day is: a time zone, and where it matters the region, whose holidays are not the whole country's.

Both are kept as one text, because recipients are read ahead by it: "America/Sao_Paulo", or "America/Sao_Paulo BR-SP".
"""


def place(zone: str, region: str | None) -> str:
    """Write a place.

    Args:
        zone: IANA name.
        region: ISO 3166-2 code, such as BR-SP; None where it is not known, or does not matter.
    """
    return zone if region is None else f"{zone} {region}"


def zone_in(place: str) -> str:
    """Return the time zone of a place; empty where none is known."""
    return place.partition(" ")[0]


def region_in(place: str) -> str | None:
    """Return the region of a place (ISO 3166-2), or None."""
    return place.partition(" ")[2] or None


def calendar_of(place: str, country: str) -> str:
    """Return whose holidays count (ISO 3166): the region's of a place, where that is in `country`, or the country's."""
    region = region_in(place)
    return region if region is not None and region.startswith(f"{country.upper()}-") else country
