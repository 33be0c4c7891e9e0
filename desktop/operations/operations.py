"""What an operator can do, once for the window and the command line. Implements `viewmodels.ports.Control`.

Nothing here sends a message: sending is the engine's, which follows what is written.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol
from zoneinfo import available_timezones

from desktop.domain.campaign import Campaign, CampaignAction, CampaignStatus, Draft
from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId, InstanceId, RecipientId
from desktop.domain.instance import ConnectionOptions, Gateway, Instance, InstanceLimits
from desktop.domain.operator import Deed, Permit, anybody
from desktop.domain.report import ReportWatch
from desktop.domain.summaries import CampaignSummary, CheckLine
from desktop.domain.template import MessageTemplate, NumberFacts
from desktop.engine.ports import Clock, GatewayFactory, GatewayProbe
from desktop.operations.audit import Note, nowhere
from desktop.operations.checking import AudienceFacts, Preflight
from desktop.operations.connecting import ConnectionParts, Connections
from desktop.operations.documents import DOCUMENTS, DocumentLibrary, NewDocument, write_document
from desktop.operations.explaining import Live, SituationFacts, WhyNotNow
from desktop.operations.forecasting import foresee, standing_of
from desktop.operations.instances import SentFacts, instance_object, warmups
from desktop.operations.leaving_out import left_out_of
from desktop.operations.message_library import with_kept_files
from desktop.operations.number_checking import CheckParts, CheckWrites, NumberChecks
from desktop.operations.people import People, PeopleParts
from desktop.operations.ports import (
    AskGateway,
    CampaignWrites,
    ContactEdits,
    ContactWrites,
    ImportMarks,
    ImportWrites,
    InstanceWrites,
    MakeAdmin,
    MediaFacing,
    PersonFacts,
    ProviderWrites,
    Secrets,
    SegmentWrites,
    SettingWrites,
    Shelf,
    Steps,
)
from desktop.operations.provider import ProviderDesk
from desktop.operations.reading import OpenReading
from desktop.operations.reporting import ProofLibrary, Written, write_report
from desktop.operations.status import is_under_way, settled_eta_s, status_document
from desktop.policy.explain import Explanation
from desktop.policy.forecast import Forecast
from desktop.policy.preflight import is_ok
from desktop.policy.second_try import CAN_PASS
from desktop.policy.warmup import PAST, curve_of

_LOOK = "ui."  # settings of this kind say how the window looks, which everybody may
_IMPORTED = "import.mappings"  # which column was what: remembered for whoever may import


class Facts(
    PersonFacts, AudienceFacts, SituationFacts, ProofLibrary, DocumentLibrary, MediaFacing, SentFacts, Protocol
):
    """All questions that operations ask."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What the composition root hands over."""

    library: Facts
    steps: Steps
    campaigns: CampaignWrites
    contacts: ContactWrites
    edits: ContactEdits
    checks: CheckWrites
    imports: ImportWrites
    marks: ImportMarks
    segments: SegmentWrites
    instances: InstanceWrites
    provider: ProviderWrites
    settings: SettingWrites
    secrets: Secrets
    shelf: Shelf
    clients: GatewayFactory
    ask_gateway: AskGateway
    make_admin: MakeAdmin
    clock: Clock
    rejects_folder: Path
    open_reading: OpenReading
    local_timezone: str
    live: Live
    look_again: Callable[[], None]  # an engine in this process reads the ledger at once
    begin_demo: Callable[[], Awaitable[None]]
    new_document: NewDocument
    permit: Permit = anybody  # asked before each deed; tells who acts, for the audit line
    note: Note = nowhere  # leaves that line where no row is changed
    is_writing: Callable[[CampaignId], bool] = lambda _campaign_id: False  # texts of people's own, by an AI


class Operations(People, Connections, NumberChecks):
    """Intentions of the operator. Each one is durable when it returns.

    Each one may be refused with KnownError `not_allowed` or `sign_in_needed`, whatever else it raises.
    """

    def __init__(self, parts: Parts) -> None:
        People.__init__(
            self,
            PeopleParts(
                parts.contacts,
                parts.edits,
                parts.imports,
                parts.marks,
                parts.segments,
                parts.library,
                parts.clock,
                parts.rejects_folder,
                parts.open_reading,
                parts.permit,
                parts.note,
            ),
        )
        Connections.__init__(
            self,
            ConnectionParts(
                parts.library,
                parts.steps,
                parts.instances,
                ProviderDesk(parts.clients, parts.provider, parts.clock),
                parts.secrets,
                parts.clients,
                parts.make_admin,
                parts.clock,
                parts.permit,
                parts.note,
            ),
        )
        check_parts = CheckParts(parts.library, parts.checks, parts.clients, parts.clock, parts.permit)
        NumberChecks.__init__(self, check_parts)
        self._parts = parts
        self._clock = parts.clock
        self._permit = parts.permit

    # Campaigns -----------------------------------------------------------------------------------------------------

    async def create(self, draft: Draft) -> CampaignId:
        """Create a campaign; one with a moment to start at is scheduled.

        Raises:
            KnownError: `schedule_in_past`, before anything was created.
        """
        if draft.schedule_at is not None and draft.schedule_at <= self._now():
            raise KnownError("schedule_in_past", "schedule_at has passed.", "Choose a later moment.")
        campaign_id = await self.save_draft(None, draft)
        if draft.schedule_at is not None:
            await self.schedule(campaign_id, draft.schedule_at)
        return campaign_id

    async def save_draft(self, campaign_id: CampaignId | None, draft: Draft) -> CampaignId:
        """Create or replace a draft, durably; the files that it names are copied into the home.

        Raises:
            KnownError: `action_not_allowed`, `campaign_not_found`, `disk_full`.
        """
        by = await self._permit(Deed.EDIT)
        kept = await with_kept_files(self._parts.shelf, draft)
        return await self._parts.campaigns.save_draft(campaign_id, kept, self._now(), by)

    async def duplicate(self, campaign_id: CampaignId) -> CampaignId:
        by = await self._permit(Deed.EDIT)
        return await self._parts.campaigns.duplicate(campaign_id, self._now(), by)

    async def retry_failed(self, campaign_id: CampaignId) -> CampaignId:
        """Make a new draft to those who failed for a reason that can pass.

        Raises:
            KnownError: `action_not_allowed`, `campaign_not_found`, `nothing_to_retry`.
        """
        by = await self._permit(Deed.EDIT)
        return await self._parts.campaigns.retry_failed(campaign_id, CAN_PASS, self._now(), by)

    async def preflight(self, campaign_id: CampaignId) -> Sequence[CheckLine]:
        return await self._checklist().run(campaign_id)

    def _checklist(self) -> Preflight:
        parts = self._parts
        return Preflight(
            parts.library,
            self._clock,
            self._refresh,
            self._has_token,
            parts.shelf.look,
            parts.is_writing,
            parts.local_timezone,
        )

    async def forecast(self, campaign_id: CampaignId) -> Forecast | None:
        """Tell when a campaign will be finished, as a range; None when it never will, or has ended."""
        library = self._parts.library
        campaign, summary = await library.draft(campaign_id), await library.campaign(campaign_id)
        draft, remaining, started_at = campaign.draft, summary.counts.unfinished, campaign.started_at
        if started_at is None:
            remaining = await self._reachable(campaign_id, draft)
        names = summary.instance_names or draft.instances
        return await self._foresee(campaign_id, draft, remaining, names, started_at) if remaining else None

    async def estimate(self, campaign_id: CampaignId | None, draft: Draft, people: int) -> Forecast | None:
        """Tell when a draft would be finished with so many people; it need not be stored. None when it never would."""
        return await self._foresee(campaign_id, draft, people, draft.instances, None) if people else None

    async def _foresee(
        self,
        campaign_id: CampaignId | None,
        draft: Draft,
        remaining: int,
        names: Sequence[str],
        started_at: datetime | None,
    ) -> Forecast | None:
        library, now, zone = self._parts.library, self._now(), self._parts.local_timezone
        chosen = [each for each in await library.instances() if each.instance.name in names]
        standing = await standing_of(library, campaign_id, draft, chosen, now, zone, started_at=started_at)
        return await foresee(await library.histories(now - PAST), draft, remaining, chosen, now, standing)

    async def _reachable(self, campaign_id: CampaignId, draft: Draft) -> int:
        """Return how many people a start of the draft would write to."""
        if draft.audience is None:
            return 0
        library = self._parts.library
        try:
            size = (await library.audience_size(draft.audience, True))[0]
            return max(0, size - (await left_out_of(library, campaign_id, draft, self._now())).people)
        except KnownError as error:
            if error.code != "segment_not_found":
                raise
            return 0  # the checklist says so

    async def eta_s(self, summary: CampaignSummary) -> float | None:
        """Return in how many seconds a campaign will likely be finished; None when nobody can tell."""
        if not is_under_way(summary):
            return settled_eta_s(summary)
        found = await self.forecast(summary.id)
        return round((found.likely - self._now()).total_seconds(), 1) if found else None

    async def write_report(
        self, campaign_id: CampaignId, file_format: str, path: Path, watch: ReportWatch | None = None
    ) -> Written:
        """Write a report of a campaign, complete or not at all: the proof as JSON or CSV, or XLSX or PDF for people.

        Raises:
            KnownError: `format_not_supported`, `campaign_not_found`, `file_not_writable`, `report_cancelled`.
        """
        by = await self._permit(Deed.READ)
        written = await self._written(campaign_id, file_format, path, watch)
        await self._parts.note("report_exported", by, campaign_id=campaign_id, format=file_format)
        return written

    async def _written(
        self, campaign_id: CampaignId, file_format: str, path: Path, watch: ReportWatch | None
    ) -> Written:
        async def describe(summary: CampaignSummary) -> Mapping[str, object]:
            return status_document(summary, await self.eta_s(summary))

        if file_format in DOCUMENTS:
            parts = self._parts
            zone, now = parts.local_timezone, self._now()
            return await write_document(
                parts.library, campaign_id, file_format, path, zone, now, parts.new_document, watch
            )
        return await write_report(self._parts.library, campaign_id, file_format, path, describe, watch)

    async def why_not_now(self, recipient_id: RecipientId) -> Explanation:
        """Explain why a recipient's message does not leave now.

        Raises:
            KnownError: `recipient_not_found`.
        """
        parts = self._parts
        return await WhyNotNow(parts.library, parts.live, parts.local_timezone).explain(recipient_id, self._now())

    async def act(self, campaign_id: CampaignId, action: CampaignAction) -> None:
        """Take a step; a start is refused while the checklist has a red line, going on while there is nothing to say.

        Raises:
            KnownError: `action_not_allowed`, `campaign_not_found`, `preflight_failed`.
        """
        by = await self._permit(Deed.DELETE if action is CampaignAction.DELETE else Deed.SEND)
        if action is CampaignAction.DELETE:
            deleted = await self._parts.campaigns.delete(campaign_id, self._now(), by)
            await self._forget_files(deleted)
            return
        if action is CampaignAction.START:
            await self._refuse_red(campaign_id)
        if action is CampaignAction.RESUME:
            await self._refuse_emptied(campaign_id)
        await self._parts.steps.act(campaign_id, action, self._now(), None, by)
        self._parts.look_again()

    async def _forget_files(self, deleted: Campaign) -> None:
        """Delete the files of a campaign from the home that no other campaign needs."""
        files = {message.media.path for message in deleted.draft.messages if message.media is not None}
        if files:
            await self._parts.shelf.forget(files - set(await self._parts.library.media_in_use()))

    async def _refuse_red(self, campaign_id: CampaignId) -> None:
        campaign = await self._parts.library.draft(campaign_id)
        if campaign.status not in (CampaignStatus.DRAFT, CampaignStatus.SCHEDULED):
            return  # the table of steps has the better words
        lines = await self.preflight(campaign_id)
        _refuse_red_lines(lines)

    async def _refuse_emptied(self, campaign_id: CampaignId) -> None:
        """Refuse what an edit while it was paused has left without a message to send: everybody would fail."""
        campaign = await self._parts.library.draft(campaign_id)
        if campaign.status is CampaignStatus.PAUSED:
            _refuse_red_lines([await self._checklist().content(campaign)])

    async def schedule(self, campaign_id: CampaignId, at: datetime) -> None:
        by = await self._permit(Deed.SEND)
        await self._parts.campaigns.schedule(campaign_id, at, self._now(), by)
        self._parts.look_again()

    async def resolve_doubt(self, recipient_ids: Sequence[RecipientId] | CampaignId, as_sent: bool) -> int:
        by = await self._permit(Deed.SEND)
        resolved = await self._parts.steps.resolve_doubts(recipient_ids, as_sent, self._now(), by)
        self._parts.look_again()
        return resolved

    # Instances -----------------------------------------------------------------------------------------------------

    async def probe(
        self,
        gateway: Gateway,
        base_url: str,
        token: str,
        *,
        phone_id: str | None = None,
        waba_id: str | None = None,
        options: ConnectionOptions | None = None,
    ) -> GatewayProbe:
        """Test a connection and store nothing; the Cloud API is asked for this number of this account.

        Without `phone_id` the account's numbers are listed, to choose one of them by its id.
        """
        await self._permit(Deed.INSTANCES)
        ask = self._parts.ask_gateway
        return await ask(gateway, base_url, token, phone_id=phone_id, waba_id=waba_id, options=options)

    async def add_instance(
        self,
        name: str,
        gateway: Gateway,
        base_url: str,
        remote_name: str,
        token: str,
        limits: InstanceLimits,
        timezone: str | None,
        *,
        warmup: str = "off",
        phone_id: str | None = None,
        waba_id: str | None = None,
        options: ConnectionOptions | None = None,
    ) -> Instance:
        """Add an instance, keep its token in the keyring, and ask the gateway for its state.

        Raises:
            KnownError: `instance_exists`, `number_exists`, `bad_timezone`, `bad_url`, `bad_ca_file`, `bad_client_cert`,
                `gateway_not_supported`, `keyring_locked`.
        """
        by = await self._permit(Deed.INSTANCES)
        zone = timezone or self._parts.local_timezone
        if zone not in available_timezones():
            raise KnownError("bad_timezone", f"There is no time zone {zone}.", "For example America/Sao_Paulo.")
        instance = await self._parts.instances.add(
            name,
            gateway,
            base_url,
            remote_name,
            zone,
            limits,
            self._now(),
            warmup=warmup,
            phone_id=phone_id,
            waba_id=waba_id,
            options=options,
            operator=by,
        )
        try:
            await asyncio.to_thread(self._parts.secrets.set, instance.secret_name, token)
            await self._parts.clients(instance).close()
        except KnownError:
            await self._parts.instances.remove(instance.id, self._now(), by)
            raise
        await self._parts.note("secret_set", by, instance.id, secret="gateway_token")
        await self._refresh(instance)
        self._parts.look_again()
        return await self._instance(instance.id)

    async def update_instance(
        self,
        instance_id: InstanceId,
        limits: InstanceLimits,
        timezone: str,
        warmup: str | None = None,
        options: ConnectionOptions | None = None,
    ) -> None:
        """Change what may leave through an instance, and how; `warmup` and `options` None stay as they are.

        Raises:
            KnownError: `warmup_curve`, when nobody would understand the curve.
        """
        by = await self._permit(Deed.INSTANCES)
        if warmup is not None:
            curve_of(warmup)
        now = self._now()
        await self._parts.instances.update(
            instance_id, limits, timezone, now, warmup=warmup, options=options, operator=by
        )
        self._parts.look_again()

    async def pause_instance(self, instance_id: InstanceId) -> None:
        by = await self._permit(Deed.INSTANCES)
        await self._parts.instances.pause(instance_id, self._now(), by)
        self._parts.look_again()

    async def resume_instance(self, instance_id: InstanceId) -> None:
        by = await self._permit(Deed.INSTANCES)
        await self._parts.instances.resume(instance_id, self._now(), by)
        self._parts.look_again()

    async def refresh_templates(self, instance_id: InstanceId) -> Sequence[MessageTemplate]:
        """Read the templates of a Cloud API instance's account anew, keep and return them.

        Raises:
            KnownError: `not_a_provider`, `provider_refused`.
        """
        await self._permit(Deed.READ)
        return await self._provider.templates(await self._instance(instance_id))

    async def provider_facts(self, instance_id: InstanceId) -> NumberFacts:
        """Ask what Meta says of a number now, keep and return it; refused like `refresh_templates`."""
        await self._permit(Deed.READ)
        return await self._provider.facts(await self._instance(instance_id))

    async def numbers(self) -> Sequence[Mapping[str, object]]:
        """Return the numbers as other programs read them."""
        library, now = self._parts.library, self._now()
        summaries = await library.instances()
        days = await warmups(library, summaries, now)
        return [instance_object(each, now, days.get(each.instance.id)) for each in summaries]

    def _has_token(self, instance: Instance) -> bool:
        return bool(self._parts.secrets.get(instance.secret_name))

    # Others --------------------------------------------------------------------------------------------------------

    async def start_demo(self) -> None:
        await self._parts.begin_demo()

    async def set_setting(self, key: str, value: object) -> None:
        """Keep a setting, with a line in the log unless it only says how the window looks or stood the last time."""
        deed = Deed.LOOK if key.startswith(_LOOK) else Deed.PEOPLE if key == _IMPORTED else Deed.SETTINGS
        by = await self._permit(deed)
        await self._parts.settings.put(key, value, self._now(), by, is_audited=deed is Deed.SETTINGS)


def _refuse_red_lines(lines: Sequence[CheckLine]) -> None:
    if not is_ok(lines):
        codes = ", ".join(line.code for line in lines if line.level == "red")
        raise KnownError("preflight_failed", f"The campaign is not ready: {codes}.", "See the checklist.", codes=codes)
