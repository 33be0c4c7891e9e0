"""Sentences about the warm-up of a number."""

from PySide6.QtCore import QCoreApplication

from desktop.policy.warmup import WarmupDay
from desktop.viewmodels import formats
from desktop.viewmodels.warmup import CurveDay, WarmupMode, WarmupViewModel

translate = QCoreApplication.translate


def mode(choice: WarmupMode) -> str:
    return {
        WarmupMode.OFF: translate("WarmupWords", "Off"),
        WarmupMode.STANDARD: translate("WarmupWords", "Standard"),
        WarmupMode.OWN: translate("WarmupWords", "My own curve"),
    }[choice]


def about(choice: WarmupMode) -> str:
    """Say what a choice does."""
    return {
        WarmupMode.OFF: translate(
            "WarmupWords",
            "Only the daily limit counts. For numbers that have been writing to many people for a long time.",
        ),
        WarmupMode.STANDARD: translate(
            "WarmupWords",
            "From 20 messages on the first day, a fifth more each day, for four weeks. For new numbers.",
        ),
        WarmupMode.OWN: translate("WarmupWords", "Each line holds from its day until the next one."),
    }[choice]


def today(model: WarmupViewModel) -> tuple[str, str]:
    """Say what may leave today, and which of curve and daily limit decides it."""
    place, limit, allowed = model.place, model.instance.limits.per_day, model.allowed_today
    if allowed is None:
        title = translate("WarmupWords", "Today: no limit a day")
    else:
        title = translate("WarmupWords", "Today: at most {messages}").format(messages=formats.messages(allowed))
    daily = formats.number(limit) if limit is not None else ""
    if place is None:
        if limit is None:
            return title, translate("WarmupWords", "There is neither a warm-up nor a daily limit.")
        return title, translate("WarmupWords", "That is the daily limit of this number.")
    if place.allowance is None:
        if limit is None:
            return title, translate("WarmupWords", "Day {day} of the curve: the warm-up is over.").format(day=place.day)
        pattern = translate("WarmupWords", "Day {day} of the curve: the warm-up is over, and the daily limit decides.")
        return title, pattern.format(day=place.day)
    curve = formats.number(place.allowance)
    if limit is None:
        return title, translate("WarmupWords", "Day {day} of the curve. There is no daily limit.").format(day=place.day)
    if limit <= place.allowance:
        pattern = translate(
            "WarmupWords", "Day {day} of the curve allows {curve}; the daily limit of {limit} is smaller and decides."
        )
    else:
        pattern = translate(
            "WarmupWords", "Day {day} of the curve allows {curve}; that is less than the daily limit of {limit}."
        )
    return title, pattern.format(day=place.day, curve=curve, limit=daily)


def idle(place: WarmupDay | None) -> str:
    """Say how silence sets a number back, and whether it has just done so."""
    rule = translate(
        "WarmupWords",
        "Only days with messages count. Each full week without one sets the number back by a week on the curve.",
    )
    if place is None or not place.stepped_back:
        return rule
    back = translate("WarmupWords", "It was silent, and was set back by {n} days.").format(n=place.stepped_back)
    return f"{back} {rule}"


def day_tip(day: CurveDay) -> str:
    """Tell one day of the drawing."""
    if day.counted is None:
        return translate("WarmupWords", "Day {day}: no limit").format(day=day.day)
    text = translate("WarmupWords", "Day {day}: {messages}").format(day=day.day, messages=formats.messages(day.counted))
    if day.allowed == day.counted:
        return text
    allowed = (
        translate("WarmupWords", "no limit on the curve")
        if day.allowed is None
        else translate("WarmupWords", "{n} on the curve").format(n=formats.number(day.allowed))
    )
    return f"{text} ({allowed})"


def problem(code: str | None) -> str:
    """Say what is wrong with the points of an own curve."""
    match code:
        case "first_day":
            return translate("WarmupWords", "The curve has to begin on day 1.")
        case "twice":
            return translate("WarmupWords", "A day stands there twice.")
        case _:
            return ""


def on_card(place: WarmupDay) -> str:
    """Say in a few words where a number is: for its card."""
    if place.allowance is None:
        return translate("WarmupWords", "warm-up done")
    return translate("WarmupWords", "warm-up day {day}").format(day=place.day)
