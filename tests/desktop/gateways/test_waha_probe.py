""" "Test connection" of WAHA says precisely what is wrong."""

from typing import Any

import pytest

from desktop.domain.instance import ConnectionState, Gateway
from desktop.engine.ports import GatewayProbe
from desktop.gateways.factory import probe
from tests.desktop.gateways.mini_waha import KEY, about, mini_waha, session

VERSION = "GET /api/server/version"
LIST = "GET /api/sessions"
ROW = session()
CASES: dict[str, tuple[dict[str, Any], str]] = {
    "all is well": ({LIST: (200, [ROW])}, "ok"),
    "no session yet": ({LIST: (200, [])}, "ok"),
    "wrong key": ({VERSION: (401, {"message": "Unauthorized", "statusCode": 401})}, "unauthorised"),
    "wrong key, version open to all": ({LIST: (401, {"message": "Unauthorized"})}, "unauthorised"),
    "a key that may not list": ({LIST: (403, {"message": "Forbidden"})}, "key_scope"),
    "a version of long ago": (
        {VERSION: (404, {}), "GET /api/version": (200, about("NOWEB", "2023.5.1"))}, "wrong_version",
    ),
    "an old version": ({VERSION: (200, about("NOWEB", "2024.6.1"))}, "wrong_version"),
    "another program": ({VERSION: (200, {"hello": "world"})}, "not_waha"),
    "a web page": ({VERSION: (404, None)}, "not_waha"),
    "a redirect": ({VERSION: (301, None)}, "not_waha"),
    "a proxy without its server": ({VERSION: (502, None)}, "unreachable"),
    "a broken server": ({LIST: (500, {"exception": {"message": "boom"}})}, "garbage_answer"),
    "a list that is none": ({LIST: (200, {})}, "garbage_answer"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
async def test_what_is_wrong_is_told_precisely(name: str) -> None:
    table, code = CASES[name]
    async with mini_waha(table=table) as mini:
        found = await probe(Gateway.WAHA, mini.url, KEY)
    assert (found.code, found.ok) == (code, code == "ok")


async def test_a_good_connection_tells_engine_and_sessions() -> None:
    rows = [ROW, session("SCAN_QR_CODE", name="b", me=None)]
    async with mini_waha("GOWS", table={LIST: (200, rows)}) as mini:
        found = await probe(Gateway.WAHA, mini.url, KEY)
        assert mini.asked[-1].query == {"all": ["true"]}
    expected = (("a", ConnectionState.CONNECTED, "+5511900000008"), ("b", ConnectionState.NEEDS_QR, None))
    assert found == GatewayProbe(True, "ok", "2026.7.1 GOWS", expected)


async def test_a_key_of_one_session_is_tried_on_it() -> None:
    async with mini_waha(table={LIST: (403, {"message": "Forbidden"})}) as mini:
        found = await probe(Gateway.WAHA, mini.url, KEY, remote_name="a")
        assert found.instances == (("a", ConnectionState.CONNECTED, "+5511900000008"),)
        mini.table["GET /api/sessions/a"] = (404, {"message": "Session not found"})
        assert (await probe(Gateway.WAHA, mini.url, KEY, remote_name="a")).code == "instance_missing"


async def test_an_address_that_leads_nowhere_is_told() -> None:
    assert (await probe(Gateway.WAHA, "http://127.0.0.1:1", KEY)).code == "unreachable"
    assert (await probe(Gateway.WAHA, "nowhere", KEY)).code == "bad_url"
