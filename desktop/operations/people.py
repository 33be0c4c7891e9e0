"""What an operator can do with people: import, undo, opt out and in, edit, tag, erase, export, and keep segments."""

import asyncio
import csv
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.audience.rejects import formula_safe
from desktop.domain.consent import ImportRecord, ImportRules, RecoveredImport
from desktop.domain.contact import Contact, ContactBatch
from desktop.domain.errors import KnownError
from desktop.domain.ids import ContactId
from desktop.domain.operator import Deed, Permit, anybody
from desktop.domain.segment import Group, Segment
from desktop.engine.ports import Clock
from desktop.operations import importing
from desktop.operations.audit import Note, nowhere
from desktop.operations.importing import Preview, Report, read_preview
from desktop.operations.ports import (
    BatchCounts,
    ContactEdits,
    ContactWrites,
    ImportMarks,
    ImportWrites,
    PersonFacts,
    SegmentWrites,
    UndoneCounts,
)
from desktop.operations.reading import OpenReading, ReadingHere, ReadingOrder


@dataclass(frozen=True, slots=True)
class PeopleParts:
    """What the composition root hands over."""

    contacts: ContactWrites
    edits: ContactEdits
    imports: ImportWrites
    marks: ImportMarks
    segments: SegmentWrites
    library: PersonFacts
    clock: Clock
    rejects_folder: Path
    open_reading: OpenReading = ReadingHere
    permit: Permit = anybody  # asked before each deed; tells who acts
    note: Note = nowhere


def _unseen(_done: int) -> None:
    """Report progress to nobody."""


class People:
    """Intentions about people. Each one is durable when it returns."""

    def __init__(self, parts: PeopleParts) -> None:
        self._people = parts
        self._permit = parts.permit
        self._stop_import = False

    # Importing -----------------------------------------------------------------------------------------------------

    async def preview_import(self, path: Path) -> Preview:
        return await asyncio.to_thread(read_preview, path, (), "BR")

    async def import_contacts(
        self,
        path: Path,
        mapping: Sequence[tuple[str, str]],
        tags: Sequence[str],
        region: str,
        progress: Callable[[int, float], None],
        rejects_path: Path | None = None,
        rules: ImportRules | None = None,
    ) -> Report:
        """Import a file (see `importing.import_file`); refused rows go to `rejects_path`, or into the home.

        One that is cancelled, or breaks off, is taken back whole.

        Raises:
            KnownError: `import_cancelled`, besides those of `importing.import_file`.
        """
        by = await self._permit(Deed.PEOPLE)
        now = self._now()
        self._stop_import = False
        target = rejects_path or self._people.rejects_folder / f"{path.stem}-{now:%Y%m%d-%H%M%S}.csv"
        session = _Session(self._people.contacts, now, rules or ImportRules(f"import:{path.name}"), by)
        await self.recover_imports()
        with self._people.marks.hold(session.import_id, path.name):
            await self._people.imports.begin(session.import_id, path.name, now)
            try:
                report = await importing.import_file(
                    ReadingOrder(path, mapping, tags, region),
                    target,
                    session,
                    self._people.clock,
                    progress,
                    self._is_stopped,
                    self._people.open_reading,
                )
            except BaseException:
                # Also when the program is told to end: half an import is worse than none.
                await asyncio.shield(self._people.imports.undo(session.import_id, self._now(), by))
                self._people.marks.forget(session.import_id)
                raise
            result = report.result
            await self._people.imports.end(session.import_id, result.added, result.updated, self._now())
        return report

    async def recover_imports(self) -> Sequence[RecoveredImport]:
        """Take back what imports have written whose process was killed; return them, the newest first.

        One that a newer import followed can no longer be undone, and is only forgotten.
        """
        marks, found = self._people.marks, list[RecoveredImport]()
        for import_id, file in await asyncio.to_thread(marks.broken):
            last = await self._people.imports.last()
            if last is not None and last.id == import_id and last.ended_at is None and not last.is_undone:
                undone = await self._people.imports.undo(import_id, self._now())
                found.append(RecoveredImport(file, undone.removed, undone.restored))
            await asyncio.to_thread(marks.forget, import_id)
        return found

    async def paste_import(self, text: str) -> Path:
        """Keep a table from the clipboard as a file of the home, to be imported; return its path.

        Raises:
            KnownError: `nothing_pasted`, `file_not_writable`.
        """
        await self._permit(Deed.PEOPLE)
        if not text.strip():
            raise KnownError("nothing_pasted", "The clipboard holds no table.", "Copy the cells in the spreadsheet.")
        await self.drop_pasted()
        return await asyncio.to_thread(self._people.marks.keep_pasted, text, f"{self._now():%Y%m%d-%H%M%S}")

    async def drop_pasted(self) -> None:
        """Delete what was pasted."""
        await asyncio.to_thread(self._people.marks.drop_pasted)

    def cancel_import(self) -> None:
        """Ask the running import to end; what it has written is taken back."""
        self._stop_import = True

    async def last_import(self) -> ImportRecord | None:
        return await self._people.imports.last()

    async def undo_import(self) -> UndoneCounts:
        """Take the newest import back; whoever was changed or sent to since stays.

        Raises:
            KnownError: `nothing_to_undo`.
        """
        by = await self._permit(Deed.PEOPLE)
        found = await self._people.imports.last()
        if found is None or found.is_undone:
            raise KnownError("nothing_to_undo", "There is no import to undo.", "Only the newest one can be undone.")
        return await self._people.imports.undo(found.id, self._now(), by)

    def _is_stopped(self) -> bool:
        return self._stop_import

    # One person and many -------------------------------------------------------------------------------------------

    async def opt_out(self, phone: str) -> None:
        """Never send to this phone again. One that nobody knows yet is remembered, for the day it is imported."""
        by = await self._permit(Deed.PEOPLE)
        try:
            await self._people.contacts.opt_out(phone, self._now(), by)
        except KnownError as error:
            if error.code != "contact_not_found":
                raise
            session = _Session(self._people.contacts, self._now(), ImportRules("opt-out"), by)
            await session.add(ContactBatch([phone], [""], ["{}"], [()]))
            await self._people.contacts.opt_out(phone, self._now(), by)

    async def opt_in(self, phone: str, proof: str = "") -> None:
        """Record that a person agreed, now and as `proof` says; an opt-out is taken back."""
        await self._people.contacts.opt_in(phone, self._now(), await self._permit(Deed.PEOPLE), proof=proof.strip())

    async def erase(self, phone: str) -> None:
        await self._people.contacts.erase(phone, self._now(), await self._permit(Deed.DELETE))

    async def edit_contact(self, contact_id: ContactId, name: str, custom: Mapping[str, str]) -> Contact:
        return await self._people.edits.edit(contact_id, name, custom, self._now(), await self._permit(Deed.PEOPLE))

    async def tag_contacts(
        self, contact_ids: Sequence[ContactId], tag: str, is_on: bool, progress: Callable[[int], None] = _unseen
    ) -> Sequence[ContactId]:
        """Put a tag on people or take it off; return those for whom that changed something."""
        by = await self._permit(Deed.PEOPLE)
        return await self._people.edits.tag(contact_ids, tag, is_on, self._now(), by, progress=progress)

    async def opt_out_contacts(
        self, contact_ids: Sequence[ContactId], progress: Callable[[int], None] = _unseen
    ) -> int:
        by = await self._permit(Deed.PEOPLE)
        return await self._people.edits.opt_out(contact_ids, self._now(), by, progress=progress)

    async def export_contacts(self, path: Path) -> int:
        """Write everybody to a CSV that spreadsheets cannot be tricked by; return the number of rows.

        Raises:
            KnownError: `file_not_writable`.
        """
        by = await self._permit(Deed.EXPORT)
        contacts = self._people.contacts
        count = await asyncio.to_thread(lambda: _export(path, contacts.export_fields(), contacts.export()))
        await self._people.note("contacts_exported", by, people=count)
        return count

    async def export_some(self, path: Path, ids: Sequence[int]) -> int:
        """Write some people in the same way.

        Raises:
            KnownError: `file_not_writable`.
        """
        by = await self._permit(Deed.EXPORT)
        contacts = self._people.contacts
        count = await asyncio.to_thread(lambda: _export(path, contacts.export_fields(ids), contacts.export_some(ids)))
        await self._people.note("contacts_exported", by, people=count)
        return count

    async def export_person(self, phone: str, path: Path) -> None:
        """Write everything that is kept about one person as JSON, for that person.

        Raises:
            KnownError: `contact_not_found`, `file_not_writable`.
        """
        by = await self._permit(Deed.EXPORT)
        document = await self._people.library.person_data(phone)
        await asyncio.to_thread(_write_json, path, document)
        await self._people.note("person_exported", by)

    # Segments ------------------------------------------------------------------------------------------------------

    async def save_segment(self, name: str, rules: Group) -> Segment:
        """Create a segment, or replace the one of this name.

        Raises:
            KnownError: `bad_segment`, for an empty name.
        """
        by = await self._permit(Deed.PEOPLE)
        if not name.strip():
            raise KnownError("bad_segment", "name must be a text.", "Give the segment a name.", path="name")
        return await self._people.segments.save(name.strip(), rules, self._now(), by)

    async def rename_segment(self, name: str, new_name: str) -> Segment:
        """Give a segment another name; campaigns that name it follow.

        Raises:
            KnownError: `bad_segment` for an empty name, `segment_not_found`, `segment_name_taken`.
        """
        by = await self._permit(Deed.PEOPLE)
        if not new_name.strip():
            raise KnownError("bad_segment", "name must be a text.", "Give the segment a name.", path="name")
        return await self._people.segments.rename(name, new_name.strip(), self._now(), by)

    async def delete_segment(self, name: str) -> None:
        by = await self._permit(Deed.PEOPLE)
        await self._people.segments.delete(name, self._now(), by)

    def _now(self) -> datetime:
        return self._people.clock.now()


def _write_json(path: Path, document: Mapping[str, object]) -> None:
    try:
        path.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        why = error.strerror or "error"
        raise KnownError("file_not_writable", f"{path} cannot be written: {why}.", "Choose another place.") from error


def _export(path: Path, fields: Sequence[str], people: Iterator[Contact]) -> int:
    """Write people as CSV, `fields` are their custom ones; a million are never held at once."""
    count = 0
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, delimiter=";")
            writer.writerow(["phone", "name", "tags", "opted_out_at", *map(formula_safe, fields)])
            for contact in people:
                opted_out = contact.opted_out_at.isoformat() if contact.opted_out_at else ""
                cells = [contact.name, ",".join(contact.tags), opted_out]
                cells += [contact.custom.get(key, "") for key in fields]
                writer.writerow([contact.phone, *map(formula_safe, cells)])
                count += 1
    except OSError as error:
        why = error.strerror or "error"
        raise KnownError("file_not_writable", f"{path} cannot be written: {why}.", "Choose another place.") from error
    return count


class _Session:
    """The batches of one import, told apart from those of others by the moment that it began."""

    def __init__(self, contacts: ContactWrites, began_at: datetime, rules: ImportRules, by: str | None) -> None:
        self._contacts, self._began_at, self._rules, self._by = contacts, began_at, rules, by
        self.import_id = int(began_at.timestamp() * 1_000_000)

    async def add(self, contacts: ContactBatch) -> BatchCounts:
        return await self._contacts.bring(
            contacts, self._began_at, self.import_id, rules=self._rules, operator=self._by
        )
