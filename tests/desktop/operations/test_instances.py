"""What other programs read of a number: its allowance of today, and why it stands still."""

from dataclasses import replace
from datetime import timedelta

from desktop.domain.instance import InstanceLimits
from desktop.domain.summaries import InstanceSummary
from desktop.operations.instances import allowance_today, idle_reason
from desktop.policy.warmup import WarmupDay
from tests.desktop.operations.test_explaining import Desk, desk
from tests.fakes.library import FakeLibrary
from tests.fakes.samples import NOW

__all__ = ["desk"]


def number(sent_today: int = 0, per_day: int | None = None, **changes: object) -> InstanceSummary:
    row = FakeLibrary().numbers[0]
    instance = replace(row.instance, limits=InstanceLimits(per_day=per_day), **changes)  # type: ignore[arg-type]
    return replace(row, instance=instance, sent_today=sent_today, sent_last_hour=0, running_campaigns=1)


async def test_the_allowance_is_the_smaller_of_curve_and_limit(desk: Desk) -> None:
    await desk.number("warming", InstanceLimits(per_day=200), warmup="standard")
    await desk.number("grown", InstanceLimits(per_day=200))
    await desk.number("free")
    rows = await desk.workplace.operations.numbers()
    assert [(row["name"], row["allowance_today"]) for row in rows] == [("warming", 20), ("grown", 200), ("free", None)]


def test_a_number_that_has_sent_what_its_curve_allows_says_that_it_warms_up() -> None:
    day = WarmupDay(1, 20)
    assert idle_reason(number(19, 200), NOW, day) is None
    assert idle_reason(number(20, 200), NOW, day) == "warm_up"
    assert idle_reason(number(200, 200), NOW, day) == "daily_limit"
    assert allowance_today(number(25, 200), day) == 0


def test_a_rest_that_is_over_holds_nobody() -> None:
    assert idle_reason(number(0, 50, pause_reason="daily_limit"), NOW) is None
    assert idle_reason(number(50, 50, pause_reason="daily_limit"), NOW) == "daily_limit"
    restricted = number(pause_reason="account_restricted", paused_until=NOW + timedelta(hours=1))
    assert idle_reason(restricted, NOW) == "paused"
    assert idle_reason(restricted, NOW + timedelta(hours=1)) is None
    assert idle_reason(number(pause_reason="health_issue"), NOW) == "health_issue"
