"""Templates of Meta in the editor: choose one from the list as it was read last, and say what stands in its places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from desktop.content.cloud_template import Place, Shape, Slot, UseProblem, problems_of, shape_of
from desktop.content.facts import field_key
from desktop.content.nodes import TemplateProblem
from desktop.content.template import Template, parse
from desktop.domain.instance import Gateway, Instance
from desktop.domain.saved_message import folded
from desktop.domain.template import NAMED, SENDABLE, MessageTemplate, TemplateUse, body_of
from desktop.viewmodels.editor import EditorViewModel
from desktop.viewmodels.editor_message import MessageViewModel
from desktop.viewmodels.jobs import Jobs, Spawn
from desktop.viewmodels.message_ports import MessageQuestions
from desktop.viewmodels.ports import Control

Key = tuple[str, str]  # name and language


@dataclass(frozen=True, slots=True)
class Filter:
    """What the list shows; empty means all of it."""

    text: str = ""
    status: str = ""
    language: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A place of the chosen template with what the draft says stands there."""

    slot: Slot
    text: str
    problems: tuple[TemplateProblem, ...] = ()


class TemplateViewModel(QObject):
    """Follow the templates of the accounts of the draft's numbers, and the one that the chosen variation uses.

    Signals:
        changed: `templates`, `found` or what is chosen are others.
        refreshed: Meta was asked, and `templates` are as they are there now.
        failed(object): a question or the refresh was refused with this KnownError.
    """

    changed = Signal()
    refreshed = Signal()
    failed = Signal(object)

    def __init__(
        self,
        editor: EditorViewModel,
        message: MessageViewModel,
        library: MessageQuestions,
        control: Control,
        spawn: Spawn,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._message = message
        self._library = library
        self._control = control
        self.jobs = Jobs(spawn, self)
        self.jobs.failed.connect(self.failed)
        self.jobs.changed.connect(self._on_job_changed)
        self.where = Filter(status=SENDABLE)
        self._all: Sequence[MessageTemplate] = ()
        self._numbers: Sequence[Instance] = ()
        message.text_changed.connect(self.changed)

    # The list

    @property
    def numbers(self) -> Sequence[Instance]:
        """The Cloud API numbers of the draft; all there are before one is chosen."""
        cloud = [number for number in self._numbers if number.gateway is Gateway.CLOUD]
        chosen = [number for number in cloud if number.name in self._editor.draft.instances]
        return chosen or cloud

    @property
    def templates(self) -> Sequence[MessageTemplate]:
        """What every account of these numbers has: a template of one account alone could not be sent by the others."""
        accounts = list(dict.fromkeys(number.waba_id for number in self.numbers))
        first = [template for template in self._all if accounts and template.waba_id == accounts[0]]
        others = [{_key(each) for each in self._all if each.waba_id == account} for account in accounts[1:]]
        return [template for template in first if all(_key(template) in keys for keys in others)]

    @property
    def found(self) -> Sequence[MessageTemplate]:
        """Those that the filter lets through."""
        where, words = self.where, folded(self.where.text).split()
        return [
            template
            for template in self.templates
            if where.status in ("", template.status)
            and where.language in ("", template.language)
            and where.category in ("", template.category)
            and all(word in folded(f"{template.name} {body_of(template.components)}") for word in words)
        ]

    @property
    def statuses(self) -> Sequence[str]:
        return sorted({template.status for template in self.templates} | {SENDABLE})

    @property
    def languages(self) -> Sequence[str]:
        return sorted({template.language for template in self.templates})

    @property
    def categories(self) -> Sequence[str]:
        return sorted({template.category for template in self.templates})

    @property
    def is_refreshing(self) -> bool:
        return self.jobs.is_running("read templates")

    def refresh(self) -> None:
        """Ask the database, not Meta."""
        self.jobs.refresh("load templates", self._load)

    def read_again(self) -> None:
        """Ask Meta for the templates of each account."""
        self.jobs.start("read templates", self._read_again)

    def filter(self, where: Filter) -> None:
        self.where = where
        self.changed.emit()

    # The chosen one

    @property
    def use(self) -> TemplateUse | None:
        return self._message.message.template

    @property
    def definition(self) -> MessageTemplate | None:
        """What Meta said of the chosen template; None when it is not known, or not any more."""
        return self._message.definition(self.use) if self.use else None

    @property
    def shape(self) -> Shape | None:
        return shape_of(self.definition.components) if self.definition else None

    @property
    def fields(self) -> Sequence[Field]:
        """The places of the chosen template, in the order in which they are read."""
        use, shape = self.use, self.shape
        if use is None or shape is None:
            return ()
        return [_field(slot, dict(use.parameters)) for slot in shape.slots]

    @property
    def problems(self) -> Sequence[UseProblem]:
        """Why Meta would refuse it as it is used now."""
        use, definition = self.use, self.definition
        return problems_of(use, self._message.message.media, definition) if use and definition else ()

    @staticmethod
    def unsupported(template: MessageTemplate) -> str | None:
        """Name the part of a template that cannot be sent from here; None when there is none."""
        return shape_of(template.components).unsupported

    @staticmethod
    def header_media(template: MessageTemplate) -> str | None:
        """Say which kind of file stands in the header; None for none."""
        return shape_of(template.components).header_media

    def choose(self, template: MessageTemplate) -> None:
        """Let the chosen variation be this template; what was said of places that it has too is kept."""
        if not self._editor.is_editable:
            return
        before: Mapping[str, str] = dict(self.use.parameters) if self.use else {}
        shape = shape_of(template.components)
        kept = tuple((slot.key, before[slot.key]) for slot in shape.slots if slot.key in before)
        given = {key for key, _text in kept}
        guessed = tuple(
            (slot.key, guess)
            for slot in shape.slots
            if slot.key not in given and (guess := self._guess(slot, template))
        )
        message = self._message.message
        has_place = message.media is not None and message.media.kind == shape.header_media
        use = TemplateUse(template.name, template.language, kept + guessed)
        self._message.set_message(replace(message, text="", template=use, media=message.media if has_place else None))

    def leave(self) -> None:
        """Let the chosen variation be a text again, with that of the template to begin with."""
        if self.use is not None and self._editor.is_editable:
            text = body_of(self.definition.components) if self.definition else ""
            for field in self.fields:
                if field.slot.place is Place.BODY and field.text:
                    text = text.replace("{{" + field.slot.name + "}}", field.text)
            if not isinstance(parse(text), Template):
                text = ""
            self._message.set_message(replace(self._message.message, text=text, template=None))

    def set_parameter(self, key: str, text: str) -> None:
        """Say what stands in a place, in the language of variables; an empty text takes it away."""
        use = self.use
        if use is None or not self._editor.is_editable or dict(use.parameters).get(key, "") == text:
            return
        parameters = {**dict(use.parameters), key: text}
        if not text:
            del parameters[key]
        changed = replace(use, parameters=tuple(parameters.items()))
        self._message.set_message(replace(self._message.message, template=changed))

    def _guess(self, slot: Slot, template: MessageTemplate) -> str:
        """Return a field of the contact that a named placeholder speaks of; nothing for a number."""
        if template.parameter_format != NAMED or slot.place is Place.BUTTON:
            return ""
        name = slot.name.casefold()
        if name in ("nome", "name", "primeiro_nome", "first_name", "customer_name"):
            return "{{contact.name|first}}"
        fields = {field_key(field) for field in self._message.custom_fields}
        return "{{contact.custom." + name + "}}" if name in fields else ""

    async def _load(self) -> None:
        self._numbers = [summary.instance for summary in await self._library.instances()]
        self._all = await self._library.templates()
        self._message.set_definitions(self._all)
        self.changed.emit()

    async def _read_again(self) -> None:
        await self._load()
        accounts = {number.waba_id: number for number in self.numbers}
        for number in accounts.values():
            await self._control.refresh_templates(number.id)
        await self._load()
        self.refreshed.emit()

    def _on_job_changed(self, name: str) -> None:
        if name == "read templates":
            self.changed.emit()


def _key(template: MessageTemplate) -> Key:
    return template.name, template.language


def _field(slot: Slot, texts: Mapping[str, str]) -> Field:
    text = texts.get(slot.key, "")
    if slot.place is Place.HEADER and not text and slot.name not in texts:
        text = texts.get(slot.name, "")
    parsed = parse(text)
    return Field(slot, text, () if isinstance(parsed, Template) else parsed)
