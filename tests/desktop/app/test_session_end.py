"""The computer ends the session: nothing new leaves, what is on its way is awaited, and the end is never refused."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop import qt_loop
from desktop.app import session_end
from desktop.app.session_end import SessionEnd


class Manager:
    """What Qt hands over."""

    def __init__(self, *, may_speak: bool = True) -> None:
        self.may_speak, self.calls = may_speak, list[str]()

    def allowsInteraction(self) -> bool:  # noqa: N802 — Qt's name
        self.calls.append("asked")
        return self.may_speak

    def release(self) -> None:
        self.calls.append("released")


class Hold:
    """An engine that needs a moment to record what is on its way."""

    def __init__(self, answer_s: float | None) -> None:
        self.answer_s, self.is_idle, self.is_held = answer_s, False, False
        self.tasks: set[asyncio.Task[None]] = set()

    def hold(self) -> None:
        self.is_held = True
        if self.answer_s is not None:
            self.tasks.add(asyncio.get_running_loop().create_task(self._record(self.answer_s)))

    async def _record(self, after_s: float) -> None:
        await asyncio.sleep(after_s)
        self.is_idle = True

    def let_go(self) -> None:
        self.is_held = False


class Scene:
    """A session that ends, seen from a program in Qt's loop."""

    def __init__(self, app: QApplication, answer_s: float | None = 0.02) -> None:
        self.app, self.engine = app, Hold(answer_s)
        self.said: list[bool] = []
        self.is_closed = False
        self.closing = asyncio.Event()
        self.end = SessionEnd(app, self.engine, self.said.append, self.closing.set, lambda: self.is_closed)

    async def closes(self) -> None:
        await self.closing.wait()
        await asyncio.sleep(0.02)
        self.is_closed = True

    async def outside(self, slot: Callable[[], None]) -> None:
        """Call what Qt calls, from Qt's loop and not from a step of a task, as the system does."""
        called = asyncio.Event()

        def call() -> None:
            slot()
            called.set()

        QTimer.singleShot(0, call)
        await called.wait()


def in_qt(app: QApplication, main: Callable[[Scene], Coroutine[Any, Any, None]], answer_s: float | None = 0.02) -> None:
    async def run() -> None:
        await main(Scene(app, answer_s))

    assert qt_loop.run(app, run) == 0


def test_it_returns_to_the_system_once_every_outcome_is_recorded(qapp: QApplication) -> None:
    async def main(scene: Scene) -> None:
        manager = Manager()
        await scene.outside(lambda: scene.end.on_asked(manager))
        assert scene.engine.is_held
        assert scene.engine.is_idle
        assert scene.said == [True]
        assert manager.calls == ["asked", "released"]
        assert not scene.closing.is_set(), "another program may still refuse the end"

    in_qt(qapp, main)


def test_an_answer_that_takes_too_long_does_not_keep_the_computer_waiting(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_end, "BUDGET_S", 0.05)

    async def main(scene: Scene) -> None:
        began_s = time.monotonic()
        await scene.outside(lambda: scene.end.on_asked(Manager(may_speak=False)))
        assert 0.04 < time.monotonic() - began_s < 2
        assert not scene.engine.is_idle
        assert scene.said == [], "nobody may be spoken to"

    in_qt(qapp, main, None)


def test_when_the_session_really_ends_the_program_ends_in_order_before_it_is_killed(qapp: QApplication) -> None:
    async def main(scene: Scene) -> None:
        closing = asyncio.create_task(scene.closes())
        await scene.outside(scene.end.on_told)
        assert not scene.closing.is_set(), "an ordinary end of Qt's loop is none of the session"
        await scene.outside(lambda: scene.end.on_asked(Manager()))
        await scene.outside(scene.end.on_told)
        assert scene.is_closed
        await closing
        await scene.outside(scene.end.on_told)

    in_qt(qapp, main)


def test_a_session_end_that_was_called_off_lets_sending_go_on(qapp: QApplication) -> None:
    async def main(scene: Scene) -> None:
        await scene.outside(lambda: scene.end.on_asked(Manager()))
        scene.end._called_off.timeout.emit()
        assert not scene.engine.is_held
        assert scene.said == [True, False]
        assert not scene.end.is_announced

    in_qt(qapp, main)


def test_a_program_that_has_closed_is_not_opened_again_by_it(qapp: QApplication) -> None:
    async def main(scene: Scene) -> None:
        scene.is_closed = True
        await scene.outside(lambda: scene.end.on_asked(Manager()))
        assert not scene.engine.is_held
        scene.end._called_off.timeout.emit()
        assert scene.said == []

    in_qt(qapp, main)


def test_qt_tells_it(qapp: QApplication) -> None:
    """The signals exist in this version of the binding, with these names."""

    async def main(scene: Scene) -> None:
        assert qapp.receivers("2commitDataRequest(QSessionManager&)") >= 1
        assert qapp.receivers("2aboutToQuit()") >= 1

    in_qt(qapp, main)
