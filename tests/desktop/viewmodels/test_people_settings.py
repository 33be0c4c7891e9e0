"""The choices about people are stored when they change, and off or on as they should be from the start."""

import pytest

from desktop.domain.errors import KnownError
from desktop.domain.numbers import SKIP_ABSENT
from desktop.domain.opt_out import LONGEST_REPLY, REPLY_SETTING
from desktop.viewmodels.people_settings import PeopleSettings, PeopleSettingsViewModel, usual_reply
from tests.fakes.control import FakeControl
from tests.fakes.engine_state import ImmediateSpawn
from tests.fakes.library import FakeLibrary


@pytest.fixture
def library() -> FakeLibrary:
    return FakeLibrary()


@pytest.fixture
def model(qapp: object, library: FakeLibrary) -> PeopleSettingsViewModel:
    return PeopleSettingsViewModel(library, FakeControl(library), ImmediateSpawn())


def test_nobody_is_answered_and_the_absent_are_left_out_unless_somebody_decides_otherwise(
    model: PeopleSettingsViewModel,
) -> None:
    model.activate()
    assert model.settings == PeopleSettings()
    assert (model.settings.reply.is_enabled, model.settings.skips_absent) == (False, True)


def test_the_confirmation_is_switched_on_with_the_usual_text(
    model: PeopleSettingsViewModel, library: FakeLibrary
) -> None:
    model.set_reply_enabled(True)
    assert library.settings[REPLY_SETTING] == {"enabled": True, "text": usual_reply()}
    model.set_reply_text("  Pronto, tchau!  ")
    assert library.settings[REPLY_SETTING] == {"enabled": True, "text": "Pronto, tchau!"}
    model.set_reply_enabled(False)
    assert library.settings[REPLY_SETTING] == {"enabled": False, "text": "Pronto, tchau!"}
    model.set_reply_text("")
    assert model.settings.reply.text == usual_reply()
    model.set_reply_text("x" * 5_000)
    assert len(model.settings.reply.text) == LONGEST_REPLY


def test_skipping_is_stored(model: PeopleSettingsViewModel, library: FakeLibrary) -> None:
    model.set_skips_absent(False)
    assert library.settings[SKIP_ABSENT] is False
    model.activate()
    assert not model.settings.skips_absent


def test_what_is_refused_is_shown_as_it_is_stored(qapp: object, library: FakeLibrary) -> None:
    class Refusing(FakeControl):
        async def set_setting(self, key: str, value: object) -> None:
            raise KnownError("not_allowed", "No.", "")

    model = PeopleSettingsViewModel(library, Refusing(library), ImmediateSpawn())
    refusals: list[KnownError] = []
    model.failed.connect(refusals.append)
    model.set_skips_absent(False)
    assert [error.code for error in refusals] == ["not_allowed"]
    assert model.settings.skips_absent
