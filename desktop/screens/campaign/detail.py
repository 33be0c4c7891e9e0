"""One recipient in full: status and why, what to do, the times, and each attempt."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.viewmodels import wording
from desktop.viewmodels.recipients import AttemptWords, RecipientDetail
from desktop.widgets.banner import Banner
from desktop.widgets.card import well
from desktop.widgets.drawer import column
from desktop.widgets.labels import label
from desktop.widgets.status_pill import StatusPill
from desktop.widgets.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XS


def detail_content(detail: RecipientDetail, why: QWidget | None = None, events: QWidget | None = None) -> QWidget:
    """Make the content of the drawer.

    Args:
        why: tells why nothing leaves to this person now, where something may.
        events: leads to what happened to this person in the log.
    """
    translate = QCoreApplication.translate
    widget, layout = column()
    row = detail.row
    head = QHBoxLayout()
    head.setSpacing(SPACE_S)
    head.addWidget(StatusPill(wording.recipient_status(row.status), wording.recipient_tone(row.status)))
    head.addWidget(label(wording.phone(row.phone), "muted", selectable=True))
    head.addStretch(1)
    layout.addLayout(head)
    if detail.reason:
        banner = Banner()
        tone = wording.recipient_tone(row.status)
        banner.show_message("info" if tone in ("accent", "neutral") else tone, detail.reason, detail.advice)
        layout.addWidget(banner)
    if why is not None:
        layout.addWidget(why)
    if detail.times:
        layout.addLayout(_times(detail))
    if detail.own_text is not None:
        layout.addSpacing(SPACE_XS)
        layout.addWidget(label(translate("Recipients", "Text for this person alone"), "strong"))
        frame = well()
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(SPACE_M, SPACE_S, SPACE_M, SPACE_S)
        inside.addWidget(label(detail.own_text, wrap=True, selectable=True))
        layout.addWidget(frame)
    title = translate("Recipients", "Attempts") if detail.attempts else translate("Recipients", "No attempt yet")
    layout.addSpacing(SPACE_XS)
    attempts = QHBoxLayout()
    attempts.addWidget(label(title, "strong"), 1)
    if events is not None:
        attempts.addWidget(events)
    layout.addLayout(attempts)
    for attempt in detail.attempts:
        layout.addWidget(_attempt(attempt))
    layout.addStretch(1)
    return widget


def _times(detail: RecipientDetail) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(SPACE_L)
    grid.setVerticalSpacing(SPACE_XS)
    for place, (name, moment) in enumerate(detail.times):
        grid.addWidget(label(name, "muted"), place, 0)
        grid.addWidget(label(moment), place, 1)
    grid.setColumnStretch(1, 1)
    return grid


def _attempt(attempt: AttemptWords) -> QWidget:
    frame = well()
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(SPACE_M, SPACE_S, SPACE_M, SPACE_S)
    layout.setSpacing(SPACE_XS)
    head = QHBoxLayout()
    head.addWidget(StatusPill(attempt.outcome, attempt.tone), 0, Qt.AlignmentFlag.AlignLeft)
    layout.addLayout(head)
    layout.addWidget(label(attempt.heading, "caption", wrap=True))
    if attempt.text:
        layout.addWidget(label(attempt.text, wrap=True, selectable=True))
    return frame
