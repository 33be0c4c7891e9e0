"""Confirms opt-outs, once for each person: through the number that got the word, when its limits let something leave.

The order is that of every send: claim durably → request → record. What cannot be recorded stays claimed, and is given
up at the next start: a person who asked for silence must not be written to twice.
"""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from random import Random

from desktop.domain.ids import InstanceId
from desktop.domain.opt_out import DueReply, ReplyState
from desktop.domain.outcome import Accepted, ErrorClass, NotSent, Outcome, Rejected, Unknown
from desktop.engine.clock import wait
from desktop.engine.lane import Lane
from desktop.engine.ports import Clock, OptOutReplies, OutgoingMessage
from desktop.engine.supervisor import uninterrupted

LOOK_EVERY_S = 3.0
AT_ONCE = 50
PAUSE_AFTER_REFUSAL = timedelta(minutes=1)

# It is certain that nothing left, and another time may be better; the rest is this person's, or the text's.
_PASSING = frozenset(
    {
        ErrorClass.ACCOUNT_STOP,
        ErrorClass.INSTANCE_DOWN,
        ErrorClass.THROTTLE,
        ErrorClass.TRANSIENT,
        ErrorClass.CAMPAIGN_PAUSE,
    }
)


class Confirmer:
    """Sends what is due."""

    def __init__(self, replies: OptOutReplies, lanes: Mapping[InstanceId, Lane], clock: Clock, rng: Random) -> None:
        self._replies, self._lanes, self._clock, self._rng = replies, lanes, clock, rng
        self._not_before = clock.now()

    async def run(self) -> None:
        """Look for ever."""
        await self._replies.begin(self._clock.now())
        never = asyncio.Event()
        while True:
            await self.look()
            await wait(self._clock, self._clock.now() + timedelta(seconds=LOOK_EVERY_S), never)

    async def look(self) -> None:
        """Send what is due through lanes that are free now."""
        for reply in await self._replies.due(self._clock.now(), AT_ONCE):
            lane, now = self._lanes.get(reply.instance_id), self._clock.now()
            if lane is not None and now >= self._not_before and lane.wait(now) is None:
                await self._send(reply, lane)

    async def _send(self, reply: DueReply, lane: Lane) -> None:
        departed_at = self._clock.now()
        lane.reserve(departed_at)
        try:
            is_ours, was_cancelled = await uninterrupted(self._replies.claim(reply.id, departed_at))
        except BaseException:
            lane.release(departed_at, left=False)
            raise
        outcome: Outcome = NotSent("stopped")
        if is_ours and not was_cancelled:
            try:
                outcome = await lane.client.send(self._message(reply))
            except asyncio.CancelledError:
                outcome, was_cancelled = Unknown("stopped"), True
        has_left = isinstance(outcome, Accepted | Unknown)
        lane.release(departed_at, left=has_left)
        systemic = not isinstance(outcome, Accepted) if has_left else None
        lane.settle(departed_at, systemic=systemic, failed=False, now=departed_at)
        if is_ours:
            _, was_cancelled_later = await uninterrupted(self._settle(reply, outcome))
            was_cancelled = was_cancelled or was_cancelled_later
        if was_cancelled:
            raise asyncio.CancelledError

    async def _settle(self, reply: DueReply, outcome: Outcome) -> None:
        now = self._clock.now()
        state, reason = _after(outcome)
        if state is ReplyState.DUE:
            self._not_before = now + PAUSE_AFTER_REFUSAL
        await self._replies.settle(reply.id, state, reason, now)

    def _message(self, reply: DueReply) -> OutgoingMessage:
        return OutgoingMessage(reply.phone, reply.address, reply.text, f"3EB0{self._rng.getrandbits(72):018X}")


def _after(outcome: Outcome) -> tuple[ReplyState, str | None]:
    match outcome:
        case Accepted():
            return ReplyState.SENT, None
        case Unknown(code=code):
            return ReplyState.UNSURE, code
        case NotSent(code=code):
            return ReplyState.DUE, code
        case Rejected(code=code):  # pragma: no branch  There are no more.
            return ReplyState.DUE if outcome.error_class in _PASSING else ReplyState.FAILED, code
