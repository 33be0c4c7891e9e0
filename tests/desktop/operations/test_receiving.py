"""What an operator may do about webhooks, and what it is refused for."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest

from desktop.access.protection import MemorySecrets
from desktop.domain.campaign import CampaignStatus
from desktop.domain.errors import KnownError
from desktop.domain.inbound_hook import Hook, ReceiverSettings
from desktop.domain.instance import Gateway
from desktop.operations.receiving import Knocked, Receiving
from tests.desktop.gateways.conftest import QuickClock
from tests.desktop.receiver.conftest import instance


class Home:
    """The little of a home that this is about."""

    def __init__(self, *gateways: Gateway) -> None:
        self.stored: dict[str, object] = {}
        self.numbers = [instance(gateway, number + 1) for number, gateway in enumerate(gateways)]
        self.running: list[Any] = []
        self.secrets = MemorySecrets()
        self.set: list[tuple[str, str | None, bool]] = []
        self.answer: str | None = None
        self.knocked: list[str] = []
        self.receiving = Receiving(self, self, self.secrets, QuickClock(), self.set_hook, self.knock)

    async def setting(self, key: str) -> object | None:
        return self.stored.get(key)

    async def put(
        self, key: str, value: object, now: datetime, operator: str | None = None, *, is_audited: bool = True
    ) -> None:
        self.stored[key] = value

    async def instances(self) -> Sequence[Any]:
        return [SimpleNamespace(instance=number) for number in self.numbers]

    async def campaigns(self) -> Sequence[Any]:
        return self.running

    async def set_hook(self, hook: Hook, url: str | None, take_over: bool) -> str | None:
        self.set.append((hook.instance.name, url, take_over))
        return self.answer

    async def knock(self, hook: Hook, base_url: str, nonce: str) -> str:
        assert hook.proof(nonce) != hook.proof("")
        self.knocked.append(base_url)
        return "ok" if base_url.startswith("http:") else "unreachable"

    async def refusal(self, name: str, *, off: bool = False) -> str:
        with pytest.raises(KnownError) as refused:
            await (self.receiving.disconnect(name) if off else self.receiving.connect(name))
        return refused.value.code


async def test_what_is_not_said_stays_as_it_is() -> None:
    receiving = Home().receiving
    await receiving.enable(9001, "0.0.0.0", "https://x.example/")
    assert await receiving.disable() == ReceiverSettings(False, "0.0.0.0", 9001, "https://x.example")
    assert (await receiving.enable()).port == 9001
    assert (await receiving.enable(public_url="")).public_url == ""


@pytest.mark.parametrize(("change", "code"), [({"port": 80}, "bad_port"), ({"public_url": "x"}, "bad_url")])
async def test_settings_that_cannot_be_are_refused_and_not_stored(change: dict[str, Any], code: str) -> None:
    home = Home()
    with pytest.raises(KnownError) as refused:
        await home.receiving.change(replace(ReceiverSettings(), **change))
    assert refused.value.code == code
    assert home.stored == {}


async def test_each_instance_gets_a_key_once_and_the_receiver_is_told_of_new_ones() -> None:
    home = Home(Gateway.EVOLUTION, Gateway.WAHA)
    first = await home.receiving.hooks()
    assert (await home.receiving.settings()).revision == 1
    assert await home.receiving.hooks() == first
    assert (await home.receiving.settings()).revision == 1
    home.numbers.append(instance(Gateway.CLOUD, 3))
    assert len({state.url for state in await home.receiving.hooks()}) == 3
    assert (await home.receiving.settings()).revision == 2


async def test_metas_hook_is_ready_once_the_app_secret_is_known() -> None:
    home = Home(Gateway.CLOUD)
    assert not (await home.receiving.hook_of("cloud-1")).is_ready
    await home.receiving.keep_app_secret("cloud-1", " s3cret ")
    state = await home.receiving.hook_of("cloud-1")
    assert (state.is_ready, state.hook.app_secret) == (True, "s3cret")
    assert "s3cret" not in str(home.stored)
    assert (await home.receiving.settings()).revision == 2
    await home.receiving.enable()
    home.answer = "not_available"
    assert await home.refusal("cloud-1") == "hook_by_hand"


async def test_a_gateway_is_told_the_address_only_while_somebody_listens() -> None:
    home = Home(Gateway.EVOLUTION)
    assert await home.refusal("evolution-1") == "receiver_off"
    assert home.set == []
    await home.receiving.enable(public_url="https://x.example")
    state = await home.receiving.connect("evolution-1", take_over=True)
    await home.receiving.disconnect("evolution-1")
    assert home.set == [("evolution-1", state.url, True), ("evolution-1", None, False)]
    assert state.url.startswith("https://x.example/hooks/")


@pytest.mark.parametrize(("answer", "code"), [("hook_in_use", "hook_in_use"), ("unauthorised", "hook_not_set")])
async def test_a_gateway_that_does_not_take_it_is_reported(answer: str, code: str) -> None:
    home = Home(Gateway.EVOLUTION)
    await home.receiving.enable()
    home.answer = answer
    assert await home.refusal("evolution-1") == code


async def test_a_waha_session_is_not_restarted_while_a_campaign_runs() -> None:
    home = Home(Gateway.WAHA, Gateway.EVOLUTION)
    await home.receiving.enable()
    home.running = [SimpleNamespace(status=CampaignStatus.PAUSED)]
    await home.receiving.connect("waha-1")
    home.running.append(SimpleNamespace(status=CampaignStatus.RUNNING))
    assert await home.refusal("waha-1") == "campaign_running"
    assert await home.refusal("waha-1", off=True) == "campaign_running"
    await home.receiving.connect("evolution-2")


async def test_the_way_in_is_tried_here_and_from_outside() -> None:
    home = Home(Gateway.WAHA)
    with pytest.raises(KnownError):
        await home.receiving.test("waha-1")
    await home.receiving.enable()
    assert await home.receiving.test("waha-1") == Knocked("ok", None)
    await home.receiving.enable(public_url="https://x.example")
    assert await home.receiving.test("waha-1") == Knocked("ok", "unreachable")
    assert home.knocked == ["http://127.0.0.1:8788", "http://127.0.0.1:8788", "https://x.example"]
    with pytest.raises(KnownError) as refused:
        await home.receiving.test("nobody")
    assert refused.value.code == "instance_not_found"
