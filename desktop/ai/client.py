"""Asks an OpenAI-compatible endpoint to write. It knows no campaign and no contact, and keeps nothing.

TLS is verified, redirects are not followed (they would carry the key elsewhere), an answer has an end, and what goes
wrong is a code: neither the key nor a text is in any error. Source: the API's own reference, chat completions.
"""

import json
import ssl
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from math import inf
from typing import cast

import httpx

from desktop.domain.ai import AiAnswer
from desktop.domain.errors import KnownError

_TIMEOUT = httpx.Timeout(90.0, connect=10.0)  # models take their time
_LARGEST_ANSWER = 1_000_000  # bytes


class AiClient:
    """One endpoint. Whoever makes it closes it.

    Args:
        url: up to and with the version of the API, such as https://api.example.com/v1.
    """

    def __init__(self, url: str, key: str, verify: ssl.SSLContext | bool = True) -> None:
        self._url = f"{url.rstrip('/')}/chat/completions"
        headers = {"user-agent": "Cadencia/1"} | ({"authorization": f"Bearer {key}"} if key else {})
        self._client = httpx.AsyncClient(timeout=_TIMEOUT, follow_redirects=False, verify=verify, headers=headers)

    async def close(self) -> None:
        await self._client.aclose()

    async def ask(self, model: str, system: str, prompt: str) -> AiAnswer:
        """Ask once.

        Raises:
            KnownError: `ai_unauthorised`, `ai_not_found`, `ai_busy`, `ai_refused`, `ai_unreachable`, `ai_timeout`,
                `ai_garbage`, `ai_bad_url`. Its facts have `http_status` where there was an answer, and
                `retry_after_s` where the endpoint said when to come again, `tokens_in` and `tokens_out` where an
                answer without a text was counted.
        """
        messages = [{"role": "system", "content": system}, {"role": "user", "content": prompt}]
        body = {"model": model, "messages": [each for each in messages if each["content"]]}
        try:
            async with self._client.stream("POST", self._url, json=body) as response:
                content = await _read(response)
                return _answer(response.status_code, content, _delay_s(response.headers))
        except httpx.TimeoutException:
            raise _error("ai_timeout", "The AI endpoint did not answer in time.") from None
        except httpx.TransportError:
            raise _error("ai_unreachable", "The AI endpoint cannot be reached.") from None
        except (httpx.InvalidURL, UnicodeError):
            raise _error("ai_bad_url", "The address of the AI endpoint is not complete.") from None


async def _read(response: httpx.Response) -> bytes:
    content = bytearray()
    async for piece in response.aiter_bytes():
        content += piece
        if len(content) > _LARGEST_ANSWER:
            raise _error("ai_garbage", "The AI endpoint answered with more than a text.")
    return bytes(content)


def _answer(status: int, content: bytes, delay_s: float | None) -> AiAnswer:
    facts: dict[str, object] = {"http_status": status}
    if delay_s is not None:
        facts["retry_after_s"] = delay_s
    match status:
        case 200 | 201:
            return _read_completion(content)
        case 401 | 403:
            raise _error("ai_unauthorised", "The AI endpoint does not accept the key.", **facts)
        case 404:
            raise _error("ai_not_found", "The AI endpoint does not know the address or the model.", **facts)
        case 429:
            raise _error("ai_busy", "The AI endpoint is busy, or the account has no credit.", **facts)
        case _:
            raise _error("ai_refused", f"The AI endpoint refuses (HTTP {status}).", **facts)


def _delay_s(headers: Mapping[str, str]) -> float | None:
    """Read when to come again: as seconds, or as a date, which counts from the server's own clock."""
    given = headers.get("retry-after", "")
    try:
        found = float(given)
    except ValueError:
        try:
            moment, now = parsedate_to_datetime(given), parsedate_to_datetime(headers.get("date", ""))
            found = max(0.0, (moment - now).total_seconds())
        except (ValueError, TypeError):
            return None
    return found if 0 <= found < inf else None


def _read_completion(content: bytes) -> AiAnswer:
    try:
        document: object = json.loads(content)
    except (ValueError, RecursionError):
        document = None
    answer = _mapping(document)
    listed = answer.get("choices")
    choices = cast("list[object]", listed) if isinstance(listed, list) else []
    first = _mapping(choices[0] if choices else None)
    text = _mapping(first.get("message")).get("content")
    usage = _mapping(answer.get("usage"))
    tokens = _count(usage.get("prompt_tokens")), _count(usage.get("completion_tokens"))
    if not isinstance(text, str) or not text.strip():
        # It is paid for all the same.
        paid = {"tokens_in": tokens[0], "tokens_out": tokens[1]} if any(tokens) else {}
        raise _error("ai_garbage", "The AI endpoint answered without a text.", **paid)
    return AiAnswer(text, *tokens, is_cut=first.get("finish_reason") == "length")


def _mapping(value: object) -> Mapping[str, object]:
    return cast("Mapping[str, object]", value) if isinstance(value, dict) else {}


def _count(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


def _error(code: str, message: str, **facts: object) -> KnownError:
    return KnownError(code, message, "Look at the AI section of the settings.", **facts)
