"""What telling other programs needs: a durable outbox, the events, the secrets. `db` and the roots implement it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from desktop.domain.hook import Delivery, Hook, HookKind, HookStanding, NewDelivery
from desktop.domain.ids import DeliveryId, EventId, HookId
from desktop.domain.summaries import EventFilter, EventRow


class Events(Protocol):
    async def events_after(self, where: EventFilter, after: EventId, limit: int) -> Sequence[EventRow]: ...

    async def last_event_id(self) -> EventId: ...


class Outbox(Protocol):
    """Deliveries that survive a crash. Each method is one short transaction."""

    async def hooks(self) -> Sequence[Hook]:
        """All hooks, paused ones too, by id."""
        ...

    async def enqueue(self, of: Hook, deliveries: Sequence[NewDelivery], cursor: EventId, now: datetime) -> bool:
        """Store deliveries and move the hook's cursor from where it was to `cursor`, together or not at all.

        Returns:
            False when somebody else has moved the cursor meanwhile: nothing was stored.
        """
        ...

    async def due(self, hook_id: HookId, now: datetime, limit: int) -> Sequence[Delivery]:
        """Waiting deliveries of a hook that is not paused, in the order in which things happened.

        Of a campaign there are none behind one whose time has not come: what was refused is told before what follows.
        """
        ...

    async def note_delivered(self, delivery_id: DeliveryId, http_status: int, now: datetime) -> None:
        """Its body is forgotten: it holds a person's phone and is not needed any more."""
        ...

    async def note_failed(
        self, delivery_id: DeliveryId, http_status: int | None, error: str, next_try_at: datetime | None, now: datetime
    ) -> None:
        """Without `next_try_at` it is dead."""
        ...

    async def pause(self, hook_id: HookId, reason: str, now: datetime) -> None: ...

    async def forget_before(self, delivered: datetime, dead: datetime) -> int:
        """Remove deliveries that ended before; return how many."""
        ...


class HookWrites(Protocol):
    """What the operator does with hooks; the rest of the outbox's store."""

    async def add(self, url: str, kinds: Sequence[HookKind], now: datetime, operator: str | None = None) -> Hook:
        """It is told of what happens from now on.

        Raises:
            KnownError: `hook_exists`.
        """
        ...

    async def remove(self, hook_id: HookId, now: datetime, operator: str | None = None) -> Hook: ...

    async def pause(self, hook_id: HookId, reason: str, now: datetime, operator: str | None = None) -> None: ...

    async def resume(self, hook_id: HookId, now: datetime, operator: str | None = None) -> None: ...

    async def retry_dead(self, hook_id: HookId, now: datetime, operator: str | None = None) -> int: ...

    async def standings(self) -> Sequence[HookStanding]: ...

    async def dead(self, hook_id: HookId, limit: int) -> Sequence[Delivery]:
        """Newest first."""
        ...


class Secrets(Protocol):
    def get(self, name: str) -> str | None: ...


class Note(Protocol):
    """Leaves a line in the log of what was done (`secret_set`, `secret_removed`), and by whom."""

    async def __call__(self, action: str, by: str | None, *, secret: str, of: int) -> None: ...


class SecretWrites(Secrets, Protocol):
    def set(self, name: str, value: str) -> None: ...

    def delete(self, name: str) -> None: ...
