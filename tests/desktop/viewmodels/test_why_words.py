"""Every rule that holds something has words, with its numbers and its end."""

from datetime import timedelta

import pytest

from desktop.policy.explain import Explanation, Subject
from desktop.policy.waiting import Rule, Wait
from desktop.viewmodels import why_words
from desktop.viewmodels.wording_tables import IDLE
from tests.fakes import samples
from tests.fakes.samples import NOW


def holding(*waits: Wait) -> Explanation:
    return Explanation(Subject.INSTANCE, waits)


@pytest.mark.parametrize("rule", Rule)
def test_every_rule_has_a_sentence(rule: Rule) -> None:
    text = why_words.line(Wait(rule), NOW).text
    assert text.endswith(".")
    assert rule.value in IDLE, text


@pytest.mark.parametrize(
    ("wait", "numbers"),
    [
        (Wait(Rule.DAILY_LIMIT, None, {"used": 1200, "limit": 1200}), "1,200 of 1,200 used"),
        (Wait(Rule.WARM_UP, None, {"day": 5, "used": 40, "limit": 40}), "Day 5 of the curve · 40 of 40 used"),
        (Wait(Rule.HOURLY_LIMIT, None, {"limit": 300}), "At most 300"),
        (Wait(Rule.PACE_PER_SECOND, None, {"limit": 0.5}), "At most 0.5"),
        (Wait(Rule.MIN_GAP, None, {"gap_s": 3.5}), "3.5 s between two messages"),
        (Wait(Rule.PACE_DELAY, None, {"delay_s": [45, 180]}), "Drawn by lot between 45 and 180 s"),
        (Wait(Rule.PACE_DELAY), ""),
        (
            Wait(Rule.WINDOW, None, {"start": "09:00", "end": "18:00", "timezone": "America/Manaus", "holiday": True}),
            "09:00 to 18:00, in the time zone America/Manaus · today is a holiday",
        ),
        (Wait(Rule.BREAKER_OPEN, None, {"errors": 6}), "6 errors in a row"),
        (Wait(Rule.HEALTH_ISSUE, None, {"score": 31.5}), "Health fell to 31.5"),
        (Wait(Rule.CAMPAIGN_QUEUE, None, {"place": 2, "limit": 5}), "Place 2 in the queue; 5 send at once"),
        (Wait(Rule.IN_FLIGHT, None, {"in_flight": 1}), "1 on the way"),
        (Wait(Rule.IN_FLIGHT), ""),
        (Wait(Rule.PAUSED, None, {"reason": "operator"}), "Paused by you."),
        (Wait(Rule.NOT_RUNNING, None, {"status": "draft"}), "Draft"),
        (Wait(Rule.SETTLED, None, {"status": "failed", "reason": "not_on_whatsapp"}), "Not sent · This phone has no"),
        (Wait(Rule.DISCONNECTED, None, {"state": "needs_qr"}), "Scan needed"),
        (Wait(Rule.OFFLINE), ""),
    ],
)
def test_the_numbers_of_a_rule_are_told(wait: Wait, numbers: str) -> None:
    assert why_words.numbers(wait).startswith(numbers)
    assert bool(numbers) == bool(why_words.numbers(wait))


def test_the_end_is_counted_down() -> None:
    wait = Wait(Rule.MIN_GAP, NOW + timedelta(seconds=75), {"gap_s": 90})
    assert why_words.line(wait, NOW).left.startswith("1 min 15 s left, until ")
    assert why_words.line(wait, NOW + timedelta(seconds=60)).left.startswith("15 s left, until ")
    assert why_words.line(wait, NOW + timedelta(seconds=80)).left == ""


def test_a_recipient_tells_its_own_reasons_then_those_of_campaign_and_numbers() -> None:
    view = why_words.view(samples.held_recipient(), NOW)
    assert not view.is_free
    assert [section.heading for section in view.sections] == [
        "",
        "The campaign",
        "vendas-1",
        "atendimento-zona-sul-e-região-metropolitana",
    ]
    assert view.summary.startswith("It can go on ")


def test_numbers_are_left_out_where_one_of_them_is_free() -> None:
    free = holding()
    held = holding(Wait(Rule.DISCONNECTED))
    campaign = Explanation(Subject.CAMPAIGN, (), instances=(("a", free), ("b", held)))
    view = why_words.view(campaign, NOW)
    assert view.is_free
    assert view.sections == ()
    assert view.summary == "Nothing holds it: it may leave now."


def test_of_many_numbers_only_the_first_are_told() -> None:
    held = holding(Wait(Rule.DISCONNECTED))
    campaign = Explanation(Subject.CAMPAIGN, (), instances=tuple((f"n{n}", held) for n in range(30)))
    view = why_words.view(campaign, NOW)
    assert len(view.sections) == 13
    assert view.sections[-1].lines[0].text == "… and 18 numbers more"


@pytest.mark.parametrize(
    ("explanation", "summary"),
    [
        (holding(Wait(Rule.PAUSED)), "It does not go on by time alone: somebody or something has to act."),
        (holding(Wait(Rule.UNREACHABLE)), "It goes on by itself; nobody has to do anything."),
        (
            holding(Wait(Rule.UNREACHABLE), Wait(Rule.DISCONNECTED)),
            "It does not go on by time alone: somebody or something has to act.",
        ),
        (holding(Wait(Rule.SETTLED)), "This is finished."),
        (holding(Wait(Rule.MIN_GAP, NOW)), "It goes on at any moment."),
        (holding(Wait(Rule.MIN_GAP, NOW + timedelta(seconds=9))), "It can go on in 9 s."),
    ],
)
def test_the_summary_says_whether_time_alone_is_enough(explanation: Explanation, summary: str) -> None:
    assert why_words.view(explanation, NOW).summary == summary


def test_a_doubt_is_asked_about_and_may_be_decided_by_a_person() -> None:
    doubt = Explanation(Subject.RECIPIENT, (Wait(Rule.RECONCILING, None, {"reason": "answer_lost"}),))
    assert "You can also decide" in why_words.view(doubt, NOW).summary


def test_hours_that_end_before_the_rest_does_are_told_as_such() -> None:
    facts = {"start": "09:00", "end": "18:00", "timezone": "UTC", "holiday": False}
    assert why_words.line(Wait(Rule.WINDOW, None, facts), NOW).text.startswith("Outside the hours")
    assert why_words.line(Wait(Rule.WINDOW, None, facts | {"later": True}), NOW).text.startswith(
        "The sending hours are"
    )
