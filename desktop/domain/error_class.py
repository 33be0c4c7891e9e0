"""What an error means for what to do next."""

from enum import StrEnum


class ErrorClass(StrEnum):
    """Source: gateways.md §10.5."""

    ACCOUNT_STOP = "account_stop"
    INSTANCE_DOWN = "instance_down"
    THROTTLE = "throttle"
    TRANSIENT = "transient"
    CAMPAIGN_PAUSE = "campaign_pause"
    RECIPIENT_PERMANENT = "recipient_permanent"
    RECIPIENT_LATER = "recipient_later"
    TEMPLATE_FAULT = "template_fault"
    MEDIA_FAULT = "media_fault"
    NEEDS_TEMPLATE = "needs_template"
