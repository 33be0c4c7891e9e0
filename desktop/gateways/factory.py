"""Builds gateway clients. Instances of one server that use one key share its connections."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import TypedDict

from desktop.domain.errors import KnownError
from desktop.domain.instance import ConnectionOptions, Gateway, Instance
from desktop.engine.ports import Clock, GatewayAdmin, GatewayClient, GatewayFactory, GatewayProbe, MediaIds
from desktop.gateways.cloud import DEFAULT_VERSION, RECEIPT_WAIT, CloudClient, graph_url
from desktop.gateways.cloud_probe import probe_cloud
from desktop.gateways.evolution import ABSENT_AFTER, EvolutionClient
from desktop.gateways.evolution_admin import EvolutionAdmin
from desktop.gateways.evolution_hub import EvolutionHub
from desktop.gateways.evolution_probe import bad_address, probe_evolution, probe_instance
from desktop.gateways.http import HttpClient
from desktop.gateways.trust import clean_base_url
from desktop.gateways.waha import WahaClient
from desktop.gateways.waha_probe import probe_waha
from desktop.gateways.waha_server import WahaServer
from desktop.gateways.waha_sessions import WahaSessions

EVOLUTION_HEADER = "apikey"
WAHA_HEADER = "X-Api-Key"
CLOUD_HEADER = "Authorization"
_HEADERS = {Gateway.EVOLUTION: EVOLUTION_HEADER, Gateway.WAHA: WAHA_HEADER}


_Place = tuple[str, str, str | None, str | None]  # address, key, and the certificates of one's own


class _Trust(TypedDict):
    ca_file: Path | None
    client_cert: Path | None


def _trust(options: ConnectionOptions | None, usual: Path | None) -> _Trust:
    """Return whom a connection trusts, and how it shows who we are; `usual` is what holds for all connections."""
    own = options or ConnectionOptions()
    return {
        "ca_file": Path(own.ca_file) if own.ca_file else usual,
        "client_cert": Path(own.client_cert) if own.client_cert else None,
    }


def _place(instance: Instance, key: str) -> _Place:
    return clean_base_url(instance.base_url), key, instance.options.ca_file, instance.options.client_cert


class MemoryMediaIds:
    """Remembers uploads for as long as the program runs (`MediaIds`)."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], tuple[str, datetime]] = {}

    async def media_id(self, phone_id: str, digest: str, now: datetime) -> str | None:
        found = self._known.get((phone_id, digest))
        return found[0] if found is not None and found[1] > now else None

    async def keep_media_id(self, phone_id: str, digest: str, media_id: str, expires_at: datetime) -> None:
        self._known[phone_id, digest] = media_id, expires_at


def make_factory(
    secret_for: Callable[[Instance], str | None],
    clock: Clock,
    rng: Random,
    *,
    ca_file: Path | None = None,
    absent_after: timedelta = ABSENT_AFTER,
    media_ids: MediaIds | None = None,
    cloud_version: str = DEFAULT_VERSION,
) -> GatewayFactory:
    """Return what builds the client of an instance.

    Args:
        secret_for: the instance's key; None or empty when there is none.
        clock: for pauses and for the time at which events arrive.
        rng: jitters the pauses.
        ca_file: a certificate authority (PEM) that is trusted besides the system's.
        absent_after: see `EvolutionClient`; shortens how long a doubt at the Cloud API waits for a webhook.
        media_ids: remembers what was uploaded to the Cloud API; None remembers it for this run only.
        cloud_version: of the Graph API, where the instance's address does not name one.

    The factory raises KnownError `token_missing`, `cloud_ids_missing`, `bad_url`, `bad_ca_file` or
    `proxy_not_supported`.
    """
    hubs: dict[_Place, EvolutionHub] = {}
    servers: dict[_Place, WahaServer] = {}

    def hub_of(instance: Instance, key: str) -> EvolutionHub:
        place = _place(instance, key)
        if place not in hubs:
            http = HttpClient(place[0], {EVOLUTION_HEADER: key}, **_trust(instance.options, ca_file))
            hubs[place] = EvolutionHub(http, key, clock, rng, on_closed=partial(hubs.pop, place, None))
        return hubs[place]

    def server_of(instance: Instance, key: str) -> WahaServer:
        place = _place(instance, key)
        if place not in servers:
            http = HttpClient(place[0], {WAHA_HEADER: key}, **_trust(instance.options, ca_file))
            servers[place] = WahaServer(http, key, clock, on_closed=partial(servers.pop, place, None))
        return servers[place]

    uploads = media_ids or MemoryMediaIds()
    receipt_wait = RECEIPT_WAIT if absent_after == ABSENT_AFTER else absent_after

    def cloud_of(instance: Instance, key: str) -> CloudClient:
        if not instance.phone_id or not instance.waba_id:
            raise KnownError(
                "cloud_ids_missing",
                f"The ids of {instance.name} at Meta are missing.",
                "Add it again with the id of the phone number and of the WhatsApp Business Account.",
                name=instance.name,
            )
        url, headers = graph_url(instance.base_url, cloud_version), {CLOUD_HEADER: f"Bearer {key}"}
        return CloudClient(
            HttpClient(url, headers, **_trust(instance.options, ca_file)),
            instance.id,
            instance.phone_id,
            instance.waba_id,
            key,
            clock,
            uploads,
            receipt_wait=receipt_wait,
            link_preview=instance.options.link_preview,
        )

    def build(instance: Instance) -> GatewayClient:
        key = secret_for(instance)
        if not key:
            raise KnownError(
                "token_missing",
                f"There is no key stored for {instance.name}.",
                "Open the instance and enter its key again.",
                name=instance.name,
            )
        if instance.gateway is Gateway.CLOUD:
            return cloud_of(instance, key)
        if instance.gateway is Gateway.WAHA:
            return WahaClient(
                server_of(instance, key),
                instance.id,
                instance.remote_name,
                clock,
                rng,
                absent_after=absent_after,
                link_preview=instance.options.link_preview,
                shows_typing=instance.options.shows_typing,
            )
        return EvolutionClient(
            hub_of(instance, key),
            instance.id,
            instance.remote_name,
            clock,
            absent_after=absent_after,
            link_preview=instance.options.link_preview,
            shows_typing=instance.options.shows_typing,
        )

    return build


def make_admin(
    gateway: Gateway,
    url: str,
    key: str,
    clock: Clock,
    *,
    ca_file: Path | None = None,
    options: ConnectionOptions | None = None,
) -> GatewayAdmin:
    """Return what lists, makes, pairs and removes the instances of a server; close it after use.

    Raises:
        KnownError: `gateway_not_supported` (Meta's numbers are made in its own pages), `bad_url`, `bad_ca_file`.
    """
    if gateway not in _HEADERS:
        raise KnownError(
            "gateway_not_supported",
            "Numbers of the Cloud API are not made from here.",
            "Add the number in Meta's pages, then enter its id here.",
        )
    http = HttpClient(url, {_HEADERS[gateway]: key}, **_trust(options, ca_file))
    return WahaSessions(http, key, clock) if gateway is Gateway.WAHA else EvolutionAdmin(http, key, clock)


async def probe(
    gateway: Gateway,
    url: str,
    token: str,
    *,
    remote_name: str | None = None,
    ca_file: Path | None = None,
    phone_id: str | None = None,
    waba_id: str | None = None,
    cloud_version: str = DEFAULT_VERSION,
    options: ConnectionOptions | None = None,
) -> GatewayProbe:
    """Test a connection without storing anything.

    Args:
        remote_name: asked for when the key turns out to be one that may not list instances.
        phone_id, waba_id, cloud_version: Cloud API only.
    """
    if gateway is Gateway.CLOUD:
        return await _probe_cloud(url, token, phone_id, waba_id, cloud_version, _trust(options, ca_file))
    try:
        http = HttpClient(url, {_HEADERS[gateway]: token}, **_trust(options, ca_file))
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


async def _probe_cloud(
    url: str, token: str, phone_id: str | None, waba_id: str | None, version: str, trust: "_Trust"
) -> GatewayProbe:
    try:
        http = HttpClient(graph_url(url, version), {CLOUD_HEADER: f"Bearer {token}"}, **trust)
    except KnownError as error:
        return bad_address(error)
    try:
        return await probe_cloud(http, token, phone_id, waba_id)
    finally:
        await http.close()
