"""The REST part of the practice WAHA: key, session, faults, endpoint, answer."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from aiohttp import web

from desktop.simulator.answers import Answer
from desktop.simulator.faults import Action, Asked, Fault
from desktop.simulator.rest_messages import digits_of
from desktop.simulator.state import Instance, Json, as_object
from desktop.simulator.waha import answers
from desktop.simulator.wire import cut, respond, spoil
from desktop.simulator.world import World

_ANSWERED_TRULY = {None, Fault.EXISTS_FALSE}


@dataclass(slots=True)
class WahaCall:
    """One request, as far as an endpoint cares."""

    method: str
    path: str  # as sent, without the query
    parts: list[str]  # decoded, behind /api
    query: dict[str, str]
    body: Json
    accept: str
    action: Action = field(default_factory=Action)
    instance: Instance | None = None

    @property
    def present(self) -> Instance:
        """Return the session that was found."""
        assert self.instance is not None
        return self.instance


Endpoint = Callable[[WahaCall], Awaitable[Answer]]


class WahaRest:
    """Serve the REST part.

    Args:
        routes: finds the endpoint, the name for the rules of a script, and the session it is about.
        closing: set when the simulator ends, so that held requests let go.
        go_away: takes the network away for some seconds.
    """

    def __init__(
        self,
        world: World,
        routes: "Callable[[WahaCall], Route | None]",
        closing: asyncio.Event,
        go_away: Callable[[float], None],
    ) -> None:
        self._world = world
        self._routes = routes
        self._closing = closing
        self._go_away = go_away

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request."""
        self._world.request_count += 1
        raw = await request.read()
        try:
            body: Any = json.loads(raw) if raw else {}
        except ValueError:
            return _respond(answers.nest(400, "Unexpected end of JSON input", "Bad Request"))
        path = request.raw_path.partition("?")[0]
        parts = [unquote(part) for part in path.strip("/").split("/")]
        call = WahaCall(
            request.method, path, parts, dict(request.query), as_object(body) or {}, request.headers.get("Accept", "")
        )
        key = request.headers.get("X-Api-Key") or request.query.get("x-api-key", "")
        if parts == ["ping"]:
            return _respond(Answer(200, {"message": "pong"}))
        if key != self._world.api_key:
            return _respond(answers.UNAUTHORIZED)
        route = self._routes(call)
        if route is None:
            return _respond(answers.no_route(request.method, path))
        return await self._answer(request, call, route)

    async def _answer(self, request: web.BaseRequest, call: WahaCall, route: "Route") -> web.StreamResponse:
        call.instance = self._world.store.instances.get(route.session)
        action = self._action(call, route)
        if action is None:
            return _respond(await self._run(call, route))
        call.action = action
        if action.unreachable_s:
            self._go_away(action.unreachable_s)
            return cut(request)
        if action.latency_ms is not None:
            await asyncio.sleep(self._world.rng.uniform(*action.latency_ms) / 1000)
        if action.is_logout and call.instance is not None and call.instance.state != "close":
            self._world.lifecycle.logout(call.instance, by_phone=True)
        answer = await self._run(call, route) if action.runs_handler else None
        if answer is not None and (action.fault in _ANSWERED_TRULY or answer.status >= 400):
            return _respond(answer)
        return await spoil(
            request, action, route.session, answer, self._closing, self._refusal_for(call, route.session)
        )

    def _action(self, call: WahaCall, route: "Route") -> Action | None:
        if not self._world.faults.rules:
            return None
        number = call.body.get("chatId") or call.query.get("phone")
        numbers = (digits_of(number),) if number else ()
        return self._world.faults.action_for(Asked(route.session, route.endpoint, numbers))

    async def _run(self, call: WahaCall, route: "Route") -> Answer:
        if route.session and call.instance is None and not route.may_be_missing:
            return answers.no_session(route.session)
        try:
            return await route.run(call)
        except (TypeError, AttributeError, KeyError, ValueError) as stumble:
            words = f"Cannot read properties of undefined (reading '{stumble}')"
            return answers.broken(words, call.path, call.body, self._world.behaviour, "TypeError")

    def _refusal_for(self, call: WahaCall, session: str) -> Callable[[Fault, str], Answer | None]:
        def refusal(fault: Fault, _: str) -> Answer | None:
            return _refusal(fault, call, session, self._world)

        return refusal


@dataclass(frozen=True, slots=True)
class Route:
    """Where a request goes."""

    run: Endpoint
    endpoint: str  # for the rules of a script
    session: str = ""  # empty: it concerns no session
    may_be_missing: bool = False


def _refusal(fault: Fault, call: WahaCall, session: str, world: World) -> Answer | None:
    def broken(words: str) -> Answer:
        return answers.broken(words, call.path, call.body, world.behaviour)

    match fault:
        case Fault.STATUS_401:
            return answers.UNAUTHORIZED
        case Fault.STATUS_403:
            return answers.nest(403, "Forbidden resource", "Forbidden")
        case Fault.STATUS_404:
            return answers.no_session(session)
        case Fault.STATUS_422:
            body = {"error": "Session status is not as expected. Try again later or restart the session"}
            return Answer(422, body | {"session": session, "status": "STARTING", "expected": ["WORKING"]})
        case Fault.STATUS_501:
            return answers.nest(501, "The method is not implemented by the engine.", "Not Implemented")
        case Fault.STATUS_500:
            return broken("Evaluation failed: t")
        case Fault.STATUS_503:
            return Answer(503, {"message": "no available server"})
        case Fault.CONNECTION_CLOSED_400 | Fault.CONNECTION_CLOSED_500:
            return broken("Connection Closed")
        case Fault.RESTRICTED_463:
            return broken("failed to send message: server returned error 463")
        case Fault.REFUSED_400:
            return broken("failed to send message: server returned error 400")
        case Fault.RATE_OVERLIMIT:
            return broken("rate-overlimit")
        case Fault.NO_KEY_201:
            return Answer(201, {"ack": 0})
        case _:
            return None


def _respond(answer: Answer) -> web.Response:
    return web.Response(status=answer.status) if answer.body is answers.NOTHING else respond(answer)
