"""The one form in which moments are written for other programs."""

from datetime import UTC, datetime


def iso(moment: datetime) -> str:
    """Return an aware moment as ISO 8601 in UTC with milliseconds, such as `2026-11-27T12:00:00.000Z`."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def iso_or_none(moment: datetime | None) -> str | None:
    return iso(moment) if moment else None
