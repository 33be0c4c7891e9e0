"""What operations need: stores that write, secrets, and gateways to ask. `db` and the roots implement it."""

from collections.abc import Awaitable, Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Protocol

from desktop.domain.campaign import Campaign, CampaignAction, Draft
from desktop.domain.consent import ImportRecord, ImportRules
from desktop.domain.contact import Contact, ContactBatch
from desktop.domain.ids import CampaignId, ContactId, EventId, InstanceId, RecipientId
from desktop.domain.instance import ConnectionOptions, ConnectionState, Gateway, Instance, InstanceLimits
from desktop.domain.media import MediaFacts
from desktop.domain.segment import Group, Segment
from desktop.domain.template import MessageTemplate, NumberFacts
from desktop.engine.ports import GatewayAdmin, GatewayProbe


class CampaignWrites(Protocol):
    async def save_draft(
        self, campaign_id: CampaignId | None, draft: Draft, now: datetime, operator: str | None = None
    ) -> CampaignId: ...

    async def duplicate(self, campaign_id: CampaignId, now: datetime, operator: str | None = None) -> CampaignId: ...

    async def retry_failed(
        self, campaign_id: CampaignId, reasons: Collection[str], now: datetime, operator: str | None = None
    ) -> CampaignId: ...

    async def schedule(
        self, campaign_id: CampaignId, at: datetime, now: datetime, operator: str | None = None
    ) -> None: ...

    async def delete(self, campaign_id: CampaignId, now: datetime, operator: str | None = None) -> Campaign: ...


class Shelf(Protocol):
    """The files of messages."""

    async def look(self, path: Path) -> MediaFacts: ...

    async def keep(self, path: Path) -> Path:
        """Copy a file into the home; refused with `media_unreadable`, `disk_full`."""
        ...

    async def forget(self, paths: Iterable[str]) -> None: ...


class MediaFacing(Protocol):
    async def media_in_use(self) -> Collection[str]:
        """The paths of all files that a campaign or a saved message needs."""
        ...


class Steps(Protocol):
    """The part of the ledger that operators use."""

    async def act(
        self, campaign_id: CampaignId, action: CampaignAction, now: datetime, reason: str | None, operator: str | None
    ) -> None: ...

    async def resolve_doubts(
        self,
        recipient_ids: Sequence[RecipientId] | CampaignId,
        as_sent: bool,
        now: datetime,
        operator: str | None = None,
    ) -> int: ...

    async def set_instance_state(
        self, instance_id: InstanceId, state: ConnectionState, now: datetime, phone: str | None = None
    ) -> None: ...


class BatchCounts(Protocol):
    @property
    def added(self) -> int: ...
    @property
    def updated(self) -> int: ...
    @property
    def duplicates(self) -> int: ...


class ContactWrites(Protocol):
    async def bring(
        self,
        batch: ContactBatch,
        now: datetime,
        import_id: int,
        *,
        rules: ImportRules,
        operator: str | None = None,
    ) -> BatchCounts: ...

    async def opt_out(self, phone: str, now: datetime, operator: str | None = None) -> bool: ...

    async def opt_in(self, phone: str, now: datetime, operator: str | None = None, *, proof: str = "") -> bool: ...

    async def erase(self, phone: str, now: datetime, operator: str | None = None) -> None: ...

    def export(self) -> Iterator[Contact]: ...

    def export_fields(self, ids: Sequence[int] | None = None) -> Sequence[str]: ...

    def export_some(self, ids: Sequence[int]) -> Iterator[Contact]: ...


class PersonFacts(Protocol):
    async def person_data(self, phone: str) -> Mapping[str, object]:
        """Everything that is kept about a person, ready for JSON. Raises `contact_not_found`."""
        ...


class ContactEdits(Protocol):
    async def edit(
        self, contact_id: ContactId, name: str, custom: Mapping[str, str], now: datetime, operator: str | None = None
    ) -> Contact: ...

    async def tag(
        self,
        contact_ids: Sequence[ContactId],
        tag_name: str,
        is_on: bool,
        now: datetime,
        operator: str | None = None,
        *,
        progress: Callable[[int], None],
    ) -> Sequence[ContactId]: ...

    async def opt_out(
        self,
        contact_ids: Sequence[ContactId],
        now: datetime,
        operator: str | None = None,
        *,
        progress: Callable[[int], None],
    ) -> int: ...


class UndoneCounts(Protocol):
    @property
    def removed(self) -> int: ...
    @property
    def restored(self) -> int: ...
    @property
    def kept(self) -> int: ...


class ImportWrites(Protocol):
    async def begin(self, import_id: int, file: str, now: datetime) -> None: ...

    async def end(self, import_id: int, added: int, updated: int, now: datetime) -> None: ...

    async def last(self) -> ImportRecord | None: ...

    async def undo(self, import_id: int, now: datetime, operator: str | None = None) -> UndoneCounts: ...


class ImportMarks(Protocol):
    """What imports leave in the home while they run."""

    def hold(self, import_id: int, file: str) -> AbstractContextManager[None]: ...

    def broken(self) -> Sequence[tuple[int, str]]: ...

    def forget(self, import_id: int) -> None: ...

    def keep_pasted(self, text: str, name: str) -> Path: ...

    def drop_pasted(self) -> None: ...


class SegmentWrites(Protocol):
    async def save(self, name: str, rules: Group, now: datetime, operator: str | None = None) -> Segment: ...

    async def rename(self, name: str, new_name: str, now: datetime, operator: str | None = None) -> Segment: ...

    async def delete(self, name: str, now: datetime, operator: str | None = None) -> None: ...


class InstanceWrites(Protocol):
    async def add(
        self,
        name: str,
        gateway: Gateway,
        base_url: str,
        remote_name: str,
        timezone: str,
        limits: InstanceLimits,
        now: datetime,
        *,
        warmup: str = "off",
        phone_id: str | None = None,
        waba_id: str | None = None,
        options: ConnectionOptions | None = None,
        operator: str | None = None,
    ) -> Instance: ...

    async def update(
        self,
        instance_id: InstanceId,
        limits: InstanceLimits,
        timezone: str,
        now: datetime,
        *,
        warmup: str | None = None,
        options: ConnectionOptions | None = None,
        operator: str | None = None,
    ) -> Instance: ...

    async def remove(self, instance_id: InstanceId, now: datetime, operator: str | None = None) -> Instance: ...

    async def pause(self, instance_id: InstanceId, now: datetime, operator: str | None = None) -> None: ...

    async def resume(self, instance_id: InstanceId, now: datetime, operator: str | None = None) -> None: ...


class ProviderWrites(Protocol):
    async def replace_templates(self, waba_id: str, templates: Sequence[MessageTemplate], now: datetime) -> None: ...

    async def keep_facts(self, instance_id: InstanceId, facts: NumberFacts, now: datetime) -> None: ...


class SettingWrites(Protocol):
    async def put(
        self, key: str, value: object, now: datetime, operator: str | None = None, *, is_audited: bool = True
    ) -> None: ...


class Secrets(Protocol):
    def get(self, name: str) -> str | None: ...

    def set(self, name: str, value: str) -> None: ...

    def delete(self, name: str) -> None: ...


class AskGateway(Protocol):
    """Test a connection; stores nothing. The ids are those of the Cloud API."""

    async def __call__(
        self,
        gateway: Gateway,
        url: str,
        token: str,
        *,
        phone_id: str | None = None,
        waba_id: str | None = None,
        options: ConnectionOptions | None = None,
    ) -> GatewayProbe: ...


class MakeAdmin(Protocol):
    """Reach the instances of a gateway, to make and mend them; whoever asks closes it."""

    def __call__(
        self, gateway: Gateway, url: str, key: str, *, options: ConnectionOptions | None = None
    ) -> GatewayAdmin: ...


class PrunedEvents(Protocol):
    @property
    def events(self) -> int: ...
    @property
    def through_id(self) -> int: ...
    @property
    def hash(self) -> str: ...


class EventUpkeep(Protocol):
    async def index(self) -> bool:
        """Add the next events to the full-text index; tell whether there are more."""
        ...

    async def prune(self, before: datetime, now: datetime, operator: str | None = None) -> PrunedEvents | None: ...


class Questions(Protocol):
    """The part of the library that upkeep asks."""

    async def last_event_id(self) -> EventId: ...

    async def setting(self, key: str) -> object | None: ...

    async def media_in_use(self) -> Collection[str]: ...


class Files(Protocol):
    """The files of messages that are in the home."""

    async def sweep(self, in_use: Callable[[], Awaitable[Collection[str]]], before: datetime) -> int:
        """Delete what nobody names and nobody has kept since `before`; return how many."""
        ...
