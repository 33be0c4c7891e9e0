"""One person at the side of the list: who they are, what they were sent, what they agreed to; edited with undo."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal

from desktop.domain.contact import ConsentStep, Contact, ContactHistory, ContactMessage
from desktop.domain.ids import ContactId
from desktop.viewmodels import formats
from desktop.viewmodels.jobs import Jobs, Spawn
from desktop.viewmodels.mark import QT_TRANSLATE_NOOP
from desktop.viewmodels.ports import Control, Library

translate = QCoreApplication.translate

_SOURCES: Mapping[str, str] = {
    "reply": QT_TRANSLATE_NOOP("Person", "by a reply"),
    "operator": QT_TRANSLATE_NOOP("Person", "by the operator"),
    "provider": QT_TRANSLATE_NOOP("Person", "in WhatsApp itself"),
    "import": QT_TRANSLATE_NOOP("Person", "import"),
    "file": QT_TRANSLATE_NOOP("Person", "in an imported file"),
}


class PersonViewModel(QObject):
    """The person who is looked at.

    Signals:
        changed: another person, or other facts about this one; None of `history` closes.
        edited(object): the `Contact` as it is now.
        exported(object): everything about the person is in the file at this path.
        erased(object): the name or phone of somebody who is not there any more.
        failed(object): a question or an intention was refused with this KnownError.
    """

    changed = Signal()
    edited = Signal(object)
    exported = Signal(object)
    erased = Signal(object)
    failed = Signal(object)

    def __init__(self, library: Library, control: Control, spawn: Spawn, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._control = control
        self.jobs = Jobs(spawn, self)
        self.jobs.failed.connect(self.failed)
        self.history: ContactHistory | None = None
        self.known_fields: Sequence[str] = ()
        self._wanted: ContactId | None = None
        self._before: list[Contact] = []
        self._edits: list[tuple[Contact, str | None, Mapping[str, str]]] = []  # whose, name, fields: in order

    @property
    def can_undo(self) -> bool:
        return bool(self._before)

    def open(self, contact_id: ContactId) -> None:
        self._wanted = contact_id
        self.jobs.refresh("load a person", self._load)

    def close(self) -> None:
        self._wanted = self.history = None

    def rename(self, name: str) -> None:
        person = self._person()
        if person is not None and name.strip() != person.name:
            self._edit(person, name.strip(), {})

    def set_field(self, key: str, value: str) -> None:
        """Change one custom field; an empty value takes it away."""
        person = self._person()
        if person is not None and key.strip() and value.strip() != person.custom.get(key.strip(), ""):
            self._edit(person, None, {key.strip(): value.strip()})

    def undo_edit(self) -> None:
        """Take the last edit back, whoever is looked at now."""
        if self._before:
            self.jobs.start("undo an edit", self._undo)

    def opt_out(self) -> None:
        person = self._person()
        if person is not None:
            self.jobs.start("opt a person out", lambda: self._opt(person, is_out=True))

    def opt_in(self, proof: str = "") -> None:
        """Record that the person agreed, on their own word; an opt-out is taken back."""
        person = self._person()
        if person is not None:
            self.jobs.start("opt a person in", lambda: self._opt(person, is_out=False, proof=proof))

    def export(self, path: Path) -> None:
        """Write everything that is kept about the person to a file, for the person (LGPD)."""
        person = self._person()
        if person is not None:
            self.jobs.start("export a person", lambda: self._export(person, path))

    def erase(self) -> None:
        """Erase the person for good (LGPD)."""
        person = self._person()
        if person is not None:
            self.jobs.start("erase a person", lambda: self._erase(person))

    def _person(self) -> Contact | None:
        return self.history.contact if self.history else None

    def _edit(self, person: Contact, name: str | None, fields: Mapping[str, str]) -> None:
        # One after the other: whoever edits two fields quickly must not lose the first.
        self._edits.append((person, name, fields))
        self.jobs.refresh("edit a person", self._store)

    async def _load(self) -> None:
        wanted = self._wanted
        if wanted is not None:
            history = await self._library.contact_history(wanted)
            self.known_fields = await self._library.custom_fields()
            if wanted == self._wanted:
                self.history = history
                self.changed.emit()

    async def _store(self) -> None:
        while self._edits:
            person, name, fields = self._edits.pop(0)
            shown = self._person()
            was = shown if shown is not None and shown.id == person.id else person
            now = await self._write(person.id, was.name if name is None else name, {**was.custom, **fields})
            self._before.append(was)
            if now.custom.keys() != was.custom.keys():
                self.changed.emit()
            self.edited.emit(now)

    async def _undo(self) -> None:
        was = self._before.pop()
        now = await self._write(was.id, was.name, was.custom)
        self.changed.emit()
        self.edited.emit(now)

    async def _write(self, contact_id: ContactId, name: str, custom: Mapping[str, str]) -> Contact:
        now = await self._control.edit_contact(contact_id, name, custom)
        if self.history is not None and self.history.contact.id == contact_id:
            self.history = replace(self.history, contact=now)
        return now

    async def _export(self, person: Contact, path: Path) -> None:
        await self._control.export_person(person.phone, path)
        self.exported.emit(path)

    async def _opt(self, person: Contact, *, is_out: bool, proof: str = "") -> None:
        if is_out:
            await self._control.opt_out_contacts([person.id])
        else:
            await self._control.opt_in(person.phone, proof)
        history = await self._library.contact_history(person.id)
        if self._wanted == person.id:
            self.history = history
            self.changed.emit()
        self.edited.emit(history.contact)

    async def _erase(self, person: Contact) -> None:
        await self._control.erase(person.phone)
        self._before = [was for was in self._before if was.id != person.id]
        self.close()
        self.changed.emit()
        self.erased.emit(person.name or formats.phone(person.phone))


def source(code: str) -> str:
    """Say where consent or its end came from; `import:FILE` names the file."""
    kind, _, name = code.partition(":")
    words = _SOURCES.get(kind)
    text = translate("Person", words) if words else kind.replace("_", " ")
    return f"{text} ({name})" if name else text


def consent_lines(history: ContactHistory) -> list[tuple[str, str]]:
    """Say what the person agreed to and when, as (what, how and when) lines in the order of time."""
    person = history.contact
    lines: list[tuple[str, str]] = []
    came_from = source(person.opt_in_source) if person.opt_in_source else ""
    if person.is_consented:
        at = formats.day(history.agreed_at or person.created_at)
        lines.append((translate("Person", "Agreed"), f"{at} · {came_from}" if came_from else at))
    else:
        lines.append((translate("Person", "Agreed"), translate("Person", "No record")))
        if came_from:
            lines.append((translate("Person", "Came by"), f"{formats.day(person.created_at)} · {came_from}"))
    if history.proof:
        lines.append((translate("Person", "Proof"), history.proof))
    lines += [_step(step) for step in history.consent]
    if person.opted_out_at is not None and not any(step.is_opt_out for step in history.consent):
        lines.append((translate("Person", "Opted out"), formats.day(person.opted_out_at)))
    return lines


def _step(step: ConsentStep) -> tuple[str, str]:
    what = translate("Person", "Opted out") if step.is_opt_out else translate("Person", "Agreed again")
    return what, f"{formats.day(step.at)} · {source(step.source)}" if step.source else formats.day(step.at)


def message_times(message: ContactMessage) -> list[tuple[str, str]]:
    """Say when what happened to a message, in the order of its life."""
    moments = (
        (translate("Person", "Sent"), message.sent_at),
        (translate("Person", "Delivered"), message.delivered_at),
        (translate("Person", "Read"), message.read_at),
        (translate("Person", "Replied"), message.replied_at),
    )
    return [(what, formats.moment(at)) for what, at in moments if at is not None]
