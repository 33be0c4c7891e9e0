"""Faults as a client sees them on the wire, and whether the message was taken."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest

from desktop.simulator.server import Simulator
from tests.desktop.simulator.conftest import SILENT, Client, script


def rule(do: dict[str, Any], **match: Any) -> dict[str, Any]:
    return {"match": {"endpoint": "sendText"} | match, "do": do}


def simulate(*rules: dict[str, Any], instances: tuple[str, ...] = ("a",)) -> Simulator:
    return Simulator(list(instances), script={"settings": SILENT, "rules": list(rules)}, seed=1)


@pytest.mark.parametrize(
    ("do", "status", "message", "is_accepted"),
    [
        ({"status": 401}, 401, "Unauthorized", False),
        ({"status": 404}, 404, ['The "a" instance does not exist'], False),
        ({"status": 500}, 500, "Internal server error", False),
        ({"status": 500, "accepted": True}, 500, "Internal server error", True),
        ({"connection_closed_400": True}, 400, ["Error: Connection Closed"], False),
        ({"connection_closed_500": True}, 500, "Connection Closed", False),
    ],
)
async def test_refusals(clients: Any, do: dict[str, Any], status: int, message: Any, is_accepted: bool) -> None:
    async with simulate(rule(do)) as simulator:
        answered, body = await clients(simulator).send()
        assert (answered, body["response"]["message"]) == (status, message)
        assert len(simulator.accepted) == is_accepted


async def test_the_licence_gate_has_no_envelope(clients: Any) -> None:
    async with simulate(rule({"status": 503})) as simulator:
        status, body = await clients(simulator).send()
    assert (status, body["code"], body["error"]) == (503, "LICENSE_REQUIRED", "service not activated")
    assert "response" not in body


async def test_a_number_that_is_not_on_whatsapp(clients: Any) -> None:
    async with simulate({"match": {"number": "*0000"}, "do": {"exists_false": True}}) as simulator:
        client = clients(simulator)
        status, body = await client.send("5511977770000")
        assert (await client.send("5511977770001"))[0] == 201
    row = {"jid": "5511977770000@s.whatsapp.net", "exists": False, "number": "5511977770000"}
    assert (status, body["response"]["message"]) == (400, [row])
    assert [message.number for message in simulator.accepted] == ["5511977770001"]


@pytest.mark.parametrize(("accepted", "count"), [({}, 0), ({"accepted": True}, 1), ({"accepted": False}, 0)])
async def test_a_201_without_a_key(clients: Any, accepted: dict[str, bool], count: int) -> None:
    async with simulate(rule({"no_key_201": True} | accepted)) as simulator:
        status, body = await clients(simulator).send()
        assert (status, "key" in body, body["code"]) == (201, False, 131030)
        assert len(simulator.accepted) == count


@pytest.mark.parametrize(("do", "count"), [({"cut_before": True}, 0), ({"cut_after": True}, 1)])
async def test_a_cut_connection_before_and_after_accepting(clients: Any, do: dict[str, Any], count: int) -> None:
    async with simulate(rule(do, nth=1)) as simulator:
        client = clients(simulator)
        with pytest.raises(aiohttp.ClientConnectionError):
            await client.send()
        assert len(simulator.accepted) == count
        assert (await client.send())[0] == 201


async def test_half_an_answer(clients: Any) -> None:
    async with simulate(rule({"half_answer": True})) as simulator:
        raw = await _raw_answer(simulator)
        assert len(simulator.accepted) == 1
    head, _, body = raw.partition(b"\r\n\r\n")
    promised = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0])
    assert head.startswith(b"HTTP/1.1 201")
    assert 0 < len(body) < promised


@pytest.mark.parametrize("kind", ["html", "empty", "not_json", "binary", "list", "number", "wrong_types"])
async def test_garbage_is_never_the_answer_of_a_send(kind: str) -> None:
    async with simulate(rule({"garbage": kind})) as simulator:
        headers = {"apikey": simulator.api_key}
        async with (
            aiohttp.ClientSession(simulator.url, headers=headers) as session,
            session.post("/message/sendText/a", json={"number": "5511988887777", "text": "oi"}) as answer,
        ):
            raw = await answer.read()
        assert answer.status == 201
        assert len(simulator.accepted) == 1
    try:
        body = json.loads(raw)
    except ValueError:
        return
    assert not isinstance(body, dict) or not isinstance(body["key"], dict)


@pytest.mark.parametrize(("do", "count"), [("timeout_before", 0), ("timeout_after", 1)])
async def test_silence_lasts_and_then_the_connection_drops(clients: Any, do: str, count: int) -> None:
    async with simulate(rule({do: True, "hold_s": 0.2})) as simulator:
        client = clients(simulator)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await client.send()
        with pytest.raises(aiohttp.ClientConnectionError):
            await client.send()
        assert len(simulator.accepted) == 2 * count


async def test_a_long_silence_does_not_keep_the_simulator_from_ending(clients: Any) -> None:
    async with asyncio.timeout(1), asyncio.TaskGroup() as group:
        async with simulate(rule({"timeout_after": True})) as simulator:
            task = group.create_task(_expect_cut(clients(simulator)))
            while not simulator.accepted:  # noqa: ASYNC110 - the simulator has no event for it
                await asyncio.sleep(0)
        await task


async def test_latency_holds_the_answer_back(clients: Any) -> None:
    loop = asyncio.get_running_loop()
    async with simulate(rule({"latency_ms": [120, 150]})) as simulator:
        client = clients(simulator)
        before = loop.time()
        assert (await client.send())[0] == 201
    assert loop.time() - before >= 0.12


async def test_a_scripted_logout_closes_the_instance_under_the_request(clients: Any) -> None:
    async with simulate(rule({"logout": True}, nth=2)) as simulator:
        client = clients(simulator)
        statuses = [(await client.send())[0] for _ in range(3)]
        _, rows = await client.ask("GET", "/instance/fetchInstances")
    assert statuses == [201, 400, 400]
    assert (rows[0]["connectionStatus"], rows[0]["disconnectionReasonCode"]) == ("close", 401)


async def test_a_hidden_message_is_accepted_but_not_found(clients: Any) -> None:
    async with simulate(rule({"hide_from_search": True, "cut_after": True}, nth=1)) as simulator:
        client = clients(simulator)
        with pytest.raises(aiohttp.ClientConnectionError):
            await client.send(text="hidden")
        await client.send(text="seen")
        found = await client.find({"where": {"key": {"remoteJid": "5511988887777@s.whatsapp.net"}}})
        assert [message.text for message in simulator.accepted] == ["hidden", "seen"]
    assert [record["message"]["conversation"] for record in found["records"]] == ["seen"]


@pytest.mark.parametrize(
    ("match", "hit"),
    [
        ({"nth": 2}, [2]),
        ({"nth": [1, 4]}, [1, 4]),
        ({"every": 3}, [3, 6]),
        ({"from": 5}, [5, 6]),
        ({"to": 2}, [1, 2]),
        ({"from": 2, "to": 3}, [2, 3]),
        ({"number": "55119888?0003"}, [3]),
        ({"number": ["*0001", "*0006"]}, [1, 6]),
        ({"instance": "b"}, []),
        ({"endpoint": ["sendMedia", "findMessages"]}, []),
        ({"endpoint": "send"}, [1, 2, 3, 4, 5, 6]),
        ({"between_s": [0, 60]}, [1, 2, 3, 4, 5, 6]),
        ({"between_s": [60, 70]}, []),
        ({"probability": 0}, []),
        ({"probability": 1}, [1, 2, 3, 4, 5, 6]),
        ({"every": 2, "from": 3}, [4, 6]),
    ],
)
async def test_what_a_rule_hits(clients: Any, match: dict[str, Any], hit: list[int]) -> None:
    async with simulate(rule({"status": 500}, **match), instances=("a", "b")) as simulator:
        client = clients(simulator)
        statuses = [(await client.send(f"551198888000{number}"))[0] for number in range(1, 7)]
    assert [number for number, status in enumerate(statuses, 1) if status == 500] == hit


async def test_a_share_of_requests_goes_wrong_and_the_same_seed_hits_the_same_ones(clients: Any) -> None:
    runs: list[list[int]] = []
    for _ in range(2):
        async with simulate(rule({"status": 500}, probability=0.3)) as simulator:
            client = clients(simulator)
            runs.append([(await client.send())[0] for _ in range(60)])
    assert runs[0] == runs[1]
    assert 8 <= runs[0].count(500) <= 30


async def test_several_rules_combine_and_the_first_fault_wins(clients: Any) -> None:
    rules = (rule({"latency_ms": 60}), rule({"status": 404}), rule({"status": 500}))
    loop = asyncio.get_running_loop()
    async with simulate(*rules) as simulator:
        client = clients(simulator)
        before = loop.time()
        status, _ = await client.send()
    assert status == 404
    assert loop.time() - before >= 0.06


async def test_a_request_that_is_refused_anyway_is_answered_truthfully(clients: Any) -> None:
    async with simulate(rule({"cut_after": True})) as simulator:
        status, body = await clients(simulator).ask("POST", "/message/sendText/a", {"number": "5511988887777"})
    assert (status, body["response"]["message"]) == (400, [['instance requires property "text"']])


async def test_faults_reach_other_endpoints_too(clients: Any) -> None:
    search = {"match": {"endpoint": "findMessages"}, "do": {"status": 500}}
    state = {"match": {"endpoint": "connection*"}, "do": {"status": 401}}
    async with Simulator(["a"], script=script(search, state)) as simulator:
        client = clients(simulator)
        assert (await client.ask("POST", "/chat/findMessages/a", {}))[0] == 500
        assert (await client.ask("GET", "/instance/connectionState/a"))[0] == 401


async def _expect_cut(client: Client) -> None:
    with pytest.raises(aiohttp.ClientConnectionError):
        await client.send()


async def _raw_answer(simulator: Simulator) -> bytes:
    """Send by hand and return everything the server wrote until it dropped the connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", int(simulator.url.rpartition(":")[2]))
    body = b'{"number": "5511988887777", "text": "oi"}'
    head = "POST /message/sendText/a HTTP/1.1\r\nHost: x\r\n"
    head += f"apikey: {simulator.api_key}\r\nContent-Length: {len(body)}\r\n\r\n"
    writer.write(head.encode() + body)
    raw = await reader.read()
    writer.close()
    await writer.wait_closed()
    return raw
