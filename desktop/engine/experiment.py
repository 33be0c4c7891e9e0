"""The optimiser of a running campaign: asks for the variations' results, and replaces the weights in its plan.

Who has been claimed once keeps the variation that the claim recorded, whatever the weights become. The new weights are
kept in the ledger, so a restart goes on with them.
"""

from dataclasses import replace
from random import Random

from desktop.domain.campaign import Goal
from desktop.engine.ports import CampaignPlan, Clock, Ledger
from desktop.policy.experiment import Arm, reweighed

ASK_EVERY_S = 60.0


class Experiment:
    """Follows one campaign. Costs nothing where the draft does not ask for it."""

    def __init__(self, ledger: Ledger, clock: Clock, rng: Random) -> None:
        self._ledger, self._clock, self._rng = ledger, clock, rng
        self._asked_s: float | None = None

    async def follow(self, plan: CampaignPlan) -> CampaignPlan:
        """Return the plan to go on with: at most once a minute one with other weights."""
        optimiser = plan.campaign.draft.optimise
        if optimiser is None or len(plan.variations) < 2:
            return plan
        now_s = self._clock.monotonic()
        if self._asked_s is not None and now_s - self._asked_s < ASK_EVERY_S:
            return plan
        self._asked_s = now_s
        found = {result.variation_id: result for result in await self._ledger.variation_results(plan.campaign.id)}
        results = [found.get(variation.id) for variation in plan.variations]
        by_reading = optimiser.by is Goal.READ
        arms = [Arm(r.sent, r.read if by_reading else r.replied) if r else Arm(0, 0) for r in results]
        weights = reweighed(arms, [variation.weight for variation in plan.variations], self._rng, optimiser.floor)
        if weights is None:
            return plan
        details: dict[str, object] = {
            "by": optimiser.by.value,
            "weights": list(weights),
            "sent": [arm.sent for arm in arms],
            "successes": [arm.successes for arm in arms],
        }
        new = tuple(replace(each, weight=weight) for each, weight in zip(plan.variations, weights, strict=True))
        kept = {variation.id: variation.weight for variation in new}
        await self._ledger.reweigh(plan.campaign.id, kept, details, self._clock.now())
        return replace(plan, variations=new)
