"""Templates of Meta's Cloud API: which placeholders one has, what is wrong with its use, and its values for one person.

A parameter of a draft is named by its placeholder: `1` or `first_name` in the body, `header.1` in the header (plain `1`
too, when the body has none of that name), `button.0` for the button at position 0: the tail of its address, the payload
of a quick reply or the code to copy. Source: gateways.md §§2.C, 3.C.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from random import Random
from typing import cast

from desktop.content.facts import ContactFacts
from desktop.content.template import MissingValue, Template, parse
from desktop.domain.campaign import Media
from desktop.domain.errors import BugError
from desktop.domain.template import (
    NAMED,
    SENDABLE,
    Component,
    FrozenTemplate,
    MessageTemplate,
    OutgoingTemplate,
    TemplateUse,
)

_PLACEHOLDER = re.compile(r"\{\{\s*(\w+)\s*\}\}")
# Meta refuses values with line breaks, tabs or long runs of spaces, and then the whole campaign would stop.
_BLANKS = re.compile(r"[\r\n\t\v\f\x85\u2028\u2029 ]+")
_BREAKS = re.compile(r"[\r\n\t\v\f\x85\u2028\u2029]")
_HEADER_FILES: Mapping[str, str] = {"IMAGE": "image", "VIDEO": "video", "DOCUMENT": "document"}
_PLAIN_BUTTONS = frozenset({"PHONE_NUMBER", "VOICE_CALL", "REQUEST_CONTACT_INFO"})
_PLAIN_PARTS = frozenset({"FOOTER"})


class Place(StrEnum):
    HEADER = "header"
    BODY = "body"
    BUTTON = "button"


# The parts with a text that is read, in their order, and whose values stand in it.
_READ: Mapping[str, Place | None] = {"HEADER": Place.HEADER, "BODY": Place.BODY, "FOOTER": None}


@dataclass(frozen=True, slots=True)
class Slot:
    """Something that a template is to be told for each person."""

    key: str  # the name of the parameter in a draft
    place: Place
    name: str  # the placeholder's name; of a button its sub-type: url, quick_reply, copy_code
    index: int = 0  # position of a button in the template
    is_required: bool = True


@dataclass(frozen=True, slots=True)
class Shape:
    """What a template asks for. `unsupported` names the first part that cannot be filled in here, else None."""

    slots: tuple[Slot, ...]
    header_media: str | None  # image, video, document
    unsupported: str | None = None


class UseProblemCode(StrEnum):
    NOT_APPROVED = "template_not_approved"
    UNSUPPORTED = "template_unsupported"
    MEDIA_MISSING = "template_media_missing"
    MEDIA_WRONG = "template_media_wrong"
    UNMAPPED = "template_unmapped"
    SURPLUS = "template_surplus"
    EMPTY = "template_value_empty"
    BREAKS = "template_value_breaks"


@dataclass(frozen=True, slots=True)
class UseProblem:
    code: UseProblemCode
    facts: Mapping[str, object] = field(default_factory=dict[str, object])


@dataclass(frozen=True, slots=True)
class RenderedUse:
    """A template for one person; `text` is what the person will read: header, body and footer."""

    template: OutgoingTemplate
    text: str


@dataclass(frozen=True, slots=True)
class ReadTemplate:
    """A template as one person reads it, part by part; `missing` are fields that this person lacks."""

    header: str
    body: str
    footer: str
    buttons: tuple[str, ...]
    missing: tuple[str, ...] = ()


def shape_of(components: Sequence[Component]) -> Shape:
    """Read which values and which file a template needs."""
    body = _part(components, "BODY")
    in_body = tuple(_names(body))
    slots = [Slot(name, Place.BODY, name) for name in in_body]
    header_media: str | None = None
    unsupported: str | None = None
    for component in components:
        kind = _word(component, "type")
        if kind == "HEADER":
            form = _word(component, "format") or "TEXT"
            header_media = _HEADER_FILES.get(form)
            if form != "TEXT" and header_media is None:
                unsupported = unsupported or form
            slots = [Slot(f"header.{name}", Place.HEADER, name) for name in _names(component)] + slots
        elif kind == "BUTTONS":
            for index, button in enumerate(_objects(component.get("buttons"))):
                slot = _button_slot(index, button)
                if isinstance(slot, Slot):
                    slots.append(slot)
                else:
                    unsupported = unsupported or slot
        elif kind != "BODY" and kind not in _PLAIN_PARTS:
            unsupported = unsupported or kind or "?"
    return Shape(tuple(slots), header_media, unsupported)


def problems_of(use: TemplateUse, media: Media | None, definition: MessageTemplate) -> tuple[UseProblem, ...]:
    """Say why a use of this template could not be sent, in the order in which an operator would mend it."""
    if definition.status != SENDABLE:
        return (UseProblem(UseProblemCode.NOT_APPROVED, {"status": definition.status}),)
    shape = shape_of(definition.components)
    if shape.unsupported is not None:
        return (UseProblem(UseProblemCode.UNSUPPORTED, {"part": shape.unsupported}),)
    return tuple(_media_problems(shape, media)) + tuple(_value_problems(shape, use))


def parameter_texts(use: TemplateUse) -> tuple[str, ...]:
    """Return the texts that are written for each person, in the variables language."""
    return tuple(text for _key, text in use.parameters)


def render_use(frozen: FrozenTemplate, contact: ContactFacts, rng: Random) -> RenderedUse | MissingValue:
    """Write the values for one person; the same contact, use and state of `rng` always give the same result.

    A value that has nothing in it is missing: Meta would refuse the message, and with it the whole campaign.
    """
    shape = shape_of(frozen.components)
    given = _given(shape, frozen.use)
    values: dict[Slot, str] = {}
    for slot in shape.slots:
        text = given.get(slot)
        if text is None:
            continue
        value = _parsed(text).render(contact, rng)
        if isinstance(value, MissingValue):
            return value
        flat = _BLANKS.sub(" ", value.text).strip()
        if not flat and slot.is_required:
            return MissingValue(slot.key)
        if flat:
            values[slot] = flat
    return RenderedUse(_outgoing(frozen, shape, values), _read(frozen.components, values))


def read_use(frozen: FrozenTemplate, contact: ContactFacts | None, rng: Random) -> ReadTemplate:
    """Return what a person would read, for a preview: also of a use that is not complete, or not right yet.

    Without a contact the values are shown as they are written. What is not filled in keeps its placeholder.
    """
    shape = shape_of(frozen.components)
    values: dict[Slot, str] = {}
    missing: dict[str, None] = {}
    for slot, text in _given(shape, frozen.use).items():
        template = parse(text)
        value = text
        if contact is not None and isinstance(template, Template):
            missing |= dict.fromkeys(problem.detail for problem in template.problems_for(contact))
            rendered = template.render(contact, rng)
            value = "" if isinstance(rendered, MissingValue) else rendered.text
        if flat := _BLANKS.sub(" ", value).strip():
            values[slot] = flat
    header, body, footer = (_filled(frozen.components, kind, values) for kind in _READ)
    return ReadTemplate(header, body, footer, tuple(_button_texts(frozen.components)), tuple(missing))


def _button_texts(components: Sequence[Component]) -> Iterator[str]:
    for button in _objects(_part(components, "BUTTONS").get("buttons")):
        yield _string(button.get("text")) or _word(button, "type").replace("_", " ").capitalize()


def _outgoing(frozen: FrozenTemplate, shape: Shape, values: Mapping[Slot, str]) -> OutgoingTemplate:
    is_named = frozen.parameter_format == NAMED

    def texts(place: Place) -> tuple[tuple[str | None, str], ...]:
        chosen = [slot for slot in values if slot.place is place]
        return tuple((slot.name if is_named else None, values[slot]) for slot in chosen)

    return OutgoingTemplate(
        name=frozen.use.name,
        language=frozen.use.language,
        header=texts(Place.HEADER),
        header_media=shape.header_media,
        body=texts(Place.BODY),
        buttons=tuple((slot.index, slot.name, values[slot]) for slot in values if slot.place is Place.BUTTON),
    )


def _read(components: Sequence[Component], values: Mapping[Slot, str]) -> str:
    """Return what the person reads, the parts below each other."""
    return "\n".join(filter(None, (_filled(components, kind, values) for kind in _READ)))


def _filled(components: Sequence[Component], kind: str, values: Mapping[Slot, str]) -> str:
    """Return the text of a part; placeholders without a value stay."""
    by_name = {slot.name: value for slot, value in values.items() if slot.place is _READ[kind]}
    return _PLACEHOLDER.sub(lambda match: by_name.get(match[1], match[0]), _text(_part(components, kind)))


def _media_problems(shape: Shape, media: Media | None) -> Iterator[UseProblem]:
    if shape.header_media is not None and media is None:
        yield UseProblem(UseProblemCode.MEDIA_MISSING, {"kind": shape.header_media})
    elif media is not None and media.kind != shape.header_media:
        yield UseProblem(UseProblemCode.MEDIA_WRONG, {"kind": media.kind, "asked": shape.header_media or ""})


def _value_problems(shape: Shape, use: TemplateUse) -> Iterator[UseProblem]:
    given = _given(shape, use)
    unmapped = [slot.key for slot in shape.slots if slot.is_required and slot not in given]
    if unmapped:
        yield UseProblem(UseProblemCode.UNMAPPED, {"names": unmapped})
    used = {_key_of(shape, use, slot) for slot in given}
    surplus = [key for key, _text in use.parameters if key not in used]
    if surplus:
        yield UseProblem(UseProblemCode.SURPLUS, {"names": surplus})
    empty = [slot.key for slot, text in given.items() if slot.is_required and not text.strip()]
    if empty:
        yield UseProblem(UseProblemCode.EMPTY, {"names": empty})
    broken = [slot.key for slot, text in given.items() if _BREAKS.search(text.strip())]
    if broken:
        yield UseProblem(UseProblemCode.BREAKS, {"names": broken})


def _given(shape: Shape, use: TemplateUse) -> dict[Slot, str]:
    texts = dict(use.parameters)
    keys = {slot: _key_of(shape, use, slot) for slot in shape.slots}
    return {slot: texts[key] for slot, key in keys.items() if key in texts}


def _key_of(shape: Shape, use: TemplateUse, slot: Slot) -> str:
    """Return under which name a use speaks of a slot: the header's may go without `header.` where that is clear."""
    if slot.place is not Place.HEADER or any(key == slot.key for key, _text in use.parameters):
        return slot.key
    in_body = any(other.place is Place.BODY and other.name == slot.name for other in shape.slots)
    return slot.key if in_body else slot.name


def _button_slot(index: int, button: Component) -> "Slot | str | None":
    """Return what a button is to be told; None for nothing, or its kind when it cannot be sent from here."""
    kind, key = _word(button, "type"), f"button.{index}"
    match kind:
        case "URL":
            has_tail = _PLACEHOLDER.search(_string(button.get("url"))) is not None
            return Slot(key, Place.BUTTON, "url", index) if has_tail else None
        case "QUICK_REPLY":
            return Slot(key, Place.BUTTON, "quick_reply", index, is_required=False)
        case "COPY_CODE":
            return Slot(key, Place.BUTTON, "copy_code", index)
        case _:
            return None if kind in _PLAIN_BUTTONS else kind or "?"


@lru_cache(maxsize=256)
def _parsed(text: str) -> Template:
    template = parse(text)
    if not isinstance(template, Template):
        # Preflight refuses such a text, so it cannot have been started.
        raise BugError(f"a started campaign has a parameter with problems: {[p.code for p in template]}")
    return template


def _names(component: Component) -> Iterable[str]:
    """Return the placeholders of a part, each once, in the order in which Meta counts them."""
    names = list(dict.fromkeys(_PLACEHOLDER.findall(_text(component))))
    return sorted(names, key=int) if all(name.isdecimal() for name in names) else names


def _part(components: Sequence[Component], kind: str) -> Component:
    nothing: Component = {}
    return next((component for component in components if _word(component, "type") == kind), nothing)


def _text(component: Component) -> str:
    return _string(component.get("text"))


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""


def _word(component: Component, name: str) -> str:
    return _string(component.get(name)).upper()


def _objects(value: object) -> list[Component]:
    items = cast("Sequence[object]", value) if isinstance(value, list | tuple) else ()
    return [cast("Component", item) for item in items if isinstance(item, Mapping)]
