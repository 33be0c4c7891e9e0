"""What the operator does with addresses."""

import pytest

from desktop.domain.errors import KnownError
from desktop.domain.ids import HookId
from tests.desktop.webhooks.conftest import Desk, Receiver


@pytest.mark.parametrize(
    "url",
    ["", "n8n.example.com/webhook", "ftp://example.com/x", "http://", "https://ana:secret@example.com/x", "http://[::1",
     "http://example.com:99999/x", "https://example.com/x#y"],
)  # fmt: skip
async def test_what_is_no_address_is_refused(desk: Desk, url: str) -> None:
    with pytest.raises(KnownError) as refusal:
        await desk.operator.add(url)
    assert refusal.value.code == "bad_hook_url"
    assert await desk.operator.standings() == []


async def test_an_address_is_told_once_only_and_of_something(desk: Desk) -> None:
    await desk.operator.add(" https://example.com/x ")
    with pytest.raises(KnownError) as refusal:
        await desk.operator.add("https://example.com/x")
    assert refusal.value.code == "hook_exists"
    with pytest.raises(KnownError) as refusal:
        await desk.operator.add("https://other.example/", [])
    assert refusal.value.code == "hook_without_kinds"


async def test_removing_takes_the_secret_along(desk: Desk, receiver: Receiver) -> None:
    hook, secret = await desk.operator.add(receiver.url)
    assert desk.secrets.get(hook.secret_name) == secret
    await desk.operator.remove(hook.id)
    assert desk.secrets.get(hook.secret_name) is None
    for action in (desk.operator.remove, desk.operator.pause, desk.operator.resume, desk.operator.test):
        with pytest.raises(KnownError) as refusal:
            await action(HookId(hook.id))
        assert refusal.value.code == "hook_not_found"


async def test_a_test_is_told_now_also_to_an_address_that_is_paused(desk: Desk, receiver: Receiver) -> None:
    hook, _ = await desk.operator.add(receiver.url)
    await desk.operator.pause(hook.id)
    assert (await desk.operator.test(hook.id)).http_status == 200
    receiver.statuses = [404]
    receiver.headers = "Retry-After: 30\r\n"
    answer = await desk.operator.test(hook.id)
    assert (answer.http_status, answer.retry_after_s) == (404, 30.0)
    assert [kind for kind, _ in receiver.told] == ["test", "test"]


async def test_a_secret_that_cannot_be_kept_leaves_no_address_behind(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_name: str, _value: str) -> None:
        raise KnownError("keyring_locked", "locked")

    monkeypatch.setattr(desk.secrets, "set", refuse)
    with pytest.raises(KnownError):
        await desk.operator.add("https://example.com/x")
    assert await desk.operator.standings() == []
