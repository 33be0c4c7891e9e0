"""A campaign, its draft, and the one table of its life.

Theory of the machine: a campaign is a draft until its recipients are materialised. From then on the recipients carry
the truth; the campaign's status only says whether the engine may claim them. `completed`, `cancelled` and `failed` are
final: what is to be sent again becomes a new run (`retry failed`) or a duplicate. An action that is not in the table
is refused and changes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum

from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId, InstanceId, WorkspaceId
from desktop.domain.template import TemplateUse


class CampaignStatus(StrEnum):
    DRAFT = "draft"
    SCHEDULED = "scheduled"
    RUNNING = "running"
    PAUSED = "paused"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    FAILED = "failed"


class CampaignAction(StrEnum):
    EDIT = "edit"
    START = "start"
    SCHEDULE = "schedule"
    UNSCHEDULE = "unschedule"
    PAUSE = "pause"
    RESUME = "resume"
    CANCEL = "cancel"
    COMPLETE = "complete"
    FAIL = "fail"
    DELETE = "delete"


_S, _A = CampaignStatus, CampaignAction

# (from, action) -> to. Deletion has no state to go to and is checked by `DELETABLE`. Source: product.md §2.
TRANSITIONS: Mapping[tuple[CampaignStatus, CampaignAction], CampaignStatus] = {
    (_S.DRAFT, _A.EDIT): _S.DRAFT,
    (_S.SCHEDULED, _A.EDIT): _S.SCHEDULED,
    (_S.PAUSED, _A.EDIT): _S.PAUSED,
    (_S.DRAFT, _A.START): _S.RUNNING,
    (_S.SCHEDULED, _A.START): _S.RUNNING,
    (_S.DRAFT, _A.SCHEDULE): _S.SCHEDULED,
    (_S.SCHEDULED, _A.SCHEDULE): _S.SCHEDULED,
    (_S.SCHEDULED, _A.UNSCHEDULE): _S.DRAFT,
    (_S.RUNNING, _A.PAUSE): _S.PAUSED,
    (_S.PAUSED, _A.RESUME): _S.RUNNING,
    (_S.SCHEDULED, _A.CANCEL): _S.CANCELLED,
    (_S.RUNNING, _A.CANCEL): _S.CANCELLED,
    (_S.PAUSED, _A.CANCEL): _S.CANCELLED,
    (_S.RUNNING, _A.COMPLETE): _S.COMPLETED,
    (_S.RUNNING, _A.FAIL): _S.FAILED,
}

DELETABLE = frozenset({_S.DRAFT, _S.CANCELLED, _S.COMPLETED, _S.FAILED})

_HINTS: Mapping[tuple[CampaignStatus, CampaignAction], str] = {
    (_S.RUNNING, _A.EDIT): "Pause the campaign first.",
    (_S.RUNNING, _A.DELETE): "Cancel the campaign first.",
    (_S.PAUSED, _A.DELETE): "Cancel the campaign first.",
    (_S.SCHEDULED, _A.DELETE): "Cancel the campaign first.",
}


def allowed(status: CampaignStatus, action: CampaignAction) -> bool:
    """Tell whether the table has this step, without taking it."""
    if action is CampaignAction.DELETE:
        return status in DELETABLE
    return (status, action) in TRANSITIONS


def step(status: CampaignStatus, action: CampaignAction) -> CampaignStatus:
    """Return the state that `action` leads to.

    Raises:
        KnownError: `action_not_allowed`, when the table has no such step (also for a second `pause` of a paused one).
    """
    if action is CampaignAction.DELETE and status in DELETABLE:
        return status
    try:
        return TRANSITIONS[status, action]
    except KeyError:
        hint = _HINTS.get((status, action), "")
        raise KnownError(
            "action_not_allowed",
            f"A {status} campaign cannot {action}.",
            hint,
            status=status.value,
            action=action.value,
        ) from None


class Rotation(StrEnum):
    ROUND_ROBIN = "round_robin"
    BALANCED = "balanced"
    INTELLIGENT = "intelligent"


@dataclass(frozen=True, slots=True)
class Pace:
    """The campaign's own pace; the instances' limits hold besides. `None` means no limit of the campaign's own.

    Source of the defaults: product.md §4.
    """

    delay_s: tuple[float, float] = (140.0, 380.0)
    per_hour: int | None = 100
    per_second: float | None = 2.0
    burst: int | None = 10


@dataclass(frozen=True, slots=True)
class RetryPlan:
    """Attempts in all (the first included), first delay and its cap in seconds. Source: product.md §5."""

    attempts: int = 3
    base_s: float = 60.0
    max_s: float = 3600.0


@dataclass(frozen=True, slots=True)
class SendWindow:
    """Days (ISO, Monday = 1) and hours `[start, end)` in the recipient's time zone; `holidays` is a country code.

    The holidays of a person's region count as well, as far as their phone tells it.
    """

    days: tuple[int, ...]
    start: time
    end: time
    holidays: str | None = None


class AudienceKind(StrEnum):
    ALL = "all"
    TAGS = "tags"
    SEGMENT = "segment"
    PHONES = "phones"


@dataclass(frozen=True, slots=True)
class Audience:
    """Who a campaign goes to. `values` are tag names, one segment name, or E.164 phones, by `kind`."""

    kind: AudienceKind = AudienceKind.ALL
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Media:
    """A file that goes with a message."""

    kind: str  # image, video, audio, document
    path: str


@dataclass(frozen=True, slots=True)
class MessageDraft:
    """One message of a draft, as it was written; of several each person gets one."""

    text: str
    weight: int = 1
    media: Media | None = None
    template: TemplateUse | None = None  # instead of the text; its header's file is `media`


class Goal(StrEnum):
    """What a variation is to bring about."""

    READ = "read"
    REPLY = "reply"


@dataclass(frozen=True, slots=True)
class Optimiser:
    """Shifts the weights of the variations while the campaign runs, towards what is read or answered more often."""

    by: Goal = Goal.REPLY
    floor: float = 0.1  # share (0-1) of the messages that each variation keeps


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything an operator decides about a campaign. It may be incomplete: preflight says what is missing."""

    name: str
    audience: Audience | None = None
    messages: tuple[MessageDraft, ...] = ()
    instances: tuple[str, ...] = ()  # names, in rotation order
    rotation: Rotation = Rotation.INTELLIGENT
    pace: Pace = field(default_factory=Pace)
    retry: RetryPlan = field(default_factory=RetryPlan)
    window: SendWindow | None = None
    schedule_at: datetime | None = None
    respect_opt_out: bool = True
    skip_active_conversations: bool = False
    priority: int = 0
    optimise: Optimiser | None = None
    replies_per_hour: int | None = None  # that the team can answer; the campaign waits while more are unanswered
    sticky: bool = False  # who has heard from one number hears from the same one while it is available


@dataclass(frozen=True, slots=True)
class Campaign:
    """A stored campaign. `instance_ids` are empty until it starts: a draft names its instances."""

    id: CampaignId
    workspace_id: WorkspaceId
    status: CampaignStatus
    reason: str | None  # code of why it is paused, failed or cancelled
    draft: Draft
    created_at: datetime
    updated_at: datetime
    started_at: datetime | None = None
    finished_at: datetime | None = None
    instance_ids: tuple[InstanceId, ...] = ()

    @property
    def name(self) -> str:
        return self.draft.name
