"""A campaign's life in the database: drafts, start, schedule, cancel, delete, each with its event."""

from dataclasses import replace
from datetime import time, timedelta

import pytest
import sqlalchemy as sa

from db.checks import check
from db.stores import campaign_life
from db.stores.ledger import SqlLedger
from desktop.domain.campaign import (
    Audience,
    AudienceKind,
    CampaignAction,
    CampaignStatus,
    Draft,
    Goal,
    Media,
    MessageDraft,
    Optimiser,
    Pace,
    RetryPlan,
    Rotation,
    SendWindow,
)
from desktop.domain.errors import KnownError
from desktop.domain.events import Event, EventType, Severity
from desktop.domain.ids import CampaignId, RecipientId
from desktop.domain.outcome import NotSent
from desktop.domain.recipient import RecipientStatus
from tests.db.world import NOW, World, draft, phone


def types(events: list[Event], campaign_id: CampaignId) -> list[str]:
    return [event.type.value for event in events if event.fact.campaign_id == campaign_id]


async def refused(action: object) -> str:
    with pytest.raises(KnownError) as refusal:
        await action  # type: ignore[misc]
    return refusal.value.code


async def test_a_draft_comes_back_as_it_was_saved(world: World) -> None:
    everything = Draft(
        name="Páscoa",
        audience=Audience(AudienceKind.TAGS, ("vip", "novo")),
        messages=(MessageDraft("Olá", 3, Media("image", "oferta.jpg")), MessageDraft("Oi")),
        instances=("two",),
        rotation=Rotation.BALANCED,
        pace=Pace((0.0, 0.5), None, None, None),
        retry=RetryPlan(5, 2.0, 32.0),
        window=SendWindow((1, 5), time(8), time(18, 30), "BR"),
        schedule_at=NOW + timedelta(hours=1),
        respect_opt_out=False,
        skip_active_conversations=True,
        priority=3,
        sticky=True,
        replies_per_hour=20,
        optimise=Optimiser(Goal.READ, 0.25),
    )
    for saved in (everything, Draft("")):
        campaign_id = await world.campaigns.save_draft(None, saved, NOW)
        expected = replace(saved, schedule_at=None)  # it is not scheduled by being saved
        assert (await world.ledger.plan(campaign_id)).campaign.draft == expected


async def test_a_draft_that_is_typed_tells_the_timeline_once_a_minute(world: World, published: list[Event]) -> None:
    campaign_id = await world.campaigns.save_draft(None, draft("B"), world.now)
    for name in ("Bl", "Bla", "Blac"):
        await world.campaigns.save_draft(campaign_id, draft(name), world.later(10))
    assert types(published, campaign_id) == ["created"]
    await world.campaigns.save_draft(campaign_id, draft("Black"), world.later(60))
    await world.campaigns.save_draft(campaign_id, draft("Black F"), world.later(10))
    assert types(published, campaign_id) == ["created", "edited"]
    assert (await world.ledger.plan(campaign_id)).campaign.name == "Black F"


async def test_saving_what_is_there_changes_nothing(world: World) -> None:
    campaign_id = await world.campaigns.save_draft(None, draft(), world.now)
    before = (await world.ledger.control_state()).revision
    await world.campaigns.save_draft(campaign_id, draft(), world.later(600))
    assert (await world.ledger.plan(campaign_id)).campaign.updated_at == NOW
    assert (await world.ledger.control_state()).revision == before


async def test_starting_makes_a_recipient_of_everybody_once(world: World, published: list[Event]) -> None:
    await world.contacts.opt_out(phone(2), world.now)
    campaign_id = await world.started()
    plan = await world.ledger.plan(campaign_id)
    assert plan.campaign.status is CampaignStatus.RUNNING
    assert plan.campaign.started_at == NOW
    assert plan.campaign.instance_ids == (world.numbers["one"].id, world.numbers["two"].id)
    assert [(variation.text, variation.weight) for variation in plan.variations] == [
        ("Olá {{contact.name}}", 2),
        ("Oi", 1),
    ]
    assert (plan.counts.pending, plan.counts.skipped) == (4, 1)
    waiting = await world.waiting(campaign_id)
    assert [candidate.phone for candidate in waiting] == [phone(0), phone(1), phone(3), phone(4)]
    assert (waiting[0].name, waiting[0].custom, waiting[0].attempts) == ("Person 0", {"city": "Rio"}, 0)
    started = published[-1]
    assert (started.type, started.fact.details) == (
        EventType.STARTED,
        {"name": "Black Friday", "total": 5, "skipped": 1},
    )


async def test_an_opt_out_wins_over_what_the_draft_says(world: World) -> None:
    await world.contacts.opt_out(phone(2), world.now)
    campaign_id = await world.started(respect_opt_out=False)
    assert phone(2) not in [candidate.phone for candidate in await world.waiting(campaign_id)]


async def test_an_audience_by_tag_and_by_list(world: World) -> None:
    tagged = await world.started(audience=Audience(AudienceKind.TAGS, ("vip",)))
    assert [each.phone for each in await world.waiting(tagged)] == [phone(1), phone(3)]
    listed = await world.started(audience=Audience(AudienceKind.PHONES, (phone(90), phone(1), phone(90))))
    assert sorted(each.phone for each in await world.waiting(listed)) == [phone(1), phone(90)]


async def test_a_list_longer_than_a_statement_takes(world: World) -> None:
    phones = tuple(phone(number) for number in range(12_000))
    campaign_id = await world.started(audience=Audience(AudienceKind.PHONES, phones))
    assert (await world.ledger.counts(campaign_id)).pending == 12_000


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"audience": None}, "audience_empty"),
        ({"audience": Audience(AudienceKind.TAGS, ("nobody",))}, "audience_empty"),
        ({"audience": Audience(AudienceKind.SEGMENT, ("best",))}, "segment_not_found"),
        ({"messages": ()}, "no_message"),
        ({"instances": ()}, "no_instance"),
        ({"instances": ("one", "nine")}, "instance_not_found"),
    ],
)
async def test_a_start_that_is_refused_leaves_no_trace(
    world: World, changes: dict[str, object], code: str, published: list[Event]
) -> None:
    campaign_id = await world.campaigns.save_draft(None, draft(**changes), world.now)
    assert await refused(world.ledger.act(campaign_id, CampaignAction.START, world.now, None, None)) == code
    plan = await world.ledger.plan(campaign_id)
    assert (plan.campaign.status, plan.counts.total, plan.variations) == (CampaignStatus.DRAFT, 0, ())
    assert types(published, campaign_id) == ["created"]


async def test_what_the_table_does_not_allow_is_refused(world: World) -> None:
    campaign_id = await world.started()
    assert await refused(world.campaigns.save_draft(campaign_id, draft("x"), world.now)) == "action_not_allowed"
    assert await refused(world.campaigns.delete(campaign_id, world.now)) == "action_not_allowed"
    assert await refused(world.campaigns.schedule(campaign_id, NOW + timedelta(1), NOW)) == "action_not_allowed"
    again = world.ledger.act(campaign_id, CampaignAction.START, world.now, None, None)
    assert await refused(again) == "action_not_allowed"
    nobody = world.ledger.act(CampaignId(99), CampaignAction.PAUSE, world.now, None, None)
    assert await refused(nobody) == "campaign_not_found"


async def test_pause_and_resume_keep_everybody_where_they_were(world: World, published: list[Event]) -> None:
    campaign_id = await world.started()
    await world.send((await world.waiting(campaign_id))[0], "M1")
    await world.ledger.act(campaign_id, CampaignAction.PAUSE, world.now, "daily_limit", None)
    state = await world.ledger.control_state()
    assert state.campaigns == {campaign_id: "paused"}
    assert world.campaign_row(campaign_id).reason == "daily_limit"
    assert (published[-1].fact.severity, published[-1].fact.details["reason"]) == (Severity.WARNING, "daily_limit")
    await world.ledger.act(campaign_id, CampaignAction.RESUME, world.now, None, "ana")
    assert published[-1].fact.operator == "ana"
    assert world.campaign_row(campaign_id).reason is None
    assert len(await world.waiting(campaign_id)) == 4


async def test_editing_a_paused_campaign_changes_what_is_sent_from_then_on(world: World) -> None:
    campaign_id = await world.started()
    before = await world.ledger.plan(campaign_id)
    await world.ledger.act(campaign_id, CampaignAction.PAUSE, world.now, "operator", "ana")
    edited = draft(messages=(MessageDraft("Bom dia", 5),), instances=("two",))
    await world.campaigns.save_draft(campaign_id, edited, world.later(120))
    after = await world.ledger.plan(campaign_id)
    assert [(each.id, each.text, each.weight) for each in after.variations] == [
        (before.variations[0].id, "Bom dia", 5),
        (before.variations[1].id, "Oi", 0),
    ]
    assert after.campaign.instance_ids == (world.numbers["two"].id,)


async def test_a_campaign_starts_when_it_was_last_scheduled_for(world: World) -> None:
    wish, at = NOW + timedelta(hours=1), NOW + timedelta(hours=5)
    campaign_id = await world.campaigns.save_draft(None, draft(schedule_at=wish), world.now)
    assert (await world.ledger.plan(campaign_id)).campaign.draft.schedule_at is None, "a wish alone starts nothing"
    await world.campaigns.schedule(campaign_id, wish, NOW)
    await world.campaigns.schedule(campaign_id, at, NOW)
    (due,) = await world.ledger.due_schedules(at)
    assert due.draft.schedule_at == at
    await world.ledger.act(campaign_id, CampaignAction.UNSCHEDULE, NOW, "late", None)
    assert (await world.ledger.plan(campaign_id)).campaign.draft.schedule_at is None, "what is over is in nobody's way"


async def test_a_schedule_comes_due_and_can_be_taken_back(world: World, published: list[Event]) -> None:
    campaign_id = await world.campaigns.save_draft(None, draft(), world.now)
    assert await refused(world.campaigns.schedule(campaign_id, NOW, NOW)) == "schedule_in_past"
    at = NOW + timedelta(hours=1)
    await world.campaigns.schedule(campaign_id, at, NOW, "ana")
    assert await world.ledger.due_schedules(at - timedelta(seconds=1)) == []
    assert [each.id for each in await world.ledger.due_schedules(at)] == [campaign_id]
    await world.ledger.act(campaign_id, CampaignAction.UNSCHEDULE, NOW, None, "ana")
    assert await world.ledger.due_schedules(at) == []
    await world.campaigns.schedule(campaign_id, at, NOW)
    await world.ledger.act(campaign_id, CampaignAction.START, at, None, None)
    assert world.campaign_row(campaign_id).status == "running"
    assert types(published, campaign_id) == ["created", "scheduled", "edited", "scheduled", "started"]


async def test_cancelling_fails_who_has_not_been_sent_to(world: World, published: list[Event]) -> None:
    campaign_id = await world.started()
    people = await world.waiting(campaign_id)
    await world.send(people[0], "M1")
    await world.settle(people[1], NotSent("dns"), RecipientStatus.RETRYING, "dns")
    await world.ledger.act(campaign_id, CampaignAction.CANCEL, world.now, "operator", "ana")
    counts = await world.ledger.counts(campaign_id)
    assert (counts.sent, counts.failed) == (1, 4)
    assert {world.row(each.id).reason for each in people[1:]} == {"cancelled"}
    assert published[-1].type is EventType.CANCELLED
    assert world.campaign_row(campaign_id).finished_at == world.now
    assert await world.database.read(check) == []


async def test_a_large_cancel_is_done_in_parts_and_finished_after_a_crash(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(campaign_life, "CHUNK", 2)
    campaign_id = await world.started()
    await world.ledger.act(campaign_id, CampaignAction.CANCEL, world.now, "operator", None)
    assert (await world.ledger.counts(campaign_id)).failed == 5
    # What a crash between two parts leaves: the campaign is cancelled, and somebody still waits.
    world.database.write_sync(
        lambda ctx: ctx.conn.exec_driver_sql(
            "UPDATE recipient SET status = 'pending', reason = NULL WHERE campaign_id = ?", (campaign_id,)
        )
    )
    await world.ledger.begin_run(world.now, "host", 2)
    assert (await world.ledger.counts(campaign_id)).failed == 5


async def test_a_campaign_completes_when_nobody_is_left(world: World, published: list[Event]) -> None:
    campaign_id = await world.started()
    for number, candidate in enumerate(await world.waiting(campaign_id)):
        assert not await world.ledger.finish_if_done(campaign_id, world.now)
        await world.send(candidate, f"M{number}")
    assert await world.ledger.finish_if_done(campaign_id, world.later())
    assert not await world.ledger.finish_if_done(campaign_id, world.now)
    completed = published[-1]
    assert completed.type is EventType.COMPLETED
    assert completed.fact.details["counts"] == {
        **dict.fromkeys(("pending", "sending", "retrying", "delivered", "read", "failed", "skipped"), 0),
        "in_doubt": 0,
        "replied": 0,
        "sent": 5,
    }
    assert completed.fact.progress == 1.0
    assert world.campaign_row(campaign_id).status == "completed"


async def test_deleting_removes_the_rows_and_keeps_the_audit_line(world: World, published: list[Event]) -> None:
    kept = await world.started(name="Kept")
    campaign_id = await world.started()
    await world.send((await world.waiting(campaign_id))[0], "M1")
    await world.ledger.act(campaign_id, CampaignAction.CANCEL, world.now, "operator", None)
    deleted = await world.campaigns.delete(campaign_id, world.now, "ana")
    assert deleted.name == "Black Friday"
    assert types(published, campaign_id)[-1] == "deleted"
    left = world.database.read_sync(
        lambda conn: {
            table: conn.exec_driver_sql(f"SELECT count(*) FROM {table} WHERE campaign_id = {campaign_id}").scalar()
            for table in ("recipient", "variation", "campaign_instance", "campaign_count", "attempt")
        }
    )
    assert left == {"recipient": 0, "variation": 0, "campaign_instance": 0, "campaign_count": 0, "attempt": 1}
    assert (await world.ledger.counts(kept)).pending == 5
    assert await refused(world.campaigns.delete(campaign_id, world.now)) == "campaign_not_found"
    assert await world.database.read(check) == []


async def test_the_number_of_a_deleted_campaign_is_never_given_again(world: World) -> None:
    campaign_id = await world.campaigns.save_draft(None, draft(), world.now)
    await world.campaigns.delete(campaign_id, world.now)
    assert await world.campaigns.save_draft(None, draft(), world.now) > campaign_id


async def test_a_duplicate_is_a_draft_with_a_free_name(world: World, published: list[Event]) -> None:
    campaign_id = await world.started()
    first = await world.campaigns.duplicate(campaign_id, world.now, "ana")
    second = await world.campaigns.duplicate(first, world.now)
    without = await world.campaigns.duplicate(campaign_id, world.now, with_audience=False)
    plans = [(await world.ledger.plan(each)).campaign for each in (first, second, without)]
    assert [plan.name for plan in plans] == ["Black Friday (2)", "Black Friday (3)", "Black Friday (4)"]
    assert plans[0].status is CampaignStatus.DRAFT
    assert replace(plans[0].draft, name="Black Friday") == draft()
    assert plans[2].draft.audience is None
    assert published[-3].fact.details["duplicate_of"] == campaign_id


async def test_the_same_person_cannot_be_in_a_campaign_twice(world: World) -> None:
    campaign_id = await world.started()
    with pytest.raises(sa.exc.IntegrityError):
        await world.database.write(
            lambda ctx: ctx.conn.exec_driver_sql(
                "INSERT INTO recipient (campaign_id, phone, status, attempts) VALUES (?, ?, 'pending', 0)",
                (campaign_id, phone(1)),
            )
        )


async def test_pages_of_pending_people_have_no_gap(world: World) -> None:
    campaign_id = await world.started()
    seen: list[int] = []
    after = RecipientId(0)
    while page := await world.ledger.pending(campaign_id, after, 2):
        seen += [candidate.id for candidate in page]
        after = page[-1].id
    assert seen == [candidate.id for candidate in await world.waiting(campaign_id)]


async def test_an_edit_by_somebody_else_is_news_at_once(world: World, published: list[Event]) -> None:
    campaign_id = await world.campaigns.save_draft(None, draft(), NOW, "Ana")
    for name, operator in (("A", "Ana"), ("B", "Bia"), ("C", "Bia"), ("D", "Ana")):
        await world.campaigns.save_draft(campaign_id, draft(name), world.later(1), operator)
    assert types(published, campaign_id) == ["created", "edited", "edited"]
    assert [event.fact.operator for event in published if event.type is EventType.EDITED] == ["Bia", "Ana"]


async def test_a_window_that_a_paused_campaign_is_given_goes_by_the_peoples_own_time(world: World) -> None:
    ledger = SqlLedger(world.database, world.workspace_id, lambda _phone: "America/Manaus")
    campaign_id = await world.started()
    await ledger.act(campaign_id, CampaignAction.PAUSE, world.now, None, None)
    window = SendWindow((1, 2, 3), time(9), time(18))
    await world.campaigns.save_draft(campaign_id, draft(window=window), world.later())
    await ledger.act(campaign_id, CampaignAction.RESUME, world.now, None, None)
    assert await ledger.zones(campaign_id) == ["America/Manaus"]


async def test_zones_that_are_known_are_not_looked_up_again(world: World) -> None:
    asked: list[str] = []

    def zone_of(phone: str) -> str:
        asked.append(phone)
        return "America/Manaus"

    ledger = SqlLedger(world.database, world.workspace_id, zone_of)
    window = SendWindow((1, 2, 3), time(9), time(18))
    campaign_id = await world.campaigns.save_draft(None, draft(window=window), world.now)
    await ledger.act(campaign_id, CampaignAction.START, world.now, None, None)
    asked.clear()
    await ledger.act(campaign_id, CampaignAction.PAUSE, world.now, None, None)
    await ledger.act(campaign_id, CampaignAction.RESUME, world.now, None, None)
    assert asked == []


async def test_a_campaign_that_was_deleted_a_moment_ago_is_not_completed(world: World) -> None:
    campaign_id = await world.started()
    await world.ledger.counts(campaign_id)
    for action in (CampaignAction.PAUSE, CampaignAction.CANCEL):
        await world.ledger.act(campaign_id, action, world.now, None, None)
    await world.campaigns.delete(campaign_id, world.now)
    assert not await world.ledger.finish_if_done(campaign_id, world.now)


@pytest.mark.parametrize(("holidays", "zones"), [("BR", ["America/Manaus BR-AM"]), (None, ["America/Manaus"])])
async def test_the_region_comes_along_where_holidays_count(
    world: World, holidays: str | None, zones: list[str]
) -> None:
    ledger = SqlLedger(world.database, world.workspace_id, lambda _phone: "America/Manaus BR-AM")
    window = SendWindow((1, 2, 3), time(9), time(18), holidays)
    campaign_id = await world.campaigns.save_draft(None, draft(window=window), world.now)
    await ledger.act(campaign_id, CampaignAction.START, world.now, None, None)
    assert await ledger.zones(campaign_id) == zones
    # Whoever wants holidays later has the regions then.
    await ledger.act(campaign_id, CampaignAction.PAUSE, world.now, None, None)
    with_holidays = replace(window, holidays="BR")
    await world.campaigns.save_draft(campaign_id, draft(window=with_holidays), world.later())
    await ledger.act(campaign_id, CampaignAction.RESUME, world.now, None, None)
    assert await ledger.zones(campaign_id) == ["America/Manaus BR-AM"]
