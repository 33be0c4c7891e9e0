"""The questions of the screens: `desktop/viewmodels/ports.py` `Library`, over one database and one workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import sqlalchemy as sa

from db import chain
from db.late import late_module
from db.queries import campaigns, newest_event
from db.rows import load_campaign
from db.tables.setting import setting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from db.connection import Database
    from db.queries import (
        ai,
        analysis,
        consents,
        contacts,
        credits,
        events,
        instances,
        media,
        number_checks,
        own_texts,
        ownership,
        people,
        person_data,
        proof,
        provider,
        reach,
        recipients,
        remaining,
        reply_history,
        retry_runs,
        saved_messages,
        segments,
        series,
        work,
    )
    from db.queries import audience as audiences
    from db.stores import contacts as person
    from desktop.domain.ai import AiDraft, AiUsage
    from desktop.domain.analysis import CampaignAnalysis, DashboardFacts, HealthDay
    from desktop.domain.budget import CategorySpent, MonthSpent
    from desktop.domain.campaign import Audience, Campaign
    from desktop.domain.contact import Contact, ContactFilter, ContactHistory
    from desktop.domain.ids import CampaignId, ContactId, EventId, InstanceId, RecipientId, WorkspaceId
    from desktop.domain.own_text import OwnText, OwnTextCounts, OwnTextFilter, OwnTextPlan, OwnTextStanding
    from desktop.domain.proof import RecipientFacts
    from desktop.domain.saved_message import SavedMessage
    from desktop.domain.segment import Group, Segment
    from desktop.domain.summaries import (
        AttemptRow,
        CampaignCounts,
        CampaignSummary,
        ChartSeries,
        EventFilter,
        EventRow,
        InstanceSummary,
        NumberHistory,
        RecipientRow,
        RecipientSituation,
        ReplyHistory,
    )
    from desktop.domain.template import MessageTemplate, NumberFacts
    from desktop.engine.ports import Credits, WrittenTo
else:
    # A question loads what it needs, in the thread of its reader: the list of campaigns asks three of them.
    ai = late_module("db.queries.ai")
    analysis = late_module("db.queries.analysis")
    consents = late_module("db.queries.consents")
    contacts = late_module("db.queries.contacts")
    credits = late_module("db.queries.credits")
    events = late_module("db.queries.events")
    instances = late_module("db.queries.instances")
    media = late_module("db.queries.media")
    number_checks = late_module("db.queries.number_checks")
    own_texts = late_module("db.queries.own_texts")
    people = late_module("db.queries.people")
    person_data = late_module("db.queries.person_data")
    proof = late_module("db.queries.proof")
    provider = late_module("db.queries.provider")
    reach = late_module("db.queries.reach")
    recipients = late_module("db.queries.recipients")
    remaining = late_module("db.queries.remaining")
    reply_history = late_module("db.queries.reply_history")
    retry_runs = late_module("db.queries.retry_runs")
    saved_messages = late_module("db.queries.saved_messages")
    segments = late_module("db.queries.segments")
    series = late_module("db.queries.series")
    work = late_module("db.queries.work")
    audiences = late_module("db.queries.audience")
    ownership = late_module("db.queries.ownership")
    person = late_module("db.stores.contacts")

T = TypeVar("T")

_SETTING = sa.select(setting.c.value).where(
    setting.c.workspace_id == sa.bindparam("of_workspace"), setting.c.key == sa.bindparam("of_key")
)


class SqlLibrary:
    """Implements `Library`, and the further questions of `desktop/operations`.

    Args:
        now: tells which day is "today" for each instance.
    """

    def __init__(self, database: Database, workspace_id: WorkspaceId, now: Callable[[], datetime]) -> None:
        self._database = database
        self._workspace_id = workspace_id
        self._now = now

    async def campaigns(self) -> Sequence[CampaignSummary]:
        return await self._database.read(lambda conn: campaigns.summaries(conn, self._workspace_id))

    async def campaign(self, campaign_id: CampaignId) -> CampaignSummary:
        return await self._database.read(lambda conn: campaigns.summary(conn, self._workspace_id, campaign_id))

    async def draft(self, campaign_id: CampaignId) -> Campaign:
        return await self._database.read(lambda conn: load_campaign(conn, self._workspace_id, campaign_id))

    async def recipients(
        self, campaign_id: CampaignId, status: str | None, after: RecipientId | None, limit: int, text: str = ""
    ) -> Sequence[RecipientRow]:
        return await self._database.read(
            lambda conn: recipients.page(conn, self._workspace_id, campaign_id, status, after, limit, text)
        )

    async def attempts(self, recipient_id: RecipientId) -> Sequence[AttemptRow]:
        return await self._database.read(
            lambda conn: (
                (recipients.attempts(conn, recipient_id))
                if ownership.owns_recipient(conn, self._workspace_id, recipient_id)
                else []
            )
        )

    async def recipient_situation(self, recipient_id: RecipientId) -> RecipientSituation:
        """What decides when a recipient's message may leave."""
        return await self._database.read(lambda conn: recipients.situation(conn, self._workspace_id, recipient_id))

    async def departures(self, instance_id: InstanceId, since: datetime) -> Sequence[datetime]:
        """Starts of the attempts through an instance that count against its limits, ascending."""
        return await self._database.read(
            lambda conn: (
                (work.departures(conn, instance_id, since))
                if ownership.owns_instance(conn, self._workspace_id, instance_id)
                else []
            )
        )

    async def campaign_departures(self, campaign_id: CampaignId, since: datetime) -> Sequence[datetime]:
        """Starts of a campaign's attempts that count against its pace, ascending."""
        return await self._database.read(
            lambda conn: (
                (work.campaign_departures(conn, campaign_id, since))
                if ownership.owns_campaign(conn, self._workspace_id, campaign_id)
                else []
            )
        )

    async def replies(self, campaign_id: CampaignId, since: datetime) -> Sequence[datetime]:
        """When people answered a campaign for the first time, ascending."""
        return await self._database.read(
            lambda conn: (
                work.replies(conn, campaign_id, since)
                if ownership.owns_campaign(conn, self._workspace_id, campaign_id)
                else []
            )
        )

    async def proof(self, campaign_id: CampaignId, read: Callable[[CampaignSummary, Iterator[RecipientFacts]], T]) -> T:
        """Run `read` in a reader's thread on a campaign and its recipients, all of one state of the database."""

        def question(conn: sa.Connection) -> T:
            summary = campaigns.summary(conn, self._workspace_id, campaign_id)
            return read(summary, proof.facts(conn, self._workspace_id, campaign_id))

        return await self._database.read(question)

    async def campaign_series(self, campaign_id: CampaignId, max_buckets: int) -> ChartSeries:
        return await self._database.read(
            lambda conn: (
                (series.campaign_series(conn, campaign_id, max_buckets))
                if ownership.owns_campaign(conn, self._workspace_id, campaign_id)
                else series.EMPTY
            )
        )

    async def campaign_by_instance(self, campaign_id: CampaignId) -> Sequence[tuple[str, CampaignCounts]]:
        return await self._database.read(
            lambda conn: (
                (campaigns.by_instance(conn, campaign_id))
                if ownership.owns_campaign(conn, self._workspace_id, campaign_id)
                else []
            )
        )

    async def instances(self) -> Sequence[InstanceSummary]:
        return await self._database.read(lambda conn: instances.summaries(conn, self._workspace_id, self._now()))

    async def sent_by_day(self, instance_id: InstanceId, timezone: str, since: datetime) -> Sequence[tuple[date, int]]:
        return await self._database.read(
            lambda conn: (
                (instances.sent_by_day(conn, instance_id, timezone, since))
                if ownership.owns_instance(conn, self._workspace_id, instance_id)
                else []
            )
        )

    async def instance_series(self, instance_id: InstanceId, since: datetime, max_buckets: int) -> ChartSeries:
        since_s = int(since.timestamp())
        return await self._database.read(
            lambda conn: (
                (series.instance_series(conn, instance_id, since_s, max_buckets))
                if ownership.owns_instance(conn, self._workspace_id, instance_id)
                else series.EMPTY
            )
        )

    async def chain_head(self) -> tuple[int, str]:
        """Id and hash of the newest event."""
        return await self._database.read(chain.head)

    async def campaign_analysis(self, campaign_id: CampaignId, zone: str) -> CampaignAnalysis:
        return await self._database.read(
            lambda conn: analysis.campaign_analysis(conn, self._workspace_id, campaign_id, zone)
        )

    async def instance_health(
        self, instance_id: InstanceId, zone: str, score: Callable[[int, int], float]
    ) -> Sequence[HealthDay]:
        return await self._database.read(
            lambda conn: (
                (analysis.instance_health(conn, instance_id, zone, self._now(), score))
                if ownership.owns_instance(conn, self._workspace_id, instance_id)
                else ()
            )
        )

    async def dashboard(self, zone: str) -> DashboardFacts:
        return await self._database.read(lambda conn: analysis.dashboard(conn, self._workspace_id, zone, self._now()))

    async def events_before(self, where: EventFilter, before: EventId | None, limit: int) -> Sequence[EventRow]:
        return await self._database.read(lambda conn: events.before(conn, self._workspace_id, where, before, limit))

    async def events_after(self, where: EventFilter, after: EventId, limit: int) -> Sequence[EventRow]:
        return await self._database.read(lambda conn: events.after(conn, self._workspace_id, where, after, limit))

    async def last_event_id(self) -> EventId:
        return await self._database.read(newest_event.last_id)

    async def last_event_at(self) -> datetime | None:
        """When the newest event happened; None before the first."""
        return await self._database.read(newest_event.last_at)

    async def contact_ids(self, where: ContactFilter, limit: int | None = None) -> Sequence[int]:
        return await self._database.read(lambda conn: people.ids(conn, self._workspace_id, where, self._now(), limit))

    async def contacts_of(self, ids: Sequence[int]) -> Sequence[Contact]:
        return await self._database.read(lambda conn: people.by_ids(conn, self._workspace_id, ids))

    async def contact_history(self, contact_id: ContactId) -> ContactHistory:
        return await self._database.read(lambda conn: people.history(conn, self._workspace_id, contact_id))

    async def contacts(self, tag: str | None, after: int | None, limit: int, text: str = "") -> Sequence[Contact]:
        return await self._database.read(lambda conn: contacts.page(conn, self._workspace_id, tag, after, limit, text))

    async def person_data(self, phone: str) -> Mapping[str, object]:
        """Everything that is kept about a person, ready for JSON. Raises `contact_not_found`."""

        def question(conn: sa.Connection) -> Mapping[str, object]:
            return person_data.document(
                conn, self._workspace_id, person.find(conn, self._workspace_id, phone), self._now()
            )

        return await self._database.read(question)

    async def contact_count(self) -> int:
        return await self._database.read(lambda conn: contacts.count(conn, self._workspace_id))

    async def tags(self) -> Sequence[tuple[str, int]]:
        return await self._database.read(lambda conn: contacts.tags(conn, self._workspace_id))

    async def custom_fields(self) -> Sequence[str]:
        return await self._database.read(lambda conn: contacts.custom_fields(conn, self._workspace_id))

    async def audience_size(self, audience: Audience, respect_opt_out: bool) -> tuple[int, int]:
        return await self._database.read(
            lambda conn: audiences.audience_size(conn, self._workspace_id, audience, respect_opt_out, self._now())
        )

    async def audience_sample(self, audience: Audience, limit: int) -> Sequence[Contact]:
        return await self._database.read(
            lambda conn: audiences.audience_sample(conn, self._workspace_id, audience, limit, self._now())
        )

    async def audience_lacking(self, audience: Audience, fields: Sequence[str]) -> Mapping[str, int]:
        """How many people of the audience have no value in each of the fields (`name`, `custom.KEY`)."""
        return await self._database.read(
            lambda conn: contacts.lacking(conn, self._workspace_id, audience, fields, self._now())
        )

    async def audience_talking(self, audience: Audience) -> int:
        """How many people of the audience who may be sent to wrote to us in the last day."""
        return await self._database.read(
            lambda conn: audiences.audience_talking(conn, self._workspace_id, audience, self._now())
        )

    async def audience_reached(self, campaign_id: CampaignId, audience: Audience) -> int:
        """How many people of the audience who may be sent to another run of the campaign has reached, or still may."""
        return await self._database.read(
            lambda conn: retry_runs.audience_reached(conn, self._workspace_id, campaign_id, audience, self._now())
        )

    async def audience_checks(self, audience: Audience, since: datetime) -> tuple[int, int]:
        """How many of the audience who may be sent to were found on WhatsApp at or after `since`, and how many not."""
        return await self._database.read(
            lambda conn: number_checks.of_audience(conn, self._workspace_id, audience, since, self._now())
        )

    async def audience_without_consent(self, audience: Audience) -> int | None:
        """How many of the audience are left out for want of a recorded consent; None when none is needed."""
        return await self._database.read(
            lambda conn: consents.without_consent(conn, self._workspace_id, audience, self._now())
        )

    async def segments(self) -> Sequence[Segment]:
        """By name."""
        return await self._database.read(lambda conn: segments.all_segments(conn, self._workspace_id))

    async def rules_size(self, rules: Group) -> tuple[int, int]:
        """How many people meet rules that need not be saved, and how many of them opted out."""
        return await self._database.read(
            lambda conn: audiences.rules_size(conn, self._workspace_id, rules, self._now())
        )

    async def rules_sample(self, rules: Group, limit: int) -> Sequence[Contact]:
        return await self._database.read(
            lambda conn: audiences.rules_sample(conn, self._workspace_id, rules, limit, self._now())
        )

    async def templates(self, waba_id: str | None = None) -> Sequence[MessageTemplate]:
        """The message templates of one account of the Cloud API, or of all (None), as they were read last."""
        return await self._database.read(lambda conn: provider.templates(conn, self._workspace_id, waba_id))

    async def number_facts(self, instance_id: InstanceId) -> NumberFacts | None:
        """What the provider said last of a number; None when it was never asked."""
        return await self._database.read(
            lambda conn: (
                (provider.number(conn, instance_id))
                if ownership.owns_instance(conn, self._workspace_id, instance_id)
                else None
            )
        )

    async def saved_messages(self, text: str = "", limit: int = 200) -> Sequence[SavedMessage]:
        """Entries of the message library in which each word of `text` occurs, those changed last first."""
        return await self._database.read(lambda conn: saved_messages.found(conn, self._workspace_id, text, limit))

    async def saved_message(self, name: str) -> SavedMessage:
        """One entry of the message library, by its name; KnownError `saved_message_not_found`."""
        return await self._database.read(lambda conn: saved_messages.named(conn, self._workspace_id, name))

    async def ai_proposed(self, campaign_id: CampaignId) -> Sequence[AiDraft]:
        """Proposals of an AI for a campaign that wait for a decision, newest first."""
        return await self._database.read(lambda conn: ai.proposed(conn, self._workspace_id, campaign_id))

    async def own_text_plan(self, campaign_id: CampaignId) -> OwnTextPlan | None:
        """What is to be written for each person of a campaign; None where nothing is."""
        return await self._database.read(lambda conn: own_texts.plan(conn, self._workspace_id, campaign_id))

    async def own_texts(
        self, campaign_id: CampaignId, where: OwnTextFilter, after: int | None, limit: int
    ) -> Sequence[OwnText]:
        """A page of a campaign's texts, ascending by id, behind `after`."""
        return await self._database.read(
            lambda conn: own_texts.page(conn, self._workspace_id, campaign_id, where, after, limit)
        )

    async def own_text_counts(self, campaign_id: CampaignId) -> OwnTextCounts:
        """How many of a campaign's texts are in each state."""
        return await self._database.read(lambda conn: own_texts.counts(conn, self._workspace_id, campaign_id))

    async def own_text_standing(self, campaign_id: CampaignId) -> OwnTextStanding | None:
        """How the texts stand towards the audience of now; None where the campaign has only its message."""
        return await self._database.read(
            lambda conn: own_texts.standing(conn, self._workspace_id, campaign_id, self._now())
        )

    async def own_texts_to_write(
        self, campaign_id: CampaignId, after: int, limit: int
    ) -> Sequence[tuple[int, Contact]]:
        """Whose text is still to be written, behind the text `after`: its id, and the person as they are now."""
        return await self._database.read(
            lambda conn: own_texts.to_write(conn, self._workspace_id, campaign_id, after, limit, self._now())
        )

    async def own_text_of(self, campaign_id: CampaignId, contact_id: ContactId) -> OwnText | None:
        """The text of one person in a campaign."""
        return await self._database.read(
            lambda conn: own_texts.of_contact(conn, self._workspace_id, campaign_id, contact_id)
        )

    async def own_text_of_recipient(self, recipient_id: RecipientId) -> str | None:
        """What a recipient alone gets, or got; None for the campaign's message."""
        return await self._database.read(lambda conn: own_texts.of_recipient(conn, self._workspace_id, recipient_id))

    async def ai_usage(self, since: datetime) -> AiUsage:
        """What was asked of an AI endpoint since a moment, and what that cost."""
        return await self._database.read(lambda conn: ai.usage(conn, self._workspace_id, since))

    async def media_in_use(self) -> set[str]:
        """The paths of all files that a campaign or a saved message needs."""
        return await self._database.read(lambda conn: media.paths(conn))

    async def written_by_portfolio(self, portfolio_id: str, since: datetime) -> Sequence[WrittenTo]:
        """Who was written to through all numbers of a portfolio since then, ascending."""
        return await self._database.read(
            lambda conn: reach.written_by_portfolio(conn, self._workspace_id, portfolio_id, since)
        )

    async def written_to_person(self, contact_id: ContactId, since: datetime) -> Sequence[tuple[InstanceId, datetime]]:
        """What left to one person since then, through which number and when, ascending."""
        return await self._database.read(
            lambda conn: reach.written_to_person(conn, self._workspace_id, contact_id, since)
        )

    async def histories(self, since: datetime) -> Mapping[InstanceId, NumberHistory]:
        """What a forecast needs to know of the past of each number, its days from `since` on."""
        return await self._database.read(lambda conn: reach.histories(conn, self._workspace_id, since, self._now()))

    async def reply_history(self, campaign_id: CampaignId | None, since: datetime) -> ReplyHistory:
        """What a forecast needs to know of replies to a campaign, from `since` on one by one, and to others."""
        return await self._database.read(
            lambda conn: reply_history.reply_history(conn, self._workspace_id, campaign_id, since)
        )

    async def running_campaigns(self) -> Sequence[CampaignSummary]:
        """The campaigns that run, newest first."""
        return await self._database.read(lambda conn: campaigns.running(conn, self._workspace_id))

    async def last_retry_at(self, campaign_id: CampaignId) -> datetime | None:
        """When the last of a campaign's people is due who are tried again; None when nobody is."""
        return await self._database.read(
            lambda conn: (
                remaining.last_retry_at(conn, campaign_id)
                if ownership.owns_campaign(conn, self._workspace_id, campaign_id)
                else None
            )
        )

    async def waiting_zones(self, campaign_id: CampaignId) -> Sequence[tuple[str, int]]:
        """In which time zones those live who wait to be written to, and how many; "" where none is known."""
        return await self._database.read(
            lambda conn: (
                remaining.zones(conn, campaign_id)
                if ownership.owns_campaign(conn, self._workspace_id, campaign_id)
                else []
            )
        )

    async def audience_areas(self, audience: Audience) -> Mapping[str, int]:
        """How many of the audience who may be sent to live where, by the first five signs of their phones."""
        return await self._database.read(lambda conn: remaining.areas(conn, self._workspace_id, audience, self._now()))

    async def credits(self) -> Credits:
        """The budget, and what its present month has spent, if anything is limited."""
        return await self._database.read(lambda conn: credits.of_month(conn, self._workspace_id, self._now()))

    async def months_spent(self, n: int) -> Sequence[MonthSpent]:
        """What the last `n` calendar months of the budget's zone have spent, ascending, the present one last."""
        return await self._database.read(lambda conn: credits.by_month(conn, self._workspace_id, self._now(), n))

    async def campaign_spent(self, campaign_id: CampaignId) -> Sequence[CategorySpent]:
        """What a campaign has cost, by category and market, the dearest first."""
        return await self._database.read(lambda conn: credits.of_campaign(conn, self._workspace_id, campaign_id))

    async def phone_prefixes(self, audience: Audience) -> Mapping[str, int]:
        """How many people of the audience who may be sent to have phones that begin with the same four signs."""
        return await self._database.read(
            lambda conn: credits.phone_prefixes(conn, self._workspace_id, audience, self._now())
        )

    async def setting(self, key: str) -> object | None:
        which = {"of_workspace": self._workspace_id, "of_key": key}
        return await self._database.read(lambda conn: conn.execute(_SETTING, which).scalar())
