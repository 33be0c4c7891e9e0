"""The instances of a server are listed, made, paired, mended and removed, in the same words whatever the gateway."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from desktop.domain.errors import KnownError
from desktop.domain.instance import ConnectionState, Gateway
from desktop.engine.ports import GatewayAdmin, PairingCode, RemoteInstance
from desktop.gateways.factory import make_admin
from desktop.simulator.server import Simulator
from desktop.simulator.waha.server import WahaSimulator
from tests.desktop.gateways.conftest import QuickClock, until

KEY = "practice-gateway-key"
KINDS = {Gateway.EVOLUTION: Simulator, Gateway.WAHA: WahaSimulator}
both = pytest.mark.parametrize("gateway", KINDS)


@asynccontextmanager
async def at(gateway: Gateway, clock: QuickClock, key: str = KEY) -> AsyncIterator[tuple[Simulator, GatewayAdmin]]:
    script = {"settings": {"speed": 500, "pair_after_s": None, "qr_lifetime_s": 5000}}
    async with KINDS[gateway](["vendas"], api_key=KEY, script=script, seed=1) as simulator:
        admin = make_admin(gateway, simulator.url, key, clock)
        try:
            yield simulator, admin
        finally:
            await admin.close()


@both
async def test_an_instance_is_made_paired_mended_and_removed(gateway: Gateway, clock: QuickClock) -> None:
    async with at(gateway, clock) as (simulator, admin):
        assert await admin.create("nova") is None
        assert await admin.create("nova") == "name_taken"
        pairing = await admin.connect("nova")
        assert isinstance(pairing, PairingCode)
        assert pairing.qr_text
        assert pairing.lifetime_s == (45.0 if gateway is Gateway.EVOLUTION else 20.0)
        simulator.pair("nova")
        assert await admin.connect("nova") == PairingCode(None, already_connected=True)
        listed = await admin.instances()
        assert isinstance(listed, tuple)
        assert [row.name for row in listed if isinstance(row, RemoteInstance)] == ["vendas", "nova"]
        assert {row.state for row in listed if isinstance(row, RemoteInstance)} == {ConnectionState.CONNECTED}
        assert await admin.restart("nova") is None
        await until(lambda: simulator.instance("nova").state == "open")
        assert await admin.logout("nova") is None
        status = await admin.state("nova")
        assert status is not None
        assert status.state is not ConnectionState.CONNECTED
        assert await admin.delete("nova") is None
        assert await admin.delete("nova") is None, "what is gone counts as done"
        assert await admin.connect("nova") == "instance_missing"


@both
async def test_a_phone_gets_a_pairing_code(gateway: Gateway, clock: QuickClock) -> None:
    async with at(gateway, clock) as (_, admin):
        await admin.create("nova")
        pairing = await admin.connect("nova", "+5511988887777")
    assert isinstance(pairing, PairingCode)
    assert pairing.pairing_code
    assert len(pairing.pairing_code.replace("-", "")) == 8


async def test_evolution_has_no_pairing_code_for_a_sign_in_that_shows_a_qr_code_and_says_so_at_once(
    clock: QuickClock,
) -> None:
    async with at(Gateway.EVOLUTION, clock) as (_, admin):
        await admin.create("nova")
        await admin.connect("nova")
        assert await admin.connect("nova", "+5511988887777") == "no_code"
        assert clock.slept == []
        await admin.logout("nova")
        assert isinstance(await admin.connect("nova", "+5511988887777"), PairingCode)
        again = await admin.connect("nova", "+5511988887777")  # the code of this sign-in is shown again
    assert isinstance(again, PairingCode)
    assert again.pairing_code


@both
async def test_a_wrong_key_is_told_by_every_call(gateway: Gateway, clock: QuickClock) -> None:
    async with at(gateway, clock, "wrong") as (_, admin):
        assert await admin.instances() == "unauthorised"
        assert await admin.create("nova") == "unauthorised"
        assert await admin.connect("vendas") == "unauthorised"
        assert await admin.restart("vendas") == "unauthorised"
        assert await admin.delete("vendas") == "unauthorised"


@both
async def test_a_server_that_is_away_is_told(gateway: Gateway, clock: QuickClock) -> None:
    admin = make_admin(gateway, "http://127.0.0.1:1", KEY, clock)
    assert await admin.instances() == "unreachable"
    assert await admin.state("vendas") is None
    await admin.close()


def test_a_gateway_without_such_a_thing_says_so(clock: QuickClock) -> None:
    with pytest.raises(KnownError, match="Cloud"):
        make_admin(Gateway.CLOUD, "http://x", KEY, clock)
