"""The AI endpoint in the settings: address, model, key, prompt, prices, and what was spent."""

from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from desktop.domain.ai import AiAnswer, AiSettings, AiUsage
from desktop.viewmodels.jobs import Jobs, Spawn


class AiDesk(Protocol):
    """What an operator does with the endpoint; each may be refused with KnownError."""

    async def settings(self) -> AiSettings: ...

    async def has_key(self) -> bool: ...

    async def usage(self) -> AiUsage:
        """What was asked in the last 30 days."""
        ...

    async def set_up(self, settings: AiSettings, key: str | None = None) -> None:
        """Store how the endpoint is reached; None keeps the key, an empty one takes it away."""
        ...

    async def try_out(self) -> AiAnswer:
        """Ask for one word."""
        ...


class AiSettingsViewModel(QObject):
    """Signals:
    changed: `settings`, `has_key` or `usage` are others, or a test begins or ends.
    tried: the endpoint answered.
    failed(object): something was refused with this KnownError.
    """

    changed = Signal()
    tried = Signal()
    failed = Signal(object)

    def __init__(self, desk: AiDesk, spawn: Spawn, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.jobs = Jobs(spawn, self)
        self.jobs.failed.connect(self.failed)
        self.jobs.changed.connect(self._on_job_changed)
        self.settings = AiSettings()
        self.has_key = False
        self.usage = AiUsage()

    @property
    def is_trying(self) -> bool:
        return self.jobs.is_running("try AI")

    def activate(self) -> None:
        self.jobs.refresh("load AI settings", self._load)

    def deactivate(self) -> None:
        """Nothing costs time while it is hidden."""

    def change(self, settings: AiSettings) -> None:
        """Store other settings; the key stays."""
        if settings != self.settings:
            self._store(settings, None)

    def set_enabled(self, is_on: bool) -> None:
        self.change(replace(self.settings, is_enabled=is_on))

    def set_key(self, key: str) -> None:
        """Put a key into the keyring; an empty one takes it away."""
        self._store(self.settings, key.strip())

    def try_out(self) -> None:
        """Ask for one word, to see whether all is right."""

        async def work() -> None:
            try:
                await self._desk.try_out()
            finally:
                await self._load()
            self.tried.emit()

        self.jobs.start("try AI", work)

    def _store(self, settings: AiSettings, key: str | None) -> None:
        async def work() -> None:
            try:
                await self._desk.set_up(settings, key)
            finally:
                await self._load()

        self.jobs.refresh("store AI settings", work)

    async def _load(self) -> None:
        self.settings = await self._desk.settings()
        self.has_key = await self._desk.has_key()
        self.usage = await self._desk.usage()
        self.changed.emit()

    def _on_job_changed(self, name: str) -> None:
        if name == "try AI":
            self.changed.emit()
