"""The half of the composition that speaks HTTP: clients of gateways, and whom TLS trusts.

It loads the HTTP libraries when they are first needed, not before: the window is up without them.
"""

import asyncio
import importlib
import os
from datetime import timedelta
from functools import cache
from pathlib import Path
from random import SystemRandom
from typing import TYPE_CHECKING

from desktop.access.protection import SecretStore
from desktop.domain.instance import ConnectionOptions, Gateway, Instance
from desktop.engine.clock import SystemClock
from desktop.engine.ports import GatewayFactory, GatewayProbe, MediaIds

if TYPE_CHECKING:
    import ssl

    from desktop.engine.ports import GatewayAdmin


def client_factory(
    secrets: SecretStore, clock: SystemClock, media_ids: MediaIds, cloud_version: str | None
) -> GatewayFactory:
    """Return the factory of clients, which loads the HTTP half of the program when the first one is asked for.

    The window is up before that: sockets and TLS cost it a fifth of a second.
    """

    def secret_for(instance: Instance) -> str | None:
        return secrets.get(instance.secret_name)

    @cache
    def factory() -> GatewayFactory:

        from desktop.gateways.cloud import DEFAULT_VERSION
        from desktop.gateways.evolution import ABSENT_AFTER
        from desktop.gateways.factory import make_factory

        # For practice and tests only: how soon the absence of a message counts as proof.
        seconds = os.environ.get("CADENCIA_ABSENT_AFTER_S")
        absent_after = timedelta(seconds=float(seconds)) if seconds else ABSENT_AFTER
        return make_factory(
            secret_for,
            clock,
            SystemRandom(),
            ca_file=company_authority(),
            absent_after=absent_after,
            media_ids=media_ids,
            cloud_version=cloud_version or DEFAULT_VERSION,
        )

    return lambda instance: factory()(instance)


async def load_clients() -> None:
    """Load the HTTP half of the program outside the loop, for an engine that is about to ask for clients."""
    await asyncio.to_thread(importlib.import_module, "desktop.gateways.factory")


async def probe_gateway(
    gateway: Gateway,
    url: str,
    token: str,
    *,
    phone_id: str | None = None,
    waba_id: str | None = None,
    options: ConnectionOptions | None = None,
    cloud_version: str | None,
) -> GatewayProbe:
    """Try a gateway whose number is not added yet (see `desktop/gateways/factory.py`)."""
    from desktop.gateways.cloud import DEFAULT_VERSION
    from desktop.gateways.factory import probe

    version = cloud_version or DEFAULT_VERSION
    return await probe(
        gateway,
        url,
        token,
        ca_file=company_authority(),
        phone_id=phone_id,
        waba_id=waba_id,
        cloud_version=version,
        options=options,
    )


def make_gateway_admin(
    gateway: Gateway, url: str, key: str, *, options: ConnectionOptions | None = None, clock: SystemClock
) -> "GatewayAdmin":
    """Return what makes, mends and deletes numbers at a gateway; whoever asks for it closes it."""
    from desktop.gateways.factory import make_admin

    return make_admin(gateway, url, key, clock, ca_file=company_authority(), options=options)


def company_authority() -> Path | None:
    """Return the company's own certificate authority, when there is one."""
    path = os.environ.get("CADENCIA_CA_FILE")
    return Path(path) if path else None


def trusted() -> "ssl.SSLContext":
    """Trust the usual authorities, and the company's own when there is one."""
    import ssl

    import certifi

    context = ssl.create_default_context(cafile=certifi.where())
    if own := company_authority():
        context.load_verify_locations(own)
    return context
