from dataclasses import replace

import pytest
from PySide6.QtCore import QByteArray
from pytestqt.qtbot import QtBot

from desktop.domain.consent import RecoveredImport
from desktop.domain.errors import KnownError
from desktop.domain.events import EventType
from desktop.domain.ids import CampaignId
from desktop.viewmodels.shell import PRACTICE_KEY, ShellViewModel
from tests.fakes.window import FakeProgram


@pytest.fixture
def program(qapp: object) -> FakeProgram:
    return FakeProgram()


def test_an_empty_home_is_a_first_run(qtbot: QtBot) -> None:
    shell = FakeProgram(is_empty=True).shell
    with qtbot.waitSignal(shell.first_run_decided) as heard:
        shell.start()
    assert heard.args == [True]
    shell.stop()


def test_a_home_with_campaigns_is_not_and_numbers_are_not_asked_for(
    program: FakeProgram, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program.library, "instances", None)
    with qtbot.waitSignal(program.shell.first_run_decided) as heard:
        program.shell.start()
    assert heard.args == [False]
    program.shell.stop()


def test_state_tells_what_runs_and_how_fast(program: FakeProgram) -> None:
    program.library.settings[PRACTICE_KEY] = True
    program.engine.online = False
    program.shell.start()
    state = program.shell.state
    assert (state.running, state.per_minute, state.online, state.is_practice) == (2, 188.0, False, True)
    program.shell.stop()


def test_closing_interrupts_only_what_this_window_sends(program: FakeProgram) -> None:
    program.shell.start()
    assert program.shell.is_sending
    program.engine.holder = "another window (process 4711)"
    program.shell._look()
    assert not program.shell.is_sending
    program.shell.stop()


def test_events_of_a_campaigns_life_are_followed(program: FakeProgram, qtbot: QtBot) -> None:
    shell: ShellViewModel = program.shell
    shell.start()
    row = program.library.rows.pop(CampaignId(8))
    assert row is not None
    program.bus.publish([program.bus.event(8, EventType.DELETED)])
    qtbot.waitUntil(lambda: shell.state.running == 1, timeout=4000)
    shell.stop()


def test_a_scheduled_campaign_that_is_put_back_is_noticed_at_once(program: FakeProgram, qtbot: QtBot) -> None:
    shell: ShellViewModel = program.shell
    shell.start()
    assert shell.state.missed == ()
    draft = program.library.rows[CampaignId(4)]
    program.library.rows[CampaignId(4)] = replace(draft, reason="late")
    program.bus.publish([program.bus.event(4, EventType.EDITED)])
    qtbot.waitUntil(lambda: len(shell.state.missed) == 1, timeout=4000)
    shell.stop()


def test_demo_leads_to_its_running_campaign(program: FakeProgram, qtbot: QtBot) -> None:
    with qtbot.waitSignal(program.shell.demo_started) as heard:
        program.shell.start_demo()
    assert heard.args == [8]
    assert ("start_demo",) in program.control.done


def test_a_refused_demo_is_told(program: FakeProgram, qtbot: QtBot) -> None:
    program.control.refuse = KnownError("port_taken", "The port is taken.")
    with qtbot.waitSignal(program.shell.failed):
        program.shell.start_demo()
    assert not program.shell.is_starting_demo


def test_geometry_comes_back_as_it_was(program: FakeProgram, qtbot: QtBot) -> None:
    program.shell.save_geometry(QByteArray(b"\x00\x01geometry"))
    with qtbot.waitSignal(program.shell.geometry_loaded) as heard:
        program.shell.start()
    assert heard.args == [QByteArray(b"\x00\x01geometry")]
    program.shell.stop()


def test_an_import_that_was_cut_off_is_told_of_until_it_was_read(program: FakeProgram) -> None:
    program.control.recovered = [RecoveredImport("lista.csv", 340_000, 12)]
    program.shell.start()
    program.shell.recover()
    assert program.shell.state.recovered == ("lista.csv",)
    program.shell.dismiss_recovered()
    assert program.shell.state.recovered == ()
    program.shell.stop()
