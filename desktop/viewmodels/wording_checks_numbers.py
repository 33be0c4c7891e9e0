"""Lines of the checklist about the numbers, their limits, and the place among the campaigns that send."""

from collections.abc import Mapping

from desktop.viewmodels.mark import QT_TRANSLATE_NOOP

_CONNECT = QT_TRANSLATE_NOOP("Checks", "Open Instances: connect or resume them.")
_GOES_ON = QT_TRANSLATE_NOOP("Checks", "You can start now: the campaign waits until then and goes on by itself.")
_TURN = QT_TRANSLATE_NOOP(
    "Checks", "It begins by itself when one of them ends. With a higher priority it comes before them."
)

NUMBER_LINES: Mapping[str, tuple[str, str]] = {
    "instances": (QT_TRANSLATE_NOOP("Checks", "Connected and ready: {numbers}."), ""),
    "instances_missing": (
        QT_TRANSLATE_NOOP("Checks", "No number is chosen to send with."),
        QT_TRANSLATE_NOOP("Checks", "Choose at least one in Numbers and pace."),
    ),
    "instances_unknown": (
        QT_TRANSLATE_NOOP("Checks", "These numbers do not exist any more: {names}."),
        QT_TRANSLATE_NOOP("Checks", "Choose others in Numbers and pace."),
    ),
    "instances_without_token": (
        QT_TRANSLATE_NOOP("Checks", "The key is missing for: {names}."),
        QT_TRANSLATE_NOOP("Checks", "Remove them in Instances and add them again with their keys."),
    ),
    "instances_none_connected": (
        QT_TRANSLATE_NOOP("Checks", "None of the numbers is connected and free to send: {names}."),
        _CONNECT,
    ),
    "instances_limit_nought": (
        QT_TRANSLATE_NOOP("Checks", "Nothing may leave on any day: the daily limit is zero for {names}."),
        QT_TRANSLATE_NOOP("Checks", "Raise it in Instances, or choose other numbers."),
    ),
    "instances_some_connected": (QT_TRANSLATE_NOOP("Checks", "Not connected, or paused: {names}."), _CONNECT),
    "instances_at_limit": (
        QT_TRANSLATE_NOOP("Checks", "All numbers have sent what they may today ({names}). The first may send {at}."),
        _GOES_ON,
    ),
    "instances_at_limit_pauses": (
        QT_TRANSLATE_NOOP("Checks", "All numbers have sent what they may today ({names}). The first may send {at}."),
        QT_TRANSLATE_NOOP(
            "Checks",
            "Meta's limit pauses a campaign: started now, it pauses at once and waits for you to resume it. "
            "Better schedule it for after that moment.",
        ),
    ),
    "instances_resting": (
        QT_TRANSLATE_NOOP("Checks", "All numbers rest for now ({names}). The first may send {at}."),
        _GOES_ON,
    ),
    "instances_some_resting": (
        QT_TRANSLATE_NOOP("Checks", "Connected and ready: {numbers}. Not before {at}: {names}."),
        QT_TRANSLATE_NOOP("Checks", "They come back by themselves."),
    ),
    "instances_failing": (
        QT_TRANSLATE_NOOP("Checks", "All numbers rest because many messages failed: {names}."),
        QT_TRANSLATE_NOOP(
            "Checks", "They come back by themselves after a rest. Look at them in Instances before you start."
        ),
    ),
    "instances_some_failing": (
        QT_TRANSLATE_NOOP("Checks", "Connected and ready: {numbers}. Resting because many messages failed: {names}."),
        QT_TRANSLATE_NOOP("Checks", "They come back by themselves after a rest."),
    ),
    "queue": (
        QT_TRANSLATE_NOOP(
            "Checks", "{limit} campaigns send already: {names}. This one waits in the queue, place {place}."
        ),
        _TURN,
    ),
    "queue_behind": (
        QT_TRANSLATE_NOOP(
            "Checks",
            "{limit} campaigns send already: {names}. This one waits in the queue, place {place}, behind: {ahead}.",
        ),
        _TURN,
    ),
    "queue_displaces": (
        QT_TRANSLATE_NOOP("Checks", "It goes before “{name}”, which then waits until a place is free again."),
        QT_TRANSLATE_NOOP("Checks", "Lower its priority if it should wait instead."),
    ),
    "limits": (
        QT_TRANSLATE_NOOP("Checks", "At this pace it ends about {finish} (between {earliest} and {latest})."),
        "",
    ),
    "limits_pausing": (
        QT_TRANSLATE_NOOP(
            "Checks",
            "It will pause at a limit of its numbers. Resumed at once each time, it ends about {finish} (between "
            "{earliest} and {latest}).",
        ),
        QT_TRANSLATE_NOOP(
            "Checks", "Numbers of Meta's Cloud API pause the campaign at a limit. A slower pace does not reach it."
        ),
    ),
    "limits_if_resumed": (
        QT_TRANSLATE_NOOP(
            "Checks",
            "If it is resumed whenever the limit pauses it, it ends about {finish} (between {earliest} and {latest}).",
        ),
        "",
    ),
    "limits_after_place": (
        QT_TRANSLATE_NOOP("Checks", "When it ends is known once it has a place among the campaigns that send."),
        "",
    ),
    "limits_unknown": (QT_TRANSLATE_NOOP("Checks", "When it ends is known once one of its numbers can send."), ""),
    "limits_never": (
        QT_TRANSLATE_NOOP("Checks", "With these limits it would never end."),
        QT_TRANSLATE_NOOP("Checks", "Raise the limits of the numbers, or the pace."),
    ),
}
