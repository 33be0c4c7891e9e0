from collections.abc import Sequence

import pytest
from PySide6.QtGui import QTextDocument
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.viewmodels.prepared_model import Cell, Column, PreparedModel
from desktop.viewmodels.table_roles import ALIGNMENT, RIGHT, ROW, TONE, TOOL_TIP

Pair = tuple[int, str]


def cells(row: Pair) -> Sequence[Cell]:
    return Cell(str(row[0])), Cell(row[1], {TONE: "danger"})


@pytest.fixture
def model() -> PreparedModel[Pair]:
    return PreparedModel((Column("No.", RIGHT), Column("Word")), cells, lambda row: row[0])


def words(model: PreparedModel[Pair]) -> list[object]:
    return [model.data(model.index(row, 1)) for row in range(model.rowCount())]


def test_model_is_sound_through_every_change(model: PreparedModel[Pair], qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)
    model.show_rows([(1, "a"), (2, "b")])
    model.append_rows([(3, "c")])
    model.show_rows([(1, "a"), (2, "B"), (3, "c")])
    model.show_rows([(4, "d")], 1)
    model.cut_rows(1)
    assert words(model) == ["a"]


def test_rows_that_stay_are_changed_in_place(model: PreparedModel[Pair], qtbot: QtBot) -> None:
    model.show_rows([(1, "a"), (2, "b"), (3, "c")])
    changed: list[int] = []
    model.dataChanged.connect(lambda top, _bottom: changed.append(top.row()))
    with qtbot.assertNotEmitted(model.modelReset):
        model.show_rows([(1, "a"), (2, "B"), (3, "c")])
    assert (changed, words(model)) == ([1], ["a", "B", "c"])


def test_rows_from_a_place_on_are_replaced_without_a_reset(model: PreparedModel[Pair], qtbot: QtBot) -> None:
    model.show_rows([(1, "a"), (2, "b"), (3, "c")])
    with qtbot.assertNotEmitted(model.modelReset):
        model.show_rows([(3, "c"), (5, "e")], 1)
    assert words(model) == ["a", "c", "e"]


def test_cells_answer_their_roles(model: PreparedModel[Pair]) -> None:
    model.show_rows([(7, "g")])
    number, word = model.index(0, 0), model.index(0, 1)
    assert (model.data(word, TONE), model.data(number, TONE)) == ("danger", None)
    assert (model.data(word, ROW), model.data(word, TOOL_TIP)) == ((7, "g"), "g")
    assert model.data(number, ALIGNMENT) == RIGHT
    assert (model.row_of(7), model.row_of(8), model.key_of(0), model.key_of(9)) == (0, None, 7, None)


def test_a_tool_tip_shows_tags_as_letters_and_loads_nothing() -> None:
    name = '<img src="//evil/x.png"> & <b>Ana</b>'
    model = PreparedModel[str]((Column("Name"),), lambda row: (Cell(row),), lambda _row: 1)
    model.show_rows([name])
    tip = model.data(model.index(0, 0), TOOL_TIP)
    document = QTextDocument()
    document.setHtml(str(tip))
    assert document.toPlainText() == name
    assert "<img" not in str(tip)
    assert model.data(model.index(0, 0)) == name, "cells are painted as they are"
