"""Texts of people's own on a real database: written, read, frozen by the start, and gone with the person."""

from dataclasses import replace

import pytest
import sqlalchemy as sa

from db.queries.library import SqlLibrary
from db.rows import load_campaign
from db.stores import campaign_start
from db.stores.identities import merge
from db.stores.own_texts import OwnTextStore
from db.tables.ai import ai_request
from db.tables.own_text import own_text, own_text_plan
from db.tables.recipient import recipient
from db.writer import WriteContext
from desktop.domain.campaign import Audience, AudienceKind, CampaignAction, CampaignStatus, MessageDraft
from desktop.domain.errors import KnownError
from desktop.domain.events import Event, EventType
from desktop.domain.ids import CampaignId, ContactId
from desktop.domain.outcome import NotSent
from desktop.domain.own_text import (
    AiConsent,
    Otherwise,
    OwnText,
    OwnTextCounts,
    OwnTextFilter,
    OwnTextPlan,
    OwnTextSpent,
    OwnTextStanding,
    OwnTextState,
    OwnTextWish,
)
from desktop.domain.recipient import RecipientStatus
from desktop.domain.template import TemplateUse
from tests.db.world import NOW, World, draft, phone

URL = "https://ai.example/v1"
WISH = OwnTextWish("Olá {{nome}}", "curto", ("first_name", "custom.city"), 100, 2.5)
_S = OwnTextState


class Desk:
    """A draft to five people, whose texts are to be written."""

    def __init__(self, world: World, campaign_id: CampaignId) -> None:
        self.world, self.campaign = world, campaign_id
        self.store = OwnTextStore(world.database, world.workspace_id)
        self.library = SqlLibrary(world.database, world.workspace_id, lambda: world.now)

    async def agree(self, wish: OwnTextWish = WISH) -> None:
        await self.store.agree(self.campaign, wish, AiConsent(NOW, "Ana", URL, "small-1"), 5, NOW)

    async def prepare(self, *, again: bool = False) -> int:
        return await self.store.prepare(self.campaign, self.world.now, again=again)

    async def rows(self, where: OwnTextFilter = OwnTextFilter()) -> list[OwnText]:  # noqa: B008
        return list(await self.library.own_texts(self.campaign, where, None, 100))

    async def write(self, *numbers: int, state: OwnTextState = _S.ACCEPTED, text: str = "Oi {nome|você}, {n}") -> None:
        for row in [(await self.rows())[number] for number in numbers]:
            await self.store.keep(self.campaign, row.contact_id, text.replace("{n}", row.name), (), 20, NOW)
            if state is not _S.NEW:
                await self.store.decide(self.campaign, [row.id], state, NOW)

    async def start(self) -> None:
        await self.world.ledger.act(self.campaign, CampaignAction.START, NOW, None, "Ana")

    def statuses(self) -> list[tuple[str, str | None]]:
        mine = sa.select(recipient.c.status, recipient.c.reason).where(recipient.c.campaign_id == self.campaign)
        rows = self.world.database.read_sync(lambda conn: conn.execute(mine.order_by(recipient.c.id)).all())
        return [(row.status, row.reason) for row in rows]

    def count(self, table: sa.Table) -> int:
        return self.world.database.read_sync(
            lambda conn: conn.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
        )


@pytest.fixture
async def desk(world: World) -> Desk:
    return Desk(world, await world.campaigns.save_draft(None, draft(), NOW))


async def test_consent_is_kept_with_a_line_that_names_fields_and_endpoint(desk: Desk, published: list[Event]) -> None:
    assert await desk.library.own_text_plan(desk.campaign) is None
    await desk.agree()
    plan = await desk.library.own_text_plan(desk.campaign)
    assert plan == OwnTextPlan(desk.campaign, WISH, Otherwise.UNDECIDED, AiConsent(NOW, "Ana", URL, "small-1"))
    assert plan is not None
    assert plan.is_agreed(URL)
    assert not plan.is_agreed("https://other.example/v1"), "another endpoint was not agreed to"
    (line,) = [event for event in published if event.type is EventType.AI_CONSENTED]
    assert (line.fact.operator, line.fact.details["fields"]) == ("Ana", ["first_name", "custom.city"])
    assert "Olá" not in repr(line), "no message is in an event"
    assert "curto" not in repr(line)
    await desk.agree(replace(WISH, wish="longo"))
    changed = await desk.library.own_text_plan(desk.campaign)
    assert changed is not None
    assert changed.wish.wish == "longo"


async def test_everybody_of_the_audience_of_now_waits_for_a_text_and_no_more_than_allowed(desk: Desk) -> None:
    assert await desk.prepare() == 0, "nothing was agreed on"
    await desk.agree(replace(WISH, most_people=3))
    assert await desk.prepare() == 3
    await desk.agree()
    await desk.world.contacts.opt_out(phone(1), NOW)
    assert await desk.prepare() == 4, "who opted out waits no more"
    await desk.world.add_people(5, 7)
    assert await desk.prepare() == 6
    assert [row.name for row in await desk.rows()] == [f"Person {n}" for n in (0, 2, 3, 4, 5, 6)]
    assert await desk.prepare() == 6, "nobody has two"
    to_write = await desk.library.own_texts_to_write(desk.campaign, 0, 4)
    assert [person.name for _id, person in to_write] == [f"Person {n}" for n in (0, 2, 3, 4)]
    assert to_write[0][1].custom == {"city": "Rio"}
    await desk.world.contacts.opt_out(phone(3), NOW)
    rest = await desk.library.own_texts_to_write(desk.campaign, to_write[1][0], 9)
    assert [person.name for _id, person in rest] == [f"Person {n}" for n in (4, 5, 6)], "nothing of theirs leaves"


async def test_a_pasted_list_longer_than_one_statement_is_written_for_too(desk: Desk) -> None:
    phones = (*(f"+55219{n:08d}" for n in range(5_500)), phone(2))
    changed = draft(audience=Audience(AudienceKind.PHONES, phones))
    await desk.world.campaigns.save_draft(desk.campaign, changed, NOW)
    await desk.agree()
    assert await desk.prepare() == 1, "of strangers nothing is known"
    await desk.write(0)
    assert await desk.library.own_text_standing(desk.campaign) == OwnTextStanding(Otherwise.UNDECIDED, 1, 0, 20)


async def test_texts_failures_and_cost_are_kept_as_they_come(desk: Desk) -> None:
    await desk.agree()
    await desk.prepare()
    people = [row.contact_id for row in await desk.rows()]
    assert await desk.store.keep(desk.campaign, people[0], "Oi [nome]", ("placeholder", "empty"), 9, NOW)
    assert await desk.store.fail(desk.campaign, people[1], "ai_busy", NOW)
    assert not await desk.store.fail(desk.campaign, people[0], "ai_busy", NOW), "what is written stays"
    assert not await desk.store.keep(desk.campaign, ContactId(999), "Oi", (), 2, NOW)
    await desk.store.note_request(desk.campaign, "small-1", 100, 20, 0.5, None, NOW)
    await desk.store.note_request(desk.campaign, "small-1", 10, 0, 0.25, "ai_busy", NOW)
    plan = await desk.library.own_text_plan(desk.campaign)
    assert plan is not None
    assert plan.spent == OwnTextSpent(2, 1, 110, 20, 0.75)
    assert (await desk.library.ai_usage(NOW)).requests == 2, "the month's figure has them too"
    assert await desk.library.own_text_counts(desk.campaign) == OwnTextCounts(3, 1, 1, with_problems=1)
    first, second = (await desk.rows())[:2]
    assert (first.state, first.text, first.problems) == (_S.NEW, "Oi [nome]", ("placeholder", "empty"))
    assert (second.state, second.reason) == (_S.FAILED, "ai_busy")
    assert [row.id for row in await desk.rows(OwnTextFilter(has_problems=True))] == [first.id]
    assert [row.id for row in await desk.rows(OwnTextFilter(state=_S.FAILED))] == [second.id]
    assert [row.id for row in await desk.rows(OwnTextFilter(text="[nome"))] == [first.id]
    assert await desk.prepare(again=True) == 4
    assert desk.count(ai_request) == 2


async def test_texts_are_accepted_refused_and_edited(desk: Desk) -> None:
    await desk.agree()
    await desk.prepare()
    people = await desk.rows()
    for row, problems in zip(people, [(), ("placeholder",), ("empty",), ("strange_link", "too_long")], strict=False):
        await desk.store.keep(desk.campaign, row.contact_id, "Oi", problems, 2, NOW)
    await desk.store.decide(desk.campaign, [people[0].id], _S.REFUSED, NOW)
    everything = await desk.store.decide(desk.campaign, OwnTextFilter(), _S.ACCEPTED, NOW)
    assert everything == 0, "refused stays refused, and what has a problem is looked at one by one"
    assert await desk.store.decide(desk.campaign, [people[1].id], _S.ACCEPTED, NOW) == 1
    assert [row.state for row in await desk.rows()] == [_S.REFUSED, _S.ACCEPTED, _S.NEW, _S.NEW, _S.WAITING]
    unwritten = [people[2].id, people[4].id]
    assert await desk.store.decide(desk.campaign, unwritten, _S.ACCEPTED, NOW) == 0, "nothing to send"
    await desk.store.edit(desk.campaign, people[2].contact_id, "Olá", (), 3, NOW)
    assert await desk.store.decide(desk.campaign, [people[0].id], _S.NEW, NOW) == 1
    assert [row.state for row in await desk.rows()] == [_S.NEW, _S.ACCEPTED, _S.EDITED, _S.NEW, _S.WAITING]
    found = await desk.library.own_text_of(desk.campaign, people[2].contact_id)
    assert found is not None
    assert found.text == "Olá"
    assert await desk.library.own_text_standing(desk.campaign) == OwnTextStanding(Otherwise.UNDECIDED, 2, 2, 3)


async def test_the_start_freezes_each_text_for_its_recipient_and_the_engine_reads_it_with_the_page(desk: Desk) -> None:
    await desk.agree()
    await desk.prepare()
    await desk.write(0, 2)
    await desk.write(1, state=_S.REFUSED)
    await desk.store.choose(desk.campaign, Otherwise.ORDINARY, NOW)
    await desk.start()
    waiting = await desk.world.waiting(desk.campaign)
    assert [each.own_text for each in waiting] == [
        "Oi {nome|você}, Person 0",
        None,
        "Oi {nome|você}, Person 2",
        None,
        None,
    ]
    assert await desk.library.own_text_of_recipient(waiting[0].id) == "Oi {nome|você}, Person 0"
    assert await desk.library.own_text_of_recipient(waiting[1].id) is None
    await desk.world.settle(waiting[2], NotSent("busy"), RecipientStatus.RETRYING, "busy")
    due = await desk.world.ledger.due_retries(desk.campaign, desk.world.later(100), 10)
    assert [each.own_text for each in due] == ["Oi {nome|você}, Person 2"]
    for change in (
        desk.store.keep(desk.campaign, waiting[0].contact_id, "x", (), 1, NOW),
        desk.store.edit(desk.campaign, waiting[0].contact_id, "x", (), 1, NOW),
        desk.store.decide(desk.campaign, OwnTextFilter(), _S.REFUSED, NOW),
        desk.store.discard(desk.campaign, NOW),
        desk.prepare(),
        desk.agree(),
    ):
        with pytest.raises(KnownError) as refused:
            await change
        assert refused.value.code == "own_texts_started"


async def test_pages_by_time_zone_have_the_texts_too(desk: Desk) -> None:
    await desk.agree()
    await desk.prepare()
    await desk.write(0, 1, 2, 3, 4)
    await desk.start()
    assert {each.own_text for each in await desk.world.ledger.pending(desk.campaign, 0, 9, "")} == {  # type: ignore[arg-type]
        f"Oi {{nome|você}}, Person {n}" for n in range(5)
    }
    assert await desk.world.ledger.due_retries(desk.campaign, NOW, 9, "") == []


@pytest.mark.parametrize(
    ("otherwise", "unread", "code"),
    [(Otherwise.UNDECIDED, False, "own_texts_missing"), (Otherwise.ORDINARY, True, "own_texts_unread")],
)
async def test_a_start_without_the_checklist_is_refused_too(
    desk: Desk, otherwise: Otherwise, unread: bool, code: str
) -> None:
    await desk.agree()
    await desk.prepare()
    await desk.write(0)
    await desk.write(*([1] if unread else []), state=_S.NEW)
    await desk.store.choose(desk.campaign, otherwise, NOW)
    with pytest.raises(KnownError) as refused:
        await desk.start()
    assert refused.value.code == code
    assert (await desk.library.draft(desk.campaign)).status is CampaignStatus.DRAFT
    assert desk.statuses() == [], "nothing is left of it"


async def test_who_has_no_text_is_left_out_when_the_operator_said_so(desk: Desk) -> None:
    await desk.agree()
    await desk.prepare()
    await desk.store.choose(desk.campaign, Otherwise.LEAVE_OUT, NOW)
    with pytest.raises(KnownError) as refused:
        await desk.start()
    assert refused.value.code == "audience_empty"
    await desk.write(3)
    await desk.start()
    skipped = ("skipped", "no_own_text")
    assert desk.statuses() == [skipped, skipped, skipped, ("pending", None), skipped]
    assert (await desk.world.ledger.counts(desk.campaign)).skipped == 4


async def test_a_template_and_texts_of_ones_own_do_not_go_together(desk: Desk) -> None:
    await desk.agree()
    message = MessageDraft("", 1, None, TemplateUse("natal", "pt_BR", ()))
    await desk.world.campaigns.save_draft(desk.campaign, draft(messages=(message,)), NOW)
    with pytest.raises(KnownError):
        await desk.start()


async def test_an_erased_person_takes_their_text_along_and_the_file_of_a_person_has_it(desk: Desk) -> None:
    await desk.agree()
    await desk.prepare()
    await desk.write(0, 1)
    of_one = await desk.library.person_data(phone(1))
    assert of_one["texts_written_for_them"] == [
        {"campaign": "Black Friday", "text": "Oi {nome|você}, Person 1", "state": "accepted", "at": NOW.isoformat()}
    ]
    await desk.world.contacts.erase(phone(0), NOW)
    assert [row.name for row in await desk.rows()] == [f"Person {n}" for n in range(1, 5)]
    await desk.store.choose(desk.campaign, Otherwise.ORDINARY, NOW)
    await desk.start()
    of_one = await desk.library.person_data(phone(1))
    assert of_one["texts_written_for_them"] == []
    assert [each["message"] for each in of_one["messages"]] == ["Oi {nome|você}, Person 1"]  # type: ignore[union-attr,index]
    await desk.world.contacts.erase(phone(1), NOW)
    assert "Oi {nome|você}, Person 1" not in repr(await desk.rows())


async def test_two_people_who_are_one_keep_what_was_written_for_them(desk: Desk) -> None:
    await desk.agree()
    await desk.prepare()
    await desk.write(0, 1, 2)
    people = [row.contact_id for row in await desk.rows()]

    async def join(keeper: ContactId, other: ContactId) -> None:
        await desk.world.database.write(lambda ctx: merge(ctx, desk.world.workspace_id, keeper, other, NOW))

    await join(people[0], people[1])
    assert [row.text for row in await desk.rows(OwnTextFilter(_S.ACCEPTED))] == [
        "Oi {nome|você}, Person 0",
        "Oi {nome|você}, Person 2",
    ]
    await desk.store.choose(desk.campaign, Otherwise.ORDINARY, NOW)
    await desk.start()
    await join(people[0], people[2])
    texts = {each.own_text for each in await desk.world.waiting(desk.campaign)}
    assert texts == {"Oi {nome|você}, Person 0", None}, "the other of the two is skipped as double"
    assert ("skipped", "duplicate") in desk.statuses()


async def test_a_duplicate_has_no_texts_and_a_second_try_has_those_of_its_people(desk: Desk) -> None:
    await desk.agree()
    await desk.prepare()
    await desk.write(0, 1)
    copy = await desk.world.campaigns.duplicate(desk.campaign, NOW)
    assert await desk.library.own_text_plan(copy) is None
    await desk.store.choose(desk.campaign, Otherwise.LEAVE_OUT, NOW)
    await desk.start()
    first, second = await desk.world.waiting(desk.campaign)
    await desk.world.settle(first, NotSent("busy"), RecipientStatus.FAILED, "retries_exhausted")
    await desk.world.send(second, "m1")
    await desk.world.ledger.finish_if_done(desk.campaign, NOW)
    again = await desk.world.campaigns.retry_failed(desk.campaign, ["retries_exhausted"], NOW)
    plan = await desk.library.own_text_plan(again)
    assert plan == OwnTextPlan(again, WISH, Otherwise.LEAVE_OUT)
    texts = await desk.library.own_texts(again, OwnTextFilter(), None, 10)
    assert [(row.text, row.state) for row in texts] == [("Oi {nome|você}, Person 0", _S.ACCEPTED)]
    await desk.world.ledger.act(again, CampaignAction.START, NOW, None, None)
    assert [each.own_text for each in await desk.world.waiting(again)] == ["Oi {nome|você}, Person 0"]


async def test_a_deleted_campaign_and_a_change_of_mind_leave_no_text(desk: Desk, published: list[Event]) -> None:
    await desk.agree()
    await desk.prepare()
    await desk.store.discard(desk.campaign, NOW, "Ana")
    assert (desk.count(own_text), desk.count(own_text_plan)) == (0, 0)
    assert published[-1].fact.details == {"own_texts": "discarded"}
    await desk.store.discard(desk.campaign, NOW, "Ana")
    await desk.agree()
    await desk.prepare()
    await desk.store.note_end(desk.campaign, {"texts": 0, "code": "ai_busy"}, NOW, "Ana")
    assert published[-1].fact.details == {"texts": 0, "code": "ai_busy"}
    await desk.world.campaigns.delete(desk.campaign, NOW)
    assert (desk.count(own_text), desk.count(own_text_plan)) == (0, 0)
    await desk.store.note_request(desk.campaign, "small-1", 1, 1, 0.1, None, NOW)
    assert desk.count(ai_request) == 1, "what was paid for is counted"


async def test_a_start_looks_for_each_text_by_its_person_not_through_the_whole_campaign(desk: Desk) -> None:
    """By the indexes of the campaign it took 89 s for 20,000 people, and 1 s by those of people."""
    await desk.agree()
    await desk.prepare()
    await desk.write(0)
    await desk.store.choose(desk.campaign, Otherwise.LEAVE_OUT, NOW)
    asked: list[tuple[str, object]] = []

    def note(_conn: object, _cursor: object, statement: str, parameters: object, *_more: object) -> None:
        if "own_text" in statement and "recipient" in statement:
            asked.append((statement, parameters))

    def start(context: WriteContext) -> list[str]:
        conn = context.conn
        campaign = load_campaign(conn, desk.world.workspace_id, desk.campaign)
        sa.event.listen(conn, "before_cursor_execute", note)
        campaign_start.freeze(conn, campaign, NOW, None)
        sa.event.remove(conn, "before_cursor_execute", note)
        return [
            row[3]
            for statement, parameters in asked
            for row in conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)  # type: ignore[arg-type]
        ]

    steps = await desk.world.database.write(start)
    inner = [step for step in steps if "own_text_contact_id" in step or "ix_recipient_contact_id" in step]
    assert len(inner) >= 4, steps
    assert not [step for step in steps if step.startswith("SCAN")]
