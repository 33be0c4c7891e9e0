"""Chooses and writes a recipient's message: always the same for the same recipient, on any machine, at any time."""

from functools import lru_cache
from random import Random

from desktop.content.cloud_template import RenderedUse, render_use
from desktop.content.facts import ContactFacts
from desktop.content.template import MissingValue as Missing
from desktop.content.template import Template, parse
from desktop.content.variations import choice_seed, pick_variation
from desktop.domain.errors import BugError
from desktop.domain.recipient import Candidate
from desktop.engine.ports import CampaignPlan, MissingValue, Rendered

_NO_DICE = Random(0)  # for texts that read the same however they fall


def render(plan: CampaignPlan, candidate: Candidate) -> Rendered | MissingValue:
    """Render the message of one recipient (a `ContentRenderer`)."""
    campaign_id = plan.campaign.id
    variation = next((v for v in plan.variations if v.id == candidate.variation_id), None)
    # Without weight it was taken out of the draft since, or switched off: nobody gets it any more.
    if variation is None or not variation.weight:
        weights = [v.weight for v in plan.variations]
        variation = plan.variations[pick_variation(weights, campaign_id, candidate.phone)]
    if candidate.own_text is not None and variation.template is None:
        # Read and accepted before the start; it means itself, whatever signs are in it.
        return Rendered(variation, candidate.own_text)
    facts = ContactFacts(candidate.phone, candidate.name, candidate.custom)
    if variation.template is not None:
        result = render_use(variation.template, facts, Random(choice_seed(campaign_id, candidate.phone)))
    else:
        template = _template(variation.text)
        # Making dice costs more than writing most texts.
        has_choices = template.distinct_count > 1
        result = template.render(facts, Random(choice_seed(campaign_id, candidate.phone)) if has_choices else _NO_DICE)
    if isinstance(result, Missing):
        return MissingValue(variation, result.field)
    return Rendered(variation, result.text, result.template if isinstance(result, RenderedUse) else None)


@lru_cache(maxsize=64)
def _template(text: str) -> Template:
    template = parse(text)
    if not isinstance(template, Template):
        # Preflight refuses such a text, so it cannot have been started.
        raise BugError(f"a started campaign has a text with problems: {[p.code for p in template]}")
    return template
