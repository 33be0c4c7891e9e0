"""What Meta says by itself is applied once, and what was uploaded or read is kept until it is out of date."""

from datetime import timedelta

import pytest

from db.queries.library import SqlLibrary
from db.stores.provider import QUALITY_LOW, ProviderStore
from desktop.domain.campaign import MessageDraft
from desktop.domain.errors import KnownError
from desktop.domain.events import Event, EventType
from desktop.domain.ids import InstanceId
from desktop.domain.instance import Gateway, InstanceLimits
from desktop.domain.outcome import Accepted, ErrorClass, Rejected, Unknown
from desktop.domain.receipt import NumberChanged, Preference, Pricing, Receipt, ReceiptKind, TemplateChanged
from desktop.domain.recipient import RecipientStatus
from desktop.domain.template import MessageTemplate, NumberFacts, TemplateUse
from tests.db.world import NOW, World, phone

WABA = "102290129340398"


def template(name: str = "promo", status: str = "APPROVED", **more: str) -> MessageTemplate:
    body = {"type": "BODY", "text": "Oi {{1}}"}
    return MessageTemplate(WABA, name, "pt_BR", status, "MARKETING", "POSITIONAL", (body,), NOW, **more)  # type: ignore[arg-type]


def receipt(kind: ReceiptKind, tag: str | None, message_id: str = "wamid.1", **more: object) -> Receipt:
    return Receipt(InstanceId(1), message_id, kind, NOW, client_ref=tag, **more)  # type: ignore[arg-type]


@pytest.fixture
def store(world: World) -> ProviderStore:
    return ProviderStore(world.database, world.workspace_id)


@pytest.fixture
def library(world: World) -> SqlLibrary:
    return SqlLibrary(world.database, world.workspace_id, lambda: world.now)


async def test_our_tag_proves_a_send_whose_answer_was_lost_and_tells_its_id(world: World) -> None:
    candidate = (await world.waiting(await world.started()))[0]
    intent = await world.settle(candidate, Unknown("timeout"), RecipientStatus.IN_DOUBT, "answer_lost")
    await world.ledger.apply_receipts([receipt(ReceiptKind.DELIVERED, intent.client_ref, address="5511")])
    row = world.row(candidate.id)
    assert (row.status, row.message_id, row.address) == ("delivered", "wamid.1", "5511")


async def test_our_tag_that_comes_before_the_answer_is_lost_proves_the_send(
    world: World, published: list[Event]
) -> None:
    candidate = (await world.waiting(await world.started()))[0]
    attempt_id, intent = await world.claim(candidate)
    assert attempt_id is not None
    price = Pricing(True, "marketing", "regular")
    await world.ledger.apply_receipts([receipt(ReceiptKind.DELIVERED, intent.client_ref, pricing=price)])
    await world.ledger.settle(
        world.settlement(attempt_id, candidate, Unknown("cut"), RecipientStatus.IN_DOUBT, "answer_lost")
    )
    assert (world.row(candidate.id).status, world.row(candidate.id).message_id) == ("delivered", "wamid.1")
    delivered = [event for event in published if event.type is EventType.MESSAGE_DELIVERED]
    assert [event.fact.details for event in delivered] == [{"pricing": price.details()}]


async def test_the_tag_of_a_refused_attempt_proves_nothing_about_a_later_one(world: World) -> None:
    candidate = (await world.waiting(await world.started()))[0]
    busy = Rejected(ErrorClass.TRANSIENT, "busy")
    refused = await world.settle(candidate, busy, RecipientStatus.RETRYING, "busy")
    await world.settle(candidate, Unknown("cut"), RecipientStatus.IN_DOUBT, "answer_lost")
    await world.ledger.apply_receipts([receipt(ReceiptKind.DELIVERED, refused.client_ref)])
    assert world.row(candidate.id).status == "in_doubt"


async def test_who_is_refused_because_of_an_opt_out_is_opted_out_everywhere(world: World) -> None:
    one, two = await world.started(), await world.started()
    candidate = (await world.waiting(one))[0]
    refusal = Rejected(ErrorClass.RECIPIENT_PERMANENT, "opted_out")
    await world.settle(candidate, refusal, RecipientStatus.FAILED, "opted_out")
    assert candidate.phone not in [each.phone for each in await world.waiting(two)]


async def test_a_receipt_that_fails_because_of_an_opt_out_opts_out(world: World) -> None:
    one, two = await world.started(), await world.started()
    candidate = (await world.waiting(one))[0]
    await world.send(candidate, "wamid.1")
    await world.ledger.apply_receipts([receipt(ReceiptKind.FAILED, None, code="opted_out")])
    assert candidate.phone not in [each.phone for each in await world.waiting(two)]


async def test_stopping_marketing_opts_out_and_resuming_it_opts_nobody_in(world: World) -> None:
    ana = phone(0)
    for is_opt_out in (True, False):
        await world.ledger.apply_news([Preference(InstanceId(1), ana[1:], ana, is_opt_out, world.later())])
        assert ana not in [each.phone for each in await world.waiting(await world.started())]
    # The operator decides it, with the person's word.
    await world.contacts.opt_in(ana, world.later())
    assert ana in [each.phone for each in await world.waiting(await world.started())]


async def test_a_stranger_who_stops_marketing_is_remembered(world: World) -> None:
    await world.ledger.apply_news([Preference(InstanceId(1), "5511", phone(999), True, NOW)])
    await world.add_people(999, 1000)
    assert phone(999) not in [each.phone for each in await world.waiting(await world.started())]


async def test_what_nobody_can_be_found_for_changes_nothing(world: World) -> None:
    news = [Preference(InstanceId(1), "BR.1", None, is_opt_out, NOW) for is_opt_out in (True, False)]
    await world.ledger.apply_news(news)


async def test_the_list_of_templates_replaces_what_was_known(store: ProviderStore, library: SqlLibrary) -> None:
    await store.replace_templates(WABA, [template("old"), template("promo")], NOW)
    await store.replace_templates(WABA, [template("promo", quality="GREEN"), template("new", "PENDING")], NOW)
    assert list(await library.templates(WABA)) == [template("new", "PENDING"), template("promo", quality="GREEN")]
    assert list(await library.templates("other")) == []
    await store.replace_templates(WABA, [], NOW)
    assert list(await library.templates()) == []


async def test_news_of_a_template_change_the_list(
    world: World, store: ProviderStore, library: SqlLibrary, published: list[Event]
) -> None:
    await store.replace_templates(WABA, [template()], NOW)
    await world.ledger.apply_news(
        [
            TemplateChanged(WABA, "promo", "pt_BR", NOW, status="PAUSED", reason="LOW_QUALITY"),
            TemplateChanged(WABA, "promo", "pt_BR", NOW, quality="RED"),
            TemplateChanged(WABA, "promo", "pt_BR", NOW),
        ]
    )
    (changed,) = await library.templates()
    assert (changed.status, changed.quality, changed.rejected_reason) == ("PAUSED", "RED", "LOW_QUALITY")
    assert [e.fact.severity.value for e in published if e.type is EventType.HEALTH_ISSUE] == ["warning", "warning"]


async def test_a_number_whose_quality_fell_is_paused_once(
    world: World, library: SqlLibrary, published: list[Event]
) -> None:
    fallen = NumberChanged(world.numbers["one"].id, NOW, "FLAGGED", "RED", "TIER_2K")
    await world.ledger.apply_news([fallen, fallen, NumberChanged(InstanceId(99), NOW, quality="RED")])
    (one, _two) = await world.ledger.instances()
    assert one.pause_reason == QUALITY_LOW
    assert await library.number_facts(one.id) == NumberFacts(quality="RED", messaging_limit="TIER_2K")
    assert len([event for event in published if event.type is EventType.HEALTH_ISSUE]) == 1
    await world.ledger.apply_news([NumberChanged(one.id, NOW, "UNFLAGGED", "GREEN")])
    assert (await library.number_facts(one.id)) == NumberFacts(quality="GREEN", messaging_limit="TIER_2K")


async def test_facts_that_were_asked_for_are_kept_and_pause_too(
    world: World, store: ProviderStore, library: SqlLibrary
) -> None:
    one = world.numbers["one"].id
    assert await library.number_facts(one) is None
    facts = NumberFacts("+5511999990000", "Loja", "RED", "TIER_10K", "HIGH")
    await store.keep_facts(one, facts, NOW)
    assert await library.number_facts(one) == facts
    assert (await world.ledger.instances())[0].pause_reason == QUALITY_LOW
    # Who resumes by hand has decided: asking again does not pause again.
    await world.instances.resume(one, NOW)
    await store.keep_facts(one, facts, NOW)
    assert (await world.ledger.instances())[0].pause_reason is None


async def test_an_uploaded_file_is_known_until_it_expires(store: ProviderStore) -> None:
    assert await store.media_id("1", "abc", NOW) is None
    await store.keep_media_id("1", "abc", "M1", NOW + timedelta(days=1))
    await store.keep_media_id("1", "abc", "M2", NOW + timedelta(days=2))
    assert await store.media_id("1", "abc", NOW + timedelta(days=1)) == "M2"
    assert await store.media_id("1", "abc", NOW + timedelta(days=2)) is None
    assert await store.media_id("2", "abc", NOW) is None


async def test_a_started_campaign_keeps_the_definition_of_its_template(world: World, store: ProviderStore) -> None:
    await world.instances.add(
        "cloud", Gateway.CLOUD, "https://g", "1", "UTC", InstanceLimits(), NOW, phone_id="1", waba_id=WABA
    )
    use = TemplateUse("promo", "pt_BR", (("1", "{{nome}}"),))
    message = MessageDraft("", template=use)
    with pytest.raises(KnownError) as refusal:
        await world.started(messages=(message,), instances=("cloud",))
    assert refusal.value.code == "template_unknown"
    await store.replace_templates(WABA, [template()], NOW)
    plan = await world.ledger.plan(await world.started(messages=(message,), instances=("cloud",)))
    assert plan.campaign.draft.messages == (message,)
    frozen = plan.variations[0].template
    assert plan.variations[0].text == "Oi {{1}}"
    assert frozen is not None
    assert (frozen.use, frozen.parameter_format) == (use, "POSITIONAL")
    assert list(frozen.components) == [{"type": "BODY", "text": "Oi {{1}}"}]


async def test_an_accepted_message_still_learns_its_early_receipts_by_id(world: World) -> None:
    candidate = (await world.waiting(await world.started()))[0]
    await world.ledger.apply_receipts([receipt(ReceiptKind.READ, "somebody else's")])
    await world.settle(candidate, Accepted("wamid.1", "5511", 200), RecipientStatus.SENT)
    assert world.row(candidate.id).status == "read"


async def test_what_an_acceptance_adds_is_told_in_its_event(world: World, published: list[Event]) -> None:
    candidate = (await world.waiting(await world.started()))[0]
    held = Accepted("wamid.7", note="held_for_quality_assessment")
    await world.settle(candidate, held, RecipientStatus.SENT)
    (sent,) = [event for event in published if event.type is EventType.MESSAGE_SENT]
    assert sent.fact.details["note"] == "held_for_quality_assessment"


async def cloud_number(world: World, name: str, waba_id: str = WABA) -> InstanceId:
    added = await world.instances.add(
        name, Gateway.CLOUD, "https://graph", name, "UTC", InstanceLimits(), NOW, phone_id=name, waba_id=waba_id
    )
    return added.id


async def test_what_meta_lets_a_number_send_is_kept_for_all_numbers_that_share_it(
    world: World, store: ProviderStore
) -> None:
    one, two, other = [await cloud_number(world, *each) for each in (("c1",), ("c2",), ("c3", "77"))]
    before = (await world.ledger.control_state()).revision
    await store.keep_facts(one, NumberFacts(messaging_limit="TIER_2K", portfolio_id="9", is_coexistence=True), NOW)
    await store.keep_facts(other, NumberFacts(messaging_limit="TIER_10K", portfolio_id="9", throughput="HIGH"), NOW)
    known = {each.id: each for each in await world.ledger.instances()}
    told = {i: (known[i].portfolio_id, known[i].messaging_limit, known[i].limits.per_second) for i in (one, two, other)}
    assert told == {one: ("9", "TIER_10K", 20), two: ("9", "TIER_10K", 80), other: ("9", "TIER_10K", 1000)}
    after = (await world.ledger.control_state()).revision
    assert after > before
    await store.keep_facts(other, NumberFacts(messaging_limit="TIER_10K", portfolio_id="9", throughput="HIGH"), NOW)
    assert (await world.ledger.control_state()).revision == after, "engines load all numbers for nothing"
    await world.ledger.apply_news([NumberChanged(two, NOW, messaging_limit="TIER_100K")])
    known = {each.id: each for each in await world.ledger.instances()}
    assert [known[each].messaging_limit for each in (one, two)] == ["TIER_100K", "TIER_100K"]


async def test_an_account_stands_for_a_portfolio_that_meta_does_not_name(world: World, store: ProviderStore) -> None:
    one, two = await cloud_number(world, "c1"), await cloud_number(world, "c2")
    await store.keep_facts(one, NumberFacts(), NOW)
    known = {each.id: each for each in await world.ledger.instances()}
    assert {known[each].portfolio_id for each in (one, two)} == {f"waba:{WABA}"}
    assert known[one].messaging_limit is None


async def test_a_forecast_is_told_of_the_past_of_each_number(
    world: World, store: ProviderStore, library: SqlLibrary
) -> None:
    campaign = await world.started()
    one = world.numbers["one"]
    await world.instances.update(one.id, one.limits, one.timezone, NOW, warmup="standard")
    first, second, third = (await world.waiting(campaign))[:3]
    await world.send(first, "m1")
    await world.settle(second, Unknown("timeout"), RecipientStatus.IN_DOUBT, "answer_lost")
    await world.settle(third, Rejected(ErrorClass.TRANSIENT, "busy"), RecipientStatus.PENDING, "busy")
    await store.keep_facts(one.id, NumberFacts(portfolio_id="9"), NOW)
    past = (await library.histories(NOW - timedelta(days=30)))[one.id]
    assert [n for _day, n in past.days] == [2]
    assert past.portfolio_used == 2
    ((since, until, people),) = past.portfolio_recent
    assert since <= world.now <= until
    assert people == 2
    assert set(past.outcomes) == {("accepted", "", 1), ("unknown", "", 1), ("rejected", "transient", 1)}
    other = (await library.histories(NOW - timedelta(days=30)))[world.numbers["two"].id]
    assert (other.days, other.outcomes, other.portfolio_used) == ((), (), 0)
