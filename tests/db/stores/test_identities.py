"""One person under many words: recognised, learnt, merged when proved to be one; an opt-out holds under each."""

import pytest
import sqlalchemy as sa

from db.tables.identity import contact_identity
from db.tables.recipient import recipient
from desktop.domain.campaign import Audience, AudienceKind
from desktop.domain.contact import Contact, NewContact
from desktop.domain.errors import KnownError
from desktop.domain.events import Event, EventType
from desktop.domain.outcome import ErrorClass, Rejected
from desktop.domain.receipt import Preference, Receipt, ReceiptKind, Reply
from desktop.domain.recipient import RecipientStatus
from tests.db.world import World, phone

LID, USER = "77001122334455@lid", "BR.1a2b3c4d5e6f"
PERSON = "+5531988887777"
SHORT = "+553188887777"  # as WhatsApp knows the same phone


def reply(world: World, message_id: str, address: str, number: str | None = None, **changes: object) -> Reply:
    values: dict[str, object] = {"text": "oi", "at": world.later(), **changes}
    return Reply(world.numbers["one"].id, message_id, address, number, **values)  # type: ignore[arg-type]


def people(world: World) -> dict[str, Contact]:
    return {person.phone: person for person in world.contacts.export()}


def statuses(world: World) -> list[tuple[str, str | None]]:
    query = sa.select(recipient.c.status, recipient.c.reason).order_by(recipient.c.id)
    return [(row.status, row.reason) for row in world.database.read_sync(lambda conn: conn.execute(query).all())]


def identities(world: World) -> set[tuple[str, str]]:
    query = sa.select(contact_identity.c.kind, contact_identity.c.value)
    return {(row.kind, row.value) for row in world.database.read_sync(lambda conn: conn.execute(query).all())}


async def test_an_address_that_hides_the_phone_is_learnt_from_a_quote_and_known_ever_after(world: World) -> None:
    """The second reply quotes nothing and shows nothing, and still opts the right person out."""
    campaign_id = await world.started()
    first, *_ = await world.waiting(campaign_id)
    await world.send(first, "M1")
    await world.ledger.apply_reply(reply(world, "R1", LID, quoted_message_id="M1"), is_opt_out=False)
    await world.ledger.apply_reply(reply(world, "R2", LID), is_opt_out=True)
    assert [number for number, person in people(world).items() if person.opted_out_at] == [first.phone]
    assert identities(world) == {("lid", LID)}


async def test_a_reply_that_shows_phone_and_hidden_address_teaches_the_hidden_one(world: World) -> None:
    await world.ledger.apply_reply(reply(world, "R1", LID, phone(1)), is_opt_out=False)
    await world.ledger.apply_reply(reply(world, "R2", phone(2)[1:], phone(2), user_id=USER), is_opt_out=False)
    await world.ledger.apply_reply(reply(world, "R3", USER), is_opt_out=True)
    await world.ledger.apply_reply(reply(world, "R4", LID), is_opt_out=True)
    assert {number for number, person in people(world).items() if person.opted_out_at} == {phone(1), phone(2)}


async def test_answers_and_receipts_teach_it_too(world: World) -> None:
    first, second, *_ = await world.waiting(await world.started())
    await world.send(first, "M1", address=LID)
    await world.send(second, "M2")
    receipt = Receipt(world.numbers["one"].id, "M2", ReceiptKind.READ, world.later(), address=USER)
    await world.ledger.apply_receipts([receipt, receipt])
    assert identities(world) == {("lid", LID), ("user_id", USER)}
    await world.ledger.apply_reply(reply(world, "R1", USER), is_opt_out=True)
    assert [number for number, person in people(world).items() if person.opted_out_at] == [second.phone]


async def test_what_two_foreign_words_say_of_nobody_is_told_and_forgotten(world: World, published: list[Event]) -> None:
    await world.ledger.apply_reply(reply(world, "R1", LID), is_opt_out=True)
    await world.ledger.apply_reply(reply(world, "R2", "120363@g.us", quoted_message_id="M9"), is_opt_out=True)
    await world.ledger.apply_reply(reply(world, "R3", LID), is_opt_out=False)
    (told,) = [event.fact for event in published if event.fact.type is EventType.ERROR]
    assert told.details == {"reason": "opt_out_of_nobody"}
    assert told.instance_id == world.numbers["one"].id
    assert identities(world) == set()
    assert len(people(world)) == 5


async def test_the_refusal_of_a_stranger_is_kept_with_the_ninth_digit(world: World) -> None:
    await world.ledger.apply_reply(reply(world, "R1", f"{SHORT[1:]}@s.whatsapp.net", SHORT), is_opt_out=True)
    await world.contacts.upsert([NewContact(PERSON, "Ana")], world.now, 99)
    assert people(world)[PERSON].opted_out_at is not None
    assert SHORT not in people(world)


async def two_of_one(world: World, other: str = SHORT) -> None:
    await world.contacts.upsert([NewContact(PERSON, "", ("a",), {"city": "BH"})], world.now, 98)
    await world.contacts.upsert([NewContact(other, "Ana", ("b",), {"city": "Rio", "age": "30"})], world.now, 99)


async def test_two_contacts_that_turn_out_to_be_one_person_become_one(world: World, published: list[Event]) -> None:
    """A new phone: the gateway names both with the same hidden address."""
    other = "+5531977776666"
    await two_of_one(world, other)
    await world.ledger.apply_reply(reply(world, "R0", LID, PERSON), is_opt_out=False)
    campaign_id = await world.started()
    everybody = await world.waiting(campaign_id)
    await world.send(everybody[-2], "M1")
    published.clear()
    await world.ledger.apply_reply(reply(world, "R1", LID, other), is_opt_out=False)
    merged = people(world)
    assert other not in merged
    ana = merged[PERSON]
    assert (ana.name, set(ana.tags), ana.custom) == ("Ana", {"a", "b"}, {"city": "BH", "age": "30"})
    assert statuses(world)[-2:] == [("sent", None), ("skipped", "duplicate")]
    assert [event.fact.type for event in published] == [
        EventType.CONTACT_REMOVED,
        EventType.SKIPPED,
        EventType.REPLIED,
    ]


async def test_two_forms_of_one_phone_are_merged_when_either_answers(world: World) -> None:
    await two_of_one(world)
    campaign_id = await world.started()
    await world.send((await world.waiting(campaign_id))[-1], "M1")
    await world.ledger.apply_reply(reply(world, "R1", f"{SHORT[1:]}@s.whatsapp.net"), is_opt_out=False)
    assert SHORT not in people(world)
    assert statuses(world)[-2:] == [("sent", None), ("skipped", "duplicate")]


async def test_an_opt_out_of_either_counts_and_survives_the_next_import(world: World) -> None:
    await two_of_one(world)
    await world.contacts.opt_out(SHORT, world.later())
    campaign_id = await world.started()
    assert len(await world.waiting(campaign_id)) == 5
    await world.ledger.apply_reply(reply(world, "R1", SHORT[1:]), is_opt_out=False)
    assert people(world)[PERSON].opted_out_at is not None
    assert statuses(world)[-2:] == [("skipped", "opted_out")] * 2
    await world.contacts.upsert([NewContact(SHORT, "Ana B."), NewContact(PERSON, "")], world.later(), 100)
    assert SHORT not in people(world)
    listed = Audience(AudienceKind.PHONES, (SHORT, phone(0)))
    assert [each.phone for each in await world.waiting(await world.started(audience=listed))] == [phone(0)]
    assert await world.contacts.opt_in(SHORT, world.later())
    assert people(world)[PERSON].opted_out_at is None


@pytest.mark.parametrize("hidden", [LID, USER])
async def test_a_receipt_that_tells_a_hidden_address_teaches_it_and_an_opt_out_from_it_counts(
    world: World, hidden: str
) -> None:
    (first, *_) = await world.waiting(await world.started())
    await world.send(first, "M1")
    one = world.numbers["one"].id
    await world.ledger.apply_receipts(
        [Receipt(one, "M1", ReceiptKind.SENT, world.later(), address=first.phone[1:], hidden=hidden)]
    )
    await world.ledger.apply_reply(reply(world, "R1", hidden), is_opt_out=True)
    assert people(world)[first.phone].opted_out_at is not None


async def test_who_is_erased_is_known_under_no_word_any_more(world: World) -> None:
    await world.ledger.apply_reply(reply(world, "R1", LID, phone(1)), is_opt_out=False)
    await world.contacts.erase(phone(1), world.later())
    assert identities(world) == set()
    with pytest.raises(KnownError):
        await world.contacts.opt_in(phone(1), world.later())


async def test_meta_tells_an_opt_out_in_three_ways_and_each_holds_everywhere(
    world: World, published: list[Event]
) -> None:
    one = world.numbers["one"].id
    first = await world.started()
    await world.started(name="Natal")
    a, b, c, d, *_ = await world.waiting(first)
    await world.settle(
        a, Rejected(ErrorClass.RECIPIENT_PERMANENT, "opted_out", ""), RecipientStatus.FAILED, "opted_out"
    )
    await world.send(b, "M2")
    failed = Receipt(one, "M2", ReceiptKind.FAILED, world.later(), code="opted_out")
    await world.ledger.apply_receipts([failed, failed])
    await world.ledger.apply_news(
        [
            Preference(one, c.phone[1:], c.phone, True, world.later(), USER),
            Preference(one, d.phone[1:], d.phone, False, world.later()),
            Preference(one, "BR.nobody", None, True, world.later()),
            Preference(one, SHORT[1:], SHORT, True, world.later()),
        ]
    )
    refused = {number for number, person in people(world).items() if person.opted_out_at}
    assert refused == {a.phone, b.phone, c.phone, PERSON}
    assert statuses(world)[5:8] == [("skipped", "opted_out")] * 3
    assert sum(event.fact.type is EventType.OPTED_OUT for event in published) == 4
