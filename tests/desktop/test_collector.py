"""Cycles are collected in Qt's thread only: a QObject that dies in another one corrupts memory."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop import collector as collector_module
from desktop.collector import Collector, collected_here


class _Knot(QObject):
    """Part of a cycle, as most windows are; notes the thread that it dies in."""

    def __init__(self, died_in: list[int]) -> None:
        super().__init__()
        self.itself = self
        weakref.finalize(self, lambda: died_in.append(threading.get_ident()))


@pytest.fixture(autouse=True)
def _quick_thresholds() -> Iterator[None]:  # pyright: ignore[reportUnusedFunction]
    thresholds, was_enabled = gc.get_threshold(), gc.isenabled()
    gc.collect()
    gc.set_threshold(100, 2, 2)
    gc.enable()
    yield
    gc.set_threshold(*thresholds)
    (gc.enable if was_enabled else gc.disable)()


def _allocate_elsewhere() -> None:
    """Make far more than the threshold of what the collector counts, in another thread."""
    thread = threading.Thread(target=lambda: [[n] for n in range(10_000)])
    thread.start()
    thread.join()


def test_what_another_thread_allocates_destroys_no_qt_object_there(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collector_module, "LOOK_EVERY_MS", 5)
    died_in: list[int] = []
    with collected_here():
        _Knot(died_in)
        _allocate_elsewhere()
        assert died_in == []
        qtbot.waitUntil(lambda: bool(died_in))
    assert died_in == [threading.get_ident()]


def test_left_alone_python_would_destroy_it_there(qtbot: QtBot) -> None:
    del qtbot
    died_in: list[int] = []
    knot = [0]
    knot.append(knot)  # type: ignore[arg-type]  # no QObject: that is what must not happen
    weakref.finalize(_Mark.of(knot), lambda: died_in.append(threading.get_ident()))
    del knot
    _allocate_elsewhere()
    assert died_in
    assert died_in != [threading.get_ident()]


class _Mark:
    @classmethod
    def of(cls, knot: list[object]) -> "_Mark":
        mark = cls()
        knot.append(mark)
        return mark


def test_old_generations_have_their_turn_and_nobody_else_collects(qtbot: QtBot) -> None:
    del qtbot
    collector = Collector()
    collector.start()
    before = [generation["collections"] for generation in gc.get_stats()]
    for _ in range(40):
        rubbish = [[n] for n in range(200)]
        collector.look()
        del rubbish
    after = [generation["collections"] for generation in gc.get_stats()]
    assert all(now > then for now, then in zip(after, before, strict=True))
    collector.stop()
    assert not gc.isenabled()
