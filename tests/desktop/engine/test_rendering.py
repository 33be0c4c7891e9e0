"""The same person gets the same message, on any machine, at any time; what cannot be written is said to be."""

from collections import Counter
from dataclasses import replace

import pytest

from desktop.domain.errors import BugError
from desktop.domain.ids import CampaignId, ContactId, RecipientId, VariationId
from desktop.domain.recipient import Candidate, RecipientStatus
from desktop.domain.summaries import CampaignCounts
from desktop.domain.template import FrozenTemplate, OutgoingTemplate, TemplateUse
from desktop.engine.ports import CampaignPlan, MissingValue, Rendered, Variation
from desktop.engine.rendering import render
from tests.desktop.engine.world import World, phone


@pytest.fixture
def plan() -> CampaignPlan:
    world = World()
    campaign = world.campaign(0, [])
    variations = (
        Variation(VariationId(1), "{Oi|Olá} {{contact.name}}", 3),
        Variation(VariationId(2), "Bom dia, {{contact.custom.city}}", 1),
    )
    return CampaignPlan(world.rows.campaigns[campaign], variations, CampaignCounts())


def candidate(number: int, variation_id: int | None = None) -> Candidate:
    return Candidate(
        id=RecipientId(number),
        campaign_id=CampaignId(1),
        contact_id=ContactId(number),
        phone=phone(number),
        name="Ana",
        custom={"city": "Rio"},
        opted_out=False,
        status=RecipientStatus.PENDING,
        attempts=0,
        variation_id=None if variation_id is None else VariationId(variation_id),
        address=None,
    )


def rendered(plan: CampaignPlan, who: Candidate) -> Rendered:
    result = render(plan, who)
    assert isinstance(result, Rendered)
    return result


def test_the_same_person_gets_the_same_message(plan: CampaignPlan):
    for number in range(50):
        assert render(plan, candidate(number)) == render(plan, candidate(number))


def test_variations_go_by_their_weights(plan: CampaignPlan):
    results = [rendered(plan, candidate(number)) for number in range(400)]
    shares = Counter(result.variation.id for result in results)
    assert 260 <= shares[VariationId(1)] <= 340
    assert {r.text for r in results} == {"Oi Ana", "Olá Ana", "Bom dia, Rio"}


def test_who_was_given_a_variation_keeps_it(plan: CampaignPlan):
    for number in range(20):
        assert rendered(plan, candidate(number, 2)).variation.id == 2


def test_a_variation_that_is_gone_is_chosen_anew(plan: CampaignPlan):
    assert rendered(plan, candidate(1, 99)).variation.id in (1, 2)


def test_a_variation_that_was_edited_out_reaches_nobody_any_more(plan: CampaignPlan):
    edited = replace(plan, variations=(replace(plan.variations[0], weight=0), plan.variations[1]))
    assert rendered(edited, candidate(1, 1)).variation.id == 2


def test_a_missing_value_is_named(plan: CampaignPlan):
    result = render(plan, replace(candidate(1, 2), custom={}))
    assert result == MissingValue(plan.variations[1], "custom.city")


def test_a_text_that_preflight_should_have_refused_is_our_mistake(plan: CampaignPlan):
    broken = replace(plan, variations=(Variation(VariationId(1), "{{contact.name", 1),))
    with pytest.raises(BugError, match="text with problems"):
        render(broken, candidate(1))


def test_a_template_is_written_with_the_values_of_the_person(plan: CampaignPlan):
    body = {"type": "BODY", "text": "Oi {{1}}, em {{2}}"}
    use = TemplateUse("promo", "pt_BR", (("1", "{{contact.name}}"), ("2", "{{contact.custom.city}}")))
    variation = Variation(VariationId(1), "", 1, template=FrozenTemplate(use, "POSITIONAL", (body,)))
    campaign = replace(plan, variations=(variation,))
    expected = OutgoingTemplate("promo", "pt_BR", body=((None, "Ana"), (None, "Rio")))
    assert render(campaign, candidate(1)) == Rendered(variation, "Oi Ana, em Rio", expected)
    assert render(campaign, replace(candidate(1), custom={})) == MissingValue(variation, "custom.city")


def test_a_text_of_ones_own_is_sent_as_it_is_with_the_file_of_the_variation(plan: CampaignPlan) -> None:
    text = "Oi {Ana|Bia}, {{contact.phone}} [50%]"
    rendered = render(plan, replace(candidate(1), own_text=text))
    assert isinstance(rendered, Rendered)
    assert rendered.text == text, "nothing in it is evaluated"
    ordinary = render(plan, candidate(1))
    assert isinstance(ordinary, Rendered)
    assert rendered.variation == ordinary.variation
    lacking = replace(candidate(4), name="", custom={}, own_text="Olá!")
    assert isinstance(render(plan, lacking), Rendered), "it needs no value of the person"


def test_where_a_template_is_sent_no_text_of_ones_own_can_be(plan: CampaignPlan) -> None:
    frozen = FrozenTemplate(TemplateUse("natal", "pt_BR", ()), "NAMED", ({"type": "BODY", "text": "Feliz Natal"},))
    templates = replace(plan, variations=(replace(plan.variations[0], template=frozen),))
    rendered = render(templates, replace(candidate(1), own_text="Oi"))
    assert isinstance(rendered, Rendered)
    assert rendered.text != "Oi"
