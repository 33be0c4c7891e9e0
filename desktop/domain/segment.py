"""A saved segment: rules over fields, tags, consent and history, in groups of all or any. As a document it is JSON.

    {"all": [{"tag": "vip"}, {"field": "custom.cidade", "is": "equals", "value": "Recife"},
             {"any": [{"history": "read", "days": 30}, {"history": "contacted", "has": false}]}]}

`has: false` turns a rule about a tag, a campaign or the history around: "never contacted" is contacted without `days`,
"not in the last 30 days" is contacted with `days: 30`, both with `has: false`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar, cast

from desktop.domain.errors import KnownError

MAX_DEPTH = 5
MAX_RULES = 100
MAX_DAYS = 3650


class Match(StrEnum):
    ALL = "all"
    ANY = "any"


class Comparison(StrEnum):
    """How a field is compared: as text, upper and lower case alike; greater and less as numbers."""

    EQUALS = "equals"
    DIFFERS = "differs"
    CONTAINS = "contains"
    STARTS = "starts_with"
    EMPTY = "empty"
    FILLED = "filled"
    GREATER = "greater"
    LESS = "less"


class Consent(StrEnum):
    AGREED = "agreed"  # there is a record, and no opt-out
    UNKNOWN = "unknown"  # nothing is recorded
    OPTED_OUT = "opted_out"


class Deed(StrEnum):
    """What happened between us and the person."""

    CONTACTED = "contacted"
    DELIVERED = "delivered"
    READ = "read"
    REPLIED = "replied"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class FieldRule:
    """`field` is name, phone, or custom.KEY."""

    field: str
    comparison: Comparison
    value: str = ""


@dataclass(frozen=True, slots=True)
class TagRule:
    tag: str
    has: bool = True


@dataclass(frozen=True, slots=True)
class ConsentRule:
    consent: Consent


@dataclass(frozen=True, slots=True)
class HistoryRule:
    """`campaign` narrows it to the campaigns of this name, `days` to the last days."""

    deed: Deed
    has: bool = True
    campaign: str = ""
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Group:
    match: Match
    rules: "tuple[Rule, ...]"


Rule = FieldRule | TagRule | ConsentRule | HistoryRule | Group


@dataclass(frozen=True, slots=True)
class Segment:
    id: int
    name: str
    rules: Group
    updated_at: datetime


def to_document(rule: Rule) -> dict[str, object]:
    """Write a rule as JSON; `from_document` reads the same rule."""
    document: dict[str, object]
    match rule:
        case Group(match, rules):
            document = {match.value: [to_document(part) for part in rules]}
        case FieldRule(field, comparison, value):
            needs_value = comparison not in (Comparison.EMPTY, Comparison.FILLED)
            document = {"field": field, "is": comparison.value, "value": value if needs_value else None}
        case TagRule(tag, has):
            document = {"tag": tag, "has": None if has else False}
        case ConsentRule(consent):
            document = {"consent": consent.value}
        case _:
            document = {
                "history": rule.deed.value,
                "has": None if rule.has else False,
                "campaign": rule.campaign or None,
                "days": rule.days,
            }
    return {key: value for key, value in document.items() if value is not None}


def from_document(document: object) -> Group:
    """Read the rules of a segment.

    Raises:
        KnownError: `bad_segment`, with the path of what is wrong and what is allowed there.
    """
    rule = _rule(document, "rules", 1)
    if not isinstance(rule, Group):
        raise _bad("rules", "must be a group: all or any")
    if _count(rule) > MAX_RULES:
        raise _bad("rules", f"must have at most {MAX_RULES} rules")
    return rule


def _count(rule: Rule) -> int:
    return sum(map(_count, rule.rules)) if isinstance(rule, Group) else 1


def _rule(value: object, path: str, depth: int) -> Rule:
    if not isinstance(value, Mapping):
        raise _bad(path, "must be an object")
    given = cast("Mapping[str, Any]", value)
    for match in Match:
        if match.value in given:
            _only(given, path, {match.value})
            return _group(match, given[match.value], f"{path}.{match.value}", depth)
    for key, read in _READERS.items():
        if key in given:
            return read(given, path)
    raise _bad(path, "must have one of: all, any, field, tag, consent, history")


def _group(match: Match, value: object, path: str, depth: int) -> Group:
    if not isinstance(value, Sequence) or isinstance(value, str) or not value:
        raise _bad(path, "must be a list of rules")
    if depth > MAX_DEPTH:
        raise _bad(path, f"must be at most {MAX_DEPTH} groups deep")
    parts = cast("Sequence[object]", value)
    return Group(match, tuple(_rule(part, f"{path}[{place}]", depth + 1) for place, part in enumerate(parts)))


def _field(given: Mapping[str, Any], path: str) -> Rule:
    _only(given, path, {"field", "is", "value"})
    field = _text(given, "field", path)
    if field not in ("name", "phone") and not (field.startswith("custom.") and len(field) > len("custom.")):
        raise _bad(f"{path}.field", "must be name, phone or custom.KEY")
    comparison = _word(given, "is", Comparison, path)
    if comparison in (Comparison.EMPTY, Comparison.FILLED):
        return FieldRule(field, comparison)
    value = _text(given, "value", path)
    if comparison in (Comparison.GREATER, Comparison.LESS) and not _is_number(value):
        raise _bad(f"{path}.value", "must be a number")
    return FieldRule(field, comparison, value)


def _tag(given: Mapping[str, Any], path: str) -> Rule:
    _only(given, path, {"tag", "has"})
    return TagRule(_text(given, "tag", path), _truth(given, path))


def _consent(given: Mapping[str, Any], path: str) -> Rule:
    _only(given, path, {"consent"})
    return ConsentRule(_word(given, "consent", Consent, path))


def _history(given: Mapping[str, Any], path: str) -> Rule:
    _only(given, path, {"history", "has", "campaign", "days"})
    days = given.get("days")
    if days is not None and (type(days) is not int or not 1 <= days <= MAX_DAYS):
        raise _bad(f"{path}.days", f"must be a whole number from 1 to {MAX_DAYS}")
    campaign = _text(given, "campaign", path) if "campaign" in given else ""
    return HistoryRule(_word(given, "history", Deed, path), _truth(given, path), campaign, days)


_READERS = {"field": _field, "tag": _tag, "consent": _consent, "history": _history}
_Word = TypeVar("_Word", bound=StrEnum)


def _only(given: Mapping[str, Any], path: str, allowed: set[str]) -> None:
    for key in given:
        if key not in allowed:
            raise _bad(f"{path}.{key}", f"is not known here; allowed: {', '.join(sorted(allowed))}")


def _text(given: Mapping[str, Any], key: str, path: str) -> str:
    value = given.get(key)
    if not isinstance(value, str) or not value.strip():
        raise _bad(f"{path}.{key}", "must be a text")
    return value.strip()


def _word(given: Mapping[str, Any], key: str, words: type[_Word], path: str) -> _Word:
    try:
        return words(given.get(key))
    except ValueError as error:
        raise _bad(f"{path}.{key}", f"must be one of: {', '.join(words)}") from error


def _truth(given: Mapping[str, Any], path: str) -> bool:
    value = given.get("has", True)
    if not isinstance(value, bool):
        raise _bad(f"{path}.has", "must be true or false")
    return value


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _bad(path: str, what: str) -> KnownError:
    return KnownError("bad_segment", f"{path} {what}.", "Look at the rules of the segment.", path=path)
