"""Sends one message of a draft to the operator's own phone, to see it as a phone shows it.

It goes by the limits of the number like any other, and is recorded before it leaves; no campaign counts it.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Protocol

from desktop.content.cloud_template import parameter_texts, render_use
from desktop.content.facts import ContactFacts
from desktop.content.template import MissingValue, Template, parse
from desktop.domain.campaign import MessageDraft
from desktop.domain.contact import Contact
from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId, InstanceId
from desktop.domain.instance import Instance
from desktop.domain.operator import Deed, Permit
from desktop.domain.outcome import Accepted, Outcome, Unknown
from desktop.domain.summaries import InstanceSummary
from desktop.domain.template import FrozenTemplate, MessageTemplate, OutgoingTemplate
from desktop.engine.ports import Clock, GatewayFactory, OutgoingMessage
from desktop.policy.explain import Explanation
from desktop.policy.waiting import Rule

_PATIENCE = timedelta(seconds=60)  # a gap between two messages is waited for, a limit of an hour is not
_SHORT = frozenset({Rule.MIN_GAP, Rule.IN_FLIGHT, Rule.THROUGHPUT})


class TrialFacts(Protocol):
    """Questions."""

    async def instances(self) -> Sequence[InstanceSummary]: ...

    async def templates(self, waba_id: str | None = None) -> Sequence[MessageTemplate]: ...


class TrialWrites(Protocol):
    """What keeps test messages."""

    async def begin(self, instance_id: InstanceId, phone: str, now: datetime) -> int:
        """Record that a test leaves now; refused with `opted_out`."""
        ...

    async def settle(
        self,
        number: int,
        outcome: Outcome,
        now: datetime,
        duration_ms: int,
        campaign_id: CampaignId | None,
        operator: str | None = None,
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class TrialSending:
    """Sends tests.

    Args:
        explain: says what keeps a number from sending at a moment.
        rng: makes the ids of messages.
    """

    facts: TrialFacts
    tests: TrialWrites
    clients: GatewayFactory
    explain: Callable[[Instance, datetime], Awaitable[Explanation]]
    clock: Clock
    rng: Random
    permit: Permit

    async def send(
        self,
        instance: str,
        phone: str,
        message: MessageDraft,
        reader: Contact | None,
        *,
        seed: int = 0,
        campaign_id: CampaignId | None = None,
    ) -> str:
        """Send a message as `reader` would read it to a phone (E.164); return the id that the gateway gave it.

        Args:
            instance: the name of the number that sends.
            seed: of the dice for its choices.

        Raises:
            KnownError: `instance_not_found`, `number_waits`, `opted_out`, `test_unwritable`, `test_refused`,
                `test_unsure`, `token_missing`.
        """
        by = await self.permit(Deed.SEND)
        number = await self._number(instance)
        outgoing = await self._render(number, phone, message, reader, seed)
        await self._wait_for(number)
        client = self.clients(number)
        try:
            test = await self.tests.begin(number.id, phone, self.clock.now())
            began = self.clock.monotonic()
            outcome = await client.send(outgoing)
            duration_ms = round((self.clock.monotonic() - began) * 1000)
            await self.tests.settle(test, outcome, self.clock.now(), duration_ms, campaign_id, by)
        finally:
            await client.close()
        if isinstance(outcome, Accepted):
            return outcome.message_id
        if isinstance(outcome, Unknown):
            raise KnownError(
                "test_unsure",
                "The gateway did not answer: the test may have left or not.",
                "Look at your phone before you send another one.",
                reason=outcome.code,
            )
        raise KnownError(
            "test_refused", f"The test was not sent: {outcome.code}.", "See what it says.", reason=outcome.code
        )

    async def _number(self, name: str) -> Instance:
        for summary in await self.facts.instances():
            if summary.instance.name == name:
                return summary.instance
        raise KnownError("instance_not_found", f"There is no number {name}.", "See: instance list.", name=name)

    async def _render(
        self, number: Instance, phone: str, message: MessageDraft, reader: Contact | None, seed: int
    ) -> OutgoingMessage:
        facts = ContactFacts(reader.phone, reader.name, reader.custom) if reader else ContactFacts(phone)
        ref = f"3EB0{self.rng.getrandbits(72):018X}"
        template: OutgoingTemplate | None = None
        if message.template is None:
            parsed = parse(message.text)
            if not isinstance(parsed, Template) or not (message.text.strip() or message.media):
                raise _unwritable("")
            rendered = parsed.render(facts, Random(seed))
            if isinstance(rendered, MissingValue):
                raise _unwritable(rendered.field)
            text = rendered.text
        else:
            use = message.template
            if any(not isinstance(parse(each), Template) for each in parameter_texts(use)):
                raise _unwritable("")
            known = await self.facts.templates(number.waba_id) if number.waba_id else ()
            found = next((each for each in known if (each.name, each.language) == (use.name, use.language)), None)
            if found is None:
                raise KnownError(
                    "template_unknown",
                    f"{number.name} has no template {use.name} in {use.language}.",
                    "Read the templates again, or choose another number.",
                    name=use.name,
                    language=use.language,
                )
            filled = render_use(FrozenTemplate(use, found.parameter_format, found.components), facts, Random(seed))
            if isinstance(filled, MissingValue):
                raise _unwritable(filled.field)
            text, template = filled.text, filled.template
        return OutgoingMessage(phone, None, text, ref, message.media, template)

    async def _wait_for(self, number: Instance) -> None:
        """Wait for a short gap; refuse what lasts longer."""
        deadline = self.clock.now() + _PATIENCE
        while waits := (await self.explain(number, self.clock.now())).waits:
            now, first = self.clock.now(), waits[0]
            until = max((wait.until for wait in waits if wait.until), default=now + timedelta(seconds=1))
            if any(wait.rule not in _SHORT for wait in waits) or until > deadline:
                raise KnownError(
                    "number_waits",
                    f"{number.name} may not send now: {first.rule.value}.",
                    "See on its page what it waits for.",
                    name=number.name,
                    rule=first.rule.value,
                )
            await self.clock.sleep(max(0.05, (until - now).total_seconds()))


def _unwritable(field: str) -> KnownError:
    return KnownError(
        "test_unwritable",
        f"The message cannot be written: {field or 'something is to be mended in it'}.",
        "Choose another person for the preview, or mend the message.",
        field=field,
    )
