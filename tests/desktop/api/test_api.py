"""The API as another program uses it: over HTTP on loopback, on a real home."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from desktop.api.host import ApiHost, ApiSettings
from desktop.composition import Workplace, open_workplace
from desktop.domain.contact import NewContact
from desktop.paths import Home
from desktop.viewmodels import wording
from tests.conftest import LogWatch

TOKEN = "a-token-of-a-test"
DRAFT: dict[str, Any] = {
    "name": "Natal",
    "audience": {"all": True},
    "messages": [{"text": "Olá {{contact.name}}"}],
    "instances": [],
}


@dataclass
class Service:
    workplace: Workplace
    host: ApiHost
    settings: ApiSettings
    client: httpx.AsyncClient

    async def call(self, method: str, path: str, **more: Any) -> tuple[int, Any]:
        answer = await self.client.request(method, path, **more)
        return answer.status_code, answer.json() if answer.content else None


@pytest.fixture
async def service(tmp_path: Path) -> AsyncIterator[Service]:
    async with open_workplace(Home(tmp_path), None, is_throw_away=True) as workplace:
        await workplace.contacts.upsert([NewContact(f"+551197000000{n}", f"P{n}") for n in range(5)], workplace.clock.now(), 1)  # fmt: skip  # noqa: E501
        host = workplace.build_api_host(wording.check)
        made = Service(workplace, host, ApiSettings(True, 0, "127.0.0.1", TOKEN), None)  # type: ignore[arg-type]

        async def read() -> ApiSettings:
            return made.settings

        host._read = read
        await host.follow()
        assert host.address is not None
        headers = {"authorization": f"Bearer {TOKEN}"}
        async with httpx.AsyncClient(base_url=host.address, headers=headers, trust_env=False) as client:
            made.client = client
            yield made
        made.settings = replace(made.settings, is_enabled=False)
        await host.follow()
        assert host.address is None


async def test_a_campaign_is_created_looked_at_and_refused_with_reasons(service: Service) -> None:
    status, created = await service.call("POST", "/v1/campaigns", json=DRAFT)
    assert (status, created) == (201, {"id": created["id"], "name": "Natal", "status": "draft"})
    path = f"/v1/campaigns/{created['id']}"
    status, shown = await service.call("GET", path)
    assert (status, shown["status"], shown["total"]) == (200, "draft", 0)
    status, checklist = await service.call("GET", f"{path}/preflight")
    assert (status, checklist["ok"]) == (200, False)
    assert {"code", "level", "text", "hint"} == set(checklist["lines"][0])
    status, refusal = await service.call("POST", f"{path}/start")
    assert (status, refusal["error"]) == (409, "preflight_failed")
    status, refusal = await service.call("POST", f"{path}/pause")
    assert (status, refusal["error"]) == (409, "action_not_allowed")
    status, copy = await service.call("POST", f"{path}/duplicate")
    assert (status, copy["status"]) == (201, "draft")
    assert [row["id"] for row in (await service.call("GET", "/v1/campaigns"))[1]] == [copy["id"], created["id"]]
    assert (await service.call("DELETE", path))[0] == 204
    status, refusal = await service.call("GET", path)
    assert (status, refusal["error"]) == (404, "campaign_not_found")


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("POST", "/v1/campaigns", {"name": "x", "surprise": 1}, 422, "invalid_draft"),
        ("POST", "/v1/campaigns", ["x"], 400, "bad_request"),
        ("POST", "/v1/campaigns/99/start", None, 404, "campaign_not_found"),
        ("POST", "/v1/campaigns/99/explode", None, 404, "action_not_found"),
        ("GET", "/v1/campaigns/99/recipients", None, 404, "campaign_not_found"),
        ("GET", "/v1/campaigns/99/recipients?status=odd", None, 422, "unknown_status"),
        ("GET", "/v1/campaigns/99/recipients?limit=100000", None, 400, "bad_request"),
        ("GET", "/v1/nothing", None, 404, "not_found"),
        ("POST", "/v1/opt-outs", {"phone": "abc"}, 422, "invalid_phone"),
    ],
)  # fmt: skip
async def test_what_is_wrong_is_said(
    service: Service, method: str, path: str, body: Any, status: int, code: str
) -> None:
    answered, refusal = await service.call(method, path, json=body)
    assert (answered, refusal["error"]) == (status, code)
    assert refusal["message"]


@pytest.mark.parametrize("header", ["", "Bearer wrong", f"Basic {TOKEN}", "Bearer", f"Bearer {TOKEN}x"])
async def test_without_the_token_nothing_is_told(service: Service, header: str) -> None:
    for method, path in (("GET", "/v1/campaigns"), ("POST", "/v1/campaigns"), ("POST", "/v1/opt-outs")):
        status, refusal = await service.call(method, path, headers={"authorization": header}, json={})
        assert (status, refusal["error"]) == (401, "unauthorised")


async def test_a_page_that_calls_this_machine_by_another_name_is_not_served(service: Service) -> None:
    status, _ = await service.call("GET", "/v1/campaigns", headers={"host": "evil.example"})
    assert status == 400


async def test_files_outside_of_its_folder_cannot_be_sent(service: Service, tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(b"x")
    service.workplace.home.api_media.joinpath("offer.png").write_bytes(b"x")
    for path, expected in ((str(tmp_path / "secret.png"), 422), ("../secret.png", 422), ("offer.png", 201)):
        draft = DRAFT | {"messages": [{"text": "x", "media": {"kind": "image", "path": path}}]}
        assert (await service.call("POST", "/v1/campaigns", json=draft))[0] == expected, path


async def test_people_opt_out_over_the_api(service: Service) -> None:
    assert (await service.call("POST", "/v1/opt-outs", json={"phone": "11 97000-0001"}))[0] == 204
    found = await service.workplace.library.contacts(None, None, 10, "97000-0001")
    assert found[0].opted_out_at is not None


async def test_the_description_names_every_route_and_needs_no_token(service: Service) -> None:
    answer = await service.client.get("/schema/openapi.json", headers={"authorization": ""})
    paths = answer.json()["paths"]
    assert set(paths) == {
        "/v1/campaigns", "/v1/campaigns/{campaign_id}", "/v1/campaigns/{campaign_id}/preflight",
        "/v1/campaigns/{campaign_id}/{action}", "/v1/campaigns/{campaign_id}/duplicate",
        "/v1/campaigns/{campaign_id}/retry-failed", "/v1/campaigns/{campaign_id}/recipients", "/v1/instances",
        "/v1/opt-outs",
    }  # fmt: skip
    assert TOKEN not in answer.text


async def test_a_body_that_is_too_large_is_refused(service: Service) -> None:
    status, _ = await service.call("POST", "/v1/campaigns", content=b"[" + b"1," * 1_000_000 + b"1]",
                                   headers={"content-type": "application/json"})  # fmt: skip
    assert status == 413


async def test_a_port_that_is_taken_is_said_and_tried_again(service: Service, log_watch: LogWatch) -> None:
    log_watch.expect("api: api_port_taken")
    other = service.workplace.build_api_host(wording.check)
    taken = int(service.host.address.rpartition(":")[2])  # type: ignore[union-attr]

    async def read() -> ApiSettings:
        return ApiSettings(True, taken, "127.0.0.1", TOKEN)

    other._read = read
    await other.follow()
    assert other.address is None
    assert other.problem is not None
    assert other.problem.code == "api_port_taken"
    service.settings = replace(service.settings, is_enabled=False)
    await service.host.follow()
    await other.follow()
    assert other.address is not None
    assert other.problem is None
    await other._stop()


async def test_a_new_token_makes_the_old_one_worthless(service: Service) -> None:
    service.settings = replace(service.settings, token="another", port=int(service.host.address.rpartition(":")[2]))  # type: ignore[union-attr]
    await service.host.follow()
    assert (await service.call("GET", "/v1/instances"))[0] == 401
    good = {"authorization": "Bearer another"}
    assert await service.call("GET", "/v1/instances", headers=good) == (200, [])


async def test_the_settings_of_a_home_are_followed(tmp_path: Path) -> None:
    async with open_workplace(Home(tmp_path), None, is_throw_away=True) as workplace:
        host = workplace.build_api_host(wording.check)
        await host.follow()
        assert host.address is None
        token = await workplace.set_api(is_enabled=True, port=0, bind="127.0.0.1")
        assert token
        assert await workplace.set_api(is_enabled=True, port=0, bind="127.0.0.1") is None
        await host.follow()
        assert host.address is not None
        running = asyncio.ensure_future(host.run())
        await asyncio.sleep(0)
        running.cancel()
        await asyncio.wait({running})
        assert host.address is None
