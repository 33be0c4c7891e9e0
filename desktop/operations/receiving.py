"""What an operator can do about webhooks: turn the receiver on, let a gateway post to it, test the way in."""

import asyncio
import secrets as random_words
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from desktop.domain.campaign import CampaignStatus
from desktop.domain.errors import KnownError
from desktop.domain.inbound_hook import (
    SETTING,
    Hook,
    ReceiverSettings,
    app_secret_name,
    checked_url,
    key_name,
    read_settings,
)
from desktop.domain.instance import Gateway, Instance
from desktop.domain.operator import Deed, Permit, anybody
from desktop.domain.summaries import CampaignSummary, InstanceSummary
from desktop.engine.ports import Clock
from desktop.operations.audit import Note, nowhere
from desktop.operations.ports import Secrets, SettingWrites


class ReceivingFacts(Protocol):
    async def setting(self, key: str) -> object | None: ...

    async def instances(self) -> Sequence[InstanceSummary]: ...

    async def campaigns(self) -> Sequence[CampaignSummary]: ...


SetHook = Callable[[Hook, str | None, bool], Awaitable[str | None]]
"""Make the gateway post to an address (None: no more); True takes another program's place. None: done, else a code."""

Knock = Callable[[Hook, str, str], Awaitable[str]]
"""Ask a hook's receiver at a base address for the proof of a nonce; return ok or a code."""


@dataclass(frozen=True, slots=True)
class HookState:
    """One instance's hook, as the settings page and the command line show it."""

    hook: Hook
    url: str
    is_ready: bool  # what arrives can be believed: for the Cloud API the app secret is known


@dataclass(frozen=True, slots=True)
class Knocked:
    """What a test of the way in found; codes, `ok` where the receiver answered."""

    here: str
    public: str | None  # None where no public address is set


class Receiving:
    """Intentions about webhooks. The receiver itself runs beside the engine and follows what is written."""

    def __init__(
        self,
        library: ReceivingFacts,
        settings: SettingWrites,
        secrets: Secrets,
        clock: Clock,
        set_hook: SetHook,
        knock: Knock,
        permit: Permit = anybody,
        note: Note = nowhere,
    ) -> None:
        self._library, self._settings, self._secrets, self._clock = library, settings, secrets, clock
        self._set_hook, self._knock, self._permit = set_hook, knock, permit
        self._note = note

    async def settings(self) -> ReceiverSettings:
        return read_settings(await self._library.setting(SETTING))

    async def enable(
        self, port: int | None = None, host: str | None = None, public_url: str | None = None
    ) -> ReceiverSettings:
        """Turn the receiver on; what is None stays as it is.

        Raises:
            KnownError: `bad_url`, `bad_port`.
        """
        present = await self.settings()
        return await self.change(
            replace(
                present,
                is_enabled=True,
                port=present.port if port is None else port,
                host=host or present.host,
                public_url=present.public_url if public_url is None else public_url,
            )
        )

    async def disable(self) -> ReceiverSettings:
        """Turn the receiver off. Gateways that still post get no answer, and give up."""
        return await self.change(replace(await self.settings(), is_enabled=False))

    async def change(self, settings: ReceiverSettings) -> ReceiverSettings:
        """Store settings; the receiver follows within a second.

        Raises:
            KnownError: `bad_url`, `bad_port`.
        """
        by = await self._permit(Deed.SETTINGS)
        if not 1024 <= settings.port <= 65_535:
            raise KnownError("bad_port", f"{settings.port} is not a usable port.", "Choose one from 1024 to 65535.")
        checked = replace(settings, public_url=checked_url(settings.public_url), host=settings.host.strip())
        await self._settings.put(SETTING, checked.stored(), self._clock.now(), by)
        return checked

    async def hooks(self) -> Sequence[HookState]:
        """Return the hook of every instance; keys that are not there yet are made."""
        settings = await self.settings()
        instances = [summary.instance for summary in await self._library.instances()]
        hooks, has_new = await asyncio.to_thread(self._all_hooks, instances)
        if has_new:
            # The receiver reads secrets only when the settings are others.
            settings = replace(settings, revision=settings.revision + 1)
            await self._settings.put(SETTING, settings.stored(), self._clock.now(), is_audited=False)
        return [
            HookState(hook, hook.url(settings), hook.instance.gateway is not Gateway.CLOUD or bool(hook.app_secret))
            for hook in hooks
        ]

    async def hook_of(self, name: str) -> HookState:
        """Return the hook of one instance.

        Raises:
            KnownError: `instance_not_found`.
        """
        for state in await self.hooks():
            if state.hook.instance.name == name:
                return state
        raise KnownError("instance_not_found", f"There is no instance {name}.", "Look at the list again.", name=name)

    async def keep_app_secret(self, name: str, app_secret: str) -> None:
        """Keep the secret of the Meta app, which signs with it, in the keyring.

        Raises:
            KnownError: `instance_not_found`, `keyring_locked`.
        """
        by = await self._permit(Deed.SETTINGS)
        state = await self.hook_of(name)
        await asyncio.to_thread(self._secrets.set, app_secret_name(state.hook.instance), app_secret.strip())
        await self._note("secret_set", by, state.hook.instance.id, secret="app_secret")
        # The receiver reads secrets only when the settings are others.
        present = await self.settings()
        await self.change(replace(present, revision=present.revision + 1))

    async def connect(self, name: str, *, take_over: bool = False) -> HookState:
        """Make the gateway of an instance post to us.

        Args:
            take_over: replace another program's webhook where the gateway knows only one.

        Raises:
            KnownError: `receiver_off`, `hook_in_use`, `hook_by_hand`, `campaign_running`, `hook_not_set`.
        """
        if not (await self.settings()).is_enabled:
            raise KnownError("receiver_off", "Webhooks are not received.", "Turn the receiver on first.")
        return await self._set(name, True, take_over)

    async def disconnect(self, name: str) -> HookState:
        """Make the gateway of an instance post no more.

        Raises:
            KnownError: `hook_by_hand`, `campaign_running`, `hook_not_set`.
        """
        return await self._set(name, False, False)

    async def _set(self, name: str, is_on: bool, take_over: bool) -> HookState:
        by = await self._permit(Deed.SETTINGS)
        state = await self.hook_of(name)
        if state.hook.instance.gateway is Gateway.WAHA:
            await self._refuse_while_sending()
        code = await self._set_hook(state.hook, state.url if is_on else None, take_over)
        if code is None:
            action = "webhook_connected" if is_on else "webhook_disconnected"
            await self._note(action, by, state.hook.instance.id)
            return state
        if code == "hook_in_use":
            text, hint = f"Another program receives the webhooks of {name}.", "Its webhook is left as it is."
        elif code == "not_available":
            code, text = "hook_by_hand", f"The webhook of {name} is set up in Meta's dashboard."
            hint = "Enter the address and the verify token there."
        else:
            text, hint = f"The gateway did not take the webhook of {name} ({code}).", "Look at its connection."
            raise KnownError("hook_not_set", text, hint, name=name, why=code)
        raise KnownError(code, text, hint, name=name)

    async def _refuse_while_sending(self) -> None:
        """WAHA restarts a session whose webhooks change."""
        if any(campaign.status is CampaignStatus.RUNNING for campaign in await self._library.campaigns()):
            raise KnownError("campaign_running", "A campaign is running.", "Pause it first: the session is restarted.")

    async def test(self, name: str) -> Knocked:
        """Knock at the hook of an instance, here and at the public address.

        Raises:
            KnownError: `instance_not_found`, `receiver_off`.
        """
        settings = await self.settings()
        if not settings.is_enabled:
            raise KnownError("receiver_off", "Webhooks are not received.", "Turn the receiver on first.")
        hook = (await self.hook_of(name)).hook
        nonce = random_words.token_hex(16)
        here = await self._knock(hook, replace(settings, public_url="").base_url, nonce)
        public = await self._knock(hook, settings.base_url, nonce) if settings.public_url else None
        return Knocked(here, public)

    def _all_hooks(self, instances: Sequence[Instance]) -> tuple[list[Hook], bool]:
        """Return the hooks, and whether one of them is new."""
        hooks: list[Hook] = []
        has_new = False
        for instance in instances:
            key = self._secrets.get(key_name(instance))
            if not key:
                key, has_new = random_words.token_urlsafe(32), True
                self._secrets.set(key_name(instance), key)
            app_secret = self._secrets.get(app_secret_name(instance)) if instance.gateway is Gateway.CLOUD else None
            hooks.append(Hook(instance, key, app_secret))
        return hooks, has_new
