"""What sliding windows look at: in order, bounded, and never less than the largest limit asks for."""

from datetime import UTC, datetime, timedelta

import pytest

from desktop.engine import departures
from desktop.engine.departures import Departures

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def after(*seconds: float) -> list[datetime]:
    return [NOW + timedelta(seconds=each) for each in seconds]


def test_moments_stay_in_order_whatever_the_clock_does():
    kept = Departures(after(-20, -10), 5)
    for at in after(3, 1, 2):
        kept.add(at)
    assert kept.ascending == after(-20, -10, 1, 2, 3)


def test_one_is_taken_back_once():
    kept = Departures(after(-2, -1, -1), 5)
    (at,) = after(-1)
    kept.remove(at)
    assert kept.ascending == after(-2, -1)
    kept.remove(at)
    kept.remove(at)
    kept.remove(NOW + timedelta(days=1))
    assert kept.ascending == after(-2)


def test_no_more_is_kept_than_the_largest_limit_needs(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(departures, "KEPT", 10)
    kept = Departures([], 40)
    for second in range(1000):
        kept.add(NOW + timedelta(seconds=second))
        assert len(kept.ascending) <= 160
    assert kept.ascending[-80:] == after(*range(920, 1000))


def test_a_limit_that_grows_keeps_more_from_then_on(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(departures, "KEPT", 10)
    kept = Departures([], 5)
    kept.keep(50)
    kept.keep(20)
    for second in range(300):
        kept.add(NOW + timedelta(seconds=second))
    assert len(kept.ascending) >= 100


def test_a_clock_that_was_set_takes_them_along():
    kept = Departures(after(-2, -1), 5)
    kept.shift(timedelta(seconds=10))
    assert kept.ascending == after(8, 9)
