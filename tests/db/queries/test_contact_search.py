"""People are found while somebody types."""

import pytest

from db.queries import contacts
from desktop.domain.contact import NewContact
from tests.db.world import World


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("joao", ["João da Silva"]),
        ("sil jo", ["João da Silva"]),
        ("ILVA", []),
        ("7771", ["João da Silva"]),
        ("(11) 98888-7772", ["Conceição"]),
        ("recife", ["Conceição"]),
        ("our", ["Conceição"]),
        ('"; DROP', []),
        ('joão OR "x', []),
        ("*", []),
    ],
)
async def test_people_are_found_by_words_digits_fields_and_tags(world: World, text: str, found: list[str]) -> None:
    batch = [
        NewContact("+5511988887771", "João da Silva"),
        NewContact("+5511988887772", "Conceição", ("ouro",), {"cidade": "Recife"}),
    ]
    await world.contacts.upsert(batch, world.now, 500)
    page = await world.database.read(lambda conn: contacts.page(conn, world.workspace_id, None, None, 50, text))
    assert [person.name for person in page] == found


async def test_the_index_follows_changes_and_erasures(world: World) -> None:
    phone = "+5511988887771"
    await world.contacts.upsert([NewContact(phone, "João")], world.now, 500)
    await world.contacts.upsert([NewContact(phone, "Pedro")], world.later(), 501)

    async def names(text: str) -> list[str]:
        found = await world.database.read(lambda conn: contacts.page(conn, world.workspace_id, None, None, 50, text))
        return [person.name for person in found]

    assert (await names("joão"), await names("pedro")) == ([], ["Pedro"])
    await world.contacts.erase(phone, world.now)
    count = await world.database.read(
        lambda conn: conn.exec_driver_sql(
            "SELECT count(*) FROM contact_search WHERE contact_search MATCH 'pedro'"
        ).scalar_one()
    )
    assert count == 0
