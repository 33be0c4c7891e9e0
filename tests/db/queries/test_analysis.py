"""Every answer of an analysis against figures that were computed by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from db.queries import analysis
from db.queries.library import SqlLibrary
from desktop.domain.analysis import (
    CampaignAnalysis,
    Flow,
    delivery_rate,
    read_rate,
    reply_rate,
    success_rate,
)
from desktop.domain.campaign import MessageDraft
from desktop.domain.errors import KnownError
from desktop.domain.events import EventType, NewEvent
from desktop.domain.ids import CampaignId, WorkspaceId
from desktop.domain.outcome import Absent, Accepted, ErrorClass, Found, NotSent, Rejected, Unknown
from desktop.domain.receipt import ReceiptKind, Reply
from desktop.domain.recipient import RecipientStatus
from tests.db.test_statements import plan_of
from tests.db.world import World, draft, phone

SAO_PAULO = "America/Sao_Paulo"  # three hours behind UTC: 12:00 is 9:00
ROUTE_LOST = Rejected(ErrorClass.TRANSIENT, "connection_closed")
NOBODY = Rejected(ErrorClass.RECIPIENT_PERMANENT, "not_on_whatsapp")


@pytest.fixture
async def campaign_id(world: World) -> CampaignId:
    """Ten people. Six sent (one at the second try, one found later), two failed, one retrying, one pending.

    Monday 2026-11-23, from 9:00 in São Paulo. Durations of the accepted: 100, 200, 300, 400, 12_345 ms, and one that
    nobody measured.
    """
    await world.add_people(5, 10)
    campaign_id = await world.started(messages=(MessageDraft("Olá", 2), MessageDraft("Oi", 1)))
    people = await world.waiting(campaign_id)
    for number, (duration_ms, instance) in enumerate([(100, "one"), (200, "one"), (300, "two")]):
        await sent(world, people[number], f"M{number}", duration_ms, instance)
    # The fourth at the second try, an hour later.
    await world.settle(people[3], ROUTE_LOST, RecipientStatus.RETRYING, "connection_closed", "two")
    world.later(3600)
    (again,) = await world.ledger.due_retries(campaign_id, world.now, 10)
    await sent(world, again, "M3", 400, "one")
    # The fifth the next day, slowly; the sixth in doubt, and found.
    world.later(86_400)
    await sent(world, people[4], "M4", 12_345, "two")
    await world.settle(people[5], Unknown("timeout"), RecipientStatus.IN_DOUBT, "answer_lost", "two")
    await world.settle(people[6], NOBODY, RecipientStatus.FAILED, "not_on_whatsapp")
    await world.settle(people[7], NOBODY, RecipientStatus.FAILED, "not_on_whatsapp")
    await world.settle(people[8], NotSent("dns"), RecipientStatus.RETRYING, "dns")
    (doubt,) = await world.ledger.doubts(10)
    await world.ledger.record_verdict(doubt, Found("M5", None, None), world.now)
    for message in ("M0", "M1", "M2", "M3"):
        await world.receipt(message, ReceiptKind.DELIVERED)
    for message in ("M0", "M1"):
        await world.receipt(message, ReceiptKind.READ)
    await world.ledger.apply_reply(
        Reply(world.numbers["one"].id, "IN", f"{phone(0)}@x", phone(0), "", world.now), is_opt_out=False
    )
    return campaign_id


async def sent(world: World, person: object, message_id: str, duration_ms: int, instance: str) -> None:
    attempt_id, _ = await world.claim(person, instance)  # type: ignore[arg-type]
    assert attempt_id is not None
    settlement = world.settlement(
        attempt_id,
        person,
        Accepted(message_id, None, 201),
        RecipientStatus.SENT,
        None,
        instance,  # type: ignore[arg-type]
    )
    await world.ledger.settle(replace(settlement, duration_ms=duration_ms))


async def analysed(world: World, campaign_id: CampaignId, zone: str = SAO_PAULO) -> CampaignAnalysis:
    return await SqlLibrary(world.database, world.workspace_id, lambda: world.now).campaign_analysis(campaign_id, zone)


async def test_rates_are_those_of_their_definitions(world: World, campaign_id: CampaignId) -> None:
    counts = (await analysed(world, campaign_id)).counts
    assert (counts.sent, counts.delivered, counts.read, counts.failed, counts.replied) == (2, 2, 2, 2, 1)
    assert success_rate(counts) == 6 / 8
    assert delivery_rate(counts) == 4 / 6
    assert read_rate(counts) == 2 / 4
    assert reply_rate(counts) == 1 / 6


async def test_send_times_are_of_the_accepted_attempts_whose_answer_came(world: World, campaign_id: CampaignId) -> None:
    times = (await analysed(world, campaign_id)).times
    assert times is not None
    assert (times.n, times.least_ms, times.most_ms) == (5, 100, 12_345)
    assert times.average_ms == (100 + 200 + 300 + 400 + 12_345) / 5
    assert times.p95_ms == 12_300, "the fifth of five, to the tenth of a second above ten seconds"


async def test_errors_are_shares_of_the_attempts_that_were_not_accepted(world: World, campaign_id: CampaignId) -> None:
    errors = (await analysed(world, campaign_id)).errors
    assert [(error.code, error.n, error.share) for error in errors] == [
        ("not_on_whatsapp", 2, 0.5),
        ("connection_closed", 1, 0.25),
        ("dns", 1, 0.25),
    ]
    assert errors[0].error_class == "recipient_permanent"


async def test_the_ten_commonest_errors_are_listed_with_their_share_of_all(world: World) -> None:
    """Twelve codes: the first 3 times, the second twice, ten more once: 15 in all. The last two are left out."""
    codes = ["b_thrice", "a_twice", *[f"once_{n:02}" for n in range(10)]]
    times = [3, 2, *[1] * 10]
    await world.add_people(5, 15)
    campaign_id = await world.started()
    people = iter(await world.waiting(campaign_id))
    for code, n in zip(codes, times, strict=True):
        for _time in range(n):
            refused = Rejected(ErrorClass.RECIPIENT_PERMANENT, code)
            await world.settle(next(people), refused, RecipientStatus.FAILED, code)
    errors = (await analysed(world, campaign_id)).errors
    assert [(error.code, error.n) for error in errors] == [
        ("b_thrice", 3), ("a_twice", 2), *[(f"once_{n:02}", 1) for n in range(8)]
    ]  # fmt: skip
    assert [error.share for error in errors[:3]] == [3 / 15, 2 / 15, 1 / 15]


async def test_first_tries_and_retries(world: World, campaign_id: CampaignId) -> None:
    tries = (await analysed(world, campaign_id)).tries
    assert (tries.attempts, tries.accepted, tries.not_accepted) == (10, {1: 5, 2: 1}, 4)
    assert (tries.first, tries.later, tries.first_share) == (5, 1, 5 / 6)


async def test_a_doubt_that_is_found_absent_is_an_error_no_more_of_its_old_code(world: World) -> None:
    campaign_id = await world.started()
    first, *_ = await world.waiting(campaign_id)
    await world.settle(first, Unknown("timeout"), RecipientStatus.IN_DOUBT, "answer_lost")
    assert [error.code for error in (await analysed(world, campaign_id)).errors] == ["timeout"]
    (doubt,) = await world.ledger.doubts(10)
    await world.ledger.record_verdict(doubt, Absent(), world.now)
    assert [error.code for error in (await analysed(world, campaign_id)).errors] == ["absent"]


async def test_hours_weekdays_and_days_are_local(world: World, campaign_id: CampaignId) -> None:
    found = await analysed(world, campaign_id)
    assert found.hours[9] == Flow(sent=3)
    assert found.hours[10] == Flow(sent=3, delivered=4, read=2, failed=2)
    assert found.weekdays[0] == Flow(sent=4)
    assert found.weekdays[1] == Flow(sent=2, delivered=4, read=2, failed=2)
    assert found.days == ((date(2026, 11, 23), found.weekdays[0]), (date(2026, 11, 24), found.weekdays[1]))
    tokyo = await analysed(world, campaign_id, "Asia/Tokyo")
    assert tokyo.hours[21] == Flow(sent=3)
    assert tokyo.days[0][0] == date(2026, 11, 23)


async def test_a_day_without_a_message_is_among_the_days(world: World, campaign_id: CampaignId) -> None:
    world.later(2 * 86_400)
    (again,) = await world.ledger.due_retries(campaign_id, world.now, 10)
    await sent(world, again, "M9", 5, "one")
    days = (await analysed(world, campaign_id)).days
    assert [day.day for day, _ in days] == [23, 24, 25, 26]
    assert days[2][1] == Flow()


async def test_each_variation_has_what_became_of_it(world: World, campaign_id: CampaignId) -> None:
    """The world gives everybody the first variation: its row has everything, the second one nothing."""
    first, second = (await analysed(world, campaign_id)).variations
    assert (first.position, first.text, first.weight) == (1, "Olá", 2)
    assert (first.sent, first.delivered, first.read, first.replied, first.failed) == (6, 4, 2, 1, 2)
    assert (second.text, second.sent, second.failed) == ("Oi", 0, 0)


async def test_each_number_has_its_part(world: World, campaign_id: CampaignId) -> None:
    one, two = (await analysed(world, campaign_id)).instances
    assert (one.name, one.counts.left, one.counts.failed) == ("one", 3, 2)
    assert (two.name, two.counts.left, two.counts.failed) == ("two", 3, 0)
    assert one.times is not None
    assert two.times is not None
    assert (one.times.n, one.times.average_ms, one.times.p95_ms) == (3, 700 / 3, 400)
    assert (two.times.least_ms, two.times.most_ms) == (300, 12_345)


async def test_the_health_of_a_number_by_day(world: World, campaign_id: CampaignId) -> None:
    await world.ledger.note(NewEvent(EventType.HEALTH_ISSUE, world.now, instance_id=world.numbers["one"].id))
    library = SqlLibrary(world.database, world.workspace_id, lambda: world.now)
    days = await library.instance_health(
        world.numbers["one"].id, SAO_PAULO, lambda sent, failed: 100 * sent / (sent + failed)
    )
    assert len(days) == 30
    assert (days[-1].day, days[-1].score, days[-1].issues) == (date(2026, 11, 24), 0.0, 1)
    assert (days[-2].flow.sent, days[-2].score, days[-2].issues) == (3, 100.0, 0)
    assert (days[0].score, days[0].flow) == (None, Flow())


async def test_the_dashboard_counts_campaigns_and_the_last_thirty_days(world: World, campaign_id: CampaignId) -> None:
    other = await world.started(name="Natal")
    (first, *_) = await world.waiting(other)
    await world.send(first, "N1")
    await world.campaigns.save_draft(None, draft("Rascunho"), world.later())
    facts = await SqlLibrary(world.database, world.workspace_id, lambda: world.now).dashboard(SAO_PAULO)
    assert (facts.total, facts.running, facts.completed) == (3, 2, 0)
    assert facts.average_success == pytest.approx((6 / 8 + 1) / 2)
    assert len(facts.days) == 30
    assert facts.days[-1] == (date(2026, 11, 24), Flow(sent=3, delivered=4, read=2, failed=2))
    assert facts.days[-2][1] == Flow(sent=4)
    assert [campaign.name for campaign in facts.recent] == ["Rascunho", "Natal", "Black Friday"]
    assert facts.recent[1].counts.left == 1


async def test_nothing_yet_is_said_as_nothing(world: World) -> None:
    campaign_id = await world.started()
    found = await analysed(world, campaign_id)
    assert (found.times, found.errors, found.days) == (None, (), ())
    assert (found.tries.first_share, success_rate(found.counts), read_rate(found.counts)) == (None, None, None)
    facts = await SqlLibrary(world.database, world.workspace_id, lambda: world.now).dashboard(SAO_PAULO)
    assert facts.average_success is None


async def test_another_workspace_asks_in_vain(world: World, campaign_id: CampaignId) -> None:
    stranger = SqlLibrary(world.database, WorkspaceId(world.workspace_id + 1), lambda: world.now)
    with pytest.raises(KnownError, match="no campaign"):
        await stranger.campaign_analysis(campaign_id, SAO_PAULO)
    assert (await stranger.dashboard(SAO_PAULO)).total == 0


@pytest.mark.parametrize(
    ("sent_ms", "percentile"),
    [([7] * 20, 7), ([*range(1, 101)], 95), ([*range(1, 20), 5000], 19), ([1500, 1509], 1500), ([90_000], 90_000)],
)
async def test_the_95th_percentile_is_the_nearest_rank(world: World, sent_ms: list[int], percentile: int) -> None:
    def insert(context: object) -> None:
        conn: sa.Connection = context.conn  # type: ignore[attr-defined]
        for n, duration_ms in enumerate(sent_ms):
            conn.exec_driver_sql(
                "INSERT INTO attempt (campaign_id, instance_id, run_id, number, started_at, client_ref, text_digest)"
                f" VALUES (9, 1, 1, 1, 0, 'p{n}', '')"
            )
            conn.exec_driver_sql(
                f"UPDATE attempt SET outcome = 'accepted', duration_ms = {duration_ms} WHERE client_ref = 'p{n}'"
            )

    await world.database.write(insert)
    times = await world.database.read(lambda conn: analysis.send_times(conn, CampaignId(9)))
    assert times is not None
    assert times.p95_ms == percentile


def test_the_days_of_a_zone_begin_at_its_midnight() -> None:
    assert analysis._midnight_s(date(2026, 11, 23), SAO_PAULO) == datetime(2026, 11, 23, 3, tzinfo=UTC).timestamp()


async def test_figures_are_searched_and_never_scanned(world: World) -> None:
    statements = [
        sa.select(analysis.attempt_count).where(analysis.attempt_count.c.campaign_id == 1),
        sa.select(analysis.attempt_duration).where(analysis.attempt_duration.c.campaign_id == 1),
        sa.select(analysis.variation_count).where(analysis.variation_count.c.campaign_id == 1),
        sa.select(analysis.campaign_tick).where(
            analysis.campaign_tick.c.width_s == 60,
            analysis.campaign_tick.c.instance_id.in_([1, 2]),
            analysis.campaign_tick.c.tick_s >= 5,
        ),
    ]
    for statement in statements:
        assert all(line.startswith("SEARCH") for line in plan_of(world.database, statement))
