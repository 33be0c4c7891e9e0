"""The rules of a segment in words: for the choices of a row, and as one sentence."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from desktop.domain.segment import (
    Comparison,
    Consent,
    ConsentRule,
    Deed,
    FieldRule,
    Group,
    HistoryRule,
    Match,
    Rule,
    TagRule,
)
from desktop.viewmodels import formats
from desktop.viewmodels.mark import QT_TRANSLATE_NOOP

translate = QCoreApplication.translate

CUSTOM = "custom."

KINDS: Mapping[type[Rule], str] = {
    FieldRule: QT_TRANSLATE_NOOP("Segments", "Field"),
    TagRule: QT_TRANSLATE_NOOP("Segments", "Tag"),
    ConsentRule: QT_TRANSLATE_NOOP("Segments", "Consent"),
    HistoryRule: QT_TRANSLATE_NOOP("Segments", "History"),
}
COMPARISONS: Mapping[Comparison, str] = {
    Comparison.EQUALS: QT_TRANSLATE_NOOP("Segments", "is"),
    Comparison.DIFFERS: QT_TRANSLATE_NOOP("Segments", "is not"),
    Comparison.CONTAINS: QT_TRANSLATE_NOOP("Segments", "contains"),
    Comparison.STARTS: QT_TRANSLATE_NOOP("Segments", "begins with"),
    Comparison.EMPTY: QT_TRANSLATE_NOOP("Segments", "is empty"),
    Comparison.FILLED: QT_TRANSLATE_NOOP("Segments", "is filled in"),
    Comparison.GREATER: QT_TRANSLATE_NOOP("Segments", "is greater than"),
    Comparison.LESS: QT_TRANSLATE_NOOP("Segments", "is less than"),
}
CONSENTS: Mapping[Consent, str] = {
    Consent.AGREED: QT_TRANSLATE_NOOP("Segments", "is recorded"),
    Consent.UNKNOWN: QT_TRANSLATE_NOOP("Segments", "is not recorded"),
    Consent.OPTED_OUT: QT_TRANSLATE_NOOP("Segments", "was withdrawn (opted out)"),
}
TAGS: Mapping[bool, str] = {
    True: QT_TRANSLATE_NOOP("Segments", "has the tag"),
    False: QT_TRANSLATE_NOOP("Segments", "does not have the tag"),
}
DEEDS: Mapping[tuple[Deed, bool], str] = {
    (Deed.CONTACTED, True): QT_TRANSLATE_NOOP("Segments", "was sent a message"),
    (Deed.CONTACTED, False): QT_TRANSLATE_NOOP("Segments", "was sent no message"),
    (Deed.DELIVERED, True): QT_TRANSLATE_NOOP("Segments", "got a message delivered"),
    (Deed.DELIVERED, False): QT_TRANSLATE_NOOP("Segments", "got no message delivered"),
    (Deed.READ, True): QT_TRANSLATE_NOOP("Segments", "read a message"),
    (Deed.READ, False): QT_TRANSLATE_NOOP("Segments", "did not read any"),
    (Deed.REPLIED, True): QT_TRANSLATE_NOOP("Segments", "replied"),
    (Deed.REPLIED, False): QT_TRANSLATE_NOOP("Segments", "did not reply"),
    (Deed.FAILED, True): QT_TRANSLATE_NOOP("Segments", "a message failed"),
    (Deed.FAILED, False): QT_TRANSLATE_NOOP("Segments", "no message failed"),
}


def word(text: str) -> str:
    """Return one of the words above in the operator's language."""
    return translate("Segments", text)


def field_name(field: str) -> str:
    """Name a field: that of contacts in words, one of the operator's own by its name."""
    if field == "name":
        return translate("Segments", "Name")
    return translate("Segments", "Phone") if field == "phone" else field.removeprefix(CUSTOM)


def days(count: int | None) -> str:
    """Say which time a rule is about."""
    if count is None:
        return translate("Segments", "at any time")
    if count == 1:
        return translate("Segments", "in the last day")
    return translate("Segments", "in the last {n} days").format(n=formats.number(count))


def describe(rule: Rule) -> str:
    """Say a rule as a part of a sentence."""
    match rule:
        case Group(match, rules):
            between = translate("Segments", " and ") if match is Match.ALL else translate("Segments", " or ")
            parts = [f"({describe(part)})" if isinstance(part, Group) else describe(part) for part in rules]
            return between.join(parts)
        case TagRule(tag, has):
            return f"{word(TAGS[has])} “{tag}”"
        case ConsentRule(consent):
            return f"{translate('Segments', 'consent')} {word(CONSENTS[consent])}"
        case FieldRule(field, comparison, value):
            said = f"{field_name(field)} {word(COMPARISONS[comparison])}"
            return said if comparison in (Comparison.EMPTY, Comparison.FILLED) else f"{said} “{value}”"
        case _:
            campaign = f" “{rule.campaign}”" if rule.campaign else ""
            when = "" if rule.days is None else f" {days(rule.days)}"
            return f"{word(DEEDS[rule.deed, rule.has])}{campaign}{when}"
