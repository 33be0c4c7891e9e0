"""Words for what Meta says of numbers and templates. Its own words are open: an unknown one is shown as it is.

Source of the values: gateways.md §2.C and §8.C, read 2026-11-21.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication

from desktop.domain.template import MessageTemplate, NumberFacts
from desktop.policy.limit_profiles import tier_limit
from desktop.viewmodels import formats
from desktop.viewmodels.mark import QT_TRANSLATE_NOOP

translate = QCoreApplication.translate
_NOT_SAID = "—"

_QUALITY: Mapping[str, tuple[str, str]] = {
    "GREEN": (QT_TRANSLATE_NOOP("ProviderWords", "High quality"), "success"),
    "YELLOW": (QT_TRANSLATE_NOOP("ProviderWords", "Medium quality"), "warning"),
    "RED": (QT_TRANSLATE_NOOP("ProviderWords", "Low quality"), "danger"),
    "UNKNOWN": (QT_TRANSLATE_NOOP("ProviderWords", "Not rated yet"), "neutral"),
}
_STATUS: Mapping[str, tuple[str, str]] = {
    "APPROVED": (QT_TRANSLATE_NOOP("ProviderWords", "Approved"), "success"),
    "PENDING": (QT_TRANSLATE_NOOP("ProviderWords", "In review"), "info"),
    "IN_APPEAL": (QT_TRANSLATE_NOOP("ProviderWords", "In appeal"), "info"),
    "REJECTED": (QT_TRANSLATE_NOOP("ProviderWords", "Rejected"), "danger"),
    "PAUSED": (QT_TRANSLATE_NOOP("ProviderWords", "Paused by Meta"), "warning"),
    "DISABLED": (QT_TRANSLATE_NOOP("ProviderWords", "Disabled by Meta"), "danger"),
    "PENDING_DELETION": (QT_TRANSLATE_NOOP("ProviderWords", "Being deleted"), "neutral"),
    "LIMIT_EXCEEDED": (QT_TRANSLATE_NOOP("ProviderWords", "Limit exceeded"), "danger"),
}
_CATEGORY: Mapping[str, str] = {
    "MARKETING": QT_TRANSLATE_NOOP("ProviderWords", "Marketing"),
    "UTILITY": QT_TRANSLATE_NOOP("ProviderWords", "Utility"),
    "AUTHENTICATION": QT_TRANSLATE_NOOP("ProviderWords", "Authentication"),
}
_CAN_SEND: Mapping[str, str] = {
    "AVAILABLE": QT_TRANSLATE_NOOP("ProviderWords", "Yes"),
    "LIMITED": QT_TRANSLATE_NOOP("ProviderWords", "Yes, with restrictions"),
    "BLOCKED": QT_TRANSLATE_NOOP("ProviderWords", "No, blocked by Meta"),
}


def quality(word: str | None) -> tuple[str, str]:
    """Name a quality rating, and its tone."""
    return _pill(_QUALITY, word or "UNKNOWN")


def template_status(template: MessageTemplate) -> tuple[str, str]:
    """Name the status of a template, and its tone."""
    return _pill(_STATUS, template.status)


def template_note(template: MessageTemplate) -> str:
    """Say language and category of a template, and why it was rejected."""
    category = _CATEGORY.get(template.category)
    parts = [template.language, translate("ProviderWords", category) if category else template.category]
    if template.quality not in (None, "UNKNOWN"):
        parts.append(quality(template.quality)[0])
    if template.rejected_reason:
        why = template.rejected_reason.replace("_", " ").lower()
        parts.append(translate("ProviderWords", "Meta's reason: {reason}").format(reason=why))
    return " · ".join(parts)


def facts(said: NumberFacts) -> Sequence[tuple[str, str]]:
    """Return what Meta says of a number, a title and a value each."""
    can_send = _CAN_SEND.get(said.can_send or "")
    return (
        (translate("ProviderWords", "Name that people see"), said.verified_name or _NOT_SAID),
        (translate("ProviderWords", "Phone"), formats.phone(said.phone) if said.phone else _NOT_SAID),
        (
            translate("ProviderWords", "May send"),
            translate("ProviderWords", can_send) if can_send else said.can_send or _NOT_SAID,
        ),
        (translate("ProviderWords", "Messaging limit"), _limit(said.messaging_limit)),
        (
            translate("ProviderWords", "Throughput"),
            translate("ProviderWords", "{count} messages a second").format(count=formats.number(said.per_second)),
        ),
        (
            translate("ProviderWords", "Also in the WhatsApp Business app"),
            translate("ProviderWords", "Yes (coexistence)")
            if said.is_coexistence
            else translate("ProviderWords", "No"),
        ),
    )


def templates_line(templates: Sequence[MessageTemplate]) -> str:
    """Say how many templates there are and how many can be sent."""
    ready = sum(each.status == "APPROVED" for each in templates)
    return translate("ProviderWords", "Templates: {count}, {ready} approved").format(
        count=formats.number(len(templates)), ready=formats.number(ready)
    )


def _limit(tier: str | None) -> str:
    if tier is None:
        return _NOT_SAID
    people = tier_limit(tier)
    if people is None:
        return translate("ProviderWords", "No limit")
    pattern = translate("ProviderWords", "{count} people in 24 hours, for all numbers of the company")
    return pattern.format(count=formats.number(people))


def _pill(table: Mapping[str, tuple[str, str]], word: str) -> tuple[str, str]:
    text, tone = table.get(word, ("", "neutral"))
    return (translate("ProviderWords", text) if text else word.replace("_", " ").capitalize()), tone
