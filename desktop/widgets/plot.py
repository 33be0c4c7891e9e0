"""The plot of a `Chart`, on pyqtgraph. Importing this imports pyqtgraph and numpy: only `chart.py` does, late."""

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph
from PySide6.QtCore import QDateTime, QEvent, QLocale, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter
from PySide6.QtWidgets import QFrame

from desktop.widgets.scale import count_step, nice_top
from desktop.widgets.tokens import FONT_FAMILY, TEXT_CAPTION, Tokens

if TYPE_CHECKING:
    from desktop.widgets.chart import Line

# pyqtgraph has hints that contradict themselves; nothing of it leaves this module.
pg: Any = pyqtgraph

# Distances between the labels of the time axis, in seconds, and the format that goes with them.
_STEPS_S = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800)
_SECONDS_BELOW = 60
_DAYS_FROM = 86400
_LABEL_WIDTH = 84
_LINE_WIDTH = 2.0
# Points of a line that are painted at once. Qt's time for a smooth stroke grows with the square of the edges that a row
# of pixels meets: a jagged line of 120 points took 25 ms in one piece, its ground 10 ms.
_PIECE = 5


class TimePlot(pg.PlotWidget):
    """Lines of counts over time. Ranges are set by hand: pyqtgraph's own auto range costs two to three times as much.

    Signals:
        hovered: index (int) of the bucket under the mouse, or None.
    """

    hovered = Signal(object)

    def __init__(self, lines: "Sequence[Line]") -> None:
        self._time_axis = _TimeAxis(orientation="bottom")
        self._count_axis = _CountAxis(orientation="left")
        plot: Any = super()
        plot.__init__(axisItems={"bottom": self._time_axis, "left": self._count_axis})
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lines = tuple(lines)
        self._start_s = np.zeros(0)
        self._top = 0.0
        item: Any = self.getPlotItem()
        item.setMenuEnabled(False)
        item.hideButtons()
        item.disableAutoRange()
        item.setMouseEnabled(x=False, y=False)
        item.getViewBox().setDefaultPadding(0.0)
        self._curves: dict[str, Any] = {}
        for line in lines:
            self._curves[line.key] = curve = _Curve()
            item.addItem(curve)
        self._cursor: Any = pg.InfiniteLine(angle=90, movable=False)
        self._cursor.hide()
        item.addItem(self._cursor, ignoreBounds=True)
        self.viewport().setMouseTracking(True)
        self.viewport().installEventFilter(self)

    def wear(self, tokens: Tokens) -> None:
        """Take the colours of a theme."""
        self.setBackground(QColor(tokens.surface))
        for axis in (self._time_axis, self._count_axis):
            axis.wear(tokens)
        self._cursor.setPen(pg.mkPen(QColor(tokens.border_strong), width=1))
        for line in self._lines:
            self._curves[line.key].wear(tokens.colour(line.role))
        self.viewport().update()

    def set_data(self, start_s: Sequence[int], bucket_s: int, counts: Mapping[str, Sequence[int]]) -> None:
        """Draw; one `setData` a line."""
        self._start_s = np.asarray(start_s, dtype=float)
        middle = self._start_s + bucket_s / 2
        top = 1.0
        for key, curve in self._curves.items():
            values = np.asarray(counts.get(key, ()), dtype=float)
            if len(values) != len(middle):
                values = np.zeros(0)
            elif len(values):
                top = max(top, float(values.max()))
            curve.setData(middle[: len(values)], values)
        self._set_range(float(self._start_s[0]), float(self._start_s[-1]) + bucket_s, top)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            self._hover(event.position())
        elif event.type() == QEvent.Type.Leave:
            self._cursor.hide()
            self.hovered.emit(None)
        return False

    def _set_range(self, left: float, right: float, top: float) -> None:
        # The top moves in round steps only, so that the picture does not breathe with every message.
        self._top = nice_top(top)
        box: Any = self.getPlotItem().getViewBox()
        box.setRange(xRange=(left, max(right, left + 1)), yRange=(0, self._top * 1.04), padding=0)

    def _hover(self, at: QPointF) -> None:
        if not len(self._start_s):
            return
        box: Any = self.getPlotItem().getViewBox()
        x = float(box.mapSceneToView(self.mapToScene(at.toPoint())).x())
        index = int(np.clip(np.searchsorted(self._start_s, x, side="right") - 1, 0, len(self._start_s) - 1))
        self._cursor.setPos(x)
        self._cursor.show()
        self.hovered.emit(index)


class _Curve(pg.PlotCurveItem):
    """A line over a tinted ground, of some hundred points at most. It is painted in pieces, which look like one."""

    def wear(self, colour: QColor) -> None:
        """Take a colour."""
        pen = pg.mkPen(colour, width=_LINE_WIDTH)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)  # A piece ends under the beginning of the next.
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        self.setPen(pen)
        ground = QColor(colour)
        ground.setAlpha(26)
        self.setFillLevel(0)
        self.setBrush(pg.mkBrush(ground))

    def paint(self, painter: QPainter, _option: object, _widget: object) -> None:
        x, y = self.getData()
        if x is None or not len(x):
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.opts["brush"])
        # The line covers the steps of its edge.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        ground = pg.functions.arrayToQPolygonF(np.concatenate((x[:1], x, x[-1:])), np.concatenate(((0.0,), y, (0.0,))))
        painter.drawPolygon(ground)
        painter.setPen(self.opts["pen"])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for start in range(0, max(1, len(x) - 1), _PIECE):
            piece = slice(start, start + _PIECE + 1)
            painter.drawPolyline(pg.functions.arrayToQPolygonF(x[piece], y[piece]))


class _Axis(pg.AxisItem):
    def wear(self, tokens: Tokens) -> None:
        font = QFont(FONT_FAMILY)
        font.setPixelSize(TEXT_CAPTION - 1)
        self.setTickFont(font)
        self.setTextPen(pg.mkPen(QColor(tokens.text_muted)))
        self.setPen(pg.mkPen(QColor(tokens.chart_grid)))
        self.setTickPen(pg.mkPen(QColor(tokens.chart_grid)))


class _CountAxis(_Axis):
    def __init__(self, orientation: str) -> None:
        axis: Any = super()
        axis.__init__(orientation)
        self.setStyle(tickLength=0, tickTextOffset=8)
        self.setGrid(255)
        self.setWidth(44)

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, list[float]]]:  # noqa: N803
        step = count_step(maxVal)
        return [(step, [step * n for n in range(int(maxVal // step) + 1)])]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        locale = QLocale()
        return [locale.toString(round(value)) for value in values]


class _TimeAxis(_Axis):
    def __init__(self, orientation: str) -> None:
        axis: Any = super()
        axis.__init__(orientation)
        self.setStyle(tickLength=0, tickTextOffset=8)
        self.setHeight(26)

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, list[float]]]:  # noqa: N803
        step = time_step(maxVal - minVal, size)
        # Round hours are those of the clock on the wall, and zones are not all whole hours away from UTC.
        offset = QDateTime.fromSecsSinceEpoch(int(minVal)).offsetFromUtc()
        first = math.ceil((minVal + offset) / step) * step - offset
        return [(step, list(np.arange(first, maxVal, step)))]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        return [_tick_text(value, spacing) for value in values]


def _tick_text(epoch_s: float, step_s: float) -> str:
    moment = QDateTime.fromSecsSinceEpoch(int(epoch_s))
    if step_s >= _DAYS_FROM:
        return QLocale().toString(moment, "d MMM")
    return QLocale().toString(moment, "HH:mm:ss" if step_s < _SECONDS_BELOW else "HH:mm")


def time_step(span_s: float, size_px: float) -> int:
    """Choose the distance between labels of a time axis so that they do not touch."""
    wanted = max(2.0, size_px / _LABEL_WIDTH)
    return next((step for step in _STEPS_S if span_s / step <= wanted), _STEPS_S[-1])
