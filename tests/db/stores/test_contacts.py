"""Contacts: merged by phone, never twice, opted out everywhere, erased without a trace of who it was."""

import asyncio

import pytest

from db.checks import check
from db.stores.bringing import Upserted
from desktop.domain.contact import Contact, NewContact
from desktop.domain.errors import KnownError
from desktop.domain.events import Event, EventType
from desktop.domain.outcome import Unknown
from desktop.domain.recipient import RecipientStatus
from tests.db.world import World, phone


async def exported(world: World, tag: str | None = None) -> list[Contact]:
    return await asyncio.to_thread(lambda: list(world.contacts.export(tag)))


async def people(world: World) -> dict[str, Contact]:
    return {contact.phone: contact for contact in await exported(world)}


async def test_a_second_import_merges(world: World) -> None:
    batch = [
        NewContact(phone(0), "New name", ("gold",), {"plan": "A"}),
        NewContact(phone(1), "", (), {"city": "Recife"}),
        NewContact(phone(60), "Novo", ("gold", "vip"), {}),
    ]
    assert await world.contacts.upsert(batch, world.later(), 500) == Upserted(1, 2, 0)
    found = await people(world)
    assert (found[phone(0)].name, found[phone(0)].tags, found[phone(0)].custom) == (
        "New name",
        ("gold",),
        {"city": "Rio", "plan": "A"},
    )
    assert (found[phone(1)].name, found[phone(1)].tags, found[phone(1)].custom) == (
        "Person 1",
        ("vip",),
        {"city": "Recife"},
    )
    assert (found[phone(60)].tags, found[phone(60)].opt_in_source) == (("gold", "vip"), "import")


async def test_a_phone_that_comes_again_in_one_import_is_a_duplicate_and_changes_nothing(world: World) -> None:
    first = [NewContact(phone(60), "First"), NewContact(phone(60), "Second"), NewContact(phone(0), "Known")]
    assert await world.contacts.upsert(first, world.now, 500) == Upserted(1, 1, 1)
    second = [NewContact(phone(60), "Third"), NewContact(phone(0), "Fourth"), NewContact(phone(61), "Other")]
    assert await world.contacts.upsert(second, world.now, 500) == Upserted(1, 0, 2)
    found = await people(world)
    assert (found[phone(60)].name, found[phone(0)].name) == ("First", "Known")


async def test_an_import_does_not_opt_in(world: World) -> None:
    await world.contacts.opt_out(phone(0), world.now)
    await world.contacts.upsert([NewContact(phone(0), "Back")], world.later(), 500)
    assert (await people(world))[phone(0)].opted_out_at is not None


async def test_an_import_is_one_event_a_batch(world: World, published: list[Event]) -> None:
    before = len(published)
    batch = [NewContact(phone(n)) for n in range(100, 200)]
    await world.contacts.upsert(batch, world.now, 500, "import:clients.csv", "ana")
    [event] = published[before:]
    assert (event.type, event.fact.operator) == (EventType.CONTACT_ADDED, "ana")
    assert event.fact.details == {"added": 100, "updated": 0, "source": "import:clients.csv"}


async def test_many_known_people_are_merged_in_one_batch(world: World) -> None:
    batch = [NewContact(phone(n), f"P{n}", ("t",)) for n in range(3000)]
    await world.contacts.upsert(batch, world.now, 500)
    assert await world.contacts.upsert(batch, world.now, 501) == Upserted(0, 3000, 0)


async def test_opting_out_and_in(world: World, published: list[Event]) -> None:
    campaign_id = await world.started()
    assert await world.contacts.opt_out(phone(1), world.now, "ana")
    assert not await world.contacts.opt_out(phone(1), world.now, "ana")
    assert (await world.ledger.counts(campaign_id)).skipped == 1
    assert [event.type for event in published].count(EventType.OPTED_OUT) == 1
    assert (await people(world))[phone(1)].opted_out_at == world.now
    assert await world.contacts.opt_in(phone(1), world.now, "ana")
    assert not await world.contacts.opt_in(phone(1), world.now)
    assert (await people(world))[phone(1)].opted_out_at is None
    # Whom a campaign has skipped stays skipped in it.
    assert (await world.ledger.counts(campaign_id)).skipped == 1


async def test_a_brazilian_mobile_is_found_without_its_ninth_digit(world: World) -> None:
    await world.contacts.upsert([NewContact("+5511998765432")], world.now, 500)
    assert await world.contacts.opt_out("+551198765432", world.now)


async def test_nobody_is_a_known_error(world: World) -> None:
    for action in (world.contacts.opt_out, world.contacts.opt_in, world.contacts.erase):
        with pytest.raises(KnownError) as refusal:
            await action("+4930123456", world.now)
        assert refusal.value.code == "contact_not_found"


async def test_erasing_leaves_the_proof_but_not_the_person(world: World, published: list[Event]) -> None:
    first, second, third = [await world.started(name=name) for name in "abc"]
    await world.send((await world.waiting(first))[0], "true_5511900000000@c.us_M1", address="5511900000000@c.us")
    doubtful = (await world.waiting(second))[0]
    await world.settle(doubtful, Unknown("cut", "sending to 5511900000000 failed"), RecipientStatus.IN_DOUBT, "cut")
    await world.contacts.erase(phone(0), world.now, "ana")
    assert phone(0) not in await people(world)
    digits = phone(0)[1:]
    dump = world.database.read_sync(
        lambda conn: [
            str(tuple(row))
            for table in ("contact", "recipient", "attempt", "receipt_inbox")
            for row in conn.exec_driver_sql(f"SELECT * FROM {table}").fetchall()
        ]
    )
    assert [line for line in dump if digits in line] == []
    assert (await world.ledger.counts(first)).sent == 1
    assert (await world.ledger.counts(second)).failed == 1
    assert (await world.ledger.counts(third)).skipped == 1
    assert world.row(doubtful.id).reason == "contact_erased"
    assert published[-1].type is EventType.CONTACT_REMOVED
    assert await world.database.read(check) == []


async def test_the_export_reads_page_by_page(world: World) -> None:
    await world.add_people(5, 4100)
    assert [contact.phone for contact in await exported(world)] == [phone(n) for n in range(4100)]
    assert [contact.phone for contact in await exported(world, "vip")][:2] == [phone(1), phone(3)]


async def test_a_tag_of_a_whole_batch_is_on_exactly_those_who_were_added(world: World) -> None:
    before = [found.phone for found in world.contacts.export("lote")]
    assert before == []
    batch = [NewContact(f"+55219{n:08d}", "", ("lote", "feira")) for n in range(30)]
    assert (await world.contacts.upsert([*batch, batch[0]], world.now, 700)).added == 30
    assert [found.phone for found in world.contacts.export("lote")] == [new.phone for new in batch]
    more = [NewContact(batch[0].phone, "", ("lote", "outra")), NewContact("+5521900009999", "", ("outra",))]
    await world.contacts.upsert(more, world.later(), 701)
    assert len(list(world.contacts.export("lote"))) == 30
    assert len(list(world.contacts.export("outra"))) == 2


async def test_an_export_names_every_custom_field_once(world: World) -> None:
    batch = [
        NewContact(phone(90 + n), "", (), fields) for n, fields in enumerate([{"b": "1"}, {"a": "2", "b": "3"}, {}])
    ]
    await world.contacts.upsert(batch, world.now, 9)
    assert world.contacts.export_fields() == ["city", "b", "a"], "the world's own people have a city"
    ids = [found.id for found in world.contacts.export() if found.phone == phone(91)]
    assert world.contacts.export_fields(ids) == ["a", "b"]
    assert world.contacts.export_fields([]) == []
