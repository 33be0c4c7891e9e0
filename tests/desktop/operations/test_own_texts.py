"""A text for each person: nothing leaves without consent, each is kept as it comes, failures and cost are told."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from db.connection import Database
from db.home import ensure_workspace, open_database
from db.queries.library import SqlLibrary
from db.stores.own_texts import OwnTextStore
from db.stores.settings import SettingStore
from desktop.ai.client import AiClient
from desktop.content.own_text import TextProblem
from desktop.domain.ai import AI_SETTING, AiSettings
from desktop.domain.campaign import Audience, AudienceKind, CampaignAction, Media, MessageDraft
from desktop.domain.contact import NewContact
from desktop.domain.errors import KnownError
from desktop.domain.events import EventType
from desktop.domain.ids import CampaignId, EventId, WorkspaceId
from desktop.domain.operator import Deed
from desktop.domain.own_text import (
    MOST_PEOPLE,
    Otherwise,
    OwnText,
    OwnTextFilter,
    OwnTextProgress,
    OwnTextState,
    OwnTextWish,
    WritingEnd,
)
from desktop.domain.summaries import EventFilter
from desktop.operations.own_texts import OwnTexts
from desktop.policy.own_texts import PARALLEL
from tests.db.world import NOW, World, draft, phone
from tests.desktop.ai.endpoint import Endpoint, listening

KEY = "sk-canary-0123456789"
WISH = OwnTextWish("Oi {{nome|first}}, passe na loja!", "curto", ("first_name", "custom.city"), 100, None)
_S = OwnTextState


class SteppingClock:
    """Sleeping takes no time; what was slept has passed."""

    def __init__(self) -> None:
        self.slept_s = 0.0

    def now(self) -> datetime:
        return NOW + timedelta(seconds=self.slept_s)

    def monotonic(self) -> float:
        return 100 + self.slept_s

    async def sleep(self, seconds: float) -> None:
        self.slept_s += seconds
        await asyncio.sleep(0)


class Desk:
    def __init__(self, world: World, endpoint: Endpoint, campaign_id: CampaignId) -> None:
        self.world, self.endpoint, self.campaign = world, endpoint, campaign_id
        self.library = SqlLibrary(world.database, world.workspace_id, lambda: NOW)
        self.clock, self.deeds = SteppingClock(), set[Deed]()
        self.settings = AiSettings(True, endpoint.url, "small-1", "Be brief.", price_in=10.0, price_out=20.0)
        self.texts = self.another()

    def another(self) -> OwnTexts:
        """The same, in a program that was started anew."""
        world = self.world
        store = OwnTextStore(world.database, world.workspace_id)
        return OwnTexts(self.library, store, self, "ai:1", AiClient, self.clock, self._permit)  # type: ignore[arg-type]

    def get(self, _name: str) -> str:
        return KEY

    async def _permit(self, deed: Deed) -> str | None:
        self.deeds.add(deed)
        return "Ana"

    async def store_settings(self, settings: AiSettings) -> None:
        await SettingStore(self.world.database, self.world.workspace_id).put(AI_SETTING, settings.stored(), NOW)

    async def rows(self) -> list[OwnText]:
        return list(await self.texts.texts(self.campaign, OwnTextFilter(), None, 100))

    async def states(self) -> list[str]:
        return [row.state.value for row in await self.rows()]

    @property
    def progress(self) -> OwnTextProgress:
        found = self.texts.progress(self.campaign)
        assert found is not None
        return found

    async def lines(self, event_type: EventType) -> list[dict[str, object]]:
        lines = await self.library.events_after(EventFilter(), EventId(0), 999)
        return [dict(line.details) for line in lines if line.type == event_type]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path / "cadencia.db")
    ensure_workspace(opened, NOW)
    yield opened
    opened.close()


@pytest.fixture
async def desk(database: Database) -> AsyncIterator[Desk]:
    world = await World.make(database, WorkspaceId(1), people=10)
    async with listening() as endpoint:
        endpoint.write = lambda asked: "Olá ⟦1⟧, de " + asked.partition('"city": "')[2].partition('"')[0]
        made = Desk(world, endpoint, await world.campaigns.save_draft(None, draft(), NOW))
        await made.store_settings(made.settings)
        yield made


async def test_without_consent_nothing_leaves(desk: Desk) -> None:
    with pytest.raises(KnownError) as refused:
        await desk.texts.write(desk.campaign)
    assert refused.value.code == "ai_not_agreed"
    shown = await desk.texts.example(desk.campaign, WISH)
    assert (shown.name, shown.url, shown.people) == ("Person 0", desk.endpoint.url, 10)
    assert '{"first_name": "Person", "city": "Rio"}' in shown.prompt
    assert shown.cost is not None
    await desk.texts.agree(desk.campaign, WISH)
    assert desk.endpoint.asked == [], "neither looking nor agreeing sends anything"
    await desk.store_settings(replace(desk.settings, url="https://other.example/v1"))
    for attempt in (desk.texts.write(desk.campaign), desk.texts.rewrite(desk.campaign, 1)):
        with pytest.raises(KnownError) as refused:
            await attempt
        assert refused.value.code == "ai_not_agreed", "another endpoint was not agreed to"
    await desk.store_settings(AiSettings())
    with pytest.raises(KnownError) as refused:
        await desk.texts.agree(desk.campaign, WISH)
    assert refused.value.code == "ai_off"
    assert desk.endpoint.asked == []


async def test_each_person_gets_a_text_of_what_was_agreed_to_and_nothing_else_leaves(desk: Desk) -> None:
    shown = await desk.texts.example(desk.campaign, WISH)
    plan = await desk.texts.agree(desk.campaign, WISH)
    desk.endpoint.delay_s = 0.02
    assert plan.consent is not None
    assert (plan.consent.by, plan.consent.url, plan.consent.at) == ("Ana", desk.endpoint.url, NOW)
    await desk.texts.write(desk.campaign)
    rows = await desk.rows()
    assert [row.text for row in rows] == ["Olá Person, de Rio"] * 10
    assert {row.state for row in rows} == {_S.NEW}
    assert desk.endpoint.asked[0]["messages"] == [
        {"role": "system", "content": shown.system}, {"role": "user", "content": shown.prompt}
    ], "what was shown is what left"  # fmt: skip
    assert "+5511" not in str(desk.endpoint.asked)
    assert 2 <= desk.endpoint.most_at_once <= PARALLEL
    assert set(desk.endpoint.keys) == {f"Bearer {KEY}"}
    found = desk.progress
    assert (found.total, found.done, found.failed, found.tokens_in, found.ended) == (10, 10, 0, 1200, WritingEnd.DONE)
    assert found.cost == pytest.approx(0.018)
    (consented,) = await desk.lines(EventType.AI_CONSENTED)
    assert consented["fields"] == ["first_name", "custom.city"]
    assert consented["n"] == 10
    (asked,) = await desk.lines(EventType.AI_ASKED)
    assert (asked["texts"], asked["failed"], asked.get("code")) == (10, 0, None)
    everything = repr(await desk.library.events_after(EventFilter(), EventId(0), 999))
    for secret in (KEY, "passe na loja", "curto", "Olá Person"):
        assert secret not in everything


async def test_a_phone_cannot_be_agreed_to(desk: Desk) -> None:
    await desk.world.contacts.upsert([NewContact(phone(0), "Ana", (), {"celular": "1", "city": "Rio"})], NOW, 50)
    assert await desk.texts.fields() == ["first_name", "name", "custom.city"]
    plan = await desk.texts.agree(desk.campaign, replace(WISH, fields=("phone", "custom.celular", "custom.city")))
    assert plan.wish.fields == ("custom.city",)
    huge = await desk.texts.agree(desk.campaign, replace(WISH, most_people=10**9))
    assert huge.wish.most_people == MOST_PEOPLE


async def test_throttles_are_waited_out_for_as_long_as_the_endpoint_says(desk: Desk) -> None:
    await desk.texts.agree(desk.campaign, WISH)
    desk.endpoint.statuses, desk.endpoint.headers = [429, 503, 429], {"retry-after": "30"}
    await desk.texts.write(desk.campaign)
    assert set(await desk.states()) == {"new"}
    assert desk.clock.slept_s >= 30
    plan = await desk.texts.plan(desk.campaign)
    assert plan is not None
    assert (plan.spent.requests, plan.spent.failures) == (13, 3)


async def test_failures_are_listed_with_their_reason_and_asked_for_again_when_wanted(desk: Desk) -> None:
    await desk.texts.agree(desk.campaign, WISH)
    desk.endpoint.raw = "<html>"
    await desk.texts.write(desk.campaign)
    assert desk.progress.ended == "ai_garbage", "many in a row: something is wrong with all"
    reasons = {row.reason for row in await desk.rows() if row.state is _S.FAILED}
    assert reasons == {"ai_garbage"}
    assert 8 <= desk.progress.failed < 10 + PARALLEL
    plan = await desk.texts.plan(desk.campaign)
    assert plan is not None
    assert plan.spent.cost == 0
    desk.endpoint.raw, desk.endpoint.text, desk.endpoint.write = None, " ", None
    await desk.texts.write(desk.campaign, again=True)
    plan = await desk.texts.plan(desk.campaign)
    assert plan is not None
    assert plan.spent.cost > 0, "an answer without a text is paid for, too"
    desk.endpoint.text, desk.endpoint.finish = "Olá", "length"
    await desk.texts.write(desk.campaign, again=True)
    assert "ai_cut" in {row.reason for row in await desk.rows()}
    desk.endpoint.finish = "stop"
    await desk.texts.write(desk.campaign, again=True)
    assert set(await desk.states()) == {"new"}
    assert [line.get("code") for line in await desk.lines(EventType.AI_ASKED)] == [
        "ai_garbage",
        "ai_garbage",
        "ai_cut",
        None,
    ]


@pytest.mark.parametrize(("status", "code"), [(401, "ai_unauthorised"), (404, "ai_not_found")])
async def test_what_would_meet_everybody_stops_at_once(desk: Desk, status: int, code: str) -> None:
    await desk.texts.agree(desk.campaign, WISH)
    desk.endpoint.status, desk.endpoint.raw = status, f'{{"error": "{KEY}"}}'
    await desk.texts.write(desk.campaign)
    assert desk.progress.ended == code
    assert len(desk.endpoint.asked) <= PARALLEL
    assert (await desk.states()).count("waiting") >= 10 - PARALLEL, "the others are not spoilt by it"


async def test_who_takes_too_long_is_asked_again_and_then_given_up(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    import httpx

    monkeypatch.setattr("desktop.ai.client._TIMEOUT", httpx.Timeout(0.03))
    await desk.texts.agree(desk.campaign, replace(WISH, most_people=1))
    desk.endpoint.delay_s = 0.2
    await desk.texts.write(desk.campaign)
    assert [row.reason for row in await desk.rows()] == ["ai_timeout"]
    plan = await desk.texts.plan(desk.campaign)
    assert plan is not None
    assert plan.spent.failures == 5


async def test_the_cap_holds_also_with_what_is_under_way(desk: Desk) -> None:
    await desk.texts.agree(desk.campaign, replace(WISH, most_cost=0.012))
    await desk.texts.write(desk.campaign)
    plan = await desk.texts.plan(desk.campaign)
    assert plan is not None
    assert 0.008 < plan.spent.cost <= 0.012
    assert desk.progress.ended == WritingEnd.BUDGET
    assert "waiting" in await desk.states()
    first = (await desk.rows())[0]
    await desk.texts.agree(desk.campaign, replace(WISH, most_cost=0.0001))
    with pytest.raises(KnownError) as refused:
        await desk.texts.rewrite(desk.campaign, first.id)
    assert refused.value.code == "ai_budget"
    assert (await desk.rows())[0].text == first.text, "what is there is not lost for a refusal"


async def test_what_is_under_way_counts_before_it_is_there(desk: Desk) -> None:
    await desk.texts.agree(desk.campaign, replace(WISH, most_people=5))
    await desk.texts.write(desk.campaign)  # 0.0018 each
    await desk.texts.agree(desk.campaign, replace(WISH, most_cost=0.009 + 2.5 * 0.0018))
    desk.endpoint.delay_s = 0.05
    await desk.texts.write(desk.campaign)
    assert len(desk.endpoint.asked) == 7
    assert desk.progress.ended == WritingEnd.BUDGET


async def test_a_pause_keeps_what_is_under_way_and_another_go_carries_on(desk: Desk) -> None:
    await desk.texts.agree(desk.campaign, WISH)
    desk.endpoint.on_asked = lambda: desk.texts.pause(desk.campaign)
    await desk.texts.write(desk.campaign)
    written = (await desk.states()).count("new")
    assert 1 <= written <= PARALLEL
    assert desk.progress.ended == WritingEnd.PAUSED
    desk.endpoint.on_asked = None
    await desk.another().write(desk.campaign)
    assert set(await desk.states()) == {"new"}
    assert len(desk.endpoint.asked) == 10, "nobody was asked about twice"


async def test_a_crash_between_texts_loses_none_that_had_come(desk: Desk) -> None:
    await desk.texts.agree(desk.campaign, WISH)
    killed = asyncio.Event()
    desk.endpoint.on_asked = lambda: killed.set() if len(desk.endpoint.asked) == 7 else None
    going = asyncio.create_task(desk.texts.write(desk.campaign), name="going")
    await killed.wait()
    going.cancel()
    with pytest.raises(asyncio.CancelledError):
        await going
    before = [row.text for row in await desk.rows() if row.state is _S.NEW]
    assert 7 - PARALLEL <= len(before) <= 7
    assert not desk.texts.is_writing(desk.campaign)
    desk.endpoint.on_asked = None
    await desk.another().write(desk.campaign)
    assert set(await desk.states()) == {"new"}
    assert len(desk.endpoint.asked) <= 10 + PARALLEL, "only what was under way is asked for twice"


async def test_cancelling_wants_no_more_texts(desk: Desk) -> None:
    await desk.texts.agree(desk.campaign, WISH)
    desk.endpoint.on_asked = lambda: desk.texts.pause(desk.campaign)
    await desk.texts.write(desk.campaign)
    await desk.texts.cancel(desk.campaign)
    assert set(await desk.states()) == {"new"}


async def test_while_it_writes_it_says_so_and_does_nothing_twice(desk: Desk) -> None:
    await desk.texts.agree(desk.campaign, WISH)
    asked = asyncio.Event()
    desk.endpoint.delay_s, desk.endpoint.on_asked = 0.05, asked.set
    going = asyncio.create_task(desk.texts.write(desk.campaign), name="going")
    await asked.wait()
    assert desk.texts.is_writing(desk.campaign)
    assert desk.progress.ended is None
    for refused_deed in (
        desk.texts.write(desk.campaign), desk.texts.discard(desk.campaign), desk.texts.agree(desk.campaign, WISH)
    ):  # fmt: skip
        with pytest.raises(KnownError) as refused:
            await refused_deed
        assert refused.value.code == "own_texts_writing"
    desk.texts.pause_all()
    await going
    assert not desk.texts.is_writing(desk.campaign)


async def test_one_text_can_be_written_anew_alone_and_beside_the_others(desk: Desk) -> None:
    await desk.texts.agree(desk.campaign, replace(WISH, most_people=4))
    await desk.texts.write(desk.campaign)
    first, second = (await desk.rows())[:2]
    await desk.texts.agree(desk.campaign, WISH)
    desk.endpoint.write = lambda _asked: "Novo ⟦1⟧"
    await desk.texts.rewrite(desk.campaign, first.id)
    assert [row.text for row in await desk.rows()][:2] == ["Novo Person", "Olá Person, de Rio"]
    assert len(desk.endpoint.asked) == 5
    asked = asyncio.Event()
    desk.endpoint.on_asked = asked.set
    going = asyncio.create_task(desk.texts.write(desk.campaign), name="going")
    await asked.wait()
    await desk.texts.rewrite(desk.campaign, second.id)
    await going
    assert (await desk.rows())[1].text == "Novo Person"
    assert set(await desk.states()) == {"new"}
    assert not await desk.another().rewrite(desk.campaign, 999)


async def test_the_operator_reads_accepts_refuses_and_mends(desk: Desk) -> None:
    desk.endpoint.write = lambda _asked: "Olá [nome], veja http://golpe.example.com"
    await desk.texts.agree(desk.campaign, WISH)
    await desk.texts.write(desk.campaign)
    rows = await desk.rows()
    assert rows[0].problems == ("placeholder", "strange_link")
    assert await desk.texts.refuse(desk.campaign, [rows[0].id]) == 1
    assert await desk.texts.accept(desk.campaign, [rows[1].id]) == 1
    assert await desk.texts.edit(desk.campaign, rows[2].contact_id, " Olá Bia ") == ()
    assert await desk.texts.edit(desk.campaign, rows[3].contact_id, "Olá [x]") == (TextProblem.PLACEHOLDER,)
    for text in ("  ", "a" * 65_537):
        with pytest.raises(KnownError) as refused:
            await desk.texts.edit(desk.campaign, rows[3].contact_id, text)
        assert refused.value.code == "own_text_unacceptable"
    assert await desk.texts.accept_shown(desk.campaign, OwnTextFilter(text="golpe")) == 0, "each has a problem"
    assert await desk.texts.accept(desk.campaign, [row.id for row in rows[4:]]) == 6
    counts = await desk.texts.counts(desk.campaign)
    assert (counts.accepted, counts.edited, counts.refused, counts.new) == (7, 2, 1, 0)
    assert counts.sendable == 9
    assert counts.total == counts.written == 10
    await desk.texts.choose(desk.campaign, Otherwise.LEAVE_OUT)
    await desk.world.ledger.act(desk.campaign, CampaignAction.START, NOW, None, None)
    texts = [each.own_text for each in await desk.world.waiting(desk.campaign)]
    assert "Olá Bia" in texts
    assert len(texts) == 9
    with pytest.raises(KnownError) as refused:
        await desk.texts.write(desk.campaign)
    assert refused.value.code == "own_texts_started"


async def test_a_start_in_the_middle_ends_the_writing(desk: Desk) -> None:
    await desk.texts.agree(desk.campaign, WISH)
    await desk.texts.choose(desk.campaign, Otherwise.ORDINARY)
    steps = iter([None])

    def start() -> None:
        for _once in steps:
            act = desk.world.ledger.act(desk.campaign, CampaignAction.START, NOW, None, None)
            started.append(asyncio.ensure_future(act))

    started: list[asyncio.Future[None]] = []
    desk.endpoint.delay_s, desk.endpoint.on_asked = 0.05, start
    await desk.texts.write(desk.campaign)
    await started[0]
    assert desk.progress.ended == "own_texts_started"
    assert len(desk.endpoint.asked) <= PARALLEL * 2
    assert {each.own_text for each in await desk.world.waiting(desk.campaign)} == {None}


async def test_nobody_and_nothing_to_go_by_are_told(desk: Desk) -> None:
    for wish in (replace(WISH, base="", wish=""), replace(WISH, base="Oi {{")):
        for attempt in (desk.texts.example(desk.campaign, wish), desk.texts.agree(desk.campaign, wish)):
            with pytest.raises(KnownError) as refused:
                await attempt
            assert refused.value.code == "own_text_faulty"
    nobody = draft(audience=Audience(AudienceKind.TAGS, ("nenhuma",)))
    await desk.world.campaigns.save_draft(desk.campaign, nobody, NOW)
    with pytest.raises(KnownError) as refused:
        await desk.texts.example(desk.campaign, WISH)
    assert refused.value.code == "own_text_nobody"
    assert await desk.texts.edit(desk.campaign, (await desk.library.contacts(None, None, 1))[0].id, "x") == ()


async def test_without_prices_there_is_no_cap_of_money_and_under_a_file_texts_are_shorter(desk: Desk) -> None:
    await desk.store_settings(replace(desk.settings, price_in=0, price_out=0))
    with_file = draft(messages=(MessageDraft("Oi", media=Media("image", "/x.jpg")),))
    await desk.world.campaigns.save_draft(desk.campaign, with_file, NOW)
    assert (await desk.texts.example(desk.campaign, WISH)).cost is None
    plan = await desk.texts.agree(desk.campaign, replace(WISH, most_cost=1.0, most_people=1))
    assert plan.wish.most_cost is None
    desk.endpoint.write = lambda _asked: "a" * 1025
    await desk.texts.write(desk.campaign)
    (row,) = await desk.rows()
    assert row.problems == ("too_long",)
    assert await desk.texts.accept(desk.campaign, [row.id]) == 0


async def test_a_campaign_that_is_deleted_ends_the_writing(desk: Desk) -> None:
    await desk.texts.agree(desk.campaign, WISH)
    gone: list[asyncio.Future[object]] = []

    def delete() -> None:
        if not gone:
            gone.append(asyncio.ensure_future(desk.world.campaigns.delete(desk.campaign, NOW)))

    desk.endpoint.delay_s, desk.endpoint.on_asked = 0.05, delete
    await desk.texts.write(desk.campaign)
    await gone[0]
    assert desk.progress.ended == "campaign_not_found"
    assert (await desk.library.ai_usage(NOW - timedelta(days=1))).requests >= 1, "what was paid for is counted"
