"""The list of people by ids, in any order, and the history of one, on a real database."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from db.queries import people
from db.stores.contact_edits import ContactEditStore
from desktop.domain.campaign import Audience, AudienceKind
from desktop.domain.consent import ConsentMark, ImportRules
from desktop.domain.contact import Contact, ContactFilter, ContactHistory, ContactOrder, NewContact
from desktop.domain.errors import KnownError
from desktop.domain.ids import ContactId, WorkspaceId
from desktop.domain.segment import Comparison, Consent, FieldRule, Group, Match
from tests.db.world import NOW, World, phone


async def listed(world: World, where: ContactFilter, limit: int | None = None) -> list[Contact]:
    def read(conn: sa.Connection) -> list[Contact]:
        return people.by_ids(conn, world.workspace_id, people.ids(conn, world.workspace_id, where, NOW, limit))

    return await world.database.read(read)


async def history(world: World, contact_id: ContactId) -> ContactHistory:
    return await world.database.read(lambda conn: people.history(conn, world.workspace_id, contact_id))


async def test_ids_come_in_the_order_that_was_asked_for(world: World) -> None:
    added = [NewContact("+5511977770001", "Zoé", ("vip",)), NewContact("+5581900000002", "Ana")]
    await world.contacts.upsert(added, world.now, 700)

    async def names(where: ContactFilter, limit: int | None = None) -> list[str]:
        return [person.name for person in await listed(world, where, limit)]

    newest = ContactFilter(is_descending=True)
    assert await names(newest, 2) == ["Ana", "Zoé"]
    by_name = await names(ContactFilter(order=ContactOrder.NAME))
    assert (by_name[0], by_name[-1], by_name) == ("Ana", "Zoé", sorted(by_name))
    phones = [person.phone for person in await listed(world, ContactFilter(order=ContactOrder.PHONE))]
    assert phones == sorted(phones)
    vip = await names(ContactFilter(tag="vip", order=ContactOrder.NAME, is_descending=True))
    assert (len(vip), vip[0], vip) == (3, "Zoé", sorted(vip, reverse=True))
    assert await names(ContactFilter(text="zoe")) == ["Zoé"]
    newest_vips = await listed(world, ContactFilter(text="person", tag="vip", is_descending=True))
    assert [person.name for person in newest_vips if person.name in vip] == [person.name for person in newest_vips]
    assert newest_vips[0].id > newest_vips[1].id


async def test_whoever_is_gone_or_another_tenants_is_left_out(world: World) -> None:
    def read(conn: sa.Connection) -> tuple[list[int], list[Contact]]:
        mine = people.by_ids(conn, world.workspace_id, [2, 999, 1])
        return [int(person.id) for person in mine], people.by_ids(conn, WorkspaceId(99), [1, 2])

    assert await world.database.read(read) == ([2, 1], [])


async def test_the_history_tells_messages_consent_and_its_end(world: World) -> None:
    await world.started()
    rules = ImportRules("import:loja.csv", "ficha 12", world.now - timedelta(days=3))
    new = NewContact("+5511900000009", "Nina", consent=ConsentMark(proof="ficha 13"))
    await world.contacts.upsert([new], world.now, 700, rules=rules)
    (nina,) = await listed(world, ContactFilter(text="nina"))
    told = await history(world, nina.id)
    assert (told.contact.opt_in_source, told.proof, told.agreed_at) == (
        "import:loja.csv",
        "ficha 13",
        world.now - timedelta(days=3),
    )
    assert told.messages == told.consent == ()
    await world.contacts.opt_out(nina.phone, world.now)
    await world.contacts.opt_in(nina.phone, world.later())
    steps = (await history(world, nina.id)).consent
    assert [(step.is_opt_out, bool(step.source)) for step in steps] == [(True, True), (False, True)]
    (person,) = await listed(world, ContactFilter(text=phone(1)))
    (message,) = (await history(world, person.id)).messages
    assert (message.campaign, message.status, message.sent_at) == ("Black Friday", "pending", None)
    with pytest.raises(KnownError) as refused:
        await history(world, ContactId(999))
    assert refused.value.code == "contact_not_found"


async def test_a_tag_tells_whom_it_changed_and_how_far_it_is(world: World) -> None:
    edits = ContactEditStore(world.database, world.workspace_id)
    everybody = [person.id for person in await listed(world, ContactFilter())]
    had = [person.id for person in await listed(world, ContactFilter(tag="vip"))]
    done: list[int] = []
    changed = await edits.tag(everybody, "vip", True, world.now, progress=done.append)
    assert (len(changed), set(changed) & set(had), done) == (3, set(), [5])
    await edits.tag(changed, "vip", False, world.now)
    assert [person.id for person in await listed(world, ContactFilter(tag="vip"))] == had


async def test_some_are_exported_in_the_order_of_the_list(world: World) -> None:
    assert [person.id for person in world.contacts.export_some([3, 1])] == [3, 1]


@pytest.mark.parametrize("is_descending", [False, True])
@pytest.mark.parametrize("order", [ContactOrder.ADDED, ContactOrder.PHONE])
async def test_no_order_of_the_whole_list_but_the_alphabet_is_made_by_sorting(
    world: World, order: ContactOrder, is_descending: bool
) -> None:
    statement = people.ids_statement(world.workspace_id, ContactFilter(order=order, is_descending=is_descending), False)
    text = str(statement.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))

    def plan(conn: sa.Connection) -> str:
        return str([row[3] for row in conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}")])

    assert "TEMP B-TREE" not in await world.database.read(plan)


async def test_a_list_is_narrowed_by_consent_rules_and_the_people_of_a_campaign(world: World) -> None:
    added = [
        NewContact("+5511977770001", "Zoé", ("ouro",), {"cidade": "Recife"}),
        NewContact("+5581900000002", "Ana", ("ouro",)),
        NewContact("+5581900000003", "Rui", ("ouro",), consent=ConsentMark(is_refused=True)),
        NewContact("+5581900000004", "Eva"),
    ]
    await world.contacts.upsert(added, NOW, 1, rules=ImportRules("form", "signed"))
    names = [person.name for person in await listed(world, ContactFilter(consent=Consent.OPTED_OUT))]
    assert names == ["Rui"]
    agreed = ContactFilter(consent=Consent.AGREED, tag="ouro")
    assert [person.name for person in await listed(world, agreed)] == ["Zoé", "Ana"]
    without_city = Group(Match.ALL, (FieldRule("custom.cidade", Comparison.EMPTY),))
    assert [each.name for each in await listed(world, ContactFilter(rules=without_city, tag="ouro"))] == ["Ana", "Rui"]
    of_campaign = ContactFilter(rules=without_city, audience=Audience(AudienceKind.TAGS, ("ouro",)))
    assert [each.name for each in await listed(world, of_campaign)] == ["Ana"]


@pytest.mark.parametrize("is_descending", [False, True])
async def test_names_are_in_the_order_of_a_dictionary_and_the_nameless_come_last(
    world: World, is_descending: bool
) -> None:
    names = ["zelia", "Ávila", "Álvaro", "alba", "ÉRICA", "eduardo", "Çelik", "Oto", "Ítalo", "Müller", "", "Ñandu"]
    added = [NewContact(f"+55219{n:08d}", name, ("abc",)) for n, name in enumerate(names)]
    await world.contacts.upsert(added, NOW, 1)
    where = ContactFilter(tag="abc", order=ContactOrder.NAME, is_descending=is_descending)
    wanted = ["alba", "Álvaro", "Ávila", "Çelik", "eduardo", "ÉRICA", "Ítalo", "Müller", "Ñandu", "Oto", "zelia"]
    expected = [*(reversed(wanted) if is_descending else wanted), ""]
    assert [person.name for person in await listed(world, where)] == expected


def test_another_database_sorts_by_its_own_means() -> None:
    statement = people.ids_statement(WorkspaceId(1), ContactFilter(order=ContactOrder.NAME), False)
    assert "lower(translate(contact.name, " in str(statement.compile(dialect=postgresql.dialect()))
