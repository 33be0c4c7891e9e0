"""The words for an error that nobody foresaw."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication


@dataclass(frozen=True, slots=True)
class CrashNotice:
    """`path` is where the report lies; None when it could not be written."""

    title: str
    text: str
    report: str
    place: str
    path: Path | None


def crash_notice(where: str, report: str, path: Path | None) -> CrashNotice:
    """Word a report; `where` is that of a `CrashReport`."""
    translate = QCoreApplication.translate
    title = translate("Crash", "Something went wrong that we had not foreseen")
    text = translate(
        "Crash",
        "Your campaigns, contacts and messages are safe, and sending goes on. Whatever you did just now may not have "
        "been done: look, and try it again.",
    )
    if where == "engine":
        title = translate("Crash", "Sending has stopped")
        text = translate(
            "Crash",
            "The cause is an error that we had not foreseen. Nothing is lost and nobody is written to twice. Sending "
            "starts again by itself in a moment; the window says when, and you can start it at once there.",
        )
    elif where == "start":
        title = translate("Crash", "Cadência cannot open")
        text = translate(
            "Crash", "The cause is an error that we had not foreseen. Nothing of what is stored was changed."
        )
    elif where == "previous_run":
        title = translate("Crash", "Cadência ended by itself last time")
        text = translate(
            "Crash",
            "It was ended by an error inside one of its parts. What was recorded is safe: messages that were on their "
            "way are checked before anything is sent again.",
        )
    place = translate("Crash", "Phone numbers, message texts and keys are not in the report.")
    if path is not None:
        place += " " + translate("Crash", "It is kept in {path}.").format(path=path)
    return CrashNotice(title, text, report, place, path)
