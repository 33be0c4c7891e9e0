"""Everything one running simulator is made of, and what an endpoint is given for one request."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Protocol

from aiohttp import web

from desktop.simulator.answers import Answer
from desktop.simulator.behaviour import Behaviour
from desktop.simulator.faults import Action, Faults
from desktop.simulator.lifecycle import Emitter, Lifecycle
from desktop.simulator.receipts import Receipts
from desktop.simulator.record import Record
from desktop.simulator.state import Instance, Json, Store
from desktop.simulator.timeline import Timeline


class EventHub(Emitter, Protocol):
    """Sends events to whoever listens."""

    server_url: str
    sent_count: int

    @property
    def listener_count(self) -> int:
        """Return how many clients are connected."""
        ...

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """Serve a listener."""
        ...

    async def run(self) -> None:
        """Work for ever."""
        ...

    async def disconnect_all(self) -> None:
        """Drop every listener without a word."""
        ...


@dataclass(slots=True)
class World:
    """The parts of one simulator."""

    api_key: str
    store: Store
    events: EventHub
    timeline: Timeline
    receipts: Receipts
    lifecycle: Lifecycle
    faults: Faults
    record: Record | None
    rng: Random
    behaviour: Behaviour
    request_count: int = 0

    def use_behaviour(self, behaviour: Behaviour) -> None:
        """Put new settings in force for whatever happens from now on."""
        self.behaviour = self.receipts.behaviour = self.lifecycle.behaviour = behaviour


@dataclass(slots=True)
class Call:
    """One request, as far as an endpoint cares."""

    method: str
    group: str
    endpoint: str
    name: str  # the instance's name in the path; empty on routes without one
    path: str  # as sent, without the query
    query: Mapping[str, str]
    key: str
    body: Json = field(default_factory=dict[str, object])
    file: bytes | None = None  # the file of a multipart request
    action: Action = field(default_factory=Action)
    instance: Instance | None = None

    @property
    def present(self) -> Instance:
        """Return the instance that the guard found."""
        assert self.instance is not None
        return self.instance


Endpoint = Callable[[Call], Awaitable[Answer]]
Routes = dict[tuple[str, str, str], Endpoint]
