"""The draft as people write it: a JSON document (the contract of `campaign create`) to and from `Draft`.

Everything that is wrong is refused with the path of the field and what is allowed there; nothing is guessed.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any, NoReturn, TypeVar, cast

from desktop.audience.holiday_calendar import has_calendar
from desktop.audience.phones import PhoneOk, normalise
from desktop.domain.campaign import (
    Audience,
    AudienceKind,
    Draft,
    Goal,
    Media,
    MessageDraft,
    Optimiser,
    Pace,
    RetryPlan,
    Rotation,
    SendWindow,
)
from desktop.domain.errors import KnownError
from desktop.domain.template import TemplateUse

T = TypeVar("T")

# Source: gateways.md §2.C: pt_BR, en, zh_CN; Meta has regions of digits and scripts too.
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(_[A-Za-z0-9]{2,8})?")
_PLACEHOLDER = re.compile(r"((header|button)\.)?\w{1,100}")
MEDIA_KINDS = ("image", "video", "audio", "document")
FIELDS = (
    "name", "audience", "messages", "instances", "rotation", "pace", "retry", "window", "schedule_at",
    "respect_opt_out", "skip_active_conversations", "priority", "sticky", "optimise", "replies_per_hour",
)  # fmt: skip


def parse_draft(document: object, base_folder: Path, region: str = "BR") -> Draft:
    """Read a draft.

    Args:
        document: parsed JSON.
        base_folder: what relative media paths are relative to.
        region: default region of the phones in `audience.phones`.

    Raises:
        KnownError: `invalid_draft`, naming the first field that is wrong and what is allowed.
    """
    top = _Object(document, "", FIELDS)
    return Draft(
        name=top.required("name", _name),
        audience=top.optional("audience", lambda v, p: _audience(v, p, region), None),
        messages=top.optional("messages", lambda v, p: _messages(v, p, base_folder), ()),
        instances=top.optional("instances", _names, ()),
        rotation=top.optional("rotation", _rotation, Rotation.INTELLIGENT),
        pace=top.optional("pace", _pace, Pace()),
        retry=top.optional("retry", _retry, RetryPlan()),
        window=top.optional("window", _window, None),
        schedule_at=top.optional("schedule_at", _moment, None),
        respect_opt_out=top.optional("respect_opt_out", _bool, True),
        skip_active_conversations=top.optional("skip_active_conversations", _bool, False),
        priority=top.optional("priority", lambda v, p: _integer(v, p, -100, 100), 0),
        sticky=top.optional("sticky", _bool, False),
        optimise=top.optional("optimise", _optimiser, None),
        replies_per_hour=top.optional("replies_per_hour", lambda v, p: _integer(v, p, 1, 10_000), None),
    )


def to_json(draft: Draft) -> dict[str, object]:
    """Write a draft as the document that `parse_draft` reads."""
    window = draft.window
    return {
        "name": draft.name,
        "audience": _audience_json(draft.audience),
        "messages": messages_json(draft.messages),
        "instances": list(draft.instances),
        "rotation": draft.rotation.value,
        "pace": {
            "delay_s": list(draft.pace.delay_s),
            "per_hour": draft.pace.per_hour,
            "per_second": draft.pace.per_second,
            "burst": draft.pace.burst,
        },
        "retry": {"attempts": draft.retry.attempts, "base_s": draft.retry.base_s, "max_s": draft.retry.max_s},
        "window": window and {
            "days": list(window.days),
            "from": window.start.strftime("%H:%M"),
            "to": window.end.strftime("%H:%M"),
            "holidays": window.holidays,
        },
        "schedule_at": draft.schedule_at.isoformat() if draft.schedule_at else None,
        "respect_opt_out": draft.respect_opt_out,
        "skip_active_conversations": draft.skip_active_conversations,
        "priority": draft.priority,
        "sticky": draft.sticky,
        "replies_per_hour": draft.replies_per_hour,
        "optimise": draft.optimise and {"by": draft.optimise.by.value, "floor": draft.optimise.floor},
    }  # fmt: skip


def parse_messages(document: object, path: str, base_folder: Path) -> tuple[MessageDraft, ...]:
    """Read the messages of a draft, or of an entry of the message library; refused like a draft.

    Args:
        path: where the document stands, for refusals.
    """
    return _messages(document, path, base_folder)


def messages_json(messages: Sequence[MessageDraft]) -> list[Mapping[str, Any]]:
    """Write messages as `parse_messages` reads them."""
    return [_message_json(message) for message in messages]


def _refuse(path: str, allowed: str) -> NoReturn:
    where = path or "the draft"
    raise KnownError("invalid_draft", f"{where}: {allowed}", "Correct this field and try again.", path=path)


class _Object:
    """A JSON object whose fields are known: an unknown one is refused with the list of those there are."""

    def __init__(self, value: object, path: str, fields: Sequence[str]) -> None:
        if not isinstance(value, dict):
            _refuse(path, "must be an object")
        self._values = cast("dict[str, object]", value)
        self._path = path
        for name in self._values:
            if name not in fields:
                _refuse(self._at(name), f"unknown field; there are: {', '.join(fields)}")

    def _at(self, name: str) -> str:
        return f"{self._path}.{name}" if self._path else name

    def required(self, name: str, read: Callable[[object, str], T]) -> T:
        if name not in self._values:
            _refuse(self._at(name), "is missing")
        return read(self._values[name], self._at(name))

    def optional(self, name: str, read: Callable[[object, str], T], default: T) -> T:
        """Read a field; absent, or null where null means nothing, gives the default."""
        if self._values.get(name) is None and name in self._values and default is None:
            return default
        return read(self._values[name], self._at(name)) if name in self._values else default

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def names(self) -> list[str]:
        return list(self._values)


def _name(value: object, path: str) -> str:
    text = _text(value, path).strip()
    if not 1 <= len(text) <= 200:
        _refuse(path, "must have 1 to 200 characters")
    return text


def _text(value: object, path: str) -> str:
    if not isinstance(value, str):
        _refuse(path, "must be a text")
    return value


def _bool(value: object, path: str) -> bool:
    if not isinstance(value, bool):
        _refuse(path, "must be true or false")
    return value


def _number(value: object, path: str, low: float, high: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        _refuse(path, f"must be a number from {low:g} to {high:g}")
    return float(value)


def _integer(value: object, path: str, low: int, high: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        _refuse(path, f"must be a whole number from {low} to {high}")
    return value


def _list(value: object, path: str) -> list[object]:
    if not isinstance(value, list):
        _refuse(path, "must be a list")
    return cast("list[object]", value)


def _names(value: object, path: str) -> tuple[str, ...]:
    names = tuple(_name(item, f"{path}[{n}]") for n, item in enumerate(_list(value, path)))
    if len(set(names)) != len(names):
        _refuse(path, "names an entry twice")
    return names


def _audience(value: object, path: str, region: str) -> Audience:
    fields = [kind.value for kind in AudienceKind]
    given = _Object(value, path, fields)
    if len(given.names()) != 1:
        _refuse(path, "must have exactly one of: all, tags, segment, phones")
    match AudienceKind(given.names()[0]):
        case AudienceKind.ALL:
            if not given.required("all", _bool):
                _refuse(f"{path}.all", "must be true")
            return Audience(AudienceKind.ALL)
        case AudienceKind.TAGS:
            return Audience(AudienceKind.TAGS, given.required("tags", _names))
        case AudienceKind.SEGMENT:
            return Audience(AudienceKind.SEGMENT, (given.required("segment", _name),))
        case AudienceKind.PHONES:
            return Audience(AudienceKind.PHONES, given.required("phones", lambda v, p: _phones(v, p, region)))


def _phones(value: object, path: str, region: str) -> tuple[str, ...]:
    phones: dict[str, None] = {}
    for n, item in enumerate(_list(value, path)):
        found = normalise(_text(item, f"{path}[{n}]"), region)
        if not isinstance(found, PhoneOk):
            _refuse(f"{path}[{n}]", f"is not a phone number ({found.reason.value})")
        phones[found.e164] = None
    return tuple(phones)


def _messages(value: object, path: str, base_folder: Path) -> tuple[MessageDraft, ...]:
    return tuple(_message(item, f"{path}[{n}]", base_folder) for n, item in enumerate(_list(value, path)))


def _message(value: object, path: str, base_folder: Path) -> MessageDraft:
    given = _Object(value, path, ("text", "weight", "media", "template"))
    media = given.optional("media", lambda v, p: _media(v, p, base_folder), None)
    template = given.optional("template", _template, None)
    text = given.optional("text", _text, "") if media or template else given.required("text", _text)
    if template is not None and text:
        _refuse(f"{path}.text", "must be empty beside a template, which has its own text")
    weight = given.optional("weight", lambda v, p: _integer(v, p, 0, 1000), 1)
    return MessageDraft(text, weight, media, template)


def _template(value: object, path: str) -> TemplateUse | None:
    given = _Object(value, path, ("name", "language", "parameters"))
    language = given.required("language", _text)
    if not _LANGUAGE.fullmatch(language):
        _refuse(f"{path}.language", 'must be a language as Meta writes it, such as "pt_BR"')
    return TemplateUse(given.required("name", _name), language, given.optional("parameters", _parameters, ()))


def _parameters(value: object, path: str) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict):
        _refuse(path, "must be an object of placeholders and their texts")
    texts = cast("dict[str, object]", value)
    for key in texts:
        if not _PLACEHOLDER.fullmatch(key):
            _refuse(f"{path}.{key}", 'is no placeholder, such as "1", "first_name", "header.1" or "button.0"')
    return tuple((key, _text(text, f"{path}.{key}")) for key, text in texts.items())


def _media(value: object, path: str, base_folder: Path) -> Media | None:
    given = _Object(value, path, ("kind", "path"))
    kind = given.required("kind", _text)
    if kind not in MEDIA_KINDS:
        _refuse(f"{path}.kind", f"must be one of: {', '.join(MEDIA_KINDS)}")
    return Media(kind, str((base_folder / given.required("path", _name)).resolve()))


def _rotation(value: object, path: str) -> Rotation:
    modes = [mode.value for mode in Rotation]
    if value not in modes:
        _refuse(path, f"must be one of: {', '.join(modes)}")
    return Rotation(cast("str", value))


def _or_none(read: Callable[[object, str], T]) -> Callable[[object, str], T | None]:
    return lambda value, path: None if value is None else read(value, path)


def _pace(value: object, path: str) -> Pace:
    # Ranges: product.md §4 (0-3,600 s between messages; up to 1,000 an hour is the screens' advice, not a bound here).
    given, usual = _Object(value, path, ("delay_s", "per_hour", "per_second", "burst")), Pace()
    return Pace(
        delay_s=given.optional("delay_s", _delay, usual.delay_s),
        per_hour=given.optional("per_hour", _or_none(lambda v, p: _integer(v, p, 1, 1_000_000)), usual.per_hour),
        per_second=given.optional("per_second", _or_none(lambda v, p: _number(v, p, 0.001, 10_000)), usual.per_second),
        burst=given.optional("burst", _or_none(lambda v, p: _integer(v, p, 1, 10_000)), usual.burst),
    )


def _delay(value: object, path: str) -> tuple[float, float]:
    items = _list(value, path)
    if len(items) != 2:
        _refuse(path, "must be [least, most] in seconds")
    low, high = (_number(item, f"{path}[{n}]", 0, 3600) for n, item in enumerate(items))
    if low > high:
        _refuse(path, "must not be larger at the first place than at the second")
    return low, high


def _retry(value: object, path: str) -> RetryPlan:
    # Ranges: product.md §5; the preset for flaky links needs a base of 2 s, so the base may be that small.
    given, usual = _Object(value, path, ("attempts", "base_s", "max_s")), RetryPlan()
    plan = RetryPlan(
        attempts=given.optional("attempts", lambda v, p: _integer(v, p, 1, 10), usual.attempts),
        base_s=given.optional("base_s", lambda v, p: _number(v, p, 0.1, 600), usual.base_s),
        max_s=given.optional("max_s", lambda v, p: _number(v, p, 0.1, 7200), usual.max_s),
    )
    if plan.base_s > plan.max_s:
        _refuse(f"{path}.max_s", "must not be smaller than base_s")
    return plan


def _optimiser(value: object, path: str) -> Optimiser | None:
    given, usual = _Object(value, path, ("by", "floor")), Optimiser()
    return Optimiser(
        by=given.optional("by", _goal, usual.by),
        floor=given.optional("floor", lambda v, p: _number(v, p, 0, 0.5), usual.floor),
    )


def _goal(value: object, path: str) -> Goal:
    goals = [goal.value for goal in Goal]
    if value not in goals:
        _refuse(path, f"must be one of: {', '.join(goals)}")
    return Goal(cast("str", value))


def _window(value: object, path: str) -> SendWindow | None:
    given = _Object(value, path, ("days", "from", "to", "holidays"))
    days = given.optional("days", _days, (1, 2, 3, 4, 5, 6, 7))
    start, end = given.required("from", _time), given.required("to", _time)
    if start == end:
        _refuse(f"{path}.to", "must not be the same as from; one before it is on the next day")
    return SendWindow(days, start, end, given.optional("holidays", _country, None))


def _days(value: object, path: str) -> tuple[int, ...]:
    days = {_integer(item, f"{path}[{n}]", 1, 7) for n, item in enumerate(_list(value, path))}
    if not days:
        _refuse(path, "must name at least one day, 1 (Monday) to 7 (Sunday)")
    return tuple(sorted(days))


def _time(value: object, path: str) -> time:
    try:
        return datetime.strptime(_text(value, path), "%H:%M").time()  # noqa: DTZ007 - an hour of the recipient's day
    except ValueError:
        _refuse(path, 'must be a time such as "08:00"')


def _country(value: object, path: str) -> str | None:
    code = _text(value, path)
    if len(code) != 2 or not code.isalpha():
        _refuse(path, 'must be a country code such as "BR"')
    if not has_calendar(code):
        _refuse(path, f"there is no calendar of holidays for {code.upper()}")
    return code.upper()


def _moment(value: object, path: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(_text(value, path))
    except ValueError:
        _refuse(path, 'must be a moment such as "2026-11-27T09:00:00-03:00"')
    if moment.tzinfo is None:
        _refuse(path, 'must say its time zone, for example "-03:00" at the end')
    return moment.astimezone(UTC)


def _audience_json(audience: Audience | None) -> dict[str, object] | None:
    if audience is None:
        return None
    match audience.kind:
        case AudienceKind.ALL:
            return {"all": True}
        case AudienceKind.SEGMENT:
            return {"segment": audience.values[0]}
        case _:
            return {audience.kind.value: list(audience.values)}


def _message_json(message: MessageDraft) -> Mapping[str, Any]:
    media = message.media and {"media": {"kind": message.media.kind, "path": message.media.path}}
    use = message.template
    written: dict[str, Any] = (
        {"text": message.text}
        if use is None
        else {"template": {"name": use.name, "language": use.language, "parameters": dict(use.parameters)}}
    )
    return written | {"weight": message.weight} | (media or {})
