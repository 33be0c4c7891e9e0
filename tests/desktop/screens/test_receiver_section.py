"""Webhooks of gateways in the settings."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.errors import KnownError
from desktop.domain.inbound_hook import Hook, ReceiverSettings
from desktop.domain.instance import Gateway, Instance
from desktop.operations.receiving import HookState, Knocked
from desktop.screens.settings.receiver_section import ReceiverSection
from desktop.viewmodels.receiver_settings import ReceiverViewModel
from tests.fakes.engine_state import ImmediateSpawn
from tests.fakes.samples import instances


def instance() -> Instance:
    return instances()[0].instance


@dataclass
class FakeReceiving:
    stored: ReceiverSettings = field(default_factory=ReceiverSettings)
    app_secret: str | None = None
    done: list[tuple[object, ...]] = field(default_factory=list)
    in_use: bool = False
    knocked: Knocked = field(default_factory=lambda: Knocked("ok", None))

    async def settings(self) -> ReceiverSettings:
        return self.stored

    async def enable(
        self, port: int | None = None, host: str | None = None, public_url: str | None = None
    ) -> ReceiverSettings:
        if public_url == "nonsense":
            raise KnownError("bad_url", "no")
        self.stored = replace(
            self.stored, is_enabled=True, port=port or self.stored.port,
            public_url=self.stored.public_url if public_url is None else public_url,
        )  # fmt: skip
        return self.stored

    async def disable(self) -> ReceiverSettings:
        self.stored = replace(self.stored, is_enabled=False)
        return self.stored

    async def hooks(self) -> Sequence[HookState]:
        hooks = [
            Hook(replace(instance(), name="vendas", gateway=Gateway.EVOLUTION), "k1"),
            Hook(replace(instance(), name="oficial", gateway=Gateway.CLOUD), "k2", self.app_secret),
        ]
        return [HookState(h, h.url(self.stored), h.instance.gateway is not Gateway.CLOUD or bool(h.app_secret)) for h in hooks]  # fmt: skip  # noqa: E501

    async def keep_app_secret(self, name: str, app_secret: str) -> None:
        self.app_secret = app_secret
        self.done.append(("secret", name))

    async def connect(self, name: str, *, take_over: bool = False) -> HookState:
        if self.in_use and not take_over:
            raise KnownError("hook_in_use", "taken")
        self.done.append(("connect", name, take_over))
        return (await self.hooks())[0]

    async def disconnect(self, name: str) -> HookState:
        self.done.append(("disconnect", name))
        return (await self.hooks())[0]

    async def test(self, name: str) -> Knocked:
        return self.knocked


@pytest.fixture
def receiving() -> FakeReceiving:
    return FakeReceiving()


@pytest.fixture
def section(qapp: QApplication, qtbot: QtBot, receiving: FakeReceiving) -> ReceiverSection:
    made = ReceiverSection(ReceiverViewModel(receiving, lambda: None, ImmediateSpawn()))
    qtbot.addWidget(made)
    made.show()
    made.activate()
    made.deactivate()
    return made


def test_it_is_off_until_switched_on_and_then_shows_each_way_in(
    section: ReceiverSection, receiving: FakeReceiving
) -> None:
    assert section.details.isHidden()
    section.box.click()
    assert receiving.stored.is_enabled
    assert list(section.rows) == ["vendas", "oficial"]
    assert section.rows["vendas"].secret_row.isHidden()
    assert section.rows["oficial"].connect_button.isHidden()
    section.box.click()
    assert section.rows == {}


def test_metas_secret_is_kept_and_its_words_are_copied(
    section: ReceiverSection, receiving: FakeReceiving, qtbot: QtBot
) -> None:
    section.box.click()
    row = section.rows["oficial"]
    row.secret.setText("app-secret")
    qtbot.mouseClick(row.keep_button, Qt.MouseButton.LeftButton)
    assert (receiving.app_secret, row.secret.text()) == ("app-secret", "")
    qtbot.mouseClick(row.copy_token, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == Hook(instance(), "k2").verify_token
    qtbot.mouseClick(row.copy_url, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text().startswith("http://127.0.0.1:8788/hooks/")


def test_a_gateway_is_told_and_another_programs_place_is_taken_only_when_asked(
    section: ReceiverSection, receiving: FakeReceiving, qtbot: QtBot
) -> None:
    section.box.click()
    row = section.rows["vendas"]
    receiving.in_use = True
    asked: list[str] = []
    section._model.place_taken.connect(asked.append)
    qtbot.mouseClick(row.connect_button, Qt.MouseButton.LeftButton)
    assert (receiving.done, asked) == ([], ["vendas"])
    section._model.connect_gateway("vendas", take_over=True)
    qtbot.mouseClick(row.disconnect_button, Qt.MouseButton.LeftButton)
    assert receiving.done == [("connect", "vendas", True), ("disconnect", "vendas")]


def test_the_test_tells_where_it_fails(section: ReceiverSection, receiving: FakeReceiving, qtbot: QtBot) -> None:
    section.box.click()
    row, seen = section.rows["vendas"], set[str]()
    for knocked in (
        Knocked("ok", None),
        Knocked("ok", "ok"),
        Knocked("ok", "unreachable"),
        Knocked("unreachable", None),
    ):
        receiving.knocked = knocked
        qtbot.mouseClick(row.test_button, Qt.MouseButton.LeftButton)
        seen.add(row.answer.text())
    assert len(seen) == 4


def test_a_public_address_that_is_none_is_refused_and_shown_as_stored(
    section: ReceiverSection, receiving: FakeReceiving, qtbot: QtBot
) -> None:
    section.box.click()
    with qtbot.waitSignal(section.failed):
        section.public_url.setText("nonsense")
        section.public_url.editingFinished.emit()
    assert receiving.stored.public_url == ""
    section.port.setValue(9001)
    section.port.editingFinished.emit()
    assert receiving.stored.port == 9001
