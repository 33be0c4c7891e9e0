"""The half of the composition that is about webhooks: the receiver beside an engine, and what it is told to be.

The web server and the HTTP client are loaded when somebody wants them.
"""

import asyncio
import importlib
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.errors import KnownError
from desktop.domain.inbound_hook import SETTING, Hook, app_secret_name, key_name, read_settings
from desktop.domain.instance import Instance
from desktop.domain.operator import Permit, anybody
from desktop.domain.receipt import Inbound
from desktop.engine.ports import Clock
from desktop.operations.audit import Note, nowhere
from desktop.operations.ports import Secrets
from desktop.operations.receiving import Receiving, ReceivingFacts, SettingWrites

if TYPE_CHECKING:
    from desktop.engine.engine import Receive
    from desktop.receiver.service import Receiver, Wanted

LOOK_EVERY_S = 1.0

Instances = Callable[[], Awaitable[Sequence[Instance]]]


class Webhooks:
    """Everything about webhooks of one open home.

    Args:
        instances: all of them, read each second while the receiver is on.
        ca_file: certificates that are trusted besides the system's.
    """

    def __init__(
        self,
        library: ReceivingFacts,
        settings: SettingWrites,
        secrets: Secrets,
        clock: Clock,
        instances: Instances,
        ca_file: Callable[[], Path | None],
        permit: Permit = anybody,
        note: Note = nowhere,
    ) -> None:
        self._library, self._secrets, self._clock = library, secrets, clock
        self._instances, self._ca_file = instances, ca_file
        self._receiver: Receiver | None = None
        self._known: tuple[object, ...] = ()
        self._hooks: tuple[Hook, ...] = ()
        self.receiving = Receiving(library, settings, secrets, clock, self._set_hook, self._knock, permit, note)

    @property
    def error(self) -> KnownError | None:
        """Why the receiver of this process does not listen although it should."""
        return self._receiver.error if self._receiver else None

    async def run(self, receive: "Receive") -> None:
        """Take webhooks, whenever the settings say so, until cancelled."""
        while not read_settings(await self._library.setting(SETTING)).is_enabled:
            await self._clock.sleep(LOOK_EVERY_S)
        await _load("desktop.gateways.posted", "desktop.receiver.service")
        from desktop.gateways.posted import parse_posted
        from desktop.receiver.service import Receiver

        def parse(instances: Sequence[Instance], body: object) -> Sequence[Inbound]:
            return parse_posted(instances, body, self._clock.now())

        self._receiver = Receiver(self._wanted, parse, self._clock)
        try:
            await self._receiver.run(receive)
        finally:
            self._receiver = None

    async def _wanted(self) -> "Wanted":
        """Return what the receiver is to be. The keyring is asked only when an instance or a secret has changed."""
        from desktop.receiver.service import Wanted

        settings = read_settings(await self._library.setting(SETTING))
        if not settings.is_enabled:
            return Wanted(settings, ())
        instances = await self._instances()
        known = (settings.revision, *((i.id, i.gateway, i.remote_name, i.phone, i.phone_id) for i in instances))
        if known != self._known:
            self._hooks = await asyncio.to_thread(self._read_hooks, instances)
            self._known = known
        return Wanted(settings, self._hooks)

    def _read_hooks(self, instances: Sequence[Instance]) -> tuple[Hook, ...]:
        """Return the hooks whose key was made: an address that nobody has seen is posted to by nobody."""
        get = self._secrets.get
        keys = [(instance, get(key_name(instance))) for instance in instances]
        return tuple(Hook(instance, key, get(app_secret_name(instance))) for instance, key in keys if key)

    async def _set_hook(self, hook: Hook, url: str | None, take_over: bool) -> str | None:
        await _load("desktop.gateways.hook_setup", "desktop.gateways.http")
        from desktop.gateways.hook_setup import credentials, set_hook
        from desktop.gateways.http import HttpClient

        token = await asyncio.to_thread(self._secrets.get, hook.instance.secret_name)
        headers = credentials(hook.instance.gateway, token or "")
        own = hook.instance.options
        ca_file = Path(own.ca_file) if own.ca_file else self._ca_file()
        client_cert = Path(own.client_cert) if own.client_cert else None
        http = HttpClient(hook.instance.base_url, headers, ca_file=ca_file, client_cert=client_cert)
        try:
            return await set_hook(http, hook, url, replace=take_over)
        finally:
            await http.close()

    async def _knock(self, hook: Hook, base_url: str, nonce: str) -> str:
        await _load("desktop.gateways.hook_setup", "desktop.gateways.http")
        from desktop.gateways.hook_setup import ask_receiver
        from desktop.gateways.http import HttpClient

        http = HttpClient(base_url, {}, ca_file=self._ca_file())
        try:
            return await ask_receiver(http, hook, nonce)
        finally:
            await http.close()


async def _load(*modules: str) -> None:
    """Load modules outside the loop: a web server takes a second, for which the window would stand still."""
    for module in modules:
        await asyncio.to_thread(importlib.import_module, module)
