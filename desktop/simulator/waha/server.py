"""The practice WAHA: the same host as Evolution's, with WAHA's sessions, REST, WebSocket and webhooks."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from desktop.simulator.behaviour import Behaviour
from desktop.simulator.receipts import Teller
from desktop.simulator.script import Script
from desktop.simulator.server import DEFAULT_API_KEY, Handler, Simulator
from desktop.simulator.state import Instance, Store
from desktop.simulator.waha.endpoints import WahaEndpoints
from desktop.simulator.waha.events import PATH, WahaEvents, WahaTeller
from desktop.simulator.waha.rest import WahaRest
from desktop.simulator.world import EventHub

# Source: gateways.md §2.W; the first code lives longer than this.
BEHAVIOUR = Behaviour(version="2026.7.1", qr_limit=6, qr_lifetime_s=20.0)


class WahaSimulator(Simulator):
    """A practice WAHA; the engine is a setting of the script."""

    gateway = "waha"
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
        behaviour: Behaviour = BEHAVIOUR,
    ) -> None:
        super().__init__(
            instances, script=script, record=record, api_key=api_key, port=port, seed=seed, behaviour=behaviour
        )

    def _make_events(self, store: Store, behaviour: Behaviour) -> tuple[EventHub, Teller]:
        events = WahaEvents(self.api_key, lambda: self._world.behaviour)
        self._teller = WahaTeller(events, lambda: self._world.behaviour)
        return events, self._teller

    def _make_rest(self) -> Handler:
        endpoints = WahaEndpoints(self._world, self._teller)
        return WahaRest(self._world, endpoints.route, self._closing, self.go_away)

    def _prepare(self, instance: Instance) -> None:
        has_store = self._script.behaviour.has_store
        config = {"noweb": {"markOnline": True, "store": {"enabled": has_store, "fullSync": False}}}
        instance.settings = {"config": config}
