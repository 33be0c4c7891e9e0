"""Receipts and replies: their order, their disorders, and what happens to them while a number is offline."""

from typing import Any

import pytest

from desktop.simulator.server import Simulator
from tests.desktop.simulator.conftest import listen, script


def faulty(*receipts: str) -> dict[str, Any]:
    return {"do": {"receipts": list(receipts)}}


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"do": {}}, ["DELIVERY_ACK", "READ"]),
        (faulty("twice"), ["DELIVERY_ACK", "DELIVERY_ACK", "READ", "READ"]),
        (faulty("out_of_order"), ["READ", "DELIVERY_ACK"]),
        (faulty("out_of_order", "twice"), ["READ", "READ", "DELIVERY_ACK", "DELIVERY_ACK"]),
        (faulty("error_463"), ["ERROR"]),
        (faulty("early"), ["DELIVERY_ACK", "READ"]),
    ],
)
async def test_receipts_come_in_the_order_of_the_script(clients: Any, rule: Any, expected: list[str]) -> None:
    async with Simulator(["a"], script=script(rule, early_receipt_lead_s=0)) as simulator:
        listener = await listen(simulator)
        _, sent = await clients(simulator).send()
        seen = [await listener.next("messages.update") for _ in expected]
        await listener.client.disconnect()
    assert [envelope["data"]["status"] for envelope in seen] == expected
    assert {envelope["data"]["keyId"] for envelope in seen} == {sent["key"]["id"]}
    stored = [status for _, status in simulator.accepted[0].statuses]
    assert stored == list(dict.fromkeys(expected)), "a repeated status is not stored twice"


async def test_an_early_receipt_is_out_before_the_answer_of_the_send(clients: Any) -> None:
    async with Simulator(["a"], script=script(faulty("early"), early_receipt_lead_s=0.2)) as simulator:
        listener = await listen(simulator)
        order: list[str] = []
        original = listener.client.handlers["/"]["*"]

        async def note(event: str, envelope: Any) -> None:
            order.append(envelope["data"]["status"] if event == "messages.update" else event)
            await original(event, envelope)

        listener.client.on("*", note)
        await clients(simulator).send()
        order.append("answer")
        await listener.client.disconnect()
    assert order[:2] == ["send.message", "DELIVERY_ACK"]
    assert "answer" in order[2:]


async def test_no_receipts_at_all_when_the_script_says_never(clients: Any) -> None:
    rule = {"match": {"number": "*0001"}, "do": {"receipts": "never"}}
    async with Simulator(["a"], script=script(rule)) as simulator:
        client = clients(simulator)
        listener = await listen(simulator)
        await client.send("5511988880001")
        await client.send("5511988880002")
        assert await listener.statuses(2) == ["DELIVERY_ACK", "READ"]
        await listener.client.disconnect()
    assert [len(message.statuses) for message in simulator.accepted] == [0, 2]


async def test_a_scripted_reply_follows_the_reading(clients: Any) -> None:
    async with Simulator(["a"], script=script({"do": {"reply": "SAIR"}}, quoting_share=1)) as simulator:
        client = clients(simulator)
        listener = await listen(simulator)
        _, sent = await client.send()
        assert await listener.statuses(2) == ["DELIVERY_ACK", "READ"]
        reply = (await listener.next("messages.upsert"))["data"]
        _, contacts = await client.ask("POST", "/chat/findContacts/a", {})
        found = await client.find({"where": {"key": {"id": reply["key"]["id"]}}})
        await listener.client.disconnect()
    assert reply["key"]["fromMe"] is False
    assert reply["key"]["remoteJid"] == sent["key"]["remoteJid"]
    assert reply["message"] == {"conversation": "SAIR"}
    assert reply["contextInfo"]["stanzaId"] == sent["key"]["id"]
    assert found["records"][0]["contextInfo"]["stanzaId"] == sent["key"]["id"]
    assert contacts[0]["pushName"] == reply["pushName"]


async def test_receipts_wait_while_the_number_is_offline(clients: Any) -> None:
    late = script(delivered={"median_s": 500})  # half a second: the number is offline by then, on a busy machine too
    async with Simulator(["a"], script=late) as simulator:
        listener = await listen(simulator)
        await clients(simulator).send()
        simulator.logout("a")
        await listener.next("logout.instance")
        while not simulator.instance("a").parked:
            simulator.inject_reply("a", "5511988887777", "?")  # an event to wait for, while the receipt comes due
            await listener.next("messages.upsert")
        assert simulator.accepted[0].statuses == []
        simulator.pair("a")
        assert await listener.statuses(2) == ["DELIVERY_ACK", "READ"]
        await listener.client.disconnect()


async def test_shares_decide_how_many_are_delivered_read_and_answered(clients: Any) -> None:
    settings = {"delivered_share": 0.9, "read_share": 0.7, "reply_share": 0.5, "quoting_share": 0}
    async with Simulator(["a"], script=script(**settings), seed=7) as simulator:
        client = clients(simulator)
        for number in range(200):
            await client.send(f"55119888{number:05d}")
        while len(simulator.world.timeline):
            await client.find()
        delivered = sum(bool(message.statuses) for message in simulator.accepted)
        read = sum(len(message.statuses) > 1 for message in simulator.accepted)
        answered = (await client.find())["total"] - 200
    assert 165 <= delivered <= 195
    assert 100 <= read <= 150
    assert 40 <= answered <= 85
