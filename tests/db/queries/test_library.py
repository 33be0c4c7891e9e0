"""The questions of the screens, asked of a small world."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from db.queries.library import SqlLibrary
from db.queries.series import bucket_width_s
from desktop.domain.campaign import Audience, AudienceKind, CampaignAction, CampaignStatus
from desktop.domain.contact import NewContact
from desktop.domain.errors import KnownError
from desktop.domain.events import EventType, Severity
from desktop.domain.ids import CampaignId, EventId, InstanceId
from desktop.domain.outcome import Accepted, ErrorClass, NotSent, Rejected
from desktop.domain.receipt import ReceiptKind, Reply
from desktop.domain.recipient import RecipientStatus
from desktop.domain.summaries import CampaignCounts, EventFilter
from tests.db.world import World, draft, phone


@pytest.fixture
def library(world: World) -> SqlLibrary:
    return SqlLibrary(world.database, world.workspace_id, lambda: world.now)


async def test_campaigns_come_newest_first_with_their_counts(world: World, library: SqlLibrary) -> None:
    older = await world.started()
    newer = await world.campaigns.save_draft(None, draft("Draft", instances=("two",)), world.now)
    people = await world.waiting(older)
    await world.send(people[0], "M1")
    await world.receipt("M1", ReceiptKind.READ)
    first, second = await library.campaigns()
    assert (first.id, first.status, first.counts, first.instance_names) == (
        newer,
        CampaignStatus.DRAFT,
        CampaignCounts(),
        ("two",),
    )
    assert (second.id, second.counts) == (older, CampaignCounts(pending=4, read=1))
    assert second.instance_names == ("one", "two")
    assert await library.campaign(older) == second


async def test_a_campaign_that_is_not_there_is_a_known_error(library: SqlLibrary) -> None:
    with pytest.raises(KnownError) as refusal:
        await library.campaign(CampaignId(99))
    assert refusal.value.code == "campaign_not_found"


async def test_the_rate_is_of_the_last_minutes_of_activity(world: World, library: SqlLibrary) -> None:
    await world.add_people(5, 40)
    campaign_id = await world.started()
    people = await world.waiting(campaign_id)
    for number in range(30):
        await world.send(people[number], f"M{number}")
        world.later(10)
    # From the first to the last of them it took 291 seconds.
    assert (await library.campaign(campaign_id)).per_minute == pytest.approx(30 / 291 * 60)
    world.later(3600)
    assert (await library.campaign(campaign_id)).per_minute == pytest.approx(30 / 291 * 60)


async def test_one_message_is_one_a_minute(world: World, library: SqlLibrary) -> None:
    await world.add_people(1, 40)
    campaign_id = await world.started()
    await world.send((await world.waiting(campaign_id))[0], "M")
    assert (await library.campaign(campaign_id)).per_minute == pytest.approx(1.0)


async def test_the_series_has_every_bucket_and_the_totals_of_the_counts(world: World, library: SqlLibrary) -> None:
    await world.add_people(5, 12)
    campaign_id = await world.started()
    people = await world.waiting(campaign_id)
    for number, candidate in enumerate(people[:10]):
        await world.send(candidate, f"M{number}", "one" if number % 2 else "two")
        world.later(37)
    await world.receipt("M3", ReceiptKind.READ)
    series = await library.campaign_series(campaign_id, 10)
    assert len(series.start_s) <= 10
    assert [b - a for a, b in zip(series.start_s, series.start_s[1:], strict=False)] == [series.bucket_s] * (
        len(series.start_s) - 1
    )
    assert {kind: sum(values) for kind, values in series.counts.items()} == {
        "sent": 10,
        "delivered": 1,
        "read": 1,
        "failed": 0,
    }
    assert all(len(values) == len(series.start_s) for values in series.counts.values())
    of_one = await library.instance_series(world.numbers["one"].id, world.now - timedelta(days=1), 10)
    assert sum(of_one.counts["sent"]) == 5
    by_instance = dict(await library.campaign_by_instance(campaign_id))
    assert (by_instance["one"].sent, by_instance["two"].sent, by_instance["one"].read + by_instance["two"].read) == (
        5 - by_instance["one"].read,
        5 - by_instance["two"].read,
        1,
    )


@pytest.mark.parametrize(("apart_s", "width_s"), [(1, 1), (400, 300), (30 * 3600, 86_400)])
async def test_short_and_long_campaigns_add_up_alike(
    world: World, library: SqlLibrary, apart_s: int, width_s: int
) -> None:
    campaign_id = await world.started()
    for number, candidate in enumerate(await world.waiting(campaign_id)):
        await world.send(candidate, f"M{number}")
        world.later(apart_s)
    series = await library.campaign_series(campaign_id, 6)
    assert (series.bucket_s, sum(series.counts["sent"])) == (width_s, 5)


async def test_a_campaign_in_which_nothing_happened_has_an_empty_series(world: World, library: SqlLibrary) -> None:
    series = await library.campaign_series(await world.started(), 100)
    assert (series.start_s, series.counts["sent"]) == ((), ())


@pytest.mark.parametrize(("span_s", "buckets"), [(0, 1), (59, 6), (3600, 60), (86_400 * 400, 30), (5, 1)])
def test_a_width_is_found_for_every_span(span_s: int, buckets: int) -> None:
    first = 1_764_000_000
    width = bucket_width_s(first, first + span_s, buckets)
    assert (first + span_s) // width - first // width < buckets


async def test_recipients_come_in_pages_by_status_and_text(world: World, library: SqlLibrary) -> None:
    campaign_id = await world.started()
    people = await world.waiting(campaign_id)
    await world.send(people[1], "M1")
    first = await library.recipients(campaign_id, None, None, 2)
    second = await library.recipients(campaign_id, None, first[-1].id, 10)
    assert [row.id for row in [*first, *second]] == [candidate.id for candidate in people]
    [sent] = await library.recipients(campaign_id, "sent", None, 10)
    assert (sent.phone, sent.name, sent.instance, sent.message_id, sent.attempts) == (
        phone(1),
        "Person 1",
        "one",
        "M1",
        1,
    )
    assert [row.name for row in await library.recipients(campaign_id, None, None, 10, "PERSON 3")] == ["Person 3"]
    assert [row.phone for row in await library.recipients(campaign_id, None, None, 10, "9000 00004")] == [phone(4)]
    assert await library.recipients(campaign_id, None, None, 10, "%") == []


async def test_attempts_tell_what_the_gateway_said(world: World, library: SqlLibrary) -> None:
    candidate = (await world.waiting(await world.started()))[0]
    refused = Rejected(ErrorClass.TRANSIENT, "connection_closed", "Connection Closed", 500)
    await world.settle(candidate, refused, RecipientStatus.RETRYING, "connection_closed")
    await world.send(replace(candidate, attempts=1), "M1", "two")
    first, second = await library.attempts(candidate.id)
    assert (first.number, first.instance, first.outcome, first.code, first.http_status, first.text) == (
        1,
        "one",
        "rejected",
        "connection_closed",
        500,
        "Connection Closed",
    )
    assert (second.number, second.instance, second.outcome, second.duration_ms) == (2, "two", "accepted", 120)


async def test_an_instance_card_counts_its_own_day_and_only_its_own_errors(world: World, library: SqlLibrary) -> None:
    campaign_id = await world.started()
    people = await world.waiting(campaign_id)
    await world.send(people[0], "M0")
    world.later(60)
    one = (await library.instances())[0]
    assert (one.sent_today, one.sent_last_minute, one.sent_last_hour, one.consecutive_errors) == (1, 1, 1, 0)
    world.later(30)
    await world.settle(people[1], NotSent("unreachable"), RecipientStatus.RETRYING, "unreachable")
    world.later(1)
    bad_contact = Rejected(ErrorClass.RECIPIENT_PERMANENT, "not_on_whatsapp")
    await world.settle(people[2], bad_contact, RecipientStatus.FAILED, "not_on_whatsapp")
    one, two = await library.instances()
    assert (one.consecutive_errors, one.last_error, one.failed_today, one.sent_last_minute) == (1, "unreachable", 1, 0)
    assert (one.running_campaigns, two.running_campaigns, two.sent_today) == (1, 1, 0)
    # Noon in UTC is nine o'clock in São Paulo: its midnight comes at 03:00 UTC.
    world.later(15 * 3600)
    assert (await library.instances())[0].sent_today == 0


async def test_the_timeline_pages_in_both_directions_without_gap_or_repetition(
    world: World, library: SqlLibrary
) -> None:
    campaign_id = await world.started()
    for number, candidate in enumerate(await world.waiting(campaign_id)):
        await world.send(candidate, f"M{number}")
    last = await library.last_event_id()
    where = EventFilter()
    backwards: list[int] = []
    before: EventId | None = None
    while rows := await library.events_before(where, before, 3):
        backwards += [row.id for row in rows]
        before = rows[-1].id
    assert backwards == list(range(last, 0, -1))
    forwards: list[int] = []
    after = EventId(0)
    while rows := await library.events_after(where, after, 4):
        forwards += [row.id for row in rows]
        after = rows[-1].id
    assert forwards == backwards[::-1]


async def test_the_timeline_filters(world: World, library: SqlLibrary) -> None:
    campaign_id = await world.started()
    people = await world.waiting(campaign_id)
    await world.send(people[0], "M0")
    world.later(7200)
    await world.settle(people[1], NotSent("dns"), RecipientStatus.RETRYING, "dns")

    async def types(**filters: object) -> list[str]:
        rows = await library.events_before(EventFilter(**filters), None, 100)  # type: ignore[arg-type]
        return [row.type for row in rows]

    assert await types(types=("message_sent", "started")) == ["message_sent", "started"]
    assert await types(min_severity=Severity.WARNING) == ["retry_scheduled"]
    assert await types(min_severity=Severity.ERROR) == []
    assert "instance_selected" not in await types(min_severity=Severity.INFO)
    assert await types(recipient_id=people[0].id) == ["message_sent", "instance_selected"]
    assert await types(campaign_id=CampaignId(99)) == []
    assert await types(since=world.now - timedelta(minutes=1)) == ["retry_scheduled", "instance_selected"]
    assert "retry_scheduled" not in await types(until=world.now - timedelta(minutes=1))
    assert await types(text="person 1", min_severity=Severity.INFO) == ["retry_scheduled"]
    assert await types(text="dns") == ["retry_scheduled"]
    assert len(await types(text="black friday", types=("started",))) == 1
    [row] = await library.events_before(EventFilter(types=("message_sent",)), None, 1)
    assert (row.campaign, row.instance, row.contact, row.phone) == ("Black Friday", "one", "Person 0", phone(0))


async def test_the_timeline_tells_what_happened_to_one_person(world: World, library: SqlLibrary) -> None:
    await world.started()
    people = await world.waiting(await world.started())
    await world.send(people[0], "M0")
    await world.send(people[1], "M1")
    [first, _second] = await library.contacts(None, None, 2)

    async def types(**filters: object) -> list[str]:
        where = EventFilter(contact_id=first.id, **filters)  # type: ignore[arg-type]
        return [row.type for row in await library.events_before(where, None, 100)]

    assert await types() == ["message_sent", "instance_selected"]
    assert await types(types=("message_sent",)) == ["message_sent"]
    assert await types(min_severity=Severity.INFO) == ["message_sent"]
    assert await types(text="black friday") == ["message_sent", "instance_selected"]
    assert await types(text="nothing like it") == []
    assert await types(campaign_id=CampaignId(99)) == []
    assert await types(since=world.now + timedelta(hours=2)) == []
    newest = (await library.events_before(EventFilter(contact_id=first.id), None, 1))[0]
    assert await library.events_after(EventFilter(contact_id=first.id), newest.id, 10) == []
    stranger = SqlLibrary(world.database, type(world.workspace_id)(2), lambda: world.now)
    assert await stranger.events_before(EventFilter(contact_id=first.id), None, 10) == []


async def test_events_of_a_deleted_campaign_stay(world: World, library: SqlLibrary) -> None:
    campaign_id = await world.started()
    await world.ledger.act(campaign_id, CampaignAction.CANCEL, world.now, "operator", "ana")
    await world.campaigns.delete(campaign_id, world.now, "ana")
    [row] = await library.events_before(EventFilter(types=("deleted",)), None, 10)
    assert (row.campaign_id, row.campaign, row.operator) == (campaign_id, "Black Friday", "ana")
    assert await library.campaigns() == []


async def test_contacts_tags_and_fields(world: World, library: SqlLibrary) -> None:
    assert [each.name for each in await library.contacts(None, None, 2)] == ["Person 0", "Person 1"]
    [person] = await library.contacts("vip", 2, 10)
    assert (person.name, person.tags, person.custom) == ("Person 3", ("vip",), {"city": "Rio"})
    assert [each.name for each in await library.contacts(None, None, 10, "person 2")] == ["Person 2"]
    assert (await library.contact_count(), await library.tags(), await library.custom_fields()) == (
        5,
        [("vip", 2)],
        ["city"],
    )


async def test_the_size_of_an_audience_is_what_a_start_will_find(world: World, library: SqlLibrary) -> None:
    await world.contacts.opt_out(phone(1), world.now)
    everybody = Audience(AudienceKind.ALL)
    tagged = Audience(AudienceKind.TAGS, ("vip", "nobody has this"))
    listed = Audience(AudienceKind.PHONES, (phone(1), phone(2), phone(77), phone(77)))
    assert await library.audience_size(everybody, True) == (4, 1)
    assert await library.audience_size(everybody, False) == (4, 0)
    assert await library.audience_size(tagged, True) == (1, 1)
    assert await library.audience_size(listed, True) == (2, 1)
    assert [person.name for person in await library.audience_sample(tagged, 10)] == ["Person 3"]
    for audience in (everybody, tagged, listed):
        campaign_id = await world.started(audience=audience)
        counts = await world.ledger.counts(campaign_id)
        expected = (await library.audience_size(audience, True)) if audience is not everybody else (4, 1)
        assert (counts.pending, counts.skipped) == expected


async def test_people_without_a_value_are_counted(world: World, library: SqlLibrary) -> None:
    await world.contacts.upsert([NewContact(phone(50), "", (), {"city": " "})], world.now, 99)
    found = await library.audience_lacking(Audience(AudienceKind.ALL), ["name", "custom.city", "custom.plan"])
    assert found == {"name": 1, "custom.city": 1, "custom.plan": 6}


async def test_who_wrote_in_the_last_day_is_counted(world: World, library: SqlLibrary) -> None:
    everybody = Audience(AudienceKind.ALL)
    candidate = (await world.waiting(await world.started()))[0]
    await world.settle(candidate, Accepted("m-1"), RecipientStatus.SENT)
    assert await library.audience_talking(everybody) == 0
    await world.ledger.apply_reply(
        Reply(InstanceId(1), "r-1", candidate.phone.strip("+"), candidate.phone, "Oi", world.now), False
    )
    assert await library.audience_talking(everybody) == 1
    world.now += timedelta(hours=25)
    assert await library.audience_talking(everybody) == 0


async def test_a_page_of_a_campaign_shows_nothing_of_another_workspace(world: World, library: SqlLibrary) -> None:
    campaign_id = await world.started()
    stranger = SqlLibrary(world.database, type(world.workspace_id)(2), lambda: world.now)
    assert await stranger.recipients(campaign_id, None, None, 10) == []
    assert await stranger.campaigns() == []
    assert await stranger.events_before(EventFilter(), None, 10) == []
    assert EventType.STARTED in [row.type for row in await library.events_before(EventFilter(), None, 10)]


async def test_days_of_a_number_are_counted_on_its_own_calendar(world: World, library: SqlLibrary) -> None:
    people = await world.waiting(await world.started())
    world.now = datetime(2026, 3, 10, 1, 30, tzinfo=UTC)  # the evening of the 9th in São Paulo
    await world.send(people[0], "M1")
    await world.settle(people[1], Rejected(ErrorClass.RECIPIENT_PERMANENT, "no"), RecipientStatus.FAILED, "no")
    world.now = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
    await world.send(people[2], "M2")
    await world.claim(people[3])  # under way: it may have left
    one, since = world.numbers["one"].id, world.now - timedelta(days=30)
    assert await library.sent_by_day(one, "America/Sao_Paulo", since) == [(date(2026, 3, 9), 1), (date(2026, 3, 10), 2)]
    assert await library.sent_by_day(one, "UTC", since) == [(date(2026, 3, 10), 3)]
    assert await library.sent_by_day(one, "UTC", world.now) == [(date(2026, 3, 10), 2)]
