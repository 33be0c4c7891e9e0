"""What happens to a message after it was accepted: delivered, read, answered, or some scripted disorder of it."""

import time
from dataclasses import dataclass, replace
from enum import StrEnum
from random import Random
from typing import Protocol

from desktop.simulator import answers, ids
from desktop.simulator.behaviour import Behaviour
from desktop.simulator.socket_events import Events
from desktop.simulator.state import BAILEYS, BUSINESS, EVOLUTION, Instance, Json, Message, Store
from desktop.simulator.timeline import Timeline

_NAMES = ("Ana", "João", "Maria", "Pedro", "Luiza", "Rafael", "Camila", "Bruno", "Beatriz", "Lucas")
_BUSINESS_WORDS = {"DELIVERY_ACK": "DELIVERED", "READ": "READ", "ERROR": "FAILED"}
_ERROR_AFTER_S = 0.3


class ReceiptFault(StrEnum):
    """How receipts may go wrong."""

    EARLY = "early"  # delivered before the HTTP answer of the send
    TWICE = "twice"
    OUT_OF_ORDER = "out_of_order"  # read first, delivered later
    NEVER = "never"
    ERROR_463 = "error_463"  # restricted account: accepted, then status ERROR


@dataclass(frozen=True, slots=True)
class _Step:
    message: Message
    status: str | None = None  # None: the reply
    text: str = ""
    then: "tuple[tuple[float, _Step], ...]" = ()
    is_repeated: bool = False


class Teller(Protocol):
    """How one gateway tells of what has happened to a message."""

    def received(self, message: Message, instance: Instance) -> None:
        """Tell of a message that a person wrote."""
        ...

    def status(self, message: Message, status: str, instance: Instance) -> None:
        """Tell of a status: DELIVERY_ACK, READ or ERROR."""
        ...


class EvolutionTeller:
    """Tells over socket.io."""

    def __init__(self, events: Events) -> None:
        self._events = events

    def received(self, message: Message, instance: Instance) -> None:
        """Emit what an inbound message sets off."""
        pair = {"remoteJid": message.jid, "instanceId": instance.id}
        self._events.emit(instance, "chats.update", [pair])
        self._events.emit(instance, "contacts.update", [pair])
        self._events.emit(instance, "messages.upsert", answers.received(message, instance))
        named = {"remoteJid": message.jid, "pushName": message.push_name, "instanceId": instance.id}
        self._events.emit(instance, "contacts.update", named)

    def status(self, message: Message, status: str, instance: Instance) -> None:
        """Emit a receipt."""
        self._events.emit(instance, "messages.update", answers.receipt(message, status, instance))


class Receipts:
    """Plan and play the fate of accepted messages."""

    def __init__(self, store: Store, teller: Teller, timeline: Timeline, behaviour: Behaviour, rng: Random) -> None:
        self._store = store
        self._teller = teller
        self._timeline = timeline
        self._rng = rng
        self.behaviour = behaviour

    def follow(self, message: Message, faults: frozenset[ReceiptFault], reply: str | None) -> None:
        """Schedule what becomes of `message`; `reply` forces an answer of the recipient with this text."""
        is_silent = self._store.instances[message.instance].integration == EVOLUTION
        if ReceiptFault.NEVER in faults or is_silent:
            return
        if ReceiptFault.ERROR_463 in faults:
            self._schedule(_ERROR_AFTER_S / self.behaviour.speed, _Step(message, "ERROR"))
            return
        step = self._plan(message, faults, reply)
        if step is not None:
            self._schedule(*step)

    def deliver_now(self, message: Message) -> None:
        """Report the delivery at once, for receipts that overtake the HTTP answer."""
        self._report(message, "DELIVERY_ACK", is_repeated=False)

    def resume(self, instance: Instance) -> None:
        """Play what waited for the number to come back online."""
        waiting, instance.parked = instance.parked, []
        for step in waiting:
            self._schedule(self._rng.uniform(0.2, 2.0) / self.behaviour.speed, step)

    def reply(
        self,
        instance: Instance,
        number: str,
        jid: str,
        text: str,
        name: str | None,
        quoted: Message | None,
        known_as: str = "phone",
    ) -> Message:
        """Let the person behind `jid` write `text` to the instance."""
        at = time.time()
        push_name = name or _NAMES[sum(map(ord, jid)) % len(_NAMES)]
        message = Message(
            instance=instance.name, number=number, jid=jid, text=text, id=ids.inbound_key(), row_id=ids.row_id(),
            at=at, is_ours=False, push_name=push_name, quoted=_quote(quoted, instance) if quoted else None,
            known_as=known_as,
        )  # fmt: skip
        self._store.add_message(message)
        self._remember_contact(message)
        self._teller.received(message, instance)
        return message

    def _plan(self, message: Message, faults: frozenset[ReceiptFault], reply: str | None) -> tuple[float, _Step] | None:
        behaviour, rng = self.behaviour, self._rng
        is_wanted = reply is not None or bool(faults)
        is_delivered = is_wanted or rng.random() < behaviour.delivered_share
        is_read = is_wanted or (is_delivered and rng.random() < behaviour.read_share)
        is_answered = reply is not None or (is_read and rng.random() < behaviour.reply_share)
        if not is_delivered:
            return None
        last: tuple[tuple[float, _Step], ...] = ()
        if is_answered:
            text = reply if reply is not None else rng.choice(behaviour.replies)
            last = ((behaviour.scaled_s(behaviour.reply, rng), _Step(message, text=text)),)
        if is_read:
            last = ((behaviour.scaled_s(behaviour.read, rng), _Step(message, "READ", then=last)),)
        first = behaviour.scaled_s(behaviour.delivered, rng), _Step(message, "DELIVERY_ACK", then=last)
        return self._disordered(first, faults)

    def _disordered(self, first: tuple[float, _Step], faults: frozenset[ReceiptFault]) -> tuple[float, _Step]:
        delay_s, delivered = first
        if ReceiptFault.OUT_OF_ORDER in faults and delivered.then:
            read_s, read = delivered.then[0]
            late = _Step(delivered.message, "DELIVERY_ACK")
            delivered = replace(read, then=(*read.then, (read_s, late)))
        if ReceiptFault.TWICE in faults:
            delivered = _doubled(delivered)
        if ReceiptFault.EARLY in faults:
            # The delivery was already reported; only what follows is left.
            delivered = replace(delivered, status="", is_repeated=False)
        return delay_s, delivered

    def _schedule(self, delay_s: float, step: _Step) -> None:
        self._timeline.after(delay_s, lambda: self._play(step))

    def _play(self, step: _Step) -> None:
        instance = self._store.instances.get(step.message.instance)
        if instance is None:
            return
        if instance.state != "open" and instance.integration == BAILEYS:
            instance.parked.append(step)
            return
        if step.status is None:
            quoted = step.message if self._rng.random() < self.behaviour.quoting_share else None
            self.reply(instance, step.message.number, step.message.jid, step.text, None, quoted)
        elif step.status:
            self._report(step.message, step.status, is_repeated=step.is_repeated)
        for delay_s, following in step.then:
            self._schedule(delay_s, following)

    def _report(self, message: Message, status: str, *, is_repeated: bool) -> None:
        instance = self._store.instances[message.instance]
        if instance.integration == BUSINESS:
            status = _BUSINESS_WORDS[status]
        # The real gateway emits a repeated status but does not store it again.
        message.statuses.append((ids.row_id(), status))
        for _ in range(1 + is_repeated):
            self._teller.status(message, status, instance)

    def _remember_contact(self, message: Message) -> None:
        now = ids.moment(message.at)
        contact = self._store.contacts.setdefault(
            (message.instance, message.jid),
            {
                "id": ids.row_id(), "remoteJid": message.jid, "pushName": message.push_name, "profilePicUrl": None,
                "createdAt": now, "updatedAt": now, "instanceId": self._store.instances[message.instance].id,
                "isGroup": False, "isSaved": True, "type": "contact",
            },
        )  # fmt: skip
        contact |= {"pushName": message.push_name, "updatedAt": now}


def _doubled(step: _Step) -> _Step:
    return replace(
        step, is_repeated=step.status is not None, then=tuple((delay, _doubled(later)) for delay, later in step.then)
    )


def _quote(quoted: Message, instance: Instance) -> Json:
    return {
        "stanzaId": quoted.id,
        "participant": instance.owner_jid,
        "quotedMessage": answers.content_of(quoted),
    }
