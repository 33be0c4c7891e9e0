"""One import of contacts from a file: look at it, say which column is what, run it, say what became of the rows."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import cast

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QObject, Signal

from desktop.audience.consent import read_consent
from desktop.content.facts import field_key
from desktop.domain.consent import ImportRules, KnownPolicy
from desktop.domain.errors import KnownError
from desktop.viewmodels.import_preview import CUSTOM, NAME, OPT_IN, PHONE, TAGS, PreviewLine, preview_lines
from desktop.viewmodels.jobs import Jobs, Spawn
from desktop.viewmodels.ports import Control, ImportPreview, ImportReport, Library

translate = QCoreApplication.translate

__all__ = ["CUSTOM", "IGNORE", "NAME", "OPT_IN", "PHONE", "TAGS", "ImportStep", "ImportViewModel"]

IGNORE = "ignore"

# Setting: headers (as a hash) → what the operator said of each column. Only the files of late are remembered.
MAPPINGS = "import.mappings"
_MOST_MAPPINGS = 50


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
        self.is_pasted = False
        self._pasted = ""
        self.preview: ImportPreview | None = None
        self.report: ImportReport | None = None
        self.mapping: dict[str, str] = {}
        self.tags: tuple[str, ...] = ()
        self.known_tags: Sequence[str] = ()
        self.known_fields: Sequence[str] = ()
        self.rows_per_second = 0.0
        self.seconds_left = 0.0
        self.known = KnownPolicy.UPDATE
        self.proof = ""
        self.agreed_on = ""
        self.changed.emit()

    @property
    def can_run(self) -> bool:
        """A phone column is chosen: without one there is nothing to send to."""
        return self.step is ImportStep.MAP and PHONE in self.mapping.values() and self.has_valid_day

    @property
    def has_valid_day(self) -> bool:
        """The day on which people agreed can be read, or is not said."""
        return not self.agreed_on or self._agreed_at() is not None

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

    @property
    def lines(self) -> Sequence[PreviewLine]:
        """The first rows as they will be stored."""
        if self.preview is None:
            return ()
        return preview_lines(self.preview.rows, self.columns, self.mapping, self._region)

    @property
    def title(self) -> str:
        """What is being imported: the name of the file, or that it was pasted."""
        if self.is_pasted:
            return translate("Importing", "the pasted table")
        return self.path.name if self.path else ""

    def paste(self, text: str) -> None:
        """Look at a table from the clipboard, as spreadsheets copy it."""
        if not self.is_running:
            self._pasted = text
            self.jobs.refresh("paste import", self._paste)

    async def _paste(self) -> None:
        self.choose(await self._control.paste_import(self._pasted), is_pasted=True)

    def choose(self, path: Path, *, is_pasted: bool = False) -> None:
        """Look at a file; whatever was chosen before is forgotten."""
        if self.is_running:
            return
        self.path = path
        self.is_pasted = is_pasted
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

    def set_known(self, known: KnownPolicy) -> None:
        """Say what becomes of people who are contacts already."""
        self.known = known

    def set_proof(self, text: str) -> None:
        """Say how the people of the file agreed; rows that say it themselves win."""
        self.proof = text.strip()

    def set_agreed_on(self, text: str) -> None:
        """Say on which day they agreed."""
        self.agreed_on = text.strip()
        self.changed.emit()

    def _agreed_at(self) -> datetime | None:
        mark = read_consent(self.agreed_on)
        return mark.at if mark else None

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
            remembered = await self._remembered()
            self.mapping = remembered.get(_key(self.columns)) or {
                column: _full_name(field) for field, column in preview.guess if field != IGNORE
            }
            self.step = ImportStep.MAP
            self.changed.emit()

    async def _run(self) -> None:
        assert self.path is not None
        # Columns that are left out are named too: what is not named would be guessed.
        pairs = [(self.mapping.get(column, IGNORE), column) for column in self.columns]
        self._clock.start()
        try:
            rules = ImportRules(f"import:{self.path.name}", self.proof, self._agreed_at(), self.known)
            report = await self._control.import_contacts(
                self.path, pairs, self.tags, self._region, self._on_progress, rules=rules
            )
            await self._remember()
        except KnownError:
            self.step = ImportStep.MAP
            self.changed.emit()
            raise
        if self.is_pasted:
            await self._control.drop_pasted()
        self.report = report
        self.step = ImportStep.DONE
        self.changed.emit()
        self.imported.emit(report.result)

    async def _remembered(self) -> dict[str, dict[str, str]]:
        """Return what was said of the columns of earlier files, the newest last."""
        stored = cast("dict[str, dict[str, str]] | None", await self._library.setting(MAPPINGS))
        return dict(stored) if isinstance(stored, dict) else {}

    async def _remember(self) -> None:
        """Keep what was said of these columns: the next file of the same kind needs no more work."""
        if self.preview is None or not self.preview.header:
            return
        remembered = await self._remembered()
        remembered.pop(_key(self.columns), None)
        remembered[_key(self.columns)] = dict(self.mapping)
        await self._control.set_setting(MAPPINGS, dict(list(remembered.items())[-_MOST_MAPPINGS:]))

    def _on_progress(self, rows: int, share: float) -> None:
        seconds = self._clock.elapsed() / 1000
        self.rows_per_second = rows / seconds if seconds > 0.5 else 0.0
        self.seconds_left = seconds * (1 - share) / share if share > 0 else 0.0
        self.progressed.emit(rows, share)


def _full_name(field: str) -> str:
    """Write a custom field with its prefix, whoever named it."""
    is_fixed = field in (PHONE, NAME, TAGS, OPT_IN) or field.startswith(CUSTOM)
    return field if is_fixed else CUSTOM + field


def _key(columns: Sequence[str]) -> str:
    """Name a set of headers, in their order."""
    return hashlib.sha256("\n".join(columns).encode()).hexdigest()[:16]
