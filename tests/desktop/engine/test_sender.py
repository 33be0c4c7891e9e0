"""The order of one send: recorded, requested, recorded, published; and what a cancel leaves behind."""

import asyncio
from datetime import timedelta
from itertools import pairwise

import pytest

from desktop.domain.campaign import CampaignAction, RetryPlan
from desktop.domain.events import EventType
from desktop.domain.ids import VariationId
from desktop.domain.instance import InstanceLimits
from desktop.domain.outcome import ErrorClass, Rejected
from desktop.domain.recipient import RecipientStatus
from desktop.domain.template import FrozenTemplate, OutgoingTemplate, TemplateUse
from desktop.engine.ports import Settlement, Variation
from desktop.engine.rendering import render
from tests.conftest import LogWatch
from tests.desktop.engine.world import World, phone
from tests.fakes.gateway import LOSE_ANSWER, Behaviour

BUSY = Behaviour(Rejected(ErrorClass.TRANSIENT, "busy", http_status=500))


async def test_the_attempt_is_durable_before_the_request_and_the_outcome_before_it_is_published(world: World):
    campaign = world.campaign(1, [world.instance()])
    row = world.recipients(RecipientStatus.PENDING)[0]
    seen: list[tuple[str, str, bool]] = []
    interesting = ("record_intent:before", "request", "left", "answer", "settle:before", "settle:after")

    def look(moment: str) -> None:
        if moment in interesting:
            is_published = any(event.type is EventType.MESSAGE_SENT for event in world.heard)
            seen.append((moment, row.status.value, is_published))

    world.on_step = look
    await world.finish(campaign)
    assert seen == [
        ("record_intent:before", "pending", False),
        ("request", "sending", False),
        ("left", "sending", False),
        ("answer", "sending", False),
        ("settle:before", "sending", False),
        ("settle:after", "sent", False),
    ]
    assert world.events(EventType.MESSAGE_SENT)[0] in world.heard


async def test_what_is_recorded_is_what_was_sent(world: World):
    campaign = world.campaign(2, [world.instance()])
    await world.finish(campaign)
    attempts = list(world.rows.attempts.values())
    assert [a.client_ref for a in attempts] == [left.client_ref for left in world.gateway.left]
    assert len({a.client_ref for a in attempts}) == 2
    assert all(a.client_ref.startswith("3EB0") and len(a.client_ref) == 22 for a in attempts)
    assert [a.started_at for a in attempts] == [left.at for left in world.gateway.left]
    assert {a.number for a in attempts} == {1}
    selected = world.events(EventType.INSTANCE_SELECTED)[0].fact.details
    assert selected["instance"] == "number-1"


async def test_what_took_too_long_to_be_recorded_does_not_leave_and_is_decided_anew(world: World):
    limits = InstanceLimits(None, None, None, min_gap_s=5.0, max_in_flight=4)
    campaign = world.campaign(4, [world.instance(limits)])
    locked = iter((60, 60))

    def lock(moment: str) -> None:
        if moment == "record_intent:before" and (seconds := next(locked, 0)):
            world.clock.suspend(seconds)

    world.on_step = lock
    await world.finish(campaign)
    late = [attempt for attempt in world.rows.attempts.values() if attempt.code == "recorded_late"]
    assert [attempt.outcome for attempt in late] == ["not_sent"] * 2
    assert {row.attempts for row in world.recipients(RecipientStatus.SENT)} == {1}, "it counts as no attempt"
    moments = [left.at for left in world.gateway.left]
    assert len(moments) == 4
    assert min(b - a for a, b in pairwise(moments)) >= timedelta(seconds=5), "nothing leaves in a burst"


async def test_a_stop_while_what_is_late_is_recorded_as_such_loses_nothing(world: World):
    world.campaign(1, [world.instance()])
    [row] = world.recipients(RecipientStatus.PENDING)

    def lock(moment: str) -> None:
        if moment == "record_intent:before":
            world.clock.suspend(60)
        elif moment == "settle:before" and world.life is not None:
            world.on_step = lambda _moment: None
            for task in asyncio.all_tasks():
                if task is world.life or task.get_name() == f"send:{row.id}":
                    task.cancel()

    world.on_step = lock
    world.start()
    assert world.life is not None
    with pytest.raises(asyncio.CancelledError):
        await world.life
    assert world.gateway.left == []
    assert (row.status, row.reason, row.attempts) == (RecipientStatus.PENDING, "recorded_late", 0)


async def test_a_failure_carries_its_code_and_words(world: World):
    campaign = world.campaign(1, [world.instance()])
    rejected = Rejected(ErrorClass.RECIPIENT_PERMANENT, "not_on_whatsapp", "exists: false", http_status=400)
    world.gateway.expect(phone(0), Behaviour(rejected))
    await world.finish(campaign)
    details = world.events(EventType.MESSAGE_FAILED)[0].fact.details
    assert (details["code"], details["text"], details["attempt"]) == ("not_on_whatsapp", "exists: false", 1)


async def test_a_retry_is_numbered_and_another_attempt(world: World):
    campaign = world.campaign(1, [world.instance()], retry=RetryPlan(3, 10, 60))
    world.gateway.expect(phone(0), BUSY, BUSY)
    await world.finish(campaign)
    assert [(a.number, a.outcome) for a in world.rows.attempts.values()] == [
        (1, "rejected"),
        (2, "rejected"),
        (3, "accepted"),
    ]


async def test_a_claim_that_commits_while_the_stop_gives_up_is_taken_back(world: World):
    """The stop's time is up between the claim and the request: nothing has left, and nothing is in doubt."""
    campaign = world.campaign(1, [world.instance()])
    slow = asyncio.Event()
    claim = world.ledger.__class__.record_intent

    async def slow_claim(ledger: object, intent: object) -> object:
        attempt_id = await claim(ledger, intent)  # type: ignore[arg-type]
        await slow.wait()
        return attempt_id

    engine = world.start()
    world.ledger.record_intent = slow_claim.__get__(world.ledger)  # type: ignore[method-assign]
    await world.until(lambda: bool(world.recipients(RecipientStatus.SENDING)))
    engine.stop()
    await world.clock.sleep(80)
    assert not world.life.done()
    slow.set()
    await world.life
    assert world.counts(campaign).pending == 1
    assert world.gateway.left == []
    assert world.rows.recipients[world.recipients(RecipientStatus.PENDING)[0].id].attempts == 0
    await world.finish(campaign)
    assert world.gateway.phones == [phone(0)]


async def test_a_claim_that_is_refused_while_the_stop_gives_up_leaves_nothing(world: World):
    campaign = world.campaign(1, [world.instance()])

    async def slow_refusal(_intent: object) -> None:
        await world.clock.sleep(90)

    engine = world.start()
    world.ledger.record_intent = slow_refusal  # type: ignore[method-assign,assignment]
    await world.until(lambda: engine.in_flight == 1)
    engine.stop()
    await world.life
    assert world.counts(campaign).pending == 1
    assert engine.in_flight == 0


async def test_an_outcome_that_is_being_recorded_when_the_stop_gives_up_is_recorded(world: World):
    campaign = world.campaign(1, [world.instance()])
    engine = world.start()
    settle = world.ledger.settle

    async def slow_settle(settlement: Settlement) -> None:
        await world.clock.sleep(100)
        await settle(settlement)

    world.ledger.settle = slow_settle  # type: ignore[method-assign]
    await world.until(lambda: len(world.gateway.left) == 1)
    engine.stop()
    await world.life
    assert world.counts(campaign).sent == 1


async def test_a_request_that_outlasts_the_stop_is_in_doubt_and_found_the_next_time(world: World):
    campaign = world.campaign(1, [world.instance()])
    world.gateway.expect(phone(0), Behaviour(takes_s=500))
    engine = world.start()
    await world.until(lambda: len(world.gateway.left) == 1)
    engine.stop()
    await world.life
    assert world.counts(campaign).in_doubt == 1
    await world.finish(campaign)
    assert world.counts(campaign).sent == 1
    assert world.gateway.phones == [phone(0)]


async def test_who_may_not_be_claimed_any_more_is_not_sent_to(world: World):
    """The page was read before the person opted out."""
    campaign = world.campaign(3, [world.instance()])
    world.contact(phone(1)).opted_out_at = world.clock.now()
    await world.finish(campaign)
    assert world.gateway.phones == [phone(0), phone(2)]
    assert world.counts(campaign).skipped == 1


async def test_a_lost_answer_is_found_and_not_sent_again(world: World):
    campaign = world.campaign(3, [world.instance()])
    world.gateway.expect(phone(1), LOSE_ANSWER)
    await world.finish(campaign)
    assert world.gateway.phones == [phone(0), phone(1), phone(2)]
    assert world.counts(campaign).sent == 3
    assert len(world.events(EventType.IN_DOUBT)) == len(world.events(EventType.RECONCILED)) == 1


async def test_a_claim_that_fails_leaves_nothing_reserved(world: World, log_watch: LogWatch):
    """It gives its place in the lane back, and the engine stops loudly."""
    log_watch.expect("task send:1 ended with an error")
    world.campaign(1, [world.instance()])

    async def fail(*_: object) -> None:
        raise OSError("disk")

    engine = world.start()
    world.ledger.record_intent = fail  # type: ignore[method-assign,assignment]
    with pytest.raises(OSError, match="disk"):
        await world.life
    assert engine.in_flight == 0


async def test_pause_takes_effect_at_the_claim(world: World):
    """Whoever pauses need not wait for the engine to notice."""
    campaign = world.campaign(10, [world.instance()])

    def pause(moment: str) -> None:
        if moment == "record_intent:before" and len(world.gateway.left) == 4:
            world.on_step = None
            world.act(campaign, CampaignAction.PAUSE)

    world.on_step = pause
    world.start()
    await world.pass_time(5)
    assert len(world.gateway.left) == 4
    assert world.counts(campaign).pending == 6


async def test_a_template_leaves_with_its_values_and_is_known_by_them(world: World):
    campaign = world.campaign(2, [world.instance()])
    body = {"type": "BODY", "text": "Oi"}
    use = TemplateUse("promo", "pt_BR", (("button.0", "{{contact.phone}}"),))
    button = {"type": "BUTTONS", "buttons": [{"type": "URL", "url": "https://loja.example/{{1}}"}]}
    template = FrozenTemplate(use, "POSITIONAL", (body, button))
    world.rows.variations[campaign] = (Variation(VariationId(1), "Oi", 1, template=template),)
    world.parts["renderer"] = render
    await world.finish(campaign)
    assert [sent.template for sent in world.gateway.sent] == [
        OutgoingTemplate("promo", "pt_BR", buttons=((0, "url", phone(n)),)) for n in range(2)
    ]
    assert {sent.text for sent in world.gateway.sent} == {"Oi"}
    # The same text to read, but other values: they must not be taken for each other.
    assert len({attempt.text_digest for attempt in world.rows.attempts.values()}) == 2
