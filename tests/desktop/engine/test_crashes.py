"""Crash the engine between any two steps, as often as Hypothesis likes, in any weather: nothing lost, nothing twice.

The gateway is a model that remembers what really left. A crash lets nothing more of a life reach the ledger or the
gateway; a new engine starts on what is durable. At the end the weather clears up, and everything has to add up.
"""

import asyncio
from collections import defaultdict
from unittest.mock import patch

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from desktop.domain.campaign import CampaignAction, CampaignStatus, Pace, RetryPlan
from desktop.domain.ids import CampaignId, InstanceId, RecipientId
from desktop.domain.instance import ConnectionState, Gateway, InstanceLimits
from desktop.domain.outcome import ErrorClass, NotProvable, Rejected, Unknown
from desktop.domain.receipt import ReceiptKind
from desktop.domain.recipient import RecipientStatus
from tests.desktop.engine.world import AT_ONCE, World
from tests.fakes.gateway import ACCEPT, HIDE, LOSE_ANSWER, LOSE_REQUEST, Behaviour, Left

STATUS = RecipientStatus
LEFT = (STATUS.SENT, STATUS.DELIVERED, STATUS.READ)
OVER = (CampaignStatus.COMPLETED, CampaignStatus.CANCELLED)


def rejected(error_class: ErrorClass, code: str) -> Behaviour:
    return Behaviour(Rejected(error_class, code))


BEHAVIOURS = (
    ACCEPT,
    LOSE_ANSWER,
    LOSE_REQUEST,
    HIDE,
    Behaviour(takes_s=3.0),
    Behaviour(Unknown("timeout"), leaves=True, takes_s=20.0),
    Behaviour(early_receipts=(ReceiptKind.DELIVERED,), receipts=(ReceiptKind.READ, ReceiptKind.SENT)),
    Behaviour(Unknown("cut"), leaves=True, early_receipts=(ReceiptKind.DELIVERED,)),
    rejected(ErrorClass.TRANSIENT, "busy"),
    rejected(ErrorClass.RECIPIENT_PERMANENT, "not_on_whatsapp"),
    rejected(ErrorClass.INSTANCE_DOWN, "connection_closed"),
    rejected(ErrorClass.ACCOUNT_STOP, "unauthorised"),
    rejected(ErrorClass.THROTTLE, "slow_down"),
    rejected(ErrorClass.MEDIA_FAULT, "media_unreadable"),
    rejected(ErrorClass.CAMPAIGN_PAUSE, "template_paused"),
)


class Crashes(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.world = World()
        self.world.on_step = self._on_step
        self.steps_left = -1
        self.is_to_crash = False
        self.taken_for_sent: set[RecipientId] = set()  # by the operator's word alone
        # Hours pass here: look less often than a person would notice.
        self.patience = patch("desktop.engine.engine.LOOK_EVERY_S", 1.0)
        self.patience.start()

    @initialize(
        people=st.lists(st.integers(1, 9), min_size=1, max_size=3),
        lanes=st.lists(st.integers(1, 4), min_size=1, max_size=3),
        is_paced=st.booleans(),
        gateway=st.sampled_from(Gateway),
    )
    def set_up(self, people: list[int], lanes: list[int], is_paced: bool, gateway: Gateway) -> None:
        self.world.gateway.tells_by_tag = gateway is Gateway.CLOUD
        for in_flight in lanes:
            one = self.world.instance(InstanceLimits(per_hour=None, min_gap_s=0.0, max_in_flight=in_flight))
            self.world.change_instance(one, gateway=gateway, portfolio_id="acme", messaging_limit="TIER_50")
        instances = list(self.world.rows.instances)
        pace = Pace((0.0, 2.0), None, 5.0, 3) if is_paced else AT_ONCE
        for number in people:
            self.world.campaign(number, instances, pace=pace, retry=RetryPlan(3, 2.0, 8.0))
        self.total = sum(people)

    # Weather ---------------------------------------------------------------------------------------------------------

    @rule(number=st.integers(0, 26), behaviours=st.lists(st.sampled_from(BEHAVIOURS), min_size=1, max_size=4))
    def expect(self, number: int, behaviours: list[Behaviour]) -> None:
        rows = self.world.rows.recipients
        self.world.gateway.expect(rows[RecipientId(number % self.total + 1)].contact.phone, *behaviours)

    @rule(behaviour=st.sampled_from(BEHAVIOURS))
    def all_requests_go(self, behaviour: Behaviour) -> None:
        self.world.gateway.behaviour = behaviour

    @rule(is_reachable=st.booleans())
    def network(self, is_reachable: bool) -> None:
        self.world.gateway.is_reachable = is_reachable

    @rule(number=st.integers(0, 2), state=st.sampled_from((ConnectionState.CONNECTED, ConnectionState.NEEDS_QR)))
    def phone_is(self, number: int, state: ConnectionState) -> None:
        self.world.gateway.report(self._instance(number), state)

    @rule(code=st.sampled_from((None, "not_stored", "too_early", "unreachable")))
    def search_says(self, code: str | None) -> None:
        self.world.gateway.verdict = NotProvable(code) if code else None

    @rule(number=st.integers(0, 26), kind=st.sampled_from((ReceiptKind.SENT, ReceiptKind.READ)))
    def a_receipt_comes_late(self, number: int, kind: ReceiptKind) -> None:
        """Whoever listens hears it; with a tag it proves what no search can."""
        shown = [left for left in self.world.gateway.left if not left.is_hidden]
        if shown:
            self.world.gateway.receipt(shown[number % len(shown)], kind)

    @rule(seconds=st.integers(-7200, 7200))
    def clock_is_set(self, seconds: int) -> None:
        self.world.clock.jump(seconds)

    @rule(seconds=st.integers(1, 7200))
    def machine_sleeps(self, seconds: int) -> None:
        self.world.clock.suspend(seconds)

    # People ----------------------------------------------------------------------------------------------------------

    @rule(
        number=st.integers(0, 2),
        action=st.sampled_from((CampaignAction.PAUSE, CampaignAction.RESUME, CampaignAction.CANCEL)),
    )
    def act(self, number: int, action: CampaignAction) -> None:
        campaign_id = self._campaign(number)
        wanted = CampaignStatus.PAUSED if action is CampaignAction.RESUME else CampaignStatus.RUNNING
        if self.world.status(campaign_id) is wanted:
            self.world.act(campaign_id, action)

    @rule(number=st.integers(0, 2))
    def resume_instance(self, number: int) -> None:
        instance_id = self._instance(number)
        if self.world.rows.instances[instance_id].pause_reason is not None:
            self.world.ledger.set_pause_now(instance_id, None, self.world.clock.now(), {})

    @rule(number=st.integers(0, 2))
    def operator_takes_doubts_for_sent(self, number: int) -> None:
        doubtful = self.world.rows.in_status(STATUS.IN_DOUBT, campaign_id=self._campaign(number))
        self.taken_for_sent.update(row.id for row in doubtful)
        self.world.ledger.resolve_now(self._campaign(number), as_sent=True, now=self.world.clock.now())

    @rule(number=st.integers(0, 26))
    def opt_out(self, number: int) -> None:
        row = self.world.rows.recipients[RecipientId(number % self.total + 1)]
        self.world.ledger.opt_out_now(row.contact.phone, self.world.clock.now())

    @rule(number=st.integers(0, 2))
    def edit_instance(self, number: int) -> None:
        self.world.change_instance(self._instance(number), base_url=f"http://gateway/{number}")

    # Life and death --------------------------------------------------------------------------------------------------

    @rule(steps=st.integers(1, 40))
    def live(self, steps: int) -> None:
        self._run(steps, is_to_crash=False)

    @rule(steps=st.integers(1, 120))
    def live_and_crash(self, steps: int) -> None:
        self._run(steps, is_to_crash=True)

    @precondition(lambda self: self.world.is_alive)
    @rule()
    def stop(self) -> None:
        self.loop.run_until_complete(self.world.stop())

    @rule(seconds=st.integers(1, 60))
    def let_time_pass(self, seconds: int) -> None:
        async def pass_time() -> None:
            if not self.world.is_alive:
                self.world.start()
            await self.world.pass_time(seconds)

        self.loop.run_until_complete(pass_time())

    def _run(self, steps: int, *, is_to_crash: bool) -> None:
        self.steps_left, self.is_to_crash = steps, is_to_crash

        async def run() -> None:
            if not self.world.is_alive:
                self.world.start()
            deadline = self.world.clock.monotonic() + 60
            while self.steps_left > 0 and self.world.clock.monotonic() < deadline:
                self.world.check()
                await self.world.clock.sleep(0.05)
            if is_to_crash:
                await self.world.crash()

        self.loop.run_until_complete(run())

    def _on_step(self, _moment: str) -> None:
        self.steps_left -= 1
        if self.steps_left == 0 and self.is_to_crash:
            self.world.cut_off()

    # What holds ------------------------------------------------------------------------------------------------------

    @invariant()
    def nobody_gets_a_second_message_unless_the_first_was_hidden(self) -> None:
        messages: dict[str, list[Left]] = defaultdict(list)
        for left in self.world.gateway.left:
            messages[left.phone].append(left)
        for of_one in messages.values():
            assert all(left.is_hidden for left in of_one[:-1]), of_one

    @invariant()
    def every_message_was_recorded_before_it_left(self) -> None:
        for left in self.world.gateway.left:
            row = self.world.rows.by_client_ref[left.client_ref]
            assert row.contact.phone == left.phone

    @invariant()
    def counts_add_up(self) -> None:
        for campaign_id in self.world.rows.campaigns:
            statuses = [row.status.value for row in self.world.rows.of_campaign(campaign_id, RecipientId(0))]
            counts = self.world.counts(campaign_id)
            assert counts.total == len(statuses)
            for status in set(statuses):
                assert getattr(counts, status) == statuses.count(status)

    def teardown(self) -> None:
        try:
            if self.world.rows.campaigns:
                self.loop.run_until_complete(self._clear_up())
                self._check_the_end()
        finally:
            self.loop.run_until_complete(self.world.crash())
            self.loop.close()
            self.patience.stop()

    async def _clear_up(self) -> None:
        """Good weather, and an operator who resumes what is paused, until everything is over."""
        world, gateway = self.world, self.world.gateway
        gateway.script.clear()
        gateway.behaviour, gateway.verdict, gateway.is_reachable = ACCEPT, None, True
        gateway.states.clear()
        if not world.is_alive:
            world.start()

        def is_over() -> bool:
            for instance_id, instance in world.rows.instances.items():
                if instance.pause_reason is not None:
                    world.ledger.set_pause_now(instance_id, None, world.clock.now(), {})
            for campaign_id in world.rows.campaigns:
                if world.status(campaign_id) is CampaignStatus.PAUSED:
                    world.act(campaign_id, CampaignAction.RESUME)
            if gateway.tells_by_tag:
                self._settle_without_a_search()
            doubts = world.recipients(STATUS.IN_DOUBT, STATUS.SENDING)
            return not doubts and all(world.status(c) in OVER for c in world.rows.campaigns)

        await world.until(is_over, within_s=4 * 3600)
        await world.stop()

    def _settle_without_a_search(self) -> None:
        """Let the webhooks that are missing come, and an operator put back whoever none of them speaks of."""
        world, doubtful = self.world, self.world.recipients(STATUS.IN_DOUBT)
        refs = {attempt.client_ref for row in doubtful for attempt in world.rows.attempts_of[row.id]}
        proofs = [left for left in world.gateway.left if left.client_ref in refs and not left.is_hidden]
        for left in proofs:
            world.gateway.receipt(left, ReceiptKind.SENT)
        if not proofs:
            for campaign_id in {row.campaign_id for row in doubtful}:
                world.ledger.resolve_now(campaign_id, as_sent=False, now=world.clock.now())

    def _check_the_end(self) -> None:
        world = self.world
        shown = {left.phone for left in world.gateway.left if not left.is_hidden}
        completions = [event for event in world.rows.events if event.type == "completed"]
        assert len(completions) == len({event.fact.campaign_id for event in completions})
        for row in world.rows.recipients.values():
            assert row.status in (*LEFT, STATUS.FAILED, STATUS.SKIPPED)
            if row.status in LEFT and row.id not in self.taken_for_sent:
                assert row.contact.phone in world.gateway.phones, row
            if row.status not in LEFT:
                assert row.reason is not None, row
                assert row.contact.phone not in shown, f"{row} was sent to, and is not recorded as sent"
        assert all(ended is not None for ended in world.rows.runs.values())
        assert world.engine is not None
        assert world.engine.in_flight == 0

    def _campaign(self, number: int) -> CampaignId:
        campaigns = list(self.world.rows.campaigns)
        return campaigns[number % len(campaigns)]

    def _instance(self, number: int) -> InstanceId:
        instances = list(self.world.rows.instances)
        return instances[number % len(instances)]


TestCrashes = Crashes.TestCase
TestCrashes.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
