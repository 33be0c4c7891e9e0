"""The warm-up of one number: choose a curve, see it with today on it, and edit an own one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.errors import KnownError
from desktop.screens.instances.warmup_points import WarmupPoints
from desktop.viewmodels import formats, warmup_words, wording
from desktop.viewmodels.warmup import CurveDay, WarmupMode, WarmupViewModel
from desktop.widgets.banner import Banner
from desktop.widgets.buttons import button
from desktop.widgets.card import well
from desktop.widgets.day_bars import DayBar, DayBars
from desktop.widgets.labels import label
from desktop.widgets.segmented import SegmentedControl
from desktop.widgets.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XL, SPACE_XS

_WIDTH, _HEIGHT = 820, 600
_CHART_HEIGHT = 200


class WarmupDialog(QDialog):
    """Signals:
    saved: the choice is stored.
    """

    saved = Signal()

    def __init__(self, model: WarmupViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        model.setParent(self)
        title = self.tr("Warm-up of {name}").format(name=model.instance.name)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setFixedSize(_WIDTH, _HEIGHT)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        layout.setSpacing(SPACE_M)
        layout.addWidget(label(title, "section", wrap=True))
        why = self.tr("A number that suddenly writes to many people is blocked. It starts small and grows day by day.")
        layout.addWidget(label(why, "muted", wrap=True))
        self.banner = Banner()
        layout.addWidget(self.banner)
        self.modes = SegmentedControl(
            [(choice.value, warmup_words.mode(choice)) for choice in WarmupMode], self.tr("Warm-up")
        )
        layout.addWidget(self.modes)
        self.about = label("", "muted", wrap=True)
        layout.addWidget(self.about)
        layout.addLayout(self._build_curve(), 1)
        layout.addLayout(self._build_buttons())
        self.modes.set_current(model.mode.value)
        self.points.show_points(model.points)
        self.modes.chosen.connect(self._on_mode_chosen)
        self.points.changed.connect(model.set_points)
        self.points.add_requested.connect(self._on_add_requested)
        self.points.remove_requested.connect(self._on_remove_requested)
        model.changed.connect(self._show)
        model.saved.connect(self._on_saved)
        model.failed.connect(self._on_failed)
        self.finished.connect(self.deleteLater)
        model.load()
        self._show()

    def _build_curve(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_L)
        left = QVBoxLayout()
        left.setSpacing(SPACE_M)
        self.chart = DayBars(
            self.tr("Messages allowed on each day of the warm-up"), self.tr("No curve"), height=_CHART_HEIGHT
        )
        left.addWidget(self.chart)
        left.addWidget(self._build_today())
        left.addStretch(1)
        row.addLayout(left, 1)
        self.points = WarmupPoints()
        row.addWidget(self.points)
        return row

    def _build_today(self) -> QWidget:
        frame = well()
        column = QVBoxLayout(frame)
        column.setContentsMargins(SPACE_M, SPACE_M, SPACE_M, SPACE_M)
        column.setSpacing(SPACE_XS)
        self.today = label("", "strong", wrap=True)
        self.today_note = label("", "body", wrap=True)
        self.idle = label("", "caption", wrap=True)
        column.addWidget(self.today)
        column.addWidget(self.today_note)
        column.addSpacing(SPACE_XS)
        column.addWidget(self.idle)
        return frame

    def _build_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        self.problem = label("", "error")
        row.addWidget(self.problem, 1)
        cancel = button(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        cancel.setAutoDefault(False)
        self.save_button = button(self.tr("Save"), "primary")
        self.save_button.setDefault(True)
        self.save_button.clicked.connect(self._model.save)
        row.addWidget(cancel)
        row.addWidget(self.save_button)
        return row

    def _show(self) -> None:
        model = self._model
        self.about.setText(warmup_words.about(model.mode))
        self.points.setVisible(model.mode is WarmupMode.OWN)
        self.problem.setText(warmup_words.problem(model.problem))
        self.save_button.setEnabled(model.can_save)
        self.chart.setVisible(model.mode is not WarmupMode.OFF)
        if model.problem is None:
            self.chart.set_bars([self._bar(day) for day in model.days])
            title, note = warmup_words.today(model)
            self.today.setText(title)
            self.today_note.setText(note)
        self.idle.setText(warmup_words.idle(model.place))
        self.idle.setVisible(model.mode is not WarmupMode.OFF)

    def _bar(self, day: CurveDay) -> DayBar:
        mark = self.tr("today") if day.is_today else ""
        role = "accent_text" if day.is_today else "chart_delivered"
        name = formats.number(day.day)
        return DayBar(name, day.allowed, day.counted, role, warmup_words.day_tip(day), mark)

    def _on_mode_chosen(self, mode: str) -> None:
        self._model.set_mode(WarmupMode(mode))

    def _on_add_requested(self) -> None:
        self._model.add_point()
        self.points.show_points(self._model.points)

    def _on_remove_requested(self, place: int) -> None:
        self._model.remove_point(place)
        self.points.show_points(self._model.points)

    def _on_saved(self) -> None:
        self.accept()
        self.saved.emit()

    def _on_failed(self, refusal: KnownError) -> None:
        text, hint = wording.error(refusal)
        self.banner.show_message("danger", text, hint)
