"""What the checklist says of numbers that rest, and that it refuses only what does not pass by itself."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from desktop.domain.campaign import Audience, CampaignStatus, Draft, MessageDraft
from desktop.domain.instance import ConnectionState, Gateway
from desktop.domain.summaries import CheckLine
from desktop.policy.campaign_queue import QueueOutlook
from desktop.policy.forecast import Forecast
from desktop.policy.preflight import ContentFacts, PreflightFacts, check, is_ok
from desktop.policy.preflight_numbers import InstanceFacts
from desktop.policy.waiting import Rule, Wait

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
MIDNIGHT = NOW + timedelta(hours=15)
READY = InstanceFacts("vendas-1", ConnectionState.CONNECTED)
AT_LIMIT = replace(READY, name="vendas-2", pause_reason="daily_limit", rest=Wait(Rule.DAILY_LIMIT, MIDNIGHT))
META = replace(AT_LIMIT, name="meta", gateway=Gateway.CLOUD)
RESTRICTED = replace(READY, name="vendas-3", pause_reason="restricted", rest=Wait(Rule.PAUSED, MIDNIGHT))
FAILING = replace(READY, name="vendas-4", pause_reason="health_issue", rest=Wait(Rule.HEALTH_ISSUE))
PAUSED = replace(READY, name="vendas-5", pause_reason="operator")
NOUGHT = replace(READY, name="vendas-6", pause_reason="daily_limit", has_no_allowance=True)
LOGGED_OUT = replace(AT_LIMIT, name="vendas-7", state=ConnectionState.NEEDS_QR)
FINISH = Forecast(MIDNIGHT - timedelta(minutes=3), MIDNIGHT + timedelta(hours=1), MIDNIGHT + timedelta(hours=2))


def lines(
    *numbers: InstanceFacts,
    finish: Forecast | None = FINISH,
    schedule_at: datetime | None = None,
    queue: QueueOutlook | None = None,
) -> list[CheckLine]:
    draft = Draft("Natal", Audience(), (MessageDraft("Oi"),), tuple(n.name for n in numbers), schedule_at=schedule_at)
    content = (ContentFacts(is_empty=False),)
    facts = PreflightFacts(draft, CampaignStatus.DRAFT, 10, 0, numbers, content, finish, NOW, queue=queue)
    return [line for line in check(facts) if line.code.split("_")[0] in {"instances", "limits", "queue"}]


def told(*numbers: InstanceFacts, **more: object) -> list[tuple[str, str]]:
    return [(line.code, line.level) for line in lines(*numbers, **more)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ((READY,), [("instances", "green"), ("limits", "green")]),
        ((AT_LIMIT,), [("instances_at_limit", "amber"), ("limits", "green")]),
        ((META,), [("instances_at_limit_pauses", "amber"), ("limits_if_resumed", "amber")]),
        ((AT_LIMIT, META), [("instances_at_limit", "amber"), ("limits", "green")]),
        ((RESTRICTED,), [("instances_resting", "amber"), ("limits", "green")]),
        ((READY, AT_LIMIT), [("instances_some_resting", "amber"), ("limits", "green")]),
        ((READY, FAILING), [("instances_some_failing", "amber"), ("limits", "green")]),
        (
            (AT_LIMIT, PAUSED),
            [("instances_at_limit", "amber"), ("instances_some_connected", "amber"), ("limits", "green")],
        ),
        ((PAUSED,), [("instances_none_connected", "red"), ("limits", "green")]),
        ((LOGGED_OUT,), [("instances_none_connected", "red"), ("limits", "green")]),
        ((NOUGHT,), [("instances_limit_nought", "red"), ("limits", "green")]),
        ((META, NOUGHT), [("instances_at_limit_pauses", "amber"), ("instances_some_connected", "amber"),
                          ("limits_if_resumed", "amber")]),
        ((LOGGED_OUT, META), [("instances_at_limit", "amber"), ("instances_some_connected", "amber"),
                              ("limits", "green")]),
        ((PAUSED, META), [("instances_at_limit", "amber"), ("instances_some_connected", "amber"),
                          ("limits", "green")]),
    ],
)  # fmt: skip
def test_red_is_only_what_does_not_pass_by_itself(
    numbers: tuple[InstanceFacts, ...], expected: list[tuple[str, str]]
) -> None:
    assert told(*numbers) == expected


def test_the_line_says_who_may_send_first_and_when() -> None:
    other = replace(RESTRICTED, rest=Wait(Rule.PAUSED, NOW + timedelta(hours=3)))
    at_limit = next(line for line in lines(AT_LIMIT, other) if line.code == "instances_resting")
    assert at_limit.facts == {"names": ["vendas-2", "vendas-3"], "n": 0, "at": NOW + timedelta(hours=3)}


def test_nothing_is_foreseen_before_the_first_may_send() -> None:
    assert lines(AT_LIMIT)[-1].facts["earliest"] == MIDNIGHT
    assert lines(READY)[-1].facts["earliest"] == FINISH.earliest


def test_for_a_start_after_its_rest_a_number_is_ready() -> None:
    assert told(META, schedule_at=MIDNIGHT) == [("instances", "green"), ("limits", "green")]
    assert told(META, schedule_at=MIDNIGHT - timedelta(minutes=1))[0] == ("instances_at_limit_pauses", "amber")


def test_without_a_moment_at_which_a_number_comes_back_no_end_is_foreseen() -> None:
    assert told(FAILING, finish=None) == [("instances_failing", "amber"), ("limits_unknown", "amber")]
    assert told(AT_LIMIT, finish=None) == [("instances_at_limit", "amber"), ("limits_never", "red")]


def test_a_place_in_the_queue_is_a_warning_and_no_end_is_foreseen_before_it() -> None:
    first = QueueOutlook(1, 5, ("a", "b", "c", "d", "e"))
    assert told(READY, finish=None, queue=first) == [
        ("instances", "green"), ("queue", "amber"), ("limits_after_place", "amber"),
    ]  # fmt: skip
    second = lines(READY, finish=None, queue=replace(first, place=2, ahead=("f",)))
    line = next(line for line in second if line.code == "queue_behind")
    assert line.facts == {"place": 2, "limit": 5, "names": ("a", "b", "c", "d", "e"), "ahead": ("f",)}
    assert is_ok(second)


def test_who_has_to_wait_for_it_is_named() -> None:
    queue = QueueOutlook(None, 5, ("a", "b", "c", "d"), displaced="e")
    assert CheckLine("queue_displaces", "amber", {"name": "e"}) in lines(READY, queue=queue)
    assert told(READY, queue=QueueOutlook(None, 5, ())) == told(READY)
