"""What a gateway says of who is on WhatsApp is kept with its age, gives people their address, and spares the others."""

from datetime import timedelta

import pytest

from db.queries.library import SqlLibrary
from db.stores.contacts import ContactStore
from db.stores.number_checks import NumberCheckStore
from db.stores.settings import SettingStore
from desktop.domain.campaign import Audience, AudienceKind
from desktop.domain.contact import NewContact
from desktop.domain.numbers import FRESH_FOR, SKIP_ABSENT, KnownNumbers, NumberCheck
from tests.db.world import World, phone

ABSENT = NumberCheck(False, None)


def there(number: int) -> NumberCheck:
    return NumberCheck(True, f"{phone(number).strip('+')}@s.whatsapp.net")


@pytest.fixture
def store(world: World) -> NumberCheckStore:
    return NumberCheckStore(world.database, world.workspace_id)


async def test_answers_are_known_until_they_are_too_old(world: World, store: NumberCheckStore) -> None:
    assert await store.known(None, world.now - FRESH_FOR) == (0, 5)
    await store.keep({phone(1): there(1), phone(2): ABSENT}, world.now)
    assert await store.known(None, world.now - FRESH_FOR) == (2, 3)
    left = [found for _id, found in await store.unchecked(None, world.now - FRESH_FOR, 0, 10)]
    assert (len(left), phone(1) in left, phone(2) in left) == (3, False, False)
    later = world.now + FRESH_FOR + timedelta(seconds=1)
    assert await store.known(None, later - FRESH_FOR) == (0, 5)


async def test_people_come_page_by_page_and_by_tag_without_those_who_refused(
    world: World, store: NumberCheckStore
) -> None:
    await world.contacts.opt_out(phone(2), world.now)
    await world.contacts.upsert([NewContact(phone(3), "", ("chosen",))], world.now, 9)
    first = await store.unchecked(None, world.now, 0, 2)
    second = await store.unchecked(None, world.now, first[-1][0], 10)
    assert [found for _id, found in [*first, *second]] == [phone(n) for n in (0, 1, 3, 4)]
    assert [found for _id, found in await store.unchecked("chosen", world.now, 0, 10)] == [phone(3)]


async def test_the_address_of_the_answer_is_used_for_sending(world: World, store: NumberCheckStore) -> None:
    campaign_id = await world.started()
    await store.keep({phone(1): there(1)}, world.now)
    addresses = {candidate.phone: candidate.address for candidate in await world.waiting(campaign_id)}
    assert addresses[phone(1)] == there(1).address
    assert addresses[phone(2)] is None


async def test_a_second_answer_takes_the_place_of_the_first(world: World, store: NumberCheckStore) -> None:
    library = SqlLibrary(world.database, world.workspace_id, lambda: world.now)
    everybody = Audience(AudienceKind.ALL)
    await store.keep({phone(1): ABSENT}, world.now)
    assert await library.audience_checks(everybody, world.now - FRESH_FOR) == (0, 1)
    await store.keep({phone(1): there(1)}, world.now)
    assert await library.audience_checks(everybody, world.now - FRESH_FOR) == (1, 0)


async def test_who_waits_and_is_not_there_is_skipped_with_this_reason(world: World, store: NumberCheckStore) -> None:
    campaign_id = await world.started()
    candidate = next(each for each in await world.waiting(campaign_id) if each.phone == phone(1))
    await store.keep({phone(1): ABSENT}, world.now)
    row = world.row(candidate.id)
    assert (row.status, row.reason) == ("skipped", "not_on_whatsapp")


async def test_a_start_leaves_out_who_is_known_not_to_be_there_while_the_answer_is_fresh(
    world: World, store: NumberCheckStore
) -> None:
    await store.keep({phone(1): ABSENT}, world.now)
    counts = await world.ledger.counts(await world.started())
    assert (counts.pending, counts.skipped) == (4, 1)
    world.now += FRESH_FOR + timedelta(seconds=1)
    counts = await world.ledger.counts(await world.started())
    assert (counts.pending, counts.skipped) == (5, 0)


async def test_the_setting_sends_to_them_all_the_same(world: World, store: NumberCheckStore) -> None:
    await SettingStore(world.database, world.workspace_id).put(SKIP_ABSENT, False, world.now)
    await store.keep({phone(1): ABSENT}, world.now)
    running = await world.started()
    await store.keep({phone(2): ABSENT}, world.now)
    assert (await world.ledger.counts(running)).pending == 5


async def test_an_answer_about_somebody_who_was_erased_meanwhile_is_forgotten(
    world: World, store: NumberCheckStore
) -> None:
    await ContactStore(world.database, world.workspace_id).erase(phone(1), world.now)
    await store.keep({phone(1): there(1)}, world.now)
    assert await store.known(None, world.now - FRESH_FOR) == (0, 4)


async def test_what_is_known_is_summed_up_with_the_age_of_the_oldest_answer(
    world: World, store: NumberCheckStore
) -> None:
    assert await store.overview(None, world.now - FRESH_FOR) == KnownNumbers(0, 0, 5, None)
    first = world.now
    await store.keep({phone(1): there(1)}, first)
    await store.keep({phone(2): ABSENT}, world.later(60))
    assert await store.overview(None, first - FRESH_FOR) == KnownNumbers(1, 1, 3, first)
    assert await store.overview("vip", first - FRESH_FOR) == KnownNumbers(1, 0, 1, first)
    assert await store.overview(None, world.now) == KnownNumbers(0, 1, 4, world.now)
