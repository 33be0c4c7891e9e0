"""The practice gateway: a loopback server that speaks Evolution API 2.3.6, for practice, the demo and tests.

It is composed here and lives either inside a test (`async with Simulator(...)`) or as a process (`serve`). It must not
share code with `desktop.gateways`: two sides must not share one mistake.
"""

import asyncio
import json
import signal
import sys
from collections.abc import Coroutine, Mapping, Sequence
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Any, Protocol, Self

from aiohttp import web

from desktop.domain.errors import KnownError
from desktop.simulator import ids
from desktop.simulator.behaviour import Behaviour
from desktop.simulator.control import Command, Control
from desktop.simulator.faults import Faults
from desktop.simulator.lifecycle import Lifecycle
from desktop.simulator.listener import Port
from desktop.simulator.numbers import resolved_jid
from desktop.simulator.receipts import EvolutionTeller, Receipts, Teller
from desktop.simulator.record import Record, read_record
from desktop.simulator.rest import Rest
from desktop.simulator.script import Script, load_script, parse_script
from desktop.simulator.socket_events import PATH, Events
from desktop.simulator.state import Instance, Message, Store
from desktop.simulator.timeline import Timeline
from desktop.simulator.wire import cut
from desktop.simulator.world import EventHub, World

# Fixed, so that a client that was set up once finds the simulator again after a restart. It guards nothing of value:
# the server listens on loopback only and knows invented messages only.
DEFAULT_API_KEY = "practice-gateway-key"
HOST = "127.0.0.1"
_LARGEST_BODY = 136 * 1024 * 1024


class Handler(Protocol):
    """Serves the REST part of a gateway."""

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer one request."""
        ...


class Simulator:
    """One practice gateway: Evolution API here, others in classes that change what differs.

    Args:
        instances: names that are online from the start.
        script: a parsed script, a document for one (list or object, see `script.py`), or a file.
        record: file to append accepted messages to; messages already in it are known to the searches again.
        port: 0 takes a free one.
        seed: makes receipts, latencies and probabilities repeatable; ids never repeat.
    """

    gateway = "evolution"
    socket_path = PATH

    def __init__(
        self,
        instances: Sequence[str] = ("vendas-1",),
        *,
        script: Script | Path | list[Any] | dict[str, Any] | None = None,
        record: Path | None = None,
        api_key: str = DEFAULT_API_KEY,
        port: int = 0,
        seed: int | None = None,
        behaviour: Behaviour | None = None,
    ) -> None:
        self.api_key = api_key
        self._names = list(instances)
        self._first_port = port
        self._record_path = record
        self._script = _script_of(script, behaviour)
        self._rng = Random(seed)
        self._closing = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._accepting: asyncio.Task[None] | None = None
        self._away_until = 0.0
        self.failed: asyncio.Future[None] | None = None

    @property
    def url(self) -> str:
        """Return the base address."""
        return f"http://{HOST}:{self._port.number}"

    @property
    def is_away(self) -> bool:
        """Tell whether the network is away."""
        return not self._port.is_open

    @property
    def accepted(self) -> list[Message]:
        """Return the messages accepted since the start, oldest first."""
        return self._world.store.accepted

    @property
    def own_facts(self) -> dict[str, Any]:
        """Return what a client needs besides address and key."""
        return {}

    @property
    def own_controls(self) -> Mapping[tuple[str, str], Command]:
        """Return what only this gateway can be told."""
        return {}

    @property
    def world(self) -> World:
        """Return the parts, for tests that look inside."""
        return self._world

    def instance(self, name: str) -> Instance:
        """Return an instance by name."""
        return self._world.store.instances[name]

    def inject_reply(
        self, instance: str, number: str, text: str, *, name: str | None = None, quoted_id: str | None = None
    ) -> Message:
        """Let the person with this number write to the instance."""
        quoted = self._world.store.message(instance, quoted_id) if quoted_id else None
        jid = resolved_jid(number)
        return self._world.receipts.reply(self.instance(instance), number, jid, text, name, quoted)

    def logout(self, instance: str) -> None:
        """Sign the instance out on its phone."""
        self._world.lifecycle.logout(self.instance(instance), by_phone=True)

    def pair(self, instance: str) -> None:
        """Bring the instance online, as if its phone had scanned the code."""
        self._world.lifecycle.open(self.instance(instance))

    def use_script(self, script: Script | list[Any] | dict[str, Any]) -> None:
        """Replace the rules, restart their counts and clock, and put the settings in force."""
        parsed = _script_of(script, self._world.behaviour)
        self._world.faults = Faults(self._rng, parsed.rules)
        self._world.use_behaviour(parsed.behaviour)
        self._script = parsed
        for start_s, end_s in parsed.away:
            self._world.timeline.after(start_s, partial(self._go_away_for, parsed, end_s - start_s))

    def go_away(self, seconds: float) -> None:
        """Close the port and drop every connection; open the port again after `seconds`."""
        self._port.close()
        self._drop_connections()
        self._away_until = max(self._away_until, asyncio.get_running_loop().time() + seconds)
        self._world.timeline.after(seconds, self._come_back)

    async def __aenter__(self) -> Self:
        self._world = self._build()
        self._rest = self._make_rest()
        self._control = Control(self._world, self.go_away, self.use_script, self.own_controls)
        self._http = web.Server(self._handle, request_factory=_large_request, access_log=None)
        self.failed = asyncio.get_running_loop().create_future()
        self._port = Port(self._http, HOST, self._first_port)
        try:
            self._open_instances()
            self._listen()
        except KnownError:
            self._close_record()
            raise
        self._spawn("timeline", self._world.timeline.run())
        self._spawn("events", self._world.events.run())
        self.use_script(self._script)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        self._port.close()
        if self._accepting is not None:
            await self._accepting
        await self._world.events.disconnect_all()
        self._http.pre_shutdown()  # idle connections end here, those with a listener only when they drop
        self._drop_connections()
        await self._http.shutdown(timeout=1.0)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._close_record()
        if self.failed is not None and self.failed.done() and error is None:
            self.failed.result()

    def _close_record(self) -> None:
        if self._world.record is not None:
            self._world.record.close()

    def _prepare(self, instance: Instance) -> None:
        """Change an instance that is there from the start, before it comes online."""

    def _make_rest(self) -> Handler:
        return Rest(self._world, self._closing, self.go_away)

    def _make_events(self, store: Store, behaviour: Behaviour) -> tuple[EventHub, Teller]:
        events = Events(
            store,
            api_key=self.api_key,
            is_global=behaviour.has_global_events,
            is_key_needed=behaviour.is_key_needed_for_events,
        )
        return events, EvolutionTeller(events)

    def _build(self) -> World:
        store, timeline, behaviour = Store(), Timeline(), self._script.behaviour
        events, teller = self._make_events(store, behaviour)
        receipts = Receipts(store, teller, timeline, behaviour, self._rng)
        return World(
            api_key=self.api_key,
            store=store,
            events=events,
            timeline=timeline,
            receipts=receipts,
            lifecycle=Lifecycle(store, events, timeline, behaviour, on_open=receipts.resume),
            faults=Faults(self._rng),
            record=Record(self._record_path) if self._record_path else None,
            rng=self._rng,
            behaviour=behaviour,
        )

    def _open_instances(self) -> None:
        for name in self._names:
            instance = Instance(name=name, token=ids.stable_uuid("token", name).upper())
            self._prepare(instance)
            self._world.store.add_instance(instance)
            self._world.lifecycle.open(instance)
        if self._record_path is not None:
            for message in read_record(self._record_path):
                if message.instance in self._world.store.instances:
                    self._world.store.add_message(message)

    def _listen(self) -> None:
        self._port.open()
        self._world.events.server_url = self.url
        self._accepting = self._spawn("accept", self._port.run())

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        if not self._port.is_open:
            return cut(request)
        path = request.raw_path
        if path.startswith(self.socket_path):
            return await self._world.events.handle(request)
        if path.startswith("/_control/"):
            return await self._control.handle(request)
        return await self._rest.handle(request)

    def _drop_connections(self) -> None:
        for connection in self._http.connections:
            if connection.transport is not None:
                connection.transport.abort()

    def _go_away_for(self, script: Script, seconds: float) -> None:
        """Start a scheduled absence, unless another script is in force by now."""
        if script is self._script:
            self.go_away(seconds)

    def _come_back(self) -> None:
        is_due = asyncio.get_running_loop().time() >= self._away_until - 0.001
        if is_due and not self._port.is_open and not self._closing.is_set():
            self._spawn("come-back", self._listen_again())

    async def _listen_again(self) -> None:
        if self._accepting is not None:
            await self._accepting
        if not self._port.is_open and not self._closing.is_set():
            self._listen()

    def _spawn(self, name: str, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work, name=f"simulator-{name}")
        task.add_done_callback(self._on_task_done)
        self._tasks.append(task)
        return task

    def _on_task_done(self, task: asyncio.Task[None]) -> None:
        self._tasks.remove(task)
        if not task.cancelled() and (error := task.exception()) and self.failed and not self.failed.done():
            self.failed.set_exception(error)


async def serve(
    *,
    port: int,
    instances: list[str],
    script: Path | None,
    record: Path | None,
    seed: int | None,
    api_key: str = DEFAULT_API_KEY,
    gateways: Sequence[type[Simulator]] = (Simulator,),
) -> None:
    """Run simulators until SIGINT or SIGTERM; print one JSON line with its address for each when all are ready.

    Args:
        port: of the first; the others take those behind it, or free ones when it is 0.
        gateways: what to play, one of each at most; all read the same script and append to the same record.

    Raises:
        KnownError: the script, the record file or a port cannot be used.
    """
    stopping = asyncio.Event()
    _on_signals(stopping)
    async with AsyncExitStack() as stack:
        running: list[Simulator] = []
        for number, gateway in enumerate(gateways):
            simulator = gateway(
                instances, script=script, record=record, api_key=api_key, port=port and port + number, seed=seed
            )
            running.append(await stack.enter_async_context(simulator))
        for simulator in running:
            print(json.dumps(_ready(simulator, instances, is_alone=len(running) == 1)), flush=True)
        failures = [simulator.failed for simulator in running if simulator.failed is not None]
        stopped = asyncio.create_task(stopping.wait(), name="simulator-stop")
        await asyncio.wait((stopped, *failures), return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        _ignore_signals()


def _ready(simulator: Simulator, instances: list[str], *, is_alone: bool) -> dict[str, Any]:
    line = {"url": simulator.url, "api_key": simulator.api_key, "instances": instances}
    line |= simulator.own_facts
    return line if is_alone else {"gateway": simulator.gateway} | line


def _on_signals(stopping: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        if sys.platform == "win32":
            signal.signal(number, lambda _number, _frame: loop.call_soon_threadsafe(stopping.set) and None)
        else:
            loop.add_signal_handler(number, stopping.set)


def _ignore_signals() -> None:
    """Be asked to end once only: a second signal would be written to a loop that is being closed."""
    for number in (signal.SIGINT, signal.SIGTERM):
        if sys.platform != "win32":
            asyncio.get_running_loop().remove_signal_handler(number)
        signal.signal(number, signal.SIG_IGN)


def _script_of(script: Script | Path | list[Any] | dict[str, Any] | None, behaviour: Behaviour | None) -> Script:
    if isinstance(script, Script):
        return script
    if isinstance(script, Path):
        return load_script(script, behaviour)
    return parse_script(script if script is not None else [], behaviour)


def _large_request(message: Any, payload: Any, protocol: Any, writer: Any, task: Any) -> web.BaseRequest:
    loop = asyncio.get_running_loop()
    return web.BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=_LARGEST_BODY)
