"""One import of contacts from a file: look at it, say which column is what, run it, say what became of the rows."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QObject, Signal

from desktop.content.facts import field_key
from desktop.domain.errors import KnownError
from desktop.viewmodels.jobs import Jobs, Spawn
from desktop.viewmodels.ports import Control, ImportPreview, ImportReport, Library

PHONE, NAME, TAGS, OPT_IN = "phone", "name", "tags", "opt_in"
IGNORE = "ignore"
CUSTOM = "custom."


class ImportStep(StrEnum):
    CHOOSE = "choose"
    LOOK = "look"  # the file is being read
    MAP = "map"
    RUN = "run"
    DONE = "done"


class ImportViewModel(QObject):
    """One visit to the import dialog.

    Signals:
        changed: the step, the preview, the mapping or the report is another.
        progressed(object, float): rows read so far, and the share 0-1 of the file.
        imported(object): an `ImportResult`: the contacts are stored.
        undone(object, object): people who were removed, and people who are as they were before.
        failed(object): reading or importing was refused with this KnownError.
    """

    changed = Signal()
    progressed = Signal(object, float)
    imported = Signal(object)
    undone = Signal(object, object)
    failed = Signal(object)

    def __init__(
        self, library: Library, control: Control, spawn: Spawn, region: str = "BR", parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._control = control
        self._region = region
        self._clock = QElapsedTimer()
        self.jobs = Jobs(spawn, self)
        self.jobs.failed.connect(self.failed)
        self.reset()

    def reset(self) -> None:
        self.step = ImportStep.CHOOSE
        self.path: Path | None = None
        self.preview: ImportPreview | None = None
        self.report: ImportReport | None = None
        self.mapping: dict[str, str] = {}
        self.tags: tuple[str, ...] = ()
        self.known_tags: Sequence[str] = ()
        self.known_fields: Sequence[str] = ()
        self.rows_per_second = 0.0
        self.changed.emit()

    @property
    def can_run(self) -> bool:
        """A phone column is chosen: without one there is nothing to send to."""
        return self.step is ImportStep.MAP and PHONE in self.mapping.values()

    @property
    def is_running(self) -> bool:
        return self.step is ImportStep.RUN

    @property
    def columns(self) -> Sequence[str]:
        """The columns by their header, or by number from 1 when the file has none."""
        if self.preview is None:
            return ()
        width = max((len(row) for row in self.preview.rows), default=0)
        return self.preview.header or [str(number) for number in range(1, width + 1)]

    def custom_choices(self, column: str) -> Sequence[str]:
        """Return the custom fields that a column may be: its own name, then those that contacts have already."""
        own = self.mapping.get(column, "")
        names = [own] if own.startswith(CUSTOM) else [CUSTOM + field_key(column)]
        names += [CUSTOM + name for name in self.known_fields]
        return list(dict.fromkeys(names))

    def field_of(self, column: str) -> str | None:
        """Return phone, name, tags, opt_in, `custom.NAME`, or None when the column is not imported."""
        return self.mapping.get(column)

    def choose(self, path: Path) -> None:
        """Look at a file; whatever was chosen before is forgotten."""
        if self.is_running:
            return
        self.path = path
        self.step, self.preview, self.report = ImportStep.LOOK, None, None
        self.changed.emit()
        self.jobs.refresh("preview import", self._look)

    def set_field(self, column: str, field: str | None) -> None:
        """Say what a column is; a field belongs to one column at most."""
        mapping = {other: of for other, of in self.mapping.items() if other != column and of != field}
        if field is not None:
            mapping[column] = field
        self.mapping = mapping
        self.changed.emit()

    def set_tags(self, text: str) -> None:
        """Take tags that are separated by commas."""
        self.tags = tuple(dict.fromkeys(tag for tag in (part.strip() for part in text.split(",")) if tag))

    def run(self) -> None:
        if self.can_run:
            self.step = ImportStep.RUN
            self.changed.emit()
            self.jobs.start("import contacts", self._run)

    def cancel(self) -> None:
        """End the import that runs; what it has written is taken back."""
        if self.is_running:
            self._control.cancel_import()

    def undo(self) -> None:
        """Take the import that has just ended back."""
        if self.step is ImportStep.DONE:
            self.jobs.start("undo import", self._undo)

    async def _undo(self) -> None:
        undone = await self._control.undo_import()
        self.reset()
        self.undone.emit(undone.removed, undone.restored)

    async def _look(self) -> None:
        path = self.path
        assert path is not None
        try:
            preview = await self._control.preview_import(path)
            self.known_tags = [name for name, _count in await self._library.tags()]
            self.known_fields = await self._library.custom_fields()
        except KnownError:
            self.step = ImportStep.CHOOSE
            self.changed.emit()
            raise
        if path == self.path:
            self.preview = preview
            self.mapping = {column: _full_name(field) for field, column in preview.guess if field != IGNORE}
            self.step = ImportStep.MAP
            self.changed.emit()

    async def _run(self) -> None:
        assert self.path is not None
        # Columns that are left out are named too: what is not named would be guessed.
        pairs = [(self.mapping.get(column, IGNORE), column) for column in self.columns]
        self._clock.start()
        try:
            report = await self._control.import_contacts(self.path, pairs, self.tags, self._region, self._on_progress)
        except KnownError:
            self.step = ImportStep.MAP
            self.changed.emit()
            raise
        self.report = report
        self.step = ImportStep.DONE
        self.changed.emit()
        self.imported.emit(report.result)

    def _on_progress(self, rows: int, share: float) -> None:
        seconds = self._clock.elapsed() / 1000
        self.rows_per_second = rows / seconds if seconds > 0.5 else 0.0
        self.progressed.emit(rows, share)


def _full_name(field: str) -> str:
    """Write a custom field with its prefix, whoever named it."""
    is_fixed = field in (PHONE, NAME, TAGS, OPT_IN) or field.startswith(CUSTOM)
    return field if is_fixed else CUSTOM + field
