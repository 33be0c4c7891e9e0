"""A forecast in words: the range, the days, and what holds them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.domain.ids import CampaignId
from desktop.policy.reply_forecast import Basis, ReplyOutlook
from desktop.viewmodels import plan_words
from desktop.viewmodels.table_roles import TOOL_TIP
from tests.fakes import samples
from tests.fakes.samples import NOW
from tests.fakes.window import FakeProgram


def test_the_end_is_a_range_with_the_likely_moment(qapp: object) -> None:
    forecast = samples.forecast()
    text = plan_words.ends_text(forecast, NOW)
    local = [moment.astimezone() for moment in (forecast.earliest, forecast.latest, forecast.likely)]
    first, last, likely = (f"{moment:%a %H:%M}" for moment in local)
    assert text == f"Ends between {first} and {last}, probably {likely}."


def test_today_needs_no_day_and_another_week_needs_a_date(qapp: object) -> None:
    forecast = replace(samples.forecast(), earliest=NOW, likely=NOW, latest=NOW + timedelta(days=20))
    text = plan_words.range_text(forecast, NOW)
    assert text.startswith(f"between {NOW.astimezone():%H:%M} and ")
    far = (NOW + timedelta(days=20)).astimezone()
    assert f"{far:%a} {far.month}/{far.day}" in text


def test_a_range_of_less_than_a_minute_is_one_moment(qapp: object) -> None:
    forecast = replace(samples.forecast(), earliest=NOW, likely=NOW, latest=NOW)
    assert plan_words.range_text(forecast, NOW) == f"{NOW.astimezone():%H:%M}"


def test_each_day_tells_what_leaves_and_what_holds_it(qapp: object) -> None:
    days = plan_words.days(samples.forecast(), NOW)
    assert [day.messages for day in days] == [620, 0, 1400, 1400, 1400, 380]
    assert "1,400 messages\nWhat holds it most: daily limit of the numbers" in days[2].tip
    assert plan_words.bottleneck(samples.forecast()) == "What holds it most: daily limit of the numbers"
    assert plan_words.bottleneck(replace(samples.forecast(), days=())) == ""


@pytest.mark.parametrize(
    ("holds", "may_hold", "verdict"),
    [
        (True, True, "Replies decide when it ends: the team answers 20 an hour."),
        (False, True, "If more people reply than expected, it takes longer: the team answers 20 an hour."),
        (False, False, "The team keeps up with the replies: it answers 20 an hour."),
    ],
)
def test_a_plan_says_what_replies_have_to_do_with_it(
    qapp: object, *, holds: bool, may_hold: bool, verdict: str
) -> None:
    outlook = ReplyOutlook(20, 0.0, 0.1, 0.284, Basis.ASSUMED)
    forecast = replace(samples.forecast(), replies=outlook, replies_hold=holds, may_replies_hold=may_hold)
    assert plan_words.bottleneck(forecast) == (
        f"What holds it most: daily limit of the numbers. {verdict} "
        "How many will reply nobody knows yet; assumed are 10 of 100 people, at least 0 and at most 28."
    )
    assert plan_words.bottleneck(replace(forecast, days=())) == ""


def test_a_plan_says_where_the_expected_replies_come_from(qapp: object) -> None:
    assert plan_words.counted_on(Basis.PAST, 0.05, 0.1, 0.2).startswith("Counted on, as in earlier campaigns: 10 of")
    assert plan_words.counted_on(Basis.SEEN, 0.05, 0.1, 0.2).endswith("reply, at least 5 and at most 20.")
    assert plan_words.replies(samples.forecast()) == ""


def test_the_list_of_campaigns_tells_when_one_ends(qapp: object) -> None:
    program = FakeProgram()
    program.control.forecasts[CampaignId(8)] = samples.forecast()
    model = program.campaigns()
    model.activate()
    tip = model.model.data(model.model.index(0, 0), TOOL_TIP)
    assert str(tip).startswith("Ends between ")


def test_a_campaign_that_pauses_at_a_limit_is_told_so(qapp: object) -> None:
    pausing = replace(samples.forecast(), pauses=True)
    assert "It pauses at a limit of its numbers" in plan_words.notes(pausing)
    assert plan_words.notes(samples.forecast()) == ""
