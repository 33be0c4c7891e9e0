"""The settings an operator may change. Each is stored when it is changed, and takes effect at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from PySide6.QtCore import QObject, Signal

from desktop.audience.optout import DEFAULT_WORDS
from desktop.viewmodels.jobs import Jobs, Spawn
from desktop.viewmodels.ports import Control, Library
from desktop.viewmodels.setting_keys import LANGUAGE_KEY, THEME_KEY

OPT_OUT_KEY = "opt_out.words"

THEMES = ("system", "light", "dark")
LANGUAGES = ("pt_BR", "en")


@dataclass(frozen=True, slots=True)
class Settings:
    theme: str = "system"
    language: str | None = None  # None: that of the system
    opt_out_words: tuple[str, ...] = DEFAULT_WORDS


def read_words(text: str) -> tuple[str, ...]:
    """Read words separated by commas or lines; small letters, because replies are compared without regard to case."""
    parts = (part.strip().lower() for part in text.replace("\n", ",").split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


class SettingsViewModel(QObject):
    """Read and store settings.

    Signals:
        changed: `settings` are others; also after a refusal, so that the screen shows what is stored.
        theme_changed(str), language_changed(object): to be applied now.
        failed(object): reading or storing was refused with this KnownError.
    """

    changed = Signal()
    theme_changed = Signal(str)
    language_changed = Signal(object)
    failed = Signal(object)

    def __init__(self, library: Library, control: Control, spawn: Spawn, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._control = control
        self.jobs = Jobs(spawn, self)
        self.jobs.failed.connect(self.failed)
        self.settings = Settings()
        self._unsaved: dict[str, object] = {}

    def activate(self) -> None:
        self.jobs.refresh("load settings", self._load)

    def deactivate(self) -> None:
        """Nothing to stop: settings change by hand only."""

    def set_theme(self, theme: str) -> None:
        if theme != self.settings.theme:
            self.settings = replace(self.settings, theme=theme)
            self.theme_changed.emit(theme)
            self._store(THEME_KEY, theme)

    def set_language(self, language: str | None) -> None:
        """None follows the language of the system."""
        if language != self.settings.language:
            self.settings = replace(self.settings, language=language)
            self.language_changed.emit(language)
            self._store(LANGUAGE_KEY, language)

    def add_opt_out_word(self, text: str) -> None:
        """Add a word, or several separated by commas."""
        self._set_words((*self.settings.opt_out_words, *read_words(text)))

    def remove_opt_out_word(self, word: str) -> None:
        self._set_words([other for other in self.settings.opt_out_words if other != word])

    def _set_words(self, words: Sequence[str]) -> None:
        kept = tuple(dict.fromkeys(words))
        if kept != self.settings.opt_out_words:
            self.settings = replace(self.settings, opt_out_words=kept)
            self._store(OPT_OUT_KEY, list(kept))

    def _store(self, key: str, value: object) -> None:
        self._unsaved[key] = value
        self.changed.emit()
        self.jobs.refresh("store settings", self._write)

    async def _write(self) -> None:
        while self._unsaved:
            key = next(iter(self._unsaved))
            value = self._unsaved.pop(key)
            await self._control.set_setting(key, value)

    async def _load(self) -> None:
        theme = await self._library.setting(THEME_KEY)
        language = await self._library.setting(LANGUAGE_KEY)
        words = await self._library.setting(OPT_OUT_KEY)
        self.settings = Settings(
            theme if isinstance(theme, str) and theme in THEMES else "system",
            language if isinstance(language, str) and language in LANGUAGES else None,
            _words(words),
        )
        self.changed.emit()


def _words(stored: object) -> tuple[str, ...]:
    """Read the stored words; an empty list is a decision, a missing or strange one is not."""
    if not isinstance(stored, list):
        return DEFAULT_WORDS
    return tuple(word for word in cast("list[object]", stored) if isinstance(word, str))
