"""The control API."""

from typing import Any

import pytest

from desktop.simulator.server import Simulator
from tests.desktop.simulator.conftest import SILENT, listen

JID, LID = "5511988887777@s.whatsapp.net", "38583922214439@lid"


async def test_it_needs_the_global_key(clients: Any) -> None:
    async with Simulator(["a"]) as simulator:
        client = clients(simulator)
        assert (await client.ask("GET", "/_control/stats", headers={}))[0] == 401
        token = {"apikey": simulator.instance("a").token}
        assert (await client.ask("GET", "/_control/stats", headers=token))[0] == 401


async def test_it_counts_and_lists_what_was_accepted(clients: Any) -> None:
    async with Simulator(["a", "b"], script={"settings": SILENT}) as simulator:
        client = clients(simulator)
        for instance, text in (("a", "1"), ("b", "2"), ("a", "3")):
            await client.send(text=text, instance=instance)
        _, stats = await client.ask("GET", "/_control/stats")
        _, all_rows = await client.ask("GET", "/_control/accepted")
        _, later = await client.ask("GET", "/_control/accepted?after=1&limit=1")
        _, of_a = await client.ask("GET", "/_control/accepted?instance=a")
    assert (stats["accepted"], stats["accepted_by_instance"]) == (3, {"a": 2, "b": 1})
    assert [row["text"] for row in all_rows] == ["1", "2", "3"]
    assert [row["text"] for row in later] == ["2"]
    assert [row["text"] for row in of_a] == ["1", "3"]


async def test_it_steers_people_phones_and_rules(clients: Any) -> None:
    async with Simulator(["a"], script={"settings": SILENT}) as simulator:
        client = clients(simulator)
        listener = await listen(simulator)
        _, sent = await client.send()
        body = {"instance": "a", "number": "5511988887777", "text": "SAIR", "quoted": sent["key"]["id"]}
        _, reply = await client.ask("POST", "/_control/reply", body)
        heard = (await listener.next("messages.upsert"))["data"]
        await client.ask("POST", "/_control/logout", {"instance": "a"})
        assert (await client.send())[0] == 400
        await client.ask("POST", "/_control/pair", {"instance": "a"})
        assert (await client.send())[0] == 201
        await client.ask("POST", "/_control/script", {"rules": [{"do": {"status": 500}}]})
        assert (await client.send())[0] == 500
        _, stats = await client.ask("GET", "/_control/stats")
        await client.ask("POST", "/_control/script", [])
        assert (await client.send())[0] == 201
        await listener.client.disconnect()
    assert (heard["key"]["id"], heard["contextInfo"]["stanzaId"]) == (reply["id"], sent["key"]["id"])
    assert stats["rule_hits"] == [1]


async def test_it_takes_the_network_away(clients: Any) -> None:
    async with Simulator(["a"], script={"settings": SILENT}) as simulator:
        listener = await listen(simulator)
        assert (await clients(simulator).ask("POST", "/_control/away", {"seconds": 60}))[0] == 200
        await listener.client.wait()
        assert simulator.is_away


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("reply", {"instance": "ghost", "number": "1", "text": "x"}, 400, "instance_unknown"),
        ("reply", {"instance": "a", "number": "1"}, 400, "control_invalid"),
        ("away", {"seconds": 0}, 400, "control_invalid"),
        ("script", {"rules": [{"do": {"status": 418}}]}, 400, "script_invalid"),
        ("script", "{", 400, "not_json"),
        ("dance", {}, 404, "unknown_action"),
    ],
)
async def test_it_says_what_is_wrong(clients: Any, path: str, body: Any, status: int, code: str) -> None:
    async with Simulator(["a"]) as simulator:
        answer = await clients(simulator).ask("POST", f"/_control/{path}", body)
    assert (answer[0], answer[1]["error"]) == (status, code)


async def test_a_server_without_a_licence_says_so_to_all_but_its_welcome(clients: Any) -> None:
    async with Simulator(["a"], script={"settings": SILENT | {"version": "2.4.0", "is_licensed": False}}) as simulator:
        client = clients(simulator)
        assert (await client.ask("GET", "/"))[1]["version"] == "2.4.0"
        for method, path in (("GET", "/instance/fetchInstances"), ("GET", "/instance/connectionState/a")):
            status, body = await client.ask(method, path)
            assert (status, body["code"]) == (503, "LICENSE_REQUIRED")
        assert (await client.send())[0] == 503
        await client.ask("POST", "/_control/script", {"settings": {"is_licensed": True}})
        assert (await client.send())[0] == 201


@pytest.mark.parametrize(
    ("known_as", "key"),
    [
        ("phone", {"remoteJid": JID, "addressingMode": "pn"}),
        ("lid", {"remoteJid": LID, "addressingMode": "lid"}),
        (
            "lid_and_phone",
            {
                "remoteJid": LID,
                "remoteJidAlt": "5511988887777@s.whatsapp.net",
                "addressingMode": "lid",
            },
        ),
    ],
)
async def test_a_person_writes_under_the_address_that_the_gateway_knows(
    clients: Any, known_as: str, key: dict[str, str]
) -> None:
    async with Simulator(["a"], script={"settings": SILENT}) as simulator:
        client = clients(simulator)
        listener = await listen(simulator)
        _, sent = await client.send()
        body = {"instance": "a", "number": "5511988887777", "text": "oi", "as": known_as, "quoted": "last"}
        assert (await client.ask("POST", "/_control/reply", body))[0] == 200
        heard = (await listener.next("messages.upsert"))["data"]
        assert (await client.ask("POST", "/_control/reply", body | {"as": "nobody"}))[0] == 400
        await listener.client.disconnect()
    assert {name: value for name, value in heard["key"].items() if name in key} == key
    assert ("remoteJidAlt" in heard["key"]) == (known_as == "lid_and_phone")
    assert heard["contextInfo"]["stanzaId"] == sent["key"]["id"]
