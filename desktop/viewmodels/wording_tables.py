"""Codes and their words, in English as the source of all translations. Only `wording.py` looks them up."""

from collections.abc import Mapping

from desktop.domain.campaign import CampaignAction, CampaignStatus, Rotation
from desktop.domain.events import Severity
from desktop.domain.instance import ConnectionState, Gateway
from desktop.domain.recipient import RecipientStatus
from desktop.viewmodels.mark import QT_TRANSLATE_NOOP

CAMPAIGN_STATUS: Mapping[str, tuple[str, str]] = {
    CampaignStatus.DRAFT: (QT_TRANSLATE_NOOP("Wording", "Draft"), "neutral"),
    CampaignStatus.SCHEDULED: (QT_TRANSLATE_NOOP("Wording", "Scheduled"), "info"),
    CampaignStatus.RUNNING: (QT_TRANSLATE_NOOP("Wording", "Sending"), "accent"),
    CampaignStatus.PAUSED: (QT_TRANSLATE_NOOP("Wording", "Paused"), "warning"),
    CampaignStatus.COMPLETED: (QT_TRANSLATE_NOOP("Wording", "Completed"), "success"),
    CampaignStatus.CANCELLED: (QT_TRANSLATE_NOOP("Wording", "Cancelled"), "neutral"),
    CampaignStatus.FAILED: (QT_TRANSLATE_NOOP("Wording", "Failed"), "danger"),
}

CAMPAIGN_REASON: Mapping[str, str] = {
    "operator": QT_TRANSLATE_NOOP("Wording", "Paused by you: nothing leaves until you resume."),
    "cancelled": QT_TRANSLATE_NOOP("Wording", "Cancelled by you."),
    "template_fault": QT_TRANSLATE_NOOP("Wording", "WhatsApp refuses the message itself: correct it, then resume."),
    "media_fault": QT_TRANSLATE_NOOP("Wording", "The attached file was refused: replace it, then resume."),
    "needs_template": QT_TRANSLATE_NOOP("Wording", "WhatsApp asks for an approved template for these people."),
    "campaign_pause": QT_TRANSLATE_NOOP("Wording", "The gateway asked for a stop of the whole campaign."),
    "no_instance": QT_TRANSLATE_NOOP("Wording", "None of its numbers exists any more: choose others, then resume."),
    "daily_limit": QT_TRANSLATE_NOOP("Wording", "The numbers have sent all they may today: look at them, then resume."),
    "hourly_limit": QT_TRANSLATE_NOOP(
        "Wording", "The hour's limit of the numbers was reached: look at them, then resume."
    ),
    "minute_limit": QT_TRANSLATE_NOOP(
        "Wording", "The minute's limit of the numbers was reached: slow the pace down, then resume."
    ),
    "limit_reached": QT_TRANSLATE_NOOP("Wording", "A hard limit of the numbers was reached."),
    "budget_messages": QT_TRANSLATE_NOOP(
        "Wording", "The month's messages are used up: raise the budget in Settings, or resume next month."
    ),
    "budget_money": QT_TRANSLATE_NOOP(
        "Wording", "The month's money is used up: raise the budget in Settings, or resume next month."
    ),
    "late": QT_TRANSLATE_NOOP(
        "Wording", "Its start time passed while the program was closed or the computer slept: start it by hand."
    ),
}

RECIPIENT_STATUS: Mapping[str, tuple[str, str]] = {
    RecipientStatus.PENDING: (QT_TRANSLATE_NOOP("Wording", "Waiting"), "neutral"),
    RecipientStatus.SENDING: (QT_TRANSLATE_NOOP("Wording", "Being sent"), "info"),
    RecipientStatus.RETRYING: (QT_TRANSLATE_NOOP("Wording", "Will retry"), "warning"),
    RecipientStatus.SENT: (QT_TRANSLATE_NOOP("Wording", "Sent"), "neutral"),
    RecipientStatus.DELIVERED: (QT_TRANSLATE_NOOP("Wording", "Delivered"), "info"),
    RecipientStatus.READ: (QT_TRANSLATE_NOOP("Wording", "Read"), "accent"),
    RecipientStatus.FAILED: (QT_TRANSLATE_NOOP("Wording", "Not sent"), "danger"),
    RecipientStatus.SKIPPED: (QT_TRANSLATE_NOOP("Wording", "Skipped"), "neutral"),
    RecipientStatus.IN_DOUBT: (QT_TRANSLATE_NOOP("Wording", "In doubt"), "doubt"),
}

CONNECTION: Mapping[str, tuple[str, str]] = {
    ConnectionState.UNKNOWN: (QT_TRANSLATE_NOOP("Wording", "Not reached"), "neutral"),
    ConnectionState.CONNECTED: (QT_TRANSLATE_NOOP("Wording", "Connected"), "success"),
    ConnectionState.CONNECTING: (QT_TRANSLATE_NOOP("Wording", "Connecting"), "info"),
    ConnectionState.DISCONNECTED: (QT_TRANSLATE_NOOP("Wording", "Disconnected"), "warning"),
    ConnectionState.NEEDS_QR: (QT_TRANSLATE_NOOP("Wording", "Scan needed"), "warning"),
    ConnectionState.STOPPED: (QT_TRANSLATE_NOOP("Wording", "Stopped at the gateway"), "warning"),
    ConnectionState.FAILED: (QT_TRANSLATE_NOOP("Wording", "Connection failed"), "danger"),
    ConnectionState.UNAUTHORISED: (QT_TRANSLATE_NOOP("Wording", "Access refused"), "danger"),
    ConnectionState.MISSING: (QT_TRANSLATE_NOOP("Wording", "Not on the gateway"), "danger"),
}

CONNECTION_ADVICE: Mapping[str, str] = {
    ConnectionState.STOPPED: QT_TRANSLATE_NOOP(
        "Wording",
        "Somebody has stopped it there. Connect starts it again, without a new scan as long as the phone is linked.",
    ),
    ConnectionState.FAILED: QT_TRANSLATE_NOOP(
        "Wording",
        "The gateway tried and gave up. Connect restarts it, and shows a code if the phone has to be linked again.",
    ),
}
"""What is the matter, and what to do, where the name of the state does not say it."""

SEVERITY: Mapping[str, tuple[str, str]] = {
    Severity.DEBUG: (QT_TRANSLATE_NOOP("Wording", "Detail"), "neutral"),
    Severity.INFO: (QT_TRANSLATE_NOOP("Wording", "Information"), "info"),
    Severity.WARNING: (QT_TRANSLATE_NOOP("Wording", "Warning"), "warning"),
    Severity.ERROR: (QT_TRANSLATE_NOOP("Wording", "Error"), "danger"),
}

GATEWAY: Mapping[str, str] = {
    Gateway.EVOLUTION: "Evolution API",
    Gateway.WAHA: "WAHA",
    Gateway.CLOUD: "WhatsApp Cloud API",
}

ROTATION: Mapping[str, str] = {
    Rotation.ROUND_ROBIN: QT_TRANSLATE_NOOP("Wording", "In turn"),
    Rotation.BALANCED: QT_TRANSLATE_NOOP("Wording", "Balanced"),
    Rotation.INTELLIGENT: QT_TRANSLATE_NOOP("Wording", "By health"),
}

ACTION: Mapping[str, str] = {
    CampaignAction.EDIT: QT_TRANSLATE_NOOP("Wording", "Edit"),
    CampaignAction.START: QT_TRANSLATE_NOOP("Wording", "Start"),
    CampaignAction.SCHEDULE: QT_TRANSLATE_NOOP("Wording", "Schedule"),
    CampaignAction.UNSCHEDULE: QT_TRANSLATE_NOOP("Wording", "Remove schedule"),
    CampaignAction.PAUSE: QT_TRANSLATE_NOOP("Wording", "Pause"),
    CampaignAction.RESUME: QT_TRANSLATE_NOOP("Wording", "Resume"),
    CampaignAction.CANCEL: QT_TRANSLATE_NOOP("Wording", "Cancel campaign"),
    CampaignAction.DELETE: QT_TRANSLATE_NOOP("Wording", "Delete"),
}

OUTCOME: Mapping[str, tuple[str, str]] = {
    "accepted": (QT_TRANSLATE_NOOP("Wording", "Accepted"), "success"),
    "rejected": (QT_TRANSLATE_NOOP("Wording", "Refused"), "danger"),
    "not_sent": (QT_TRANSLATE_NOOP("Wording", "Did not leave"), "warning"),
    "unknown": (QT_TRANSLATE_NOOP("Wording", "No certain answer"), "doubt"),
}

HEALTH: Mapping[str, tuple[str, str]] = {
    "excellent": (QT_TRANSLATE_NOOP("Wording", "Excellent"), "success"),
    "good": (QT_TRANSLATE_NOOP("Wording", "Good"), "success"),
    "moderate": (QT_TRANSLATE_NOOP("Wording", "Moderate"), "warning"),
    "bad": (QT_TRANSLATE_NOOP("Wording", "Bad"), "danger"),
}

# What something waits for. `{until}` is there when the rule ends by itself at a known moment.
IDLE: Mapping[str, tuple[str, str]] = {
    "daily_limit": (
        QT_TRANSLATE_NOOP("Wording", "Today's limit is used up."),
        QT_TRANSLATE_NOOP("Wording", "Today's limit is used up; goes on {until}."),
    ),
    "hourly_limit": (
        QT_TRANSLATE_NOOP("Wording", "The hourly limit is used up."),
        QT_TRANSLATE_NOOP("Wording", "The hourly limit is used up; goes on {until}."),
    ),
    "minute_limit": (
        QT_TRANSLATE_NOOP("Wording", "The limit per minute is used up."),
        QT_TRANSLATE_NOOP("Wording", "The limit per minute is used up; goes on {until}."),
    ),
    "budget_messages": (
        QT_TRANSLATE_NOOP("Wording", "The month's messages are used up."),
        QT_TRANSLATE_NOOP("Wording", "The month's messages are used up; new ones {until}."),
    ),
    "budget_money": (
        QT_TRANSLATE_NOOP("Wording", "The month's money is used up."),
        QT_TRANSLATE_NOOP("Wording", "The month's money is used up; new credits {until}."),
    ),
    "min_gap": (
        QT_TRANSLATE_NOOP("Wording", "Short gap between two messages."),
        QT_TRANSLATE_NOOP("Wording", "Short gap between two messages; the next {until}."),
    ),
    "in_flight": (
        QT_TRANSLATE_NOOP("Wording", "Waiting for the answer to what is on its way."),
        QT_TRANSLATE_NOOP("Wording", "Waiting for the answer to what is on its way."),
    ),
    "pace_delay": (
        QT_TRANSLATE_NOOP("Wording", "Pause between messages, so that the pace stays human."),
        QT_TRANSLATE_NOOP("Wording", "Pause between messages; the next {until}."),
    ),
    "pace_per_hour": (
        QT_TRANSLATE_NOOP("Wording", "The campaign's hourly pace is reached."),
        QT_TRANSLATE_NOOP("Wording", "The campaign's hourly pace is reached; goes on {until}."),
    ),
    "pace_per_second": (
        QT_TRANSLATE_NOOP("Wording", "The campaign's pace per second is reached."),
        QT_TRANSLATE_NOOP("Wording", "The campaign's pace per second is reached; goes on {until}."),
    ),
    "window": (
        QT_TRANSLATE_NOOP("Wording", "Outside the hours in which this campaign may send."),
        QT_TRANSLATE_NOOP("Wording", "Outside the sending hours; goes on {until}."),
    ),
    "warm_up": (
        QT_TRANSLATE_NOOP("Wording", "The number is warming up: today's allowance is used up."),
        QT_TRANSLATE_NOOP("Wording", "The number is warming up; goes on {until}."),
    ),
    "portfolio_limit": (
        QT_TRANSLATE_NOOP("Wording", "Meta's limit of people in 24 hours is used up for all numbers of this company."),
        QT_TRANSLATE_NOOP("Wording", "Meta's limit of people in 24 hours is used up; goes on {until}."),
    ),
    "replies": (
        QT_TRANSLATE_NOOP("Wording", "Your team has more replies to answer than it can in an hour."),
        QT_TRANSLATE_NOOP("Wording", "Your team still has replies to answer; goes on {until}."),
    ),
    "throughput": (
        QT_TRANSLATE_NOOP("Wording", "This number sends as fast as WhatsApp lets it."),
        QT_TRANSLATE_NOOP("Wording", "This number sends as fast as WhatsApp lets it; the next {until}."),
    ),
    "pair_rate": (
        QT_TRANSLATE_NOOP("Wording", "Two messages to the same person need a pause between them."),
        QT_TRANSLATE_NOOP("Wording", "Two messages to the same person need a pause; the next {until}."),
    ),
    "turn": (
        QT_TRANSLATE_NOOP("Wording", "Another campaign has its turn on this number."),
        QT_TRANSLATE_NOOP("Wording", "Another campaign has its turn on this number; goes on {until}."),
    ),
    "campaign_queue": (
        QT_TRANSLATE_NOOP("Wording", "Waiting for a place: as many campaigns are sending as may at once."),
        QT_TRANSLATE_NOOP("Wording", "Waiting for a place among the campaigns that send; goes on {until}."),
    ),
    "scheduled": (
        QT_TRANSLATE_NOOP("Wording", "Scheduled: it has not begun."),
        QT_TRANSLATE_NOOP("Wording", "Scheduled: it begins {until}."),
    ),
    "not_running": (
        QT_TRANSLATE_NOOP("Wording", "This campaign is not sending."),
        QT_TRANSLATE_NOOP("Wording", "This campaign is not sending; goes on {until}."),
    ),
    "health_issue": (
        QT_TRANSLATE_NOOP("Wording", "Resting: too many of the last messages through this number failed."),
        QT_TRANSLATE_NOOP("Wording", "Resting, because too many messages failed; goes on {until}."),
    ),
    "opted_out": (
        QT_TRANSLATE_NOOP("Wording", "This person asked not to receive messages."),
        QT_TRANSLATE_NOOP("Wording", "This person asked not to receive messages; asked again {until}."),
    ),
    "settled": (
        QT_TRANSLATE_NOOP("Wording", "Nothing more is to be sent to this person."),
        QT_TRANSLATE_NOOP("Wording", "Nothing more is to be sent to this person; looked at again {until}."),
    ),
    "paused": (
        QT_TRANSLATE_NOOP("Wording", "Paused."),
        QT_TRANSLATE_NOOP("Wording", "Paused; goes on {until}."),
    ),
    "disconnected": (
        QT_TRANSLATE_NOOP("Wording", "Not connected to WhatsApp."),
        QT_TRANSLATE_NOOP("Wording", "Not connected to WhatsApp; asked again {until}."),
    ),
    "unreachable": (
        QT_TRANSLATE_NOOP("Wording", "The gateway does not answer."),
        QT_TRANSLATE_NOOP("Wording", "The gateway does not answer; tried again {until}."),
    ),
    "breaker_open": (
        QT_TRANSLATE_NOOP("Wording", "Resting after several errors in a row."),
        QT_TRANSLATE_NOOP("Wording", "Resting after several errors in a row; tried again {until}."),
    ),
    "throttled": (
        QT_TRANSLATE_NOOP("Wording", "The gateway asked to slow down."),
        QT_TRANSLATE_NOOP("Wording", "The gateway asked to slow down; goes on {until}."),
    ),
    "offline": (
        QT_TRANSLATE_NOOP("Wording", "No internet: goes on by itself when it is back."),
        QT_TRANSLATE_NOOP("Wording", "No internet; tried again {until}."),
    ),
    "retry": (
        QT_TRANSLATE_NOOP("Wording", "Waiting for the next attempt of those that failed."),
        QT_TRANSLATE_NOOP("Wording", "Those that failed are tried again {until}."),
    ),
    "reconciling": (
        QT_TRANSLATE_NOOP("Wording", "Asking the gateway what became of messages in doubt."),
        QT_TRANSLATE_NOOP("Wording", "Asking the gateway about messages in doubt; asked again {until}."),
    ),
    "grace": (
        QT_TRANSLATE_NOOP("Wording", "Just started: there is still time to cancel before anything leaves."),
        QT_TRANSLATE_NOOP("Wording", "Just started: the first message leaves {until}; you can still cancel."),
    ),
    "no_instance": (
        QT_TRANSLATE_NOOP("Wording", "None of the campaign's numbers can send now."),
        QT_TRANSLATE_NOOP("Wording", "None of the campaign's numbers can send now; goes on {until}."),
    ),
    "no_engine": (
        QT_TRANSLATE_NOOP("Wording", "Nothing is sending: open Cadência, or run cadencia run."),
        QT_TRANSLATE_NOOP("Wording", "Nothing is sending; goes on {until}."),
    ),
    "engine_stopped": (
        QT_TRANSLATE_NOOP("Wording", "Sending has stopped; it starts again by itself."),
        QT_TRANSLATE_NOOP("Wording", "Sending has stopped; it starts again by itself {until}."),
    ),
    "nothing_to_do": (
        QT_TRANSLATE_NOOP("Wording", "Ready: there is nothing to send."),
        QT_TRANSLATE_NOOP("Wording", "Ready: the next message is due {until}."),
    ),
}
