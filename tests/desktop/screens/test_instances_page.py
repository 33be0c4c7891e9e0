"""The health panel and its dialogs on the screen."""

from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.domain.errors import KnownError
from desktop.domain.ids import InstanceId
from desktop.domain.instance import ConnectionState, Gateway, Instance, InstanceLimits
from desktop.policy.waiting import Rule, Wait
from desktop.screens.instances.connect_dialog import ConnectDialog
from desktop.screens.instances.page import InstancesPage
from desktop.screens.instances.warmup_dialog import WarmupDialog
from desktop.viewmodels import why_words
from desktop.viewmodels.event_bridge import EventBridge
from desktop.viewmodels.instance_adding import AddInstanceViewModel
from desktop.viewmodels.instances import InstancesViewModel
from desktop.viewmodels.pairing import PairingViewModel
from desktop.widgets.dialogs import Question
from desktop.widgets.qr_view import QrView
from desktop.widgets.theme import Theme
from tests.fakes import samples
from tests.fakes.control import FakeControl, FakeProbe
from tests.fakes.engine_state import FakeBus, FakeEngine, ImmediateSpawn
from tests.fakes.library import FakeLibrary


class World:
    def __init__(self, qtbot: QtBot, *, is_empty: bool = False) -> None:
        self.library = FakeLibrary(is_empty=is_empty)
        self.control = FakeControl(self.library)
        spawn = ImmediateSpawn()
        self.engine = FakeEngine()
        self.model = InstancesViewModel(
            self.library, self.control, self.engine, EventBridge(FakeBus()), spawn, self.now
        )
        self.pairing = PairingViewModel(self.control, spawn, self.now)
        self.page = InstancesPage(self.model, AddInstanceViewModel(self.library, self.control, spawn), self.pairing)
        qtbot.addWidget(self.page, before_close_func=lambda _page: self.page.deactivate())
        self.page.resize(1064, 760)
        self.page.show()
        self.page.activate()

    def now(self) -> datetime:
        return samples.NOW


@pytest.fixture
def world(qapp: QApplication, qtbot: QtBot) -> World:
    return World(qtbot)


def test_each_number_has_a_card_that_says_how_it_is(world: World) -> None:
    cards = world.page._cards
    first = cards[InstanceId(1)]
    assert first.name.text() == "vendas-1"
    assert first.allowance.text() == "842 of 1,200 today"
    assert first.counts["sent"].text() == "842"
    assert not first.connect_button.isVisible()
    waiting = cards[InstanceId(3)]
    assert waiting.connect_button.isVisible()
    assert "The number lost its connection" in waiting.error.text()


def test_pause_becomes_resume(world: World, qtbot: QtBot) -> None:
    card = world.page._cards[InstanceId(1)]
    qtbot.mouseClick(card.pause_button, Qt.MouseButton.LeftButton)
    assert ("pause_instance", InstanceId(1)) in world.control.done
    assert card.resume_button.isVisible()
    assert not card.pause_button.isVisible()
    qtbot.mouseClick(card.resume_button, Qt.MouseButton.LeftButton)
    assert card.pause_button.isVisible()


def test_removing_asks_first(world: World, qtbot: QtBot) -> None:
    card = world.page._cards[InstanceId(4)]
    question = world.page.ask_to_remove(world.model.cards[3].summary.instance)
    qtbot.mouseClick(question.no_button, Qt.MouseButton.LeftButton)
    assert InstanceId(4) in world.page._cards
    question = world.page.ask_to_remove(world.model.cards[3].summary.instance)
    with qtbot.waitSignal(card.destroyed):
        qtbot.mouseClick(question.yes_button, Qt.MouseButton.LeftButton)
    assert InstanceId(4) not in world.page._cards


def test_a_refusal_is_a_banner(world: World) -> None:
    world.control.refuse = KnownError("instance_in_use", "In use.", campaign="Natal")
    world.model.remove(InstanceId(1))
    assert world.page.banner.isVisible()
    assert "uses this number" in world.page.banner.text.text()


def test_limits_are_shown_changed_and_saved(world: World, qtbot: QtBot) -> None:
    dialog = world.page.open_limits_dialog(world.model.cards[0].summary.instance)
    assert dialog.form.per_day.limit == 1200
    dialog.form.per_day.no_limit.click()
    dialog.form.per_minute.no_limit.click()
    dialog.form.per_minute.figure.setValue(7)
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    _name, instance_id, limits, timezone, _warmup = world.control.done[-1]
    assert instance_id == InstanceId(1)
    assert isinstance(limits, InstanceLimits)
    assert (limits.per_day, limits.per_minute) == (None, 7)
    assert timezone == "America/Sao_Paulo"


def test_a_number_is_added_by_keyboard_and_mouse(world: World, qtbot: QtBot) -> None:
    dialog = world.page.open_add_dialog()
    qtbot.keyClicks(dialog.form.url_field, "localhost:8080")
    qtbot.keyClicks(dialog.form.token_field, "key")
    qtbot.keyClick(dialog.form.token_field, Qt.Key.Key_Return)
    assert dialog.isVisible(), "Return tests; it does not close"
    assert world.control.done[-1][1] is Gateway.EVOLUTION, "the member, not only its text"
    assert [row.remote.name for row in dialog.remotes.rows] == ["vendas-1", "suporte"]
    qtbot.mouseClick(dialog.remotes.rows[1], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog.next_button, Qt.MouseButton.LeftButton)
    row = dialog.name_rows["suporte"]
    assert isinstance(row.field, QLineEdit)
    assert row.field.text() == "suporte-2", "the other name is taken"
    row.field.clear()
    qtbot.keyClicks(row.field, "suporte")
    assert row.note.text() == "There is a number with this name."
    assert not dialog.add_button.isEnabled()
    qtbot.keyClicks(row.field, "-3")
    qtbot.mouseClick(dialog.add_button, Qt.MouseButton.LeftButton)
    assert [card.name.text() for card in world.page._cards.values()][-1] == "suporte-3"


def test_a_number_made_at_the_gateway_is_paired_at_once(
    world: World, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = world.control.add_instance

    async def add_unpaired(*given: object, **named: object) -> Instance:
        return replace(await add(*given, **named), state=ConnectionState.NEEDS_QR)  # type: ignore[arg-type]

    async def not_yet(_instance_id: InstanceId) -> ConnectionState:
        return ConnectionState.NEEDS_QR

    monkeypatch.setattr(world.control, "add_instance", add_unpaired)
    monkeypatch.setattr(world.control, "check_instance", not_yet)
    dialog = world.page.open_add_dialog()
    dialog.choice.cards[Gateway.WAHA].click()
    dialog.form.url_field.setText("localhost:3000")
    dialog.form.token_field.setText("key")
    dialog.test_button.click()
    qtbot.keyClicks(dialog.remotes.new_field, "nova")
    qtbot.keyClick(dialog.remotes.new_field, Qt.Key.Key_Return)
    dialog.next_button.click()
    dialog.add_button.click()
    pairing = world.page.findChild(ConnectDialog)
    assert pairing is not None
    assert pairing.windowTitle() == "Connect nova"
    pairing.ways._buttons["phone"].click()
    assert not pairing.qr.isVisible()
    pairing.phone_field.setText("123")
    pairing.code_button.click()
    assert pairing.phone_row.note.text() == "This is not a phone number."
    pairing.phone_field.setText("11 98801-1234")
    pairing.code_button.click()
    assert pairing.pairing_code.text() == "WZYE-H1YY"
    assert pairing.code_button.text() == "Get a new code"
    pairing.ways._buttons["qr"].click()
    assert pairing.qr.isVisible()
    pairing.close_button.click()


def test_the_cloud_api_asks_for_its_own_fields(world: World) -> None:
    dialog = world.page.open_add_dialog()
    assert not dialog.form.waba_field.isVisible()
    dialog.choice.cards[Gateway.CLOUD].click()
    assert dialog.form.waba_field.isVisible()
    assert dialog.form.token_field.accessibleName() == "Access token"
    dialog.form.token_field.setText("EAA")
    assert not dialog.test_button.isEnabled()
    dialog.form.waba_field.setText("102")
    dialog.test_button.click()
    assert world.control.done[-1] == ("probe", Gateway.CLOUD, "https://graph.facebook.com", None, "102")
    dialog.reject()


def test_a_refused_test_says_why_and_offers_nothing(world: World, qtbot: QtBot) -> None:
    world.control.probe_result = FakeProbe(False, "unreachable", None, ())
    dialog = world.page.open_add_dialog()
    dialog.form.url_field.setText("localhost:1")
    dialog.form.token_field.setText("key")
    qtbot.mouseClick(dialog.test_button, Qt.MouseButton.LeftButton)
    assert dialog.banner.isVisible()
    assert dialog.remotes.rows == []
    assert not dialog.next_button.isEnabled()
    dialog.reject()


@pytest.mark.parametrize("code", ["tls", "client_cert_required", "client_cert_refused"])
def test_a_test_that_failed_for_a_certificate_shows_where_to_choose_one(world: World, qtbot: QtBot, code: str) -> None:
    world.control.probe_result = FakeProbe(False, code, None, ())
    dialog = world.page.open_add_dialog()
    assert not dialog.form.client_field.isVisible()
    dialog.form.url_field.setText("localhost:1")
    dialog.form.token_field.setText("key")
    qtbot.mouseClick(dialog.test_button, Qt.MouseButton.LeftButton)
    assert dialog.form.client_field.isVisible()
    dialog.reject()


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("licence_required", "no valid licence"),
        ("client_cert_required", "lets in only who shows a certificate"),
        ("unreachable", "could not be reached"),
        ("unauthorised", "refuses this key"),
    ],
)
def test_a_check_tells_what_stands_in_the_way(world: World, code: str, words: str) -> None:
    world.control.refuse = KnownError(code, f"The gateway refuses: {code}.")
    world.page._cards[InstanceId(1)].check_button.click()
    assert world.page.banner.isVisible()
    assert words in world.page.banner.text.text()


def test_logging_out_and_deleting_are_asked_first(world: World) -> None:
    card = world.page._cards[InstanceId(1)]
    card.actions_by_name["logout"].trigger()
    question = world.page.findChild(Question)
    assert question is not None
    question.reject()
    assert not any(done[0] == "log_out_instance" for done in world.control.done)
    card.actions_by_name["restart"].trigger()
    assert ("restart_instance", InstanceId(1)) in world.control.done
    world.page.ask_to_log_out(world.model.cards[0].summary.instance).yes_button.click()
    assert ("log_out_instance", InstanceId(1)) in world.control.done
    world.page.ask_to_delete(world.model.cards[0].summary.instance).yes_button.click()
    assert ("delete_at_gateway", InstanceId(1)) in world.control.done
    assert InstanceId(1) not in world.page._cards


def test_before_a_number_goes_the_running_campaigns_that_use_it_are_named(world: World) -> None:
    number = world.model.cards[0].summary.instance
    for question in (world.page.ask_to_log_out(number), world.page.ask_to_delete(number)):
        said = " ".join(each.text() for each in question.findChildren(QLabel))
        assert "A running campaign uses it: “Black Friday" in said
        assert "goes on through the other numbers" in said
        question.reject()
    unused = world.model.cards[3].summary.instance
    question = world.page.ask_to_remove(unused)
    assert "running campaign" not in " ".join(each.text() for each in question.findChildren(QLabel))
    question.reject()


@pytest.mark.parametrize(
    ("state", "pill", "advice"),
    [
        (ConnectionState.STOPPED, "Stopped at the gateway", "Somebody has stopped it there. Connect starts it again"),
        (ConnectionState.FAILED, "Connection failed", "The gateway tried and gave up. Connect restarts it"),
        (ConnectionState.DISCONNECTED, "Disconnected", ""),
    ],
)
def test_stopped_and_failed_are_told_apart_with_what_to_do(
    world: World, state: ConnectionState, pill: str, advice: str
) -> None:
    row = world.library.numbers[2]
    world.library.numbers[2] = replace(row, instance=replace(row.instance, state=state))
    world.model.refresh()
    card = world.page._cards[InstanceId(3)]
    assert card.pill.accessibleName() == pill
    assert card.connect_button.isVisible()
    assert card.idle.text().startswith("Not connected to WhatsApp.")
    assert advice in card.idle.text()
    facts = {"state": state.value}
    told = why_words.numbers(Wait(Rule.DISCONNECTED, None, facts))
    assert told.startswith(pill)
    assert advice in told


def test_a_number_of_meta_is_looked_at_not_logged_out(world: World) -> None:
    row = world.library.numbers[0]
    world.library.numbers[0] = replace(row, instance=replace(row.instance, gateway=Gateway.CLOUD))
    world.model.refresh()
    actions = world.page._cards[InstanceId(1)].actions_by_name
    hidden = {name for name, action in actions.items() if not action.isVisible()}
    assert hidden == {"restart", "logout", "delete"}
    world.control.facts, world.control.templates = samples.NUMBER_FACTS, list(samples.TEMPLATES)
    dialog = world.page.open_provider_dialog(world.library.numbers[0].instance)
    assert dialog.quality.isVisible()
    assert dialog.values[0].text().startswith("Empório São José")
    assert dialog.templates_title.text() == "Templates: 4, 1 approved"
    dialog.refresh_button.click()
    assert len(dialog.rows) == 4, "asked again, they are not there twice"
    world.control.refuse = KnownError("provider_refused", "x", reason="permission_missing")
    dialog.refresh_button.click()
    assert "lacks a permission" in dialog.banner.accessibleName()
    dialog.reject()


def test_the_code_is_shown_until_it_is_scanned(world: World, qtbot: QtBot) -> None:
    state = ConnectionState.NEEDS_QR

    async def check(instance_id: InstanceId) -> ConnectionState:
        return state

    world.control.check_instance = check  # type: ignore[method-assign]
    dialog = world.page.open_connect_dialog(world.model.cards[2].summary.instance)
    assert dialog.qr.isVisible()
    assert dialog.qr.modules >= 21
    assert dialog.pairing_code.text() == "WZYE-H1YY"
    assert dialog.pairing_note.isVisible()
    state = ConnectionState.CONNECTED
    world.pairing.ask()
    assert dialog.title.text() == "Connected"
    assert not dialog.qr.isVisible()
    dialog.close_button.click()
    assert world.pairing.instance_id is None


def test_the_code_is_black_on_white_with_its_quiet_zone_in_the_dark_too(theme: Theme, qtbot: QtBot) -> None:
    theme.set_mode("dark")
    view = QrView()
    qtbot.addWidget(view)
    view.show_text("2@sample")
    image = view.grab().toImage()
    colours = {QColor(image.pixel(x, image.height() // 2)).name() for x in range(8, image.width() - 8)}
    assert colours == {"#000000", "#ffffff"}
    module = image.width() // (view.modules + 8)
    edge = {QColor(image.pixel(x, image.height() // 2)).name() for x in range(8, 4 * module)}
    assert edge == {"#ffffff"}


def test_without_numbers_the_page_leads_to_the_first(qapp: QApplication, qtbot: QtBot) -> None:
    world = World(qtbot, is_empty=True)
    assert world.page.empty.isVisible()
    assert not world.page.add_button.isVisible()


def test_an_own_warm_up_is_drawn_edited_and_saved(world: World, qtbot: QtBot) -> None:
    row = world.library.numbers[0]
    world.library.numbers[0] = replace(row, instance=replace(row.instance, warmup="1:20 8:70"))
    world.model.refresh()
    card = world.page._cards[InstanceId(1)]
    assert "warm-up day 1" in card.allowance_note.text()
    card.actions_by_name["warmup"].trigger()
    dialog = world.page.findChild(WarmupDialog)
    assert dialog is not None
    assert [bar.name for bar in dialog.chart.bars if bar.mark] == ["1"]
    dialog.points.lines[1].day.setValue(1)
    assert dialog.problem.text() == "A day stands there twice."
    assert not dialog.save_button.isEnabled()
    dialog.points.lines[1].day.setValue(5)
    dialog.points.add_button.click()
    dialog.points.lines[2].messages.no_limit.click()
    dialog.points.lines[1].remove_button.click()
    assert len(dialog.points.lines) == 2
    dialog.grab()
    with qtbot.waitSignal(dialog.saved):
        dialog.save_button.click()
    assert world.library.numbers[0].instance.warmup == "1:20 12:-"


def test_a_warm_up_that_is_switched_off_shows_no_curve(world: World) -> None:
    dialog = world.page.open_warmup_dialog(world.model.cards[0].summary.instance)
    assert not dialog.chart.isVisible()
    dialog.modes._buttons["standard"].click()
    assert dialog.chart.isVisible()
    assert dialog.points.isHidden()
    world.control.refuse = KnownError("instance_not_found", "x")
    dialog.save_button.click()
    assert "does not exist any more" in dialog.banner.accessibleName()
    assert dialog.isVisible()


def test_all_that_holds_a_number_is_told_with_its_figures(world: World) -> None:
    _name, held = samples.held_campaign().instances[0]
    card = world.page._cards[InstanceId(1)]
    assert card.why.isHidden()
    world.engine.instances[InstanceId(1)] = held
    world.model.refresh()
    assert not card.why.isHidden()
    assert card.idle.isHidden()
    assert "Day 5 of the curve · 40 of 40 used" in card.why.text
    assert "3.5 s between two messages" in card.why.text
