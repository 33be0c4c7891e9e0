"""Questions for receipts stay within what a gateway bears."""

import pytest

from desktop.domain.instance import Gateway
from desktop.policy.poll_budget import PER_MINUTE, WINDOW_S, polls_left


@pytest.mark.parametrize("gateway", list(Gateway))
def test_the_nth_question_of_a_minute_is_allowed_and_the_next_is_not(gateway: Gateway) -> None:
    most = PER_MINUTE[gateway]
    assert polls_left(gateway, [], 0.0) == most
    assert polls_left(gateway, [100.0] * (most - 1), 100.0) == 1
    assert polls_left(gateway, [100.0] * (most + 5), 100.0) == 0
    assert polls_left(gateway, [100.0] * most, 100.0 + WINDOW_S) == most


def test_metas_hourly_allowance_leaves_room_for_everything_else() -> None:
    assert PER_MINUTE[Gateway.CLOUD] * 60 <= 5_000 * 0.8
