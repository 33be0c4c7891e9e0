"""Two workspaces in one database: every question of one shows nothing of the other, whatever id it is given."""

import inspect
from array import array
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from db.connection import Database
from db.home import add_workspace
from db.queries.library import SqlLibrary
from db.stores.ai import AiStore
from db.stores.operators import OperatorStore
from db.stores.provider import ProviderStore
from db.stores.saved_messages import SavedMessageStore
from db.stores.settings import SettingStore
from db.tables.schema import metadata
from desktop.domain.ai import AiUsage
from desktop.domain.budget import Budget, Spent, budget_document
from desktop.domain.campaign import Audience, AudienceKind, CampaignAction, MessageDraft
from desktop.domain.contact import ContactFilter
from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId, ContactId, EventId, InstanceId, RecipientId
from desktop.domain.operator import Role
from desktop.domain.own_text import OwnTextCounts, OwnTextFilter
from desktop.domain.receipt import Reply
from desktop.domain.segment import Group, Match, TagRule
from desktop.domain.summaries import EventFilter, ReplyHistory
from desktop.domain.template import NumberFacts
from tests.db.world import NOW, World, draft, phone, with_own_texts

ALL = Audience(AudienceKind.ALL)
EVERYBODY = Group(Match.ALL, (TagRule("nobody", False),))
PLACES_OF_ALL = frozenset({"chain_head", "last_event_id", "last_event_at", "media_in_use"})
"""Where the one chain of the database's events ends: a number, a hash and a moment, of no workspace."""

REFUSED = frozenset(
    {"campaign", "draft", "recipient_situation", "proof", "campaign_analysis", "contact_history", "saved_message"}
    | {"person_data", "own_texts_to_write"}
)
"""What says that there is no such campaign, or recipient."""

Call = Callable[[SqlLibrary, World, CampaignId], Awaitable[object]]


def instance_id(world: World) -> InstanceId:
    return world.numbers["one"].id


# Every question, with the ids of the world that is handed over.
QUESTIONS: dict[str, Call] = {
    "campaigns": lambda of, _w, _c: of.campaigns(),
    "campaign": lambda of, _w, c: of.campaign(c),
    "draft": lambda of, _w, c: of.draft(c),
    "recipients": lambda of, _w, c: of.recipients(c, None, None, 100),
    "attempts": lambda of, w, _c: of.attempts(first_recipient(w)),
    "recipient_situation": lambda of, w, _c: of.recipient_situation(first_recipient(w)),
    "departures": lambda of, w, _c: of.departures(instance_id(w), NOW - timedelta(days=1)),
    "campaign_departures": lambda of, _w, c: of.campaign_departures(c, NOW - timedelta(days=1)),
    "replies": lambda of, _w, c: of.replies(c, NOW - timedelta(days=1)),
    "proof": lambda of, _w, c: of.proof(c, lambda summary, facts: (summary, list(facts))),
    "campaign_series": lambda of, _w, c: of.campaign_series(c, 10),
    "campaign_by_instance": lambda of, _w, c: of.campaign_by_instance(c),
    "instances": lambda of, _w, _c: of.instances(),
    "sent_by_day": lambda of, w, _c: of.sent_by_day(instance_id(w), "UTC", NOW - timedelta(days=1)),
    "instance_series": lambda of, w, _c: of.instance_series(instance_id(w), NOW - timedelta(days=1), 10),
    "campaign_analysis": lambda of, _w, c: of.campaign_analysis(c, "UTC"),
    "instance_health": lambda of, w, _c: of.instance_health(instance_id(w), "UTC", lambda _s, _f: 1.0),
    "dashboard": lambda of, _w, _c: of.dashboard("UTC"),
    "events_before": lambda of, _w, c: of.events_before(EventFilter(campaign_id=c), None, 100),
    "events_after": lambda of, w, _c: of.events_after(EventFilter(recipient_id=first_recipient(w)), EventId(0), 100),
    "contacts_of": lambda of, _w, _c: of.contacts_of(range(1, 100)),
    "contact_ids": lambda of, _w, _c: of.contact_ids(ContactFilter()),
    "contact_history": lambda of, _w, _c: of.contact_history(ContactId(1)),
    "contacts": lambda of, _w, _c: of.contacts(None, None, 100),
    "contact_count": lambda of, _w, _c: of.contact_count(),
    "tags": lambda of, _w, _c: of.tags(),
    "custom_fields": lambda of, _w, _c: of.custom_fields(),
    "audience_size": lambda of, _w, _c: of.audience_size(ALL, True),
    "audience_without_consent": lambda of, _w, _c: of.audience_without_consent(ALL),
    "person_data": lambda of, w, _c: of.person_data(phone(1)),
    "audience_sample": lambda of, _w, _c: of.audience_sample(ALL, 100),
    "audience_lacking": lambda of, _w, _c: of.audience_lacking(ALL, ["name"]),
    "audience_checks": lambda of, _w, _c: of.audience_checks(ALL, NOW - timedelta(days=1)),
    "audience_talking": lambda of, _w, _c: of.audience_talking(ALL),
    "audience_reached": lambda of, _w, campaign: of.audience_reached(campaign, ALL),
    "segments": lambda of, _w, _c: of.segments(),
    "rules_size": lambda of, _w, _c: of.rules_size(EVERYBODY),
    "rules_sample": lambda of, _w, _c: of.rules_sample(EVERYBODY, 100),
    "templates": lambda of, _w, _c: of.templates(),
    "number_facts": lambda of, w, _c: of.number_facts(instance_id(w)),
    "saved_messages": lambda of, _w, _c: of.saved_messages(),
    "saved_message": lambda of, _w, _c: of.saved_message("theirs: oferta"),
    "written_to_person": lambda of, w, _c: of.written_to_person(first_contact(w), NOW - timedelta(days=1)),
    "written_by_portfolio": lambda of, _w, _c: of.written_by_portfolio("acme", NOW - timedelta(days=1)),
    "histories": lambda of, _w, _c: of.histories(NOW - timedelta(days=1)),
    "reply_history": lambda of, _w, c: of.reply_history(c, NOW - timedelta(days=1)),
    "running_campaigns": lambda of, _w, _c: of.running_campaigns(),
    "last_retry_at": lambda of, _w, c: of.last_retry_at(c),
    "waiting_zones": lambda of, _w, c: of.waiting_zones(c),
    "audience_areas": lambda of, _w, _c: of.audience_areas(ALL),
    "credits": lambda of, _w, _c: of.credits(),
    "months_spent": lambda of, _w, _c: of.months_spent(2),
    "campaign_spent": lambda of, _w, c: of.campaign_spent(c),
    "phone_prefixes": lambda of, _w, _c: of.phone_prefixes(ALL),
    "ai_proposed": lambda of, _w, c: of.ai_proposed(c),
    "ai_usage": lambda of, _w, _c: of.ai_usage(NOW - timedelta(days=1)),
    "own_text_plan": lambda of, _w, c: of.own_text_plan(c),
    "own_texts": lambda of, _w, c: of.own_texts(c, OwnTextFilter(), None, 100),
    "own_text_counts": lambda of, _w, c: of.own_text_counts(c),
    "own_text_standing": lambda of, _w, c: of.own_text_standing(c),
    "own_texts_to_write": lambda of, _w, c: of.own_texts_to_write(c, 0, 100),
    "own_text_of": lambda of, w, c: of.own_text_of(c, first_contact(w)),
    "own_text_of_recipient": lambda of, w, _c: of.own_text_of_recipient(first_recipient(w)),
    "setting": lambda of, _w, _c: of.setting("secret"),
}


def first_recipient(world: World) -> RecipientId:
    query = sa.text(
        "SELECT min(recipient.id) FROM recipient JOIN campaign ON campaign.id = campaign_id WHERE workspace_id = :w"
    )
    return RecipientId(
        world.database.read_sync(lambda conn: conn.execute(query, {"w": world.workspace_id}).scalar_one())
    )


def first_contact(world: World) -> ContactId:
    query = sa.text("SELECT min(id) FROM contact WHERE workspace_id = :w")
    return ContactId(world.database.read_sync(lambda conn: conn.execute(query, {"w": world.workspace_id}).scalar_one()))


@pytest.fixture
async def rich(world: World) -> tuple[World, CampaignId]:
    """Somebody else's workspace, with something in every table that a campaign touches."""
    campaign_id = await world.campaigns.save_draft(None, draft(), NOW)
    await with_own_texts(world, campaign_id, "theirs")
    await world.ledger.act(campaign_id, CampaignAction.START, NOW, None, None)
    waiting = await world.waiting(campaign_id)
    await world.send(waiting[0], "m1")
    reply = Reply(world.numbers["one"].id, "r1", f"{waiting[0].phone[1:]}@s.whatsapp.net", waiting[0].phone, "Oi", NOW)
    await world.ledger.apply_reply(reply, False)
    for number in world.numbers.values():
        await ProviderStore(world.database, world.workspace_id).keep_facts(
            number.id, NumberFacts(portfolio_id="acme"), NOW
        )
    await SettingStore(world.database, world.workspace_id).put("secret", "theirs", NOW)
    await SavedMessageStore(world.database, world.workspace_id).save("theirs: oferta", [MessageDraft("Oi")], NOW)
    settings = SettingStore(world.database, world.workspace_id)
    await settings.put("secret", "theirs", NOW)
    await settings.put("budget", budget_document(Budget(messages=5)), NOW)
    await AiStore(world.database, world.workspace_id).note_answer(campaign_id, "m", 1, 2, 0.5, ["theirs"], NOW)
    await OperatorStore(world.database, world.workspace_id).add("Ana", Role.ADMIN, "hash", NOW, None)
    return world, campaign_id


@pytest.fixture
def empty(database: Database, rich: tuple[World, CampaignId]) -> SqlLibrary:
    """The questions of another workspace of the same database, in which there is nothing."""
    workspace_id = database.write_sync(lambda context: add_workspace(context, "Filial", NOW))
    return SqlLibrary(database, workspace_id, lambda: NOW)


def test_every_question_is_tried() -> None:
    methods = {name for name, _ in inspect.getmembers(SqlLibrary, inspect.iscoroutinefunction)}
    assert methods == set(QUESTIONS) | PLACES_OF_ALL


@pytest.mark.parametrize("name", sorted(QUESTIONS))
async def test_a_question_shows_nothing_of_another_workspace(
    name: str, rich: tuple[World, CampaignId], empty: SqlLibrary
) -> None:
    theirs, campaign_id = rich
    own = SqlLibrary(theirs.database, theirs.workspace_id, lambda: NOW)
    there = await QUESTIONS[name](own, theirs, campaign_id)
    if name in REFUSED:
        with pytest.raises(KnownError) as refused:
            await QUESTIONS[name](empty, theirs, campaign_id)
        assert refused.value.code.endswith("_not_found")
        return
    here = await QUESTIONS[name](empty, theirs, campaign_id)
    for word in ("Person", "Black Friday", "+5511", "theirs", "'one'", "city", "vip"):
        assert word not in repr(here)
    if isinstance(here, array):
        there, here = list(there), list(here)  # type: ignore[call-overload]
    nothing: Any = (None, 0, (0, 0), [], (), {}, ReplyHistory())
    if name not in (
        "templates",
        "number_facts",
        "segments",
        "last_retry_at",
        "audience_lacking",
        "audience_without_consent",
        "audience_checks",
        "audience_talking",
        "audience_reached",
        "campaign_series",
        "instance_series",
    ):
        assert there not in nothing, "the other workspace has something to show"
    if name == "credits":
        assert (here.budget, here.spent) == (Budget(), Spent())  # type: ignore[attr-defined]
        assert there.budget.messages == 5  # type: ignore[attr-defined]
    elif name == "months_spent":
        assert [each.spent for each in here] == [Spent(), Spent()]  # type: ignore[attr-defined]
        assert there[-1].spent.messages == 1  # type: ignore[index]
    elif name == "own_text_counts":
        assert here == OwnTextCounts()
    elif name == "reply_history":
        assert here == ReplyHistory()
        assert there.sent_total  # type: ignore[attr-defined]
    elif name == "ai_usage":
        assert here == AiUsage()
    elif name not in ("dashboard", "campaign_series", "instance_series", "audience_lacking"):
        assert here in nothing
    if name.endswith("_series"):
        assert not here.start_s  # type: ignore[attr-defined]
    if name == "dashboard":
        assert (here.total, here.running, here.recent) == (0, 0, ())  # type: ignore[attr-defined]
        assert all(not flow.sent for _day, flow in here.days)  # type: ignore[attr-defined]


async def test_the_operators_of_one_workspace_are_nobody_in_another(
    rich: tuple[World, CampaignId], database: Database
) -> None:
    workspace_id = database.write_sync(lambda context: add_workspace(context, "Filial", NOW))
    here = OperatorStore(database, workspace_id)
    theirs = OperatorStore(database, rich[0].workspace_id)
    (ana,) = await theirs.operators()
    assert await here.operators() == []
    assert await here.standing(ana.id) == (False, None)
    assert await here.begin_try("Ana", NOW, lambda _tries, _now: None) is None
    for change in (
        here.set_password("Ana", "x", NOW, None), here.set_role("Ana", Role.VIEWER, NOW, None),
        here.set_disabled("Ana", True, NOW, None), here.remove("Ana", NOW, None), here.note_right(ana.id, NOW, "x"),
    ):  # fmt: skip
        with pytest.raises(KnownError) as refused:
            await change
        assert refused.value.code == "operator_not_found"
    assert await here.reset(NOW) == 0
    assert await theirs.operators() == [ana]


async def test_unconfirmed_messages_are_asked_for_by_their_own_engine_only(
    rich: tuple[World, CampaignId], database: Database
) -> None:
    world, _campaign_id = rich
    long_ago = NOW - timedelta(days=1)
    assert len(await world.ledger.unconfirmed(long_ago, RecipientId(0), 10)) == 1
    workspace_id = database.write_sync(lambda context: add_workspace(context, "Filial", NOW))
    other = type(world.ledger)(database, workspace_id)
    assert await other.unconfirmed(long_ago, RecipientId(0), 10) == []


def test_every_table_with_a_workspace_says_so_for_each_row() -> None:
    """A row without a workspace would be everybody's: the column may not be empty."""
    for table in metadata.sorted_tables:
        if "workspace_id" in table.c:
            assert not table.c.workspace_id.nullable, table.name
