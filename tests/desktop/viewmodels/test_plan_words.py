"""A forecast in words: the range, the days, and what holds them."""

from dataclasses import replace
from datetime import timedelta

from desktop.domain.ids import CampaignId
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


def test_a_plan_says_that_waiting_for_the_team_is_not_counted(qapp: object) -> None:
    assert plan_words.bottleneck(samples.forecast(), 20) == (
        "What holds it most: daily limit of the numbers. "
        "Pauses for the team to answer replies are not counted: it may take longer."
    )
    assert plan_words.bottleneck(replace(samples.forecast(), days=()), 20) == ""


def test_the_list_of_campaigns_tells_when_one_ends(qapp: object) -> None:
    program = FakeProgram()
    program.control.forecasts[CampaignId(8)] = samples.forecast()
    model = program.campaigns()
    model.activate()
    tip = model.model.data(model.model.index(0, 0), TOOL_TIP)
    assert str(tip).startswith("Ends between ")
