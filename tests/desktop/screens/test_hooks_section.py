"""Outbound webhooks in the settings."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.domain.errors import KnownError
from desktop.domain.hook import CHOOSABLE, Delivery, DeliveryState, Hook, HookKind, HookStanding
from desktop.domain.ids import DeliveryId, EventId, HookId, WorkspaceId
from desktop.screens.settings.hooks_section import HooksSection
from desktop.viewmodels.hooks import HooksViewModel
from desktop.webhooks.retry import Answer
from tests.fakes.engine_state import ImmediateSpawn

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
URL = "https://n8n.example.com/webhook/abc"


def hook(number: int = 1, **changes: object) -> Hook:
    values: dict[str, object] = {
        "id": HookId(number), "workspace_id": WorkspaceId(1), "url": URL, "kinds": CHOOSABLE, "created_at": NOW,
        "cursor": EventId(0),
    }  # fmt: skip
    return Hook(**{**values, **changes})  # type: ignore[arg-type]


@dataclass
class FakeDesk:
    found: list[HookStanding] = field(default_factory=list)
    answer: Answer = field(default_factory=lambda: Answer(200))
    done: list[tuple[str, object]] = field(default_factory=list)

    async def standings(self) -> Sequence[HookStanding]:
        return list(self.found)

    async def add(self, url: str, kinds: Sequence[HookKind]) -> tuple[Hook, str]:
        if not url.startswith("https://"):
            raise KnownError("bad_hook_url", "no")
        made = hook(len(self.found) + 1, url=url, kinds=tuple(kinds))
        self.found.append(HookStanding(made, 0, 0, None, None))
        return made, "whsec_abc"

    async def remove(self, hook_id: HookId) -> None:
        self.found = [standing for standing in self.found if standing.hook.id != hook_id]

    async def pause(self, hook_id: HookId) -> None:
        self.done.append(("pause", hook_id))

    async def resume(self, hook_id: HookId) -> None:
        self.done.append(("resume", hook_id))

    async def dead(self, hook_id: HookId) -> Sequence[Delivery]:
        return [
            Delivery(DeliveryId(1), hook_id, "k", HookKind.REPLY, {}, DeliveryState.DEAD, 10, NOW, None, NOW, 503,
                     "http_503")
        ]  # fmt: skip

    async def retry_dead(self, hook_id: HookId) -> int:
        self.done.append(("retry", hook_id))
        return 1

    async def test(self, hook_id: HookId) -> Answer:
        return self.answer


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def section(qapp: QApplication, qtbot: QtBot, desk: FakeDesk) -> HooksSection:
    @asynccontextmanager
    async def open_desk() -> AsyncIterator[FakeDesk]:
        yield desk

    made = HooksSection(HooksViewModel(open_desk, ImmediateSpawn(), lambda: NOW))
    qtbot.addWidget(made)
    made.show()
    return made


def test_an_address_is_added_and_its_secret_shown_once(section: HooksSection, desk: FakeDesk, qtbot: QtBot) -> None:
    section.activate()
    assert section.empty.isVisible()
    qtbot.mouseClick(section.add_button, Qt.MouseButton.LeftButton)
    dialog = section.dialog
    assert dialog is not None
    assert not dialog.add_button.isEnabled()
    dialog.url.setText("n8n")
    dialog.boxes[HookKind.PROGRESS].setChecked(False)
    qtbot.mouseClick(dialog.add_button, Qt.MouseButton.LeftButton)
    assert not dialog.row.is_valid
    assert dialog.isVisible()
    dialog.url.setText(URL)
    qtbot.mouseClick(dialog.add_button, Qt.MouseButton.LeftButton)
    assert [HookKind.PROGRESS in standing.hook.kinds for standing in desk.found] == [False]
    assert list(section.rows) == [HookId(1)]
    assert not section.empty.isVisible()
    shown = [w for w in QApplication.topLevelWidgets() if type(w).__name__ == "SecretDialog" and w.isVisible()]
    assert len(shown) == 1
    assert shown[0].field.text() == "whsec_abc"  # type: ignore[attr-defined]
    shown[0].close()
    section.deactivate()


def test_a_test_says_what_came_back(section: HooksSection, desk: FakeDesk, qtbot: QtBot) -> None:
    desk.found = [HookStanding(hook(), 0, 0, NOW, None)]
    section.activate()
    row = section.rows[HookId(1)]
    for answer, word in ((Answer(204), "204"), (Answer(404), "404"), (Answer(None, "timeout"), "15")):
        desk.answer = answer
        qtbot.mouseClick(row.test_button, Qt.MouseButton.LeftButton)
        assert word in row.answer.text()
        assert row.test_button.isEnabled()
    section.deactivate()


def test_what_was_given_up_is_shown_and_tried_again(section: HooksSection, desk: FakeDesk, qtbot: QtBot) -> None:
    desk.found = [HookStanding(hook(), 3, 1, None, "http_503")]
    section.activate()
    row = section.rows[HookId(1)]
    assert not row.dead_button.isHidden()
    qtbot.mouseClick(row.dead_button, Qt.MouseButton.LeftButton)
    assert section.dead_dialog is not None
    assert section.dead_dialog.table.rowCount() == 1
    qtbot.mouseClick(section.dead_dialog.retry_button, Qt.MouseButton.LeftButton)
    assert desk.done == [("retry", HookId(1))]
    section.deactivate()


def test_pausing_and_what_is_gone_are_shown(section: HooksSection, desk: FakeDesk, qtbot: QtBot) -> None:
    gone = hook(2, paused_at=NOW, pause_reason="gone", url=URL + "2")
    desk.found = [HookStanding(each, 0, 0, None, None) for each in (hook(1), gone)]
    section.activate()
    qtbot.mouseClick(section.rows[HookId(1)].pause_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(section.rows[HookId(2)].pause_button, Qt.MouseButton.LeftButton)
    assert desk.done == [("pause", HookId(1)), ("resume", HookId(2))]
    assert section.rows[HookId(1)].pill.accessibleName() != section.rows[HookId(2)].pill.accessibleName()
    section.deactivate()
