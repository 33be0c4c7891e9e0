"""Every failure that has words stands in exactly one of the two sets."""

from desktop.domain.recipient import Reason
from desktop.policy.second_try import CAN_PASS, CANNOT_PASS
from desktop.viewmodels.wording_reasons import REASON

# What a recipient never failed for: answers of a connection test, and states of a number's own page.
NOT_OF_RECIPIENTS = {"ok", "name_taken", "operator", "daily_limit", "limit_reached", "health_issue"} | {
    "budget_messages", "budget_money", "backup_failed", "report_failed",
    "cloud_ids_missing", "cloud_token_invalid", "number_not_found", "number_not_in_waba", "permission_missing",
    "quality_low", "restored", "template_unknown", "waba_missing", "waba_not_found",
    "opt_out_of_nobody", "check_not_offered", "checks_unanswered", "no_instance_to_check", "engine_stopped",
    "disk_error", "database_busy", "database_read_only", "database_unreachable", "database_damaged", "database_moved",
}  # fmt: skip


def test_every_reason_is_in_exactly_one_set() -> None:
    assert not CAN_PASS & CANNOT_PASS
    assert {reason.value for reason in Reason} <= CAN_PASS | CANNOT_PASS
    missing = REASON.keys() - CAN_PASS - CANNOT_PASS - NOT_OF_RECIPIENTS
    assert not missing, sorted(missing)


def test_nobody_who_said_no_and_nobody_in_doubt_is_tried_again() -> None:
    assert {"opted_out", "blocked", "answer_lost", "crashed", "not_on_whatsapp"} <= CANNOT_PASS
