"""The words of the command line: those of the window, through Qt's translations, without a window."""

from PySide6.QtCore import QCoreApplication

from desktop.domain.engine_trouble import EngineTrouble
from desktop.domain.errors import KnownError
from desktop.domain.summaries import CheckLine, EventRow
from desktop.viewmodels import formats, wording
from desktop.widgets.language import LANGUAGES, Languages, system_language


class Words:
    """Words for codes in one language.

    Args:
        language: `pt_BR`, `en`, or None for the system's.
    """

    def __init__(self, language: str | None) -> None:
        # Translators belong to an application object; it starts no loop and opens nothing.
        self._app = QCoreApplication.instance() or QCoreApplication([])
        self._languages = Languages(self._app)
        self._languages.install(language if language in LANGUAGES else system_language())

    def error(self, refusal: KnownError) -> tuple[str, str]:
        """Word a refusal. Its own English is the most precise; a translation gets the names and numbers behind it."""
        text, hint = wording.error(refusal)
        if self._languages.current == "en" or text == refusal.message:
            return refusal.message, refusal.hint
        facts = ", ".join(wording.unused_facts(refusal))
        return f"{text} ({facts})" if facts else text, hint

    def check(self, line: CheckLine) -> tuple[str, str]:
        return wording.check(line)

    def event(self, row: EventRow) -> str:
        return wording.event(row)

    def one_desk_only(self, made_at: str | None) -> str:
        """Say that nobody but people can keep two desks from sending one capsule; `made_at` is ISO 8601."""
        if made_at is None:
            return QCoreApplication.translate(
                "Cli", "Give the file to one desk only: two that take it in would both send."
            )
        text = QCoreApplication.translate(
            "Cli", "Made on {when}. Start the campaign only if nobody else has taken this file in: both would send."
        )
        return text.format(when=made_at)

    def awaiting(self, in_flight: int) -> str:
        """Say that the end waits for so many answers."""
        text = QCoreApplication.translate(
            "Cli", "Stopping: waiting for the answers to what is on its way ({messages})."
        )
        return text.format(messages=formats.messages(in_flight))

    def stopped(self, trouble: EngineTrouble) -> str:
        """Say that sending has stopped by itself, why, and when it goes on."""
        why = self.error(trouble.error)[0] if trouble.error else trouble.kind
        text = QCoreApplication.translate("Cli", "Sending has stopped: {why} It starts again by itself at {time}.")
        return text.format(why=why, time=formats.time_of_day(trouble.again_at, seconds=True))

    def reason(self, code: str | None) -> str:
        return wording.reason(code)
