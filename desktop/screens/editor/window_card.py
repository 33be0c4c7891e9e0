"""The send window of a campaign: days of the week and hours, in each person's own time zone."""

from PySide6.QtCore import QLocale, QTime
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.domain.campaign import SendWindow
from desktop.viewmodels.editor_pace import HOLIDAYS, PaceViewModel
from desktop.widgets.card import Card
from desktop.widgets.fields import TimeField
from desktop.widgets.labels import label
from desktop.widgets.tokens import SPACE_M, SPACE_S


class WindowCard(Card):
    """Show and change the send window."""

    def __init__(self, model: PaceViewModel, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self._model = model
        self.switch = QCheckBox(self.tr("Send only on some days and hours"))
        self.switch.toggled.connect(model.set_window_on)
        self.body.addWidget(self.switch)
        self._details = QWidget()
        details = QVBoxLayout(self._details)
        details.setContentsMargins(0, 0, 0, 0)
        details.setSpacing(SPACE_M)
        details.addLayout(self._build_days())
        details.addLayout(self._build_hours())
        self._country = HOLIDAYS
        self.holidays = QCheckBox()
        self.holidays.toggled.connect(self._on_holidays_toggled)
        details.addWidget(self.holidays)
        details.addWidget(
            label(
                self.tr("In the time zone of each person, told by the area code. What falls outside waits."),
                "caption",
                wrap=True,
            )
        )
        self.body.addWidget(self._details)

    def show_window(self, window: SendWindow | None) -> None:
        """Show a draft's sending hours (None: at any time), without taking that for an edit."""
        parts = [self.switch, self.start, self.end, self.holidays, *self.days.values()]
        for part in parts:
            part.blockSignals(True)
        self.switch.setChecked(window is not None)
        self._details.setVisible(window is not None)
        if window is not None:
            for day, key in self.days.items():
                key.setChecked(day in window.days)
            self.start.setTime(QTime(window.start.hour, window.start.minute))
            self.end.setTime(QTime(window.end.hour, window.end.minute))
            # A draft from a file may go by the calendar of another country: that one stays on offer.
            self._country = window.holidays or self._country
            self.holidays.setText(self.tr("Not on public holidays ({country})").format(country=self._country))
            self.holidays.setChecked(window.holidays is not None)
        for part in parts:
            part.blockSignals(False)

    def _build_days(self) -> QHBoxLayout:
        frame = QFrame()
        frame.setObjectName("segmented")
        keys = QHBoxLayout(frame)
        keys.setContentsMargins(2, 2, 2, 2)
        keys.setSpacing(2)
        row = QHBoxLayout()
        row.addWidget(frame)
        self.days: dict[int, QPushButton] = {}
        for day in range(1, 8):
            key = QPushButton(QLocale().standaloneDayName(day, QLocale.FormatType.ShortFormat).rstrip("."))
            key.setProperty("kind", "segment")
            key.setCheckable(True)
            key.setAccessibleName(QLocale().standaloneDayName(day))
            key.toggled.connect(self._on_day_toggled)
            self.days[day] = key
            keys.addWidget(key)
        row.addStretch(1)
        return row

    def _build_hours(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        self.start, self.end = TimeField(), TimeField()
        for field, name in ((self.start, self.tr("From")), (self.end, self.tr("until"))):
            field.setFixedWidth(96)
            field.setAccessibleName(name)
            field.timeChanged.connect(self._on_hours_changed)
            row.addWidget(label(name, "muted"))
            row.addWidget(field)
        row.addStretch(1)
        return row

    def _on_day_toggled(self, is_on: bool) -> None:
        key = self.sender()
        self._model.set_window_day(next(day for day, other in self.days.items() if other is key), is_on)

    def _on_holidays_toggled(self, is_on: bool) -> None:
        self._model.set_holidays(self._country if is_on else None)

    def _on_hours_changed(self, _time: QTime) -> None:
        start, end = self.start.time().toPython(), self.end.time().toPython()
        self._model.set_window_hours(start, end)  # type: ignore[arg-type]
