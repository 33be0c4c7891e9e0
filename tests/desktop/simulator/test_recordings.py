"""The requests of the recordings of a real 2.3.6 server are asked again; the answers must have the same shape."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from desktop.simulator import ids
from desktop.simulator.server import Simulator
from tests.desktop.simulator.conftest import SILENT, Client, listen, script

DATA = Path(__file__).parent / "data"
ABSENT = {"match": {"number": "*77770000"}, "do": {"exists_false": True}}
ERROR = {"match": {"number": "5511944442222"}, "do": {"receipts": "error_463"}}


def differences(recorded: Any, answered: Any, path: str = "$") -> list[str]:
    """Return where two answers differ in keys and types; null is like any scalar.

    Of lists the first recorded item is held against the one that is most like it: rows of one second have no order.
    """
    if isinstance(recorded, dict) and isinstance(answered, dict):
        if _is_bytes(recorded) and _is_bytes(answered):
            return []
        missing = [f"{path}.{key} is missing" for key in recorded.keys() - answered.keys()]
        extra = [f"{path}.{key} is extra" for key in answered.keys() - recorded.keys()]
        both = [
            d
            for key in recorded.keys() & answered.keys()
            for d in differences(recorded[key], answered[key], f"{path}.{key}")
        ]
        return missing + extra + both
    if isinstance(recorded, list) and isinstance(answered, list):
        if bool(recorded) != bool(answered):
            return [f"{path} has {len(answered)} items instead of {len(recorded)}"]
        if not recorded:
            return []
        return min((differences(recorded[0], item, f"{path}[0]") for item in answered), key=len)
    if _is_scalar(recorded) and _is_scalar(answered) and (recorded is None or answered is None):
        return []
    if isinstance(recorded, str) and isinstance(answered, bytes):
        return []  # the recorder wrote attachments down as text
    return [] if type(recorded) is type(answered) else [f"{path}: {recorded!r} and {answered!r}"]


def _is_scalar(value: Any) -> bool:
    return value is None or isinstance(value, (str, int, float, bool))


def _is_bytes(value: dict[str, Any]) -> bool:
    return bool(value) and all(key.isdigit() for key in value)


def recording(name: str) -> list[dict[str, Any]]:
    return json.loads((DATA / name).read_text(encoding="utf-8"))


async def replay(client: Client, calls: list[dict[str, Any]], before: dict[str, Any]) -> list[str]:
    """Ask each recorded request and return all differences. `before` holds what happens ahead of a named call."""
    found: list[str] = []
    ids_now: dict[str, str] = {}  # the recorded message ids and what they are this time
    for call in calls:
        if action := before.get(call["name"]):
            await action()
        body = call["body"]
        for recorded_id, id_now in ids_now.items():
            body = json.loads(json.dumps(body).replace(recorded_id, id_now))
        status, answer = await client.ask(call["method"], call["path"], body, headers=call.get("headers"))
        if call["status"] == 201 and "key" in call["answer"]:
            ids_now[call["answer"]["key"]["id"]] = answer["key"]["id"]
        problems = [] if status == call["status"] else [f"status {status} instead of {call['status']}"]
        problems += differences(call["answer"], answer)
        if (
            call["status"] >= 400
            and call["name"] != "sendText malformed JSON"
            and "…" not in json.dumps(call["answer"], ensure_ascii=False)
        ):
            problems += [] if answer == call["answer"] else [f"{answer} instead of {call['answer']}"]
        found += [f"{call['name']}: {problem}" for problem in problems]
    return found


async def test_the_rest_recording_of_three_channels_is_answered_in_the_same_shapes(clients: Any) -> None:
    settings = SILENT | {"can_reach_whatsapp": False}
    async with Simulator([], api_key="gwkey", script={"settings": settings}) as simulator:

        async def delivered() -> None:
            first = next(message for message in simulator.accepted if message.instance == "biz1")
            simulator.world.receipts.deliver_now(first)

        before = {"biz1 findStatusMessage": delivered}
        assert await replay(clients(simulator), recording("rest.json"), before) == []


async def test_the_recording_of_a_connected_number_is_answered_in_the_same_shapes(clients: Any) -> None:
    async with Simulator([], script=script(ABSENT, ERROR)) as simulator:
        client = clients(simulator)
        body = {"instanceName": "bail2", "integration": "WHATSAPP-BAILEYS", "token": "BAIL2"}
        await client.ask("POST", "/instance/create", body | {"websocket": {"enabled": True, "events": []}})
        simulator.pair("bail2")
        listener = await listen(simulator)

        async def everything_happened() -> None:
            """People have answered, in the recorded order, and the receipts of the last message are in."""
            keys = set[str]()
            while "READ" not in keys or "ERROR" not in keys:
                keys.add((await listener.next("messages.update"))["data"]["status"])
            last = simulator.accepted[-1]
            while len(last.statuses) < 2:
                await listener.next("messages.update")
            # A minute later, because the search sorts by whole seconds.
            simulator.inject_reply("bail2", "5511977776666", "SAIR", name="Maria").at += 60
            simulator.inject_reply("bail2", "5511988887777", "ok obrigado", name="João").at += 61

        async def logged_out() -> None:
            simulator.logout("bail2")

        before = {"findMessages all": everything_happened, "state after logged out by phone (401)": logged_out}
        found = await replay(client, recording("baileys_rest.json"), before)
        await listener.client.disconnect()
    assert found == []


async def test_the_recording_of_a_sign_in_is_answered_in_the_same_shapes(clients: Any) -> None:
    settings = {"connect_wait_s": 0, "restart_s": 500}
    async with Simulator([], script=script(**settings)) as simulator:
        listener = await listen(simulator)

        async def scanned() -> None:
            simulator.pair("bail3")
            await listener.next("connection.update")

        async def restarted() -> None:
            while (await listener.next("connection.update"))["data"]["state"] != "open":
                pass
            while (await listener.next("connection.update"))["data"]["state"] != "open":
                pass

        before = {"connectionState open": scanned, "state +3s": restarted}
        found = await replay(clients(simulator), recording("baileys_pairing_rest.json"), before)
        await listener.client.disconnect()
    assert found == []


async def _play_every_event(simulator: Simulator, client: Client) -> None:
    """Make everything happen that the socket.io recording saw."""
    await client.send(instance="bail2")
    media = {
        "number": "5511988887777",
        "mediatype": "image",
        "media": "iVBORw0KGgo=",
        "fileName": "a.png",
        "caption": "cap",
    }
    await client.ask("POST", "/message/sendMedia/bail2", media)
    document = media | {"mediatype": "document", "fileName": "a.pdf", "caption": "doc"}
    await client.ask("POST", "/message/sendMedia/bail2", document)
    await client.send("5511944442222", instance="bail2")
    simulator.inject_reply("bail2", "5511977776666", "SAIR", name="Maria")
    await client.ask("POST", "/instance/restart/bail2")


@pytest.mark.parametrize("namespace", ["/", "/bail2"])
async def test_events_have_the_recorded_envelopes_and_data(clients: Any, namespace: str) -> None:
    wanted = recording("events.json")
    async with Simulator(["bail2"], script=script(ERROR)) as simulator:
        client = clients(simulator)
        await client.ask("POST", "/websocket/set/bail2", {"websocket": {"enabled": True, "events": []}})
        await client.send(instance="bail2")  # the namespace comes to life
        listener = await listen(simulator, namespace)
        await _play_every_event(simulator, client)
        seen = [await listener.next("send.message")]
        while not (seen[-1]["event"] == "connection.update" and seen[-1]["data"]["state"] == "open"):
            seen.append(await listener.next_any())
        while {"DELIVERY_ACK", "READ", "ERROR"} - {_kind(envelope) for envelope in seen}:
            seen.append(await listener.next_any())
        simulator.logout("bail2")
        while seen[-1]["event"] != "connection.update" or seen[-1]["data"]["state"] != "close":
            seen.append(await listener.next_any())
        await listener.client.disconnect()
    for recorded in wanted:
        alike = [
            answered
            for answered in seen
            if answered["event"] == recorded["event"]
            and _kind(answered) == _kind(recorded)
            and type(answered["data"]) is type(recorded["data"])
        ]
        assert alike, recorded
        assert min((differences(recorded, answered) for answered in alike), key=len) == []


def _kind(envelope: dict[str, Any]) -> str:
    data = envelope["data"]
    if not isinstance(data, dict):
        return ""
    return str(data.get("messageType") or data.get("status") or data.get("state") or "")


def test_the_ids_have_the_recorded_form() -> None:
    assert re.fullmatch(r"3EB0[0-9A-F]{18}", ids.message_key())
    assert re.fullmatch(r"3EB0[0-9A-F]{16}", ids.inbound_key())
    assert re.fullmatch(r"c[0-9a-z]{24}", ids.row_id())
    assert ids.moment(1795237234.5) == "2026-11-21T05:00:34.500Z"
