"""The recipients in doubt as a table: who, when it left the program, through which number, why it cannot be proven."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from desktop.domain.recipient import RecipientStatus
from desktop.domain.summaries import RecipientRow
from desktop.viewmodels import wording
from desktop.viewmodels.jobs import Spawn
from desktop.viewmodels.ports import Control, Library
from desktop.viewmodels.prepared_model import Cell, Column
from desktop.viewmodels.recipients import RecipientsViewModel, TableWords
from desktop.viewmodels.table_roles import SECOND, TONE, TOOL_TIP

IN_DOUBT = RecipientStatus.IN_DOUBT.value


def doubts_view_model(
    library: Library, control: Control, spawn: Spawn, now: Callable[[], datetime]
) -> RecipientsViewModel:
    """Make the view-model of a campaign's doubts: recipients with only this status, and columns of their own."""
    return RecipientsViewModel(library, control, spawn, now, words=TableWords(columns(), cells), only=IN_DOUBT)


def columns() -> Sequence[Column]:
    return (
        Column(QCoreApplication.translate("Doubts", "Recipient")),
        Column(QCoreApplication.translate("Doubts", "Attempted")),
        Column(QCoreApplication.translate("Doubts", "Number")),
        Column(QCoreApplication.translate("Doubts", "What is known")),
    )


def cells(row: RecipientRow, now: datetime) -> Sequence[Cell]:
    phone = wording.phone(row.phone)
    lost = wording.reason(row.reason)
    # What looking at the gateway has shown; until it was asked, how the answer was lost.
    unproven = wording.reason(row.doubt) if row.doubt and row.doubt != row.reason else ""
    advice = wording.advice(row.doubt or row.reason)
    when = wording.exact_moment(row.tried_at, now) if row.tried_at is not None else ""
    return (
        Cell(row.name or phone, {SECOND: phone if row.name else ""}),
        Cell(when, {TONE: "muted"}),
        Cell(row.instance or "", {TONE: "muted"}),
        Cell(lost, {SECOND: unproven, TOOL_TIP: " ".join(part for part in (lost, unproven, advice) if part)}),
    )
