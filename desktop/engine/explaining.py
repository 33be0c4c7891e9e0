"""Answers "why not now?" from what lives in the engine: lanes and runners. Decides nothing: `policy.explain` does."""

from collections.abc import Mapping
from datetime import datetime

from desktop.domain.campaign import CampaignStatus
from desktop.domain.ids import InstanceId
from desktop.engine.lane import Lane
from desktop.engine.runner import Runner
from desktop.policy.explain import CampaignNow, Explanation, InstanceNow
from desktop.policy.explain import explain_campaign as explained_campaign
from desktop.policy.explain import explain_instance as explained_instance
from desktop.policy.instance_watch import Watch
from desktop.policy.limit_profiles import BUDGET_RULES
from desktop.policy.waiting import Rule, Wait

# What a campaign waits for by itself. Everything else is found anew: its pace, and what holds its instances.
_OF_THE_CAMPAIGN = frozenset({Rule.GRACE, Rule.WINDOW, Rule.RETRY, Rule.RECONCILING, *BUDGET_RULES})


def explain_lane(lane: Lane, watch: Watch | None, now: datetime) -> Explanation:
    """Explain why nothing leaves through a lane."""
    facts = InstanceNow(
        pause_reason=lane.instance.pause_reason,
        is_reachable=lane.reachable,
        state=lane.state,
        limits=lane.instance.limits,
        timezone=lane.instance.timezone,
        usage=lane.usage(now),
        breaker=lane.breaker,
        rest=lane.rest,
        watch=watch,
        warmup=lane.warmup,
        paused_until=lane.paused_until,
        others=[held] if (held := lane.portfolio_wait(now)) else [],
    )
    return explained_instance(facts, now)


def explain_runner(
    runner: Runner, instances: Mapping[InstanceId, tuple[str, Explanation]], *, online: bool, now: datetime
) -> Explanation:
    """Explain why nothing of a running campaign leaves, given what is known of the instances."""
    others = [] if online else [Wait(Rule.OFFLINE)]
    if runner.waiting and runner.waiting.rule in _OF_THE_CAMPAIGN:
        others.append(runner.waiting)
    others += [wait for wait in (runner.turn_wait, runner.reply_wait(now)) if wait]
    campaign = runner.plan.campaign
    facts = CampaignNow(
        status=CampaignStatus.RUNNING,
        reason=campaign.reason,
        schedule_at=campaign.draft.schedule_at,
        pace=campaign.draft.pace,
        pace_state=runner.pace_state,
        recent=runner.recent,
        others=others,
    )
    named = [instances[instance_id] for instance_id in campaign.instance_ids if instance_id in instances]
    return explained_campaign(facts, named, now)
