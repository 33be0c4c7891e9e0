"""A test of a message: written as the reader gets it, held by the limits, recorded before it leaves."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import cast

import pytest

from desktop.domain.campaign import Media, MessageDraft
from desktop.domain.contact import Contact
from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId, InstanceId
from desktop.domain.instance import Instance
from desktop.domain.operator import anybody
from desktop.domain.outcome import Accepted, ErrorClass, Outcome, Rejected, Unknown
from desktop.domain.summaries import InstanceSummary
from desktop.domain.template import MessageTemplate, TemplateUse
from desktop.engine.ports import GatewayClient, OutgoingMessage
from desktop.operations.trial_sending import TrialSending
from desktop.policy.explain import Explanation, Subject
from desktop.policy.waiting import Rule, Wait
from tests.fakes import samples
from tests.fakes.clock import FakeClock

MINE = "+5511988880000"


class Gateway:
    def __init__(self, world: "World") -> None:
        self._world = world

    async def send(self, message: OutgoingMessage) -> Outcome:
        self._world.done.append("send")
        self._world.left.append(message)
        return self._world.outcome

    async def close(self) -> None:
        self._world.done.append("close")


class World:
    """Facts and stores in memory; `done` are the steps in their order."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.done: list[str] = []
        self.left: list[OutgoingMessage] = []
        self.outcome: Outcome = Accepted("m1")
        self.waits: list[tuple[Wait, ...]] = []
        self.known: list[MessageTemplate] = []
        self.numbers: Sequence[InstanceSummary] = samples.instances()
        self.sending = TrialSending(
            self,
            self,
            lambda _number: cast("GatewayClient", Gateway(self)),
            self._explain,
            self.clock,
            Random(1),
            anybody,
        )

    async def _explain(self, number: Instance, now: datetime) -> Explanation:
        return Explanation(Subject.INSTANCE, self.waits.pop(0) if self.waits else ())

    async def instances(self) -> Sequence[InstanceSummary]:
        return self.numbers

    async def templates(self, waba_id: str | None = None) -> Sequence[MessageTemplate]:
        return self.known

    async def begin(self, instance_id: InstanceId, phone: str, now: datetime) -> int:
        self.done.append("begin")
        return 1

    async def settle(
        self,
        number: int,
        outcome: Outcome,
        now: datetime,
        duration_ms: int,
        campaign_id: CampaignId | None,
        operator: str | None = None,
    ) -> None:
        self.done.append("settle")

    async def send(self, message: MessageDraft, reader: Contact | None = None, instance: str = "vendas-1") -> str:
        return await self.sending.send(instance, MINE, message, reader)

    async def refusal(self, message: MessageDraft, reader: Contact | None = None, instance: str = "vendas-1") -> str:
        with pytest.raises(KnownError) as refused:
            await self.send(message, reader, instance)
        return refused.value.code


ANA = samples.contacts(1)[0]


async def test_the_reader_s_text_goes_to_my_phone_and_is_recorded_first() -> None:
    world = World()
    media = Media("image", "a.jpg")
    assert await world.send(MessageDraft("Oi {{nome}}", media=media), ANA) == "m1"
    assert world.done == ["begin", "send", "settle", "close"]
    (message,) = world.left
    assert (message.phone, message.text, message.media) == (MINE, f"Oi {ANA.name}", media)
    assert message.client_ref.startswith("3EB0")


async def test_a_template_is_sent_as_one() -> None:
    world = World()
    body = {"type": "BODY", "text": "Oi {{1}}"}
    use = TemplateUse("oi", "pt_BR", (("1", "{{nome}}"),))
    assert await world.refusal(MessageDraft("", template=use), ANA) == "template_unknown"
    world.known = [MessageTemplate("W", "oi", "pt_BR", "APPROVED", "UTILITY", "POSITIONAL", (body,), world.clock.now())]
    number = samples.instances()[0]
    world.numbers = [replace(number, instance=replace(number.instance, waba_id="W"))]
    await world.send(MessageDraft("", template=use), ANA, number.instance.name)
    template = world.left[0].template
    assert template is not None
    assert template.body == ((None, ANA.name),)
    assert await world.refusal(MessageDraft("", template=use), None, number.instance.name) == "test_unwritable"
    broken = TemplateUse("oi", "pt_BR", (("1", "{{"),))
    assert await world.refusal(MessageDraft("", template=broken), ANA, number.instance.name) == "test_unwritable"


async def test_what_cannot_be_written_does_not_leave() -> None:
    world = World()
    for text, reader in (("Oi {{contact.custom.xyz}}", ANA), ("Oi {{nome}}", None), ("Oi {{", ANA), ("  ", ANA)):
        assert await world.refusal(MessageDraft(text), reader) == "test_unwritable"
    assert await world.refusal(MessageDraft("Oi"), instance="nada") == "instance_not_found"
    assert world.done == []


async def test_a_limit_holds_a_test_and_a_short_gap_is_waited_for() -> None:
    world = World()
    now = world.clock.now()
    world.waits = [(Wait(Rule.DAILY_LIMIT, now + timedelta(hours=5)),)]
    assert await world.refusal(MessageDraft("Oi")) == "number_waits"
    world.waits = [(Wait(Rule.MIN_GAP, now + timedelta(hours=1)),)]
    assert await world.refusal(MessageDraft("Oi")) == "number_waits"
    assert world.done == []
    world.waits = [(Wait(Rule.MIN_GAP, now + timedelta(seconds=7)),), (Wait(Rule.IN_FLIGHT),)]
    await world.send(MessageDraft("Oi"))
    assert world.clock.now() >= now + timedelta(seconds=8)


async def test_what_the_gateway_says_is_told() -> None:
    world = World()
    world.outcome = Rejected(ErrorClass.RECIPIENT_PERMANENT, "not_on_whatsapp")
    assert await world.refusal(MessageDraft("Oi")) == "test_refused"
    world.outcome = Unknown("timeout")
    assert await world.refusal(MessageDraft("Oi")) == "test_unsure"
    assert world.done == ["begin", "send", "settle", "close"] * 2
