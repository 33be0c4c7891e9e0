"""A number of the Cloud API in a whole home: tested, added, and what Meta says of it kept."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from desktop.composition import CLOUD_VERSION, open_workplace
from desktop.domain.errors import KnownError
from desktop.domain.instance import ConnectionState, Gateway
from desktop.operations.instances import default_limits
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


TEMPLATE = {"name": "promo", "language": "pt_BR", "status": "APPROVED", "category": "MARKETING", "components": []}


async def test_what_meta_says_is_kept_when_a_number_is_added_and_asked_for_anew(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ANSWERS, "message_templates", {"data": [TEMPLATE]})
    async with graph() as server, open_workplace(open_home(str(home)), None, is_throw_away=True) as workplace:
        operations, library = workplace.operations, workplace.library
        limits = default_limits(Gateway.CLOUD)
        added = await operations.add_instance(
            "loja", Gateway.CLOUD, server.url, PHONE_ID, TOKEN, limits, None, phone_id=PHONE_ID, waba_id=WABA
        )
        assert (added.state, added.phone) == (ConnectionState.CONNECTED, "+5511999990000")
        facts = await library.number_facts(added.id)
        assert facts is not None
        assert (facts.status, facts.quality) == ("CONNECTED", None)
        assert [row.name for row in await library.templates(WABA)] == ["promo"]
        monkeypatch.setitem(ANSWERS, PHONE_ID, NUMBER | {"quality_rating": "YELLOW"})
        monkeypatch.setitem(ANSWERS, "message_templates", {"data": [TEMPLATE | {"status": "PAUSED"}]})
        assert (await operations.provider_facts(added.id)).quality == "YELLOW"
        assert [row.status for row in await operations.refresh_templates(added.id)] == ["PAUSED"]
        assert [row.status for row in await library.templates(WABA)] == ["PAUSED"]


async def test_what_meta_refuses_changes_nothing_and_is_said(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with graph() as server, open_workplace(open_home(str(home)), None, is_throw_away=True) as workplace:
        operations, limits = workplace.operations, default_limits(Gateway.CLOUD)
        added = await operations.add_instance(
            "loja", Gateway.CLOUD, server.url, PHONE_ID, TOKEN, limits, None, phone_id=PHONE_ID, waba_id=WABA
        )
        refusal = {"error": {"message": "no", "type": "OAuthException", "code": 10}}
        monkeypatch.setitem(ANSWERS, "message_templates", refusal)
        assert await operations.check_instance(added.id) is ConnectionState.CONNECTED
        monkeypatch.setitem(ANSWERS, PHONE_ID, refusal)
        for ask in (operations.refresh_templates, operations.provider_facts):
            with pytest.raises(KnownError) as refused:
                await ask(added.id)
            assert (refused.value.code, refused.value.facts["reason"]) == ("provider_refused", "permission")


async def test_other_gateways_have_no_templates(home: Path) -> None:
    async with open_workplace(open_home(str(home)), None, is_throw_away=True) as workplace:
        limits = default_limits(Gateway.EVOLUTION)
        where = "http://127.0.0.1:1"
        added = await workplace.operations.add_instance("e", Gateway.EVOLUTION, where, "e", TOKEN, limits, None)
        with pytest.raises(KnownError, match="Cloud API"):
            await workplace.operations.refresh_templates(added.id)
