"""A text for each person, written by an AI before the start: what is to be written, the texts, and what they cost.

Nothing here is a template: a text means itself. Who has none is sent the campaign's ordinary message or is left out,
as the operator says; nobody decides that for them.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from desktop.domain.ids import CampaignId, ContactId

LONGEST_WISH = 2_000  # letters of what the operator asks for
LONGEST_BASE = 4_096  # letters of the message that the texts are made of
MOST_PEOPLE = 100_000  # of one campaign: somebody has to read them

FIRST_NAME = "first_name"
NAME = "name"
CUSTOM = "custom."  # prefix of a field of the contacts' own
"""What may be sent of a person. A phone is none of them."""


class OwnTextState(StrEnum):
    WAITING = "waiting"  # nobody has written it yet
    FAILED = "failed"  # it was asked for in vain
    NEW = "new"  # nobody has read it yet
    ACCEPTED = "accepted"
    EDITED = "edited"  # by the operator, who has thereby read it
    REFUSED = "refused"


SENDABLE = frozenset({OwnTextState.ACCEPTED, OwnTextState.EDITED})
WRITTEN = SENDABLE | {OwnTextState.NEW, OwnTextState.REFUSED}


class Otherwise(StrEnum):
    """What becomes of people without an accepted text."""

    UNDECIDED = "undecided"
    ORDINARY = "ordinary"  # they get the campaign's message
    LEAVE_OUT = "leave_out"


@dataclass(frozen=True, slots=True)
class OwnTextWish:
    """What is to be written, and what of each person the AI may see.

    Attributes:
        base: a message in our language, whose variables the AI sees as marks; may be empty.
        wish: what the operator wants, in their own words; may be empty when there is a base.
        fields: `FIRST_NAME`, `NAME`, or `CUSTOM` and the key of a field.
        most_people: how many texts there may be.
        most_cost: where writing stops, in the currency of the settings; None where no price is known.
    """

    base: str = ""
    wish: str = ""
    fields: tuple[str, ...] = (FIRST_NAME,)
    most_people: int = 100
    most_cost: float | None = None


@dataclass(frozen=True, slots=True)
class AiConsent:
    """That an operator agreed to send the fields of a wish to an endpoint; `by` is None where nobody signs in."""

    at: datetime
    by: str | None
    url: str
    model: str


@dataclass(frozen=True, slots=True)
class OwnTextSpent:
    """What the texts of one campaign have cost so far, whatever became of them."""

    requests: int = 0
    failures: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float = 0.0


@dataclass(frozen=True, slots=True)
class OwnTextPlan:
    """The texts of one campaign; there is none where it has only its ordinary message."""

    campaign_id: CampaignId
    wish: OwnTextWish
    otherwise: Otherwise = Otherwise.UNDECIDED
    consent: AiConsent | None = None
    spent: OwnTextSpent = field(default_factory=OwnTextSpent)

    def is_agreed(self, url: str) -> bool:
        """Tell whether the operator agreed to send this to that endpoint."""
        return self.consent is not None and self.consent.url == url


@dataclass(frozen=True, slots=True)
class OwnText:
    """The text of one person. `problems` are codes (`content/own_text.py`); `reason` is why it could not be written."""

    id: int
    contact_id: ContactId
    name: str
    phone: str
    text: str
    state: OwnTextState
    problems: tuple[str, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class OwnTextFilter:
    """Which texts a table shows. `text` is looked for in name, phone and text."""

    state: OwnTextState | None = None
    has_problems: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class OwnTextCounts:
    """How many texts are in each state, and how many of those that may be sent or read have a problem."""

    waiting: int = 0
    failed: int = 0
    new: int = 0
    accepted: int = 0
    edited: int = 0
    refused: int = 0
    with_problems: int = 0

    @property
    def total(self) -> int:
        return self.waiting + self.failed + self.written

    @property
    def written(self) -> int:
        return self.new + self.accepted + self.edited + self.refused

    @property
    def sendable(self) -> int:
        return self.accepted + self.edited


@dataclass(frozen=True, slots=True)
class OwnTextStanding:
    """How the texts stand towards the audience of now, for the checklist.

    Attributes:
        ready: people of the audience with an accepted text.
        unread: people of the audience whose text nobody has read.
        longest: UTF-16 units of the longest text that would be sent.
    """

    otherwise: Otherwise
    ready: int
    unread: int
    longest: int


class WritingEnd(StrEnum):
    """Why the writing of texts stands still; any other word is the code of what the endpoint refused with."""

    DONE = "done"
    PAUSED = "paused"
    BUDGET = "ai_budget"


@dataclass(frozen=True, slots=True)
class OwnTextProgress:
    """How the writing of a campaign's texts goes; the figures are of this go alone.

    Attributes:
        total: texts that were to be written when it began.
        waits_s: seconds until the endpoint may be asked again, when it was asked too much.
        ended: why it stands still, `WritingEnd` or a code; None while it goes on.
    """

    total: int
    done: int = 0
    failed: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    cost: float = 0.0
    per_minute: float | None = None
    left_s: float | None = None
    waits_s: float = 0.0
    is_pausing: bool = False
    ended: str | None = None


@dataclass(frozen=True, slots=True)
class OwnTextExample:
    """What would leave for the first person of the audience, to the letter, and what all of it takes, about.

    Attributes:
        cost: of all, in `currency`; None where no price is known.
    """

    name: str
    url: str
    model: str
    system: str
    prompt: str
    people: int
    tokens: int
    cost: float | None
    currency: str
