import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.widgets.chart import Line
from desktop.widgets.plot import TimePlot, count_step, nice_top, time_step
from desktop.widgets.theme import Theme
from desktop.widgets.tokens import current_tokens


@pytest.mark.parametrize(("top", "step"), [(1, 1), (5, 1), (6, 2), (17, 5), (73, 20), (330, 100), (4800, 1000)])
def test_lines_of_the_grid_are_round_and_few(top: float, step: int) -> None:
    assert count_step(top) == step
    assert top <= nice_top(top) <= 5 * step


@pytest.mark.parametrize(
    ("span_s", "size_px", "step"), [(60, 800, 10), (3600, 800, 600), (5 * 3600, 640, 3600), (30 * 86400, 800, 604800)]
)
def test_labels_of_the_time_axis_do_not_touch(span_s: float, size_px: float, step: int) -> None:
    assert time_step(span_s, size_px) == step


@pytest.mark.parametrize("points", [1, 2, 6, 7, 180])
def test_line_that_is_painted_in_pieces_has_no_gap_and_a_ground(qtbot: QtBot, theme: Theme, points: int) -> None:
    plot = TimePlot((Line("sent", "Sent", "chart_sent"), Line("read", "Read", "chart_read")))
    holder = QWidget()  # closed itself, a plot lets go of what a failed assertion still holds, and the process dies
    qtbot.addWidget(holder)
    plot.setParent(holder)
    plot.wear(current_tokens())
    plot.resize(700, 300)
    holder.show()
    plot.set_data(range(points), 1, {"sent": [4] * points})  # of the other one nothing is known
    image = plot.grab().toImage()

    def at(x: float, y: float) -> QPointF:
        box = plot.getPlotItem().getViewBox()
        return QPointF(plot.mapFromScene(box.mapViewToScene(QPointF(x, y))))

    line, surface = current_tokens().colour("chart_sent"), QColor(current_tokens().surface)
    middle, ground = at(0.5, 4).toPoint(), at(points / 2, 2.3).toPoint()
    for x in range(middle.x() + 2, at(points - 0.5, 4).toPoint().x() - 2):
        nearest = min(abs(image.pixelColor(x, middle.y() + off).red() - line.red()) for off in (-1, 0, 1))
        assert nearest < 60, x
    if points > 1:
        assert image.pixelColor(ground) not in (surface, line)
