"""The Graph part of the practice Cloud API: version, bearer, object, faults, endpoint, answer."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from aiohttp import web

from desktop.simulator.answers import Answer
from desktop.simulator.cloud.answers import no_object, phone_id_of, refusal
from desktop.simulator.faults import Action, Asked, Fault
from desktop.simulator.rest_messages import digits_of
from desktop.simulator.state import Instance, Json, as_object
from desktop.simulator.wire import cut, respond, spoil
from desktop.simulator.world import World

_VERSION = re.compile(r"v\d+\.\d+")
_NEWEST = "v25.0"
_ANSWERED_TRULY = {None, Fault.EXISTS_FALSE}
_REFUSALS: dict[Fault, int] = {
    Fault.STATUS_401: 190,
    Fault.STATUS_403: 10,
    Fault.STATUS_422: 131009,
    Fault.STATUS_501: 131051,
    Fault.CONNECTION_CLOSED_400: 131000,
    Fault.CONNECTION_CLOSED_500: 131016,
    Fault.RESTRICTED_463: 131031,
    Fault.RATE_OVERLIMIT: 130429,
    Fault.REFUSED_400: 131000,
}


@dataclass(slots=True)
class GraphCall:
    """One request, as far as an endpoint cares."""

    method: str
    parts: list[str]  # decoded, behind the version
    query: dict[str, str]
    body: Json
    form: dict[str, Any]  # of a multipart request: texts, and the file as bytes
    action: Action = field(default_factory=Action)
    instance: Instance | None = None

    @property
    def present(self) -> Instance:
        """Return the number that was found."""
        assert self.instance is not None
        return self.instance


Endpoint = Callable[[GraphCall], Awaitable[Answer]]


class GraphRest:
    """Serve the Graph API.

    Args:
        routes: finds the endpoint and its name for the rules of a script.
        closing: set when the simulator ends, so that held requests let go.
        go_away: takes the network away for some seconds.
    """

    def __init__(
        self,
        world: World,
        routes: Callable[[GraphCall], tuple[Endpoint, str] | None],
        closing: asyncio.Event,
        go_away: Callable[[float], None],
    ) -> None:
        self._world, self._routes, self._closing, self._go_away = world, routes, closing, go_away

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request."""
        self._world.request_count += 1
        parts = [unquote(part) for part in request.raw_path.partition("?")[0].strip("/").split("/")]
        version = parts.pop(0) if _VERSION.fullmatch(parts[0]) else _NEWEST
        call = await _read(request, parts)
        answered = await self._answer(request, call)
        if not answered.prepared:
            answered.headers["facebook-api-version"] = version
        return answered

    async def _answer(self, request: web.BaseRequest, call: GraphCall | None) -> web.StreamResponse:
        if call is None:
            return respond(refusal(100, "The body is not JSON"))
        if request.headers.get("Authorization") != f"Bearer {self._world.api_key}":
            return respond(refusal(190, "Invalid OAuth access token"))
        numbers = {phone_id_of(name): one for name, one in self._world.store.instances.items()}
        call.instance = numbers.get(call.parts[0])
        if call.instance is not None and call.instance.state != "open":
            return respond(refusal(190, "The session has been invalidated"))
        route = self._routes(call)
        if route is None:
            return respond(no_object(call.parts[0]))
        run, endpoint = route
        if (needed := _permission(endpoint)) not in (None, *self._world.behaviour.permissions):
            return respond(refusal(200, f"Needs the permission whatsapp_business_{needed}"))
        action = self._action(call, endpoint)
        if action is None:
            return respond(await run(call))
        call.action = action
        if action.unreachable_s:
            self._go_away(action.unreachable_s)
            return cut(request)
        if action.latency_ms is not None:
            await asyncio.sleep(self._world.rng.uniform(*action.latency_ms) / 1000)
        if action.is_logout and call.instance is not None:
            self._world.lifecycle.logout(call.instance, by_phone=True)
            return respond(refusal(190, "The session has been invalidated"))
        answer = await run(call) if action.runs_handler else None
        if answer is not None and (action.fault in _ANSWERED_TRULY or answer.status >= 400):
            return respond(answer)
        name = call.instance.name if call.instance else ""
        return await spoil(request, action, name, answer, self._closing, lambda fault, _: _refused(fault, action, call))

    def _action(self, call: GraphCall, endpoint: str) -> Action | None:
        if not self._world.faults.rules:
            return None
        number = call.body.get("to")
        numbers = (digits_of(str(number)),) if number else ()
        return self._world.faults.action_for(Asked(call.instance.name if call.instance else "", endpoint, numbers))


def _permission(endpoint: str) -> str | None:
    """Return what a token needs for an endpoint; None when any token may. Source: gateways.md §1.C."""
    if endpoint == "phone_number":
        return None
    return "messaging" if endpoint == "media" or endpoint.startswith("send") else "management"


def _refused(fault: Fault, action: Action, call: GraphCall) -> Answer | None:
    match fault:
        case Fault.META_ERROR:
            return refusal(action.meta_code)
        case Fault.STATUS_404:
            return no_object(call.parts[0])
        case Fault.STATUS_500 | Fault.STATUS_503:
            # Of something between Meta and us: it carries no code, and says nothing of the message.
            return Answer(int(fault.value[-3:]), {"message": "upstream connect error"})
        case Fault.NO_KEY_201:
            return Answer(200, {"messaging_product": "whatsapp", "messages": []})
        case _:
            return refusal(_REFUSALS[fault]) if fault in _REFUSALS else None


async def _read(request: web.BaseRequest, parts: list[str]) -> GraphCall | None:
    form: dict[str, Any] = {}
    body: Any = {}
    if request.content_type == "multipart/form-data":
        for name, value in (await request.post()).items():
            form[name] = value.file.read() if isinstance(value, web.FileField) else value
    else:
        raw = await request.read()
        try:
            body = json.loads(raw) if raw else {}
        except ValueError:
            return None
    return GraphCall(request.method, parts, dict(request.query), as_object(body) or {}, form)
