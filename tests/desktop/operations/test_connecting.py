"""Numbers at their gateway: made, paired by phone, mended, logged out, deleted."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

import desktop.gateways.factory as factory_of_gateways
from desktop.composition import Workplace, open_workplace
from desktop.domain.errors import KnownError
from desktop.domain.instance import ConnectionState, Gateway, Instance
from desktop.operations.instances import default_limits
from desktop.paths import open_home
from desktop.simulator.server import Simulator
from desktop.simulator.waha.server import WahaSimulator

KEY = "practice-gateway-key"
KINDS = {Gateway.EVOLUTION: Simulator, Gateway.WAHA: WahaSimulator}
SCRIPT = {"settings": {"speed": 500, "pair_after_s": None, "qr_lifetime_s": 5000}}
assert factory_of_gateways  # loaded before the loop runs: the first use would hold it up
both = pytest.mark.parametrize("gateway", KINDS)


@asynccontextmanager
async def at(gateway: Gateway, home: Path) -> AsyncGenerator[tuple[Simulator, Workplace]]:
    async with (
        KINDS[gateway](["vendas"], api_key=KEY, script=SCRIPT, seed=1) as simulator,
        open_workplace(open_home(str(home)), None, is_throw_away=True) as workplace,
    ):
        yield simulator, workplace


async def added(workplace: Workplace, gateway: Gateway, url: str, name: str) -> Instance:
    limits = default_limits(gateway)
    return await workplace.operations.add_instance(name, gateway, url, name, KEY, limits, "America/Sao_Paulo")


@both
async def test_a_number_is_made_paired_by_phone_logged_out_and_deleted(gateway: Gateway, home: Path) -> None:
    async with at(gateway, home) as (simulator, workplace):
        operations = workplace.operations
        await operations.create_at_gateway(gateway, simulator.url, KEY, "nova")
        with pytest.raises(KnownError) as refused:
            await operations.create_at_gateway(gateway, simulator.url, KEY, "nova")
        assert refused.value.code == "name_taken"
        number = await added(workplace, gateway, simulator.url, "nova")
        pairing = await operations.pairing(number.id)
        assert pairing is not None
        assert pairing.qr_text
        # The sign-in that shows a QR code already gives a code for a phone too.
        by_phone = await operations.pairing(number.id, "+5511988011234")
        assert by_phone is not None
        assert by_phone.pairing_code
        simulator.pair("nova")
        assert await operations.check_instance(number.id) is ConnectionState.CONNECTED
        await operations.restart_instance(number.id)
        await operations.log_out_instance(number.id)
        assert await operations.check_instance(number.id) is not ConnectionState.CONNECTED
        await operations.delete_at_gateway(number.id)
        assert await workplace.library.instances() == []
        assert workplace.secrets.get(number.secret_name) is None
        assert [row[0] for row in (await operations.probe(gateway, simulator.url, KEY)).instances] == ["vendas"]


async def test_nothing_is_deleted_while_the_gateway_is_away(home: Path) -> None:
    async with open_workplace(open_home(str(home)), None, is_throw_away=True) as workplace:
        async with Simulator(["vendas"], api_key=KEY, script=SCRIPT, seed=1) as simulator:
            number = await added(workplace, Gateway.EVOLUTION, simulator.url, "vendas")
        with pytest.raises(KnownError) as refused:
            await workplace.operations.delete_at_gateway(number.id)
        assert refused.value.code == "unreachable"
        assert [row.instance.name for row in await workplace.library.instances()] == ["vendas"]
        with pytest.raises(KnownError) as refused:
            await workplace.operations.restart_instance(number.id)
        assert refused.value.code == "unreachable"
        workplace.secrets.delete(number.secret_name)
        with pytest.raises(KnownError) as refused:
            await workplace.operations.log_out_instance(number.id)
        assert refused.value.code == "token_missing"


async def test_a_check_that_is_to_explain_says_why_a_number_is_refused_and_keeps_its_state(home: Path) -> None:
    async with at(Gateway.EVOLUTION, home) as (simulator, workplace):
        operations = workplace.operations
        number = await added(workplace, Gateway.EVOLUTION, simulator.url, "vendas")
        assert await operations.check_instance(number.id, explain=True) is ConnectionState.CONNECTED
        simulator.use_script({"settings": {"is_licensed": False}})
        with pytest.raises(KnownError) as refused:
            await operations.check_instance(number.id, explain=True)
        assert refused.value.code == "licence_required"
        assert (await workplace.library.instances())[0].instance.state is ConnectionState.UNAUTHORISED
        assert await operations.check_instance(number.id) is ConnectionState.UNAUTHORISED
