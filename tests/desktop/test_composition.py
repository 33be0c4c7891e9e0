"""A home opened as both roots open it: everything is there, works on one database, and is closed again."""

import asyncio
import gc
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest
from PySide6.QtCore import QByteArray, QTimeZone

from desktop.access.protection import Protection
from desktop.audience.optout import DEFAULT_WORDS
from desktop.composition import OPT_OUT_WORDS, local_timezone, open_workplace
from desktop.domain.campaign import CampaignAction, Draft, Media, MessageDraft
from desktop.domain.contact import NewContact
from desktop.domain.errors import KnownError
from desktop.domain.events import Event, EventType
from desktop.domain.inbound_hook import KEY_HEADER
from desktop.domain.instance import Gateway, InstanceLimits
from desktop.operations.receiving import HookState
from desktop.paths import open_home


@pytest.fixture(autouse=True)
def _put_the_collector_back() -> Iterator[None]:  # pyright: ignore[reportUnusedFunction]
    thresholds = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*thresholds)


async def test_what_is_written_is_read_and_heard_in_one_home(home: Path) -> None:
    heard: list[Event] = []
    async with open_workplace(open_home(str(home)), None) as workplace:
        workplace.bus.subscribe(heard.extend)
        campaign_id = await workplace.operations.create(Draft(name="Natal"))
        assert (await workplace.library.campaign(campaign_id)).name == "Natal"
    assert [event.type for event in heard] == [EventType.CREATED]
    async with open_workplace(open_home(str(home)), None) as workplace:
        assert [summary.name for summary in await workplace.library.campaigns()] == ["Natal"]


async def test_a_deleted_campaign_takes_the_files_along_that_nobody_else_needs(home: Path, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 a")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7 b")
    async with open_workplace(open_home(str(home)), None) as workplace:
        shared, own = [await workplace.shelf.keep(tmp_path / name) for name in ("a.pdf", "b.pdf")]
        files = [MessageDraft("", media=Media("document", str(path))) for path in (shared, own, tmp_path / "a.pdf")]
        first = await workplace.operations.create(Draft("Natal", messages=tuple(files)))
        second = await workplace.operations.create(Draft("Páscoa", messages=(files[0],)))
        await workplace.operations.act(first, CampaignAction.DELETE)
        assert (shared.exists(), own.exists(), (tmp_path / "a.pdf").exists()) == (True, False, True)
        await workplace.operations.act(second, CampaignAction.DELETE)
        assert not shared.exists()


async def test_an_engine_knows_the_words_of_this_home_as_they_are_now(home: Path) -> None:
    async with open_workplace(open_home(str(home)), None) as workplace:
        engine = await workplace.build_engine()
        assert workplace.engine is engine
        assert await engine._parts.is_opt_out(DEFAULT_WORDS[0])
        await workplace.settings.put(OPT_OUT_WORDS, ["basta"], datetime.now(UTC))
        assert await engine._parts.is_opt_out("Basta")
        assert not await engine._parts.is_opt_out(DEFAULT_WORDS[0])


async def test_a_home_to_throw_away_keeps_tokens_in_memory(home: Path) -> None:
    async with open_workplace(open_home(str(home)), None, is_throw_away=True) as workplace:
        assert workplace.secrets.protection is Protection.MEMORY
        workplace.secrets.set("a", "token")
    assert not (home / "secrets.bin").exists()


async def test_the_demonstration_needs_a_window(home: Path) -> None:
    async with open_workplace(open_home(str(home)), None) as workplace:
        with pytest.raises(KnownError) as refused:
            await workplace.operations.start_demo()
        assert refused.value.code == "no_demo_here"


async def test_a_database_that_is_none_is_refused(home: Path) -> None:
    (home / "cadencia.db").write_bytes(b"this is no database, and it is long enough to be read as one" * 20)
    with pytest.raises(KnownError) as refused:
        async with open_workplace(open_home(str(home)), None):
            pass
    assert refused.value.code.startswith("database_")


def test_the_time_zone_of_this_machine_has_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/Manaus")
    assert local_timezone() == "America/Manaus"
    monkeypatch.setenv("TZ", ":Europe/Lisbon")
    assert local_timezone() == "Europe/Lisbon"
    for nonsense in ("Mars/Olympus", "", "../etc/passwd"):
        monkeypatch.setenv("TZ", nonsense)
        assert "/" in local_timezone() or local_timezone() == "UTC"


def test_where_no_file_names_the_time_zone_the_system_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "")
    monkeypatch.setattr("desktop.composition._linked_timezone", lambda: "")
    monkeypatch.setattr(QTimeZone, "systemTimeZoneId", lambda: QByteArray(b"America/Manaus"))
    assert local_timezone() == "America/Manaus"
    monkeypatch.setattr(QTimeZone, "systemTimeZoneId", lambda: QByteArray(b""))
    assert local_timezone() == "America/Sao_Paulo"


async def test_webhooks_reach_the_database_while_an_engine_runs(home: Path) -> None:
    """A posted opt-out is there when the gateway has its answer; nothing listens before, nor afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    async with open_workplace(open_home(str(home)), None, is_throw_away=True) as workplace:
        now = workplace.clock.now()
        limits = InstanceLimits()
        await workplace.instances.add(
            "vendas", Gateway.EVOLUTION, "http://127.0.0.1:1", "vendas", "America/Sao_Paulo", limits, now
        )
        for number in await workplace.ledger.instances():
            workplace.secrets.set(number.secret_name, "token")
        await workplace.contacts.upsert([NewContact("+5511988887777", "Ana")], now, 1)
        engine = await workplace.build_engine()
        running = asyncio.create_task(engine.run())
        await workplace.webhooks.receiving.enable(port)
        state = await workplace.webhooks.receiving.hook_of("vendas")
        async with asyncio.timeout(20):
            while (await workplace.webhooks.receiving.test("vendas")).here != "ok":  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        assert await _post(state, {"id": "A1", "remoteJid": "551188887777@s.whatsapp.net", "fromMe": False}) == 200
        (ana,) = await workplace.library.contacts(None, None, 10)
        assert ana.opted_out_at is not None
        engine.stop()
        await running
        assert (await workplace.webhooks.receiving.test("vendas")).here == "unreachable"


async def _post(state: HookState, key: dict[str, object]) -> int:
    body = {"event": "messages.upsert", "instance": "vendas", "data": {"key": key, "message": {"conversation": "SAIR"}}}
    headers = {KEY_HEADER: state.hook.signing_key}
    async with aiohttp.ClientSession() as session, session.post(state.url, json=body, headers=headers) as answer:
        return answer.status
