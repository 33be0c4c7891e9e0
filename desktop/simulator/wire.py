"""What goes over the wire when a request goes wrong: cut connections, half answers, garbage, silence."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

from aiohttp import web

from desktop.simulator import answers
from desktop.simulator.answers import Answer, error
from desktop.simulator.faults import Action, Fault, Garbage

_JSON = {"Content-Type": "application/json; charset=utf-8"}
_HTML = {"Content-Type": "text/html; charset=utf-8"}
_NO_KEY = Answer(
    201,
    {
        "message": "(#131030) Recipient phone number not in allowed list",
        "type": "OAuthException",
        "code": 131030,
        "error_data": {"messaging_product": "whatsapp", "details": "Recipient phone number not in allowed list"},
        "fbtrace_id": "practice",
    },
)
_GARBAGE: dict[Garbage, tuple[bytes, dict[str, str]]] = {
    Garbage.HTML: (b"<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>", _HTML),
    Garbage.EMPTY: (b"", _JSON),
    Garbage.NOT_JSON: (b'{"key": {"remoteJid": ', _JSON),
    Garbage.BINARY: (bytes(range(256)), _JSON),
    Garbage.LIST: (b"[]", _JSON),
    Garbage.NUMBER: (b"42", _JSON),
    Garbage.WRONG_TYPES: (b'{"key": "yes", "status": 7, "message": null, "messageTimestamp": []}', _JSON),
}


def respond(answer: Answer) -> web.Response:
    """Turn an answer into a response, in the JSON spelling of the real server."""
    body = _spelled(answer)
    return web.Response(status=answer.status, body=body, headers=_JSON)


def cut(request: web.BaseRequest) -> web.Response:
    """Drop the connection without another byte. The response returned is never sent."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


def refusal_of(fault: Fault, instance: str) -> Answer | None:
    """Return the ordinary refusal that this fault stands for, or None when it is none."""
    match fault:
        case Fault.STATUS_401:
            return answers.UNAUTHORIZED
        case Fault.STATUS_404:
            return answers.no_such_instance(instance)
        case Fault.STATUS_403:
            return error(403, "Forbidden")
        case Fault.STATUS_422 | Fault.STATUS_501:
            return error(int(fault.value[-3:]), "Refused by the script")
        case Fault.RESTRICTED_463:
            return error(400, ["Error: 463"])
        case Fault.RATE_OVERLIMIT:
            return error(500, "rate-overlimit")
        case Fault.REFUSED_400:
            return error(500, "server returned error 400")
        case Fault.STATUS_500:
            return error(500, "Internal server error")
        case Fault.STATUS_503:
            return answers.LICENCE_REQUIRED
        case Fault.CONNECTION_CLOSED_400:
            return error(400, ["Error: Connection Closed"])
        case Fault.CONNECTION_CLOSED_500:
            return error(500, "Connection Closed")
        case Fault.NO_KEY_201:
            return _NO_KEY
        case _:
            return None


async def spoil(
    request: web.BaseRequest,
    action: Action,
    instance: str,
    answer: Answer | None,
    closing: asyncio.Event,
    refusal_for: Callable[[Fault, str], Answer | None] = refusal_of,
) -> web.Response:
    """Answer `request` the way the fault of `action` wants; `answer` is the true one when it was carried out."""
    fault = action.fault
    assert fault is not None
    if refusal := refusal_for(fault, instance):
        return respond(refusal)
    if fault is Fault.EMPTY_201:
        return web.Response(status=201)
    if fault is Fault.GARBAGE:
        body, headers = _GARBAGE[action.garbage]
        return web.Response(status=answer.status if answer else 200, body=body, headers=headers)
    if fault is Fault.HALF_ANSWER:
        return _half(request, answer or error(500, "Internal server error"))
    if fault in (Fault.TIMEOUT_BEFORE, Fault.TIMEOUT_AFTER):
        await _hold(action.hold_s, closing)
    return cut(request)


def _half(request: web.BaseRequest, answer: Answer) -> web.Response:
    body = _spelled(answer)
    head = f"HTTP/1.1 {answer.status} OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    transport: Any = request.transport
    if transport is not None:
        transport.write(head.encode() + body[: len(body) // 2])
        transport.close()
    return web.Response()


def _spelled(answer: Answer) -> bytes:
    text = json.dumps(answer.body, ensure_ascii=False, separators=(",", ":"), default=answers.as_answered)
    return text.encode()


async def _hold(seconds: float, closing: asyncio.Event) -> None:
    """Keep the request waiting, but not the simulator's own end."""
    try:
        async with asyncio.timeout(seconds):
            await closing.wait()
    except TimeoutError:
        return
