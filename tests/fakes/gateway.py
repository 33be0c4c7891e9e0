"""A gateway in memory that is told how to behave, and that remembers what really left for WhatsApp.

One model serves all instances, as one server does. A request has three moments, and a test may hook into each:
`request` (nothing has reached the server), `left` (the message is on its way, nobody has been told), `answer`.
"""

import asyncio
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from desktop.domain.ids import InstanceId
from desktop.domain.instance import ConnectionState, Instance
from desktop.domain.numbers import NumberCheck
from desktop.domain.outcome import Absent, Accepted, Found, NotProvable, NotSent, Outcome, Unknown, Verdict
from desktop.domain.receipt import Inbound, Receipt, ReceiptKind, Reply, StateChanged
from desktop.engine.ports import Clock, Doubt, InstanceStatus, OutgoingMessage, PairingCode, Unconfirmed

Step = Callable[[str], None]
Deliver = Callable[[Sequence[Inbound]], None]


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How one request goes. `outcome` None: the message leaves and its id is the answer.

    With an `outcome`, `leaves` says whether the message left all the same (a lost answer). `is_hidden`: `find` lies
    about it afterwards. `receipts` follow the answer at once; `early_receipts` come before it.
    """

    outcome: Outcome | None = None
    leaves: bool = False
    is_hidden: bool = False
    takes_s: float = 0.0
    receipts: tuple[ReceiptKind, ...] = ()
    early_receipts: tuple[ReceiptKind, ...] = ()


ACCEPT = Behaviour()
LOSE_ANSWER = Behaviour(Unknown("timeout"), leaves=True)
LOSE_REQUEST = Behaviour(Unknown("timeout"))
HIDE = Behaviour(Unknown("timeout"), leaves=True, is_hidden=True)


@dataclass(frozen=True, slots=True)
class Left:
    """A message that really left."""

    phone: str
    instance_id: InstanceId
    message_id: str
    client_ref: str
    at: datetime
    at_s: float  # by the clock that nobody sets
    is_hidden: bool


class ModelGateway:
    """The server behind all clients."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.left: list[Left] = []
        self.sent: list[OutgoingMessage] = []  # as long as `left`
        self.requests: Counter[InstanceId] = Counter()
        self.behaviour = ACCEPT
        self.script: dict[str, deque[Behaviour]] = defaultdict(deque)  # by phone, before the general behaviour
        self.of_instance: dict[InstanceId, Behaviour] = {}
        self.is_reachable = True
        self.away: set[InstanceId] = set()  # unreachable ones
        self.states: dict[InstanceId, ConnectionState] = defaultdict(lambda: ConnectionState.CONNECTED)
        self.verdict: NotProvable | None = None  # in place of a truthful search
        # As Meta's: nothing can be looked for, but our own tag comes back with each receipt. Others know no tag.
        self.tells_by_tag = False
        self.searches: list[str] = []
        self.doubt_ages_s: list[float] = []  # how old an attempt looked at each search
        self.unheard: list[Reply] = []  # what people wrote while nobody listened
        self.asked_since: list[tuple[InstanceId, datetime]] = []
        self.is_silent = False  # does not tell what was missed
        self.tells_after_s = 0.0
        self.never_tells = False  # does not even answer to that
        self.polled: list[str] = []
        self.checked: list[tuple[str, ...]] = []  # the phones of each number check
        self.not_on_whatsapp: set[str] = set()
        self.can_check = True
        self.statuses_asked = 0
        self.in_flight: Counter[InstanceId] = Counter()
        self.most_in_flight: Counter[InstanceId] = Counter()
        self.clients: list[ModelClient] = []
        self.receipts_of: dict[str, ReceiptKind] = {}
        self.left_by_ref: dict[str, Left] = {}

    def client(self, instance: Instance, step: Step | None = None) -> "ModelClient":
        client = ModelClient(self, instance, step)
        self.clients.append(client)
        return client

    def can_reach(self, instance_id: InstanceId) -> bool:
        return self.is_reachable and instance_id not in self.away

    def expect(self, phone: str, *behaviours: Behaviour) -> None:
        self.script[phone].extend(behaviours)

    def next_behaviour(self, phone: str, instance_id: InstanceId) -> Behaviour:
        script = self.script[phone]
        return script.popleft() if script else self.of_instance.get(instance_id, self.behaviour)

    def take(self, message: OutgoingMessage, instance_id: InstanceId, is_hidden: bool) -> Left:
        message_id = f"M{len(self.left) + 1}"
        left = Left(
            phone=message.phone,
            instance_id=instance_id,
            message_id=message_id,
            client_ref=message.client_ref,
            at=self.clock.now(),
            at_s=self.clock.true_s,
            is_hidden=is_hidden,
        )
        self.left.append(left)
        self.sent.append(message)
        self.left_by_ref[left.client_ref] = left
        return left

    def deliver(self, *items: Inbound) -> None:
        """Send to whoever listens for the instance; nobody may."""
        for client in self.clients:
            if client.deliver is not None:
                mine = [item for item in items if item.instance_id == client.instance.id]
                if mine:
                    client.deliver(mine)

    def receipt(self, left: Left, kind: ReceiptKind) -> None:
        self.receipts_of[left.message_id] = kind
        tag = left.client_ref if self.tells_by_tag else None
        self.deliver(Receipt(left.instance_id, left.message_id, kind, self.clock.now(), client_ref=tag))

    def reply(self, phone: str, text: str, instance_id: InstanceId) -> None:
        at = self.clock.now()
        self.deliver(Reply(instance_id, f"R{phone}", f"{phone[1:]}@s.whatsapp.net", phone, text, at))

    def report(self, instance_id: InstanceId, state: ConnectionState) -> None:
        """Change the state and tell so, as a logged-out phone does."""
        self.states[instance_id] = state
        self.deliver(StateChanged(instance_id, state.value))

    @property
    def phones(self) -> list[str]:
        """Who really got a message, in order, once for each."""
        return [left.phone for left in self.left]

    @property
    def twice(self) -> dict[str, int]:
        return {phone: n for phone, n in Counter(self.phones).items() if n > 1}


class ModelClient:
    """Implements `GatewayClient` for one instance."""

    def __init__(self, model: ModelGateway, instance: Instance, step: Step | None) -> None:
        self.instance = instance
        self.deliver: Deliver | None = None
        self.is_closed = False
        self.is_cut_off = False
        self._model = model
        self._step = step

    async def send(self, message: OutgoingMessage) -> Outcome:
        model, instance_id = self._model, self.instance.id
        self._pass("request")
        model.requests[instance_id] += 1
        model.in_flight[instance_id] += 1
        model.most_in_flight[instance_id] = max(model.most_in_flight[instance_id], model.in_flight[instance_id])
        try:
            if not model.can_reach(instance_id):
                return NotSent("unreachable")
            behaviour = model.next_behaviour(message.phone, instance_id)
            left = None
            if behaviour.outcome is None or behaviour.leaves:
                left = model.take(message, instance_id, behaviour.is_hidden)
            self._pass("left")
            if left is not None:
                for kind in behaviour.early_receipts:
                    model.receipt(left, kind)
            await model.clock.sleep(behaviour.takes_s)
            assert not self.is_closed, "the client was closed while a request was under way"
            self._pass("answer")
            if left is not None:
                for kind in behaviour.receipts:
                    model.receipt(left, kind)
            return behaviour.outcome or self._accepted(left)
        finally:
            model.in_flight[instance_id] -= 1

    def _accepted(self, left: Left | None) -> Accepted:
        assert left is not None
        return Accepted(left.message_id, f"{left.phone[1:]}@s.whatsapp.net", 201)

    async def status(self) -> InstanceStatus | None:
        await asyncio.sleep(0)
        self._model.statuses_asked += 1
        if not self._model.can_reach(self.instance.id):
            return None
        return InstanceStatus(self._model.states[self.instance.id])

    async def connect(self) -> PairingCode | None:
        return PairingCode(None, already_connected=True)

    async def find(self, doubt: Doubt, now: datetime) -> Verdict:
        await asyncio.sleep(0)
        self._pass("find")
        self._model.searches.append(doubt.phone)
        self._model.doubt_ages_s.append((now - doubt.started_at).total_seconds())
        if not self._model.can_reach(self.instance.id):
            return NotProvable("unreachable")
        if self._model.verdict is not None:
            return self._model.verdict
        if self._model.tells_by_tag:
            return NotProvable("no_lookup")
        left = self._model.left_by_ref.get(doubt.client_ref)
        if left is None or left.is_hidden:
            return Absent()
        kind = self._model.receipts_of.get(left.message_id)
        return Found(left.message_id, f"{left.phone[1:]}@s.whatsapp.net", kind.value if kind else None)

    async def poll_receipt(self, unconfirmed: Unconfirmed, now: datetime) -> Sequence[Receipt]:
        await asyncio.sleep(0)
        self._model.polled.append(unconfirmed.message_id)
        kind = self._model.receipts_of.get(unconfirmed.message_id)
        return [Receipt(self.instance.id, unconfirmed.message_id, kind, now)] if kind else []

    async def missed_replies(self, since: datetime, now: datetime) -> Sequence[Reply] | None:
        await asyncio.sleep(0)
        self._model.asked_since.append((self.instance.id, since))
        if self._model.never_tells:
            await asyncio.get_running_loop().create_future()
        if self._model.tells_after_s:
            await self._model.clock.sleep(self._model.tells_after_s)
        if self._model.is_silent:
            return None
        return [reply for reply in self._model.unheard if reply.instance_id == self.instance.id and reply.at >= since]

    async def check_numbers(self, phones: Sequence[str]) -> Mapping[str, NumberCheck] | None:
        await asyncio.sleep(0)
        if not self._model.can_check:
            return None
        self._model.checked.append(tuple(phones))
        if not self._model.can_reach(self.instance.id):
            return {}
        missing = self._model.not_on_whatsapp
        return {
            phone: NumberCheck(phone not in missing, None if phone in missing else f"{phone[1:]}@s.whatsapp.net")
            for phone in phones
        }

    async def listen(self, deliver: Deliver) -> None:
        self.deliver = deliver
        try:
            await asyncio.get_running_loop().create_future()
        finally:
            self.deliver = None

    async def close(self) -> None:
        await asyncio.sleep(0)
        self.is_closed = True

    def _pass(self, moment: str) -> None:
        if self._step is not None and not self.is_cut_off:
            self._step(moment)
        if self.is_cut_off:
            raise asyncio.CancelledError


def hidden(behaviour: Behaviour) -> Behaviour:
    """Return the same, but the gateway's search does not show the message."""
    return replace(behaviour, is_hidden=True)
