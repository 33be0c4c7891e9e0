"""A chart over time: legend, a readout under the mouse, and the plot itself, which comes when it is first seen.

pyqtgraph and numpy take half a second to import, in which the window would stand still. So this module does not import
them: `plot.py` does, and that is imported here only, beside the window's work, when a chart is first shown.
"""

import contextlib
import importlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QElapsedTimer, QEvent, QLocale, QObject, Qt, QThreadPool, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.widgets.labels import label
from desktop.widgets.metric_tile import Swatch
from desktop.widgets.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XS, TEXT_CAPTION, current_tokens

if TYPE_CHECKING:
    from desktop.widgets.plot import TimePlot

_MIN_HEIGHT = 180
_SLICE_MS = 6
_QT_MODULES = (
    "PySide6.QtCore", "PySide6.QtGui", "PySide6.QtWidgets", "PySide6.QtSvg", "PySide6.QtTest",
    "PySide6.QtOpenGLWidgets",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A series of a chart: its key in the data, its name for people, its colour as a token role."""

    key: str
    text: str
    role: str


class Chart(QWidget):
    """Feed it with `set_data` at most ten times a second; a hidden chart keeps the data and draws nothing."""

    def __init__(self, lines: Sequence[Line], spoken: str, empty_text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(spoken)
        self.setMinimumHeight(_MIN_HEIGHT)
        self._lines = tuple(lines)
        self._hidden: set[str] = set()
        self._data: tuple[Sequence[int], int, Mapping[str, Sequence[int]]] | None = None
        self._plot: TimePlot | None = None
        self._is_stale = False
        self._import = _PlotImport()
        self._import.done.connect(self._build)
        self._empty_text = empty_text
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SPACE_S)
        self._layout.addLayout(self._legend())
        self._layout.addStretch(1)

    def set_data(self, start_s: Sequence[int], bucket_s: int, counts: Mapping[str, Sequence[int]]) -> None:
        """Show counts a bucket.

        Args:
            start_s: epoch seconds at which each bucket begins, ascending and evenly spaced.
            bucket_s: width of a bucket in seconds.
            counts: as many figures as `start_s` has, by the keys of the lines; missing keys draw nothing.
        """
        data = (start_s, bucket_s, counts)
        if data == self._data:
            return
        self._data = data
        self._draw_or_remember()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._plot is None:
            self._import.start()
        elif self._is_stale:
            self._draw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange) and self._plot is not None:
            self._plot.wear(current_tokens())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._plot is not None and not self._plot.isVisibleTo(self) and self._empty_text:
            painter = QPainter(self)
            painter.setPen(QColor(current_tokens().text_muted))
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._empty_text)

    def _legend(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_XS)
        for line in self._lines:
            entry = _LegendEntry(line)
            entry.toggled.connect(self._on_legend_toggled)
            row.addWidget(entry)
        row.addStretch(1)
        self._readout = label("", "caption")
        row.addWidget(self._readout)
        return row

    def _build(self) -> None:
        if self._plot is not None:
            return
        from desktop.widgets.plot import TimePlot

        self._plot = TimePlot(self._lines)
        self._plot.wear(current_tokens())
        self._plot.hovered.connect(self._on_hovered)
        keeps = self._plot.sizePolicy()
        keeps.setRetainSizeWhenHidden(True)  # or the legend would come down into the sentence of the empty chart
        self._plot.setSizePolicy(keeps)
        self._layout.takeAt(1)
        self._layout.addWidget(self._plot, 1)
        self._draw()

    def _draw_or_remember(self) -> None:
        self._is_stale = True
        if self._plot is not None and self.isVisible():
            self._draw()

    def _draw(self) -> None:
        self._is_stale = False
        if self._plot is None:
            return
        has_data = self._data is not None and len(self._data[0]) > 0
        self._plot.setVisible(has_data)
        if self._data is not None and has_data:
            start_s, bucket_s, counts = self._data
            shown = {key: values for key, values in counts.items() if key not in self._hidden}
            self._plot.set_data(start_s, bucket_s, shown)
        self.update()

    def _on_legend_toggled(self, _is_on: bool) -> None:
        entries = self.findChildren(_LegendEntry)
        self._hidden = {entry.key for entry in entries if not entry.isChecked()}
        self._draw_or_remember()

    def _on_hovered(self, index: object) -> None:
        if self._data is None or not isinstance(index, int) or not 0 <= index < len(self._data[0]):
            self._readout.setText("")
            return
        locale = QLocale()
        start_s, _bucket_s, counts = self._data
        words = [moment_text(start_s[index])]
        for line in self._lines:
            if line.key in counts and line.key not in self._hidden:
                words.append(f"{line.text} {locale.toString(counts[line.key][index])}")
        self._readout.setText("   ".join(words))


class _PlotImport(QObject):
    """Imports the plot without holding the window up: the names of Qt here, in slices, and the rest on a thread.

    PySide makes its classes and enums when they are first named. pyqtgraph names them all; done on a thread while this
    one paints, two threads are at it at once, and the process dies (PySide6 6.11, seen in one run of three). So all of
    them are made here first.
    """

    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._names: Iterator[tuple[str, str]] | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._name_some)

    def start(self) -> None:
        """Begin, unless it has begun."""
        if self._names is None:
            self._names = _names_of_qt()
            self._timer.start()

    def _name_some(self) -> None:
        clock = QElapsedTimer()
        clock.start()
        for module, name in self._names or ():
            getattr(sys.modules[module], name, None)
            if clock.elapsed() >= _SLICE_MS:
                return
        self._timer.stop()
        QThreadPool.globalInstance().start(self._run)

    def _run(self) -> None:
        importlib.import_module("desktop.widgets.plot")
        # The program may have ended meanwhile: Qt takes its objects along, and nobody is left to be told.
        with contextlib.suppress(RuntimeError):
            self.done.emit()


def _names_of_qt() -> Iterator[tuple[str, str]]:
    """Yield the names that pyqtgraph asks for when it is imported, as (module, name); nothing when it has been."""
    if "pyqtgraph" in sys.modules:
        return
    for module in _QT_MODULES:
        yield from ((module, name) for name in dir(importlib.import_module(module)))


class _LegendEntry(QPushButton):
    """Name of a line; pressing it hides the line and brings it back."""

    def __init__(self, line: Line) -> None:
        super().__init__()
        self.key = line.key
        self.setProperty("kind", "legend")
        self.setCheckable(True)
        self.setChecked(True)
        self.setAccessibleName(line.text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE_XS, 0, SPACE_M, 0)
        layout.setSpacing(SPACE_S)
        self._swatch = Swatch(line.role)
        layout.addWidget(self._swatch, 0, Qt.AlignmentFlag.AlignVCenter)
        text = label(line.text, "caption")
        layout.addWidget(text)
        for child in (self._swatch, text):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedWidth(text.fontMetrics().horizontalAdvance(line.text) + 8 + SPACE_XS + SPACE_M + SPACE_L)
        self.setFixedHeight(TEXT_CAPTION + SPACE_M)
        self.toggled.connect(self._on_toggled)

    def _on_toggled(self, is_on: bool) -> None:
        self._swatch.setVisible(is_on)


def moment_text(epoch_s: float) -> str:
    """Word a moment for an axis or a readout: the local time of day, with the day when it is not the same for all."""
    moment = QDateTime.fromSecsSinceEpoch(int(epoch_s))
    return QLocale().toString(moment, QLocale().dateFormat(QLocale.FormatType.ShortFormat) + " HH:mm")
