"""Confirmations of opt-outs leave once, through a free lane, and a crash never doubles one."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

import pytest

from desktop.domain.ids import InstanceId
from desktop.domain.instance import InstanceLimits
from desktop.domain.opt_out import DueReply, ReplyState
from desktop.domain.outcome import ErrorClass, NotSent, Outcome, Rejected, Unknown
from tests.conftest import LogWatch
from tests.desktop.engine.world import World, phone
from tests.fakes.gateway import Behaviour


class MemoryReplies:
    """What is durable of the confirmations."""

    def __init__(self, *due: DueReply) -> None:
        self.rows = {reply.id: reply for reply in due}
        self.states = {reply.id: ReplyState.DUE for reply in due}
        self.claims_fail = False
        self.claim_takes = asyncio.Event()
        self.claim_takes.set()
        self.is_claiming = False

    async def begin(self, now: datetime) -> None:
        self.states = {n: ReplyState.UNSURE if s is ReplyState.SENDING else s for n, s in self.states.items()}

    async def due(self, now: datetime, limit: int) -> Sequence[DueReply]:
        return [self.rows[number] for number, state in self.states.items() if state is ReplyState.DUE][:limit]

    async def claim(self, number: int, now: datetime) -> bool:
        if self.claims_fail:
            raise RuntimeError("the disk is full")
        self.is_claiming = True
        await self.claim_takes.wait()
        if self.states[number] is not ReplyState.DUE:
            return False
        self.states[number] = ReplyState.SENDING
        return True

    async def settle(self, number: int, state: ReplyState, reason: str | None, now: datetime) -> None:
        self.states[number] = state


def due(world: World, instance: InstanceId, number: int = 1) -> DueReply:
    return DueReply(number, instance, phone(number), None, "Pronto.", world.clock.now())


def begin(world: World, *people: int) -> MemoryReplies:
    one = world.instance()
    replies = MemoryReplies(*(due(world, one, number) for number in people or (1,)))
    world.parts["opt_out_replies"] = replies
    world.start()
    return replies


async def test_a_confirmation_leaves_once_with_its_text(world: World) -> None:
    replies = begin(world)
    await world.until(lambda: replies.states[1] is ReplyState.SENT)
    await world.pass_time(60)
    (message,) = world.gateway.sent
    assert (message.phone, message.text) == (phone(1), "Pronto.")


async def test_a_number_that_may_not_send_keeps_it_waiting(world: World) -> None:
    one = world.instance()
    world.change_instance(one, pause_reason="operator")
    replies = MemoryReplies(due(world, one), due(world, InstanceId(99), 2))
    world.parts["opt_out_replies"] = replies
    world.start()
    await world.pass_time(30)
    assert set(replies.states.values()) == {ReplyState.DUE}
    assert world.gateway.sent == []


async def test_confirmations_keep_the_gap_of_the_number(world: World) -> None:
    one = world.instance(InstanceLimits(min_gap_s=20.0))
    replies = MemoryReplies(due(world, one), due(world, one, 2))
    world.parts["opt_out_replies"] = replies
    world.start()
    await world.until(lambda: set(replies.states.values()) == {ReplyState.SENT})
    first, second = world.left_at_s
    assert second - first >= 20


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Unknown("timeout"), ReplyState.UNSURE),
        (Rejected(ErrorClass.RECIPIENT_PERMANENT, "not_on_whatsapp"), ReplyState.FAILED),
        (Rejected(ErrorClass.NEEDS_TEMPLATE, "needs_template"), ReplyState.FAILED),
    ],
)
async def test_what_is_refused_or_lost_is_not_tried_again(world: World, outcome: Outcome, state: ReplyState) -> None:
    world.gateway.behaviour = Behaviour(outcome)
    replies = begin(world)
    await world.until(lambda: replies.states[1] is state)
    world.gateway.behaviour = Behaviour()
    await world.pass_time(120)
    assert (replies.states[1], world.gateway.sent) == (state, [])


@pytest.mark.parametrize("outcome", [NotSent("unreachable"), Rejected(ErrorClass.INSTANCE_DOWN, "connection_closed")])
async def test_what_certainly_did_not_leave_is_tried_later(world: World, outcome: Outcome) -> None:
    world.gateway.expect(phone(1), Behaviour(outcome))
    replies = begin(world)
    await world.until(lambda: replies.states[1] is ReplyState.SENT)
    assert world.gateway.requests.total() == 2


async def test_a_crash_in_between_leaves_it_unsure(world: World) -> None:
    world.gateway.behaviour = Behaviour(takes_s=30)
    replies = begin(world)
    await world.until(lambda: replies.states[1] is ReplyState.SENDING)
    await world.crash()
    world.gateway.behaviour = Behaviour()
    world.start()
    await world.until(lambda: replies.states[1] is ReplyState.UNSURE)
    await world.pass_time(30)
    assert replies.states[1] is ReplyState.UNSURE


async def test_a_stop_records_what_was_under_way(world: World) -> None:
    world.gateway.behaviour = Behaviour(takes_s=300)
    replies = begin(world)
    await world.until(lambda: replies.states[1] is ReplyState.SENDING)
    await world.stop()
    assert replies.states[1] is ReplyState.UNSURE


async def test_a_stop_during_the_claim_gives_it_back(world: World) -> None:
    replies = begin(world)
    replies.claim_takes.clear()
    await world.until(lambda: replies.is_claiming)
    assert world.engine is not None
    world.engine.stop()
    await world.clock.sleep(1)
    replies.claim_takes.set()
    await world.life
    assert (replies.states[1], world.gateway.sent) == (ReplyState.DUE, [])


async def test_what_somebody_else_has_claimed_is_left_alone(world: World) -> None:
    replies = begin(world)
    replies.claim_takes.clear()
    await world.until(lambda: replies.is_claiming)
    replies.states[1] = ReplyState.SENT
    replies.claim_takes.set()
    await world.pass_time(10)
    assert world.gateway.sent == []


async def test_a_claim_that_fails_stops_the_engine_loudly_and_sends_nothing(world: World, log_watch: LogWatch) -> None:
    log_watch.expect("task opt-out replies ended")
    replies = begin(world)
    replies.claims_fail = True
    with pytest.raises(RuntimeError, match="disk is full"):
        await world.life
    assert world.gateway.sent == []
