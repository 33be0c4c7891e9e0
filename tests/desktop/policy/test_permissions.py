"""The table of roles and deeds, said once more by hand."""

import pytest

from desktop.domain.operator import Deed, Role, anybody
from desktop.policy.permissions import is_allowed, least_role

TABLE = {
    Deed.READ: Role.VIEWER,
    Deed.LOOK: Role.VIEWER,
    Deed.EDIT: Role.AGENT,
    Deed.SEND: Role.AGENT,
    Deed.PEOPLE: Role.AGENT,
    Deed.EXPORT: Role.ADMIN,
    Deed.DELETE: Role.ADMIN,
    Deed.INSTANCES: Role.ADMIN,
    Deed.SETTINGS: Role.ADMIN,
    Deed.OPERATORS: Role.ADMIN,
}
RANKS = {Role.VIEWER: 0, Role.AGENT: 1, Role.ADMIN: 2}


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("deed", list(Deed))
def test_a_role_may_what_it_and_those_below_it_may(role: Role, deed: Deed) -> None:
    assert is_allowed(role, deed) == (RANKS[role] >= RANKS[TABLE[deed]])


@pytest.mark.parametrize("deed", list(Deed))
def test_the_least_role_is_the_one_of_the_table(deed: Deed) -> None:
    assert least_role(deed) is TABLE[deed]


async def test_without_operators_anybody_may() -> None:
    assert [await anybody(deed) for deed in Deed] == [None] * len(Deed)
