"""What the screens need from the rest of the program: questions (`Library`) and intentions (`Control`).

All methods are coroutines that run off the GUI thread inside; the answer to an intention about sending is an event.
Every one may raise KnownError, which a screen shows as one sentence and what to do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from desktop.domain.events import Event
from desktop.viewmodels.segment_ports import SegmentControl, SegmentLibrary

if TYPE_CHECKING:
    from desktop.domain.analysis import CampaignAnalysis, DashboardFacts, HealthDay
    from desktop.domain.campaign import Audience, Campaign, CampaignAction, Draft
    from desktop.domain.consent import ImportRules, RecoveredImport
    from desktop.domain.contact import Contact, ContactFilter, ContactHistory, ImportResult
    from desktop.domain.engine_trouble import EngineTrouble
    from desktop.domain.ids import CampaignId, ContactId, EventId, InstanceId, RecipientId
    from desktop.domain.instance import ConnectionOptions, ConnectionState, Gateway, Instance, InstanceLimits
    from desktop.domain.media import MediaFacts
    from desktop.domain.numbers import KnownNumbers
    from desktop.domain.proof import RecipientFacts
    from desktop.domain.report import ReportWatch
    from desktop.domain.summaries import (
        AttemptRow,
        CampaignCounts,
        CampaignSummary,
        ChartSeries,
        CheckLine,
        EventFilter,
        EventRow,
        InstanceSummary,
        RecipientRow,
    )
    from desktop.domain.template import MessageTemplate, NumberFacts
    from desktop.policy.explain import Explanation
    from desktop.policy.forecast import Forecast

T = TypeVar("T")


class Library(SegmentLibrary, Protocol):
    """Questions. Pages are by key: pass the last id of the page before, get the next rows in the stated order."""

    async def campaigns(self) -> Sequence[CampaignSummary]:
        """Newest first."""
        ...

    async def running_campaigns(self) -> Sequence[CampaignSummary]:
        """Those whose status is running, newest first."""
        ...

    async def campaign(self, campaign_id: CampaignId) -> CampaignSummary: ...

    async def draft(self, campaign_id: CampaignId) -> Campaign: ...

    async def recipients(
        self, campaign_id: CampaignId, status: str | None, after: RecipientId | None, limit: int, text: str = ""
    ) -> Sequence[RecipientRow]:
        """Ascending by id."""
        ...

    async def attempts(self, recipient_id: RecipientId) -> Sequence[AttemptRow]: ...

    async def own_text_of_recipient(self, recipient_id: RecipientId) -> str | None:
        """What a recipient alone gets, or got; None for the campaign's message."""
        ...

    async def proof(self, campaign_id: CampaignId, read: Callable[[CampaignSummary, Iterator[RecipientFacts]], T]) -> T:
        """Run `read` in another thread on a campaign and its recipients, all of one state of the database."""
        ...

    async def campaign_series(self, campaign_id: CampaignId, max_buckets: int) -> ChartSeries:
        """Counts over the campaign's whole life: `sent`, `delivered`, `read`, `failed`; bucket width chosen to fit."""
        ...

    async def campaign_analysis(self, campaign_id: CampaignId, zone: str) -> CampaignAnalysis:
        """All answers about a campaign; times of day are those of the IANA zone."""
        ...

    async def dashboard(self, zone: str) -> DashboardFacts: ...

    async def campaign_by_instance(self, campaign_id: CampaignId) -> Sequence[tuple[str, CampaignCounts]]: ...

    async def instances(self) -> Sequence[InstanceSummary]: ...

    async def sent_by_day(self, instance_id: InstanceId, timezone: str, since: datetime) -> Sequence[tuple[date, int]]:
        """How many messages left on each local day that had any, ascending: what places a number on its warm-up."""
        ...

    async def instance_health(
        self, instance_id: InstanceId, zone: str, score: Callable[[int, int], float]
    ) -> Sequence[HealthDay]:
        """The last 30 local days, ascending, the last one today; `score` makes one of (accepted, failed)."""
        ...

    async def instance_series(self, instance_id: InstanceId, since: datetime, max_buckets: int) -> ChartSeries: ...

    async def events_before(self, where: EventFilter, before: EventId | None, limit: int) -> Sequence[EventRow]:
        """Newest first: the rows older than `before` (None: the newest)."""
        ...

    async def events_after(self, where: EventFilter, after: EventId, limit: int) -> Sequence[EventRow]:
        """Oldest first: for the live tail."""
        ...

    async def last_event_id(self) -> EventId: ...

    async def contact_ids(self, where: ContactFilter, limit: int | None = None) -> Sequence[int]:
        """The ids of everybody whom the filter finds, in its order."""
        ...

    async def contacts_of(self, ids: Sequence[int]) -> Sequence[Contact]:
        """In the order of the ids; those who are gone are left out."""
        ...

    async def contact_history(self, contact_id: ContactId) -> ContactHistory: ...

    async def contact_count(self) -> int: ...

    async def tags(self) -> Sequence[tuple[str, int]]:
        """Name and number of contacts, most used first."""
        ...

    async def custom_fields(self) -> Sequence[str]: ...

    async def audience_size(self, audience: Audience, respect_opt_out: bool) -> tuple[int, int]:
        """How many would be sent to, and how many are left out because they opted out."""
        ...

    async def audience_without_consent(self, audience: Audience) -> int | None:
        """How many of the audience are left out for want of a recorded consent; None when none is needed."""
        ...

    async def audience_sample(self, audience: Audience, limit: int) -> Sequence[Contact]: ...

    async def setting(self, key: str) -> object | None: ...


class Control(SegmentControl, Protocol):
    """Intentions."""

    async def save_draft(self, campaign_id: CampaignId | None, draft: Draft) -> CampaignId:
        """Create or replace a draft; each save is durable. Refused while the campaign runs."""
        ...

    async def duplicate(self, campaign_id: CampaignId) -> CampaignId: ...

    async def preflight(self, campaign_id: CampaignId) -> Sequence[CheckLine]: ...

    async def forecast(self, campaign_id: CampaignId) -> Forecast | None:
        """Tell when the campaign will be finished, as a range, also before it starts; None when it never will."""
        ...

    async def estimate(self, campaign_id: CampaignId | None, draft: Draft, people: int) -> Forecast | None:
        """Tell the same of a draft that need not be stored, with so many people."""
        ...

    async def why_not_now(self, recipient_id: RecipientId) -> Explanation:
        """Explain why a recipient's message does not leave now, with or without a running engine."""
        ...

    async def act(self, campaign_id: CampaignId, action: CampaignAction) -> None: ...

    async def schedule(self, campaign_id: CampaignId, at: datetime) -> None: ...

    async def resolve_doubt(self, recipient_ids: Sequence[RecipientId] | CampaignId, as_sent: bool) -> int: ...

    async def write_report(
        self, campaign_id: CampaignId, file_format: str, path: Path, watch: ReportWatch | None = None
    ) -> WrittenReport:
        """Write a report of a campaign, complete or not at all; `watch` tells how far it is, and may end it."""
        ...

    async def probe(
        self,
        gateway: Gateway,
        base_url: str,
        token: str,
        *,
        phone_id: str | None = None,
        waba_id: str | None = None,
        options: ConnectionOptions | None = None,
    ) -> ProbeResult:
        """Test a connection. The Cloud API needs `waba_id`; without `phone_id` it lists the account's numbers."""
        ...

    async def add_instance(
        self,
        name: str,
        gateway: Gateway,
        base_url: str,
        remote_name: str,
        token: str,
        limits: InstanceLimits,
        timezone: str,
        *,
        warmup: str = "off",
        phone_id: str | None = None,
        waba_id: str | None = None,
        options: ConnectionOptions | None = None,
    ) -> Instance: ...

    async def update_instance(
        self,
        instance_id: InstanceId,
        limits: InstanceLimits,
        timezone: str,
        warmup: str | None = None,
        options: ConnectionOptions | None = None,
    ) -> None:
        """`warmup` is a curve as `policy/warmup.py` writes it; None leaves it, and the options, as they are."""
        ...

    async def remove_instance(self, instance_id: InstanceId) -> None: ...

    async def pause_instance(self, instance_id: InstanceId) -> None: ...

    async def resume_instance(self, instance_id: InstanceId) -> None: ...

    async def check_instance(self, instance_id: InstanceId, *, explain: bool = False) -> ConnectionState: ...

    async def refresh_templates(self, instance_id: InstanceId) -> Sequence[MessageTemplate]:
        """Read the templates of a Cloud API number's account anew; KnownError for what Meta refuses."""
        ...

    async def provider_facts(self, instance_id: InstanceId) -> NumberFacts:
        """Ask what Meta says of a Cloud API number now; KnownError for what it refuses."""
        ...

    async def pairing(self, instance_id: InstanceId, phone: str | None = None) -> Pairing | None:
        """Ask for the present QR code, or for a new pairing code for a phone (E.164). None: it is not reached."""
        ...

    async def create_at_gateway(
        self, gateway: Gateway, base_url: str, token: str, name: str, *, options: ConnectionOptions | None = None
    ) -> None:
        """Make an instance at the gateway, to be added then."""
        ...

    async def restart_instance(self, instance_id: InstanceId) -> None: ...

    async def log_out_instance(self, instance_id: InstanceId) -> None: ...

    async def delete_at_gateway(self, instance_id: InstanceId) -> None:
        """Delete it at the gateway, with what that stores, and remove it here."""
        ...

    async def import_contacts(
        self,
        path: Path,
        mapping: Sequence[tuple[str, str]],
        tags: Sequence[str],
        region: str,
        progress: Callable[[int, float], None],
        rejects_path: Path | None = None,
        rules: ImportRules | None = None,
    ) -> ImportReport:
        """`mapping` is (field, column) pairs as in `contacts import --map`; `progress` gets rows and share 0-1."""
        ...

    async def paste_import(self, text: str) -> Path:
        """Keep a table from the clipboard as a file to import. Refused with `nothing_pasted`."""
        ...

    async def drop_pasted(self) -> None:
        """Delete what was pasted."""
        ...

    async def recover_imports(self) -> Sequence[RecoveredImport]:
        """Take back what imports have written whose process was killed; return them."""
        ...

    def cancel_import(self) -> None:
        """End the running import, which is then refused with `import_cancelled`: nothing of it stays."""
        ...

    async def undo_import(self) -> UndoneImport:
        """Take the newest import back."""
        ...

    async def preview_import(self, path: Path) -> ImportPreview: ...

    async def edit_contact(self, contact_id: ContactId, name: str, custom: Mapping[str, str]) -> Contact:
        """Replace the name and the custom fields of a person; return the person as it is now."""
        ...

    async def tag_contacts(
        self, contact_ids: Sequence[ContactId], tag: str, is_on: bool, progress: Callable[[int], None] = ...
    ) -> Sequence[ContactId]:
        """Put a tag on people or take it off; return those for whom that changed something."""
        ...

    async def opt_out_contacts(
        self, contact_ids: Sequence[ContactId], progress: Callable[[int], None] = ...
    ) -> int: ...

    async def opt_in(self, phone: str, proof: str = "") -> None:
        """Record that a person agreed, now and as `proof` says; an opt-out is taken back."""
        ...

    async def export_person(self, phone: str, path: Path) -> None:
        """Write everything kept about a person as JSON. Refused with `contact_not_found`, `file_not_writable`."""
        ...

    async def erase(self, phone: str) -> None:
        """Erase everything about a person; that nobody may write to this phone stays."""
        ...

    async def known_numbers(self, tag: str | None, max_age: timedelta) -> KnownNumbers:
        """Tell what is known of who is on WhatsApp, from answers that are not older."""
        ...

    async def check_numbers(
        self, tag: str | None, max_age: timedelta, instance: str | None, progress: Callable[[int, int], None]
    ) -> NumbersChecked:
        """Ask about everybody (with a tag) of whom nothing young enough is known; `progress` gets done and total."""
        ...

    def cancel_number_check(self) -> None:
        """End the running check soon; what was answered is kept."""
        ...

    async def export_some(self, path: Path, ids: Sequence[int]) -> int: ...

    async def start_demo(self) -> None:
        """Start the practice gateway, add its instances and sample contacts, and start a sample campaign."""
        ...

    async def set_setting(self, key: str, value: object) -> None: ...


class MediaDesk(Protocol):
    """The files of messages."""

    async def look(self, path: Path) -> MediaFacts:
        """Read what a file is. Refused with `media_unreadable`."""
        ...

    async def keep(self, path: Path) -> Path:
        """Copy a file to where it stays, once for all messages that carry it; return the path of the copy."""
        ...

    async def reencode(self, path: Path, limit_bytes: int) -> Path:
        """Write a picture as a JPEG of at most `limit_bytes`, upright and without its place; return its path."""
        ...

    async def thumbnail(self, path: Path, side: int) -> bytes | None:
        """Return a picture of at most `side` pixels as PNG; None for what is no picture."""
        ...


class WrittenReport(Protocol):
    @property
    def file(self) -> Path: ...
    @property
    def rows(self) -> int: ...
    @property
    def verdict(self) -> str: ...


class ProbeResult(Protocol):
    @property
    def ok(self) -> bool: ...
    @property
    def code(self) -> str: ...
    @property
    def version(self) -> str | None: ...
    @property
    def instances(self) -> Sequence[tuple[str, ConnectionState, str | None]]: ...
    @property
    def text(self) -> str: ...


class Pairing(Protocol):
    @property
    def qr_text(self) -> str | None: ...
    @property
    def pairing_code(self) -> str | None: ...
    @property
    def already_connected(self) -> bool: ...
    @property
    def lifetime_s(self) -> float | None:
        """How long the QR code can be scanned."""
        ...


class ImportReport(Protocol):
    @property
    def result(self) -> ImportResult: ...
    @property
    def rejects_path(self) -> Path | None: ...
    @property
    def reasons(self) -> Sequence[tuple[str, int]]: ...
    @property
    def landlines(self) -> int: ...
    @property
    def shortened(self) -> int: ...


class NumbersChecked(Protocol):
    @property
    def on_whatsapp(self) -> int: ...
    @property
    def not_on_whatsapp(self) -> int: ...
    @property
    def failed(self) -> int: ...


class UndoneImport(Protocol):
    @property
    def removed(self) -> int: ...
    @property
    def restored(self) -> int: ...


class ImportPreview(Protocol):
    @property
    def header(self) -> Sequence[str]: ...
    @property
    def rows(self) -> Sequence[Sequence[str]]:
        """The first rows as they are in the file."""
        ...

    @property
    def guess(self) -> Sequence[tuple[str, str]]:
        """(field, column) pairs: the mapping that would be used."""
        ...

    @property
    def encoding(self) -> str: ...
    @property
    def delimiter(self) -> str: ...
    @property
    def problems(self) -> Sequence[str]: ...


class EngineState(Protocol):
    """Live facts that are not in the database, read by the bridge when it ticks."""

    @property
    def online(self) -> bool: ...
    @property
    def holder(self) -> str | None:
        """Who else runs the engine on this home; None when this window does."""
        ...

    @property
    def in_flight(self) -> int:
        """How many messages of this window's engine are on their way: their answer is awaited."""
        ...

    @property
    def trouble(self) -> EngineTrouble | None:
        """Why nothing is sent although nobody asked for that; None while the engine runs, or another one does."""
        ...

    def start_again(self) -> None:
        """Start the engine now that stopped by itself."""
        ...

    def why_idle(self, instance_id: InstanceId) -> tuple[str, datetime | None] | None:
        """Code of the rule that an instance waits for, and until when; None when it is sending."""
        ...

    def next_departure(self, campaign_id: CampaignId) -> tuple[str, datetime | None] | None: ...

    def explain_instance(self, instance_id: InstanceId) -> Explanation | None:
        """Explain why nothing leaves through an instance; None when this process does not send, or not through it."""
        ...

    def explain_campaign(self, campaign_id: CampaignId) -> Explanation | None:
        """Explain why nothing of a campaign leaves; None when this process does not send, or not this campaign."""
        ...


EventListener = Callable[[Sequence[Event]], None]


class EventBus(Protocol):
    """Committed events, in order, on the loop's thread."""

    def subscribe(self, listener: EventListener) -> Callable[[], None]:
        """Return a function that ends the subscription."""
        ...
