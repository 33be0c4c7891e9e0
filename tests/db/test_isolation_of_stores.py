"""Two workspaces in one database: no store of one changes or tells anything of the other, whatever id it is given.

Every public coroutine of every store is called by an empty workspace with the ids of a full one, with rows in every
table. Afterwards all rows of the full one are what they were, nothing new hangs on them, and no answer names them.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, get_origin

import pytest
import sqlalchemy as sa

import db.stores
from db import retention
from db.connection import Database
from db.home import add_workspace
from db.stores.ai import AiStore
from db.stores.contacts import ContactStore
from db.stores.hooks import HookStore
from db.stores.imports import ImportStore
from db.stores.number_checks import NumberCheckStore
from db.stores.operators import OperatorStore
from db.stores.provider import ProviderStore
from db.stores.saved_messages import SavedMessageStore
from db.stores.segments import SegmentStore
from db.stores.settings import SettingStore
from db.stores.trials import TrialStore
from db.tables.schema import metadata
from desktop.domain.ai import DraftState
from desktop.domain.campaign import CampaignAction, MessageDraft
from desktop.domain.clock_mark import ClockMark
from desktop.domain.consent import ImportRules
from desktop.domain.contact import ContactBatch, NewContact
from desktop.domain.errors import KnownError
from desktop.domain.events import EventType, NewEvent
from desktop.domain.hook import HookKind, NewDelivery
from desktop.domain.ids import AttemptId, CampaignId, ContactId, EventId, InstanceId, RecipientId, VariationId
from desktop.domain.instance import ConnectionState, Gateway, InstanceLimits
from desktop.domain.numbers import NumberCheck
from desktop.domain.operator import Operator, Role
from desktop.domain.opt_out import ReplyState
from desktop.domain.outcome import Accepted, Found
from desktop.domain.own_text import AiConsent, Otherwise, OwnTextState, OwnTextWish
from desktop.domain.receipt import NumberChanged, Preference, Receipt, ReceiptKind, Reply, TemplateChanged
from desktop.domain.recipient import RecipientStatus
from desktop.domain.segment import Group, Match, TagRule
from desktop.domain.summaries import CampaignCounts
from desktop.domain.template import MessageTemplate, NumberFacts
from desktop.engine.ports import Doubt, Intent, Settlement
from tests.db.world import NOW, World, draft, phone, with_own_texts

LATER = NOW + timedelta(days=1)
MINE = AiConsent(NOW, "Ana", "https://mine.example", "m")
SINCE = NOW - timedelta(days=1)
EVERYBODY = Group(Match.ALL, (TagRule("nobody", False),))
WORDS = ("Person", "Black Friday", "+5511", "5511900", "theirs", "'one'", "city", "vip", "Ana")

SHARED_TABLES = {
    "event_anchor": "the one chain of the database",
    "event_text_state": "how far the one index of all events is",
    "uploaded_media": "a provider's id for a number and the digest of a file: who asks has both already",
    "receipt_inbox": "told before anybody knows whose message it is; read by the id of an own message only",
}
"""Tables without a workspace, by design."""
BY_DESIGN = {
    "EventKeeper.index": "one index of all events; questions that use it are bound to their workspace",
    "EventKeeper.prune": "the events of a database are one chain, and so is its retention (SECURITY.md)",
    "ProviderStore.media_id": SHARED_TABLES["uploaded_media"],
    "ProviderStore.keep_media_id": SHARED_TABLES["uploaded_media"],
}
"""What works over all workspaces, and why."""


@dataclass
class Theirs:
    """Ids of the full workspace."""

    world: World
    campaign: CampaignId
    sent: RecipientId
    waiting: RecipientId
    attempt: AttemptId
    instance: InstanceId
    contact: ContactId
    intent: Intent
    import_id: int
    hook: Any
    delivery: Any
    operator: Operator
    reply: int
    trial: int
    doubt: Doubt
    settlement: Settlement


Call = Callable[[Any, Theirs], Awaitable[object]]

CALLS: dict[str, Call] = {
    "AiStore.decide": lambda of, t: of.decide([1], DraftState.REJECTED),
    "AiStore.note_answer": lambda of, t: of.note_answer(t.campaign, "m", 1, 1, 0.1, ["mine"], LATER),
    "CapsuleStore.hand_over": lambda of, t: of.hand_over(t.campaign, "mine", LATER),
    "CapsuleStore.handed_over": lambda of, t: of.handed_over(),
    "CapsuleStore.refuse_known": lambda of, t: of.refuse_known("theirs"),
    "CapsuleStore.take_back": lambda of, t: of.take_back(t.campaign, LATER),
    "CapsuleStore.take_in": lambda of, t: of.take_in("theirs", lambda _context: CampaignId(999), LATER),
    "CampaignStore.delete": lambda of, t: of.delete(t.campaign, LATER),
    "CampaignStore.duplicate": lambda of, t: of.duplicate(t.campaign, LATER),
    "CampaignStore.retry_failed": lambda of, t: of.retry_failed(t.campaign, ["timeout"], LATER),
    "CampaignStore.save_draft": lambda of, t: of.save_draft(t.campaign, draft("Mine", instances=()), LATER),
    "CampaignStore.schedule": lambda of, t: of.schedule(t.campaign, LATER, NOW),
    "ContactEditStore.edit": lambda of, t: of.edit(t.contact, "Mine", {}, LATER),
    "ContactEditStore.opt_out": lambda of, t: of.opt_out([t.contact], LATER),
    "ContactEditStore.tag": lambda of, t: of.tag([t.contact], "mine", True, LATER),
    "ContactStore.bring": lambda of, t: of.bring(
        ContactBatch([phone(1)], ["Mine"], ["{}"], [()]), LATER, t.import_id, rules=ImportRules("x")
    ),
    "ContactStore.erase": lambda of, t: of.erase(phone(0), LATER),
    "ContactStore.opt_in": lambda of, t: of.opt_in(phone(1), LATER),
    "ContactStore.opt_out": lambda of, t: of.opt_out(phone(1), LATER),
    "ContactStore.upsert": lambda of, t: of.upsert([NewContact(phone(1), "Mine")], LATER, t.import_id),
    "HookStore.add": lambda of, t: of.add("https://other.example", [HookKind.MESSAGE_SENT], LATER),
    "HookStore.dead": lambda of, t: of.dead(t.hook.id, 10),
    "HookStore.due": lambda of, t: of.due(t.hook.id, LATER, 10),
    "HookStore.enqueue": lambda of, t: of.enqueue(t.hook, [delivery("mine")], EventId(9), LATER),
    "HookStore.forget_before": lambda of, t: of.forget_before(LATER + timedelta(days=9), LATER + timedelta(days=9)),
    "HookStore.hooks": lambda of, t: of.hooks(),
    "HookStore.note_delivered": lambda of, t: of.note_delivered(t.delivery, 200, LATER),
    "HookStore.note_failed": lambda of, t: of.note_failed(t.delivery, 500, "x", None, LATER),
    "HookStore.pause": lambda of, t: of.pause(t.hook.id, "x", LATER),
    "HookStore.remove": lambda of, t: of.remove(t.hook.id, LATER),
    "HookStore.resume": lambda of, t: of.resume(t.hook.id, LATER),
    "HookStore.retry_dead": lambda of, t: of.retry_dead(t.hook.id, LATER),
    "HookStore.standings": lambda of, t: of.standings(),
    "ImportStore.begin": lambda of, t: of.begin(t.import_id + 1, "mine.csv", LATER),
    "ImportStore.end": lambda of, t: of.end(t.import_id, 7, 7, LATER),
    "ImportStore.last": lambda of, t: of.last(),
    "ImportStore.undo": lambda of, t: of.undo(t.import_id, LATER),
    "InstanceStore.add": lambda of, t: of.add(
        "mine", Gateway.EVOLUTION, "http://x", "mine", "UTC", InstanceLimits(), LATER
    ),
    "InstanceStore.pause": lambda of, t: of.pause(t.instance, LATER),
    "InstanceStore.remove": lambda of, t: of.remove(t.instance, LATER),
    "InstanceStore.resume": lambda of, t: of.resume(t.instance, LATER),
    "InstanceStore.update": lambda of, t: of.update(t.instance, InstanceLimits(), "UTC", LATER),
    "SqlLedger.act": lambda of, t: of.act(t.campaign, CampaignAction.CANCEL, LATER, None, None),
    "SqlLedger.apply_news": lambda of, t: of.apply_news(
        [
            Preference(t.instance, phone(1)[1:], phone(1), True, LATER),
            TemplateChanged("waba", "theirs", "pt_BR", LATER, status="REJECTED"),
            NumberChanged(t.instance, LATER, quality="RED"),
        ]
    ),
    "SqlLedger.apply_receipts": lambda of, t: of.apply_receipts([Receipt(t.instance, "m1", ReceiptKind.READ, LATER)]),
    "SqlLedger.apply_reply": lambda of, t: of.apply_reply(
        Reply(t.instance, "r9", f"{phone(0)[1:]}@s.whatsapp.net", phone(0), "SAIR", LATER, "m1"), True
    ),
    "SqlLedger.begin_run": lambda of, t: of.begin_run(LATER, "other", 2),
    "SqlLedger.campaign_departures": lambda of, t: of.campaign_departures(t.campaign, SINCE),
    "SqlLedger.clock_marks": lambda of, t: of.clock_marks(),
    "SqlLedger.control_state": lambda of, t: of.control_state(),
    "SqlLedger.counts": lambda of, t: of.counts(t.campaign),
    "SqlLedger.departures": lambda of, t: of.departures(t.instance, SINCE),
    "SqlLedger.doubts": lambda of, t: of.doubts(10),
    "SqlLedger.due_retries": lambda of, t: of.due_retries(t.campaign, LATER, 10),
    "SqlLedger.due_schedules": lambda of, t: of.due_schedules(LATER + timedelta(days=99)),
    "SqlLedger.end_run": lambda of, t: of.end_run(t.world.run_id, LATER),
    "SqlLedger.finish_if_done": lambda of, t: of.finish_if_done(t.campaign, LATER),
    "SqlLedger.instances": lambda of, t: of.instances(),
    "SqlLedger.last_departure": lambda of, t: of.last_departure(t.campaign),
    "SqlLedger.next_retry_at": lambda of, t: of.next_retry_at(t.campaign),
    "SqlLedger.note": lambda of, t: of.note(NewEvent(EventType.ERROR, LATER)),
    "SqlLedger.note_clock": lambda of, t: of.note_clock(ClockMark(LATER, 1.0, "boot")),
    "SqlLedger.note_connectivity": lambda of, t: of.note_connectivity(True, LATER, {}),
    "SqlLedger.pause_instance": lambda of, t: of.pause_instance(t.instance, "health_issue", LATER, {}),
    "SqlLedger.pending": lambda of, t: of.pending(t.campaign, RecipientId(0), 10),
    "SqlLedger.plan": lambda of, t: of.plan(t.campaign),
    "SqlLedger.record_intent": lambda of, t: of.record_intent(t.intent),
    "SqlLedger.record_verdict": lambda of, t: of.record_verdict(t.doubt, Found("m7"), LATER),
    "SqlLedger.resolve_doubts": lambda of, t: of.resolve_doubts([t.doubt.recipient_id], True, LATER),
    "SqlLedger.resume_instance": lambda of, t: of.resume_instance(t.instance, LATER, {}),
    "SqlLedger.reweigh": lambda of, t: of.reweigh(t.campaign, {VariationId(1): 9}, {}, LATER),
    "SqlLedger.set_instance_state": lambda of, t: of.set_instance_state(
        t.instance, ConnectionState.NEEDS_QR, LATER, "+5511911111111"
    ),
    "SqlLedger.settle": lambda of, t: of.settle(t.settlement),
    "SqlLedger.skip": lambda of, t: of.skip(t.waiting, "invalid", LATER),
    "SqlLedger.unconfirmed": lambda of, t: of.unconfirmed(SINCE, RecipientId(0), 10),
    "SqlLedger.variation_results": lambda of, t: of.variation_results(t.campaign),
    "SqlLedger.written_by": lambda of, t: of.written_by(t.instance, SINCE),
    "SqlLedger.written_by_portfolio": lambda of, t: of.written_by_portfolio("theirs", SINCE),
    "SqlLedger.credits": lambda of, t: of.credits(NOW),
    "SqlLedger.replies": lambda of, t: of.replies(t.campaign, SINCE),
    "SqlLedger.trials_after": lambda of, t: of.trials_after(0, SINCE),
    "SqlLedger.zones": lambda of, t: of.zones(t.campaign),
    "NumberCheckStore.keep": lambda of, t: of.keep({phone(1): NumberCheck(False, None)}, LATER),
    "NumberCheckStore.overview": lambda of, t: of.overview(None, SINCE),
    "NumberCheckStore.known": lambda of, t: of.known(None, SINCE),
    "NumberCheckStore.unchecked": lambda of, t: of.unchecked(None, LATER, 0, 10),
    "OperatorStore.add": lambda of, t: of.add("Bia", Role.ADMIN, "hash", LATER, None),
    "OperatorStore.begin_try": lambda of, t: of.begin_try("Ana", LATER, lambda _tries, _now: LATER),
    "OperatorStore.note_right": lambda of, t: of.note_right(t.operator.id, LATER, "x"),
    "OperatorStore.note_wrong": lambda of, t: of.note_wrong(t.operator, LATER),
    "OperatorStore.operators": lambda of, t: of.operators(),
    "OperatorStore.remove": lambda of, t: of.remove("Ana", LATER, None),
    "OperatorStore.reset": lambda of, t: of.reset(LATER),
    "OperatorStore.set_disabled": lambda of, t: of.set_disabled("Ana", True, LATER, None),
    "OperatorStore.set_password": lambda of, t: of.set_password("Ana", "x", LATER, None),
    "OperatorStore.set_role": lambda of, t: of.set_role("Ana", Role.VIEWER, LATER, None),
    "OperatorStore.standing": lambda of, t: of.standing(t.operator.id),
    "OptOutReplyStore.begin": lambda of, t: of.begin(LATER + timedelta(days=9)),
    "OptOutReplyStore.claim": lambda of, t: of.claim(t.reply, LATER),
    "OptOutReplyStore.due": lambda of, t: of.due(NOW, 10),
    "OptOutReplyStore.settle": lambda of, t: of.settle(t.reply, ReplyState.SENT, None, LATER),
    "ProviderStore.keep_facts": lambda of, t: of.keep_facts(t.instance, NumberFacts(quality="RED"), LATER),
    "ProviderStore.keep_media_id": lambda of, t: of.keep_media_id("9", "digest", "mine", LATER),
    "ProviderStore.media_id": lambda of, t: of.media_id("1", "digest", NOW),
    "ProviderStore.replace_templates": lambda of, t: of.replace_templates("waba", [], LATER),
    "OwnTextStore.agree": lambda of, t: of.agree(t.campaign, OwnTextWish("mine"), MINE, 1, LATER),
    "OwnTextStore.prepare": lambda of, t: of.prepare(t.campaign, LATER, again=True),
    "OwnTextStore.renew": lambda of, t: of.renew(t.campaign, 1, LATER),
    "OwnTextStore.drop_waiting": lambda of, t: of.drop_waiting(t.campaign),
    "OwnTextStore.keep": lambda of, t: of.keep(t.campaign, t.contact, "mine", (), 4, LATER),
    "OwnTextStore.fail": lambda of, t: of.fail(t.campaign, t.contact, "ai_busy", LATER),
    "OwnTextStore.note_request": lambda of, t: of.note_request(t.campaign, "m", 1, 1, 0.1, None, LATER),
    "OwnTextStore.note_end": lambda of, t: of.note_end(t.campaign, {"texts": 1}, LATER, None),
    "OwnTextStore.decide": lambda of, t: of.decide(t.campaign, [1, 2], OwnTextState.REFUSED, LATER),
    "OwnTextStore.edit": lambda of, t: of.edit(t.campaign, t.contact, "mine", (), 4, LATER),
    "OwnTextStore.choose": lambda of, t: of.choose(t.campaign, Otherwise.LEAVE_OUT, LATER),
    "OwnTextStore.discard": lambda of, t: of.discard(t.campaign, LATER),
    "SavedMessageStore.delete": lambda of, t: of.delete("theirs: oferta", LATER),
    "SavedMessageStore.rename": lambda of, t: of.rename("theirs: oferta", "mine", LATER),
    "SavedMessageStore.save": lambda of, t: of.save("theirs: oferta", [MessageDraft("Mine")], LATER),
    "SegmentStore.delete": lambda of, t: of.delete("theirs", LATER),
    "SegmentStore.rename": lambda of, t: of.rename("theirs", "mine", LATER),
    "SegmentStore.save": lambda of, t: of.save("theirs", EVERYBODY, LATER),
    "SettingStore.put": lambda of, t: of.put("secret", "mine", LATER),
    "TrialStore.begin": lambda of, t: of.begin(t.instance, phone(1), LATER),
    "TrialStore.settle": lambda of, t: of.settle(t.trial, Accepted("m9", None, 201), LATER, 1, t.campaign),
    "EventKeeper.index": lambda of, t: of.index(),
    "EventKeeper.prune": lambda of, t: of.prune(SINCE, LATER),
}


def delivery(key: str) -> NewDelivery:
    return NewDelivery(key, HookKind.MESSAGE_SENT, EventId(1), None, {"to": "theirs"})


def stores() -> Iterator[tuple[str, type]]:
    modules = [importlib.import_module(f"db.stores.{found.name}") for found in pkgutil.iter_modules(db.stores.__path__)]
    for module in [*modules, retention]:
        for name, found in inspect.getmembers(module, inspect.isclass):
            if found.__module__ == module.__name__ and methods_of(found):
                yield name, found


def methods_of(store: type) -> list[str]:
    found = inspect.getmembers(store, inspect.isfunction)
    return [name for name, method in found if not name.startswith("_") and is_awaited(method)]


def is_awaited(method: Callable[..., object]) -> bool:
    """Tell whether a method asks the database; what only returns a future says so in its type."""
    returns = inspect.get_annotations(method, eval_str=True).get("return")
    return inspect.iscoroutinefunction(method) or get_origin(returns) is Awaitable


STORES = dict(stores())


def insert(database: Database, table: str, **values: object) -> int:
    statement = sa.insert(metadata.tables[table]).values(values)
    return database.write_sync(lambda ctx: int((ctx.conn.execute(statement).inserted_primary_key or (0,))[0] or 0))


@pytest.fixture
async def theirs(world: World) -> Theirs:
    """A workspace with something in every table."""
    base, workspace = world.database, world.workspace_id
    another = await world.campaigns.save_draft(None, draft("theirs"), NOW)
    await with_own_texts(world, another, "theirs")
    campaign_id = await world.started()
    insert(base, "campaign_retry", campaign_id=another, first_id=campaign_id)
    waiting = await world.waiting(campaign_id)
    await world.send(waiting[0], "m1")
    doubtful, _ = await world.claim(waiting[1])
    retry_later = world.settlement(doubtful, waiting[1], Accepted("m2", None, 201), RecipientStatus.SENT)  # type: ignore[arg-type]
    _, intent = await world.claim(waiting[2])
    instance_id = world.numbers["one"].id
    await world.receipt("unknown", ReceiptKind.DELIVERED)
    hooks = HookStore(base, workspace)
    hook = await hooks.add("https://theirs.example", [HookKind.MESSAGE_SENT], NOW)
    await hooks.enqueue(hook, [delivery("k1"), delivery("k2")], hook.cursor, NOW)
    due = await hooks.due(hook.id, LATER, 10)
    await hooks.note_failed(due[1].id, 500, "theirs", None, NOW)
    imports = ImportStore(base, workspace)
    await imports.begin(5_000, "theirs.csv", NOW)
    rules = ImportRules("form", "theirs", NOW)
    again = [NewContact(phone(1), "Person 1", ("vip",), {"city": "Recife"}), NewContact(phone(77), "Person 77")]
    await ContactStore(base, workspace).upsert(again, NOW, 5_000, rules=rules)
    await ContactStore(base, workspace).opt_out(phone(4), NOW)
    await SettingStore(base, workspace).put("secret", "theirs", NOW)
    await SavedMessageStore(base, workspace).save("theirs: oferta", [MessageDraft("Oi")], NOW)
    await SegmentStore(base, workspace).save("theirs", EVERYBODY, NOW)
    operator = await OperatorStore(base, workspace).add("Ana", Role.ADMIN, "hash", NOW, None)
    template = MessageTemplate("waba", "theirs", "pt_BR", "APPROVED", "MARKETING", "NAMED", (), NOW)
    provider = ProviderStore(base, workspace)
    await provider.replace_templates("waba", [template], NOW)
    await provider.keep_facts(instance_id, NumberFacts(quality="GREEN", portfolio_id="theirs"), NOW)
    await provider.keep_media_id("1", "digest", "theirs", LATER)
    await NumberCheckStore(base, workspace).keep({phone(1): NumberCheck(True, "theirs")}, NOW)
    await world.ledger.note_clock(ClockMark(NOW, 1.0, "boot"))
    contact_id = ContactId(waiting[0].contact_id)
    reply = insert(
        base, "opt_out_reply", workspace_id=workspace, phone_hash="h", contact_id=contact_id, instance_id=instance_id,
        address="theirs", text="theirs", state=ReplyState.DUE.value, requested_at=NOW,
    )  # fmt: skip
    await AiStore(base, workspace).note_answer(campaign_id, "m", 1, 2, 0.5, ["theirs"], NOW)
    trial = await TrialStore(base, workspace).begin(instance_id, phone(1), NOW)
    insert(base, "capsule", workspace_id=workspace, uid="theirs", campaign_id=campaign_id, direction="out", at=NOW)
    insert(base, "contact_identity", workspace_id=workspace, kind="lid", value="theirs", contact_id=contact_id)
    # Whom a dead run left in doubt, and whom the next one waits for.
    world.run_id = await world.ledger.begin_run(NOW, "host", 1)
    doubts = await world.ledger.doubts(10)
    assert len(doubts) == 2
    waiting_id = waiting[3].id
    wish = Intent(
        waiting_id, campaign_id, instance_id, VariationId(1), world.run_id, 1, LATER, "mine", "digest", {"rule": "x"}
    )
    del intent
    return Theirs(
        world, campaign_id, RecipientId(waiting[0].id), RecipientId(waiting_id), AttemptId(1), instance_id, contact_id,
        wish, 5_000, hook, due[0].id, operator, reply, trial, doubts[0], retry_later,
    )  # fmt: skip


def rows(database: Database) -> "Rows":
    """Return every row of every table."""

    def read(conn: sa.Connection) -> "Rows":
        return {
            table.name: {tuple(map(str, row)) for row in conn.execute(sa.select(*table.c))}
            for table in metadata.sorted_tables
        }

    return database.read_sync(read)


def test_every_method_of_every_store_is_tried() -> None:
    assert {f"{name}.{method}" for name, store in STORES.items() for method in methods_of(store)} == set(CALLS)


def test_every_table_belongs_to_a_workspace_or_hangs_on_one_that_does_or_says_why_not() -> None:
    bound = {table.name for table in metadata.sorted_tables if "workspace_id" in table.c} | {"workspace"}
    owners = ("campaign_id", "contact_id", "instance_id", "hook_id", "recipient_id")
    hanging = {
        table.name
        for table in metadata.sorted_tables
        if any(column in table.c and not table.c[column].nullable for column in owners)
    }
    loose = {table.name for table in metadata.sorted_tables} - bound - (hanging - {"receipt_inbox"})
    assert loose == set(SHARED_TABLES)


async def test_there_is_something_to_lose_in_every_table(theirs: Theirs) -> None:
    empty = {name for name, found in rows(theirs.world.database).items() if not found}
    assert empty <= {"event_anchor", "event_text_state"}, sorted(empty)


async def test_no_store_changes_or_tells_anything_of_another_workspace(theirs: Theirs) -> None:
    found: list[str] = []
    known = rows(theirs.world.database)
    for name in sorted(set(CALLS) - set(BY_DESIGN)):
        leaks, known = await leaks_of(name, theirs, known)
        found += leaks
    assert found == []


Rows = dict[str, set[tuple[object, ...]]]


async def leaks_of(name: str, theirs: Theirs, before: Rows) -> tuple[list[str], Rows]:
    """Call a method for a new, empty workspace with the ids of the full one.

    Returns:
        What it did to the full one or told of it, and all rows afterwards.
    """
    database = theirs.world.database
    own = database.write_sync(lambda context: add_workspace(context, f"Filial {name}", NOW))
    store = STORES[name.partition(".")[0]](database, own)
    try:
        answer = await CALLS[name](store, theirs)
    except KnownError as refusal:
        answer, said = None, "" if refusal.code.endswith("_not_found") else refusal.message
    else:
        said = repr(answer)
    after, found = rows(database), list[str]()
    for table, known in before.items():
        lost = known - after[table]
        if table == "workspace":  # its own revision
            lost = {row for row in lost if row[0] != str(own)}
        found += [f"{name} changed {table}: {row}" for row in lost]
        found += [f"{name} added to {table}: {row}" for row in after[table] - known if hangs_on(table, row, theirs)]
    own_words = {"theirs"} if name in NAMED_THE_SAME else set[str]()
    is_told = any(word in said and word not in own_words for word in WORDS) or not nothing_in(answer, name)
    return [*found, *([f"{name} told {said}"] if is_told else [])], after


NAMED_THE_SAME = {"SavedMessageStore.save", "SegmentStore.save", "SavedMessageStore.rename"} | {
    "SavedMessageStore.delete", "SegmentStore.delete", "SegmentStore.rename",
}  # fmt: skip
"""Made, or asked for, with a name that the other workspace uses too."""


def hangs_on(table: str, row: tuple[object, ...], theirs: Theirs) -> bool:
    """Tell whether a new row belongs to the full workspace or to anything in it."""
    named = dict(zip(metadata.tables[table].c.keys(), row, strict=True))
    if table == "receipt_inbox":
        return False
    owned = {
        "workspace_id": str(theirs.world.workspace_id),
        "campaign_id": str(theirs.campaign),
        "instance_id": str(theirs.instance),
        "contact_id": str(theirs.contact),
        "hook_id": str(theirs.hook.id),
    }
    return any(named.get(column) == value for column, value in owned.items())


EMPTY_BY_ITSELF = {
    "ContactStore.bring", "ContactStore.upsert", "HookStore.add", "InstanceStore.add", "OperatorStore.add",
    "SavedMessageStore.save",
    "SegmentStore.save", "SqlLedger.begin_run", "SqlLedger.control_state", "SqlLedger.credits",
    "NumberCheckStore.overview",
    "CampaignStore.save_draft", "CapsuleStore.take_in",
}  # fmt: skip
"""Answers with something of their own."""


def nothing_in(answer: object, name: str) -> bool:
    return (
        name in EMPTY_BY_ITSELF or answer in (CampaignCounts(), None, False, 0, "", (0, 0), (False, None)) or not answer
    )
