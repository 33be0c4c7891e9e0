"""The optimiser at work: what is answered more often is sent more often, and nobody changes their variation."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest

from desktop.domain.campaign import Goal, Optimiser, Pace
from desktop.domain.events import Event, EventType
from desktop.domain.ids import CampaignId, VariationId
from desktop.domain.outcome import ErrorClass, Rejected
from desktop.domain.recipient import RecipientStatus
from desktop.engine.experiment import ASK_EVERY_S, Experiment
from desktop.engine.ports import Variation
from desktop.engine.rendering import render
from tests.desktop.engine import world as world_module
from tests.desktop.engine.world import World, phone
from tests.fakes.gateway import Behaviour
from tests.fakes.ledger import MemoryLedger

A, B = VariationId(1), VariationId(2)
EACH_SECOND = Pace(delay_s=(1.0, 1.0), per_hour=None, per_second=None, burst=None)
STAYS_AWAY = Behaviour(Rejected(ErrorClass.INSTANCE_DOWN, "connection_closed"))


@pytest.fixture
def two(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """A world in which the second of two variations is answered by everybody, the first by nobody."""
    monkeypatch.setattr(world_module, "render", render)

    def answer(events: Sequence[Event]) -> None:
        for event in events:
            if event.type is EventType.MESSAGE_SENT and event.fact.recipient_id is not None:
                row = world.rows.recipients[event.fact.recipient_id]
                if row.variation_id == B:
                    row.replied_at = event.fact.at

    world.bus.subscribe(answer)
    return world


def campaign(world: World, people: int, optimise: Optimiser | None, weights: tuple[int, int] = (1, 1)) -> CampaignId:
    made = world.campaign(people, [world.instance()], pace=EACH_SECOND, optimise=optimise)
    world.rows.variations[made] = (Variation(A, "Oi", weights[0]), Variation(B, "Olá", weights[1]))
    return made


async def test_what_is_answered_gets_more_and_the_rest_keeps_its_floor(two: World) -> None:
    made = campaign(two, 400, Optimiser(Goal.REPLY, 0.1))
    await two.finish(made)
    rows = [row for row in two.rows.recipients.values() if row.sent_at is not None]
    first, last = [row.variation_id for row in rows[:50]], [row.variation_id for row in rows[-200:]]
    assert 15 <= first.count(B) <= 35, "until something is known, by the draft's weights"
    assert 160 <= last.count(B) < 200, "about nine of ten, and the other is not given up"
    changes = two.events(EventType.ROTATION_CHANGED)
    assert changes[0].fact.details["weights"] == [100, 900]
    assert changes[0].fact.details["by"] == "reply"
    assert changes[0].fact.campaign_id == made
    assert [variation.weight for variation in two.rows.variations[made]] == [100, 900], "kept for the next start"
    assert len(changes) == 1, "weights that stay as they are, are not told again"


async def test_without_the_option_nothing_is_asked(two: World) -> None:
    asked: list[str] = []
    two.on_step = asked.append
    made = campaign(two, 100, None)
    await two.finish(made)
    assert not [step for step in asked if step.startswith("variation_results")]
    assert not two.events(EventType.ROTATION_CHANGED)


async def test_the_ledger_is_asked_once_a_minute_at_most(two: World) -> None:
    asked: list[float] = []
    two.on_step = lambda step: asked.append(two.clock.monotonic()) if step == "variation_results:before" else None
    await two.finish(campaign(two, 200, Optimiser()))
    assert 3 <= len(asked) <= 4
    assert all(later - earlier >= ASK_EVERY_S for earlier, later in pairwise(asked))


async def test_who_comes_back_keeps_the_variation_of_the_first_claim(two: World) -> None:
    made = campaign(two, 300, Optimiser())
    two.gateway.expect(phone(0), STAYS_AWAY)  # back at once, without a look into the ledger
    two.start()
    await two.until(lambda: bool(two.events(EventType.INSTANCE_SELECTED)))
    first = {row.id: row.variation_id for row in two.rows.recipients.values() if row.variation_id}
    await two.finish(made)
    assert all(two.rows.recipients[found].variation_id == variation for found, variation in first.items())
    assert len(two.rows.attempts_of[next(iter(first))]) == 2


async def test_reading_is_a_goal_too_and_a_switched_off_variation_stays_off(world: World) -> None:
    made = campaign(world, 60, Optimiser(Goal.READ), (0, 1))
    ledger = MemoryLedger(world.rows, world.bus.publish)
    for number, row in enumerate(world.rows.recipients.values()):
        row.variation_id, row.sent_at = (A, B)[number % 2], world.clock.now()
        if row.variation_id == A:
            for status in (RecipientStatus.SENDING, RecipientStatus.SENT, RecipientStatus.READ):
                world.rows.move(row, status, None)
    experiment = Experiment(ledger, world.clock, Random(1))
    plan = await ledger.plan(made)
    assert await experiment.follow(plan) is plan
    both = replace(plan, variations=(replace(plan.variations[0], weight=1), plan.variations[1]))
    assert await experiment.follow(both) is both, "not before a minute has passed"
    await world.clock.sleep(ASK_EVERY_S)
    assert [variation.weight for variation in (await experiment.follow(both)).variations] == [900, 100]
    alone = replace(plan, variations=plan.variations[:1])
    assert await experiment.follow(alone) is alone


async def test_a_variation_without_a_message_yet_gets_its_chance(world: World) -> None:
    made = campaign(world, 40, Optimiser(Goal.REPLY), (1, 1))
    for row in world.rows.recipients.values():
        row.variation_id, row.sent_at, row.replied_at = A, world.clock.now(), world.clock.now()
    ledger = MemoryLedger(world.rows, world.bus.publish)
    plan = await Experiment(ledger, world.clock, Random(1)).follow(await ledger.plan(made))
    assert plan.variations[1].weight >= 100
