"""Signing in and out: codes that change, pairing, giving up."""

from typing import Any

import pytest

from desktop.simulator.server import Simulator
from tests.desktop.simulator.conftest import QUICK, listen, script

NEW = {"instanceName": "novo", "integration": "WHATSAPP-BAILEYS"}


async def test_a_code_on_show_changes_and_is_given_up_at_the_limit(clients: Any) -> None:
    async with Simulator([], script=script(qr_lifetime_s=20, qr_limit=3)) as simulator:
        client = clients(simulator)
        listener = await listen(simulator)
        _, created = await client.ask("POST", "/instance/create", NEW | {"qrcode": True})
        codes = [(await listener.next("qrcode.updated"))["data"] for _ in range(3)]
        last = (await listener.next("qrcode.updated"))["data"]
        refused = (await listener.next("connection.update"))["data"]
        _, state = await client.ask("GET", "/instance/connectionState/novo")
        await listener.client.disconnect()
    assert created["instance"]["status"] == "connecting"
    assert len({data["qrcode"]["code"] for data in codes}) == 3
    assert all(data["qrcode"]["base64"].startswith("data:image/png;base64,iVBOR") for data in codes)
    assert last == {"message": "QR code limit reached, please login again", "statusCode": 500}
    assert refused["state"] == "refused"
    assert state["instance"]["state"] == "close"


async def test_a_shown_code_is_scanned_after_the_set_time(clients: Any) -> None:
    async with Simulator([], script=script(pair_after_s=50)) as simulator:
        client = clients(simulator)
        listener = await listen(simulator)
        await client.ask("POST", "/instance/create", NEW)
        assert (await client.send(instance="novo"))[0] == 500
        _, code = await client.ask("GET", "/instance/connect/novo")
        while (event := (await listener.next("connection.update"))["data"])["state"] != "open":
            pass
        assert (await client.send(instance="novo"))[0] == 201
        await listener.client.disconnect()
    assert code["count"] == 1
    assert event["wuid"].endswith("@s.whatsapp.net")


async def test_a_number_asks_for_a_pairing_code(clients: Any) -> None:
    async with Simulator([], script={"settings": QUICK}) as simulator:
        client = clients(simulator)
        await client.ask("POST", "/instance/create", NEW)
        _, code = await client.ask("GET", "/instance/connect/novo?number=5511900000001")
    assert len(code["pairingCode"]) == 8


async def test_after_a_logout_on_the_phone_the_first_connect_has_no_code_yet(clients: Any) -> None:
    async with Simulator(["a"], script=script(connect_wait_s=0, speed=4)) as simulator:
        client = clients(simulator)
        listener = await listen(simulator)
        simulator.logout("a")
        assert (await client.ask("GET", "/instance/connect/a"))[1] == {"count": 0}
        await listener.next("qrcode.updated")
        assert (await client.ask("GET", "/instance/connect/a"))[1]["count"] == 1
        await listener.client.disconnect()


async def test_a_logout_stops_the_codes_of_the_sign_in_before_it(clients: Any) -> None:
    async with Simulator(["a"], script=script(qr_lifetime_s=30)) as simulator:
        client = clients(simulator)
        listener = await listen(simulator)
        await client.ask("DELETE", "/instance/logout/a")
        await client.ask("GET", "/instance/connect/a")
        await client.ask("DELETE", "/instance/logout/a")
        while len(simulator.world.timeline):  # what was planned comes due
            await client.ask("GET", "/instance/connectionState/a")
        heard: list[str] = []
        while heard.count("logout.instance") < 2:  # what was emitted before arrives before
            heard.append((await listener.next_any())["event"])
        assert [*heard, *listener.waiting()].count("qrcode.updated") == 1
        assert simulator.instance("a").state == "close"
        await listener.client.disconnect()


async def test_a_restart_of_a_closed_instance_fails_with_status_200(clients: Any) -> None:
    async with Simulator(["a"]) as simulator:
        client = clients(simulator)
        simulator.logout("a")
        status, body = await client.ask("POST", "/instance/restart/a")
    assert (status, body["error"]) == (200, True)


async def test_a_deleted_instance_takes_its_messages_along(clients: Any) -> None:
    async with Simulator(["a"], script={"settings": QUICK}) as simulator:
        client = clients(simulator)
        await client.send()
        assert (await client.ask("DELETE", "/instance/delete/a"))[0] == 200
        assert (await client.send())[0] == 404
        await client.ask("POST", "/instance/create", {"instanceName": "a"})
        assert (await client.find())["total"] == 0
        while len(simulator.world.timeline):  # receipts of the deleted instance come due and find nobody
            await client.ask("GET", "/")


@pytest.mark.parametrize("body", [{}, {"instanceName": ""}, {"instanceName": 7}])
async def test_an_instance_needs_a_name(clients: Any, body: dict[str, Any]) -> None:
    async with Simulator([]) as simulator:
        assert (await clients(simulator).ask("POST", "/instance/create", body))[0] == 400


async def test_own_presence(clients: Any) -> None:
    async with Simulator(["a"]) as simulator:
        client = clients(simulator)
        available = {"presence": "available"}
        assert await client.ask("POST", "/instance/setPresence/a", available) == (201, available)
        assert (await client.ask("POST", "/instance/setPresence/a", {"presence": 1}))[0] == 400
