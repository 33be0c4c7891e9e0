"""An analysis in words and figures, ready to be shown. Each rate has its definition beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from desktop.domain.analysis import (
    CampaignAnalysis,
    Flow,
    SendTimes,
    delivery_rate,
    read_rate,
    reply_rate,
    success_rate,
)
from desktop.viewmodels import formats, wording


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure and, below it, what it is a share of."""

    value: str
    note: str


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A bar of a chart: its name, what was sent, what was not, and its tool tip."""

    name: str
    sent: int
    failed: int
    tip: str


def share(value: float | None) -> str:
    return "–" if value is None else formats.share(value, 1)


def rates(analysis: CampaignAnalysis) -> tuple[Tile, Tile, Tile, Tile]:
    """Return the tiles of success, delivery, reading and replies."""
    counts = analysis.counts
    delivered = counts.delivered + counts.read
    return (
        Tile(share(success_rate(counts)), _of(counts.left, counts.left + counts.failed)),
        Tile(share(delivery_rate(counts)), _of(delivered, counts.left)),
        Tile(share(read_rate(counts)), _of(counts.read, delivered)),
        Tile(share(reply_rate(counts)), _of(counts.replied, counts.left)),
    )


def times(found: SendTimes | None) -> tuple[str, str, str, str]:
    """Return shortest, average, 95th percentile and longest."""
    if found is None:
        return ("–", "–", "–", "–")
    values = (found.least_ms, round(found.average_ms), found.p95_ms, found.most_ms)
    return tuple(formats.milliseconds(value) for value in values)  # type: ignore[return-value]


def tries(analysis: CampaignAnalysis) -> tuple[Tile, Tile]:
    """Return the tiles of first tries and of retries."""
    found = analysis.tries
    whole = found.first + found.later
    later_share = found.later / whole if whole else None
    return Tile(share(found.first_share), _of(found.first, whole)), Tile(share(later_share), _of(found.later, whole))


def tries_summary(analysis: CampaignAnalysis) -> str:
    """Tell how many tries there were, and how they ended."""
    found = analysis.tries
    text = QCoreApplication.translate("Analysis", "Tries in all: {all}. Accepted: {accepted}. Not accepted: {refused}.")
    return text.format(
        all=formats.number(found.attempts),
        accepted=formats.number(found.first + found.later),
        refused=formats.number(found.not_accepted),
    )


def by_try(analysis: CampaignAnalysis) -> list[tuple[str, ...]]:
    """Return for each number of tries how many messages needed as many, and their share of the accepted ones."""
    whole = analysis.tries.first + analysis.tries.later
    return [
        (formats.number(number), formats.number(n), share(n / whole))
        for number, n in sorted(analysis.tries.accepted.items())
    ]


def errors(analysis: CampaignAnalysis) -> list[tuple[str, ...]]:
    return [
        (
            wording.reason(error.code) or error.code,
            formats.number(error.n),
            share(error.share),
            wording.advice(error.code),
        )
        for error in analysis.errors
    ]


def numbers(analysis: CampaignAnalysis) -> list[tuple[str, ...]]:
    return [
        (
            row.name,
            formats.number(row.counts.left),
            formats.number(row.counts.failed),
            share(success_rate(row.counts)),
            times(row.times)[1],
            times(row.times)[2],
        )
        for row in analysis.instances
    ]


def hours(analysis: CampaignAnalysis) -> list[ColumnRow]:
    return [_column(f"{hour}", f"{hour:02}:00", flow) for hour, flow in enumerate(analysis.hours)]


def weekdays(analysis: CampaignAnalysis) -> list[ColumnRow]:
    found = QLocale()
    short, long = QLocale.FormatType.ShortFormat, QLocale.FormatType.LongFormat
    return [
        _column(found.standaloneDayName(day, short), found.standaloneDayName(day, long), flow)
        for day, flow in enumerate(analysis.weekdays, 1)
    ]


def days(found: Sequence[tuple[date, Flow]]) -> list[ColumnRow]:
    return [
        _column(QLocale().toString(_qdate(day), "d/M" if _day_first() else "M/d"), _long(day), flow)
        for day, flow in found
    ]


def scale(rows: Sequence[ColumnRow]) -> tuple[str, str]:
    """Return half and whole of the highest bar."""
    most = max((row.sent + row.failed for row in rows), default=0)
    return (formats.number(round(most / 2)) if most > 1 else "", formats.number(most) if most else "")


def _column(name: str, long: str, flow: Flow) -> ColumnRow:
    text = QCoreApplication.translate("Analysis", "{when}: {sent} sent, {read} read, {failed} not sent")
    tip = text.format(
        when=long, sent=formats.number(flow.sent), read=formats.number(flow.read), failed=formats.number(flow.failed)
    )
    return ColumnRow(name, flow.sent, flow.failed, tip)


def _of(part: int, whole: int) -> str:
    text = QCoreApplication.translate("Analysis", "{part} of {whole}")
    return text.format(part=formats.number(part), whole=formats.number(whole)) if whole else ""


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _long(day: date) -> str:
    return QLocale().toString(_qdate(day), QLocale.FormatType.LongFormat)


def _day_first() -> bool:
    return QLocale().dateFormat(QLocale.FormatType.ShortFormat).lower().startswith("d")
