"""What became of one request to send, whatever the gateway: every answer becomes exactly one of these."""

from dataclasses import dataclass

from desktop.domain.error_class import ErrorClass


@dataclass(frozen=True, slots=True)
class Accepted:
    """The gateway gave the message an id. That is all it means: not sent, not delivered."""

    message_id: str
    address: str | None = None  # jid, chat id or wa_id that the gateway used: may differ from the phone asked for
    http_status: int | None = None
    note: str | None = None  # what the gateway adds, e.g. held_for_quality_assessment


@dataclass(frozen=True, slots=True)
class Rejected:
    """The gateway answered, and it is certain that this message did not and will not leave."""

    error_class: ErrorClass
    code: str  # stable snake_case code of ours, e.g. not_on_whatsapp, unauthorised, connection_closed
    text: str = ""  # the gateway's words, redacted and cut to 300 characters
    http_status: int | None = None
    retry_after_s: float | None = None


@dataclass(frozen=True, slots=True)
class NotSent:
    """Nobody read a byte of the request (refused, no route, TLS failed, name not found): a plain retry, or offline."""

    code: str  # unreachable, dns, tls, connect_timeout, client_cert_required, client_cert_refused
    text: str = ""


@dataclass(frozen=True, slots=True)
class Unknown:
    """The request was written and no answer to be trusted came back. Never a failure, never sent again blindly."""

    code: str  # timeout, cut, garbage_answer, no_message_id, gateway_timeout
    text: str = ""
    http_status: int | None = None


Outcome = Accepted | Rejected | NotSent | Unknown


@dataclass(frozen=True, slots=True)
class Found:
    """Reconciliation: the gateway shows exactly our message."""

    message_id: str
    address: str | None = None
    status: str | None = None  # ReceiptKind value of the highest status it shows


@dataclass(frozen=True, slots=True)
class Absent:
    """Reconciliation: the gateway stores messages, has had time to, and has none that could be ours."""


LOST_THAT_FAIL = 10
"""So many messages to one person that were lost on the way, one after the other, are no accident of the network: their
gateway falls over this very message, and would for ever."""


@dataclass(frozen=True, slots=True)
class NotProvable:
    """Reconciliation: the gateway cannot tell (unreachable, does not store, several candidates, too early)."""

    code: str  # unreachable, not_stored, ambiguous, too_early, garbage_answer, unauthorised


Verdict = Found | Absent | NotProvable
