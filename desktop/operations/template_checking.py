"""Finds out what preflight needs to know of Cloud templates, and of free text to people who have not written."""

from collections.abc import Sequence
from typing import Protocol

from desktop.content.cloud_template import problems_of
from desktop.domain.campaign import Audience, Draft, MessageDraft
from desktop.domain.instance import Gateway, Instance
from desktop.domain.template import MessageTemplate, TemplateUse
from desktop.policy.preflight_templates import Obstacle, TemplateFacts, TemplateUseFacts


class TemplateLibrary(Protocol):
    async def templates(self, waba_id: str | None = None) -> Sequence[MessageTemplate]: ...

    async def audience_talking(self, audience: Audience) -> int:
        """How many people of the audience who may be sent to wrote to us in the last day."""
        ...


async def template_facts(
    library: TemplateLibrary, draft: Draft, instances: Sequence[Instance], reachable: int
) -> TemplateFacts:
    """Look at the draft's templates as every account of its numbers has them.

    Args:
        instances: those of the draft that exist.
        reachable: people who would be sent to.
    """
    cloud = [instance for instance in instances if instance.gateway is Gateway.CLOUD]
    uses = [(n, message, message.template) for n, message in enumerate(draft.messages, 1) if message.template]
    known = await library.templates() if uses else ()
    accounts = dict.fromkeys(instance.waba_id for instance in cloud)
    has_free_text = len(uses) < len(draft.messages)
    outside = 0
    if cloud and has_free_text and draft.audience is not None:
        outside = max(0, reachable - await library.audience_talking(draft.audience))
    return TemplateFacts(
        uses=tuple(_use(number, message, use, list(accounts), known) for number, message, use in uses),
        others=tuple(instance.name for instance in instances if instance not in cloud),
        outside_window=outside,
        cloud=tuple(instance.name for instance in cloud),
    )


def _use(
    number: int,
    message: MessageDraft,
    use: TemplateUse,
    accounts: Sequence[str | None],
    known: Sequence[MessageTemplate],
) -> TemplateUseFacts:
    """Judge one use: the first account that stands in its way decides."""
    category: str | None = None
    for account in accounts:
        found = next((t for t in known if (t.waba_id, t.name, t.language) == (account, use.name, use.language)), None)
        if found is None:
            unknown = (Obstacle("template_unknown", {}),)
            return TemplateUseFacts(number, use.name, use.language, None, unknown)
        category = found.category
        obstacles = tuple(Obstacle(each.code.value, each.facts) for each in problems_of(use, message.media, found))
        if obstacles:
            return TemplateUseFacts(number, use.name, use.language, category, obstacles)
    return TemplateUseFacts(number, use.name, use.language, category)
