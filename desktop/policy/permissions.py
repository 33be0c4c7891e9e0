"""Which role may do what. The one table; whoever asks gets a yes or a no.

Source: product.md §9 (system B): an admin everything; an agent creates, edits, starts, pauses, schedules; a viewer
reads. Deleting, and managing instances, operators, limits and retention: admin.
"""

from collections.abc import Mapping

from desktop.domain.operator import Deed, Role

_VIEWER = frozenset({Deed.READ, Deed.LOOK})
_AGENT = _VIEWER | {Deed.EDIT, Deed.SEND, Deed.PEOPLE}

ALLOWED: Mapping[Role, frozenset[Deed]] = {
    Role.VIEWER: _VIEWER,
    Role.AGENT: _AGENT,
    Role.ADMIN: frozenset(Deed),
}


def is_allowed(role: Role, deed: Deed) -> bool:
    return deed in ALLOWED[role]


def least_role(deed: Deed) -> Role:
    """Return the humblest role that may: who is refused is told whom to ask."""
    return next(role for role in (Role.VIEWER, Role.AGENT, Role.ADMIN) if is_allowed(role, deed))
