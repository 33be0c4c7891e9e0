"""Committed events, handed to whoever listens, in order, on the loop's thread."""

import logging
from collections.abc import Callable, Sequence

from desktop.domain.events import Event

log = logging.getLogger(__name__)

Listener = Callable[[Sequence[Event]], None]


class Bus:
    """A plain list of listeners. One that raises is reported and does not keep the others from hearing."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with each batch from now on; return the function that ends it."""
        self._listeners.append(listener)

        def end() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return end

    def publish(self, events: Sequence[Event]) -> None:
        for listener in tuple(self._listeners):
            try:
                listener(events)
            except Exception:
                log.exception("a listener of the event bus failed")
