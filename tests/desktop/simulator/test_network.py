"""The network goes away and comes back: the port refuses, connections drop, nothing is accepted meanwhile."""

import asyncio
from typing import Any

import aiohttp
import pytest

from desktop.domain.errors import KnownError
from desktop.simulator.server import Simulator
from tests.desktop.simulator.conftest import SILENT, Client, listen


async def _until_back(client: Client) -> int:
    """Try to send until it works; return how many tries failed."""
    failures = 0
    async with asyncio.timeout(5):
        while True:
            try:
                await client.send(text="back")
            except aiohttp.ClientConnectionError:
                failures += 1
                await asyncio.sleep(0.01)
            else:
                return failures


async def test_a_rule_takes_the_network_away_for_a_while(clients: Any) -> None:
    rule = {"match": {"endpoint": "sendText", "nth": 2}, "do": {"unreachable_s": 0.3}}
    async with Simulator(["a"], script={"settings": SILENT, "rules": [rule]}) as simulator:
        client = clients(simulator)
        listener = await listen(simulator)
        url = simulator.url
        assert (await client.send(text="first"))[0] == 201
        with pytest.raises(aiohttp.ClientConnectionError):
            await client.send(text="lost")
        with pytest.raises(aiohttp.ClientConnectorError):
            await client.send(text="refused")
        assert await _until_back(client) > 0
        assert simulator.url == url
        assert [message.text for message in simulator.accepted] == ["first", "back"]
        await asyncio.wait_for(listener.client.wait(), 5)  # the event channel dropped as well


async def test_a_script_may_announce_the_absence_by_the_clock(clients: Any) -> None:
    async with Simulator(["a"], script={"settings": SILENT, "away": [[0, 0.2]]}) as simulator:
        client = clients(simulator)
        while not simulator.is_away:  # noqa: ASYNC110 - the simulator has no event for it
            await asyncio.sleep(0)
        assert await _until_back(client) > 0


async def test_overlapping_absences_end_with_the_last(clients: Any) -> None:
    async with Simulator(["a"], script={"settings": SILENT}) as simulator:
        simulator.go_away(0.4)
        simulator.go_away(0.05)
        before = asyncio.get_running_loop().time()
        await _until_back(clients(simulator))
        assert asyncio.get_running_loop().time() - before >= 0.35


async def test_a_taken_port_is_said_in_a_sentence() -> None:
    async with Simulator(["a"]) as simulator:
        port = int(simulator.url.rpartition(":")[2])
        with pytest.raises(KnownError, match="cannot be opened") as refusal:
            async with Simulator(["b"], port=port):
                pass
    assert refusal.value.code == "port_taken"
