"""What preflight is told of templates: every account of the draft's numbers must have them, filled in and approved."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.domain.campaign import Audience, Draft, MessageDraft
from desktop.domain.ids import InstanceId
from desktop.domain.instance import ConnectionState, Gateway, Instance, InstanceLimits
from desktop.domain.template import MessageTemplate, TemplateUse
from desktop.operations.template_checking import template_facts
from desktop.policy.preflight_templates import TemplateFacts, TemplateUseFacts
from tests.fakes.clock import FakeClock
from tests.fakes.ledger import WORKSPACE

NOW = FakeClock().now()
META = Instance(
    InstanceId(1), WORKSPACE, "meta-1", Gateway.CLOUD, "http://g", "1", "UTC", InstanceLimits(),
    ConnectionState.CONNECTED, NOW, phone_id="1", waba_id="A",
)  # fmt: skip
SECOND = replace(META, id=InstanceId(2), name="meta-2", waba_id="B")
CHIP = replace(META, id=InstanceId(3), name="chip", gateway=Gateway.EVOLUTION, waba_id=None)
PROMO = MessageTemplate(
    "A", "promo", "pt_BR", "APPROVED", "UTILITY", "POSITIONAL", ({"type": "BODY", "text": "Oi {{1}}"},), NOW
)
USE = MessageDraft("", template=TemplateUse("promo", "pt_BR", (("1", "{{nome}}"),)))
DRAFT = Draft("Natal", Audience(), (USE,))


@dataclass
class Library:
    known: Sequence[MessageTemplate] = (PROMO,)
    talking: int = 0

    async def templates(self, waba_id: str | None = None) -> Sequence[MessageTemplate]:
        return self.known

    async def audience_talking(self, audience: Audience) -> int:
        return self.talking


def codes(facts: TemplateFacts) -> list[str]:
    return [obstacle.code for use in facts.uses for obstacle in use.obstacles]


async def test_a_template_that_every_account_has_is_in_order() -> None:
    both = Library((PROMO, replace(PROMO, waba_id="B")))
    facts = await template_facts(both, DRAFT, [META, SECOND], 10)
    assert facts.uses == (TemplateUseFacts(1, "promo", "pt_BR", "UTILITY"),)
    assert (facts.others, facts.outside_window) == ((), 0)


async def test_an_account_that_lacks_a_template_or_has_another_version_stands_in_the_way() -> None:
    assert codes(await template_facts(Library(), DRAFT, [META, SECOND], 10)) == ["template_unknown"]
    other = replace(PROMO, waba_id="B", components=({"type": "BODY", "text": "{{1}} {{2}}"},))
    assert codes(await template_facts(Library((PROMO, other)), DRAFT, [META, SECOND], 10)) == ["template_unmapped"]
    paused = Library((replace(PROMO, status="PAUSED"),))
    assert codes(await template_facts(paused, DRAFT, [META], 10)) == ["template_not_approved"]
    english = Library((replace(PROMO, language="en"),))
    assert codes(await template_facts(english, DRAFT, [META], 10)) == ["template_unknown"]


async def test_numbers_of_other_gateways_are_named() -> None:
    facts = await template_facts(Library(), DRAFT, [META, CHIP], 10)
    assert (facts.others, facts.cloud) == (("chip",), ("meta-1",))


async def test_free_text_by_a_cloud_number_counts_who_has_not_written() -> None:
    text = replace(DRAFT, messages=(MessageDraft("Oi"),))
    assert (await template_facts(Library(talking=3), text, [META, CHIP], 10)).outside_window == 7
    assert (await template_facts(Library(talking=3), text, [CHIP], 10)).outside_window == 0
    assert (await template_facts(Library(talking=3), replace(text, audience=None), [META], 0)).outside_window == 0
    assert (await template_facts(Library(talking=12), text, [META], 10)).outside_window == 0
