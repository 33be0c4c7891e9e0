"""What an analysis of a campaign, an instance or a workspace answers. Facts as they were counted, and their shares.

Every share is written beside its definition (`viewmodels/analysis_words.py`); None where nothing is counted yet.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from desktop.domain.campaign import CampaignStatus
from desktop.domain.ids import CampaignId
from desktop.domain.summaries import CampaignCounts


def share(part: int, whole: int) -> float | None:
    """Return a share 0-1; None of nothing."""
    return part / whole if whole else None


def success_rate(counts: CampaignCounts) -> float | None:
    """Accepted by the gateway, of those whose sending is decided (accepted or failed)."""
    return share(counts.left, counts.left + counts.failed)


def delivery_rate(counts: CampaignCounts) -> float | None:
    """Delivered, of those that the gateway accepted."""
    return share(counts.delivered + counts.read, counts.left)


def read_rate(counts: CampaignCounts) -> float | None:
    """Read, of those delivered. Who has switched read receipts off counts as not read."""
    return share(counts.read, counts.delivered + counts.read)


def reply_rate(counts: CampaignCounts) -> float | None:
    """Replied at least once, of those that the gateway accepted."""
    return share(counts.replied, counts.left)


@dataclass(frozen=True, slots=True)
class SendTimes:
    """From the request to the answer that accepted it, in milliseconds. The 95th percentile is exact to one percent."""

    n: int
    least_ms: int
    average_ms: float
    p95_ms: int
    most_ms: int


@dataclass(frozen=True, slots=True)
class ErrorShare:
    """Attempts that ended with one code. `share` is of all attempts that were not accepted."""

    code: str
    error_class: str
    n: int
    share: float


@dataclass(frozen=True, slots=True)
class Tries:
    """How many attempts it took. `accepted[n]` messages were accepted at their n-th attempt, n from 1."""

    attempts: int
    accepted: Mapping[int, int]
    not_accepted: int  # attempts that ended otherwise

    @property
    def first(self) -> int:
        return self.accepted.get(1, 0)

    @property
    def later(self) -> int:
        return sum(self.accepted.values()) - self.first

    @property
    def first_share(self) -> float | None:
        """Of the messages that were accepted, those accepted at once."""
        return share(self.first, self.first + self.later)


@dataclass(frozen=True, slots=True)
class VariationRow:
    """One of the campaign's messages, and what became of those it was sent to."""

    position: int  # from 1
    text: str
    weight: int
    sent: int
    delivered: int
    read: int
    replied: int
    failed: int


@dataclass(frozen=True, slots=True)
class InstanceRow:
    """One number's part in a campaign."""

    name: str
    counts: CampaignCounts
    times: SendTimes | None


@dataclass(frozen=True, slots=True)
class Flow:
    """Events of messages in one bucket of time."""

    sent: int = 0
    delivered: int = 0
    read: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class CampaignAnalysis:
    """All answers about one campaign, of one state of the database."""

    counts: CampaignCounts
    times: SendTimes | None
    errors: tuple[ErrorShare, ...]  # commonest first, at most ten
    tries: Tries
    variations: tuple[VariationRow, ...]
    instances: tuple[InstanceRow, ...]
    hours: tuple[Flow, ...]  # 24, local
    weekdays: tuple[Flow, ...]  # 7, Monday first, local
    days: tuple[tuple[date, Flow], ...]  # ascending, without gaps, local; at most the newest 366
    zone: str  # IANA: which local


@dataclass(frozen=True, slots=True)
class HealthDay:
    """One local day of an instance. `score` is None on a day without an outcome."""

    day: date
    flow: Flow
    score: float | None
    issues: int  # how often its health made it rest


@dataclass(frozen=True, slots=True)
class RecentCampaign:
    id: CampaignId
    name: str
    status: CampaignStatus
    counts: CampaignCounts
    touched_at: datetime


@dataclass(frozen=True, slots=True)
class DashboardFacts:
    """The first page. `average_success`: mean of the success rates of the campaigns that have an outcome."""

    total: int
    running: int
    completed: int
    average_success: float | None
    days: tuple[tuple[date, Flow], ...]  # the last 30, ascending, the last one is today
    recent: tuple[RecentCampaign, ...]  # newest first
