"""Shares of what was counted, each of its own whole; nothing is said of nothing."""

import pytest

from desktop.domain.analysis import Tries, delivery_rate, read_rate, reply_rate, success_rate
from desktop.domain.summaries import CampaignCounts

COUNTS = CampaignCounts(pending=5, sent=20, delivered=45, read=15, failed=20, skipped=3, replied=8)
NOTHING = CampaignCounts(pending=5)


def test_each_share_is_of_its_own_whole() -> None:
    assert success_rate(COUNTS) == pytest.approx(80 / 100)
    assert delivery_rate(COUNTS) == pytest.approx(60 / 80)
    assert read_rate(COUNTS) == pytest.approx(15 / 60)
    assert reply_rate(COUNTS) == pytest.approx(8 / 80)


def test_nothing_is_said_of_nothing() -> None:
    assert [rate(NOTHING) for rate in (success_rate, delivery_rate, read_rate, reply_rate)] == [None] * 4


def test_what_was_accepted_at_once_is_told_from_what_took_more_tries() -> None:
    tries = Tries(14, {1: 6, 2: 3, 4: 1}, not_accepted=4)
    assert (tries.first, tries.later, tries.first_share) == (6, 4, pytest.approx(0.6))
    none = Tries(2, {}, not_accepted=2)
    assert (none.first, none.later, none.first_share) == (0, 0, None)
