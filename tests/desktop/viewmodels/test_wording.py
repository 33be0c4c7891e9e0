"""Every code that the program uses has words, in both languages, and words never fail."""

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.composition import API, CLOUD_VERSION, EVENT_TEXTS, OPT_OUT_WORDS
from desktop.domain.ai import AI_SETTING
from desktop.domain.campaign import CampaignAction, CampaignStatus, Rotation
from desktop.domain.consent import NEEDS_CONSENT
from desktop.domain.errors import KnownError
from desktop.domain.events import EventType, Severity
from desktop.domain.grace import START_GRACE
from desktop.domain.ids import EventId
from desktop.domain.inbound_hook import SETTING as RECEIVER
from desktop.domain.instance import ConnectionState
from desktop.domain.numbers import SKIP_ABSENT
from desktop.domain.opt_out import REPLY_SETTING
from desktop.domain.recipient import Reason, RecipientStatus
from desktop.domain.summaries import CheckLine, EventRow
from desktop.operations.budget import KEY as BUDGET
from desktop.operations.schedules import BACKUP, REPORTS
from desktop.operations.upkeep import KEEP_DAYS
from desktop.policy.health import HealthBand
from desktop.policy.waiting import Rule
from desktop.viewmodels import wording, wording_checks
from desktop.viewmodels.access import IDLE_KEY
from desktop.viewmodels.shell import PRACTICE_KEY
from desktop.viewmodels.wording_settings import SETTINGS, setting_name
from tests.fakes.samples import NOW, event_row


@pytest.mark.parametrize("status", list(CampaignStatus))
def test_every_campaign_status_has_a_word_and_a_tone(status: CampaignStatus) -> None:
    assert wording.campaign_status(status)[0].isupper()
    assert wording.campaign_tone(status)


@pytest.mark.parametrize("status", list(RecipientStatus))
def test_every_recipient_status_has_a_word(status: RecipientStatus) -> None:
    assert wording.recipient_status(status) != status.value


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_is_a_sentence(reason: Reason) -> None:
    assert wording.reason(reason).endswith(".")
    assert "_" not in wording.reason(reason)


@pytest.mark.parametrize("rule", list(Rule))
def test_every_rule_is_worded_with_and_without_its_end(rule: Rule) -> None:
    assert wording.idle(rule, None, NOW).endswith(".")
    text = wording.idle(rule, NOW + timedelta(seconds=24), NOW)
    assert rule is Rule.IN_FLIGHT or "in 24 s" in text


@pytest.mark.parametrize("state", list(ConnectionState))
def test_every_connection_state_has_a_word(state: ConnectionState) -> None:
    assert wording.connection(state) != state.value


def test_the_other_lists_have_words_too() -> None:
    assert all(wording.severity(level) != level.value for level in Severity)
    assert all(wording.health(band) != band.value for band in HealthBand)
    assert all(wording.rotation(mode) != mode.value for mode in Rotation)
    spoken = [step for step in CampaignAction if step not in (CampaignAction.COMPLETE, CampaignAction.FAIL)]
    assert all(wording.action(step) for step in spoken)


@pytest.mark.parametrize("number", range(1, 25))
def test_events_are_told_without_open_fields(number: int) -> None:
    text = wording.event(event_row(number))
    assert text
    assert "{" not in text


@pytest.mark.parametrize("kind", list(EventType))
def test_an_event_of_which_nothing_is_known_is_named(kind: EventType) -> None:
    row = EventRow(
        EventId(1), NOW, kind, Severity.INFO, {}, None, None, None, None, None, None, None, None, None, None, None,
        None, None, None,
    )  # fmt: skip
    assert wording.event(row) == wording.event_type(kind)
    assert "_" not in wording.event_type(kind)


def test_new_weights_of_variations_are_told_as_shares() -> None:
    row = replace(event_row(1), type=EventType.ROTATION_CHANGED, details={"weights": [100, 900], "by": "read"})
    assert wording.event(row).startswith("The variations are weighed anew: A 10%, B 90%")


def test_an_event_says_why() -> None:
    failed = next(event_row(n) for n in range(1, 30) if event_row(n).type == EventType.MESSAGE_FAILED)
    assert wording.event(failed).endswith("· This phone has no WhatsApp")


@pytest.mark.parametrize(
    ("details", "text"),
    [
        ({"proof": "found", "tries": 1}, "it was sent"),
        ({"proof": "receipt"}, "it was sent"),
        ({"proof": "absent", "to": "pending"}, "it never left and is sent again"),
        ({"proof": "absent", "to": "failed"}, "it had not left, and is not tried again"),
        ({"proof": "operator", "as_sent": True}, "somebody decided that it was sent"),
        ({"proof": "operator", "as_sent": False, "to": "pending"}, "somebody decided that it is sent again"),
        ({"verdict": "absent"}, "it never left and is sent again"),
    ],
)
def test_a_doubt_that_was_resolved_says_how(details: dict[str, object], text: str) -> None:
    row = replace(event_row(1), type=EventType.RECONCILED, contact="Ana", details=details)
    assert wording.event(row) == f"Found out what became of the message to Ana: {text}"


def test_a_computer_that_woke_is_told_apart_from_a_network_that_came_back() -> None:
    row = replace(event_row(1), type=EventType.CAME_ONLINE, details={"slept_s": 5400})
    assert wording.event(row) == "The computer slept, or the program stood still, for 1 h 30 min: it goes on"
    assert wording.event(replace(row, details={"instances": ["a"]})) == "Back online"


def test_a_start_that_was_refused_says_why_in_words() -> None:
    row = replace(event_row(1), type=EventType.ERROR, details={"code": "late"})
    assert "start time passed" in wording.event(row)


def test_a_limit_is_told_with_its_figures() -> None:
    reached = next(event_row(n) for n in range(1, 30) if event_row(n).type == EventType.LIMIT_REACHED)
    assert "1,200 of 1,200" in wording.event(reached)


@pytest.mark.parametrize(
    ("details", "text"),
    [
        ({"state": "connected", "was": "unknown"}, "vendas-1 at its gateway: Connected"),
        ({"state": "needs_qr", "was": "connected"}, "vendas-1 at its gateway: Scan needed"),
        ({"template": "oferta", "language": "pt_BR", "status": "REJECTED"}, "Meta judged the template oferta anew"),
        ({"event": "FLAGGED", "quality": "RED"}, "Meta judged the quality of vendas-1 anew"),
        ({"event": None, "messaging_limit": "TIER_250"}, "Meta changed the messaging limit of vendas-1"),
        ({"score": 31.5}, "Health of vendas-1 is low"),
    ],
)
def test_news_of_a_number_say_what_they_are_about(details: dict[str, object], text: str) -> None:
    row = replace(event_row(1), type=EventType.HEALTH_ISSUE, instance="vendas-1", details=details)
    assert wording.event(row) == text


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (CheckLine("audience", "green", {"n": 1234}), "The message goes to 1,234 people."),
        (CheckLine("instances_unknown", "red", {"names": ["a", "b"]}), "These numbers do not exist any more: a, b."),
        (CheckLine("variables_missing", "red", {"fields": {"name": 3}}), "Some people lack a value: name (3)."),
        (CheckLine("state", "red", {"status": "running"}), "Only a draft or a scheduled campaign can be started."),
        (CheckLine("disk_space", "amber", {"free": 3}), "Disk space (free: 3)"),
        (CheckLine("audience", "green", {}), "Audience"),
    ],
)
def test_lines_of_the_checklist(line: CheckLine, text: str) -> None:
    assert wording.check(line)[0] == text


def test_every_line_of_the_checklist_can_be_filled() -> None:
    facts = {
        "n": 2, "number": 1, "names": ["a"], "fields": {"f": 1}, "path": "p", "finish_at": NOW, "at": NOW, "usable": 1,
        "earliest": NOW, "latest": NOW,
        "absent": 1, "unchecked": 2, "micros": 1, "currency": "BRL", "left_messages": 1, "left_micros": 1, "people": 1,
        "template": "t", "language": "en", "category": "UTILITY", "status": "PAUSED", "part": "FLOW", "kind": "image",
        "gateway": "cloud", "limit_mb": 5, "detail": "image/webp",
        "folder": "/p", "free_mb": 9, "problems": ["p"], "holder": "/p", "behind_s": 9,
        "left": 1, "limit": 2, "days": 3, "name": "a", "state": "missing", "ready": 1, "unread": 2,
        "per_hour": 20, "few": 0.0, "likely": 0.1, "many": 0.28, "basis": "past",
        "place": 1, "ahead": ["b"],
    }  # fmt: skip
    for code, level in [*((code, "green") for code in wording_checks._LINES), *wording_checks._AT_LEVEL]:
        text, hint = wording.check(CheckLine(code, level, facts))
        assert "{" not in text.replace("{{", ""), code
        assert text.endswith((".", "p")), code
        assert hint is not None


def test_a_refusal_without_words_speaks_for_itself() -> None:
    assert wording.error(KnownError("never_heard_of", "Something.", "Do this.")) == ("Something.", "Do this.")
    assert wording.error(KnownError("file_empty", "x"))[0] == "This file is empty."


def test_a_refusal_is_told_with_its_facts() -> None:
    used = KnownError("instance_in_use", "x", "y", campaign="Black Friday")
    assert wording.error(used)[0] == "The campaign “Black Friday” uses this number and has not ended."
    taken = KnownError("receiver_port_taken", "x", port=8080)
    assert "port 8080," in wording.error(taken)[0]
    running = KnownError("action_not_allowed", "x", status="running", action="edit")
    assert wording.error(running)[0].endswith(f"{wording.campaign_status('running')}.")
    assert wording.unused_facts(running) == ["edit"]


def test_a_refusal_that_lacks_a_fact_speaks_for_itself() -> None:
    assert wording.error(KnownError("instance_in_use", "It is used.", "End it.")) == ("It is used.", "End it.")


def test_braces_of_variables_are_no_facts() -> None:
    assert wording._filled("Write {{name}} to {name}", {"name": "Ana"}) == "Write {{name}} to Ana"


@pytest.mark.parametrize(
    ("details", "text"),
    [
        ({"changed": "vendas-1", "daily_limit": 500}, "Limits of vendas-1 changed"),
        ({"tag": "vip", "is_on": True, "n": 1234}, "Tag “vip” changed for 1,234 people"),
        ({"setting": "api"}, "Setting changed: API for other programs"),
        ({"hook": 3, "what": "added"}, "Webhook 3 changed"),
        ({"segment": "Leitores"}, "Segment “Leitores” changed"),
        ({"name": "Black Friday"}, "Campaign edited"),
    ],
)
def test_what_was_changed_by_hand_is_told(details: dict[str, object], text: str) -> None:
    row = replace(event_row(1), type=EventType.EDITED, details=details)
    assert wording.event(replace(row, campaign="Black Friday" if "name" in details else None)) == text


def test_unknown_codes_are_shown_as_they_are() -> None:
    assert wording.reason("brand_new_code") == "Brand new code"
    assert wording.campaign_status("hibernating") == "hibernating"
    assert wording.reason(None) == ""


def test_every_setting_that_leaves_a_line_has_a_name() -> None:
    keys = {
        IDLE_KEY, AI_SETTING, API, BACKUP, BUDGET, CLOUD_VERSION, NEEDS_CONSENT, START_GRACE, KEEP_DAYS, EVENT_TEXTS,
        REPLY_SETTING, OPT_OUT_WORDS, PRACTICE_KEY, RECEIVER, REPORTS, SKIP_ABSENT,
    }  # fmt: skip
    assert set(SETTINGS) == keys
    assert setting_name("of.a.newer.version") == "of.a.newer.version"
