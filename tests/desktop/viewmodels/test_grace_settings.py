"""How long a start can be taken back is read, kept within sense, and stored."""

import pytest

from desktop.domain.errors import KnownError
from desktop.domain.grace import LONGEST_GRACE_S, START_GRACE, USUAL_GRACE_S
from desktop.viewmodels.grace_settings import GraceSettingsViewModel
from tests.fakes.control import FakeControl
from tests.fakes.engine_state import ImmediateSpawn
from tests.fakes.library import FakeLibrary


@pytest.fixture
def library() -> FakeLibrary:
    return FakeLibrary()


@pytest.fixture
def model(qapp: object, library: FakeLibrary) -> GraceSettingsViewModel:
    return GraceSettingsViewModel(library, FakeControl(library), ImmediateSpawn())


def test_it_is_ten_seconds_unless_somebody_decides_otherwise(
    model: GraceSettingsViewModel, library: FakeLibrary
) -> None:
    model.activate()
    assert model.grace_s == USUAL_GRACE_S
    model.set_grace(0)
    assert library.settings[START_GRACE] == 0.0
    model.activate()
    assert model.grace_s == 0.0
    model.set_grace(10_000)
    assert library.settings[START_GRACE] == LONGEST_GRACE_S


def test_what_is_refused_is_shown_as_it_is_stored(qapp: object, library: FakeLibrary) -> None:
    class Refusing(FakeControl):
        async def set_setting(self, key: str, value: object) -> None:
            raise KnownError("not_allowed", "No.", "")

    model = GraceSettingsViewModel(library, Refusing(library), ImmediateSpawn())
    refusals: list[object] = []
    model.failed.connect(refusals.append)
    model.set_grace(3)
    assert len(refusals) == 1
    assert model.grace_s == USUAL_GRACE_S
