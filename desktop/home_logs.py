"""The log files of an open home, as its machine settings say: by level, and by campaign."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Protocol

from desktop.campaign_logs import CampaignLogs
from desktop.domain.errors import KnownError
from desktop.domain.events import Event
from desktop.logs import LogFiles
from desktop.paths import Home
from desktop.settings import LEVELS, LogSettings, read_log_settings, write_log_settings


class Bus(Protocol):
    """What tells of committed events."""

    def subscribe(self, listener: Callable[[Sequence[Event]], None]) -> Callable[[], None]: ...


class HomeLogs:
    """One for a process and its home. Nothing of it may be used on the GUI thread except `follow`.

    Args:
        environment: `CADENCIA_LOG_LEVEL` goes before the setting: for a worker that runs without a window.
    """

    def __init__(self, home: Home, environment: Mapping[str, str] = os.environ) -> None:
        self._home = home
        self.settings = read_log_settings(home)
        wanted = environment.get("CADENCIA_LOG_LEVEL", "").upper()
        if wanted in LEVELS:
            self.settings = replace(self.settings, level=wanted)
        self._files = LogFiles()
        self._campaigns = CampaignLogs(home.logs)

    @property
    def folder(self) -> Path:
        """Where the files are."""
        return self.settings.folder or self._home.logs

    def open(self) -> None:
        """Begin to log. Where the chosen folder cannot be used any more, the home's is: no reason not to start."""
        if self.settings.folder is not None and not _is_writable(self.settings.folder):
            self.settings = replace(self.settings, folder=None)
        self._reopen()

    def follow(self, bus: Bus) -> None:
        """Write what happens to campaigns, as long as the bus lives."""
        bus.subscribe(lambda events: self._campaigns.on_events(events))

    def change(self, chosen: LogSettings) -> None:
        """Store another choice and go on with it at once.

        Raises:
            KnownError: `log_folder_unusable`, `file_not_writable`; then nothing has changed.
        """
        if chosen.folder is not None and not _is_writable(chosen.folder):
            raise KnownError(
                "log_folder_unusable", f"Nothing can be written to {chosen.folder}.", "Choose another folder."
            )
        write_log_settings(self._home, chosen)
        self.settings = chosen
        self._reopen()

    def close(self) -> None:
        self._campaigns.close()
        self._files.close()

    def _reopen(self) -> None:
        self._campaigns.close()
        self._campaigns = CampaignLogs(self.folder, is_full=self.settings.level == "DEBUG")
        self._files.open(self.folder, self.settings.level)


def _is_writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(prefix=".write-test-", dir=folder):
            return True
    except OSError:
        return False
