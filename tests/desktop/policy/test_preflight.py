"""The checklist: what is red refuses, what is amber warns, and each line says the numbers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from desktop.domain.budget import Budget, Spent
from desktop.domain.campaign import Audience, CampaignStatus, Draft, MessageDraft
from desktop.domain.instance import ConnectionState, Gateway
from desktop.domain.summaries import CheckLine
from desktop.policy.budget import BudgetFacts, Estimate
from desktop.policy.forecast import Forecast
from desktop.policy.media_limits import MB, FaultCode, MediaFault
from desktop.policy.preflight import ContentFacts, PreflightFacts, check, is_ok
from desktop.policy.preflight_numbers import InstanceFacts
from desktop.policy.preflight_templates import Obstacle, TemplateFacts, TemplateUseFacts
from desktop.policy.reply_forecast import Basis, ReplyOutlook

SOFT = MediaFault(Gateway.WAHA, FaultCode.FORMAT, is_hard=False, detail="image/webp")
HARD = MediaFault(Gateway.CLOUD, FaultCode.TOO_LARGE, is_hard=True, limit_bytes=5 * MB)
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
CONNECTED = InstanceFacts("vendas-1", ConnectionState.CONNECTED)
READY = PreflightFacts(
    draft=Draft("Natal", Audience(), (MessageDraft("Oi"),), ("vendas-1",)),
    status=CampaignStatus.DRAFT,
    reachable=10,
    opted_out=2,
    instances=(CONNECTED,),
    contents=(ContentFacts(is_empty=False),),
    finish=Forecast(NOW, NOW + timedelta(hours=1), NOW + timedelta(hours=2)),
    now=NOW,
)


def levels(facts: PreflightFacts) -> dict[str, str]:
    return {line.code: line.level for line in check(facts)}


def test_a_schedule_that_lies_ahead_is_green():
    at = NOW + timedelta(days=1)
    assert levels(replace(READY, draft=replace(READY.draft, schedule_at=at)))["schedule"] == "green"


def test_the_budget_is_a_line_where_there_is_one():
    assert not any(code.startswith("budget") for code in levels(READY))
    budget = BudgetFacts(Budget(messages=100), Spent(), Estimate(10, 0, 0))
    told = [line for line in check(replace(READY, budget=budget, finish=None)) if line.code.startswith("budget")]
    assert len(told) == 1


def test_ready_campaign_is_green_all_over():
    assert is_ok(check(READY))
    assert set(levels(READY).values()) == {"green"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"status": CampaignStatus.COMPLETED}, "state"),
        ({"draft": replace(READY.draft, audience=None)}, "audience_missing"),
        ({"reachable": 0}, "audience_empty"),
        ({"instances": ()}, "instances_missing"),
        ({"instances": (InstanceFacts("gone", None),)}, "instances_unknown"),
        ({"instances": (replace(CONNECTED, has_token=False),)}, "instances_without_token"),
        ({"instances": (replace(CONNECTED, state=ConnectionState.NEEDS_QR),)}, "instances_none_connected"),
        ({"instances": (replace(CONNECTED, pause_reason="operator"),)}, "instances_none_connected"),
        ({"contents": ()}, "content_missing"),
        ({"contents": (ContentFacts(is_empty=False), ContentFacts(is_empty=True))}, "content_empty"),
        ({"contents": (ContentFacts(is_empty=False, syntax=2),)}, "content_syntax"),
        ({"contents": (ContentFacts(is_empty=False, too_long=5),)}, "content_too_long"),
        ({"draft": replace(READY.draft, messages=(MessageDraft("Oi", weight=0),))}, "content_weights"),
        ({"contents": (ContentFacts(is_empty=False, missing=(("name", 3),)),)}, "variables_missing"),
        ({"contents": (ContentFacts(is_empty=False, unreadable_media="a.jpg"),)}, "media_unreadable"),
        ({"contents": (ContentFacts(False), ContentFacts(False, media_faults=(SOFT, HARD)))}, "media_too_large"),
        ({"finish": None}, "limits_never"),
        ({"draft": replace(READY.draft, schedule_at=NOW)}, "schedule_past"),
    ],
)
def test_each_obstacle_is_red_under_its_own_code(change: dict[str, object], code: str):
    facts = replace(READY, **change)
    assert levels(facts)[code] == "red"
    assert not is_ok(check(facts))


def test_one_connected_number_of_two_is_a_warning():
    facts = replace(READY, instances=(CONNECTED, InstanceFacts("vendas-2", ConnectionState.NEEDS_QR)))
    assert levels(facts)["instances_some_connected"] == "amber"
    assert is_ok(check(facts))


def test_most_lacking_message_counts_for_each_variable():
    contents = (
        ContentFacts(False, missing=(("name", 3),)),
        ContentFacts(False, missing=(("name", 7), ("custom.x", 1))),
    )
    line = next(line for line in check(replace(READY, contents=contents)) if line.code == "variables_missing")
    assert line.facts == {"fields": {"name": 7, "custom.x": 1}}


def test_long_campaign_and_switched_off_opt_out_are_warnings():
    late = NOW + timedelta(days=9)
    facts = replace(READY, finish=Forecast(NOW, late, late), draft=replace(READY.draft, respect_opt_out=False))
    assert levels(facts)["limits"] == "amber"
    assert levels(facts)["opt_out_off"] == "amber"
    assert is_ok(check(facts))


def test_due_schedule_is_only_a_warning_for_the_campaign_that_was_scheduled():
    draft = replace(READY.draft, schedule_at=NOW - timedelta(minutes=1))
    assert levels(replace(READY, draft=draft, status=CampaignStatus.SCHEDULED))["schedule_past"] == "amber"


def test_an_end_that_waits_for_a_number_is_no_fault_of_the_limits():
    gone = replace(READY, instances=(replace(CONNECTED, pause_reason="operator"),), finish=None)
    assert levels(gone)["limits_unknown"] == "amber"
    assert "limits_never" not in levels(gone)


def test_a_campaign_that_starts_in_weeks_is_not_long():
    late = NOW + timedelta(days=20)
    draft = replace(READY.draft, schedule_at=late)
    facts = replace(READY, draft=draft, finish=Forecast(late, late + timedelta(days=1), late + timedelta(days=2)))
    assert levels(facts)["limits"] == "green"


def test_the_end_is_told_as_a_range():
    line = next(line for line in check(READY) if line.code == "limits")
    assert line.facts == {
        "finish_at": NOW + timedelta(hours=1),
        "earliest": NOW,
        "latest": NOW + timedelta(hours=2),
        "days": 0.0,
    }


@pytest.mark.parametrize(
    ("holds", "may_hold", "code", "level"),
    [
        (True, True, "replies_decide", "amber"),
        (False, True, "replies_may_decide", "amber"),
        (False, False, "replies", "green"),
    ],
)
def test_a_campaign_that_waits_for_its_team_is_told_whether_replies_decide(
    *, holds: bool, may_hold: bool, code: str, level: str
):
    outlook = ReplyOutlook(20, 0.0, 0.1, 0.28, Basis.ASSUMED)
    assert READY.finish is not None
    finish = replace(READY.finish, replies=outlook, replies_hold=holds, may_replies_hold=may_hold)
    facts = replace(READY, finish=finish)
    line = next(line for line in check(facts) if line.code.startswith("replies"))
    assert (line.code, line.level) == (code, level)
    assert line.facts == {"per_hour": 20, "few": 0.0, "likely": 0.1, "many": 0.28, "basis": "assumed"}
    assert is_ok(check(facts))


PROMO = TemplateUseFacts(1, "promo", "pt_BR", "MARKETING")


def test_who_is_not_known_to_be_on_whatsapp_is_a_warning():
    lines = check(replace(READY, absent=2, unchecked=3))
    line = next(line for line in lines if line.code == "numbers_unchecked")
    assert (line.level, dict(line.facts)) == ("amber", {"absent": 2, "unchecked": 3})
    assert levels(replace(READY, absent=1, unchecked=0))["numbers_unchecked"] == "amber"
    assert levels(replace(READY, unchecked=0))["numbers_checked"] == "green"
    assert "numbers_checked" not in levels(READY)
    assert "numbers_unchecked" not in levels(replace(READY, reachable=0, unchecked=0))


def template_line(facts: TemplateFacts) -> list[CheckLine]:
    usual = {line.code for line in check(READY)}
    return [line for line in check(replace(READY, templates=facts)) if line.code not in usual]


def test_an_approved_template_tells_what_it_is_charged_as():
    (line,) = template_line(TemplateFacts((PROMO,), cloud=("meta-1",)))
    assert (line.code, line.level) == ("template", "green")
    assert line.facts == {"number": 1, "template": "promo", "language": "pt_BR", "category": "MARKETING"}


def test_each_obstacle_of_a_template_is_red_with_its_numbers():
    use = replace(PROMO, obstacles=(Obstacle("template_unmapped", {"names": ["2"]}), Obstacle("template_unknown")))
    lines = template_line(TemplateFacts((use,), cloud=("meta-1",)))
    assert [(line.code, line.level) for line in lines] == [("template_unmapped", "red"), ("template_unknown", "red")]
    assert lines[0].facts["names"] == ["2"]


def test_a_template_through_another_gateways_number_is_red():
    lines = template_line(TemplateFacts((PROMO,), others=("vendas-1",)))
    assert [(line.code, line.level, dict(line.facts)) for line in lines] == [
        ("template_wrong_gateway", "red", {"names": ["vendas-1"]})
    ]
    assert template_line(TemplateFacts((), others=("vendas-1",))) == []


def test_free_text_to_who_has_not_written_is_a_warning():
    (line,) = template_line(TemplateFacts(cloud=("meta-1",), outside_window=7))
    assert (line.code, line.level, dict(line.facts)) == ("free_text_window", "amber", {"n": 7, "names": ["meta-1"]})


def test_a_file_that_only_some_phones_show_warns_and_says_where():
    contents = (ContentFacts(False), ContentFacts(False, media_name="logo.webp", media_faults=(SOFT,)))
    line = next(line for line in check(replace(READY, contents=contents)) if line.code == "media_format")
    assert (line.level, line.facts["number"], line.facts["name"], line.facts["gateway"]) == (
        "amber",
        2,
        "logo.webp",
        "waha",
    )


def test_people_without_a_recorded_consent_are_counted_where_it_is_needed() -> None:
    assert "consent" not in levels(READY)
    assert levels(replace(READY, without_consent=0))["consent"] == "green"
    (line,) = (line for line in check(replace(READY, without_consent=7)) if line.code == "consent_missing")
    assert (line.level, line.facts["n"]) == ("amber", 7)
    assert levels(replace(READY, reachable=0, without_consent=7))["audience_without_consent"] == "red"
    assert levels(replace(READY, reachable=0, without_consent=0))["audience_empty"] == "red"


def test_a_segment_that_is_gone_is_named() -> None:
    lines = check(replace(READY, segment_gone="Nunca leram", reachable=0))
    (line,) = (line for line in lines if line.code == "audience_segment_gone")
    assert (line.level, line.facts["name"]) == ("red", "Nunca leram")


def test_people_whom_another_run_has_reached_are_left_out_in_words():
    assert "already_reached" not in levels(READY)
    assert levels(replace(READY, reached=3, left_out=3))["already_reached"] == "green"
    line = next(line for line in check(replace(READY, reachable=0, reached=2, left_out=2)) if line.level == "red")
    assert (line.code, line.facts["n"]) == ("audience_reached", 2)


def test_people_with_whom_a_conversation_goes_on_are_left_out_in_words():
    assert "talking" not in levels(READY)
    draft = replace(READY.draft, skip_active_conversations=True)
    assert levels(replace(READY, draft=draft, talking=3, left_out=3))["talking"] == "green"
    nobody = replace(READY, draft=draft, reachable=0, talking=2, left_out=12)
    (line,) = [line for line in check(nobody) if line.code.startswith("audience")]
    assert (line.code, line.level, line.facts["n"]) == ("audience_left_out", "red", 12)


def test_a_campaign_that_will_pause_at_a_limit_says_so_before():
    assert READY.finish is not None
    assert levels(replace(READY, finish=replace(READY.finish, pauses=True)))["limits_pausing"] == "amber"


def test_of_a_campaign_that_has_begun_those_count_who_still_wait():
    begun = replace(READY, has_begun=True, reachable=4, segment_gone="VIP")
    (line,) = [line for line in check(begun) if line.code.startswith("audience")]
    assert (line.code, line.level, line.facts["n"]) == ("audience_left", "green", 4)
