"""Why a recipient's message does not leave now, from a real home, with and without somebody who sends."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from db.stores.number_checks import NumberCheckStore
from db.stores.provider import ProviderStore
from desktop.composition import Workplace, open_workplace
from desktop.domain.budget import Budget, budget_document
from desktop.domain.campaign import Audience, AudienceKind, CampaignAction, Draft, MessageDraft, Pace, SendWindow
from desktop.domain.contact import NewContact
from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId, RecipientId, VariationId
from desktop.domain.instance import ConnectionState, Gateway, Instance, InstanceLimits
from desktop.domain.numbers import NumberCheck
from desktop.domain.outcome import Accepted
from desktop.domain.receipt import Reply
from desktop.domain.recipient import RecipientStatus
from desktop.domain.segment import Group, Match, TagRule
from desktop.domain.template import NumberFacts
from desktop.engine.ports import Intent, Settlement
from desktop.engine_lock import EngineLock
from desktop.paths import open_home
from desktop.policy import limit_profiles
from desktop.policy.explain import Explanation
from desktop.policy.waiting import Rule

PHONES = ("+5511987650001", "+5511987650002", "+5511987650003")
FREE = Pace((0.0, 0.0), None, None, None)


class Desk:
    """A home with three people and one number, and the steps of a send by hand."""

    def __init__(self, workplace: Workplace) -> None:
        self.workplace = workplace
        self.now = workplace.clock.now()

    async def number(
        self,
        name: str = "vendas",
        limits: InstanceLimits | None = None,
        warmup: str = "off",
        gateway: Gateway = Gateway.EVOLUTION,
    ) -> Instance:
        chosen = limits or InstanceLimits(per_hour=None, min_gap_s=0.0)
        added = await self.workplace.instances.add(
            name, gateway, "http://127.0.0.1:1", name, "UTC", chosen, self.now, warmup=warmup
        )
        await self.workplace.ledger.set_instance_state(added.id, ConnectionState.CONNECTED, self.now)
        return added

    async def draft(self, **changes: object) -> CampaignId:
        people = [NewContact(phone, "Ana") for phone in PHONES]
        await self.workplace.contacts.upsert(people, self.now, 1)
        values: dict[str, object] = {"pace": FREE, "instances": ("vendas",), **changes}
        draft = Draft(**{"name": "Natal", "audience": Audience(), "messages": (MessageDraft("Oi"),), **values})  # type: ignore[arg-type]
        return await self.workplace.operations.save_draft(None, draft)

    async def started(self, **changes: object) -> CampaignId:
        campaign_id = await self.draft(**changes)
        await self.workplace.ledger.act(campaign_id, CampaignAction.START, self.now, None, None)
        return campaign_id

    async def people(self, campaign_id: CampaignId) -> list[RecipientId]:
        return [row.id for row in await self.workplace.library.recipients(campaign_id, None, None, 10)]

    async def send(self, campaign_id: CampaignId, number: Instance) -> None:
        """Let one message leave now."""
        ledger = self.workplace.ledger
        run_id = await ledger.begin_run(self.now, "here", 1)
        candidate = (await ledger.pending(campaign_id, RecipientId(0), 1))[0]
        ref = f"REF{candidate.id}"
        intent = Intent(candidate.id, campaign_id, number.id, VariationId(1), run_id, 1, self.now, ref, "digest", {})
        attempt_id = await ledger.record_intent(intent)
        assert attempt_id is not None
        outcome, sent = Accepted("M1", None, 201), RecipientStatus.SENT
        await ledger.settle(
            Settlement(
                attempt_id=attempt_id,
                recipient_id=candidate.id,
                campaign_id=campaign_id,
                instance_id=number.id,
                contact_id=candidate.contact_id,
                outcome=outcome,
                finished_at=self.now,
                duration_ms=1,
                next_status=sent,
                reason=None,
                next_attempt_at=None,
            )
        )

    async def why(self, recipient_id: RecipientId) -> Explanation:
        return await self.workplace.operations.why_not_now(recipient_id)


@pytest.fixture
async def desk(home: Path) -> AsyncIterator[Desk]:
    async with open_workplace(open_home(str(home)), None, is_throw_away=True) as workplace:
        yield Desk(workplace)


def rules(explanation: Explanation | None) -> list[Rule]:
    assert explanation is not None
    return [wait.rule for wait in explanation.waits]


async def test_when_nothing_sends_that_is_the_reason(desk: Desk) -> None:
    await desk.number()
    campaign = await desk.started()
    found = await desk.why((await desk.people(campaign))[0])
    assert rules(found) == []
    assert rules(found.campaign) == [Rule.NO_ENGINE]
    assert not found.is_free
    assert found.until is None


async def test_while_another_process_sends_the_rows_tell_what_holds(desk: Desk) -> None:
    number = await desk.number(limits=InstanceLimits(per_hour=1, min_gap_s=0.0))
    campaign = await desk.started(pace=Pace((100.0, 200.0), None, None, None))
    with EngineLock(desk.workplace.home, "a test"):
        waiting = (await desk.people(campaign))[1]
        assert (await desk.why(waiting)).is_free
        await desk.send(campaign, number)
        found = await desk.why(waiting)
    assert found.campaign
    assert rules(found.campaign) == [Rule.PACE_DELAY]
    name, of_number = found.campaign.instances[0]
    assert (name, rules(of_number)) == ("vendas", [Rule.HOURLY_LIMIT])
    assert found.until == desk.now + timedelta(hours=1)


async def test_a_number_that_warms_up_and_one_that_rests_say_so(desk: Desk) -> None:
    number = await desk.number(warmup="1:1 9:-")
    resting = await desk.number("suporte")
    campaign = await desk.started(instances=("vendas", "suporte"))
    await desk.send(campaign, number)
    await desk.workplace.ledger.pause_instance(resting.id, "health_issue", desk.now, {})
    found = await desk.why((await desk.people(campaign))[1])
    assert found.campaign
    assert {name: rules(explained) for name, explained in found.campaign.instances} == {
        "vendas": [Rule.WARM_UP],
        "suporte": [Rule.HEALTH_ISSUE],
    }


async def test_a_draft_and_a_paused_campaign_are_no_matter_of_who_sends(desk: Desk) -> None:
    await desk.number()
    campaign = await desk.started()
    await desk.workplace.ledger.act(campaign, CampaignAction.PAUSE, desk.now, "operator", None)
    found = await desk.why((await desk.people(campaign))[0])
    assert rules(found.campaign) == [Rule.PAUSED]


async def test_a_recipients_own_hours_count_in_its_own_zone(desk: Desk) -> None:
    await desk.number()
    no_days = SendWindow(days=(), start=time(8), end=time(18))
    campaign = await desk.started(window=no_days)
    found = await desk.why((await desk.people(campaign))[0])
    assert rules(found) == [Rule.WINDOW]
    assert found.waits[0].facts["timezone"] == "America/Sao_Paulo"


async def test_what_is_settled_needs_no_further_reason(desk: Desk) -> None:
    number = await desk.number()
    campaign = await desk.started()
    await desk.send(campaign, number)
    found = await desk.why((await desk.people(campaign))[0])
    assert (rules(found), found.campaign) == ([Rule.SETTLED], None)


async def test_the_engine_of_this_process_knows_best(desk: Desk) -> None:
    number = await desk.number()
    campaign = await desk.started()
    engine = await desk.workplace.build_engine()
    assert engine.explain_instance(number.id) is None  # it has not begun
    found = await desk.why((await desk.people(campaign))[0])
    assert found.is_free, "an engine is here, and nothing in the rows holds the message"


async def test_who_is_gone_cannot_be_explained(desk: Desk) -> None:
    with pytest.raises(KnownError) as refused:
        await desk.why(RecipientId(999))
    assert refused.value.code == "recipient_not_found"


async def test_the_end_is_forecast_before_and_after_the_start(desk: Desk) -> None:
    await desk.number(limits=InstanceLimits(per_hour=None, min_gap_s=60.0))
    campaign = await desk.draft()
    before = await desk.workplace.operations.forecast(campaign)
    assert before is not None
    assert timedelta(minutes=2) <= before.likely - desk.now < timedelta(minutes=3)
    assert before.earliest <= before.likely <= before.latest
    await desk.workplace.ledger.act(campaign, CampaignAction.START, desk.now, None, None)
    assert await desk.workplace.operations.forecast(campaign) is not None
    await desk.workplace.ledger.act(campaign, CampaignAction.CANCEL, desk.now, None, None)
    assert await desk.workplace.operations.forecast(campaign) is None
    nobody = await desk.workplace.operations.save_draft(None, Draft("Nobody"))
    assert await desk.workplace.operations.forecast(nobody) is None


async def test_a_forecast_knows_of_schedules_windows_and_numbers_that_cannot_send(desk: Desk) -> None:
    number = await desk.number(limits=InstanceLimits(per_hour=100, min_gap_s=60.0))
    campaign, operations = await desk.draft(), desk.workplace.operations
    draft = (await desk.workplace.library.draft(campaign)).draft
    later = desk.now + timedelta(days=2)
    scheduled = await operations.estimate(None, replace(draft, schedule_at=later), 3)
    assert scheduled is not None
    assert scheduled.earliest >= later
    # Whose phone tells no zone, and who has none, lives where the workspace does.
    opens = (desk.now + timedelta(hours=2)).astimezone(ZoneInfo("America/Sao_Paulo"))
    window = SendWindow((1, 2, 3, 4, 5, 6, 7), time(opens.hour), time(opens.hour, 59))
    closed = await operations.estimate(campaign, replace(draft, window=window, replies_per_hour=3), 3)
    assert closed is not None
    assert closed.replies is not None
    assert closed.likely - desk.now > timedelta(hours=1)
    assert await operations.estimate(campaign, draft, 0) is None
    await desk.workplace.ledger.act(campaign, CampaignAction.START, desk.now, None, None)
    assert await operations.forecast(campaign) is not None
    await operations.pause_instance(number.id)
    assert await operations.forecast(campaign) is None


async def test_metas_limit_and_the_teams_replies_are_told_without_an_engine_here(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(limit_profiles._TIERS, "TIER_1", 1)  # type: ignore[arg-type]
    number = await desk.number()
    campaign_id = await desk.started(replies_per_hour=1)
    await desk.send(campaign_id, number)
    facts = NumberFacts(portfolio_id="acme", messaging_limit="TIER_1")
    await ProviderStore(desk.workplace.database, desk.workplace.workspace_id).keep_facts(number.id, facts, desk.now)
    await desk.send(campaign_id, number)
    for n in (0, 1):
        reply = Reply(number.id, f"R{n}", f"{PHONES[n][1:]}@s.whatsapp.net", PHONES[n], "Oi", desk.now)
        await desk.workplace.ledger.apply_reply(reply, False)
    with EngineLock(desk.workplace.home, "a test"):
        found = await desk.why((await desk.people(campaign_id))[-1])
    assert found.campaign is not None
    assert rules(found.campaign) == [Rule.REPLIES]
    ((_name, of_number),) = found.campaign.instances
    assert rules(of_number) == [Rule.PORTFOLIO_LIMIT]
    assert of_number.until == desk.now + timedelta(days=1)


async def test_metas_pair_rate_is_told_for_whom_it_holds(desk: Desk) -> None:
    first = await desk.number("um", gateway=Gateway.CLOUD)
    second = await desk.number("dois", gateway=Gateway.CLOUD)
    written = await desk.started(instances=("um", "dois"))
    campaign = await desk.started(instances=("um", "dois"))
    person, somebody_else = (await desk.people(campaign))[:2]
    await desk.send(written, first)
    assert rules(await desk.why(person)) == []  # the other number may write
    again = await desk.started(instances=("um", "dois"))
    await desk.send(again, second)
    found = await desk.why(person)
    assert rules(found) == [Rule.PAIR_RATE]
    assert found.waits[0].until == desk.now + limit_profiles.PAIR_GAP
    assert rules(await desk.why(somebody_else)) == []


async def test_a_number_without_a_pair_rate_keeps_a_person_free(desk: Desk) -> None:
    cloud = await desk.number("um", gateway=Gateway.CLOUD)
    await desk.number("dois")
    written = await desk.started(instances=("um",))
    campaign = await desk.started(instances=("um", "dois"))
    await desk.send(written, cloud)
    assert rules(await desk.why((await desk.people(campaign))[0])) == []


async def test_what_is_foreseen_is_what_a_start_writes_to(desk: Desk) -> None:
    workplace, operations = desk.workplace, desk.workplace.operations
    number = await desk.number()
    earlier = await desk.started()
    await desk.send(earlier, number)
    reply = Reply(number.id, "R1", f"{PHONES[0][1:]}@s.whatsapp.net", PHONES[0], "Oi", desk.now)
    await workplace.ledger.apply_reply(reply, False)
    checks = NumberCheckStore(workplace.database, workplace.workspace_id)
    await checks.keep({PHONES[1]: NumberCheck(False, None)}, desk.now)
    campaign = await operations.save_draft(
        None, replace((await workplace.library.draft(earlier)).draft, name="Ano", skip_active_conversations=True)
    )
    lines = {line.code: line.facts for line in await operations.preflight(campaign)}
    assert (lines["audience"]["n"], lines["talking"]["n"]) == (1, 1)
    await workplace.ledger.act(campaign, CampaignAction.START, desk.now, None, None)
    counts = (await workplace.library.campaign(campaign)).counts
    assert (counts.pending, counts.skipped) == (1, 2)


async def test_a_paused_campaign_is_checked_for_those_who_still_wait(desk: Desk) -> None:
    workplace, operations = desk.workplace, desk.workplace.operations
    number = await desk.number()
    await operations.save_segment("Todos", Group(Match.ALL, (TagRule("vip", has=False),)))
    await operations.set_setting("budget", budget_document(Budget(messages=3, timezone="UTC")))
    campaign = await desk.started(audience=Audience(AudienceKind.SEGMENT, ("Todos",)))
    await desk.send(campaign, number)
    await workplace.ledger.act(campaign, CampaignAction.PAUSE, desk.now, None, None)
    await operations.delete_segment("Todos")
    lines = {line.code: line for line in await operations.preflight(campaign)}
    assert lines["audience_left"].facts["n"] == 2
    assert lines["budget_tight"].facts["n"] == 2
    red = {code for code, line in lines.items() if line.level == "red"}
    assert red == {"state", "instances_without_token"}, "of this number nobody has a key"


async def test_a_paused_campaign_whose_message_was_emptied_does_not_go_on(desk: Desk) -> None:
    await desk.number()
    campaign = await desk.started()
    operations = desk.workplace.operations
    await operations.act(campaign, CampaignAction.PAUSE)
    full = (await desk.workplace.library.draft(campaign)).draft
    for text in ("", "{{contact.name"):
        await operations.save_draft(campaign, replace(full, messages=(MessageDraft(text),)))
        with pytest.raises(KnownError) as refusal:
            await operations.act(campaign, CampaignAction.RESUME)
        assert refusal.value.code == "preflight_failed"
    await operations.save_draft(campaign, full)
    await operations.act(campaign, CampaignAction.RESUME)
