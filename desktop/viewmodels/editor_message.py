"""Step "message" of the editor: the variations, what is wrong in them and where, and how one person would read them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from PySide6.QtCore import QObject, Signal

from desktop.content.cloud_template import ReadTemplate, parameter_texts, read_use
from desktop.content.facts import ContactFacts, field_key
from desktop.content.formatting import TEXT_LIMIT, TextLength, measure, to_html, utf16_offset
from desktop.content.nodes import TemplateProblem
from desktop.content.template import Rendered, Template, longest_text, parse
from desktop.content.variations import choice_seed
from desktop.domain.campaign import Media, MessageDraft
from desktop.domain.contact import Contact
from desktop.domain.template import FrozenTemplate, MessageTemplate, TemplateUse
from desktop.viewmodels.editor import EditorViewModel
from desktop.viewmodels.jobs import Jobs, Spawn
from desktop.viewmodels.ports import Library

MOST_VARIATIONS = 10
WEIGHTS = (0, 100)  # With 0 a variation is kept, but nobody gets it.


@dataclass(frozen=True, slots=True)
class Preview:
    """How one contact would read the variation; `html` is None when it cannot be written, `missing` says why.

    `footer` (plain text) and `buttons` are those of a template.
    """

    contact: Contact | None
    number: int  # of the contact in the sample, from 1; 0 without a sample, or for somebody else of the audience
    of: int
    html: str | None
    missing: tuple[str, ...] = ()
    footer: str = ""
    buttons: tuple[str, ...] = ()
    surplus: int = 0  # signs (UTF-16 units) by which the text is too long for this contact


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem is, in Qt's positions (an emoji counts two)."""

    start: int
    end: int
    problem: TemplateProblem


@dataclass(frozen=True, slots=True)
class TextFacts:
    """What is known of one text."""

    places: tuple[Place, ...]
    length: TextLength
    distinct_count: int  # texts that its choices can give; 0 while the text has problems


def facts_of(text: str, limit: int = TEXT_LIMIT) -> TextFacts:
    """Read a text; `limit` is its greatest length in UTF-16 units."""
    parsed = parse(text)
    if isinstance(parsed, Template):
        return TextFacts((), measure(longest_text(parsed), limit), parsed.distinct_count)
    places = (Place(utf16_offset(text, found.start), utf16_offset(text, found.end), found) for found in parsed)
    return TextFacts(tuple(places), measure(text, limit), 0)


def plain_html(text: str) -> str:
    """Return a text as a bubble shows it, its variables as they are written."""
    return to_html(text)


def template_html(template: MessageTemplate) -> tuple[str, str, tuple[str, ...]]:
    """Return a template as a bubble shows it, with its placeholders: the text, the footer, the buttons."""
    use = TemplateUse(template.name, template.language)
    read = read_use(FrozenTemplate(use, template.parameter_format, template.components), None, Random(0))
    return _with_header(read), read.footer, read.buttons


def _with_header(read: ReadTemplate) -> str:
    return to_html((f"*{read.header}*\n" if read.header else "") + read.body)


def required_fields(message: MessageDraft) -> frozenset[str]:
    """Return the fields that each person must have for this message: `name`, `custom.KEY`."""
    texts = [message.text] if message.template is None else parameter_texts(message.template)
    parsed = (parse(text) for text in texts)
    return frozenset[str]().union(*(each.required_fields for each in parsed if isinstance(each, Template)))


def variable(field_name: str) -> str:
    """Write a field as it stands in a message: `name`, `phone` or the name of a custom field."""
    known = {"name": "contact.name", "phone": "contact.phone"}
    return "{{" + known.get(field_name, f"contact.custom.{field_key(field_name)}") + "}}"


class MessageViewModel(QObject):
    """Follow the messages of the draft, one of them under the operator's hands.

    Signals:
        variations_changed: there are more or fewer of them, another one is chosen, or a weight is another.
        text_changed: the text of the chosen variation is another one, or another one was chosen.
        preview_changed: `preview` is another one.
        fields_changed: `custom_fields` are others.
        failed(object): a question was refused with this KnownError.
    """

    variations_changed = Signal()
    text_changed = Signal()
    preview_changed = Signal()
    fields_changed = Signal()
    failed = Signal(object)

    def __init__(self, editor: EditorViewModel, library: Library, spawn: Spawn, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._library = library
        self.jobs = Jobs(spawn, self)
        self.jobs.failed.connect(self.failed)
        self.custom_fields: Sequence[str] = ()
        self.index = 0
        self._sample: Sequence[Contact] = ()
        self._guest: Contact | None = None  # somebody who was looked for, instead of one of the sample
        self._definitions: dict[tuple[str, str], MessageTemplate] = {}
        self._reader = 0
        self._roll = 0
        self.facts = facts_of("")
        self.preview = Preview(None, 0, 0, "")
        editor.loaded.connect(self._on_loaded)
        editor.draft_changed.connect(self._on_draft_changed)

    @property
    def messages(self) -> Sequence[MessageDraft]:
        return self._editor.draft.messages or (MessageDraft(""),)

    @property
    def message(self) -> MessageDraft:
        """The chosen variation."""
        return self.messages[self.index]

    @property
    def text(self) -> str:
        return self.message.text

    @property
    def weight(self) -> int:
        return self.messages[self.index].weight

    @property
    def share(self) -> float:
        """Share 0-1 of the audience that gets the chosen variation."""
        weights = sum(message.weight for message in self.messages)
        return self.weight / weights if weights else 0.0

    @property
    def can_add(self) -> bool:
        return len(self.messages) < MOST_VARIATIONS

    def refresh(self) -> None:
        self.jobs.refresh("load custom fields", self._load_fields)

    def set_text(self, text: str) -> None:
        if text != self.text:
            self._replace(self.index, replace(self.messages[self.index], text=text))
            self._show_text()

    def set_media(self, index: int, media: Media | None) -> None:
        """Attach a file to a variation, or take it away."""
        self._replace(index, replace(self.messages[index], media=media))
        self._show_text()

    def set_message(self, message: MessageDraft) -> None:
        """Let the chosen variation be another message."""
        self._replace(self.index, message)
        self._show_text()

    def replace_all(self, messages: Sequence[MessageDraft]) -> None:
        """Let the draft have these variations instead of its own; the first one is chosen."""
        self._editor.set_messages(messages)
        self.index = 0
        self.variations_changed.emit()
        self._show_text()

    def set_weight(self, weight: int) -> None:
        self._replace(self.index, replace(self.messages[self.index], weight=weight))
        self.variations_changed.emit()

    def choose(self, index: int) -> None:
        if index != self.index and 0 <= index < len(self.messages):
            self.index = index
            self.variations_changed.emit()
            self._show_text()

    def add_variation(self) -> None:
        """Add a copy of the chosen variation: alternatives are usually small changes of one text."""
        if self.can_add:
            self._editor.set_messages([*self.messages, replace(self.message, weight=1)])
            self.choose(len(self.messages) - 1)

    def remove_variation(self) -> None:
        if len(self.messages) > 1:
            kept = [message for n, message in enumerate(self.messages) if n != self.index]
            self.index = min(self.index, len(kept) - 1)
            self._editor.set_messages(kept)
            self.variations_changed.emit()
            self._show_text()

    # Preview

    def set_sample(self, contacts: Sequence[Contact]) -> None:
        """Say for whom the preview can be shown."""
        if contacts != self._sample:
            self._guest = None
        self._sample = contacts
        self._reader = min(self._reader, max(0, len(contacts) - 1))
        self._make_preview()

    def show_next(self, step: int = 1) -> None:
        """Show the message as the next (or with -1 the last) contact of the sample reads it."""
        if self._sample:
            # After somebody who was looked for it goes on with the one that was shown before.
            self._reader = (self._reader + (step if self._guest is None else 0)) % len(self._sample)
            self._guest = None
            self._make_preview()

    def show_contact(self, contact: Contact) -> None:
        """Show the message as somebody reads it who need not be in the sample."""
        self._guest = contact
        self._make_preview()

    @property
    def reader(self) -> Contact | None:
        """Whose preview is shown."""
        if self._guest is not None:
            return self._guest
        return self._sample[self._reader] if self._sample else None

    def set_definitions(self, templates: Sequence[MessageTemplate]) -> None:
        """Say which templates there are, so that one can be shown."""
        self._definitions = {(template.name, template.language): template for template in templates}
        self._make_preview()

    def definition(self, use: TemplateUse) -> MessageTemplate | None:
        """Return what Meta said of a template; None when it is not known."""
        return self._definitions.get((use.name, use.language))

    def previews(self) -> Sequence[Preview]:
        """Return how each contact of the sample would read the chosen variation, in its order."""
        return [self._preview(contact, number) for number, contact in enumerate(self._sample, 1)]

    def roll(self) -> None:
        """Show another result of the choices."""
        self._roll += 1
        self._make_preview()

    def _replace(self, index: int, message: MessageDraft) -> None:
        self._editor.set_messages([message if n == index else other for n, other in enumerate(self.messages)])

    def _on_draft_changed(self) -> None:
        """Count anew when other numbers are to send: their gateways may take longer texts, or only shorter ones."""
        if self.index < len(self.messages) and self.facts.length.limit != self._editor.length_limit(self.message):
            self._show_text()

    def _show_text(self) -> None:
        self.facts = facts_of(self.text, self._editor.length_limit(self.message))
        self.text_changed.emit()
        self._make_preview()

    def _make_preview(self) -> None:
        is_of_sample = self._guest is None and self._sample
        self.preview = self._preview(self.reader, self._reader + 1 if is_of_sample else 0)
        self.preview_changed.emit()

    def _preview(self, contact: Contact | None, number: int) -> Preview:
        of = len(self._sample)
        if self.message.template is not None:
            return self._template_preview(self.message.template, contact, number)
        parsed = parse(self.text)
        if not isinstance(parsed, Template):
            return Preview(contact, number, of, None)
        if contact is None:
            # Without a contact the variables are shown as they are written.
            return Preview(None, 0, 0, to_html(self.text))
        facts = ContactFacts(contact.phone, contact.name, contact.custom)
        missing = tuple(dict.fromkeys(problem.detail for problem in parsed.problems_for(facts)))
        rendered = parsed.render(facts, Random(self.seed(contact)))
        html = to_html(rendered.text) if isinstance(rendered, Rendered) else None
        limit = self._editor.length_limit(self.message)
        surplus = max(0, -measure(rendered.text, limit).remaining) if isinstance(rendered, Rendered) else 0
        return Preview(contact, number, of, html, missing, surplus=surplus)

    def _template_preview(self, use: TemplateUse, contact: Contact | None, number: int) -> Preview:
        of, definition = len(self._sample), self.definition(use)
        if definition is None:
            return Preview(contact, number, of, None)
        frozen = FrozenTemplate(use, definition.parameter_format, definition.components)
        facts = ContactFacts(contact.phone, contact.name, contact.custom) if contact else None
        read = read_use(frozen, facts, Random(self.seed(contact) if contact else 0))
        return Preview(contact, number, of, _with_header(read), read.missing, footer=read.footer, buttons=read.buttons)

    def seed(self, contact: Contact) -> int:
        """Return the seed of the real message: until the dice are thrown again, this is what the person will get."""
        return choice_seed(self._editor.campaign_id or 0, contact.phone) + self._roll

    async def _load_fields(self) -> None:
        self.custom_fields = await self._library.custom_fields()
        self.fields_changed.emit()

    def _on_loaded(self) -> None:
        self.index = self._roll = 0
        self._guest = None
        self.variations_changed.emit()
        self._show_text()
