"""The health panel, adding a number, and connecting one."""

import ast
import asyncio
import re
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.errors import KnownError
from desktop.domain.ids import InstanceId
from desktop.domain.instance import ConnectionState, Gateway, InstanceLimits
from desktop.domain.template import NumberFacts
from desktop.gateways.http import NAMED_FAILURES
from desktop.policy.explain import Explanation, Subject
from desktop.policy.waiting import Rule, Wait
from desktop.viewmodels import instance_words, provider_words
from desktop.viewmodels.event_bridge import EventBridge
from desktop.viewmodels.instance_adding import AddInstanceViewModel, tidy_url
from desktop.viewmodels.instance_words import TitleAndNote
from desktop.viewmodels.instances import InstancesViewModel
from desktop.viewmodels.pairing import CODE_LASTS_S, PairingStep, PairingViewModel
from desktop.viewmodels.warmup import WarmupMode
from desktop.widgets.language import LANGUAGES, Languages
from tests.fakes import samples
from tests.fakes.control import FakeControl, FakePairing, FakeProbe
from tests.fakes.engine_state import FakeBus, FakeEngine, ImmediateSpawn
from tests.fakes.library import FakeLibrary
from tests.fakes.spawning import TaskSpawn

ROOT = Path(__file__).resolve().parents[3]


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


def test_a_number_whose_gateway_is_silent_is_not_called_connected(world: World) -> None:
    assert instance_words.card_state(world.panel.cards[0]) == ("Connected", "success")
    ready = instance_words.overview(world.panel.cards)
    world.engine.instances[InstanceId(1)] = Explanation(Subject.INSTANCE, (Wait(Rule.UNREACHABLE),))
    world.panel.refresh()
    assert instance_words.card_state(world.panel.cards[0]) == ("No answer", "warning")
    assert ready.count("1 ready") == 1
    assert "0 ready" in instance_words.overview(world.panel.cards)
    assert instance_words.card_state(world.panel.cards[1]) == ("Paused", "warning"), "that it is paused comes first"


def test_a_message_in_doubt_counts_against_the_limit_of_the_day(world: World) -> None:
    full = Explanation(Subject.INSTANCE, (Wait(Rule.DAILY_LIMIT, None, {"used": 1200, "limit": 1200}),))
    world.engine.instances[InstanceId(1)] = full
    world.panel.refresh()
    first = world.panel.cards[0]
    assert (first.used_today, first.used_share, first.left_today) == (1200, 1.0, 0)
    assert instance_words.allowance(first) == TitleAndNote("1,200 of 1,200 today", "Used up for today")


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
    assert adding.names["suporte"] == "suporte-2", "there is a number of that name already"
    adding.set_name("suporte", "suporte")
    assert adding.name_problem("suporte") == "taken"
    assert not adding.can_add
    adding.set_name("suporte", "suporte-2")
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
    assert instance_words.probe(adding.probe, Gateway.EVOLUTION)[0] == "The gateway refuses this key."
    assert not adding.can_add


def test_another_address_forgets_the_answer_of_the_last(adding: AddInstanceViewModel) -> None:
    adding.set_address(Gateway.EVOLUTION, "zap.exemplo.com", "key")
    adding.test()
    adding.choose("suporte")
    adding.set_address(Gateway.EVOLUTION, "outro.exemplo.com", "key")
    assert adding.probe is None
    assert adding.names == {}
    assert not adding.can_add


def test_the_key_is_forgotten_with_the_dialog(adding: AddInstanceViewModel) -> None:
    adding.set_address(Gateway.EVOLUTION, "zap.exemplo.com", "key")
    adding.reset()
    assert adding.address.token == ""


async def test_a_late_answer_about_another_address_is_dropped(qapp: object) -> None:
    world, spawn, gate = World(), TaskSpawn(), asyncio.Event()
    adding = AddInstanceViewModel(world.library, world.control, spawn)

    async def slow(gateway: Gateway, base_url: str, token: str, **_ids: str | None) -> FakeProbe:
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


def test_several_numbers_are_added_at_once(adding: AddInstanceViewModel, world: World, qtbot: QtBot) -> None:
    adding.set_address(Gateway.EVOLUTION, "zap.exemplo.com", "key")
    adding.test()
    adding.choose("vendas-1")
    adding.choose("suporte")
    adding.set_name("vendas-1", "um")
    adding.set_name("suporte", "um")
    assert adding.name_problem("suporte") == "twice"
    adding.set_name("suporte", " ")
    assert adding.name_problem("suporte") == "empty"
    adding.set_name("suporte", "dois")
    with qtbot.waitSignal(adding.added) as added:
        adding.add()
    assert [each.name for each in added.args[0]] == ["um", "dois"]


def test_what_is_refused_midway_can_be_tried_again(adding: AddInstanceViewModel, world: World, qtbot: QtBot) -> None:
    adding.set_address(Gateway.EVOLUTION, "zap.exemplo.com", "key")
    adding.test()
    adding.choose("suporte")
    world.control.refuse = KnownError("keyring_locked", "x")
    with qtbot.waitSignal(adding.failed):
        adding.add()
    assert list(adding.names) == ["suporte"]
    world.control.refuse = None
    with qtbot.waitSignal(adding.added):
        adding.add()


def test_a_new_instance_is_made_at_the_gateway_and_chosen(adding: AddInstanceViewModel, world: World) -> None:
    assert not adding.can_create
    adding.set_address(Gateway.WAHA, "zap.exemplo.com", "key")
    adding.test()
    assert adding.can_create
    adding.create("  ")
    adding.create(" nova ")
    assert ("create_at_gateway", Gateway.WAHA, "https://zap.exemplo.com", "nova") in world.control.done
    assert adding.names == {"nova": "nova"}
    adding.choose("nova", False)
    assert not adding.can_continue


def test_a_number_of_the_cloud_api_needs_its_account(adding: AddInstanceViewModel, world: World, qtbot: QtBot) -> None:
    adding.set_address(Gateway.CLOUD, "", "token")
    assert not adding.can_test
    assert adding.limits.per_day == 500, "the profile of the gateway"
    adding.set_address(Gateway.CLOUD, "", "token", "", " 102 ")
    world.control.probe_result = FakeProbe(True, "ok", "v25.0", (("106", ConnectionState.CONNECTED, "+551140028922"),))
    adding.test()
    assert ("probe", Gateway.CLOUD, "https://graph.facebook.com", None, "102") in world.control.done
    assert not adding.can_create, "Meta's numbers are made in its own pages"
    assert adding.names == {"106": "+551140028922"}, "an id says nothing to people"
    with qtbot.waitSignal(adding.added) as added:
        adding.add()
    assert [(each.phone_id, each.waba_id) for each in added.args[0]] == [("106", "102")]


def probe_codes() -> set[str]:
    """Read from the source which codes the tests of connections can give."""
    found = {"bad_url", "bad_ca_file", "proxy_not_supported", "unreachable"} | NAMED_FAILURES
    for name in ("evolution_probe", "waha_probe", "cloud_probe"):
        tree = ast.parse((ROOT / "desktop/gateways" / f"{name}.py").read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                given = {"GatewayProbe": node.args[1:2], "_trouble": node.args[3:]}.get(node.func.id, [])
            elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in ("_CODES", "code"):
                given = list(node.value.values) if isinstance(node.value, ast.Dict) else [node.value]
            else:
                continue
            for part in (leaf for each in given for leaf in ast.walk(each)):
                if (
                    isinstance(part, ast.Constant)
                    and isinstance(part.value, str)
                    and re.fullmatch("[a-z_]+", part.value)
                ):
                    found.add(part.value)
    return found - {"ok"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_of_a_test_has_its_sentence_and_what_to_do(qapp: QApplication, language: str) -> None:
    codes = probe_codes()
    assert {"licence", "key_scope", "permission_missing", "number_not_in_waba", "not_waha", "garbage_answer"} <= codes
    languages = Languages(qapp)
    try:
        languages.install(language)
        for code in codes:
            for gateway in Gateway:
                text, hint = instance_words.probe(FakeProbe(False, code, "1.0", ()), gateway)
                assert text not in ("", code.replace("_", " ").capitalize()), code
                assert hint, code
    finally:
        languages.install("en")


# Connecting


class Gate:
    """A gateway whose answers a test sets."""

    def __init__(self, control: FakeControl) -> None:
        self.state = ConnectionState.NEEDS_QR
        self.pairing: FakePairing | None = FakePairing()
        self.phones: list[str | None] = []
        self.refusal: KnownError | None = None
        control.check_instance = self.check  # type: ignore[method-assign]
        control.pairing = self.pair  # type: ignore[method-assign, assignment]

    async def check(self, instance_id: InstanceId) -> ConnectionState:
        return self.state

    async def pair(self, instance_id: InstanceId, phone: str | None = None) -> FakePairing | None:
        self.phones.append(phone)
        if self.refusal is not None:
            raise self.refusal
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


def test_a_code_lasts_as_long_as_the_gateway_says(pairing: PairingViewModel, gate: Gate) -> None:
    gate.pairing = FakePairing(lifetime_s=20.0)
    pairing.begin(InstanceId(3))
    assert (pairing.left_s, pairing.lasts_s) == (20, 20)
    pairing.end()


def test_a_pairing_code_is_asked_for_once(pairing: PairingViewModel, gate: Gate) -> None:
    pairing.begin(InstanceId(3))
    assert not pairing.ask_for_code("12")
    gate.phones.clear()
    gate.pairing = FakePairing(None, "WZYE-H1YY", lifetime_s=None)
    assert pairing.ask_for_code("(11) 98801-1234")
    for _ in range(6):
        pairing._on_tick()
    assert gate.phones == ["+5511988011234"], "another one would make the first worthless"
    assert (pairing.step, pairing.pairing_code, pairing.left_s) == (PairingStep.SHOWING, "WZYE-H1YY", 0)
    assert pairing.ask_for_code("11988011234")
    assert len(gate.phones) == 2
    gate.pairing = FakePairing()
    pairing.show_qr()
    assert (pairing.phone, pairing.qr_text) == (None, FakePairing().qr_text)
    pairing.end()


def test_a_refused_pairing_code_is_not_asked_for_again_by_itself(
    pairing: PairingViewModel, gate: Gate, qtbot: QtBot
) -> None:
    pairing.begin(InstanceId(3))
    gate.refusal = KnownError("no_code", "x")
    with qtbot.waitSignal(pairing.failed):
        pairing.ask_for_code("11988011234")
    assert pairing.step is PairingStep.REFUSED
    gate.phones.clear()
    for _ in range(6):
        pairing._on_tick()
    assert gate.phones == []
    gate.state = ConnectionState.CONNECTED
    with qtbot.waitSignal(pairing.connected):
        pairing.ask()


# The provider


def test_what_meta_says_is_asked_for_and_worded(world: World) -> None:
    world.control.facts, world.control.templates = samples.NUMBER_FACTS, list(samples.TEMPLATES)
    model = world.panel.provider(world.panel.cards[0].summary.instance)
    model.load()
    assert model.facts is not None
    told = dict(provider_words.facts(model.facts))
    assert told["Messaging limit"] == "10,000 people in 24 hours, for all numbers of the company"
    assert told["Throughput"] == "20 messages a second", "coexistence"
    assert told["May send"] == "Yes, with restrictions"
    assert provider_words.quality(model.facts.quality) == ("Medium quality", "warning")
    assert provider_words.templates_line(model.templates) == "Templates: 4, 1 approved"
    rejected = next(each for each in model.templates if each.status == "REJECTED")
    assert provider_words.template_note(rejected) == "pt_BR · Marketing · Meta's reason: abusive content"
    assert provider_words.template_status(replace(rejected, status="SOMETHING_NEW")) == ("Something new", "neutral")
    nothing = dict(provider_words.facts(NumberFacts()))
    assert nothing["Messaging limit"] == "—"


def test_numbers_are_mended_at_the_gateway(world: World) -> None:
    world.panel.restart(InstanceId(1))
    world.panel.log_out(InstanceId(1))
    world.panel.delete(InstanceId(1))
    asked = [done[0] for done in world.control.done if done[0].endswith(("instance", "gateway"))]
    assert asked == ["restart_instance", "log_out_instance", "delete_at_gateway"]
    assert world.panel.card(InstanceId(1)) is None


def test_a_number_that_only_we_removed_is_told_apart() -> None:
    text, hint = instance_words.refusal(KnownError("deleted_here_only", "x", reason="unreachable"))
    assert "did not delete it" in text
    assert "could not be reached" in hint
    refused = KnownError("provider_refused", "x", reason="permission_missing")
    assert "lacks a permission" in instance_words.refusal(refused)[0]
    assert instance_words.refusal(KnownError("no_code", "x"))[0] == "The gateway gave no code."
