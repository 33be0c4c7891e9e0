"""Consent, the suppression list, imports that are undone, and segments, on a real database."""

import pytest
import sqlalchemy as sa

from db.queries import audience, segments
from db.rows import select_campaigns
from db.stores.contact_edits import ContactEditStore
from db.stores.imports import ImportStore, Undone
from db.stores.segments import SegmentStore
from db.tables.consent import consent, contact_before, suppression
from db.tables.contact import contact
from db.tables.recipient import recipient
from db.tables.workspace import workspace
from db.writer import WriteContext
from desktop.domain.campaign import Audience, AudienceKind
from desktop.domain.consent import ConsentMark, ImportRules, KnownPolicy
from desktop.domain.contact import NewContact
from desktop.domain.errors import KnownError
from desktop.domain.ids import WorkspaceId
from desktop.domain.segment import from_document
from tests.db.world import World, draft

ANA, BETO, CAIO = "+5511988887771", "+5511988887772", "+5511988887773"


async def people(world: World) -> dict[str, tuple[str, tuple[str, ...], bool]]:
    """Return who the tests add, without the people of the world."""
    everybody = [found for found in world.contacts.export() if "00000" not in found.phone]
    return {found.phone: (found.name, found.tags, found.opted_out_at is not None) for found in everybody}


async def test_an_opt_out_survives_the_erasure_and_a_new_import(world: World) -> None:
    await world.contacts.upsert([NewContact(ANA, "Ana")], world.now, 500)
    await world.contacts.erase(ANA, world.now)
    assert ANA not in await people(world)
    kept = await world.database.read(lambda conn: conn.execute(sa.select(suppression)).all())
    assert len(kept) == 1
    assert ANA not in str(kept)
    old_form = ANA.replace("119", "11", 1)
    await world.contacts.upsert([NewContact(old_form, "Ana"), NewContact(BETO, "Beto")], world.later(), 501)
    found = await people(world)
    assert found[old_form][2], "either form of the phone is on the list"
    assert not found[BETO][2]
    await world.contacts.opt_in(old_form, world.later())
    await world.contacts.erase(BETO, world.now)
    remaining = await world.database.read(lambda conn: conn.execute(sa.select(suppression)).all())
    assert len(remaining) == 1


async def test_a_no_in_the_file_is_an_opt_out_and_a_proof_is_kept(world: World) -> None:
    batch = [
        NewContact(ANA, "Ana", consent=ConsentMark(is_refused=True)),
        NewContact(BETO, "Beto", consent=ConsentMark(proof="formulário 12")),
        NewContact(CAIO, "Caio"),
    ]
    agreed_at = world.now
    rules = ImportRules("loja", "ficha assinada", agreed_at)
    await world.contacts.upsert(batch, world.later(), 500, rules=rules)
    assert (await people(world))[ANA][2]
    query = sa.select(contact.c.name, consent.c.at, consent.c.proof).join(consent, consent.c.contact_id == contact.c.id)
    kept = await world.database.read(lambda conn: conn.execute(query.order_by(contact.c.id)).all())
    assert kept == [("Beto", agreed_at, "formulário 12"), ("Caio", agreed_at, "ficha assinada")]


async def test_what_is_known_is_kept_or_only_tagged_on_wish(world: World) -> None:
    await world.contacts.upsert([NewContact(ANA, "Ana", ("vip",))], world.now, 500)
    again = [NewContact(ANA, "Outra", ("natal",))]
    kept = await world.contacts.upsert(again, world.later(), 501, rules=ImportRules("x", known=KnownPolicy.KEEP))
    assert (kept.added, kept.updated, kept.duplicates) == (0, 0, 1)
    assert (await people(world))[ANA][:2] == ("Ana", ("vip",))
    await world.contacts.upsert(again, world.later(), 502, rules=ImportRules("x", known=KnownPolicy.MERGE_TAGS))
    assert (await people(world))[ANA][:2] == ("Ana", ("natal", "vip"))


async def test_the_last_import_is_undone_but_not_what_was_changed_since(world: World) -> None:
    store = ImportStore(world.database, world.workspace_id)
    edits = ContactEditStore(world.database, world.workspace_id)
    await world.contacts.upsert([NewContact(ANA, "Ana", ("vip",), {"cidade": "Recife"})], world.now, 500)
    began = world.later()
    await store.begin(600, "lista.csv", began)
    batch = [NewContact(ANA, "ANA", ("novo",)), NewContact(BETO, "Beto", ("novo",)), NewContact(CAIO, "Caio")]
    await world.contacts.upsert(batch, began, 600)
    await store.end(600, 2, 1, world.later())
    caio = next(found.id for found in world.contacts.export() if found.phone == CAIO)
    await edits.edit(caio, "Caio Souza", {}, world.later())
    assert await store.undo(600, world.later()) == Undone(removed=1, restored=1, kept=1)
    assert await people(world) == {ANA: ("Ana", ("vip",), False), CAIO: ("Caio Souza", (), False)}
    last = await store.last()
    assert last is not None
    assert last.is_undone


async def test_a_segment_chooses_by_fields_tags_consent_and_history(world: World) -> None:
    batch = [
        NewContact(ANA, "Ana", ("vip",), {"cidade": "Recife", "pontos": "10,5"}),
        NewContact(BETO, "Beto%", (), {"cidade": "recife", "pontos": "7"}),
        NewContact(CAIO, "Caio", ("vip",), {"pontos": "muitos"}),
    ]
    await world.contacts.upsert(batch, world.now, 500, rules=ImportRules("import:loja.csv", "ficha assinada"))
    await world.contacts.opt_out(CAIO, world.now)

    async def names(*rules: object) -> list[str]:
        group = from_document({"all": list(rules)})
        found = await world.database.read(
            lambda conn: audience.rules_sample(conn, world.workspace_id, group, 10, world.now)
        )
        return [person.name for person in found if person.phone in (ANA, BETO, CAIO)]

    assert await names({"field": "custom.cidade", "is": "equals", "value": "RECIFE"}) == ["Ana", "Beto%"]
    assert await names({"field": "custom.pontos", "is": "greater", "value": "8"}) == ["Ana"]
    assert await names({"field": "name", "is": "contains", "value": "%"}) == ["Beto%"]
    assert await names({"field": "custom.cidade", "is": "empty"}) == ["Caio"]
    assert await names({"tag": "vip"}, {"consent": "agreed"}) == ["Ana"]
    assert await names({"consent": "opted_out"}) == ["Caio"]
    assert await names({"tag": "vip", "has": False}) == ["Beto%"]
    assert await names({"history": "contacted", "has": False, "days": 30}, {"tag": "vip"}) == ["Ana", "Caio"]
    assert await names({"history": "read", "campaign": "Natal' OR 1=1 --"}) == []
    assert await names(
        {"any": [{"history": "failed", "days": 3}, {"field": "name", "is": "starts_with", "value": "b"}]}
    ) == ["Beto%"]


async def test_a_saved_segment_is_an_audience(world: World) -> None:
    store = SegmentStore(world.database, world.workspace_id)
    await world.contacts.upsert([NewContact(ANA, "Ana", ("ouro",)), NewContact(BETO, "Beto")], world.now, 500)
    await store.save("VIPs", from_document({"all": [{"tag": "ninguem"}]}), world.now)
    await store.save("VIPs", from_document({"all": [{"tag": "ouro"}]}), world.now)
    chosen = Audience(AudienceKind.SEGMENT, ("VIPs",))
    size = await world.database.read(
        lambda conn: audience.audience_size(conn, world.workspace_id, chosen, True, world.now)
    )
    assert size == (1, 0)
    (kept,) = await world.database.read(lambda conn: segments.all_segments(conn, world.workspace_id))
    assert kept.name == "VIPs"


async def test_drafts_follow_a_segment_that_gets_another_name(world: World) -> None:
    store = SegmentStore(world.database, world.workspace_id)
    await store.save("VIPs", from_document({"all": [{"tag": "ouro"}]}), world.now)
    await store.save("Natal", from_document({"all": [{"tag": "natal"}]}), world.now)
    theirs, other = Audience(AudienceKind.SEGMENT, ("VIPs",)), Audience(AudienceKind.SEGMENT, ("Natal",))
    follows = await world.campaigns.save_draft(None, draft("A", audience=theirs), world.now)
    stays = await world.campaigns.save_draft(None, draft("B", audience=other), world.now)
    with pytest.raises(KnownError, match="already"):
        await store.rename("VIPs", "Natal", world.now)
    renamed = await store.rename("VIPs", "Ouro", world.later())
    assert (renamed.name, renamed.rules) == ("Ouro", from_document({"all": [{"tag": "ouro"}]}))
    audiences = {
        each.id: each.draft.audience
        for each in await world.database.read(lambda conn: select_campaigns(conn, world.workspace_id))
    }
    assert audiences == {follows: Audience(AudienceKind.SEGMENT, ("Ouro",)), stays: other}


async def test_many_are_tagged_untagged_and_opted_out(world: World) -> None:
    edits = ContactEditStore(world.database, world.workspace_id)
    await world.contacts.upsert([NewContact(ANA, "Ana", ("vip",)), NewContact(BETO, "Beto")], world.now, 500)
    ids = [found.id for found in world.contacts.export() if found.phone in (ANA, BETO)]
    assert len(await edits.tag(ids, "vip", True, world.now)) == 1
    assert len(await edits.tag(ids, "vip", False, world.now)) == 2
    assert await edits.opt_out(ids, world.now) == 2
    assert await edits.opt_out(ids, world.now) == 0
    await world.contacts.erase(ANA, world.now)
    await world.contacts.upsert([NewContact(ANA, "Ana")], world.later(), 501)
    assert (await people(world))[ANA][2], "the list survives the erasure"


async def test_many_who_opt_out_are_skipped_wherever_they_wait(world: World) -> None:
    campaign_id = await world.started()
    ids = [found.id for found in world.contacts.export()]
    assert await ContactEditStore(world.database, world.workspace_id).opt_out(ids, world.now) == len(ids)

    def states(conn: sa.Connection) -> set[tuple[str, str]]:
        query = sa.select(recipient.c.status, recipient.c.reason).where(recipient.c.campaign_id == campaign_id)
        return {(row.status, row.reason) for row in conn.execute(query)}

    assert await world.database.read(states) == {("skipped", "opted_out")}


async def test_a_new_import_forgets_only_what_its_own_workspace_could_undo(world: World) -> None:
    await world.contacts.upsert([NewContact(ANA, "Ana")], world.now, 500)
    store = ImportStore(world.database, world.workspace_id)
    await store.begin(501, "a.csv", world.later())
    await world.contacts.upsert([NewContact(ANA, "Outra")], world.later(), 501)

    def add_workspace(context: WriteContext) -> WorkspaceId:
        row = {"name": "Filial", "created_at": world.now}
        return WorkspaceId(
            context.conn.execute(sa.insert(workspace).values(row).returning(workspace.c.id)).scalar_one()
        )

    other = await world.database.write(add_workspace)
    count = sa.select(sa.func.count()).select_from(contact_before)
    await ImportStore(world.database, other).begin(502, "b.csv", world.later())
    assert await world.database.read(lambda conn: conn.execute(count).scalar_one()) == 1
    await store.begin(503, "c.csv", world.later())
    assert await world.database.read(lambda conn: conn.execute(count).scalar_one()) == 0
