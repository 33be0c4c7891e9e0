"""The coroutines of one view-model: at most one of a name at a time, supervised, with refusals as a signal.

It must not know what the coroutines do. Views disable a button while its job runs (Qt slots re-enter).
"""

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.domain.errors import KnownError

Work = Callable[[], Coroutine[Any, Any, None]]
Spawn = Callable[[Coroutine[Any, Any, None], str], None]


class _Gate:
    """Remembers that an object is gone, where nothing of Qt can any more."""

    def __init__(self) -> None:
        self.is_open = True

    def close(self) -> None:
        self.is_open = False


class Jobs(QObject):
    """Start coroutines and tell when they begin and end.

    Signals:
        changed(str): the job of this name began or ended.
        failed(object): a job was refused with this KnownError.
    """

    changed = Signal(str)
    failed = Signal(object)

    def __init__(self, spawn: Spawn, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._spawn = spawn
        self._gate = _Gate()
        self.destroyed.connect(self._gate.close)
        self._running: set[str] = set()
        self._waiting: dict[str, Work] = {}

    def is_running(self, name: str) -> bool:
        return name in self._running

    def start(self, name: str, work: Work) -> bool:
        """Run `work` unless a job of this name is running; return whether it was started."""
        if name in self._running:
            return False
        self._running.add(name)
        self.changed.emit(name)
        self._spawn(self._run(name, work), name)
        return True

    def refresh(self, name: str, work: Work) -> None:
        """Run `work` now, or once more when the running job of this name has ended.

        `work` must read what it asks for when it begins: then the last answer always belongs to the last question.
        """
        if not self.start(name, work):
            self._waiting[name] = work

    async def _run(self, name: str, work: Work) -> None:
        refusal: KnownError | None = None
        try:
            await work()
        except KnownError as error:
            refusal = error
        except RuntimeError:
            # "Internal C++ object already deleted": the page went (another language was chosen) while its work was
            # under way. What was to be stored has been; nobody is left to be told.
            if self._gate.is_open:
                raise
        finally:
            self._running.discard(name)
            if self._gate.is_open:
                self.changed.emit(name)
        if not self._gate.is_open:
            return
        if refusal is not None:
            self.failed.emit(refusal)
        again = self._waiting.pop(name, None)
        if again is not None:
            self.start(name, again)
