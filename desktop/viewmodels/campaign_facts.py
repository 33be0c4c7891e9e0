"""What the page of a campaign says, as plain values: made from a summary and a moment, without Qt objects."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from desktop.domain.campaign import CampaignAction, CampaignStatus, allowed
from desktop.domain.summaries import CampaignCounts, CampaignSummary
from desktop.policy.explain import Explanation
from desktop.policy.forecast import Forecast
from desktop.policy.waiting import Rule
from desktop.viewmodels import plan_words, why_words, wording
from desktop.viewmodels.campaign_words import instances_text, progress_parts, subtitle
from desktop.viewmodels.why_words import WhyView

_OF_NUMBERS = frozenset({Rule.PAUSED.value, Rule.DISCONNECTED.value, Rule.HEALTH_ISSUE.value, Rule.BREAKER_OPEN.value})


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure of the campaign: what, how many, which share of what left."""

    key: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class CampaignFacts:
    """Everything that the page shows of a campaign besides charts and lists, in words."""

    summary: CampaignSummary
    title: str
    subtitle: str
    status: str
    tone: str
    reason: str
    parts: tuple[tuple[float, str], ...]
    progress: str
    progress_note: str
    rate: str
    eta: str
    waiting: str
    tiles: tuple[Tile, ...]
    actions: frozenset[CampaignAction]
    doubts: int
    why: WhyView | None = None  # all that holds it, while it runs and nothing may leave
    can_undo: bool = False  # it has just been started, and nothing has left


@dataclass(frozen=True, slots=True)
class InstanceBar:
    """What one instance has done for the campaign."""

    name: str
    figure: str
    parts: tuple[tuple[float, str], ...]
    tip: str


def describe(
    summary: CampaignSummary,
    wait: tuple[str, datetime | None] | None,
    *,
    is_online: bool,
    now: datetime,
    why: Explanation | None = None,
    forecast: Forecast | None = None,
    is_planned: bool = False,
) -> CampaignFacts:
    """Word a campaign.

    Args:
        wait: the rule that its next departure waits for, and until when; `why` are all of them.
        is_planned: whether a forecast was asked for; then None is the answer that it ends never, or nobody knows.
    """
    counts = summary.counts
    details = [subtitle(summary, now), wording.recipients(counts.total) if counts.total else ""]
    details.append(instances_text(summary.instance_names))
    is_running = summary.status is CampaignStatus.RUNNING
    status, tone = wording.campaign_standing(summary.status, _place_of(why) if is_running else None)
    return CampaignFacts(
        summary=summary,
        title=summary.name or QCoreApplication.translate("Campaigns", "Untitled campaign"),
        subtitle=" · ".join(part for part in details if part),
        status=status,
        tone=tone,
        reason=wording.campaign_reason(summary.reason),
        parts=progress_parts(counts),
        progress=wording.share(counts.progress),
        progress_note=_progress_note(counts),
        rate=wording.per_minute(summary.per_minute) if is_running else "–",
        eta=_eta_text(summary, forecast, is_planned, wait, why, is_online, now),
        waiting=_waiting_text(summary, wait, why, is_online, now),
        tiles=_tiles(counts),
        actions=frozenset(action for action in CampaignAction if allowed(summary.status, action)),
        doubts=counts.in_doubt,
        can_undo=is_running and wait is not None and wait[0] == Rule.GRACE,
        why=why_words.view(why, now) if why is not None and not why.is_free else None,
    )


def _progress_note(counts: CampaignCounts) -> str:
    done = counts.left + counts.failed + counts.skipped
    text = QCoreApplication.translate("Campaign", "{done} of {total}")
    return text.format(done=wording.number(done), total=wording.recipients(counts.total))


def _eta_text(
    summary: CampaignSummary,
    forecast: Forecast | None,
    is_planned: bool,
    wait: tuple[str, datetime | None] | None,
    why: Explanation | None,
    is_online: bool,
    now: datetime,
) -> str:
    if summary.status is not CampaignStatus.RUNNING:
        return "–"
    if wait is not None and wait[0] == Rule.ENGINE_STOPPED:
        return QCoreApplication.translate("Campaign", "not known before sending goes on")
    if not is_online:
        return QCoreApplication.translate("Campaign", "not known before the internet is back")
    if wait is not None and wait[0] == Rule.CAMPAIGN_QUEUE:
        return QCoreApplication.translate("Campaign", "not known before another campaign ends")
    if why is not None and not why.is_free and why.until is None and not why.needs_nobody:
        return QCoreApplication.translate("Campaign", "not known before somebody acts")
    if forecast is not None:
        return plan_words.range_text(forecast, now)
    if is_planned and summary.counts.unfinished:
        return QCoreApplication.translate("Campaign", "not known: nothing can leave as it is")
    return QCoreApplication.translate("Campaign", "not known yet")


def _waiting_text(
    summary: CampaignSummary,
    wait: tuple[str, datetime | None] | None,
    why: Explanation | None,
    is_online: bool,
    now: datetime,
) -> str:
    if summary.status is not CampaignStatus.RUNNING:
        return wording.campaign_reason(summary.reason)
    if not is_online:
        return wording.idle("offline", None, now)
    if wait is None:
        return QCoreApplication.translate("Campaign", "Sending now.")
    code, until = wait
    if until is not None and until <= now:
        return QCoreApplication.translate("Campaign", "Sending now.")
    return _of_number(code, why, now) or _place(code, why) or wording.idle(code, until, now)


def _place(code: str, why: Explanation | None) -> str:
    """Say which place in the queue a campaign has that waits for others to end."""
    queued = [wait for wait in why.waits if wait.rule == Rule.CAMPAIGN_QUEUE] if why is not None else []
    return why_words.numbers(queued[0]) + "." if code == Rule.CAMPAIGN_QUEUE and queued else ""


def _place_of(why: Explanation | None) -> int | None:
    """Return the place in the queue; None for a campaign that has one among those that send."""
    found = [wait.facts.get("place") for wait in why.waits if wait.rule == Rule.CAMPAIGN_QUEUE] if why else []
    return int(str(found[0])) if found and found[0] is not None else None


def _of_number(code: str, why: Explanation | None, now: datetime) -> str:
    """Say which number is paused or not connected, and why: "Paused" alone would be taken for the campaign."""
    if code not in _OF_NUMBERS or why is None:
        return ""
    held = [(name, wait) for name, found in why.instances for wait in found.waits]
    if not held:
        return ""
    # A number that a rule has paused (its health, its daily limit) is explained by that rule.
    name, wait = next((each for each in held if each[1].rule == code), held[0])
    text = f"{name}: {wording.idle(wait.rule.value, wait.until, now)} {why_words.numbers(wait)}".strip()
    return text if len(why.instances) == 1 else f"{wording.idle(Rule.NO_INSTANCE.value, None, now)} {text}"


def _tiles(counts: CampaignCounts) -> tuple[Tile, ...]:
    left = counts.left
    delivered = counts.delivered + counts.read
    of_left = QCoreApplication.translate("Campaign", "{share} of sent")
    of_total = QCoreApplication.translate("Campaign", "{share} of all")

    def tile(key: str, count: int, whole: int, pattern: str) -> Tile:
        note = pattern.format(share=wording.share(count / whole, 1)) if whole and count else ""
        return Tile(key, wording.number(count), note)

    return (
        tile("sent", left, counts.total, of_total),
        tile("delivered", delivered, left, of_left),
        tile("read", counts.read, left, of_left),
        tile("replied", counts.replied, left, of_left),
        tile("failed", counts.failed, counts.total, of_total),
        tile("in_doubt", counts.in_doubt, counts.total, of_total),
    )


def instance_bar(name: str, counts: CampaignCounts) -> InstanceBar:
    """Word what one instance has done for a campaign."""
    figure = wording.number(counts.left)
    if counts.failed:
        text = QCoreApplication.translate("Campaign", "{sent} sent · {failed} not sent")
        figure = text.format(sent=figure, failed=wording.number(counts.failed))
    else:
        figure = QCoreApplication.translate("Campaign", "{sent} sent").format(sent=figure)
    parts = (
        (float(counts.read), "chart_read"),
        (float(counts.delivered), "chart_delivered"),
        (float(counts.sent), "chart_sent"),
        (float(counts.failed), "chart_failed"),
    )
    tip = QCoreApplication.translate("Campaign", "{name}: {delivered} delivered, {read} read")
    delivered = wording.number(counts.delivered + counts.read)
    return InstanceBar(
        name, figure, parts, tip.format(name=name, delivered=delivered, read=wording.number(counts.read))
    )
