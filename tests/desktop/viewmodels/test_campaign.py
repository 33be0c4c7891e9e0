from dataclasses import replace
from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.campaign import CampaignAction, CampaignStatus
from desktop.domain.errors import KnownError
from desktop.domain.events import Event, EventType, NewEvent
from desktop.domain.ids import CampaignId, EventId, InstanceId, RecipientId, WorkspaceId
from desktop.domain.summaries import CampaignCounts
from desktop.policy.explain import Explanation, Subject
from desktop.policy.waiting import Rule, Wait
from desktop.viewmodels import campaign
from desktop.viewmodels.campaign import CampaignViewModel
from desktop.viewmodels.campaign_facts import CampaignFacts, describe
from desktop.viewmodels.campaign_words import progress_parts
from tests.fakes import samples
from tests.fakes.samples import NOW, campaigns
from tests.fakes.window import FakeProgram

RUNNING, SLOW, PAUSED, SCHEDULED = campaigns()[:4]


@pytest.fixture
def program(qapp: object) -> FakeProgram:
    return FakeProgram()


@pytest.fixture
def model(program: FakeProgram) -> CampaignViewModel:
    made = program.campaign()
    made.activate()
    return made


def facts_of(model: CampaignViewModel) -> CampaignFacts:
    assert model.facts is not None
    return model.facts


def test_parts_of_the_bar_are_what_has_ended_or_left() -> None:
    counts = CampaignCounts(pending=50, read=20, delivered=10, failed=15, in_doubt=5)
    assert progress_parts(counts) == (
        (0.2, "chart_read"),
        (0.1, "chart_delivered"),
        (0.15, "chart_failed"),
        (0.05, "doubt"),
    )
    assert progress_parts(CampaignCounts()) == ()


def test_without_a_forecast_no_moment_is_made_up() -> None:
    """What left in the last minutes says nothing of numbers that cannot send any more."""
    assert describe(RUNNING, None, is_online=True, now=NOW).eta == "not known yet"
    queued = describe(RUNNING, ("campaign_queue", None), is_online=True, now=NOW, is_planned=True)
    assert queued.eta == "not known before another campaign ends"
    held = describe(RUNNING, ("disconnected", None), is_online=True, now=NOW, is_planned=True)
    assert held.eta == "not known: nothing can leave as it is"
    done = replace(RUNNING, counts=CampaignCounts(sent=5, in_doubt=1))
    assert describe(done, None, is_online=True, now=NOW, is_planned=True).eta == "not known yet"


@pytest.mark.parametrize(
    ("wait", "online", "text"),
    [
        (None, True, "Sending now."),
        (("pace_delay", NOW + timedelta(seconds=24)), True, "Pause between messages; the next in 24 s."),
        (("pace_delay", NOW - timedelta(seconds=1)), True, "Sending now."),
        (("daily_limit", None), True, "Today's limit is used up."),
        (("pace_delay", None), False, "No internet: goes on by itself when it is back."),
        (
            ("engine_stopped", NOW + timedelta(seconds=15)),
            True,
            "Sending has stopped; it starts again by itself in 15 s.",
        ),
    ],
)
def test_waiting_names_the_rule_and_its_end(wait: tuple[str, object] | None, online: bool, text: str) -> None:
    facts = describe(RUNNING, wait, is_online=online, now=NOW)  # type: ignore[arg-type]
    assert facts.waiting == text


def test_a_number_that_is_paused_is_named_with_its_reason_and_nothing_is_forecast() -> None:
    paused = Explanation(Subject.INSTANCE, (Wait(Rule.PAUSED, None, {"reason": "licence_required"}),))
    why = Explanation(Subject.CAMPAIGN, (), instances=(("vendas-1", paused),))
    facts = describe(RUNNING, ("paused", None), is_online=True, now=NOW, why=why)
    assert facts.waiting.startswith("vendas-1: Paused. ")
    assert "licence" in facts.waiting
    assert facts.eta == "not known before somebody acts"
    unreachable = Explanation(Subject.INSTANCE, (Wait(Rule.UNREACHABLE),))
    several = replace(why, instances=(("vendas-2", unreachable), *why.instances))
    facts = describe(RUNNING, ("paused", None), is_online=True, now=NOW, why=several)
    assert facts.waiting.startswith("None of the campaign's numbers can send now. vendas-1: Paused. ")
    assert facts.eta != "not known before somebody acts", "the other one comes back by itself"
    assert describe(RUNNING, ("paused", None), is_online=True, now=NOW, why=None).waiting == "Paused."
    resting = Explanation(Subject.INSTANCE, (Wait(Rule.HEALTH_ISSUE, NOW + timedelta(minutes=5), {"score": 40}),))
    ill = replace(why, instances=(("vendas-1", resting),))
    facts = describe(RUNNING, ("paused", None), is_online=True, now=NOW, why=ill)
    assert facts.waiting.startswith("vendas-1: Resting, because too many messages failed; goes on ")
    free = replace(why, instances=(("vendas-1", Explanation(Subject.INSTANCE, ())),))
    assert describe(RUNNING, ("paused", None), is_online=True, now=NOW, why=free).waiting == "Paused."


def test_a_campaign_that_queues_says_its_place_and_that_nobody_has_to_act() -> None:
    queued = Explanation(Subject.CAMPAIGN, (Wait(Rule.CAMPAIGN_QUEUE, None, {"place": 2, "limit": 5}),))
    facts = describe(RUNNING, ("campaign_queue", None), is_online=True, now=NOW, why=queued)
    assert (facts.status, facts.tone) == ("Waiting for its turn: place 2", "info")
    assert facts.waiting == "Place 2 in the queue; 5 send at once."
    assert facts.eta != "not known before somebody acts"
    assert facts.why is not None
    assert facts.why.summary == "It goes on by itself; nobody has to do anything."
    assert describe(RUNNING, ("campaign_queue", None), is_online=True, now=NOW).waiting.startswith("Waiting")


def test_a_campaign_that_queues_in_another_process_is_not_said_to_send(program: FakeProgram) -> None:
    program.engine.departure = None
    for number in range(101, 106):
        program.library.rows[CampaignId(number)] = replace(RUNNING, id=CampaignId(number), started_at=NOW)
    model = program.campaign()
    model.activate()
    model.open(CampaignId(105))
    facts = facts_of(model)
    assert (facts.status, facts.waiting) == ("Waiting for its turn: place 2", "Place 2 in the queue; 5 send at once.")
    assert facts.eta == "not known before another campaign ends"
    model.open(CampaignId(101))
    assert (facts_of(model).status, facts_of(model).waiting) == ("Sending", "Sending now.")


def test_nothing_is_forecast_while_offline_or_stopped() -> None:
    stopped = ("engine_stopped", NOW + timedelta(seconds=15))
    assert describe(RUNNING, stopped, is_online=True, now=NOW).eta == "not known before sending goes on"
    assert describe(RUNNING, None, is_online=False, now=NOW).eta == "not known before the internet is back"
    assert describe(PAUSED, None, is_online=False, now=NOW).eta == "–"


def test_actions_are_those_of_the_table() -> None:
    assert describe(PAUSED, None, is_online=True, now=NOW).actions == {
        CampaignAction.EDIT,
        CampaignAction.RESUME,
        CampaignAction.CANCEL,
    }


def test_figures_and_shares_are_of_what_left(model: CampaignViewModel) -> None:
    model.open(CampaignId(8))
    facts = facts_of(model)
    tiles = {tile.key: (tile.value, tile.note) for tile in facts.tiles}
    assert tiles["sent"] == ("40,732", "40.7% of all")
    assert tiles["delivered"] == ("36,522", "89.7% of sent")
    assert tiles["replied"] == ("1,204", "3.0% of sent")
    assert (facts.progress, facts.rate, facts.doubts) == ("42%", "187/min", 20)


def test_events_of_this_campaign_bring_figures_charts_and_rows(
    program: FakeProgram, model: CampaignViewModel, qtbot: QtBot
) -> None:
    model.open(CampaignId(8))
    asked = dict(program.library.asked)
    with qtbot.waitSignal(model.recipients_changed):
        program.bus.publish([program.bus.event(8)])
    qtbot.waitUntil(lambda: program.library.asked["campaign"] > asked["campaign"])
    qtbot.waitUntil(lambda: program.library.asked["campaign_series"] > asked["campaign_series"], timeout=3000)


def test_events_of_another_campaign_ask_nothing(program: FakeProgram, model: CampaignViewModel, qtbot: QtBot) -> None:
    model.open(CampaignId(8))
    asked = dict(program.library.asked)
    with qtbot.assertNotEmitted(model.recipients_changed), qtbot.waitSignal(program.bridge.events):
        program.bus.publish([program.bus.event(3)])
    assert program.library.asked["campaign"] == asked["campaign"]


def test_clock_runs_only_while_a_running_campaign_is_looked_at(model: CampaignViewModel) -> None:
    model.open(CampaignId(8))
    assert model._clock.isActive()
    model.deactivate()
    assert not model._clock.isActive()


def test_the_end_is_asked_anew_when_time_passes_and_when_a_number_goes(
    program: FakeProgram, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A number that is logged out sends nothing more: no event of the campaign would tell so."""
    monkeypatch.setattr(campaign, "PLAN_MS", 10)
    now = [NOW]
    model = CampaignViewModel(
        program.library, program.control, program.engine, program.bridge, program.spawn, lambda: now[0]
    )
    program.control.forecasts[CampaignId(8)] = samples.forecast()
    model.activate()
    model.open(CampaignId(8))
    qtbot.waitUntil(lambda: facts_of(model).eta.startswith("between"))
    del program.control.forecasts[CampaignId(8)]
    model._on_tick()
    now[0] = NOW + timedelta(seconds=61)
    model._on_tick()
    qtbot.waitUntil(lambda: facts_of(model).eta == "not known: nothing can leave as it is")
    program.control.forecasts[CampaignId(8)] = samples.forecast()
    fact = NewEvent(EventType.INSTANCE_RESUMED, NOW, instance_id=InstanceId(1))
    program.bus.publish([Event(EventId(10**9), WorkspaceId(1), fact)])
    qtbot.waitUntil(lambda: facts_of(model).eta.startswith("between"))


def test_doubts_are_decided(program: FakeProgram, model: CampaignViewModel, qtbot: QtBot) -> None:
    model.open(CampaignId(8))
    with qtbot.waitSignal(model.recipients_changed):
        model.resolve([RecipientId(8)], as_sent=True)
    model.resolve(None, as_sent=False)
    assert program.control.done == [("resolve_doubt", [8], True), ("resolve_doubt", 8, False)]


def test_deleting_says_that_the_campaign_is_gone(program: FakeProgram, model: CampaignViewModel, qtbot: QtBot) -> None:
    model.open(CampaignId(3))
    with qtbot.waitSignal(model.gone):
        model.act(CampaignAction.DELETE)
    assert CampaignId(3) not in program.library.rows
    assert model.campaign_id is None


def test_a_refused_action_leaves_the_facts(program: FakeProgram, model: CampaignViewModel, qtbot: QtBot) -> None:
    model.open(CampaignId(8))
    program.control.refuse = KnownError("action_not_allowed", "No.", status="paused")
    with qtbot.waitSignal(model.failed):
        model.act(CampaignAction.PAUSE)
    assert facts_of(model).summary.status is CampaignStatus.RUNNING


def test_a_scheduled_campaign_says_when_it_starts() -> None:
    soon = replace(SCHEDULED, schedule_at=NOW + timedelta(seconds=40))
    assert describe(soon, None, is_online=True, now=NOW).subtitle.startswith("Starts in 40 s")
