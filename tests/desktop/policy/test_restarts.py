"""An engine that stopped by itself is started again: soon at first, then less often, and for ever."""

from desktop.policy.restarts import AGAIN_AFTER_S, IS_WELL_AFTER_S, again_after_s, failures_now


def test_each_failure_in_a_row_is_waited_for_longer_up_to_the_last_wait() -> None:
    waits = [again_after_s(failures) for failures in range(1, 8)]
    assert waits == sorted(waits)
    assert waits[0] == AGAIN_AFTER_S[0]
    assert set(waits[3:]) == {AGAIN_AFTER_S[-1]}


def test_an_engine_that_ran_long_has_got_over_what_stopped_it_before() -> None:
    assert failures_now(3, IS_WELL_AFTER_S - 1) == 4
    assert failures_now(3, IS_WELL_AFTER_S) == 1
