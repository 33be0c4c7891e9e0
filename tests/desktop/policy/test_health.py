"""Health scores: of a campaign exactly as the product says, of an instance with a floor for small samples."""

import pytest

from desktop.domain.campaign import CampaignStatus
from desktop.domain.summaries import CampaignCounts
from desktop.policy.health import HealthBand, InstanceSample, band, campaign_health, instance_health

RUNNING, COMPLETED = CampaignStatus.RUNNING, CampaignStatus.COMPLETED


def score(sent: int, failed: int, *, status: CampaignStatus = RUNNING, per_minute: float = 5.0, slow: bool = False):
    return campaign_health(CampaignCounts(sent=sent, failed=failed), status, per_minute, slow_on_purpose=slow)


@pytest.mark.parametrize(
    ("sent", "failed", "expected"),
    [
        (0, 0, 100),
        (98, 2, 100),  # exactly 2 % is not over 2 %
        (97, 3, 95),
        (95, 5, 95),
        (94, 6, 85),
        (90, 10, 85),
        (89, 11, 70),
        (84, 16, 60),  # over 10 % and success under 85 %
        (60, 40, 45),  # over 10 % and success under 70 %
    ],
)
def test_campaign_score_follows_the_table(sent: int, failed: int, expected: int):
    assert score(sent, failed) == expected


def test_slow_campaign_loses_points_unless_it_is_slow_on_purpose():
    assert score(100, 0, per_minute=0.4) == 85
    assert score(100, 0, per_minute=0.4, slow=True) == 100


def test_good_end_is_rewarded_and_the_score_stays_within_bounds():
    assert score(96, 4, status=COMPLETED, per_minute=0) == 100
    assert score(0, 100) == 45


def test_bands():
    assert [band(s) for s in (90, 89, 70, 69, 50, 49)] == [
        HealthBand.EXCELLENT,
        HealthBand.GOOD,
        HealthBand.GOOD,
        HealthBand.MODERATE,
        HealthBand.MODERATE,
        HealthBand.BAD,
    ]


def test_one_early_failure_does_not_sink_an_instance():
    assert instance_health(InstanceSample(sent=0, failed=1, consecutive_errors=0)) == 95.0
    assert instance_health(InstanceSample(sent=50, failed=50, consecutive_errors=0)) == 50.0


def test_errors_in_a_row_weigh_on_top():
    assert instance_health(InstanceSample(sent=100, failed=0, consecutive_errors=3)) == 70.0
    assert instance_health(InstanceSample(sent=0, failed=40, consecutive_errors=9)) == 0.0
