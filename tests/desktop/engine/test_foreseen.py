"""What was foreseen comes true: the real engine sends small campaigns in virtual time. `bench_eta` has large ones."""

from datetime import timedelta

import pytest

from desktop.domain.campaign import Pace
from desktop.domain.instance import InstanceLimits
from desktop.policy.reply_forecast import Basis
from tests.bench.case_eta import Case, Course, Other, play

FREE = Pace((0.0, 0.0), None, None, None)
SLOWLY = InstanceLimits(per_day=None, per_hour=None, per_minute=None, min_gap_s=10.0)


def errors(course: Course) -> list[float]:
    """Return by how much each forecast was off, in shares of what was still to come; each range held the truth."""
    assert course.finish is not None
    found: list[float] = []
    for _left, made_at, foreseen in course.forecasts:
        assert foreseen is not None
        assert foreseen.earliest <= course.finish <= foreseen.latest
        found.append((foreseen.likely - course.finish) / (course.finish - made_at))
    return found


def test_a_team_that_answers_replies_holds_it_about_as_long_as_was_foreseen():
    case = Case(
        "", 300, Pace((10.0, 20.0), None, None, None), replies_per_hour=10, replying=0.2, reply_after_s=600.0,
        past=(1_000, 200),
    )  # fmt: skip
    course = play(case, 1, (0.0, 0.5))
    assert errors(course) == pytest.approx([0, 0], abs=0.25)
    assert course.finish is not None
    assert course.finish - case.start > timedelta(hours=3)  # by its pace alone it would take 75 minutes
    outlooks = [foreseen.replies for _left, _at, foreseen in course.forecasts if foreseen]
    assert [outlook.basis for outlook in outlooks if outlook] == [Basis.PAST, Basis.SEEN]


@pytest.mark.parametrize(("priority", "off"), [(0, 0.02), (2, 0.02), (-1, 0.02)])
def test_campaigns_take_turns_on_a_number_as_was_foreseen(priority: int, off: float):
    others = (Other(300, FREE), Other(40, FREE, 1), Other(30, Pace((60.0, 60.0), None, None, None)))
    case = Case("", 100, FREE, SLOWLY, priority=priority, others=others)
    assert errors(play(case, 1, (0.0, 0.5))) == pytest.approx([0, 0], abs=off)


def test_without_the_number_that_somebody_has_paused_it_takes_as_long_as_was_foreseen():
    course = play(Case("", 90, FREE, SLOWLY, instances=3, paused=True), 1, (0.0, 0.5))
    assert errors(course) == pytest.approx([0, 0], abs=0.03)
    assert [foreseen.without for _left, _at, foreseen in course.forecasts if foreseen] == [("number-1",)] * 2


def test_who_is_tried_again_is_waited_for():
    case = Case("", 40, Pace((1.0, 3.0), None, None, None), failing=0.3)
    course = play(case, 2, (0.0, 0.9))
    assert course.finish is not None
    assert all(foreseen and foreseen.latest >= course.finish for _left, _at, foreseen in course.forecasts)
