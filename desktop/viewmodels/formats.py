"""Figures, moments and phones as people of the chosen language write them. Moments are in this computer's zone."""

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

_MINUTE_S, _HOUR_S, _DAY_S = 60, 3600, 86400
_SOON_S = 90


def number(value: float) -> str:
    """Write a whole number with the separators of the language: 12.345."""
    return QLocale().toString(round(value))


_SYMBOLS = {"BRL": "R$", "USD": "US$", "EUR": "€", "GBP": "£"}


def money(micros: int, currency: str, *, exact: bool = False) -> str:
    """Write an amount of millionths with its currency.

    Args:
        exact: all decimals that are not zero, for prices; otherwise two, rounded half up.
    """
    quantum = Decimal("0.000001") if exact else Decimal("0.01")
    value = (Decimal(micros) / 1_000_000).quantize(quantum, ROUND_HALF_UP)
    whole, _point, decimals = f"{abs(value):f}".partition(".")
    shown = decimals.rstrip("0").ljust(2, "0") if exact else decimals
    figure = f"{QLocale().toString(int(whole))}{QLocale().decimalPoint()}{shown}"
    return f"{'-' if value < 0 else ''}{_SYMBOLS.get(currency, currency)}\u00a0{figure}"


def amount(micros: int) -> str:
    """Write an amount of millionths without its currency, exactly, for a field that is typed into."""
    return money(micros, "", exact=True).strip("\u00a0")


def decimal(value: float, digits: int = 1) -> str:
    return QLocale().toString(float(value), "f", digits)


def share(value: float, digits: int = 0) -> str:
    """Write a share 0-1 as a percentage. What is not whole never shows as 100 %, what is not nothing never as 0 %."""
    percent = float(value) * 100
    step = 10.0**-digits
    if 0 < percent < step:
        percent = step
    elif 100 - step < percent < 100:
        percent = 100 - step
    return f"{QLocale().toString(percent, 'f', digits)}%"


def phone(e164: str) -> str:
    """Write a phone as its country writes it, with the country's code."""
    from desktop.audience import phones  # late: the authority on numbers takes 30 ms, and many pages show none

    return phones.pretty(e164)


def day(moment_utc: datetime) -> str:
    """Write the date of a moment."""
    return QLocale().toString(_local_date(moment_utc), QLocale.FormatType.ShortFormat)


def time_of_day(moment_utc: datetime, *, seconds: bool = False) -> str:
    local = moment_utc.astimezone()
    shown = QTime(local.hour, local.minute, local.second)
    return QLocale().toString(shown, "HH:mm:ss" if seconds else "HH:mm")


def moment(moment_utc: datetime) -> str:
    """Write a date and a time to the second: for lists, where moments are compared."""
    return f"{day(moment_utc)} {time_of_day(moment_utc, seconds=True)}"


def exact_moment(moment_utc: datetime, now: datetime) -> str:
    """Write a moment to the second, without the date when it is today's."""
    is_today = _local_date(moment_utc) == _local_date(now)
    return time_of_day(moment_utc, seconds=True) if is_today else moment(moment_utc)


def near_moment(moment_utc: datetime, now: datetime) -> str:
    """Write a moment as it is said today: "14:32", "tomorrow at 08:00", or the date and the time."""
    days = _local_date(now).daysTo(_local_date(moment_utc))
    clock_time = time_of_day(moment_utc)
    if days == 0:
        return clock_time
    if days == 1:
        return QCoreApplication.translate("Formats", "tomorrow at {time}").format(time=clock_time)
    if days == -1:
        return QCoreApplication.translate("Formats", "yesterday at {time}").format(time=clock_time)
    return QCoreApplication.translate("Formats", "{day} at {time}").format(day=day(moment_utc), time=clock_time)


def when(moment_utc: datetime, now: datetime) -> str:
    """Write when something will be, to follow a verb: "in 24 s", "at 14:32", "tomorrow at 08:00"."""
    seconds = (moment_utc - now).total_seconds()
    if seconds < _SOON_S:
        return QCoreApplication.translate("Formats", "in {span}").format(span=duration(max(1, seconds)))
    days = _local_date(now).daysTo(_local_date(moment_utc))
    if days == 0:
        return QCoreApplication.translate("Formats", "at {time}").format(time=time_of_day(moment_utc))
    if days == 1:
        return near_moment(moment_utc, now)
    pattern = QCoreApplication.translate("Formats", "on {day} at {time}")
    return pattern.format(day=day(moment_utc), time=time_of_day(moment_utc))


def duration(seconds: float) -> str:
    """Write a span with its two largest units: "2 min 5 s", "1 h 12 min", "3 d 4 h"."""
    whole = max(0, round(seconds))
    if whole < _MINUTE_S:
        return QCoreApplication.translate("Formats", "{s} s").format(s=whole)
    if whole < _HOUR_S:
        minutes, rest = divmod(whole, _MINUTE_S)
        pattern = (
            QCoreApplication.translate("Formats", "{min} min {s} s")
            if rest
            else QCoreApplication.translate("Formats", "{min} min")
        )
        return pattern.format(min=minutes, s=rest)
    if whole < _DAY_S:
        hours, rest = divmod(whole // _MINUTE_S, 60)
        pattern = (
            QCoreApplication.translate("Formats", "{h} h {min} min")
            if rest
            else QCoreApplication.translate("Formats", "{h} h")
        )
        return pattern.format(h=hours, min=rest)
    days, rest = divmod(whole // _HOUR_S, 24)
    pattern = (
        QCoreApplication.translate("Formats", "{d} d {h} h") if rest else QCoreApplication.translate("Formats", "{d} d")
    )
    return pattern.format(d=number(days), h=rest)


def milliseconds(value: int) -> str:
    """Write how long an answer took."""
    if value < 1000:
        return QCoreApplication.translate("Formats", "{ms} ms").format(ms=value)
    return QCoreApplication.translate("Formats", "{s} s").format(s=decimal(value / 1000))


def ago(moment_utc: datetime, now: datetime) -> str:
    """Write how long ago something was, or its date when it is more than a day."""
    seconds = (now - moment_utc).total_seconds()
    if seconds < _MINUTE_S:
        return QCoreApplication.translate("Formats", "just now")
    if seconds < _DAY_S:
        coarse = seconds // _MINUTE_S * _MINUTE_S if seconds < _HOUR_S else seconds // _HOUR_S * _HOUR_S
        return QCoreApplication.translate("Formats", "{span} ago").format(span=duration(coarse))
    if _local_date(moment_utc).daysTo(_local_date(now)) == 1:
        return near_moment(moment_utc, now)
    return QCoreApplication.translate("Formats", "on {day}").format(day=day(moment_utc))


def per_minute(rate: float) -> str:
    """Write a rate; a slow one by the hour, because 0.3 a minute tells nobody anything."""
    if 0 < rate < 1:
        return QCoreApplication.translate("Formats", "{n}/h").format(n=number(rate * 60))
    return QCoreApplication.translate("Formats", "{n}/min").format(n=number(rate) if rate >= 10 else decimal(rate))


def people(count: int) -> str:
    if count == 1:
        return QCoreApplication.translate("Formats", "1 person")
    return QCoreApplication.translate("Formats", "{n} people").format(n=number(count))


def messages(count: int) -> str:
    if count == 1:
        return QCoreApplication.translate("Formats", "1 message")
    return QCoreApplication.translate("Formats", "{n} messages").format(n=number(count))


def numbers(count: int) -> str:
    """Say how many instances: to the operator, each is a number."""
    if count == 1:
        return QCoreApplication.translate("Formats", "1 number")
    return QCoreApplication.translate("Formats", "{n} numbers").format(n=number(count))


def recipients(count: int) -> str:
    if count == 1:
        return QCoreApplication.translate("Formats", "1 recipient")
    return QCoreApplication.translate("Formats", "{n} recipients").format(n=number(count))


def _local_date(moment_utc: datetime) -> QDate:
    local = moment_utc.astimezone()
    return QDate(local.year, local.month, local.day)
