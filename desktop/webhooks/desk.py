"""What the operator does with outbound webhooks, once for the window and the command line."""

import asyncio
from collections.abc import Sequence
from urllib.parse import urlsplit

from desktop.domain.errors import KnownError
from desktop.domain.hook import CHOOSABLE, Delivery, Hook, HookKind, HookStanding
from desktop.domain.ids import HookId
from desktop.domain.operator import Deed, Permit, anybody
from desktop.engine.ports import Clock
from desktop.webhooks.courier import Courier
from desktop.webhooks.payloads import test_delivery
from desktop.webhooks.ports import HookWrites, Note, SecretWrites
from desktop.webhooks.retry import Answer
from desktop.webhooks.signature import new_secret

MOST_SHOWN = 200


class HookDesk:
    """Adds, tests, pauses and removes addresses, and shows what could not be told."""

    def __init__(
        self,
        writes: HookWrites,
        secrets: SecretWrites,
        courier: Courier,
        clock: Clock,
        permit: Permit = anybody,
        note: Note | None = None,
    ) -> None:
        self._writes, self._secrets, self._courier, self._clock = writes, secrets, courier, clock
        self._permit, self._note = permit, note
        self._tests = 0

    async def standings(self) -> Sequence[HookStanding]:
        return await self._writes.standings()

    async def add(self, url: str, kinds: Sequence[HookKind] = CHOOSABLE) -> tuple[Hook, str]:
        """Tell `url` of what happens from now on; return the hook and its signing secret, which is shown this once.

        Raises:
            KnownError: `bad_hook_url`, `hook_without_kinds`, `hook_exists`, `keyring_locked`.
        """
        by = await self._permit(Deed.SETTINGS)
        checked = _checked(url)
        if not kinds:
            raise KnownError("hook_without_kinds", "Nothing is chosen to be told.", "Choose at least one event.")
        hook = await self._writes.add(checked, kinds, self._clock.now(), by)
        secret = new_secret()
        try:
            await asyncio.to_thread(self._secrets.set, hook.secret_name, secret)
        except KnownError:
            await self._writes.remove(hook.id, self._clock.now(), by)
            raise
        await self._tell("secret_set", by, hook)
        return hook, secret

    async def remove(self, hook_id: HookId) -> None:
        """Tell an address no more, and forget its secret and what it was still to be told."""
        by = await self._permit(Deed.SETTINGS)
        hook = await self._writes.remove(hook_id, self._clock.now(), by)
        await asyncio.to_thread(self._secrets.delete, hook.secret_name)
        await self._tell("secret_removed", by, hook)

    async def _tell(self, action: str, by: str | None, hook: Hook) -> None:
        if self._note is not None:
            await self._note(action, by, secret="webhook_secret", of=hook.id)

    async def pause(self, hook_id: HookId) -> None:
        by = await self._permit(Deed.SETTINGS)
        await self._writes.pause(hook_id, "operator", self._clock.now(), by)

    async def resume(self, hook_id: HookId) -> None:
        by = await self._permit(Deed.SETTINGS)
        await self._writes.resume(hook_id, self._clock.now(), by)

    async def dead(self, hook_id: HookId) -> Sequence[Delivery]:
        """Newest first, the newest 200."""
        return await self._writes.dead(hook_id, MOST_SHOWN)

    async def retry_dead(self, hook_id: HookId) -> int:
        """Try everything again that was given up; return how many."""
        by = await self._permit(Deed.SETTINGS)
        return await self._writes.retry_dead(hook_id, self._clock.now(), by)

    async def test(self, hook_id: HookId) -> Answer:
        """Tell a test now, once, and return what came back."""
        await self._permit(Deed.SETTINGS)
        for standing in await self._writes.standings():
            if standing.hook.id == hook_id:
                self._tests += 1
                delivery = test_delivery(standing.hook, self._clock.now(), self._tests)
                return await self._courier.try_once(standing.hook, delivery.key, delivery.body)
        raise KnownError("hook_not_found", f"There is no webhook {hook_id}.", "See hooks list.")


def _checked(url: str) -> str:
    try:
        parts = urlsplit(url.strip())
        is_good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number, brackets that do not close
        is_good, parts = False, urlsplit("")
    if not is_good or parts.username or parts.password or parts.fragment:
        raise KnownError(
            "bad_hook_url",
            "That is not an address that can be told.",
            "It looks like https://n8n.example.com/webhook/abc, without a user name or a password in it.",
        )
    return url.strip()
