"""The health panel, adding a number, and connecting one."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from pytestqt.qtbot import QtBot

from desktop.domain.errors import KnownError
from desktop.domain.ids import InstanceId
from desktop.domain.instance import ConnectionState, Gateway, InstanceLimits
from desktop.viewmodels import instance_words
from desktop.viewmodels.event_bridge import EventBridge
from desktop.viewmodels.instance_adding import AddInstanceViewModel, tidy_url
from desktop.viewmodels.instances import InstancesViewModel
from desktop.viewmodels.pairing import CODE_LASTS_S, PairingStep, PairingViewModel
from desktop.viewmodels.warmup import WarmupMode
from tests.fakes import samples
from tests.fakes.control import FakeControl, FakePairing, FakeProbe
from tests.fakes.engine_state import FakeBus, FakeEngine, ImmediateSpawn
from tests.fakes.library import FakeLibrary
from tests.fakes.spawning import TaskSpawn


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.at = samples.NOW

    def now(self) -> datetime:
        return self.at


class World:
    """The panel over the four sample numbers."""

    def __init__(self) -> None:
        self.library = FakeLibrary()
        self.control = FakeControl(self.library)
        self.engine = FakeEngine()
        self.clock = Clock()
        self.bridge = EventBridge(FakeBus())
        self.panel = InstancesViewModel(
            self.library, self.control, self.engine, self.bridge, ImmediateSpawn(), self.clock.now
        )


@pytest.fixture
def world(qapp: object) -> World:
    made = World()
    made.panel.refresh()
    return made


# Panel


def test_cards_say_what_is_left_and_why_nothing_leaves(world: World) -> None:
    first, second = world.panel.cards[:2]
    assert (first.used_share, first.left_today) == (842 / 1200, 358)
    text, picture, role = instance_words.idle(first, world.clock.now())
    assert "in 24 s" in text
    assert (picture, role) == ("clock", "text_muted")
    assert second.left_today == 0
    assert instance_words.allowance(second).note == "Used up for today"
    assert instance_words.state(second.summary.instance) == ("Paused", "warning")


def test_a_number_that_sent_nothing_is_not_called_healthy(world: World) -> None:
    silent = world.panel.cards[3]
    assert instance_words.health(silent) == "Nothing sent today yet"


def test_the_smaller_of_warm_up_and_daily_limit_is_the_allowance(world: World) -> None:
    row = world.library.numbers[0]
    world.library.numbers[0] = replace(row, instance=replace(row.instance, warmup="1:20 2:900 9:-"))
    world.library.days[row.instance.id] = [(samples.NOW.date() - timedelta(days=1), 20)]
    world.panel.refresh()
    first = world.panel.cards[0]
    assert (first.allowed_today, first.left_today, first.used_share) == (900, 58, 842 / 900)
    assert instance_words.allowance(first).note == "58 left until midnight · warm-up day 2"
    asked = world.library.asked["sent_by_day"]
    world.panel.refresh()
    assert world.library.asked["sent_by_day"] == asked, "the place on the curve holds for the day"
    world.clock.at += timedelta(days=1)
    world.panel.refresh()
    assert world.library.asked["sent_by_day"] == asked + 1


def test_a_number_that_sends_says_so(world: World) -> None:
    world.engine.idle.pop(InstanceId(1))
    world.panel.refresh()
    assert instance_words.idle(world.panel.cards[0], world.clock.now())[0] == "Sending"


def test_the_reason_changes_without_asking_the_database(world: World, qtbot: QtBot) -> None:
    world.panel.activate()
    world.engine.idle[InstanceId(1)] = ("offline", None)
    qtbot.waitUntil(lambda: world.panel.cards[0].idle == ("offline", None))
    world.panel.deactivate()


def test_pausing_is_carried_out_and_shown(world: World, qtbot: QtBot) -> None:
    with qtbot.waitSignal(world.panel.done) as done:
        world.panel.pause(InstanceId(1))
    assert done.args == ["pause", InstanceId(1)]
    card = world.panel.card(InstanceId(1))
    assert card is not None
    assert card.is_paused
    assert not card.busy


async def test_a_number_is_busy_while_something_is_done_to_it(qapp: object) -> None:
    world, spawn, gate = World(), TaskSpawn(), asyncio.Event()
    panel = InstancesViewModel(world.library, world.control, world.engine, world.bridge, spawn, world.clock.now)
    panel.refresh()
    await spawn.settle()

    async def slow(instance_id: InstanceId) -> None:
        await gate.wait()

    world.control.pause_instance = slow  # type: ignore[method-assign]
    panel.pause(InstanceId(1))
    panel.pause(InstanceId(1))
    await asyncio.sleep(0)
    assert panel.cards[0].busy == {"pause"}
    gate.set()
    await spawn.settle()
    assert not panel.cards[0].busy


def test_a_refused_removal_is_told_and_changes_nothing(world: World) -> None:
    refusals: list[str] = []
    world.panel.failed.connect(lambda error: refusals.append(error.code))
    world.control.refuse = KnownError("instance_in_use", "In use.")
    world.panel.remove(InstanceId(1))
    assert refusals == ["instance_in_use"]
    assert len(world.panel.cards) == 4
    assert not world.panel.cards[0].busy


# Adding


@pytest.fixture
def adding(qapp: object, world: World) -> AddInstanceViewModel:
    return AddInstanceViewModel(world.library, world.control, ImmediateSpawn())


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("", ""),
        (" https://x.com/ ", "https://x.com"),
        ("evolution.empresa.com.br/manager/", "https://evolution.empresa.com.br"),
        ("localhost:8080", "http://localhost:8080"),
        ("192.168.0.9:8080", "http://192.168.0.9:8080"),
    ],
)
def test_addresses_are_completed(typed: str, url: str) -> None:
    assert tidy_url(typed) == url


def test_a_number_is_found_named_limited_and_added(adding: AddInstanceViewModel, world: World, qtbot: QtBot) -> None:
    assert not adding.can_test
    adding.set_address(Gateway.EVOLUTION, "zap.exemplo.com", "key")
    adding.test()
    assert adding.probe is not None
    assert [remote.name for remote in adding.remotes] == ["vendas-1", "suporte"]
    adding.choose("suporte")
    assert adding.is_name_taken, "there is a number of that name already"
    adding.set_name("suporte-2")
    adding.set_limits(InstanceLimits(per_day=50), "America/Manaus")
    adding.set_warmup(WarmupMode.STANDARD)
    with qtbot.waitSignal(adding.added):
        adding.add()
    assert world.control.done[-1] == (
        "add_instance",
        "suporte-2",
        Gateway.EVOLUTION,
        "https://zap.exemplo.com",
        "suporte",
        InstanceLimits(per_day=50),
        "America/Manaus",
        "standard",
    )


def test_a_refused_key_offers_nothing(adding: AddInstanceViewModel, world: World) -> None:
    world.control.probe_result = FakeProbe(False, "unauthorised", None, ())
    adding.set_address(Gateway.EVOLUTION, "zap.exemplo.com", "wrong")
    adding.test()
    assert adding.probe is not None
    assert instance_words.probe(adding.probe)[0] == "The gateway refuses this key."
    assert not adding.can_add


def test_another_address_forgets_the_answer_of_the_last(adding: AddInstanceViewModel) -> None:
    adding.set_address(Gateway.EVOLUTION, "zap.exemplo.com", "key")
    adding.test()
    adding.choose("suporte")
    adding.set_address(Gateway.EVOLUTION, "outro.exemplo.com", "key")
    assert adding.probe is None
    assert adding.remote_name is None
    assert not adding.can_add


def test_the_key_is_forgotten_with_the_dialog(adding: AddInstanceViewModel) -> None:
    adding.set_address(Gateway.EVOLUTION, "zap.exemplo.com", "key")
    adding.reset()
    assert adding.address.token == ""


async def test_a_late_answer_about_another_address_is_dropped(qapp: object) -> None:
    world, spawn, gate = World(), TaskSpawn(), asyncio.Event()
    adding = AddInstanceViewModel(world.library, world.control, spawn)

    async def slow(gateway: Gateway, base_url: str, token: str) -> FakeProbe:
        await gate.wait()
        return FakeProbe()

    world.control.probe = slow  # type: ignore[method-assign]
    adding.set_address(Gateway.EVOLUTION, "a.com", "key")
    adding.test()
    await asyncio.sleep(0)
    adding.set_address(Gateway.EVOLUTION, "b.com", "key")
    gate.set()
    await spawn.settle()
    assert adding.probe is None


# Connecting


class Gate:
    """A gateway whose answers a test sets."""

    def __init__(self, control: FakeControl) -> None:
        self.state = ConnectionState.NEEDS_QR
        self.pairing: FakePairing | None = FakePairing()
        control.check_instance = self.check  # type: ignore[method-assign]
        control.pairing = self.pair  # type: ignore[method-assign, assignment]

    async def check(self, instance_id: InstanceId) -> ConnectionState:
        return self.state

    async def pair(self, instance_id: InstanceId) -> FakePairing | None:
        return self.pairing


@pytest.fixture
def gate(world: World) -> Gate:
    return Gate(world.control)


@pytest.fixture
def pairing(qapp: object, world: World, gate: Gate) -> PairingViewModel:
    return PairingViewModel(world.control, ImmediateSpawn(), world.clock.now)


def test_a_code_is_shown_and_runs_out(pairing: PairingViewModel, world: World) -> None:
    pairing.begin(InstanceId(3))
    assert pairing.step is PairingStep.SHOWING
    assert pairing.left_s == CODE_LASTS_S
    world.clock.at += timedelta(seconds=30)
    pairing._on_tick()
    assert pairing.left_s == CODE_LASTS_S - 30
    pairing.end()


def test_the_same_code_asked_for_again_does_not_become_younger(pairing: PairingViewModel, world: World) -> None:
    pairing.begin(InstanceId(3))
    world.clock.at += timedelta(seconds=30)
    pairing.ask()
    pairing._on_tick()
    assert pairing.left_s == CODE_LASTS_S - 30
    pairing.end()


def test_a_new_code_begins_anew(pairing: PairingViewModel, world: World, gate: Gate) -> None:
    pairing.begin(InstanceId(3))
    world.clock.at += timedelta(seconds=44)
    gate.pairing = FakePairing(qr_text="2@another")
    pairing.ask()
    assert (pairing.qr_text, pairing.left_s) == ("2@another", CODE_LASTS_S)
    pairing.end()


def test_before_the_first_code_it_asks(pairing: PairingViewModel, gate: Gate) -> None:
    gate.pairing = FakePairing(qr_text=None, pairing_code=None)
    pairing.begin(InstanceId(3))
    assert pairing.step is PairingStep.ASKING
    pairing.end()


def test_an_unreachable_gateway_is_asked_again(pairing: PairingViewModel, gate: Gate) -> None:
    gate.pairing = None
    pairing.begin(InstanceId(3))
    assert pairing.step is PairingStep.UNREACHABLE
    gate.pairing = FakePairing()
    for _ in range(3):
        pairing._on_tick()
    assert pairing.step is PairingStep.SHOWING
    pairing.end()


def test_a_scan_ends_the_asking(pairing: PairingViewModel, gate: Gate, qtbot: QtBot) -> None:
    pairing.begin(InstanceId(3))
    gate.state = ConnectionState.CONNECTED
    with qtbot.waitSignal(pairing.connected) as connected:
        pairing.ask()
    assert connected.args == [InstanceId(3)]
    assert pairing.step is PairingStep.CONNECTED
    assert not pairing._timer.isActive()
