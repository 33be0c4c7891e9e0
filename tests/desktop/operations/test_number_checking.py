"""Many people are asked about in paced batches; what was answered is kept whatever happens next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random

import pytest

from desktop.domain.errors import KnownError
from desktop.domain.ids import ContactId, InstanceId
from desktop.domain.instance import ConnectionState, Gateway, Instance, InstanceLimits
from desktop.domain.numbers import KnownNumbers, NumberCheck
from desktop.domain.summaries import InstanceSummary
from desktop.operations.number_checking import CheckResult, NumberChecking, asking_instance
from desktop.policy.number_checks import check_pace
from tests.fakes.clock import FakeClock
from tests.fakes.gateway import ModelGateway
from tests.fakes.ledger import WORKSPACE

CHIP = Instance(
    InstanceId(1), WORKSPACE, "chip", Gateway.EVOLUTION, "http://g", "chip", "UTC", InstanceLimits(),
    ConnectionState.CONNECTED, FakeClock().now(),
)  # fmt: skip


def phone(number: int) -> str:
    return f"+55119{number:08d}"


@dataclass
class Store:
    """People by id, and what is known of them."""

    people: int = 0
    answers: dict[str, NumberCheck] = field(default_factory=dict[str, NumberCheck])

    async def unchecked(
        self, tag: str | None, since: datetime, after: int, limit: int
    ) -> Sequence[tuple[ContactId, str]]:
        left = [n for n in range(after + 1, self.people + 1) if phone(n) not in self.answers]
        return [(ContactId(n), phone(n)) for n in left[:limit]]

    async def known(self, tag: str | None, since: datetime) -> tuple[int, int]:
        return len(self.answers), self.people - len(self.answers)

    async def overview(self, tag: str | None, since: datetime) -> KnownNumbers:
        return KnownNumbers(len(self.answers), 0, self.people - len(self.answers))

    async def keep(self, checks: Mapping[str, NumberCheck], now: datetime) -> None:
        self.answers.update(checks)


@dataclass
class Desk:
    """A run with everything around it."""

    store: Store
    gateway: Gateway = Gateway.EVOLUTION
    clock: FakeClock = field(default_factory=FakeClock)
    told: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    stop_after: int | None = None

    def __post_init__(self) -> None:
        self.model = ModelGateway(self.clock)
        pace = check_pace(self.gateway)
        assert pace is not None
        self.checking = NumberChecking(
            self.store,
            self.model.client(CHIP),
            self.clock,
            Random(1),
            pace,
            lambda done, of: self.told.append((done, of)),
            lambda: self.stop_after is not None and len(self.told) >= self.stop_after,
        )

    async def run(self) -> CheckResult:
        return await self.checking.run(None, timedelta(days=7))


async def test_everybody_is_asked_about_in_batches_with_pauses() -> None:
    desk = Desk(Store(120))
    desk.model.not_on_whatsapp = {phone(7), phone(99)}
    result = await desk.run()
    assert replace(result, seconds=0) == CheckResult(118, 2, 0, 0, 0)
    assert result.checked == 120
    assert [len(batch) for batch in desk.model.checked] == [50, 50, 20]
    assert desk.told == [(50, 120), (100, 120), (120, 120)]
    assert result.seconds >= 8.0
    assert len(desk.store.answers) == 120


async def test_who_is_known_is_not_asked_about_again() -> None:
    desk = Desk(Store(10, {phone(3): NumberCheck(True, None)}))
    result = await desk.run()
    assert (result.checked, result.from_cache) == (9, 1)
    again = await desk.run()
    assert (again.checked, again.from_cache, len(desk.model.checked)) == (0, 10, 1)


async def test_a_gateway_that_asks_one_by_one_gets_one_a_second() -> None:
    desk = Desk(Store(30), Gateway.WAHA)
    result = await desk.run()
    assert {len(batch) for batch in desk.model.checked} == {1}
    assert result.seconds >= 29.0


async def test_a_run_that_is_stopped_keeps_what_was_answered_and_goes_on_later() -> None:
    desk = Desk(Store(120), stop_after=1)
    assert (await desk.run()).checked == 50
    desk.stop_after = None
    result = await desk.run()
    assert (result.checked, result.from_cache) == (70, 50)


async def test_a_stop_is_noticed_in_a_pause() -> None:
    desk = Desk(Store(120))
    looks = iter([False, False, False])
    desk.checking.is_stopped = lambda: next(looks, True)
    result = await desk.run()
    assert (result.checked, result.seconds < 4) == (50, True)


async def test_a_gateway_that_falls_silent_ends_the_run() -> None:
    desk = Desk(Store(500))
    desk.model.is_reachable = False
    with pytest.raises(KnownError) as refused:
        await desk.run()
    assert (refused.value.code, desk.store.answers) == ("checks_unanswered", {})
    assert [done for done, _of in desk.told] == [50, 100]


async def test_a_gateway_without_the_check_says_so() -> None:
    desk = Desk(Store(1))
    desk.model.can_check = False
    with pytest.raises(KnownError) as refused:
        await desk.run()
    assert refused.value.code == "check_not_offered"


def summary(instance: Instance) -> InstanceSummary:
    return InstanceSummary(instance, 0, 0, 0, 0, 0, 0, 0, None, None, None, None, 0)


def test_the_first_number_that_can_is_asked() -> None:
    meta = replace(CHIP, name="meta", gateway=Gateway.CLOUD)
    away = replace(CHIP, name="away", state=ConnectionState.DISCONNECTED)
    resting = replace(CHIP, name="resting", pause_reason="operator")
    everybody = [summary(each) for each in (meta, away, resting, CHIP)]
    assert asking_instance(everybody, None) == CHIP
    assert asking_instance(everybody, "away") == away
    for name, code in (("gone", "instance_not_found"), ("meta", "check_not_offered")):
        with pytest.raises(KnownError) as refused:
            asking_instance(everybody, name)
        assert refused.value.code == code
    with pytest.raises(KnownError) as refused:
        asking_instance(everybody[:3], None)
    assert refused.value.code == "no_instance_to_check"
