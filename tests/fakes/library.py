"""Stand-in for the questions of the screens, answered from samples."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TypeVar

from desktop.content.facts import ContactFacts
from desktop.domain.analysis import CampaignAnalysis, DashboardFacts, Flow, HealthDay
from desktop.domain.budget import Budget, CategorySpent, MonthSpent, Spent
from desktop.domain.campaign import Audience, AudienceKind, Campaign, CampaignStatus
from desktop.domain.consent import NEEDS_CONSENT
from desktop.domain.contact import Contact, ContactFilter, ContactHistory, ContactOrder
from desktop.domain.errors import KnownError
from desktop.domain.events import SEVERITY_RANK
from desktop.domain.ids import CampaignId, ContactId, EventId, InstanceId, RecipientId, WorkspaceId
from desktop.domain.own_text import OwnTextStanding
from desktop.domain.proof import RecipientFacts
from desktop.domain.saved_message import SavedMessage, folded, searchable
from desktop.domain.segment import Consent, Group, Segment, TagRule
from desktop.domain.summaries import (
    AttemptRow,
    CampaignCounts,
    CampaignSummary,
    ChartSeries,
    EventFilter,
    EventRow,
    InstanceSummary,
    RecipientRow,
)
from desktop.domain.template import MessageTemplate
from desktop.engine.ports import Credits
from tests.fakes import samples

T = TypeVar("T")


class FakeLibrary:
    """Answers from samples; `asked` counts the questions by name."""

    def __init__(self, *, recipients: int = 100_000, is_empty: bool = False) -> None:
        self.rows: dict[CampaignId, CampaignSummary] = {}
        self.numbers: list[InstanceSummary] = []
        self.people: list[Contact] = []
        self.recipient_count = 0 if is_empty else recipients
        self.event_count = 0 if is_empty else 100_000
        self.changed_recipients: dict[RecipientId, RecipientRow] = {}
        self.settings: dict[str, object] = {}
        self.saved_segments: dict[str, Segment] = {}
        self.facts: Sequence[RecipientFacts] = ()
        self.days: dict[InstanceId, Sequence[tuple[date, int]]] = {}
        self.saved: list[SavedMessage] = []
        self.message_templates: list[MessageTemplate] = []
        self.asked: dict[str, int] = {}
        self.health: Sequence[tuple[date, Flow]] = ()
        self.budget = Budget()
        self.spent: Sequence[MonthSpent] = ()
        self.costs: Sequence[CategorySpent] = ()
        self.own_texts_of: dict[RecipientId, str] = {}
        self.own_text_standings: dict[CampaignId, OwnTextStanding] = {}
        if not is_empty:
            self.rows = {row.id: row for row in samples.campaigns()}
            self.numbers = samples.instances()
            self.people = samples.contacts(400)

    async def credits(self) -> Credits:
        self._note("credits")
        return Credits(self.budget, self.spent[-1].spent if self.spent else Spent())

    async def months_spent(self, n: int) -> Sequence[MonthSpent]:
        self._note("months_spent")
        return self.spent[-n:] or (MonthSpent(samples.NOW.date().replace(day=1), Spent()),)

    async def campaign_spent(self, campaign_id: CampaignId) -> Sequence[CategorySpent]:
        self._note("campaign_spent")
        return self.costs

    async def phone_prefixes(self, audience: Audience) -> Mapping[str, int]:
        self._note("phone_prefixes")
        return {"+551": len(self.people)}

    def _note(self, name: str) -> None:
        self.asked[name] = self.asked.get(name, 0) + 1

    async def campaigns(self) -> Sequence[CampaignSummary]:
        self._note("campaigns")
        return sorted(self.rows.values(), key=lambda row: -row.id)

    async def running_campaigns(self) -> Sequence[CampaignSummary]:
        self._note("running_campaigns")
        return [row for row in await self.campaigns() if row.status is CampaignStatus.RUNNING]

    async def campaign(self, campaign_id: CampaignId) -> CampaignSummary:
        self._note("campaign")
        if campaign_id not in self.rows:
            raise KnownError("campaign_not_found", f"There is no campaign {campaign_id}.")
        return self.rows[campaign_id]

    async def draft(self, campaign_id: CampaignId) -> Campaign:
        row = await self.campaign(campaign_id)
        return Campaign(
            row.id, WorkspaceId(1), row.status, row.reason, row.draft, row.created_at, row.updated_at, row.started_at
        )

    def _recipient(self, number: int) -> RecipientRow:
        return self.changed_recipients.get(RecipientId(number)) or samples.recipient(number)

    async def recipients(
        self, campaign_id: CampaignId, status: str | None, after: RecipientId | None, limit: int, text: str = ""
    ) -> Sequence[RecipientRow]:
        self._note("recipients")
        found: list[RecipientRow] = []
        for number in range((after or 0) + 1, self.recipient_count + 1):
            row = self._recipient(number)
            if status is not None and row.status != status:
                continue
            if text and text.casefold() not in row.name.casefold() and text not in row.phone:
                continue
            found.append(row)
            if len(found) == limit:
                break
        return found

    async def own_text_of_recipient(self, recipient_id: RecipientId) -> str | None:
        return self.own_texts_of.get(recipient_id)

    async def attempts(self, recipient_id: RecipientId) -> Sequence[AttemptRow]:
        self._note("attempts")
        return samples.attempts(recipient_id)

    async def proof(self, campaign_id: CampaignId, read: Callable[[CampaignSummary, Iterator[RecipientFacts]], T]) -> T:
        self._note("proof")
        return read(await self.campaign(campaign_id), iter(self.facts or samples.proof_facts(self.recipient_count)))

    async def campaign_series(self, campaign_id: CampaignId, max_buckets: int) -> ChartSeries:
        self._note("campaign_series")
        if not self.rows[campaign_id].counts.left:
            return ChartSeries(60, (), {})
        return samples.series(min(max_buckets, 150))

    async def campaign_analysis(self, campaign_id: CampaignId, zone: str) -> CampaignAnalysis:
        self._note("campaign_analysis")
        return samples.analysis(self.rows[campaign_id].counts, zone)

    async def dashboard(self, zone: str) -> DashboardFacts:
        self._note("dashboard")
        return samples.dashboard(list(self.rows.values()))

    async def campaign_by_instance(self, campaign_id: CampaignId) -> Sequence[tuple[str, CampaignCounts]]:
        counts = self.rows[campaign_id].counts
        shares = {"vendas-1": 0.46, "vendas-2": 0.37, "suporte": 0.17}
        names = self.rows[campaign_id].instance_names
        return [
            (
                name,
                CampaignCounts(
                    sent=round(counts.sent * shares.get(name, 0.1)),
                    delivered=round(counts.delivered * shares.get(name, 0.1)),
                    read=round(counts.read * shares.get(name, 0.1)),
                    failed=round(counts.failed * shares.get(name, 0.1)),
                ),
            )
            for name in names
        ]

    async def saved_messages(self, text: str = "", limit: int = 200) -> Sequence[SavedMessage]:
        self._note("saved_messages")
        words = folded(text).split()
        found = [each for each in self.saved if all(word in searchable(each.name, each.messages) for word in words)]
        return found[:limit]

    async def templates(self, waba_id: str | None = None) -> Sequence[MessageTemplate]:
        self._note("templates")
        return [each for each in self.message_templates if waba_id in (None, each.waba_id)]

    async def audience_lacking(self, audience: Audience, fields: Sequence[str]) -> Mapping[str, int]:
        self._note("audience_lacking")
        facts = [ContactFacts(each.phone, each.name, each.custom) for each in self.people]
        return {name: sum(not each.value(name) for each in facts) for name in fields}

    async def instances(self) -> Sequence[InstanceSummary]:
        return list(self.numbers)

    async def sent_by_day(self, instance_id: InstanceId, timezone: str, since: datetime) -> Sequence[tuple[date, int]]:
        self._note("sent_by_day")
        return [(day, n) for day, n in self.days.get(instance_id, ()) if day >= since.date()]

    async def instance_health(
        self, instance_id: InstanceId, zone: str, score: Callable[[int, int], float]
    ) -> Sequence[HealthDay]:
        self._note("instance_health")
        return [
            HealthDay(day, flow, score(flow.sent, flow.failed) if flow.sent else None, int(flow.failed > flow.sent))
            for day, flow in self.health
        ]

    async def instance_series(self, instance_id: InstanceId, since: datetime, max_buckets: int) -> ChartSeries:
        return samples.series(min(max_buckets, 96), 900)

    def _events(self, where: EventFilter, numbers: range, limit: int) -> Sequence[EventRow]:
        found: list[EventRow] = []
        for number in numbers:
            row = samples.event_row(number)
            if (where.types and row.type not in where.types) or (
                SEVERITY_RANK[row.severity] < SEVERITY_RANK[where.min_severity]
            ):
                continue
            if where.text and where.text.casefold() not in f"{row.contact} {row.phone} {row.campaign}".casefold():
                continue
            found.append(row)
            if len(found) == limit:
                break
        return found

    async def events_before(self, where: EventFilter, before: EventId | None, limit: int) -> Sequence[EventRow]:
        return self._events(where, range((before or self.event_count + 1) - 1, 0, -1), limit)

    async def events_after(self, where: EventFilter, after: EventId, limit: int) -> Sequence[EventRow]:
        return self._events(where, range(after + 1, self.event_count + 1), limit)

    async def last_event_id(self) -> EventId:
        return EventId(self.event_count)

    async def contact_ids(self, where: ContactFilter, limit: int | None = None) -> Sequence[int]:
        found = list(await self.contacts(where.tag, None, 10**6, where.text))
        if where.consent is not None:
            found = [each for each in found if (each.opted_out_at is None) != (where.consent is Consent.OPTED_OUT)]
        if where.rules is not None:
            met = self._meeting(where.rules)
            found = [each for each in found if each in met]
        if where.order is ContactOrder.NAME:
            found.sort(key=lambda each: (each.name, each.id))
        elif where.order is ContactOrder.PHONE:
            found.sort(key=lambda each: each.phone)
        if where.is_descending:
            found.reverse()
        return [person.id for person in found[:limit]]

    async def contacts_of(self, ids: Sequence[int]) -> Sequence[Contact]:
        found = {person.id: person for person in self.people}
        return [found[ContactId(contact_id)] for contact_id in ids if contact_id in found]

    async def contact_history(self, contact_id: ContactId) -> ContactHistory:
        (person,) = await self.contacts_of([contact_id])
        return samples.history(person)

    async def contacts(self, tag: str | None, after: int | None, limit: int, text: str = "") -> Sequence[Contact]:
        wanted = text.casefold()
        found = [
            person
            for person in self.people
            if person.id > (after or 0)
            and (tag is None or tag in person.tags)
            and (wanted in person.name.casefold() or wanted in person.phone)
        ]
        return found[:limit]

    async def contact_count(self) -> int:
        return len(self.people)

    async def tags(self) -> Sequence[tuple[str, int]]:
        counts: dict[str, int] = {}
        for person in self.people:
            for tag in person.tags:
                counts[tag] = counts.get(tag, 0) + 1
        return sorted(counts.items(), key=lambda pair: -pair[1])

    async def custom_fields(self) -> Sequence[str]:
        return ("cidade",) if self.people else ()

    async def segments(self) -> Sequence[Segment]:
        return sorted(self.saved_segments.values(), key=lambda each: each.name)

    def _meeting(self, rules: Group) -> list[Contact]:
        """Whoever has all tags of the rules, which is all that is understood here."""
        self._note("rules")
        tags = {rule.tag for rule in rules.rules if isinstance(rule, TagRule)}
        return [person for person in self.people if tags <= set(person.tags)]

    async def rules_size(self, rules: Group) -> tuple[int, int]:
        found = self._meeting(rules)
        return len(found), sum(person.opted_out_at is not None for person in found)

    async def rules_sample(self, rules: Group, limit: int) -> Sequence[Contact]:
        return self._meeting(rules)[:limit]

    def _audience(self, audience: Audience) -> list[Contact]:
        match audience.kind:
            case AudienceKind.TAGS:
                return [person for person in self.people if set(person.tags) & set(audience.values)]
            case AudienceKind.PHONES:
                return [person for person in self.people if person.phone in audience.values]
            case _:
                return self.people

    async def audience_size(self, audience: Audience, respect_opt_out: bool) -> tuple[int, int]:
        chosen = self._audience(audience)
        out = sum(person.opted_out_at is not None for person in chosen)
        return len(chosen) - out, out

    async def own_text_standing(self, campaign_id: CampaignId) -> OwnTextStanding | None:
        return self.own_text_standings.get(campaign_id)

    async def audience_without_consent(self, audience: Audience) -> int | None:
        if not self.settings.get(NEEDS_CONSENT):
            return None
        return sum(person.opted_out_at is None and not person.is_consented for person in self._audience(audience))

    async def audience_sample(self, audience: Audience, limit: int) -> Sequence[Contact]:
        return self._audience(audience)[:limit]

    async def setting(self, key: str) -> object | None:
        return self.settings.get(key)
