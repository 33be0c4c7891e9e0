"""What Meta's error codes mean, wherever they turn up: in the Cloud API's own answers and inside Evolution's.

Source: gateways.md §5.C (Meta error codes, copies of 2026-09-11).
"""

from collections.abc import Mapping

from desktop.domain.outcome import ErrorClass

_C = ErrorClass

_BY_CODE: Mapping[int, tuple[ErrorClass, str]] = {
    0: (_C.ACCOUNT_STOP, "unauthorised"),
    190: (_C.ACCOUNT_STOP, "unauthorised"),
    3: (_C.ACCOUNT_STOP, "permission"),
    10: (_C.ACCOUNT_STOP, "permission"),
    104: (_C.ACCOUNT_STOP, "permission"),
    131005: (_C.ACCOUNT_STOP, "permission"),
    368: (_C.ACCOUNT_STOP, "account_locked"),
    131031: (_C.ACCOUNT_STOP, "account_locked"),
    131042: (_C.ACCOUNT_STOP, "payment"),
    131037: (_C.ACCOUNT_STOP, "display_name"),
    131045: (_C.ACCOUNT_STOP, "not_registered"),
    133010: (_C.ACCOUNT_STOP, "not_registered"),
    33: (_C.ACCOUNT_STOP, "instance_missing"),
    134011: (_C.ACCOUNT_STOP, "terms"),
    4: (_C.THROTTLE, "rate_limited"),
    80007: (_C.THROTTLE, "rate_limited"),
    130429: (_C.THROTTLE, "rate_limited"),
    133016: (_C.THROTTLE, "rate_limited"),
    132069: (_C.THROTTLE, "rate_limited"),
    1: (_C.TRANSIENT, "gateway_fault"),
    2: (_C.TRANSIENT, "gateway_fault"),
    131000: (_C.TRANSIENT, "gateway_fault"),
    131016: (_C.TRANSIENT, "gateway_fault"),
    133004: (_C.TRANSIENT, "gateway_fault"),
    131057: (_C.TRANSIENT, "maintenance"),
    131056: (_C.TRANSIENT, "pair_rate"),
    131048: (_C.CAMPAIGN_PAUSE, "spam_limit"),
    131064: (_C.CAMPAIGN_PAUSE, "messaging_limit"),
    132015: (_C.CAMPAIGN_PAUSE, "template_paused"),
    132016: (_C.CAMPAIGN_PAUSE, "template_disabled"),
    131063: (_C.CAMPAIGN_PAUSE, "marketing_off"),
    131055: (_C.CAMPAIGN_PAUSE, "marketing_off"),
    134100: (_C.CAMPAIGN_PAUSE, "marketing_off"),
    134102: (_C.CAMPAIGN_PAUSE, "marketing_off"),
    1752041: (_C.CAMPAIGN_PAUSE, "marketing_off"),
    134101: (_C.TRANSIENT, "gateway_fault"),  # the template is being synchronised, some ten minutes
    133000: (_C.ACCOUNT_STOP, "not_registered"),
    133005: (_C.ACCOUNT_STOP, "not_registered"),
    133006: (_C.ACCOUNT_STOP, "not_registered"),
    133008: (_C.ACCOUNT_STOP, "not_registered"),
    133009: (_C.ACCOUNT_STOP, "not_registered"),
    133015: (_C.ACCOUNT_STOP, "not_registered"),
    131026: (_C.RECIPIENT_PERMANENT, "not_on_whatsapp"),
    131050: (_C.RECIPIENT_PERMANENT, "opted_out"),
    130403: (_C.RECIPIENT_PERMANENT, "blocked"),
    131021: (_C.RECIPIENT_PERMANENT, "own_number"),
    131051: (_C.RECIPIENT_PERMANENT, "type_unsupported"),
    130472: (_C.RECIPIENT_PERMANENT, "experiment"),
    131062: (_C.RECIPIENT_PERMANENT, "type_unsupported"),
    137000: (_C.RECIPIENT_PERMANENT, "identity_changed"),
    131030: (_C.RECIPIENT_PERMANENT, "not_in_allow_list"),
    131049: (_C.RECIPIENT_LATER, "marketing_limit"),
    131047: (_C.NEEDS_TEMPLATE, "window_closed"),
    # Of the recipient's country: one contact there must not stop all others. Three in a row pause the campaign, as
    # they do for a fault of the content.
    130497: (_C.TEMPLATE_FAULT, "country_restricted"),
    131052: (_C.MEDIA_FAULT, "media_rejected"),
    131053: (_C.MEDIA_FAULT, "media_rejected"),
}

_TEMPLATE_CODES = frozenset(
    {100, 131008, 131009, 132000, 132001, 132005, 132007, 132008, 132012, 132018, 132068, 135000}
)


def is_known(code: int) -> bool:
    """Tell whether Meta's table names this code."""
    return code in _BY_CODE or code in _TEMPLATE_CODES or 200 <= code <= 299


def meta_class(code: int) -> tuple[ErrorClass, str]:
    """Return class and our code of a Meta error code.

    One that is not known is not retried; several in a row mean that the campaign itself is refused, and pause it, which
    is what a fault of the content does.
    """
    if code in _TEMPLATE_CODES:
        return ErrorClass.TEMPLATE_FAULT, "template_rejected"
    if 200 <= code <= 299:
        return ErrorClass.ACCOUNT_STOP, "permission"
    return _BY_CODE.get(code, (ErrorClass.TEMPLATE_FAULT, "meta_error"))
