"""Settings: stored when they change, applied at once, sane when what is stored is not."""

import pytest
from pytestqt.qtbot import QtBot

from desktop.audience.optout import DEFAULT_WORDS
from desktop.viewmodels.setting_keys import LANGUAGE_KEY, THEME_KEY
from desktop.viewmodels.settings import (
    OPT_OUT_KEY,
    Settings,
    SettingsViewModel,
    read_words,
)
from tests.fakes.control import FakeControl
from tests.fakes.engine_state import ImmediateSpawn
from tests.fakes.library import FakeLibrary


@pytest.fixture
def library() -> FakeLibrary:
    return FakeLibrary()


@pytest.fixture
def settings(qapp: object, library: FakeLibrary) -> SettingsViewModel:
    return SettingsViewModel(library, FakeControl(library), ImmediateSpawn())


def test_without_anything_stored_the_defaults_hold(settings: SettingsViewModel) -> None:
    settings.activate()
    assert settings.settings == Settings("system", None, DEFAULT_WORDS)


def test_a_theme_is_applied_and_stored(settings: SettingsViewModel, library: FakeLibrary, qtbot: QtBot) -> None:
    with qtbot.waitSignal(settings.theme_changed) as changed:
        settings.set_theme("dark")
    assert changed.args == ["dark"]
    assert library.settings[THEME_KEY] == "dark"


def test_the_language_of_the_system_is_stored_as_none(settings: SettingsViewModel, library: FakeLibrary) -> None:
    settings.set_language("en")
    settings.set_language(None)
    assert library.settings[LANGUAGE_KEY] is None


def test_opt_out_words_are_added_once_and_taken_away(settings: SettingsViewModel, library: FakeLibrary) -> None:
    settings.add_opt_out_word(" Chega, SAIR ,chega")
    assert library.settings[OPT_OUT_KEY] == [*DEFAULT_WORDS, "chega"]
    settings.remove_opt_out_word("stop")
    assert "stop" not in settings.settings.opt_out_words


def test_no_words_at_all_is_a_decision_that_survives(settings: SettingsViewModel, library: FakeLibrary) -> None:
    library.settings[OPT_OUT_KEY] = []
    settings.activate()
    assert settings.settings.opt_out_words == ()


@pytest.mark.parametrize("strange", ["violet", 3, None, ["x"]])
def test_strange_values_do_not_break_the_page(
    settings: SettingsViewModel, library: FakeLibrary, strange: object
) -> None:
    library.settings = {THEME_KEY: strange, LANGUAGE_KEY: strange, OPT_OUT_KEY: "sair"}
    settings.activate()
    assert settings.settings == Settings()


def test_words_are_read_from_commas_and_lines() -> None:
    assert read_words("Sair\nPARAR, ,sair") == ("sair", "parar")
