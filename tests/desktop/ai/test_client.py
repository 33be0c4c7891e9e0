"""An endpoint is asked once, and whatever it does ends as an answer or as a code."""

from collections.abc import AsyncIterator

import httpx
import pytest

from desktop.ai.client import AiClient
from desktop.domain.ai import AiAnswer
from desktop.domain.errors import KnownError
from tests.desktop.ai.endpoint import Endpoint, listening

KEY = "sk-canary-0123456789"


@pytest.fixture
async def endpoint() -> AsyncIterator[Endpoint]:
    async with listening() as found:
        yield found


async def ask(url: str, key: str = KEY) -> AiAnswer:
    client = AiClient(url, key)
    try:
        return await client.ask("small-1", "Be brief.", "Write.")
    finally:
        await client.close()


async def test_it_asks_with_key_model_and_both_prompts(endpoint: Endpoint) -> None:
    endpoint.text = "OK"
    assert await ask(endpoint.url + "/") == AiAnswer("OK", 120, 30)
    assert endpoint.keys == [f"Bearer {KEY}"]
    assert endpoint.asked == [
        {
            "model": "small-1",
            "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Write."}],
        }
    ]
    await ask(endpoint.url, "")
    assert endpoint.keys[1] == "", "an endpoint on this computer needs no key"


@pytest.mark.parametrize(
    ("status", "code"),
    [(401, "ai_unauthorised"), (403, "ai_unauthorised"), (404, "ai_not_found"), (429, "ai_busy"), (500, "ai_refused"),
     (307, "ai_refused")],
)  # fmt: skip
async def test_a_refusal_is_a_code_and_repeats_nothing(endpoint: Endpoint, status: int, code: str) -> None:
    endpoint.status, endpoint.raw = status, f'{{"error": "{KEY} Write."}}'
    with pytest.raises(KnownError) as refused:
        await ask(endpoint.url)
    assert refused.value.code == code
    assert KEY not in repr((refused.value.message, refused.value.hint, refused.value.facts))


@pytest.mark.parametrize(
    ("headers", "delay_s"),
    [({"retry-after": "7"}, 7.0), ({"retry-after": "0.5"}, 0.5), ({"retry-after": "soon"}, None), ({}, None),
     ({"retry-after": "-3"}, None), ({"retry-after": "inf"}, None),
     ({"retry-after": "Fri, 27 Nov 2026 12:01:00 GMT", "date": "Fri, 27 Nov 2026 12:00:00 GMT"}, 60.0),
     ({"retry-after": "Fri, 27 Nov 2026 11:00:00 GMT", "date": "Fri, 27 Nov 2026 12:00:00 GMT"}, 0.0)],
)  # fmt: skip
async def test_it_tells_when_to_come_again_as_the_endpoint_says(
    endpoint: Endpoint, headers: dict[str, str], delay_s: float | None
) -> None:
    endpoint.status, endpoint.headers = 429, headers
    with pytest.raises(KnownError) as refused:
        await ask(endpoint.url)
    assert refused.value.facts == {"http_status": 429} | ({} if delay_s is None else {"retry_after_s": delay_s})


async def test_an_answer_without_a_text_that_was_paid_for_says_so(endpoint: Endpoint) -> None:
    endpoint.text = " "
    with pytest.raises(KnownError) as refused:
        await ask(endpoint.url)
    assert (refused.value.code, refused.value.facts) == ("ai_garbage", {"tokens_in": 120, "tokens_out": 30})


async def test_a_text_that_was_cut_off_is_told(endpoint: Endpoint) -> None:
    endpoint.text, endpoint.finish = "Oi, tudo b", "length"
    assert (await ask(endpoint.url)).is_cut


@pytest.mark.parametrize(
    "raw",
    ["", "<html>", "[]", '{"choices": []}', '{"choices": [{"message": {"content": "  "}}]}', '{"choices": "x"}',
     '{"choices": [{"message": {"content": 5}}]}', "[" * 100_000, " " * 1_100_000],
)  # fmt: skip
async def test_an_answer_without_a_text_is_garbage(endpoint: Endpoint, raw: str) -> None:
    endpoint.raw = raw
    with pytest.raises(KnownError) as refused:
        await ask(endpoint.url)
    assert refused.value.code == "ai_garbage"


async def test_strange_counts_of_tokens_count_nothing(endpoint: Endpoint) -> None:
    endpoint.raw = (
        '{"choices": [{"message": {"content": "a"}}], "usage": {"prompt_tokens": true, "completion_tokens": -1}}'
    )
    assert await ask(endpoint.url) == AiAnswer("a", 0, 0)


async def test_nobody_there_and_no_address_are_told_apart() -> None:
    for url, code in (("http://127.0.0.1:1/v1", "ai_unreachable"), ("http://[::1", "ai_bad_url")):
        with pytest.raises(KnownError) as refused:
            await ask(url)
        assert refused.value.code == code


async def test_who_takes_too_long_is_given_up(endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.ai.client._TIMEOUT", httpx.Timeout(0.05))
    endpoint.delay_s = 0.5
    with pytest.raises(KnownError) as refused:
        await ask(endpoint.url)
    assert refused.value.code == "ai_timeout"
