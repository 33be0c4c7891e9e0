"""Sending only to people whose consent is recorded, on a real database."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from db.queries import audience, consents, people, person_data
from db.stores.contacts import find
from db.stores.identities import merge
from db.stores.imports import ImportStore
from db.stores.settings import SettingStore
from db.tables.recipient import recipient
from desktop.domain.campaign import Audience, AudienceKind
from desktop.domain.consent import NEEDS_CONSENT, ConsentMark, ImportRules, KnownPolicy
from desktop.domain.contact import Contact, ContactFilter, NewContact
from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId
from desktop.domain.segment import Consent, ConsentRule, Group, Match
from tests.db.world import World

ANA, BETO, CAIO, STRANGER = "+5511988887771", "+5511988887772", "+5511988887773", "+5511988887779"
THREE = Audience(AudienceKind.TAGS, ("feira",))


@pytest.fixture
async def gated(world: World) -> World:
    """Ana agreed, of Beto nothing is known, Caio said no; the rule is on."""
    rows = [
        NewContact(ANA, "Ana", ("feira",), consent=ConsentMark()),
        NewContact(BETO, "Beto", ("feira",)),
        NewContact(CAIO, "Caio", ("feira",), consent=ConsentMark(is_refused=True)),
    ]
    await world.contacts.upsert(rows, world.now, 500, rules=ImportRules("import:feira.csv"))
    await SettingStore(world.database, world.workspace_id).put(NEEDS_CONSENT, True, world.now)
    return world


async def person(world: World, phone: str) -> Contact:
    def question(conn: sa.Connection) -> Contact:
        return people.by_ids(conn, world.workspace_id, [find(conn, world.workspace_id, phone)])[0]

    return await world.database.read(question)


async def size(world: World, of: Audience) -> tuple[tuple[int, int], int | None]:
    def question(conn: sa.Connection) -> tuple[tuple[int, int], int | None]:
        counted = audience.audience_size(conn, world.workspace_id, of, True, world.now)
        return counted, consents.without_consent(conn, world.workspace_id, of, world.now)

    return await world.database.read(question)


async def recipients(world: World, campaign_id: CampaignId) -> list[tuple[str, str, str | None]]:
    query = sa.select(recipient.c.phone, recipient.c.status, recipient.c.reason)
    mine = query.where(recipient.c.campaign_id == campaign_id).order_by(recipient.c.id)
    rows = await world.database.read(lambda conn: conn.execute(mine).all())
    return [(row.phone, row.status, row.reason) for row in rows]


async def test_who_has_no_record_is_skipped_with_that_reason_and_an_opt_out_wins(gated: World) -> None:
    assert await size(gated, THREE) == ((1, 1), 1)
    started = await gated.started(audience=THREE)
    assert await recipients(gated, started) == [
        (ANA, "pending", None),
        (BETO, "skipped", "no_consent"),
        (CAIO, "skipped", "opted_out"),
    ]


async def test_whom_the_rule_leaves_out_can_be_looked_at(gated: World) -> None:
    rules = Group(Match.ANY, (ConsentRule(Consent.UNKNOWN),))
    where = ContactFilter(rules=rules, audience=THREE)
    found = await gated.database.read(lambda conn: people.ids(conn, gated.workspace_id, where, gated.now))
    assert list(found) == [(await person(gated, BETO)).id]


async def test_off_is_as_before(gated: World) -> None:
    await SettingStore(gated.database, gated.workspace_id).put(NEEDS_CONSENT, False, gated.now)
    assert await size(gated, THREE) == ((2, 1), None)
    started = await gated.started(audience=THREE)
    assert [status for _phone, status, _reason in await recipients(gated, started)] == ["pending", "pending", "skipped"]


async def test_a_stranger_of_a_pasted_list_has_no_consent(gated: World) -> None:
    pasted = Audience(AudienceKind.PHONES, (ANA, BETO, CAIO, STRANGER))
    assert await size(gated, pasted) == ((1, 1), 2)
    started = await gated.started(audience=pasted)
    assert (STRANGER, "skipped", "no_consent") in await recipients(gated, started)


async def test_nobody_left_refuses_the_start(gated: World) -> None:
    with pytest.raises(KnownError, match="Nobody is left"):
        await gated.started(audience=Audience(AudienceKind.PHONES, (BETO,)))


async def test_the_operator_records_a_consent_with_its_proof(gated: World) -> None:
    assert not await gated.contacts.opt_in(BETO, gated.later(), "ana", proof="ligação de 3/11")
    assert (await person(gated, BETO)).is_consented
    assert (await person(gated, BETO)).opt_in_source == "operator"
    assert await size(gated, THREE) == ((2, 1), 0)
    history = await gated.database.read(
        lambda conn: people.history(conn, gated.workspace_id, find(conn, gated.workspace_id, BETO))
    )
    assert history.proof == "ligação de 3/11"


async def test_an_import_records_the_consent_of_people_who_are_known_and_undoing_takes_it_back(gated: World) -> None:
    store, agreed = ImportStore(gated.database, gated.workspace_id), gated.now - timedelta(days=9)
    rows = [NewContact(ANA), NewContact(BETO), NewContact(CAIO)]
    began = gated.later()
    await store.begin(900, "novo.csv", began)
    for known, has_consent in ((KnownPolicy.MERGE_TAGS, False), (KnownPolicy.UPDATE, True)):
        rules = ImportRules("import:novo.csv", "ficha", agreed, known)
        await gated.contacts.upsert(rows, began, 900 if has_consent else 899, rules=rules)
        assert (await person(gated, BETO)).is_consented is has_consent
    assert (await person(gated, CAIO)).opted_out_at is not None, "an opt-out always wins"
    await store.end(900, 0, 3, gated.now)
    await store.undo(900, gated.later())
    assert not (await person(gated, BETO)).is_consented
    assert (await person(gated, ANA)).is_consented, "hers is older than the import"


async def test_two_contacts_that_are_one_keep_the_consent_of_either(gated: World) -> None:
    ids = [(await person(gated, phone)).id for phone in (BETO, ANA)]
    await gated.database.write(lambda context: merge(context, gated.workspace_id, ids[0], ids[1], gated.now))
    assert (await person(gated, BETO)).is_consented


async def test_everything_about_a_person_is_in_one_document(gated: World) -> None:
    started = await gated.started(audience=THREE)
    (candidate,) = await gated.waiting(started)
    await gated.send(candidate, "m-ana")
    found = await gated.database.read(
        lambda conn: person_data.document(conn, gated.workspace_id, find(conn, gated.workspace_id, ANA), gated.now)
    )
    text = repr(found)
    for word in (ANA, "'Ana'", "feira", "import:feira.csv", "Black Friday", "m-ana", "'is_recorded': True"):
        assert word in text
    assert BETO not in text
