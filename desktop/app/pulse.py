"""Notices that the database takes nothing at the moment: another program has locked it, or much is being written."""

import asyncio
from collections.abc import Callable

from desktop.domain.errors import KnownError

EVERY_S = 2.0
BUSY_AFTER_S = 5.0  # a large import or start holds the writer for a second or two


class Pulse:
    """Writes nothing, again and again, and looks how long that takes.

    Args:
        write: asks for an empty transaction after everything that waits for the writer.
        told: hears of each change: whether the database is busy.
    """

    def __init__(self, write: Callable[[], asyncio.Future[None]], told: Callable[[bool], None]) -> None:
        self._write, self._told = write, told

    async def run(self) -> None:
        """Look for ever. What stops the database for good is told by whoever writes something."""
        while True:
            await asyncio.sleep(EVERY_S)
            await self.look()

    async def look(self) -> None:
        """Look once; returns when the database has taken it, or has refused it."""
        writing = self._write()
        done, _ = await asyncio.wait({writing}, timeout=BUSY_AFTER_S)
        if not done:
            self._told(True)
        try:
            await writing
        except KnownError:
            return  # told by whoever wanted to write something
        finally:
            if not done:
                self._told(False)
