"""Python's collector of cycles, held to moments at which Qt bears it.

Python collects wherever an allocation happens to cross the threshold. Two such places are deadly for a cycle with a
QObject in it, as most windows have one: a worker thread, because Qt's objects die in their own thread only, and the
inside of `~QObject`, where Shiboken looks for `disconnectNotify` in Python with a lock of Qt held: the next destructor
waits for that lock for ever. So from the start of Qt's loop nothing is collected but by a timer of its thread.
Source: a stack of that wait (PySide6 6.11, seen with gdb); riverbankcomputing.com, pyqt list, 2011-August/030378.
"""

import gc
from collections.abc import Generator
from contextlib import contextmanager

from PySide6.QtCore import QObject, QTimer

LOOK_EVERY_MS = 1000
GENERATIONS = 3


class Collector(QObject):
    """Collects in the thread that made it, by Python's own thresholds, from `start` to `stop`.

    After `stop` nothing is collected at all: it belongs to the end of a program.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Take over from the automatic collection."""
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Collect no more."""
        self._timer.stop()

    def look(self) -> None:
        """Collect the oldest generation that is due; the younger ones go with it."""
        for generation in reversed(range(GENERATIONS)):
            threshold = gc.get_threshold()[generation]
            if threshold and gc.get_count()[generation] > threshold:
                gc.collect(generation)
                return


@contextmanager
def collected_here() -> Generator[None]:
    """Let this thread alone collect, within the block; it must run a Qt event loop."""
    collector = Collector()
    collector.start()
    try:
        yield
    finally:
        collector.stop()
