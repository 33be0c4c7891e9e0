"""Searches and number checks."""

from typing import Any

import pytest

from desktop.simulator.server import Simulator
from tests.desktop.simulator.conftest import SILENT, Client, listen, script

ANA, BIA = "5511988880001", "5511988880002"


async def _three(client: Client, simulator: Simulator) -> list[str]:
    """Send to Ana, Bia, Ana, ten seconds apart on the simulator's own messages; return the ids."""
    ids = [(await client.send(number, text))[1]["key"]["id"] for number, text in ((ANA, "1"), (BIA, "2"), (ANA, "3"))]
    for index, message in enumerate(simulator.accepted):
        message.at = 1_795_237_200.5 + 10 * index
    return ids


def _texts(found: Any) -> list[str]:
    return [record["message"]["conversation"] for record in found["records"]]


def _span(first: str | None, last: str | None) -> dict[str, Any]:
    ends = {"gte": first, "lte": last}
    return {"where": {"messageTimestamp": {name: value for name, value in ends.items() if value}}}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, ["3", "2", "1"]),
        ({"where": {"key": {"remoteJid": f"{ANA}@s.whatsapp.net"}}}, ["3", "1"]),
        ({"where": {"key": {"fromMe": True}}}, ["3", "2", "1"]),
        ({"where": {"key": {"fromMe": False}}}, ["3", "2", "1"]),  # ignored by the real server too
        ({"where": {"messageType": "imageMessage"}}, []),
        ({"where": {"source": "web"}}, ["3", "2", "1"]),
        ({"where": {"key": {"id": "nothing"}}}, []),
        ({"page": 2, "offset": 2}, ["1"]),
        ({"page": 1, "offset": 2}, ["3", "2"]),
        (_span("2026-11-21T05:00:10.000Z", "2026-11-21T05:00:20.000Z"), ["3", "2"]),
        (_span("2026-11-21T05:00:01.000Z", "2026-11-21T05:00:10.900Z"), ["2"]),
        (_span("2026-11-21T05:00:10.000Z", None), ["3", "2", "1"]),  # one end alone is ignored
    ],
)
async def test_find_messages_filters(clients: Any, body: dict[str, Any], expected: list[str]) -> None:
    async with Simulator(["a"], script={"settings": SILENT}) as simulator:
        client = clients(simulator)
        await _three(client, simulator)
        assert _texts(await client.find(body)) == expected


async def test_find_messages_counts_pages_and_knows_each_id(clients: Any) -> None:
    async with Simulator(["a", "b"], script={"settings": SILENT}) as simulator:
        client = clients(simulator)
        ids = await _three(client, simulator)
        found = await client.find({"offset": 2})
        assert (found["total"], found["pages"], found["currentPage"]) == (3, 2, 1)
        by_id = await client.find({"where": {"key": {"id": ids[1]}}})
        assert _texts(by_id) == ["2"]
        assert by_id["records"][0]["id"] == simulator.accepted[1].row_id
        assert (await client.find({}, "b"))["total"] == 0


async def test_an_impossible_date_is_a_server_error(clients: Any) -> None:
    async with Simulator(["a"]) as simulator:
        status, _ = await clients(simulator).ask("POST", "/chat/findMessages/a", _span("soon", "later"))
    assert status == 500


async def test_status_rows_can_be_asked_for_by_id_alone(clients: Any) -> None:
    async with Simulator(["a"], script=script()) as simulator:
        client = clients(simulator)
        listener = await listen(simulator)
        _, sent = await client.send(ANA)
        assert await listener.statuses(2) == ["DELIVERY_ACK", "READ"]
        _, rows = await client.ask("POST", "/chat/findStatusMessage/a", {"where": {"id": sent["key"]["id"]}})
        await listener.client.disconnect()
    assert [row["status"] for row in rows] == ["DELIVERY_ACK", "READ"]
    assert {row["keyId"] for row in rows} == {sent["key"]["id"]}
    assert {row["messageId"] for row in rows} == {simulator.accepted[0].row_id}


async def test_the_check_returns_the_jid_that_whatsapp_knows(clients: Any) -> None:
    numbers = ["551188887777", "+55 (31) 98888-7777", "5531988887777@s.whatsapp.net", "5511977770000", "12"]
    rule = {"match": {"number": "*0000"}, "do": {"exists_false": True}}
    async with Simulator(["a"], script=[rule]) as simulator:
        _, rows = await clients(simulator).ask("POST", "/chat/whatsappNumbers/a", {"numbers": numbers})
    assert [(row["number"], row["jid"].partition("@")[0], row["exists"]) for row in rows] == [
        ("551188887777", "5511988887777", True),
        ("+55 (31) 98888-7777", "553188887777", True),
        ("5531988887777@s.whatsapp.net", "5531988887777", True),
        ("5511977770000", "5511977770000", False),
        ("12", "12", False),
    ]


async def test_a_repeated_number_in_a_check_is_refused(clients: Any) -> None:
    async with Simulator(["a"]) as simulator:
        status, body = await clients(simulator).ask("POST", "/chat/whatsappNumbers/a", {"numbers": [ANA, ANA]})
    assert (status, body["response"]["message"]) == (400, [["numbers contains duplicate item"]])


async def test_presence_is_accepted_and_checked(clients: Any) -> None:
    async with Simulator(["a"]) as simulator:
        client = clients(simulator)
        body = {"number": ANA, "presence": "composing", "delay": 1}
        assert await client.ask("POST", "/chat/sendPresence/a", body) == (201, {"presence": "composing"})
        assert (await client.ask("POST", "/chat/sendPresence/a", body | {"presence": "dancing"}))[0] == 400
        simulator.logout("a")
        assert (await client.ask("POST", "/chat/sendPresence/a", body))[0] == 400
