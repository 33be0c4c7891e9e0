"""What a report for people is made of: the analysis of a campaign, its proof in figures, and words in one language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from desktop.domain.analysis import CampaignAnalysis
from desktop.domain.summaries import CampaignSummary


@dataclass(slots=True)
class ReportWatch:
    """How far a report is, told by the thread that writes it; and whether it is to stop, said by whoever waits.

    Each field has one writer and is read as it is: no lock is needed.
    """

    done: int = 0
    total: int = 0
    is_cancelled: bool = False


class ReportWords(Protocol):
    """Words and figures of a report, in the language of the one who asked for it."""

    def text(self, key: str) -> str: ...

    def number(self, value: float) -> str: ...

    def share(self, value: float | None) -> str: ...

    def milliseconds(self, value: float) -> str: ...

    def moment(self, at: datetime | None) -> str: ...

    def day(self, day: date) -> str: ...

    def weekday(self, index: int) -> str:
        """0 is Monday."""
        ...

    def recipient_status(self, status: str) -> str: ...

    def campaign_status(self, status: str) -> str: ...

    def reason(self, code: str | None) -> str: ...

    def advice(self, code: str) -> str: ...


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """A campaign as a report tells of it."""

    summary: CampaignSummary
    analysis: CampaignAnalysis
    verdict: str  # of the proof: proven, not_provable, violated
    proof: Mapping[str, int]  # its counts
    made_at: datetime
    head: tuple[int, str]  # id and hash of the newest event: the log cannot be rewritten behind this report
