"""One send, in the only order there is: record the attempt → request → record the outcome.

The attempt is durable before a byte leaves, and the outcome is recorded under a shield: a task that is cancelled in
between still awaits it. What cannot be recorded stays `sending` in the ledger and becomes in doubt at the next start.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from random import Random

from desktop.domain.campaign import RetryPlan
from desktop.domain.ids import AttemptId, RunId, VariationId
from desktop.domain.outcome import Accepted, NotSent, Outcome, Rejected, Unknown
from desktop.domain.recipient import Candidate, Reason, RecipientStatus
from desktop.engine.exchange import request_facts, response_facts
from desktop.engine.lane import Lane
from desktop.engine.ports import FREE, Clock, Intent, Ledger, OutgoingMessage, Price, Rendered, Settlement
from desktop.engine.supervisor import uninterrupted
from desktop.policy.retry import Next, after_outcome
from desktop.policy.rotation import Choice

# An attempt that took longer to be recorded (a locked database, a machine that slept) does not leave: limits, pace and
# send window were asked before that, and all that had waited for the database would leave at once.
RECORD_S = 2.0


@dataclass(frozen=True, slots=True)
class Sent:
    """What happened to one candidate, for the campaign's runner.

    `next` is None when the recipient could not be claimed any more.
    """

    candidate: Candidate
    lane: Lane
    departed_at: datetime
    outcome: Outcome | None
    next: Next | None

    @property
    def may_have_left(self) -> bool:
        """Whether it counts against limits."""
        return isinstance(self.outcome, Accepted | Unknown)


class Sender:
    """Carries single messages out. Holds no queue and decides nothing but the order of the steps.

    Args:
        before_intent: writes what has to be durable before the next attempt is.
        keeps_texts: whether events hold the words of messages.
    """

    def __init__(
        self,
        ledger: Ledger,
        clock: Clock,
        rng: Random,
        run_id: RunId,
        before_intent: Callable[[], Awaitable[None]],
        *,
        keeps_texts: bool = False,
    ) -> None:
        self._ledger = ledger
        self._clock = clock
        self._rng = rng
        self._run_id = run_id
        self._before_intent = before_intent
        self._keeps_texts = keeps_texts

    async def send(
        self,
        candidate: Candidate,
        rendered: Rendered,
        lane: Lane,
        choice: Choice,
        plan: RetryPlan,
        departed_at: datetime,
        price: Price = FREE,
    ) -> Sent:
        """Send to one recipient through a lane in which a place was reserved at `departed_at`."""
        intent = self._intent(candidate, rendered, lane, choice, departed_at, price)
        reserved_s = self._clock.monotonic()
        try:
            await self._before_intent()
            # A claim that commits while we are being cancelled must be settled, not abandoned.
            attempt_id, was_cancelled = await uninterrupted(self._ledger.record_intent(intent))
        except BaseException:
            lane.release(departed_at, candidate.contact_id, left=False)
            raise
        recorded_s = self._clock.monotonic()
        if attempt_id is None:
            lane.release(departed_at, candidate.contact_id, left=False)
            if was_cancelled:
                raise asyncio.CancelledError
            return Sent(candidate, lane, departed_at, None, None)
        if was_cancelled:
            await self._hold_back(attempt_id, candidate, lane, departed_at, "stopped")
            raise asyncio.CancelledError
        if recorded_s - reserved_s > RECORD_S:
            return await self._hold_back(attempt_id, candidate, lane, departed_at, Reason.RECORDED_LATE.value)
        return await self._request(attempt_id, candidate, rendered, intent, lane, plan, recorded_s)

    async def _hold_back(
        self, attempt_id: AttemptId, candidate: Candidate, lane: Lane, departed_at: datetime, code: str
    ) -> Sent:
        """Record that a message did not leave after all: its person waits again, and no attempt is counted."""
        lane.release(departed_at, candidate.contact_id, left=False)
        outcome, decided = NotSent(code), Next(RecipientStatus.PENDING, code, counts_as_attempt=False)
        settling = self._settle(attempt_id, candidate, lane, outcome, decided, self._clock.now(), 0)
        _, was_cancelled = await uninterrupted(settling)
        if was_cancelled:
            raise asyncio.CancelledError
        return Sent(candidate, lane, departed_at, outcome, decided)

    async def _request(
        self,
        attempt_id: AttemptId,
        candidate: Candidate,
        rendered: Rendered,
        intent: Intent,
        lane: Lane,
        plan: RetryPlan,
        began: float,
    ) -> Sent:
        variation = rendered.variation
        message = OutgoingMessage(
            candidate.phone,
            candidate.address,
            rendered.text,
            intent.client_ref,
            variation.media,
            rendered.template,
        )
        cancelled = False
        try:
            outcome = await lane.client.send(message)
        except asyncio.CancelledError:
            outcome, cancelled = Unknown("stopped"), True
        now = self._clock.now()
        decided = after_outcome(plan, outcome, candidate.attempts + 1, now, self._rng)
        duration_ms = round((self._clock.monotonic() - began) * 1000)
        lane.release(intent.started_at, candidate.contact_id, left=isinstance(outcome, Accepted | Unknown))
        request = request_facts(message, lane.instance.gateway.value, keeps_text=self._keeps_texts)
        settling = self._settle(attempt_id, candidate, lane, outcome, decided, now, duration_ms, request)
        _, cancelled_later = await uninterrupted(settling)
        if cancelled or cancelled_later:
            raise asyncio.CancelledError
        return Sent(candidate, lane, intent.started_at, outcome, decided)

    def _intent(
        self,
        candidate: Candidate,
        rendered: Rendered,
        lane: Lane,
        choice: Choice,
        departed_at: datetime,
        price: Price,
    ) -> Intent:
        return Intent(
            recipient_id=candidate.id,
            campaign_id=candidate.campaign_id,
            instance_id=lane.instance.id,
            variation_id=rendered.variation.id,
            run_id=self._run_id,
            number=candidate.attempts + 1,
            started_at=departed_at,
            client_ref=f"3EB0{self._rng.getrandbits(72):018X}",
            text_digest=_digest(rendered),
            choice=choice.details(),
            price=price,
        )

    def _settle(
        self,
        attempt_id: AttemptId,
        candidate: Candidate,
        lane: Lane,
        outcome: Outcome,
        decided: Next,
        now: datetime,
        duration_ms: int,
        request: Mapping[str, object] | None = None,
    ) -> Awaitable[object]:
        details: dict[str, object] = {"attempt": candidate.attempts + 1}
        if isinstance(outcome, Rejected | NotSent | Unknown):
            details |= {"code": outcome.code, "text": outcome.text}
        return self._ledger.settle(
            Settlement(
                attempt_id=attempt_id,
                recipient_id=candidate.id,
                campaign_id=candidate.campaign_id,
                instance_id=lane.instance.id,
                contact_id=candidate.contact_id,
                outcome=outcome,
                finished_at=now,
                duration_ms=duration_ms,
                next_status=decided.status,
                reason=decided.reason,
                next_attempt_at=decided.next_attempt_at,
                counts_as_attempt=decided.counts_as_attempt,
                details=details,
                health_score=lane.health,
                request=request,
                response=response_facts(outcome) if request is not None else None,
            )
        )


def _digest(rendered: Rendered) -> str:
    """Return the SHA-256 (hex) of what was written for the person: the text, or the values of a template."""
    template = rendered.template
    if template is None:
        return sha256(rendered.text.encode()).hexdigest()
    values = [template.name, template.language, template.header, template.body, template.buttons]
    return sha256(json.dumps(values, ensure_ascii=False).encode()).hexdigest()


def returned(candidate: Candidate, decided: Next, variation_id: VariationId) -> Candidate | None:
    """Return the candidate as it goes back into the runner's queue, or None when the ledger has it elsewhere."""
    if decided.status is not RecipientStatus.PENDING:
        return None
    attempts = candidate.attempts + (1 if decided.counts_as_attempt else 0)
    return replace(candidate, status=RecipientStatus.PENDING, attempts=attempts, variation_id=variation_id)
