"""One contact inside one campaign, and the one table of its life.

Theory of the machine: `sending` is written before a request leaves, so a row found in `sending` by a new run of the
engine has an unknown fate and becomes `in_doubt`. Only proof (the gateway shows the message, or shows that it never
came) or the operator leads out of `in_doubt`. After `sent`, only receipts move a recipient, and only upwards: what has
arrived does not fail any more, in whichever order the two are told, or "retry failed" would send it a second time.

One way is not in the table, for nobody but a receipt may take it: the provider's word that a message of ours was not
delivered, and may be sent again after a day (`receipt.again_at`), lets a running campaign's recipient wait again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desktop.domain.errors import IllegalStepError
from desktop.domain.ids import CampaignId, ContactId, InstanceId, RecipientId, VariationId


class RecipientStatus(StrEnum):
    PENDING = "pending"
    SENDING = "sending"
    RETRYING = "retrying"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"
    SKIPPED = "skipped"
    IN_DOUBT = "in_doubt"


_R = RecipientStatus

# from -> where it may go. Source: product.md §§2, 5.
STEPS: Mapping[RecipientStatus, frozenset[RecipientStatus]] = {
    # A receipt for an attempt that the gateway had refused proves that it left all the same: it is not sent again.
    _R.PENDING: frozenset({_R.SENDING, _R.SKIPPED, _R.FAILED, _R.SENT}),
    _R.RETRYING: frozenset({_R.SENDING, _R.SKIPPED, _R.FAILED, _R.SENT}),
    _R.SENDING: frozenset({_R.SENT, _R.RETRYING, _R.PENDING, _R.FAILED, _R.SKIPPED, _R.IN_DOUBT}),
    # A receipt that names our own message proves the send: it leads straight out of doubt.
    _R.IN_DOUBT: frozenset({_R.SENT, _R.DELIVERED, _R.READ, _R.PENDING, _R.FAILED}),
    _R.SENT: frozenset({_R.DELIVERED, _R.READ, _R.FAILED}),
    _R.DELIVERED: frozenset({_R.READ}),
    _R.READ: frozenset(),
    # A receipt that comes late shows that the message left, or arrived, all the same.
    _R.FAILED: frozenset({_R.SENT, _R.DELIVERED, _R.READ}),
    _R.SKIPPED: frozenset(),
}

FINAL_FOR_SENDING = frozenset({_R.SENT, _R.DELIVERED, _R.READ, _R.FAILED, _R.SKIPPED})


def step(current: RecipientStatus, target: RecipientStatus) -> RecipientStatus:
    """Return `target` when the table has the step.

    Raises:
        IllegalStepError: when it has not.
    """
    if target not in STEPS[current]:
        raise IllegalStepError(f"recipient: {current} -> {target}")
    return target


class Reason(StrEnum):
    """Why a recipient failed, was skipped, waits or is in doubt. Worded by `viewmodels/wording.py`."""

    CANCELLED = "cancelled"
    OPTED_OUT = "opted_out"
    NO_CONSENT = "no_consent"  # the workspace sends only to people whose consent is recorded
    DUPLICATE = "duplicate"
    INVALID_PHONE = "invalid_phone"
    MISSING_VALUE = "missing_value"
    NOT_ON_WHATSAPP = "not_on_whatsapp"
    REJECTED_CONTENT = "rejected_content"
    RETRIES_EXHAUSTED = "retries_exhausted"
    GATEWAY_ERROR = "gateway_error"
    DELIVERY_FAILED = "delivery_failed"
    ACCOUNT_RESTRICTED = "account_restricted"
    REFUSED_IN_A_ROW = "refused_in_a_row"  # of a number: messages accepted first, refused later
    ANSWER_LOST = "answer_lost"  # in doubt: the request was written, no answer came
    CRASHED = "crashed"  # in doubt: the application ended between request and answer
    RECORDED_LATE = "recorded_late"  # waits: its attempt took so long to be recorded that it did not leave
    RESOLVED_BY_OPERATOR = "resolved_by_operator"
    ACTIVE_CONVERSATION = "active_conversation"
    CONTACT_ERASED = "contact_erased"
    ALREADY_REACHED = "already_reached"  # by another run of the same campaign
    NO_OWN_TEXT = "no_own_text"  # left out, as the operator said: no text was written or accepted for them


@dataclass(frozen=True, slots=True)
class Candidate:
    """A recipient that may be sent to next, with what its message needs. Read ahead by the engine in pages."""

    id: RecipientId
    campaign_id: CampaignId
    contact_id: ContactId
    phone: str  # E.164 with plus
    name: str
    custom: Mapping[str, str]
    opted_out: bool
    status: RecipientStatus  # pending or retrying
    attempts: int  # attempts made so far
    variation_id: VariationId | None
    address: str | None  # what a gateway returned for this phone earlier
    not_before: datetime | None = None  # next attempt of a retrying one
    last_instance_id: InstanceId | None = None  # the number that this person last heard from
    zone: str = ""  # IANA name of the recipient's time zone, where the campaign has a send window
    wrote_at: datetime | None = None  # when this person last wrote to us, as far as it is known
    own_text: str | None = None  # what this person alone gets, instead of a variation's text
