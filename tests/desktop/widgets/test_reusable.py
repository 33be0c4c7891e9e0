"""The small widgets: what they say, what they emit, what a keyboard and a screen reader find."""

from PySide6.QtCore import QModelIndex, QStringListModel, Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.widgets.banner import Banner
from desktop.widgets.bar_chart import Bar, BarChart
from desktop.widgets.buttons import icon_button
from desktop.widgets.chart import Chart, Line, _LegendEntry
from desktop.widgets.dialogs import ask
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.fields import NumberField
from desktop.widgets.form import Form
from desktop.widgets.labels import ElidedLabel
from desktop.widgets.metric_tile import MetricTile
from desktop.widgets.paged_table import ColumnLook, PagedTable
from desktop.widgets.search_field import SearchField
from desktop.widgets.segmented import SegmentedControl
from desktop.widgets.status_pill import StatusPill
from desktop.widgets.theme import Theme
from desktop.widgets.toast import Toast


def test_banner_speaks_its_whole_message_and_hides_when_dismissed(qtbot: QtBot, theme: Theme) -> None:
    banner = Banner(closable=True)
    qtbot.addWidget(banner)
    assert banner.isHidden()
    banner.show_message("warning", "Offline.", "Drafts are safe.", "Try now")
    assert banner.accessibleName() == "Offline. Drafts are safe."
    with qtbot.waitSignal(banner.action_requested):
        banner.action.click()
    with qtbot.waitSignal(banner.dismissed):
        banner._close.click()
    assert banner.isHidden()


def test_form_row_shows_the_error_in_place_of_the_hint(qtbot: QtBot, theme: Theme) -> None:
    form = Form()
    qtbot.addWidget(form)
    row = form.add("Address", QLineEdit(), "Begins with http.")
    row.set_error("This is no address.")
    assert (row.note.text(), row.is_valid) == ("This is no address.", False)
    assert row.field.accessibleDescription() == "This is no address."
    row.set_error("")
    assert (row.note.text(), row.is_valid) == ("Begins with http.", True)
    assert row.field.accessibleName() == "Address"


def test_search_waits_for_a_pause_and_return_does_not(qtbot: QtBot, theme: Theme) -> None:
    field = SearchField("Search")
    qtbot.addWidget(field)
    field.show()
    heard: list[str] = []
    field.searched.connect(heard.append)
    qtbot.keyClicks(field, "ana")
    assert heard == []
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert heard == ["ana"]
    with qtbot.waitSignal(field.searched):
        qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert heard == ["ana", ""]


def test_segmented_control_tells_only_what_the_operator_chose(qtbot: QtBot, theme: Theme) -> None:
    control = SegmentedControl((("a", "All"), ("b", "Active")))
    qtbot.addWidget(control)
    heard: list[str] = []
    control.chosen.connect(heard.append)
    control.set_current("b")
    assert heard == []
    control._buttons["a"].click()
    assert (heard, control.current) == (["a"], "a")


def test_question_answers_once_and_escape_means_no(qtbot: QtBot, theme: Theme) -> None:
    answers: list[str] = []
    window = QWidget()
    qtbot.addWidget(window)
    question = ask(window, "Delete?", "For good.", "Delete", "Keep", answers.append, tone="danger")
    qtbot.keyClick(question, Qt.Key.Key_Escape)
    assert answers == ["no"]
    question = ask(window, "Delete?", "For good.", "Delete", "Keep", answers.append, tone="danger")
    assert question.no_button.isDefault()
    question.yes_button.click()
    assert answers == ["no", "yes"]


def test_toast_replaces_its_sentence_and_lies_inside_the_window(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    window.resize(600, 400)
    qtbot.addWidget(window)
    window.show()
    toast = Toast(window)
    toast.show_message("Saved")
    toast.show_message("Copied")
    assert toast.accessibleName() == "Copied"
    assert window.rect().contains(toast.geometry())


def test_elided_label_has_a_tool_tip_only_when_it_is_cut(qtbot: QtBot, theme: Theme) -> None:
    label = ElidedLabel("A rather long name of a campaign")
    qtbot.addWidget(label)
    label.show()
    label.resize(500, 20)
    assert label.toolTip() == ""
    label.resize(60, 20)
    assert label.toolTip() == "A rather long name of a campaign"


def test_status_and_figures_have_accessible_names(qtbot: QtBot, theme: Theme) -> None:
    pill, tile = StatusPill("Paused", "warning"), MetricTile("Sent")
    for widget in (pill, tile):
        qtbot.addWidget(widget)
    tile.set_value("1,204", "87 %")
    assert pill.accessibleName() == "Paused"
    assert tile.accessibleName() == "Sent: 1,204 87 %"
    assert icon_button("x", "Close").accessibleName() == "Close"


def test_empty_state_grows_with_its_text(qtbot: QtBot, theme: Theme) -> None:
    state = EmptyState("inbox", "Nothing", "Short.", "Do it")
    qtbot.addWidget(state)
    short = state.text.minimumHeight()
    state.text.setText("A much longer text that certainly needs more than a single line in that width. " * 2)
    assert state.text.minimumHeight() > short
    with qtbot.waitSignal(state.action_requested):
        state.action.click()


def test_a_wheel_over_a_field_without_focus_changes_nothing(qtbot: QtBot, theme: Theme) -> None:
    field = NumberField(0, 10, 5)
    qtbot.addWidget(field)
    assert field.focusPolicy() == Qt.FocusPolicy.StrongFocus


def test_table_opens_with_return_and_shows_the_empty_state_without_rows(qtbot: QtBot, theme: Theme) -> None:
    model = QStringListModel(["one", "two"])
    nothing = EmptyState("inbox", "Nothing", "Nothing here.")
    table = PagedTable(model, (ColumnLook(100, stretch=True),), "Rows", empty=nothing)
    qtbot.addWidget(table)
    table.show()
    opened: list[QModelIndex] = []
    table.opened.connect(opened.append)
    table.choose_row(1)
    qtbot.keyClick(table.view, Qt.Key.Key_Return)
    assert [index.data() for index in opened] == ["two"]
    assert table.visible_rows() == (0, 1)
    model.setStringList([])
    assert table._stack.currentWidget() is nothing
    assert table.visible_rows() == (0, -1)


def test_a_narrow_table_does_without_its_lesser_columns(qtbot: QtBot, theme: Theme) -> None:
    model = QStandardItemModel(1, 2)
    table = PagedTable(model, (ColumnLook(100, stretch=True), ColumnLook(90, hide_below=400)), "Rows")
    qtbot.addWidget(table)
    table.show()
    table.resize(600, 200)
    assert not table.view.isColumnHidden(1)
    table.resize(390, 200)
    assert table.view.isColumnHidden(1)


def test_bar_chart_tells_its_figures_to_a_screen_reader(qtbot: QtBot, theme: Theme) -> None:
    chart = BarChart("By number")
    qtbot.addWidget(chart)
    chart.set_bars([Bar("vendas-1", "12 sent", ((12, "chart_sent"),)), Bar("vendas-2", "3 sent", ((3, "chart_sent"),))])
    assert chart.accessibleDescription() == "vendas-1: 12 sent; vendas-2: 3 sent"
    assert not chart.grab().isNull()


def test_the_legend_of_an_empty_chart_stays_above_the_sentence_in_it(qtbot: QtBot, theme: Theme) -> None:
    chart = Chart((Line("sent", "Sent", "chart_sent"),), "Over time", "The chart begins with the first message.")
    qtbot.addWidget(chart)
    chart.resize(400, 400)
    chart.show()
    qtbot.waitUntil(lambda: chart._plot is not None)
    chart.set_data([], 60, {})
    chart._layout.activate()
    assert chart.findChildren(_LegendEntry)[0].geometry().bottom() < 100


def test_chart_draws_only_when_it_is_seen_and_keeps_what_came_before(qtbot: QtBot, theme: Theme) -> None:
    chart = Chart((Line("sent", "Sent", "chart_sent"),), "Over time")
    qtbot.addWidget(chart)
    chart.set_data([0, 60, 120], 60, {"sent": [1, 7, 3]})
    assert chart._plot is None
    chart.resize(400, 240)
    chart.show()
    qtbot.waitUntil(lambda: chart._plot is not None)
    assert chart._plot is not None
    curve = chart._plot._curves["sent"]
    assert list(curve.yData) == [1, 7, 3]
    assert list(curve.xData) == [30, 90, 150]
    chart._on_hovered(1)
    assert "Sent 7" in chart._readout.text()
    chart._on_hovered(None)
    assert chart._readout.text() == ""
    theme.set_mode("dark")
    assert not chart.grab().isNull()
