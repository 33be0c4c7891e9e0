"""Operators, as of a moment."""

from datetime import UTC, datetime, timedelta

from desktop.domain.ids import OperatorId
from desktop.domain.operator import Operator, Role

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)


def test_a_lock_holds_until_its_moment_and_is_none_from_then_on() -> None:
    locked = Operator(OperatorId(1), "Ana", Role.ADMIN, NOW, locked_until=NOW + timedelta(minutes=1))
    assert locked.at(NOW) == locked
    assert locked.at(NOW + timedelta(minutes=1)).locked_until is None
    assert locked.at(NOW + timedelta(minutes=2)).name == "Ana"
