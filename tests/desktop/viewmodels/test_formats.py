import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QLocale

from desktop.viewmodels import formats

NOON = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)  # 12:00 in São Paulo


@pytest.fixture(autouse=True)
def _brazil(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "America/Sao_Paulo")
    time.tzset()
    QLocale.setDefault(QLocale("pt_BR"))
    yield
    QLocale.setDefault(QLocale("en_US"))
    monkeypatch.undo()
    time.tzset()


def test_figures_have_the_separators_of_the_language() -> None:
    assert formats.number(1_234_567) == "1.234.567"
    assert formats.decimal(1.25) in ("1,2", "1,3")
    assert formats.per_minute(187.4) == "187/min"
    assert formats.per_minute(0.5) == "30/h"
    assert formats.per_minute(2.5) == "2,5/min"


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [(0, 0, "0%"), (1, 0, "100%"), (0.9999, 0, "99%"), (0.0001, 0, "1%"), (0.4173, 1, "41,7%"), (0.00001, 1, "0,1%")],
)
def test_what_is_not_whole_never_shows_as_whole(value: float, digits: int, text: str) -> None:
    assert formats.share(value, digits) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0 s"), (59.4, "59 s"), (60, "1 min"), (125, "2 min 5 s"), (3600, "1 h"), (4320, "1 h 12 min"),
     (86400, "1 d"), (273_600, "3 d 4 h")],
)  # fmt: skip
def test_spans_have_their_two_largest_units(seconds: float, text: str) -> None:
    assert formats.duration(seconds) == text


@pytest.mark.parametrize(
    ("offset", "text"),
    [(timedelta(hours=2), "14:00"), (timedelta(hours=13), "tomorrow at 01:00"),
     (timedelta(hours=-13), "yesterday at 23:00"), (timedelta(days=5), "26/11/2026 at 12:00")],
)  # fmt: skip
def test_near_moments_use_days_of_the_wall_clock(offset: timedelta, text: str) -> None:
    assert formats.near_moment(NOON + offset, NOON) == text


@pytest.mark.parametrize(
    ("offset", "text"),
    [(timedelta(seconds=24), "in 24 s"), (timedelta(seconds=-5), "in 1 s"), (timedelta(minutes=5), "at 12:05"),
     (timedelta(hours=20), "tomorrow at 08:00"), (timedelta(days=3), "on 24/11/2026 at 12:00")],
)  # fmt: skip
def test_what_comes_is_told_to_follow_a_verb(offset: timedelta, text: str) -> None:
    assert formats.when(NOON + offset, NOON) == text


@pytest.mark.parametrize(
    ("offset", "text"),
    [(timedelta(seconds=30), "just now"), (timedelta(minutes=9, seconds=50), "9 min ago"),
     (timedelta(hours=5, minutes=12), "5 h ago"), (timedelta(hours=30), "yesterday at 06:00"),
     (timedelta(days=30), "on 22/10/2026")],
)  # fmt: skip
def test_what_was_is_told_coarsely(offset: timedelta, text: str) -> None:
    assert formats.ago(NOON - offset, NOON) == text


def test_one_is_not_many() -> None:
    assert (formats.people(1), formats.people(2)) == ("1 person", "2 people")
    assert (formats.messages(1), formats.numbers(0)) == ("1 message", "0 numbers")
    assert formats.recipients(1000) == "1.000 recipients"


def test_phones_are_written_as_their_country_does() -> None:
    assert formats.phone("+5511988887777") == "+55 11 98888-7777"
    assert (formats.milliseconds(187), formats.milliseconds(1840)) == ("187 ms", "1,8 s")


def test_the_date_is_left_out_today_only() -> None:
    assert formats.exact_moment(NOON, NOON) == "12:00:00"
    assert formats.exact_moment(NOON - timedelta(days=1), NOON) == "20/11/2026 12:00:00"
