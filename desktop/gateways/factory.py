"""Builds gateway clients. Instances of one server that use one key share its connections."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random

from desktop.domain.errors import KnownError
from desktop.domain.instance import Gateway, Instance
from desktop.engine.ports import Clock, GatewayClient, GatewayFactory, GatewayProbe
from desktop.gateways.evolution import ABSENT_AFTER, EvolutionClient
from desktop.gateways.evolution_hub import EvolutionHub
from desktop.gateways.evolution_probe import bad_address, probe_evolution, probe_instance
from desktop.gateways.http import HttpClient, clean_base_url
from desktop.gateways.waha import WahaClient
from desktop.gateways.waha_probe import probe_waha
from desktop.gateways.waha_server import WahaServer

EVOLUTION_HEADER = "apikey"
WAHA_HEADER = "X-Api-Key"
_HEADERS = {Gateway.EVOLUTION: EVOLUTION_HEADER, Gateway.WAHA: WAHA_HEADER}


def make_factory(
    secret_for: Callable[[Instance], str | None],
    clock: Clock,
    rng: Random,
    *,
    ca_file: Path | None = None,
    absent_after: timedelta = ABSENT_AFTER,
) -> GatewayFactory:
    """Return what builds the client of an instance.

    Args:
        secret_for: the instance's key; None or empty when there is none.
        clock: for pauses and for the time at which events arrive.
        rng: jitters the pauses.
        ca_file: a certificate authority (PEM) that is trusted besides the system's.
        absent_after: see `EvolutionClient`.

    The factory raises KnownError `token_missing`, `gateway_not_supported`, `bad_url`, `bad_ca_file` or
    `proxy_not_supported`.
    """
    hubs: dict[tuple[str, str], EvolutionHub] = {}
    servers: dict[tuple[str, str], WahaServer] = {}

    def hub_of(url: str, key: str) -> EvolutionHub:
        place = (clean_base_url(url), key)
        if place not in hubs:
            http = HttpClient(place[0], {EVOLUTION_HEADER: key}, ca_file=ca_file)
            hubs[place] = EvolutionHub(http, key, clock, rng, on_closed=partial(hubs.pop, place, None))
        return hubs[place]

    def server_of(url: str, key: str) -> WahaServer:
        place = (clean_base_url(url), key)
        if place not in servers:
            http = HttpClient(place[0], {WAHA_HEADER: key}, ca_file=ca_file)
            servers[place] = WahaServer(http, key, clock, on_closed=partial(servers.pop, place, None))
        return servers[place]

    def build(instance: Instance) -> GatewayClient:
        if instance.gateway not in (Gateway.EVOLUTION, Gateway.WAHA):
            raise KnownError(
                "gateway_not_supported",
                f"The gateway of {instance.name} ({instance.gateway.value}) is not supported yet.",
                "Use an instance of Evolution API or WAHA.",
                name=instance.name,
                gateway=instance.gateway.value,
            )
        key = secret_for(instance)
        if not key:
            raise KnownError(
                "token_missing",
                f"There is no key stored for {instance.name}.",
                "Open the instance and enter its key again.",
                name=instance.name,
            )
        if instance.gateway is Gateway.WAHA:
            server = server_of(instance.base_url, key)
            return WahaClient(server, instance.id, instance.remote_name, clock, rng, absent_after=absent_after)
        hub = hub_of(instance.base_url, key)
        return EvolutionClient(hub, instance.id, instance.remote_name, clock, absent_after=absent_after)

    return build


async def probe(
    gateway: Gateway, url: str, token: str, *, remote_name: str | None = None, ca_file: Path | None = None
) -> GatewayProbe:
    """Test a connection without storing anything.

    Args:
        remote_name: asked for when the key turns out to be one that may not list instances.
    """
    if gateway not in _HEADERS:
        return GatewayProbe(False, "gateway_not_supported")
    try:
        http = HttpClient(url, {_HEADERS[gateway]: token}, ca_file=ca_file)
    except KnownError as error:
        return bad_address(error)
    try:
        if gateway is Gateway.WAHA:
            return await probe_waha(http, token, remote_name)
        result = await probe_evolution(http, token)
        if result.code == "unauthorised" and remote_name:
            return await probe_instance(http, token, remote_name, result)
        return result
    finally:
        await http.close()
