"""Who was written to within a window: a person counts once, by the last message, until that leaves the window."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.ids import ContactId
from desktop.engine.ports import WrittenTo
from desktop.engine.written import Written

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
WINDOW = timedelta(seconds=10)
ANA, BIA = ContactId(1), ContactId(2)


def at(second: float) -> datetime:
    return NOON + timedelta(seconds=second)


STEPS = st.lists(
    st.tuples(st.sampled_from(("add", "remove", "pass", "shift", "take over")), st.integers(1, 4), st.integers(0, 6)),
    max_size=40,
)


@given(STEPS)
@settings(max_examples=80, deadline=None)
def test_it_knows_what_a_list_of_all_departures_would_tell(steps: list[tuple[str, int, int]]):
    written, now, log = Written(WINDOW), NOON, list[tuple[int, datetime]]()
    for what, person, seconds in steps:
        match what:
            case "add":
                written.add(ContactId(person), now)
                log.append((person, now))
            case "remove" if log:
                gone = log[seconds % len(log)]
                written.remove(ContactId(gone[0]), gone[1])
                log = [each for each in log if each != gone]
            case "pass":
                now += timedelta(seconds=seconds)
            case "shift":
                by = timedelta(seconds=seconds)
                written.shift(by)
                now, log = now + by, [(who, moment + by) for who, moment in log]
            case _:
                other = Written(WINDOW, [WrittenTo(ContactId(person), now)])
                written.take_over(other)
                written.take_over(other)
                log.append((person, now))
        recent = {who: max(m for w, m in log if w == who) for who, _moment in log}
        assert list(written.last(now)) == sorted(m for m in recent.values() if m + WINDOW > now)
        for who, moment in recent.items():
            assert bool(written.to(ContactId(who))) == (moment + WINDOW > now)


def test_somebody_who_was_erased_counts_as_one_person_a_message():
    written = Written(WINDOW, [WrittenTo(None, at(0)), WrittenTo(None, at(0)), WrittenTo(ANA, at(1))])
    written.take_over(Written(WINDOW, [WrittenTo(None, at(2))]))
    assert list(written.last(at(3))) == [at(0), at(0), at(1), at(2)]


def test_people_of_one_moment_are_told_apart():
    written = Written(WINDOW, [WrittenTo(ANA, at(0)), WrittenTo(BIA, at(0))])
    written.remove(ANA, at(0))
    written.remove(ANA, at(0))
    assert (list(written.to(ANA)), list(written.to(BIA))) == ([], [at(0)])


def test_who_got_two_messages_counts_by_the_first_when_the_second_did_not_leave():
    written = Written(WINDOW, [WrittenTo(ANA, at(0)), WrittenTo(BIA, at(1)), WrittenTo(ANA, at(2))])
    assert list(written.last(at(3))) == [at(1), at(2)]
    written.remove(ANA, at(2))
    assert list(written.to(ANA)) == [at(0)]
    assert list(written.last(at(3))) == [at(0), at(1)]
    assert list(written.last(at(10.5))) == [at(1)]
