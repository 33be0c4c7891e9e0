"""Words for what the editor finds: problems of a draft, of a message, of a template."""

from collections.abc import Mapping, Sequence
from typing import cast

from PySide6.QtCore import QCoreApplication, QLocale

from desktop.content.cloud_template import Place, Slot, UseProblem, UseProblemCode
from desktop.content.nodes import ProblemCode, TemplateProblem
from desktop.domain.campaign import RetryPlan, SendWindow
from desktop.domain.media import MediaKind
from desktop.viewmodels import formats, media_words
from desktop.viewmodels.editor import Problem
from desktop.viewmodels.mark import QT_TRANSLATE_NOOP

translate = QCoreApplication.translate

_DRAFT: Mapping[str, str] = {
    "audience_missing": QT_TRANSLATE_NOOP("EditorWords", "Nobody chosen yet"),
    "segment_missing": QT_TRANSLATE_NOOP("EditorWords", "No segment chosen yet"),
    "tags_missing": QT_TRANSLATE_NOOP("EditorWords", "No tag chosen yet"),
    "phones_missing": QT_TRANSLATE_NOOP("EditorWords", "No phone number yet"),
    "message_missing": QT_TRANSLATE_NOOP("EditorWords", "No message yet"),
    "message_empty": QT_TRANSLATE_NOOP("EditorWords", "Nothing written yet"),
    "message_too_long": QT_TRANSLATE_NOOP("EditorWords", "Message too long"),
    "message_faulty": QT_TRANSLATE_NOOP("EditorWords", "Something to mend in the text"),
    "instances_missing": QT_TRANSLATE_NOOP("EditorWords", "No number chosen yet"),
    "window_without_days": QT_TRANSLATE_NOOP("EditorWords", "No day chosen for sending"),
    "window_without_hours": QT_TRANSLATE_NOOP("EditorWords", "The sending hours are empty"),
}

_MOST_DELAYS = 5
_PRIORITY: Mapping[str, str] = {
    "low": QT_TRANSLATE_NOOP("EditorWords", "Low"),
    "normal": QT_TRANSLATE_NOOP("EditorWords", "Normal"),
    "high": QT_TRANSLATE_NOOP("EditorWords", "High"),
    "highest": QT_TRANSLATE_NOOP("EditorWords", "Very high"),
}

_TEMPLATE: Mapping[ProblemCode, str] = {
    ProblemCode.UNCLOSED_VARIABLE: QT_TRANSLATE_NOOP("EditorWords", "This variable is not closed: it ends with }}."),
    ProblemCode.EMPTY_VARIABLE: QT_TRANSLATE_NOOP(
        "EditorWords", "Nothing between the braces: write a field, such as {{name}}."
    ),
    ProblemCode.UNKNOWN_FIELD: QT_TRANSLATE_NOOP("EditorWords", "There is no field “{detail}”."),
    ProblemCode.UNKNOWN_FILTER: QT_TRANSLATE_NOOP("EditorWords", "There is no filter “{detail}”."),
    ProblemCode.BAD_ARGUMENT: QT_TRANSLATE_NOOP("EditorWords", "The filter does not understand “{detail}”."),
    ProblemCode.BAD_FALLBACK: QT_TRANSLATE_NOOP("EditorWords", "The text for a missing value stands between quotes."),
    ProblemCode.SINGLE_BRACES: QT_TRANSLATE_NOOP("EditorWords", "Variables have two braces: {{name}}."),
    ProblemCode.SINGLE_OPTION: QT_TRANSLATE_NOOP("EditorWords", "A choice has at least two options: {Hi|Hello}."),
    ProblemCode.UNCLOSED_CHOICE: QT_TRANSLATE_NOOP("EditorWords", "This choice is not closed: it ends with }."),
    ProblemCode.UNEXPECTED_CLOSE: QT_TRANSLATE_NOOP("EditorWords", "This brace closes nothing."),
    ProblemCode.TOO_DEEP: QT_TRANSLATE_NOOP("EditorWords", "Too many choices inside each other."),
    ProblemCode.MISSING_VALUE: QT_TRANSLATE_NOOP("EditorWords", "This contact has no “{detail}”."),
    ProblemCode.UNREADABLE_DATE: QT_TRANSLATE_NOOP("EditorWords", "“{detail}” of this contact is no date."),
}

_TEMPLATE_STATUS: Mapping[str, tuple[str, str]] = {
    "APPROVED": (QT_TRANSLATE_NOOP("EditorWords", "Approved"), "success"),
    "PENDING": (QT_TRANSLATE_NOOP("EditorWords", "Under review"), "warning"),
    "REJECTED": (QT_TRANSLATE_NOOP("EditorWords", "Rejected"), "danger"),
    "PAUSED": (QT_TRANSLATE_NOOP("EditorWords", "Paused by Meta"), "warning"),
    "DISABLED": (QT_TRANSLATE_NOOP("EditorWords", "Disabled by Meta"), "danger"),
}
_TEMPLATE_CATEGORY: Mapping[str, str] = {
    "MARKETING": QT_TRANSLATE_NOOP("EditorWords", "Marketing"),
    "UTILITY": QT_TRANSLATE_NOOP("EditorWords", "Utility"),
    "AUTHENTICATION": QT_TRANSLATE_NOOP("EditorWords", "Authentication"),
}
_USE: Mapping[UseProblemCode, str] = {
    UseProblemCode.NOT_APPROVED: QT_TRANSLATE_NOOP("EditorWords", "WhatsApp does not allow this template: {status}."),
    UseProblemCode.UNSUPPORTED: QT_TRANSLATE_NOOP(
        "EditorWords", "It has a part that cannot be sent from here: {part}."
    ),
    UseProblemCode.MEDIA_MISSING: QT_TRANSLATE_NOOP("EditorWords", "It needs a file in its header: {kind}."),
    UseProblemCode.MEDIA_WRONG: QT_TRANSLATE_NOOP("EditorWords", "It has no place for the attached file."),
    UseProblemCode.UNMAPPED: QT_TRANSLATE_NOOP("EditorWords", "Say what stands in: {names}."),
    UseProblemCode.SURPLUS: QT_TRANSLATE_NOOP("EditorWords", "The template has no place any more for: {names}."),
    UseProblemCode.EMPTY: QT_TRANSLATE_NOOP("EditorWords", "Nothing stands in: {names}."),
    UseProblemCode.BREAKS: QT_TRANSLATE_NOOP("EditorWords", "Only single lines are taken in: {names}."),
}


def problem(found: Problem) -> str:
    """Word a problem of the draft in a few words, for the stepper and the review."""
    text = translate("EditorWords", _DRAFT[found.code])
    number, of = found.facts.get("number"), found.facts.get("of")
    if isinstance(number, int) and isinstance(of, int) and of > 1:
        return f"{variation(number - 1)}: {text}"
    return text


def variation(index: int) -> str:
    return translate("EditorWords", "Variation {letter}").format(letter=letter(index))


def letter(index: int) -> str:
    """Name a variation: A, B, C …"""
    return chr(ord("A") + index)


def variations(count: int) -> str:
    return translate("EditorWords", "{count} variations").format(count=formats.number(count))


def file_only() -> str:
    """Describe a message that is a file without words."""
    return translate("EditorWords", "A file without a text")


def template_named(name: str) -> str:
    """Describe a message that is a template of Meta."""
    return translate("EditorWords", "Template of Meta: {name}").format(name=name)


def lack(field: str, count: int) -> str:
    """Say how many people of the audience lack a field: `24 people have no “cidade”`."""
    text = translate("EditorWords", "{people} without “{field}”")
    return text.format(people=formats.people(count), field=field_name(field))


def slot(found: Slot) -> str:
    """Name a place of a template: `Text {{1}}`, `Header {{name}}`, `Button 2: end of the link`."""
    written = "{{" + found.name + "}}"
    match found.place, found.name:
        case Place.HEADER, _:
            return translate("EditorWords", "Header") + f" {written}"
        case Place.BODY, _:
            return translate("EditorWords", "Text") + f" {written}"
        case _, "url":
            text = translate("EditorWords", "Button {n}: end of the link")
        case _, "copy_code":
            text = translate("EditorWords", "Button {n}: code to copy")
        case _:
            text = translate("EditorWords", "Button {n}: what an answer carries (optional)")
    return text.format(n=found.index + 1)


def header_file(kind: str) -> str:
    """Describe the file in a template's header that is still to be chosen."""
    return translate("EditorWords", "File in the header: {kind}").format(kind=media_words.kind(MediaKind(kind)))


def template_status(status: str) -> tuple[str, str]:
    """Name a status of Meta's, with its tone; an unknown one as it is."""
    text, tone = _TEMPLATE_STATUS.get(status, ("", "neutral"))
    return (translate("EditorWords", text) if text else status.capitalize()), tone


def template_category(category: str) -> str:
    """Name what a template is charged as."""
    text = _TEMPLATE_CATEGORY.get(category)
    return translate("EditorWords", text) if text else category.capitalize()


def use_problem(found: UseProblem, slots: Sequence[Slot]) -> str:
    """Say in one sentence why Meta would refuse the template as it is used now; `slots` are all its places."""
    text = translate("EditorWords", _USE[found.code])
    facts = {key: str(value) for key, value in found.facts.items()}
    keys, known = found.facts.get("names"), {each.key: slot(each) for each in slots}
    if isinstance(keys, list):
        # Braces are part of these names, so they are put in by hand.
        names = [known.get(str(key), str(key)) for key in cast("list[object]", keys)]
        return text.replace("{names}", "; ".join(names))
    if found.code is UseProblemCode.MEDIA_MISSING:
        facts["kind"] = media_words.kind(MediaKind(facts["kind"]))
    if found.code is UseProblemCode.NOT_APPROVED:
        facts["status"] = template_status(facts["status"])[0]
    return text.format(**facts)


def template_problem(found: TemplateProblem) -> str:
    """Say in one sentence what is wrong at a place of a message, and how it is mended."""
    # Braces are part of these sentences, so the detail is put in by hand.
    return translate("EditorWords", _TEMPLATE[found.code]).replace("{detail}", field_name(found.detail))


def field_name(field: str) -> str:
    """Name a field as the operator knows it."""
    if field == "name":
        return translate("EditorWords", "name")
    if field == "phone":
        return translate("EditorWords", "phone")
    return field.removeprefix("custom.")


def window(of: SendWindow | None) -> str:
    """Say when a campaign sends: `Mon–Fri, 08:00–18:00, not on public holidays (BR)`."""
    if of is None:
        return translate("EditorWords", "At any time")
    hours = f"{of.start:%H:%M}–{of.end:%H:%M}"
    if of.end < of.start:
        hours = translate("EditorWords", "{hours} of the next day").format(hours=hours)
    if of.holidays:
        hours = translate("EditorWords", "{hours}, not on public holidays ({country})").format(
            hours=hours, country=of.holidays
        )
    return f"{_days(of.days)}, {hours}" if of.days else hours


def retry_plan(plan: RetryPlan, delays_s: Sequence[float]) -> str:
    """Say how often and when a message is tried again: `Up to 3 attempts; again after 1 min, 2 min.`"""
    if not delays_s:
        return translate("EditorWords", "Each message is tried once.")
    shown = ", ".join(formats.duration(seconds) for seconds in delays_s[:_MOST_DELAYS])
    if len(delays_s) > _MOST_DELAYS:
        text = translate("EditorWords", "Up to {attempts} attempts; again after {delays} and so on, {most} at most.")
    else:
        text = translate("EditorWords", "Up to {attempts} attempts; again after {delays}.")
    more = translate("EditorWords", "A gateway that asks for more time gets it.")
    return (text + " " + more).format(attempts=plan.attempts, delays=shown, most=formats.duration(delays_s[-1]))


def priority(level: str) -> str:
    return translate("EditorWords", _PRIORITY[level])


def priority_shares(priority: int, weight: float) -> str:
    """Say what a priority comes to, on numbers that campaigns share and in the queue of campaigns."""
    if priority == 0:
        text = translate("EditorWords", "Campaigns that share a number take turns: a message each.")
    elif priority > 0:
        text = translate(
            "EditorWords", "On a shared number, {n} messages for each one of a campaign of normal priority."
        )
    else:
        text = translate(
            "EditorWords", "On a shared number, one message for each {n} of a campaign of normal priority."
        )
    queue = translate("EditorWords", "Five campaigns send at once, the most important first.")
    return f"{text.format(n=formats.decimal(max(weight, 1 / weight), 0))} {queue}"


def _days(days: tuple[int, ...]) -> str:
    """Name days of the week, a run of three and more as `first–last`."""
    names = {day: QLocale().standaloneDayName(day, QLocale.FormatType.ShortFormat).rstrip(".") for day in days}
    first, last = min(days), max(days)
    is_run = len(days) > 2 and list(days) == list(range(first, last + 1))
    return f"{names[first]}–{names[last]}" if is_run else ", ".join(names[day] for day in days)
