"""The health of a number, day by day."""

from datetime import date

from pytestqt.qtbot import QtBot

from desktop.domain.analysis import Flow
from desktop.screens.instances.health_dialog import HealthDialog
from desktop.viewmodels.health_history import HealthHistoryViewModel
from tests.fakes.window import FakeProgram


def shown(qtbot: QtBot, *days: tuple[date, Flow]) -> HealthDialog:
    program = FakeProgram()
    program.library.health = days
    instance = program.library.numbers[0].instance
    dialog = HealthDialog(HealthHistoryViewModel(instance, program.library, program.spawn))
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_a_day_has_its_score_and_what_led_to_it(qtbot: QtBot):
    dialog = shown(
        qtbot,
        (date(2026, 11, 19), Flow()),
        (date(2026, 11, 20), Flow(sent=80, failed=20)),
        (date(2026, 11, 21), Flow(sent=10, failed=30)),
    )
    # 80 of 100 left; 10 of 40 left.
    assert [column.amount for column in dialog.scores.columns] == [0, 80, 25]
    assert [(column.amount, column.bad) for column in dialog.flows.columns] == [(0, 0), (80, 20), (10, 30)]
    nothing, good, bad = [column.tip for column in dialog.scores.columns]
    assert nothing.endswith("nothing was sent")
    assert good.endswith("health 80, 80 sent, 20 not sent")
    assert bad.endswith("it had to rest: 1")
    assert not dialog.status.isVisible()


def test_a_number_that_sent_nothing_says_so(qtbot: QtBot):
    dialog = shown(qtbot, (date(2026, 11, 21), Flow()))
    assert dialog.status.isVisible()
    dialog.close_button.click()
