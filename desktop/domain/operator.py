"""Who works with a workspace: operators with a role each, and the deeds that roles are about."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from desktop.domain.ids import OperatorId, WorkspaceId

API_NAME = "api"
"""As whom other programs act; nobody else may have this name."""

LONGEST_NAME = 80
SHORTEST_PASSWORD = 8  # characters. Source: NIST SP 800-63B-3, 5.1.1.1
LONGEST_PASSWORD = 1024  # so that nobody makes us hash a book


class Role(StrEnum):
    """Source: product.md §9. Each one may what those below it may."""

    ADMIN = "admin"
    AGENT = "agent"
    VIEWER = "viewer"


class Deed(StrEnum):
    """What an operator does, as coarse as the rules are. Which role may: `policy/permissions.py`."""

    READ = "read"
    LOOK = "look"  # how the window looks and where it stands
    EDIT = "edit"  # drafts: create, change, duplicate
    SEND = "send"  # start, pause, resume, cancel, schedule, decide about doubtful messages
    PEOPLE = "people"  # import, opt out and in
    EXPORT = "export"  # take all contacts along
    DELETE = "delete"  # campaigns, and people for good
    INSTANCES = "instances"  # add, change, pause, remove, pair; their limits
    SETTINGS = "settings"  # of the workspace: opt-out words, integrations, retention, backups
    OPERATORS = "operators"


@dataclass(frozen=True, slots=True)
class Operator:
    """Somebody with a password and a role."""

    id: OperatorId
    name: str
    role: Role
    created_at: datetime
    disabled_at: datetime | None = None
    locked_until: datetime | None = None
    failed_tries: int = 0

    def at(self, now: datetime) -> "Operator":
        """Return the operator as of now: a lock that is over is none."""
        is_over = self.locked_until is not None and self.locked_until <= now
        return replace(self, locked_until=None) if is_over else self


@dataclass(frozen=True, slots=True)
class Workspace:
    """A company or team: what is in one is invisible in the others."""

    id: WorkspaceId
    name: str


Permit = Callable[[Deed], Awaitable[str | None]]
"""Ask before a deed: the name of whoever acts (None without operators), or KnownError `not_allowed`, `sign_in_needed`.
"""


async def anybody(_deed: Deed) -> str | None:
    """Permit everything, to nobody in particular: a workspace without operators."""
    return None
