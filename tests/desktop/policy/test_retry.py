"""What follows from each class of outcome, and the delays between tries."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.campaign import RetryPlan
from desktop.domain.outcome import Accepted, ErrorClass, NotSent, Rejected, Unknown
from desktop.domain.recipient import RecipientStatus
from desktop.policy.retry import InstanceEffect, Next, after_outcome, back_off_s

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
PLAN = RetryPlan()


def after(outcome: Accepted | NotSent | Rejected | Unknown, number: int = 1, plan: RetryPlan = PLAN) -> Next:
    return after_outcome(plan, outcome, number, NOON, Random(3))


def rejected(error_class: ErrorClass, **given: float) -> Rejected:
    return Rejected(error_class, "some_code", **given)  # type: ignore[arg-type]


def test_accepted_is_sent():
    assert after(Accepted("3EB0")) == Next(RecipientStatus.SENT, systemic=False)


def test_lost_answer_is_in_doubt_and_never_tried_again_by_itself():
    decided = after(Unknown("timeout"))
    assert (decided.status, decided.next_attempt_at) == (RecipientStatus.IN_DOUBT, None)


def test_nothing_left_means_no_attempt_was_burnt():
    decided = after(NotSent("unreachable"))
    assert decided.status is RecipientStatus.PENDING
    assert not decided.counts_as_attempt
    assert decided.instance is InstanceEffect.UNREACHABLE


@pytest.mark.parametrize(
    ("error_class", "effect"),
    [
        (ErrorClass.ACCOUNT_STOP, InstanceEffect.PAUSE),
        (ErrorClass.INSTANCE_DOWN, InstanceEffect.DOWN),
        (ErrorClass.THROTTLE, InstanceEffect.REST),
    ],
)
def test_trouble_of_the_instance_is_not_the_recipients(error_class: ErrorClass, effect: InstanceEffect):
    decided = after(rejected(error_class), number=3)
    assert decided.status is RecipientStatus.PENDING
    assert not decided.counts_as_attempt
    assert decided.instance is effect


def test_bad_contact_fails_and_says_nothing_about_the_instance():
    decided = after(rejected(ErrorClass.RECIPIENT_PERMANENT))
    assert decided.status is RecipientStatus.FAILED
    assert decided.systemic is None
    assert decided.instance is InstanceEffect.NONE


@pytest.mark.parametrize("error_class", [ErrorClass.TEMPLATE_FAULT, ErrorClass.MEDIA_FAULT, ErrorClass.NEEDS_TEMPLATE])
def test_fault_of_the_message_is_counted_as_one(error_class: ErrorClass):
    decided = after(rejected(error_class))
    assert decided.content_fault
    assert decided.status is RecipientStatus.FAILED


def test_campaign_level_error_pauses_the_campaign_and_keeps_the_recipient():
    decided = after(rejected(ErrorClass.CAMPAIGN_PAUSE))
    assert decided.pauses_campaign
    assert decided.status is RecipientStatus.PENDING


def test_passing_trouble_is_tried_again_until_the_attempts_are_used_up():
    first, last = after(rejected(ErrorClass.TRANSIENT), 1), after(rejected(ErrorClass.TRANSIENT), 3)
    assert first.status is RecipientStatus.RETRYING
    assert (last.status, last.reason) == (RecipientStatus.FAILED, "retries_exhausted")


def test_too_many_messages_to_one_person_say_nothing_about_the_number():
    decided = after(Rejected(ErrorClass.TRANSIENT, "pair_rate"))
    assert (decided.status, decided.systemic) == (RecipientStatus.RETRYING, None)
    assert after(Rejected(ErrorClass.TRANSIENT, "gateway_fault")).systemic is True


def test_longer_retry_after_wins():
    decided = after(rejected(ErrorClass.TRANSIENT, retry_after_s=900.0))
    assert decided.next_attempt_at == NOON + timedelta(seconds=900)


def test_throttled_instance_rests_at_least_as_long_as_it_was_told():
    decided = after(rejected(ErrorClass.THROTTLE, retry_after_s=120.0))
    assert decided.rest_until == NOON + timedelta(seconds=120)


def test_recipient_later_waits_a_day():
    decided = after(rejected(ErrorClass.RECIPIENT_LATER))
    assert decided.next_attempt_at == NOON + timedelta(hours=24)


def test_preset_for_flaky_links_doubles_from_two_seconds():
    plan = RetryPlan(attempts=5, base_s=2, max_s=32)
    delays = [back_off_s(plan, n, Random(0)) / (1 + 0.2 * Random(0).random()) for n in range(1, 7)]
    assert delays == pytest.approx([2, 4, 8, 16, 32, 32])


@given(failures=st.integers(1, 10_000), seed=st.integers())
def test_back_off_stays_between_base_and_cap_with_jitter_last(failures: int, seed: int):
    delay = back_off_s(PLAN, failures, Random(seed))
    assert 60 <= delay <= 3600 * 1.2


@given(number=st.integers(1, 10), error_class=st.sampled_from(list(ErrorClass)), seed=st.integers(0, 99))
def test_retry_never_outlasts_the_plan(number: int, error_class: ErrorClass, seed: int):
    decided = after_outcome(PLAN, Rejected(error_class, "x"), number, NOON, Random(seed))
    assert not (decided.status is RecipientStatus.RETRYING and number >= PLAN.attempts)
    assert (decided.next_attempt_at is not None) == (decided.status is RecipientStatus.RETRYING)
