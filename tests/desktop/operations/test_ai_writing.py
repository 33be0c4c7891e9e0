"""Proposals are asked for by the operator, kept with their cost, and see no contact; failures are kept, too."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from db.connection import Database
from db.home import ensure_workspace, open_database
from db.queries.library import SqlLibrary
from db.stores.ai import AiStore
from db.stores.settings import SettingStore
from desktop.ai.client import AiClient
from desktop.domain.ai import AiSettings, AiUsage, read_ai_settings
from desktop.domain.errors import KnownError
from desktop.domain.events import EventType
from desktop.domain.ids import EventId, WorkspaceId
from desktop.domain.operator import Deed
from desktop.domain.summaries import EventFilter
from desktop.operations.ai_writing import AiWriting
from tests.db.world import NOW, World
from tests.desktop.ai.endpoint import Endpoint, listening
from tests.fakes.clock import FakeClock

KEY = "sk-canary-0123456789"


class Keyring(dict[str, str]):
    def set(self, name: str, value: str) -> None:
        self[name] = value

    def delete(self, name: str) -> None:
        self.pop(name, None)


class Desk:
    def __init__(self, world: World, endpoint: Endpoint) -> None:
        self.world, self.endpoint, self.keyring = world, endpoint, Keyring()
        self.library = SqlLibrary(world.database, world.workspace_id, lambda: NOW)
        self.deeds: list[Deed] = []
        self.writing = AiWriting(
            self.library,
            AiStore(world.database, world.workspace_id),
            SettingStore(world.database, world.workspace_id),
            self.keyring,
            "ai:1",
            AiClient,
            FakeClock(NOW),
            self._permit,
        )
        self.settings = AiSettings(True, endpoint.url, "small-1", "Be brief.", price_in=10.0, price_out=20.0)

    async def _permit(self, deed: Deed) -> str | None:
        self.deeds.append(deed)
        return "Ana"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path / "cadencia.db")
    ensure_workspace(opened, NOW)
    yield opened
    opened.close()


@pytest.fixture
async def world(database: Database) -> World:
    return await World.make(database, WorkspaceId(1))


@pytest.fixture
async def desk(world: World) -> AsyncIterator[Desk]:
    async with listening() as endpoint:
        yield Desk(world, endpoint)


async def test_it_is_off_until_it_is_set_up(desk: Desk) -> None:
    with pytest.raises(KnownError) as refused:
        await desk.writing.propose(None, "Oi", 2)
    assert refused.value.code == "ai_off"
    assert desk.endpoint.asked == []


async def test_proposals_are_kept_with_their_cost_and_wait_for_a_decision(desk: Desk) -> None:
    await desk.writing.set_up(desk.settings, KEY)
    assert await desk.writing.settings() == desk.settings
    assert await desk.writing.has_key()
    campaign = await desk.world.started()
    drafts = await desk.writing.propose(campaign, "Oi {{nome}}, tudo bem?", 2, "mais curta")
    assert [draft.text for draft in drafts] == ["Oi {{nome}}!", "Olá {{nome}}!"]
    sent = str(desk.endpoint.asked[0])
    assert "Oi ⟦1⟧, tudo bem?" in sent
    assert "mais curta" in sent
    assert "Person" not in sent, "nothing of a contact leaves"
    assert "nome" not in sent
    usage = await desk.writing.usage()
    assert usage == AiUsage(1, 0, 120, 30, pytest.approx(0.0018))  # type: ignore[arg-type]
    assert [draft.id for draft in await desk.writing.proposed(campaign)] == [drafts[1].id, drafts[0].id]
    await desk.writing.decide([drafts[0].id], is_accepted=True)
    await desk.writing.decide([drafts[1].id], is_accepted=False)
    assert await desk.writing.proposed(campaign) == []


async def test_a_failure_is_counted_and_told_and_the_key_is_nowhere(desk: Desk) -> None:
    await desk.writing.set_up(desk.settings, KEY)
    desk.endpoint.status = 401
    with pytest.raises(KnownError):
        await desk.writing.try_out()
    desk.endpoint.status, desk.endpoint.text = 200, "I cannot do that."
    with pytest.raises(KnownError) as refused:
        await desk.writing.propose(None, "Oi", 1)
    assert refused.value.code == "ai_garbage"
    usage = await desk.writing.usage()
    assert (usage.requests, usage.failures, usage.tokens_in, usage.last_failure) == (2, 2, 120, "ai_garbage")
    lines = await desk.library.events_after(EventFilter(), EventId(0), 99)
    asked = [line for line in lines if line.type == EventType.AI_ASKED]
    assert [line.details.get("code") for line in asked] == ["ai_unauthorised", "ai_garbage"]
    assert {line.operator for line in asked} == {"Ana"}
    for secret in (KEY, "I cannot do that.", "Be brief."):
        assert secret not in repr(lines)


async def test_a_message_with_problems_is_not_sent_away(desk: Desk) -> None:
    await desk.writing.set_up(desk.settings, KEY)
    for text in ("Oi {{", " "):
        with pytest.raises(KnownError) as refused:
            await desk.writing.propose(None, text, 1)
        assert refused.value.code == "ai_faulty_text"
    assert desk.endpoint.asked == []


async def test_a_key_leaves_this_computer_only_encrypted(desk: Desk) -> None:
    for url in ("http://api.example.com/v1", "ftp://x", "api.example.com"):
        with pytest.raises(KnownError) as refused:
            await desk.writing.set_up(AiSettings(True, url, "m"), KEY)
        assert refused.value.code == "ai_bad_url"
    assert desk.keyring == {}
    await desk.writing.set_up(AiSettings(True, "https://api.example.com/v1", "m"), KEY)
    await desk.writing.set_up(AiSettings(True, "https://api.example.com/v1", "m"))
    assert desk.keyring == {"ai:1": KEY}, "it is kept while nobody says another"
    await desk.writing.set_up(AiSettings(), "")
    assert not await desk.writing.has_key()
    assert set(desk.deeds) == {Deed.SETTINGS}


def test_a_strange_setting_is_as_if_nobody_had_said_it() -> None:
    assert read_ai_settings(None) == AiSettings()
    strange = {"enabled": "yes", "url": 5, "price_in": True, "price_out": -3, "model": None}
    assert read_ai_settings(strange) == AiSettings()
    full = AiSettings(True, "https://x/v1", "m", "Be kind.", 1.5, 2.5, "USD")
    assert read_ai_settings(full.stored()) == full
    assert full.is_ready
    assert not AiSettings(True, "", "m").is_ready
