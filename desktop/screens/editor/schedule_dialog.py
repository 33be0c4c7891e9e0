"""When a campaign is to start by itself: a day and an hour in the future."""

from datetime import UTC, datetime

from PySide6.QtCore import QDateTime, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.viewmodels import formats
from desktop.widgets.buttons import button
from desktop.widgets.fields import MomentField
from desktop.widgets.form import FormRow
from desktop.widgets.labels import label
from desktop.widgets.tokens import SPACE_L, SPACE_S, SPACE_XL

_WIDTH = 420
_STEP_S = 3600


class ScheduleDialog(QDialog):
    """Signals:
    scheduled: the chosen moment (aware datetime).
    """

    scheduled = Signal(object)

    def __init__(self, now: datetime, proposed: datetime | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Schedule"))
        self.setModal(True)
        self.setFixedWidth(_WIDTH)
        self._now = now
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        layout.setSpacing(SPACE_L)
        layout.addWidget(label(self.tr("When should it start?"), "section"))
        self.field = MomentField()
        self.field.setDisplayFormat(self.field.locale().dateTimeFormat(self.field.locale().FormatType.ShortFormat))
        start = proposed if proposed is not None and proposed > now else _next_hour(now)
        self.field.setDateTime(QDateTime.fromSecsSinceEpoch(int(start.timestamp())))
        self.field.dateTimeChanged.connect(self._show)
        self.row = FormRow(self.tr("Day and time"), self.field)
        layout.addWidget(self.row)
        self._note = label("", "muted", wrap=True)
        layout.addWidget(self._note)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_S)
        buttons.addStretch(1)
        cancel = button(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self.ok_button = button(self.tr("Schedule"), "primary")
        self.ok_button.clicked.connect(self._on_ok)
        self.ok_button.setDefault(True)
        buttons.addWidget(cancel)
        buttons.addWidget(self.ok_button)
        layout.addLayout(buttons)
        self.finished.connect(self.deleteLater)
        self._show()

    def _chosen(self) -> datetime:
        return datetime.fromtimestamp(self.field.dateTime().toSecsSinceEpoch(), UTC)

    def _show(self) -> None:
        is_future = self._chosen() > self._now
        self.row.set_error("" if is_future else self.tr("This moment is past."))
        self.ok_button.setEnabled(is_future)
        wait = formats.duration((self._chosen() - self._now).total_seconds()) if is_future else ""
        self._note.setText(
            self.tr(
                "In {duration}. If Cadência is closed then, it starts when you open it again; half an hour later or "
                "more, it asks you first."
            ).format(duration=wait)
        )
        self._note.setVisible(is_future)

    def _on_ok(self) -> None:
        self.accept()
        self.scheduled.emit(self._chosen())


def _next_hour(now: datetime) -> datetime:
    seconds = (int(now.timestamp()) // _STEP_S + 1) * _STEP_S
    return datetime.fromtimestamp(seconds, UTC)
