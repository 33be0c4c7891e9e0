"""Health scores 0-100: of a campaign (exactly product.md §6) and of an instance (for rotation and the panel)."""

from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.campaign import CampaignStatus
from desktop.domain.summaries import CampaignCounts

SLOW_PER_MINUTE = 0.5
SAMPLE_FLOOR = 20


class HealthBand(StrEnum):
    EXCELLENT = "excellent"
    GOOD = "good"
    MODERATE = "moderate"
    BAD = "bad"


def band(score: float) -> HealthBand:
    """Return the band of a score. Source: product.md §6."""
    if score >= 90:
        return HealthBand.EXCELLENT
    if score >= 70:
        return HealthBand.GOOD
    return HealthBand.MODERATE if score >= 50 else HealthBand.BAD


def campaign_health(counts: CampaignCounts, status: CampaignStatus, per_minute: float, *, slow_on_purpose: bool) -> int:
    """Score a campaign. `slow_on_purpose`: its own pace or window is why fewer than 0.5 messages leave a minute."""
    decided = counts.left + counts.failed
    error_share = counts.failed / decided if decided else 0.0
    success_share = counts.left / decided if decided else 1.0
    score = 100
    if error_share > 0.10:
        score -= 30
    elif error_share > 0.05:
        score -= 15
    elif error_share > 0.02:
        score -= 5
    if success_share < 0.70:
        score -= 25
    elif success_share < 0.85:
        score -= 10
    if status is CampaignStatus.RUNNING and decided and per_minute < SLOW_PER_MINUTE and not slow_on_purpose:
        score -= 15
    if status is CampaignStatus.COMPLETED and success_share > 0.95:
        score += 10
    return max(0, min(100, score))


@dataclass(frozen=True, slots=True)
class InstanceSample:
    """Outcomes of an instance today, and its present run of systemic errors."""

    sent: int
    failed: int
    consecutive_errors: int


def instance_health(sample: InstanceSample) -> float:
    """Score an instance: share of messages that left, minus 10 for each consecutive systemic error.

    Under 20 outcomes the missing ones count as good, so that one early failure does not sink a number.
    """
    outcomes = sample.sent + sample.failed
    good = sample.sent + max(0, SAMPLE_FLOOR - outcomes)
    share = good / max(outcomes, SAMPLE_FLOOR)
    return max(0.0, min(100.0, round(100.0 * share - 10.0 * sample.consecutive_errors, 1)))
