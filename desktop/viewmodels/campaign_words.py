"""What a campaign looks like in words and parts of a bar: shared by the list and by the page of one campaign."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from desktop.domain.campaign import CampaignStatus
from desktop.domain.summaries import CampaignCounts, CampaignSummary
from desktop.viewmodels import wording

# From the left: what is surest first. The colours are roles of the theme, the same as in the charts.
_PARTS = (
    ("read", "chart_read"),
    ("delivered", "chart_delivered"),
    ("sent", "chart_sent"),
    ("failed", "chart_failed"),
    ("in_doubt", "doubt"),
    ("skipped", "border_strong"),
)


def progress_parts(counts: CampaignCounts) -> tuple[tuple[float, str], ...]:
    """Return the parts of a progress bar as (share 0-1, colour role); what is still to leave is left empty."""
    total = counts.total
    if not total:
        return ()
    return tuple((getattr(counts, name) / total, role) for name, role in _PARTS if getattr(counts, name))


def subtitle(summary: CampaignSummary, now: datetime) -> str:
    """Say in one quiet line what matters about a campaign in its state."""
    match summary.status:
        case CampaignStatus.SCHEDULED if summary.schedule_at is not None:
            text = QCoreApplication.translate("Campaign", "Starts {when}")
            return text.format(when=wording.when(summary.schedule_at, now))
        case CampaignStatus.RUNNING | CampaignStatus.PAUSED if summary.started_at is not None:
            text = QCoreApplication.translate("Campaign", "Started {when}")
            return text.format(when=wording.ago(summary.started_at, now))
        case CampaignStatus.COMPLETED if summary.finished_at is not None:
            text = QCoreApplication.translate("Campaign", "Finished {when}")
            return text.format(when=wording.ago(summary.finished_at, now))
        case CampaignStatus.CANCELLED | CampaignStatus.FAILED if summary.finished_at is not None:
            text = QCoreApplication.translate("Campaign", "Ended {when}")
            return text.format(when=wording.ago(summary.finished_at, now))
        case CampaignStatus.DRAFT if summary.reason is not None:
            return QCoreApplication.translate("Campaign", "Did not start at its time")
        case _:
            text = QCoreApplication.translate("Campaign", "Edited {when}")
            return text.format(when=wording.ago(summary.updated_at, now))


def instances_text(names: tuple[str, ...]) -> str:
    """Name a few instances, or count them."""
    if len(names) <= 2:
        return ", ".join(names)
    return wording.numbers(len(names))
