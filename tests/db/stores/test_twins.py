"""One person under two forms of a phone gets one message, and a refusal under either form counts."""

import pytest
import sqlalchemy as sa

from db.checks import check
from db.tables.recipient import recipient
from desktop.domain.campaign import Audience, AudienceKind
from desktop.domain.contact import NewContact
from desktop.domain.ids import CampaignId
from tests.db.world import World

PAIRS = [
    ("+551187654321", "+5511987654321"),
    ("+541143211234", "+5491143211234"),
    ("+525512345678", "+5215512345678"),
]


async def fates(world: World, campaign_id: CampaignId) -> dict[str, tuple[str, str | None]]:
    """Return status and reason by phone, of those with a form that the usual people of the world have not."""
    query = sa.select(recipient.c.phone, recipient.c.status, recipient.c.reason)
    rows = await world.database.read(
        lambda conn: conn.execute(query.where(recipient.c.campaign_id == campaign_id)).all()
    )
    return {row.phone: (row.status, row.reason) for row in rows if not row.phone.startswith("+55119000")}


async def add(world: World, *phones: str) -> None:
    for phone in phones:
        await world.contacts.upsert([NewContact(phone, "Ana")], world.now, next(world.imports))


@pytest.mark.parametrize(("short", "long"), PAIRS)
async def test_who_is_in_the_list_twice_is_sent_to_once(world: World, short: str, long: str) -> None:
    await add(world, short, long)
    found = await fates(world, await world.started())
    assert found == {short: ("skipped", "duplicate"), long: ("pending", None)}
    assert await world.database.read(check) == []


@pytest.mark.parametrize(("short", "long"), PAIRS)
async def test_a_refusal_under_either_form_counts(world: World, short: str, long: str) -> None:
    await add(world, short, long)
    for refused, other in ((short, long), (long, short)):
        await world.contacts.opt_out(refused, world.later())
        found = await fates(world, await world.started(name=f"after {refused}"))
        assert found == {refused: ("skipped", "opted_out"), other: ("skipped", "opted_out")}
        await world.contacts.opt_in(refused, world.later())


async def test_a_list_that_names_both_forms_is_no_exception(world: World) -> None:
    short, long = PAIRS[0]
    found = await fates(world, await world.started(audience=Audience(AudienceKind.PHONES, (short, long))))
    assert found == {short: ("skipped", "duplicate"), long: ("pending", None)}


async def test_a_landline_is_nobodys_twin(world: World) -> None:
    await add(world, "+551133334444", "+5511933334444")
    found = await fates(world, await world.started())
    assert [status for status, _reason in found.values()] == ["pending", "pending"]


async def test_the_shorter_form_alone_is_sent_to(world: World) -> None:
    short, long = PAIRS[0]
    await add(world, short, long)
    found = await fates(world, await world.started(audience=Audience(AudienceKind.PHONES, (short,))))
    assert found == {short: ("pending", None)}
