"""The record file: written before the answer, whole lines, and it outlives everybody."""

import asyncio
import json
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from desktop.domain.errors import KnownError
from desktop.simulator.server import Simulator
from tests.desktop.simulator.conftest import SILENT
from tests.fakes.simulator_process import SimulatorProcess


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


async def test_a_line_is_there_when_the_answer_arrives(clients: Any, tmp_path: Path) -> None:
    path = tmp_path / "deep" / "record.jsonl"
    async with Simulator(["a"], script={"settings": SILENT}, record=path) as simulator:
        _, sent = await clients(simulator).send("+55 11 8888-7777", "Olá\n👋")
        line = _lines(path)[0]
    assert line["at"].startswith("20")
    assert (line["instance"], line["number"], line["jid"]) == ("a", "+55 11 8888-7777", "5511988887777@s.whatsapp.net")
    assert (line["text"], line["id"], line["type"]) == ("Olá\n👋", sent["key"]["id"], "conversation")


async def test_what_was_not_accepted_is_not_recorded(clients: Any, tmp_path: Path) -> None:
    path = tmp_path / "record.jsonl"
    rules = [{"match": {"nth": 1}, "do": {"cut_before": True}}, {"match": {"nth": 2}, "do": {"cut_after": True}}]
    async with Simulator(["a"], script={"settings": SILENT, "rules": rules}, record=path) as simulator:
        client = clients(simulator)
        for text in ("before", "after"):
            with pytest.raises(aiohttp.ClientConnectionError):
                await client.send(text=text)
        assert (await client.send("123"))[0] == 400
    assert [line["text"] for line in _lines(path)] == ["after"]


async def test_a_restart_appends_and_the_searches_know_the_old_messages(clients: Any, tmp_path: Path) -> None:
    path = tmp_path / "record.jsonl"
    media = {
        "number": "5511988887777",
        "mediatype": "image",
        "media": "iVBORw0KGgo=",
        "fileName": "a.png",
        "caption": "foto",
    }
    async with Simulator(["a"], script={"settings": SILENT}, record=path) as first:
        client = clients(first)
        _, sent = await client.send(text="first")
        await client.ask("POST", "/message/sendMedia/a", media)
        before = await client.find()
    with path.open("a", encoding="utf-8") as torn:
        torn.write('{"instance": "a", "num')
    async with Simulator(["a", "b"], script={"settings": SILENT}, record=path) as second:
        client = clients(second)
        found = await client.find({"where": {"key": {"id": sent["key"]["id"]}}})
        assert found["records"][0]["message"] == {"conversation": "first"}
        assert {record["id"] for record in (await client.find())["records"]} == {row["id"] for row in before["records"]}
        assert second.accepted == []
        await client.send(text="second")
        assert second.instance("a").id == first.instance("a").id
    assert [line["text"] for line in _lines(path)] == ["first", "foto", "second"]


async def test_a_record_that_cannot_be_written_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="cannot be written"):
        async with Simulator(["a"], record=tmp_path):
            pass


async def _flood(process: SimulatorProcess, ids: list[str]) -> None:
    """Send until the other side is gone; note each id that was answered."""
    headers = {"apikey": process.api_key}
    async with aiohttp.ClientSession(process.url, headers=headers) as session:
        for number in range(100_000):
            body = {"number": f"55119{number:08d}", "text": "oi"}
            try:
                async with session.post("/message/sendText/a", json=body) as answer:
                    ids.append((await answer.json())["key"]["id"])
            except aiohttp.ClientError:
                return
            if len(ids) == 60:
                process.kill()


@pytest.mark.acceptance
async def test_every_answered_message_is_on_disk_after_a_kill(tmp_path: Path) -> None:
    process = SimulatorProcess(["a"], record=tmp_path / "record.jsonl")
    await asyncio.to_thread(process.start)
    ids: list[str] = []
    await asyncio.gather(*(_flood(process, ids) for _ in range(4)))
    recorded = [line["id"] for line in process.recorded()]
    assert len(ids) >= 60
    assert set(ids) <= set(recorded)
    assert len(recorded) == len(set(recorded))
    await asyncio.to_thread(process.start)  # the same port again, and the old messages are known
    where = {"where": {"key": {"id": ids[0]}}}
    async with (
        aiohttp.ClientSession(process.url, headers={"apikey": process.api_key}) as session,
        session.post("/chat/findMessages/a", json=where) as answer,
    ):
        assert (await answer.json())["messages"]["total"] == 1
    await asyncio.to_thread(process.stop)
