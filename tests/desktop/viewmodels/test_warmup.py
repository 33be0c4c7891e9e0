"""The warm-up of a number: the choice, the place of today, and what is stored."""

from dataclasses import replace
from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.instance import Instance
from desktop.policy.warmup import STANDARD, curve_of, curve_text
from desktop.viewmodels import warmup_words
from desktop.viewmodels.warmup import LAST_DAY, WarmupMode, WarmupViewModel, mode_of
from tests.fakes import samples
from tests.fakes.control import FakeControl
from tests.fakes.engine_state import ImmediateSpawn
from tests.fakes.library import FakeLibrary


class World:
    def __init__(self) -> None:
        self.library = FakeLibrary()
        self.control = FakeControl(self.library)

    def sent(self, *days_ago: int) -> None:
        today = samples.NOW.date()
        self.library.days[self.instance().id] = [(today - timedelta(days=n), 30) for n in sorted(days_ago)]

    def instance(self, warmup: str = "off", per_day: int | None = 1200) -> Instance:
        instance = self.library.numbers[0].instance
        return replace(instance, warmup=warmup, limits=replace(instance.limits, per_day=per_day))

    def open(self, warmup: str = "off", per_day: int | None = 1200) -> WarmupViewModel:
        model = WarmupViewModel(
            self.instance(warmup, per_day), self.library, self.control, ImmediateSpawn(), lambda: samples.NOW
        )
        model.load()
        return model


@pytest.fixture
def world(qapp: object) -> World:
    return World()


@pytest.mark.parametrize(
    ("stored", "mode"),
    [
        ("off", WarmupMode.OFF),
        ("standard", WarmupMode.STANDARD),
        ("1:5 9:-", WarmupMode.OWN),
        ("of a newer version", WarmupMode.STANDARD),
    ],
)
def test_a_stored_curve_is_one_of_three_choices(stored: str, mode: WarmupMode) -> None:
    assert mode_of(stored) is mode


def test_today_stands_on_the_day_after_those_that_had_messages(world: World) -> None:
    world.sent(1, 2, 3)
    model = world.open("standard")
    assert model.place is not None
    assert (model.place.day, model.allowed_today) == (4, 35)
    assert [day.day for day in model.days if day.is_today] == [4]
    title, note = warmup_words.today(model)
    assert title == "Today: at most 35 messages"
    assert note == "Day 4 of the curve allows 35; that is less than the daily limit of 1,200."


def test_the_daily_limit_cuts_the_curve(world: World) -> None:
    model = world.open("standard", per_day=100)
    by_day = {day.day: day for day in model.days}
    assert (by_day[9].allowed, by_day[9].counted) == (85, 85)
    assert (by_day[28].allowed, by_day[28].counted) == (2745, 100)
    assert (by_day[29].allowed, by_day[29].counted) == (None, 100)
    assert warmup_words.day_tip(by_day[28]) == "Day 28: 100 messages (2,745 on the curve)"
    assert warmup_words.day_tip(by_day[29]) == "Day 29: 100 messages (no limit on the curve)"


@pytest.mark.parametrize(
    ("warmup", "per_day", "title", "note"),
    [
        ("off", None, "Today: no limit a day", "There is neither a warm-up nor a daily limit."),
        ("off", 10, "Today: at most 10 messages", "That is the daily limit of this number."),
        ("1:-", None, "Today: no limit a day", "Day 1 of the curve: the warm-up is over."),
        (
            "1:-",
            10,
            "Today: at most 10 messages",
            "Day 1 of the curve: the warm-up is over, and the daily limit decides.",
        ),
        ("1:20", None, "Today: at most 20 messages", "Day 1 of the curve. There is no daily limit."),
        (
            "1:20",
            20,
            "Today: at most 20 messages",
            "Day 1 of the curve allows 20; the daily limit of 20 is smaller and decides.",
        ),
    ],
)
def test_what_decides_today_is_told(world: World, warmup: str, per_day: int | None, title: str, note: str) -> None:
    assert warmup_words.today(world.open(warmup, per_day)) == (title, note)


def test_silence_is_told(world: World) -> None:
    world.sent(*range(9, 30))
    model = world.open("standard")
    assert model.place is not None
    assert model.place.stepped_back == 7
    assert warmup_words.idle(model.place).startswith("It was silent, and was set back by 7 days.")


def test_an_own_curve_is_checked_and_put_in_order(world: World, qtbot: QtBot) -> None:
    model = world.open("standard")
    model.set_mode(WarmupMode.OWN)
    assert model.problem is None
    model.set_points(((2, 10), (5, 20)))
    assert model.problem == "first_day"
    assert not model.can_save
    assert model.days == ()
    model.set_points(((1, 10), (5, 20), (5, 30)))
    assert model.problem == "twice"
    model.save()
    assert world.control.done == []
    model.set_points(((1, 10), (9, None), (5, 20)))
    with qtbot.waitSignal(model.saved):
        model.save()
    instance = model.instance
    assert world.control.done == [
        ("update_instance", instance.id, instance.limits, instance.timezone, "1:10 5:20 9:-"),
    ]
    assert world.library.numbers[0].instance.warmup == "1:10 5:20 9:-"


def test_a_day_is_added_after_the_last_and_taken_away(world: World) -> None:
    model = world.open("1:10 5:20")
    model.add_point()
    assert model.points == ((1, 10), (5, 20), (12, 40))
    model.remove_point(1)
    assert model.points == ((1, 10), (12, 40))
    model.set_points(((1, 10), (LAST_DAY, 20)))
    model.add_point()
    assert model.problem == "twice", "there is no later day"


def test_what_is_offered_first_as_own_curve_can_be_stored(world: World) -> None:
    model = world.open("off")
    model.set_mode(WarmupMode.OWN)
    assert model.curve is not None
    assert curve_of(curve_text(model.curve)) == model.curve
    assert model.curve[-1] == STANDARD[-1]


def test_switching_it_off_is_stored(world: World) -> None:
    model = world.open("standard")
    model.set_mode(WarmupMode.OFF)
    model.save()
    assert world.control.done[0][-1] == "off"
