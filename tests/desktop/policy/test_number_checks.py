"""Asking is paced: never more requests a minute than an operator may make, never the same gap."""

from random import Random

import pytest

from desktop.domain.instance import Gateway
from desktop.domain.numbers import NUMBERS_AT_ONCE
from desktop.policy.number_checks import check_pace, likely_s, next_gap_s


@pytest.mark.parametrize("gateway", [Gateway.EVOLUTION, Gateway.WAHA])
def test_a_minute_of_checks_stays_within_sixty_requests(gateway: Gateway) -> None:
    pace, rng = check_pace(gateway), Random(1)
    assert pace is not None
    assert pace.at_once <= NUMBERS_AT_ONCE
    gaps = [next_gap_s(pace, rng) for _ in range(200)]
    assert len(set(gaps)) > 100
    assert min(gaps) >= 1.0


def test_metas_own_gateway_has_no_such_check() -> None:
    assert check_pace(Gateway.CLOUD) is None


@pytest.mark.parametrize(("gateway", "people", "seconds"), [(Gateway.EVOLUTION, 51, 6), (Gateway.EVOLUTION, 50, 0)])
def test_the_time_is_that_of_the_gaps_between_batches(gateway: Gateway, people: int, seconds: float) -> None:
    pace = check_pace(gateway)
    assert pace is not None
    assert likely_s(pace, people) == seconds
    assert likely_s(pace, 0) == 0
