"""What Meta says of one number of the Cloud API and of its account's templates, asked when somebody looks."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from desktop.domain.instance import Instance
from desktop.domain.template import MessageTemplate, NumberFacts
from desktop.viewmodels.jobs import Jobs, Spawn
from desktop.viewmodels.ports import Control


class ProviderViewModel(QObject):
    """One look at a number.

    Signals:
        changed: `facts`, `templates` or `is_loading` are others.
        failed(object): the question was refused with this KnownError.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, instance: Instance, control: Control, spawn: Spawn, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.instance = instance
        self._control = control
        self.facts: NumberFacts | None = None
        self.templates: Sequence[MessageTemplate] = ()
        self.jobs = Jobs(spawn, self)
        self.jobs.changed.connect(self._on_job_changed)
        self.jobs.failed.connect(self.failed)

    @property
    def is_loading(self) -> bool:
        return self.jobs.is_running("ask provider")

    def load(self) -> None:
        """Ask Meta, now and again at each call."""
        self.jobs.start("ask provider", self._load)

    async def _load(self) -> None:
        facts = await self._control.provider_facts(self.instance.id)
        templates = await self._control.refresh_templates(self.instance.id)
        self.facts = facts
        self.templates = sorted(templates, key=lambda each: (each.name, each.language))

    def _on_job_changed(self, _name: str) -> None:
        self.changed.emit()
