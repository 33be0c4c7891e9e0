"""Audit lines of deeds that change no row of ours: what was done at a gateway, what was taken out of the program."""

from typing import Protocol

from desktop.domain.events import EventType, NewEvent
from desktop.domain.ids import CampaignId, InstanceId
from desktop.engine.ports import Clock


class Note(Protocol):
    """Leave a line in the log: which deed (a word of `ACTIONS`), by whom, and about which number or campaign."""

    async def __call__(
        self,
        action: str,
        by: str | None,
        instance_id: InstanceId | None = None,
        campaign_id: CampaignId | None = None,
        **facts: object,
    ) -> None: ...


class Writes(Protocol):
    """The part of the ledger that takes such lines."""

    async def note(self, event: NewEvent) -> None: ...


ACTIONS = frozenset(
    {
        "gateway_created", "gateway_restarted", "gateway_logged_out", "pairing_code", "webhook_connected",
        "webhook_disconnected", "contacts_exported", "person_exported", "backup_made", "backup_restored",
        "report_exported", "secret_set", "secret_removed",
    }
)  # fmt: skip

SECRETS = frozenset(
    {"gateway_token", "app_secret", "ai_key", "webhook_secret", "api_token", "backup_passphrase", "keys_passphrase"}
)
"""What `secret_set` and `secret_removed` are about (`secret`); the value is in no line."""


class Audit:
    """Implements `Note`. Facts are names and counts, never people, texts or keys."""

    def __init__(self, writes: Writes, clock: Clock) -> None:
        self._writes, self._clock = writes, clock

    async def __call__(
        self,
        action: str,
        by: str | None,
        instance_id: InstanceId | None = None,
        campaign_id: CampaignId | None = None,
        **facts: object,
    ) -> None:
        details: dict[str, object] = {"action": action, **facts}
        event = NewEvent(
            EventType.EDITED,
            self._clock.now(),
            details=details,
            instance_id=instance_id,
            campaign_id=campaign_id,
            operator=by,
        )
        await self._writes.note(event)


async def nowhere(
    action: str,
    by: str | None,
    instance_id: InstanceId | None = None,
    campaign_id: CampaignId | None = None,
    **facts: object,
) -> None:
    """Leave no line: for parts that are tried alone."""
