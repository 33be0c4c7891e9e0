"""What is recorded about one recipient, as the proof of a campaign reads it. Facts only: `policy/proof.py` judges."""

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.summaries import RecipientRow


@dataclass(frozen=True, slots=True)
class AttemptFacts:
    """One recorded attempt."""

    number: int
    instance: str
    started_at: datetime
    duration_ms: int | None
    outcome: str | None  # accepted, rejected, not_sent, unknown; None while it is under way
    code: str | None
    http_status: int | None
    message_id: str | None
    was_doubtful: bool  # nobody knew for a while: the outcome is what was found out, not what was answered
    proof: str | None = None  # how a doubt about an accepted one ended: found, receipt
    was_undelivered: bool = False  # accepted, and the provider said later that it did not arrive and may be sent again


@dataclass(frozen=True, slots=True)
class RecipientFacts:
    """One recipient with its attempts, ascending by number."""

    row: RecipientRow
    attempts: tuple[AttemptFacts, ...]
