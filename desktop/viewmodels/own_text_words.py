"""Words for a text for each person: states, problems, how the writing goes and what it costs."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QLocale

from desktop.domain.errors import KnownError
from desktop.domain.own_text import (
    CUSTOM,
    FIRST_NAME,
    NAME,
    OwnText,
    OwnTextExample,
    OwnTextPlan,
    OwnTextProgress,
    OwnTextState,
    WritingEnd,
)
from desktop.viewmodels import formats, wording
from desktop.viewmodels.mark import QT_TRANSLATE_NOOP

translate = QCoreApplication.translate

_S = OwnTextState

_STATES: Mapping[OwnTextState, tuple[str, str]] = {
    _S.WAITING: (QT_TRANSLATE_NOOP("OwnTexts", "Waiting"), "neutral"),
    _S.FAILED: (QT_TRANSLATE_NOOP("OwnTexts", "Failed"), "danger"),
    _S.NEW: (QT_TRANSLATE_NOOP("OwnTexts", "New"), "info"),
    _S.ACCEPTED: (QT_TRANSLATE_NOOP("OwnTexts", "Accepted"), "success"),
    _S.EDITED: (QT_TRANSLATE_NOOP("OwnTexts", "Edited"), "success"),
    _S.REFUSED: (QT_TRANSLATE_NOOP("OwnTexts", "Refused"), "neutral"),
}

_PROBLEMS: Mapping[str, str] = {
    "empty": QT_TRANSLATE_NOOP("OwnTexts", "Empty"),
    "too_long": QT_TRANSLATE_NOOP("OwnTexts", "Too long"),
    "placeholder": QT_TRANSLATE_NOOP("OwnTexts", "Unfilled gap, such as [name]"),
    "strange_link": QT_TRANSLATE_NOOP("OwnTexts", "A link that you did not write"),
    "missing_value": QT_TRANSLATE_NOOP("OwnTexts", "A field of the message is empty"),
}


def columns() -> tuple[str, str, str, str]:
    """Name the columns of the table."""
    return (
        translate("OwnTexts", "Person"),
        translate("OwnTexts", "Text"),
        translate("OwnTexts", "State"),
        translate("OwnTexts", "Look at"),
    )


def state_name(word: OwnTextState) -> str:
    """Name a state."""
    return translate("OwnTexts", _STATES[word][0])


def state(row: OwnText) -> tuple[str, str]:
    """Name the state of a text, with its tone."""
    return state_name(row.state), _STATES[row.state][1]


def problems(row: OwnText) -> str:
    """Say what is wrong with a text, or why it could not be written."""
    if row.state is _S.FAILED and row.reason:
        return wording.error_code(row.reason)
    return " · ".join(translate("OwnTexts", _PROBLEMS[code]) for code in row.problems if code in _PROBLEMS)


def nothing(row: OwnText) -> str:
    """Say what stands where no text is."""
    return translate("OwnTexts", "not written yet") if row.state is _S.WAITING else "—"


def field(name: str) -> str:
    """Name a field of a person."""
    if name == FIRST_NAME:
        return translate("OwnTexts", "First name")
    if name == NAME:
        return translate("OwnTexts", "Whole name")
    return name.removeprefix(CUSTOM)


def money(amount: float, currency: str) -> str:
    """Write what texts cost: parts of a cent only below one, where there are some."""
    places = 2 if amount >= 1 or abs(amount - round(amount, 2)) < 1e-9 else 4
    return f"{currency} {QLocale().toString(amount, 'f', places)}"


def estimate(example: OwnTextExample) -> str:
    """Say what the writing takes, about."""
    if not example.people:
        return translate("OwnTexts", "Everybody who may have one has a text.")
    parts = [
        translate("OwnTexts", "{people} to write for").format(people=formats.people(example.people)),
        translate("OwnTexts", "about {tokens} tokens").format(tokens=formats.number(example.tokens)),
    ]
    if example.cost is not None:
        cost = money(example.cost, example.currency)
        parts.append(translate("OwnTexts", "about {cost}").format(cost=cost))
    return " · ".join(parts)


def progress(found: OwnTextProgress) -> str:
    """Say how many are written, how fast, and how long it takes."""
    of = translate("OwnTexts", "{done} of {total} written")
    parts = [of.format(done=formats.number(found.done), total=formats.number(found.total))]
    if found.failed:
        parts.append(translate("OwnTexts", "{count} failed").format(count=formats.number(found.failed)))
    if found.ended is None:
        if found.per_minute is not None:
            parts.append(formats.per_minute(found.per_minute))
        if found.left_s:
            parts.append(translate("OwnTexts", "{time} left").format(time=formats.duration(found.left_s)))
    return " · ".join(parts)


def spent(found: OwnTextPlan, currency: str) -> str:
    """Say what the texts of the campaign have cost so far, and what they may cost; empty when nothing was asked."""
    tokens = found.spent.tokens_in + found.spent.tokens_out
    if not found.spent.requests:
        return ""
    text = translate("OwnTexts", "{tokens} tokens").format(tokens=formats.number(tokens))
    if found.spent.cost:
        text += f" · {money(found.spent.cost, currency)}"
    if found.wish.most_cost is not None:
        most = money(found.wish.most_cost, currency)
        text += " " + translate("OwnTexts", "of at most {most}").format(most=most)
    return text


def standing(found: OwnTextProgress) -> tuple[str, str, str] | None:
    """Say why the writing stands still, or waits: tone, sentence, what to do. None while all is well."""
    if found.ended is None:
        if found.is_pausing:
            return "info", translate("OwnTexts", "Pausing: what is on its way is awaited…"), ""
        if found.waits_s > 0:
            text = translate("OwnTexts", "The AI is busy. It is asked again in {time}.")
            return "warning", text.format(time=formats.duration(found.waits_s)), ""
        return None
    if found.ended == WritingEnd.DONE:
        return None
    if found.ended == WritingEnd.PAUSED:
        return "info", translate("OwnTexts", "Paused."), translate("OwnTexts", "What is written is kept.")
    text, hint = wording.error(KnownError(found.ended, wording.error_code(found.ended)))
    return "danger", text, hint
