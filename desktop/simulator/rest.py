"""The way of one HTTP request: body, route, guard, faults, endpoint, answer."""

import asyncio
import json
from collections.abc import Callable
from random import Random
from typing import Any, cast
from urllib.parse import unquote

from aiohttp import web

from desktop.simulator import answers
from desktop.simulator.answers import Answer, error
from desktop.simulator.faults import Asked, Fault
from desktop.simulator.rest_chats import ChatEndpoints
from desktop.simulator.rest_instances import InstanceEndpoints
from desktop.simulator.rest_messages import MessageEndpoints, digits_of
from desktop.simulator.rest_settings import SettingEndpoints
from desktop.simulator.state import Json, as_object
from desktop.simulator.wire import cut, respond, spoil
from desktop.simulator.world import Call, Endpoint, Routes, World

_WITHOUT_INSTANCE = {"fetchInstances", "create", ""}
# Faults that the endpoint itself words.
_ANSWERED_TRULY = {None, Fault.EXISTS_FALSE}


class MalformedBodyError(Exception):
    """The body is not JSON; Express says so before anything else is looked at."""


class Rest:
    """Serve the REST part of the gateway.

    Args:
        closing: set when the simulator ends, so that held requests let go.
        go_away: takes the network away for some seconds.
    """

    def __init__(self, world: World, closing: asyncio.Event, go_away: Callable[[float], None]) -> None:
        self._world = world
        self._closing = closing
        self._go_away = go_away
        rooms = (InstanceEndpoints(world), MessageEndpoints(world), ChatEndpoints(world), SettingEndpoints())
        self._routes: Routes = {key: endpoint for room in rooms for key, endpoint in room.routes().items()}

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request."""
        self._world.request_count += 1
        try:
            call = await read_call(request)
        except MalformedBodyError:
            # Recorded: Express reports status 400 under the name of another error.
            body = {"status": 400, "error": "Internal Server Error"}
            return respond(Answer(400, body | {"response": {"message": "Unexpected end of JSON input"}}))
        action = self._world.faults.action_for(_asked(call)) if self._world.faults.rules else None
        if action is None:
            return respond(await self.answer(call))
        call.action = action
        return await self._handle_faulty(request, call)

    async def answer(self, call: Call) -> Answer:
        """Route the call, guard it and let its endpoint answer."""
        if not self._world.behaviour.is_licensed and not _is_open(call):
            return answers.LICENCE_REQUIRED
        endpoint = self._routes.get((call.method, call.group, call.endpoint))
        if endpoint is None or bool(call.name) == (call.endpoint in _WITHOUT_INSTANCE):
            return answers.no_such_route(call.method, call.path)
        return self._refusal(call) or await _guarded(endpoint, call)

    def _refusal(self, call: Call) -> Answer | None:
        """Check instance first, key second: an unknown name answers 404 even with a wrong key."""
        world = self._world
        if call.name:
            call.instance = world.store.instances.get(call.name)
            if call.instance is None:
                return answers.no_such_instance(call.name)
        if call.group == "" or (call.key == world.api_key and call.key):
            return None
        if call.instance is not None and call.key == call.instance.token:
            return None
        is_own_list = call.endpoint == "fetchInstances"
        if is_own_list and any(call.key == instance.token for instance in world.store.instances.values()):
            return None
        return answers.UNAUTHORIZED

    async def _handle_faulty(self, request: web.BaseRequest, call: Call) -> web.StreamResponse:
        action = call.action
        if action.unreachable_s:
            self._go_away(action.unreachable_s)
            return cut(request)
        if action.latency_ms is not None:
            await asyncio.sleep(_between(action.latency_ms, self._world.rng) / 1000)
        instance = self._world.store.instances.get(call.name)
        if action.is_logout and instance is not None and instance.state != "close":
            self._world.lifecycle.logout(instance, by_phone=True)
        answer = await self.answer(call) if action.runs_handler else None
        if answer is not None and (action.fault in _ANSWERED_TRULY or answer.status >= 400):
            return respond(answer)
        return await spoil(request, action, call.name, answer, self._closing)


def _is_open(call: Call) -> bool:
    """Tell whether a path is open on a server without a licence. Source: gateways.md §1.E."""
    return call.group in ("", "health", "license", "manager") or (call.group, call.endpoint) == ("server", "ok")


async def read_call(request: web.BaseRequest) -> Call:
    """Read what an endpoint needs from a request. Raises MalformedBodyError."""
    path = request.raw_path.partition("?")[0]
    parts = path[1:].split("/", 2)
    body: Json = {}
    file = None
    if request.method == "POST" and request.can_read_body:
        if request.content_type.startswith("multipart/"):
            body, file = await _read_multipart(request)
        else:
            body = _parse(await request.read())
    return Call(
        method=request.method,
        group=parts[0],
        endpoint=parts[1] if len(parts) > 1 else "",
        name=unquote(parts[2]) if len(parts) > 2 else "",
        path=path,
        query=request.query if "?" in request.raw_path else {},
        key=request.headers.get("apikey") or request.headers.get("X-Api-Key", ""),
        body=body,
        file=file,
    )


async def _guarded(endpoint: Endpoint, call: Call) -> Answer:
    """Turn a body that the endpoint stumbles over into the 500 that a JavaScript TypeError gives."""
    try:
        return await endpoint(call)
    except (TypeError, AttributeError, KeyError) as stumble:
        return error(500, f"Cannot read properties of undefined ({stumble})")


def _parse(raw: bytes) -> Json:
    try:
        body: Any = json.loads(raw) if raw else {}
    except ValueError as problem:
        raise MalformedBodyError from problem
    return as_object(body) or {}


async def _read_multipart(request: web.BaseRequest) -> tuple[Json, bytes | None]:
    fields = await request.post()
    body: Json = {name: value for name, value in fields.items() if isinstance(value, str)}
    upload = fields.get("file")
    if not isinstance(upload, web.FileField):
        return body, None
    body.setdefault("fileName", upload.filename)
    return body, upload.file.read()


def _asked(call: Call) -> Asked:
    body = call.body
    numbers: Any = body.get("numbers", [body["number"]] if "number" in body else [])
    listed = cast("list[Any]", numbers) if isinstance(numbers, list) else []
    return Asked(call.name, call.endpoint, tuple(digits_of(number) for number in listed))


def _between(span_ms: tuple[float, float], rng: Random) -> float:
    return rng.uniform(*span_ms)
