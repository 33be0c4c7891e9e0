"""The checklist before a start: each line green, amber or red, with the numbers for saying what to do.

Source: product.md §9. A red line refuses the start; an amber one is for the operator to weigh.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from desktop.domain.campaign import CampaignStatus, Draft
from desktop.domain.summaries import CheckLine
from desktop.policy.budget import BudgetFacts, budget_line
from desktop.policy.campaign_queue import QueueOutlook
from desktop.policy.forecast import Forecast
from desktop.policy.media_limits import MB, MediaFault
from desktop.policy.preflight_numbers import AMBER, GREEN, RED, InstanceFacts, instance_lines, stand
from desktop.policy.preflight_own_texts import OwnTextFacts, own_text_lines
from desktop.policy.preflight_portfolios import PortfoliosFacts, portfolio_lines
from desktop.policy.preflight_templates import TemplateFacts, template_lines

LONG_CAMPAIGN_DAYS = 7


@dataclass(frozen=True, slots=True)
class ContentFacts:
    """One message of the draft.

    `syntax` counts its syntax problems, `missing` names the fields without a fallback and how many people lack each.
    """

    is_empty: bool
    syntax: int = 0
    missing: tuple[tuple[str, int], ...] = ()
    too_long: int = 0  # characters beyond the limit
    unreadable_media: str | None = None
    media_name: str = ""
    media_faults: tuple[MediaFault, ...] = ()


@dataclass(frozen=True, slots=True)
class PreflightFacts:
    """What was found out about a draft; nothing here is looked up by the decision."""

    draft: Draft
    status: CampaignStatus
    reachable: int  # people who would be sent to
    opted_out: int
    instances: tuple[InstanceFacts, ...]
    contents: tuple[ContentFacts, ...]
    finish: Forecast | None
    now: datetime
    absent: int = 0  # people who are known not to be on WhatsApp
    has_begun: bool = False  # who receives it is decided: `reachable` are those still to be written to
    segment_gone: str = ""  # the segment that the draft names, when there is none of that name
    without_consent: int | None = None  # people left out for want of a recorded consent; None: none is needed
    unchecked: int | None = None  # people of whom it is not known; None: no number of the draft could be asked
    talking: int = 0  # people left out because a conversation with them goes on
    reached: int = 0  # people left out because another run of the campaign has reached them, or may
    left_out: int = 0  # both with those who are not on WhatsApp; none of them is counted in `reachable`
    templates: TemplateFacts = field(default_factory=TemplateFacts)
    portfolios: PortfoliosFacts = field(default_factory=PortfoliosFacts)
    budget: BudgetFacts | None = None  # None: nobody asked
    queue: QueueOutlook | None = None  # None: it runs already, or begins later
    own_texts: OwnTextFacts = field(default_factory=OwnTextFacts)


def check(facts: PreflightFacts) -> list[CheckLine]:
    """Return all lines, in the order in which an operator would mend them."""
    return [
        _state(facts),
        _audience(facts),
        _opt_out(facts),
        *_consent(facts),
        *_talking(facts),
        *_reached(facts),
        *instance_lines(facts.instances, facts.draft, facts.now),
        content_line(facts.contents, facts.draft),
        _variables(facts),
        _media(facts),
        *own_text_lines(facts.own_texts, facts.reachable),
        *template_lines(facts.templates),
        *_checked(facts),
        *portfolio_lines(facts.portfolios, facts.reachable),
        *_queue(facts),
        _limits(facts),
        *_replies(facts),
        *_budget(facts),
        _schedule(facts),
    ]


def is_ok(lines: Sequence[CheckLine]) -> bool:
    """Tell whether the campaign may start."""
    return all(line.level != RED for line in lines)


def _state(facts: PreflightFacts) -> CheckLine:
    startable = facts.status in (CampaignStatus.DRAFT, CampaignStatus.SCHEDULED)
    return CheckLine("state", GREEN if startable else RED, {"status": facts.status.value})


def _audience(facts: PreflightFacts) -> CheckLine:
    if facts.has_begun:
        return CheckLine("audience_left", GREEN, {"n": facts.reachable})
    if facts.segment_gone:
        return CheckLine("audience_segment_gone", RED, {"name": facts.segment_gone})
    if facts.draft.audience is None:
        return CheckLine("audience_missing", RED, {})
    if facts.reachable == 0:
        if facts.without_consent:
            return CheckLine("audience_without_consent", RED, {"n": facts.without_consent})
        if facts.reached:
            return CheckLine("audience_reached", RED, {"n": facts.reached})
        if facts.left_out:
            return CheckLine("audience_left_out", RED, {"n": facts.left_out})
        return CheckLine("audience_empty", RED, {"opted_out": facts.opted_out})
    return CheckLine("audience", GREEN, {"n": facts.reachable})


def _opt_out(facts: PreflightFacts) -> CheckLine:
    # People who opted out are never sent to; the switch only decides whether they are listed as skipped beforehand.
    if not facts.draft.respect_opt_out:
        return CheckLine("opt_out_off", AMBER, {"n": facts.opted_out})
    return CheckLine("opt_out", GREEN, {"n": facts.opted_out})


def _consent(facts: PreflightFacts) -> list[CheckLine]:
    if facts.without_consent is None:
        return []
    if facts.without_consent:
        return [CheckLine("consent_missing", AMBER, {"n": facts.without_consent})]
    return [CheckLine("consent", GREEN, {})]


def _talking(facts: PreflightFacts) -> list[CheckLine]:
    if not facts.draft.skip_active_conversations:
        return []
    return [CheckLine("talking", GREEN, {"n": facts.talking})]


def _reached(facts: PreflightFacts) -> list[CheckLine]:
    return [CheckLine("already_reached", GREEN, {"n": facts.reached})] if facts.reached else []


def content_line(contents: Sequence[ContentFacts], draft: Draft) -> CheckLine:
    """Tell whether there is something to say: also what keeps an edited campaign from going on."""
    if not contents or all(content.is_empty for content in contents):
        return CheckLine("content_missing", RED, {})
    for number, content in enumerate(contents, 1):
        if content.is_empty:
            return CheckLine("content_empty", RED, {"number": number})
        if content.syntax:
            return CheckLine("content_syntax", RED, {"number": number, "n": content.syntax})
        if content.too_long:
            return CheckLine("content_too_long", RED, {"number": number, "n": content.too_long})
    if not any(message.weight for message in draft.messages):
        return CheckLine("content_weights", RED, {})
    return CheckLine("content", GREEN, {"n": len(contents)})


def _variables(facts: PreflightFacts) -> CheckLine:
    missing: dict[str, int] = {}
    for content in facts.contents:
        for field_name, n in content.missing:
            missing[field_name] = max(n, missing.get(field_name, 0))
    if missing:
        return CheckLine("variables_missing", RED, {"fields": missing})
    return CheckLine("variables", GREEN, {})


def _media(facts: PreflightFacts) -> CheckLine:
    for content in facts.contents:
        if content.unreadable_media:
            return CheckLine("media_unreadable", RED, {"path": content.unreadable_media})
    found = [
        (n, content.media_name, fault) for n, content in enumerate(facts.contents, 1) for fault in content.media_faults
    ]
    if not found:
        return CheckLine("media", GREEN, {})
    # The first one that refuses the start, else the first one at all.
    number, name, fault = min(found, key=lambda each: not each[2].is_hard)
    about = {"number": number, "name": name, "gateway": fault.gateway.value, "detail": fault.detail}
    told = about | {"limit_mb": fault.limit_bytes // MB}
    return CheckLine(f"media_{fault.code}", RED if fault.is_hard else AMBER, told)


def _checked(facts: PreflightFacts) -> list[CheckLine]:
    if facts.unchecked is None or not facts.reachable:
        return []
    if facts.absent or facts.unchecked:
        return [CheckLine("numbers_unchecked", AMBER, {"absent": facts.absent, "unchecked": facts.unchecked})]
    return [CheckLine("numbers_checked", GREEN, {})]


def _queue(facts: PreflightFacts) -> list[CheckLine]:
    """Tell whether it waits for a place among those that send at once, or takes another one's."""
    queue = facts.queue
    if queue is None:
        return []
    if queue.place is not None:
        told = {"place": queue.place, "limit": queue.limit, "names": queue.sending, "ahead": queue.ahead}
        return [CheckLine("queue_behind" if queue.ahead else "queue", AMBER, told)]
    return [CheckLine("queue_displaces", AMBER, {"name": queue.displaced})] if queue.displaced else []


def _limits(facts: PreflightFacts) -> CheckLine:
    finish, numbers = facts.finish, stand(facts.instances, facts.draft, facts.now)
    if finish is None:
        if facts.queue is not None and facts.queue.place is not None:
            return CheckLine("limits_after_place", AMBER, {})
        if facts.instances and not numbers.can_send:
            return CheckLine("limits_unknown", AMBER, {})
        return CheckLine("limits_never", RED if facts.reachable and facts.instances else AMBER, {})
    begins = max(facts.now, facts.draft.schedule_at or facts.now)
    days = (finish.likely - begins).total_seconds() / 86400
    earliest = max(finish.earliest, numbers.first_at or finish.earliest)
    told = {"finish_at": finish.likely, "earliest": earliest, "latest": finish.latest, "days": round(days, 1)}
    if numbers.pauses:
        return CheckLine("limits_if_resumed", AMBER, told)
    if finish.pauses:
        return CheckLine("limits_pausing", AMBER, told)
    return CheckLine("limits", AMBER if days > LONG_CAMPAIGN_DAYS else GREEN, told)


def _replies(facts: PreflightFacts) -> list[CheckLine]:
    """Tell whether replies decide when it ends, and what that rests on; nothing where it waits for no team."""
    finish = facts.finish
    if finish is None or finish.replies is None:
        return []
    outlook = finish.replies
    told = {"per_hour": outlook.per_hour, "few": outlook.few, "likely": outlook.likely, "many": outlook.many,
            "basis": outlook.basis.value}  # fmt: skip
    code = "replies_decide" if finish.replies_hold else "replies_may_decide" if finish.may_replies_hold else "replies"
    return [CheckLine(code, GREEN if code == "replies" else AMBER, told)]


def _budget(facts: PreflightFacts) -> list[CheckLine]:
    if facts.budget is None:
        return []
    code, level, told = budget_line(facts.budget, facts.finish.likely if facts.finish else None, facts.now)
    return [CheckLine(code, level, told)]


def _schedule(facts: PreflightFacts) -> CheckLine:
    at = facts.draft.schedule_at
    if at is None:
        return CheckLine("schedule_none", GREEN, {})
    if at <= facts.now:
        return CheckLine("schedule_past", AMBER if facts.status is CampaignStatus.SCHEDULED else RED, {"at": at})
    return CheckLine("schedule", GREEN, {"at": at})
