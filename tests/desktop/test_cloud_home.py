"""A number of the Cloud API in a whole home: tested, added, and what Meta says of it kept."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from desktop.composition import CLOUD_VERSION, open_workplace
from desktop.domain.instance import Gateway
from desktop.paths import open_home
from tests.desktop.gateways.scripted import Request, Scripted, Wire, scripted

PHONE_ID, WABA, TOKEN = "106540352242922", "102290129340398", "EAAtoken"
NUMBER = {"id": PHONE_ID, "display_phone_number": "+55 11 99999-0000", "status": "CONNECTED"}
ANSWERS: dict[str, Any] = {
    PHONE_ID: NUMBER,
    "phone_numbers": {"data": [NUMBER]},
    "message_templates": {"data": []},
}


@asynccontextmanager
async def graph() -> AsyncGenerator[Scripted]:
    """Answer as Meta does, each path by its end."""

    async def script(request: Request, wire: Wire) -> bool:
        await wire.answer(200, ANSWERS[urlsplit(request.path).path.rpartition("/")[2]])
        return True

    async with scripted(script) as server:
        yield server


async def test_a_connection_is_tested_for_this_number_of_this_account(home: Path) -> None:
    async with graph() as server:
        async with open_workplace(open_home(str(home)), None, is_throw_away=True) as workplace:
            ask = workplace.operations.probe
            found = await ask(Gateway.CLOUD, server.url, TOKEN, phone_id=PHONE_ID, waba_id=WABA)
            assert (found.ok, found.code) == (True, "ok")
            listed = await ask(Gateway.CLOUD, server.url, TOKEN, waba_id=WABA)
            assert [name for name, _, _ in listed.instances] == [PHONE_ID]
            assert server.requests[0].path.startswith("/v25.0/")
            await workplace.operations.set_setting(CLOUD_VERSION, "v26.0")
        async with open_workplace(open_home(str(home)), None, is_throw_away=True) as workplace:
            server.requests.clear()
            assert (await workplace.operations.probe(Gateway.CLOUD, server.url, TOKEN, waba_id=WABA)).ok
            assert {request.path.split("/")[1] for request in server.requests} == {"v26.0"}
