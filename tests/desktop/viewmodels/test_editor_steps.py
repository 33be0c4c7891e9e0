"""What the steps of the editor know: the size of the audience, how a person reads the message, when it would end."""

from datetime import datetime, time, timedelta

import pytest
from pytestqt.qtbot import QtBot

from desktop.audience.phones import PhoneReason
from desktop.domain.campaign import (
    Audience,
    AudienceKind,
    CampaignAction,
    CampaignStatus,
    RetryPlan,
    SendWindow,
)
from desktop.domain.errors import KnownError
from desktop.domain.summaries import CheckLine
from desktop.viewmodels import editor_words, phone_words
from desktop.viewmodels.editor import EditorViewModel, Step
from desktop.viewmodels.editor_audience import AudienceViewModel, read_pasted
from desktop.viewmodels.editor_message import MessageViewModel, variable
from desktop.viewmodels.editor_pace import OFFICE_HOURS, PaceViewModel
from desktop.viewmodels.editor_review import ReviewViewModel, step_of
from tests.fakes import samples
from tests.fakes.control import FakeControl
from tests.fakes.engine_state import ImmediateSpawn
from tests.fakes.library import FakeLibrary


class Steps:
    """An editor with all its steps over the fakes."""

    def __init__(self) -> None:
        self.library = FakeLibrary()
        self.control = FakeControl(self.library)
        spawn = ImmediateSpawn()
        self.editor = EditorViewModel(self.library, self.control, spawn)
        self.audience = AudienceViewModel(self.editor, self.library, spawn)
        self.message = MessageViewModel(self.editor, self.library, spawn)
        self.pace = PaceViewModel(self.editor, self.library, self.control, spawn, self.now)
        self.review = ReviewViewModel(self.editor, self.control, spawn, self.now)
        self.editor.open_new("Nova")

    def now(self) -> datetime:
        return samples.NOW


@pytest.fixture
def steps(qapp: object) -> Steps:
    return Steps()


# Audience


def test_a_pasted_list_is_normalised_and_says_what_it_refuses() -> None:
    pasted = read_pasted("(11) 98765-4321\n11987654321; 5,51198E+12\n\nrecado", "BR")
    assert pasted.phones == ("+5511987654321",)
    assert pasted.repeated == 1
    assert pasted.refused == (
        ("5,51198E+12", PhoneReason.SCIENTIFIC_NOTATION),
        ("recado", PhoneReason.LETTERS),
    )
    assert all(phone_words.phone_reason(reason) for _text, reason in pasted.refused)


def test_the_size_follows_the_choice(steps: Steps, qtbot: QtBot) -> None:
    steps.audience.choose(AudienceKind.ALL)
    assert steps.audience.is_counting
    qtbot.waitUntil(lambda: steps.audience.size is not None)
    assert steps.audience.size == (383, 17)
    assert not steps.audience.is_counting
    assert len(steps.audience.sample) == 20


def test_tags_are_added_and_taken_away(steps: Steps) -> None:
    steps.audience.toggle_tag("vip", True)
    steps.audience.toggle_tag("clientes", True)
    assert steps.editor.draft.audience == Audience(AudienceKind.TAGS, ("vip", "clientes"))
    steps.audience.toggle_tag("vip", False)
    assert steps.audience.selected_tags == ("clientes",)


def test_going_to_the_list_and_back_keeps_the_pasted_numbers(steps: Steps) -> None:
    steps.audience.paste("11987654321")
    steps.audience.choose(AudienceKind.ALL)
    steps.audience.choose(AudienceKind.PHONES)
    assert steps.editor.draft.audience == Audience(AudienceKind.PHONES, ("+5511987654321",))


def test_typing_counts_once(steps: Steps, qtbot: QtBot) -> None:
    asked: list[Audience] = []
    real = steps.library.audience_size

    async def count(audience: Audience, respect_opt_out: bool) -> tuple[int, int]:
        asked.append(audience)
        return await real(audience, respect_opt_out)

    steps.library.audience_size = count  # type: ignore[method-assign]
    for text in ("1198765432", "11987654321", "11987654321\n21998765432"):
        steps.audience.paste(text)
    qtbot.waitUntil(lambda: not steps.audience.is_counting)
    assert len(asked) == 1
    assert len(asked[0].values) == 2


# Message


def test_the_preview_is_what_the_person_will_read(steps: Steps) -> None:
    steps.message.set_sample(steps.library.people[:3])
    steps.message.set_text('Oi {{nome|first|"amigo"}}, *tudo* bem?')
    assert steps.message.preview.html is not None
    assert "Oi João, <b>tudo</b> bem?" in steps.message.preview.html
    steps.message.show_next()
    assert steps.message.preview.number == 2
    steps.message.show_next(-1)
    steps.message.show_next(-1)
    assert steps.message.preview.number == 3, "before the first comes the last"


def test_what_a_contact_brings_is_never_markup_of_ours(steps: Steps) -> None:
    from dataclasses import replace

    steps.message.set_sample([replace(steps.library.people[0], name="<b>Ana</b> {{phone}}")])
    steps.message.set_text("Oi {{nome}}")
    assert "&lt;b&gt;Ana&lt;/b&gt; {{phone}}" in (steps.message.preview.html or "")


def test_a_contact_without_the_value_is_found(steps: Steps) -> None:
    nameless = next(person for person in steps.library.people if not person.name)
    steps.message.set_sample([nameless])
    steps.message.set_text("Oi {{nome}}")
    assert steps.message.preview.html is None
    assert steps.message.preview.missing == ("name",)


def test_problems_are_placed_as_qt_counts(steps: Steps) -> None:
    text = "🌷🌷 {nome} oi"
    steps.message.set_text(text)
    (place,) = steps.message.facts.places
    utf16 = text.encode("utf-16-le")
    assert utf16[place.start * 2 : place.end * 2].decode("utf-16-le") == "{nome}"
    assert editor_words.template_problem(place.problem) == "Variables have two braces: {{name}}."


def test_choices_are_counted_and_thrown_again(steps: Steps) -> None:
    steps.message.set_sample(steps.library.people[:1])
    steps.message.set_text("{a|b|c} {d|e}")
    assert steps.message.facts.distinct_count == 6
    seen: set[str | None] = set()
    for _ in range(40):
        steps.message.roll()
        seen.add(steps.message.preview.html)
    assert len(seen) == 6


def test_a_new_variation_begins_as_a_copy_and_shares_the_audience(steps: Steps) -> None:
    steps.message.set_text("Oi")
    steps.message.add_variation()
    assert steps.message.index == 1
    assert steps.message.text == "Oi"
    steps.message.set_text("Olá")
    steps.message.set_weight(3)
    assert steps.message.share == 0.75
    steps.message.choose(0)
    assert steps.message.text == "Oi"
    steps.message.remove_variation()
    assert [message.text for message in steps.editor.draft.messages] == ["Olá"]
    steps.message.remove_variation()
    assert len(steps.editor.draft.messages) == 1, "the last one stays"


def test_inserted_variables_are_understood(steps: Steps) -> None:
    for name in ("name", "phone", "Data de Nascimento"):
        steps.message.set_text(f"Oi {variable(name)}")
        assert not steps.message.facts.places, name


# Instances and pace


def test_instances_keep_the_order_in_which_they_were_chosen(steps: Steps) -> None:
    for name in ("vendas-2", "vendas-1", "suporte"):
        steps.pace.toggle_instance(name, True)
    steps.pace.toggle_instance("vendas-1", False)
    assert steps.editor.draft.instances == ("vendas-2", "suporte")


def test_the_delay_is_always_a_range_from_low_to_high(steps: Steps) -> None:
    steps.pace.set_delay(10, 2)
    assert steps.editor.draft.pace.delay_s == (2, 10)


def test_no_limit_is_none(steps: Steps) -> None:
    steps.pace.set_per_hour(None)
    steps.pace.set_per_second(None)
    steps.pace.set_burst(None)
    pace = steps.editor.draft.pace
    assert (pace.per_hour, pace.per_second, pace.burst) == (None, None, None)


def test_presets_are_recognised(steps: Steps) -> None:
    assert steps.pace.retry_preset == "standard"
    steps.pace.set_retry_preset("flaky")
    assert steps.editor.draft.retry == RetryPlan(5, 2.0, 32.0)
    assert steps.pace.retry_delays_s == [2, 4, 8, 16]
    steps.editor.set_retry(RetryPlan(7, 1.0, 2.0))
    assert steps.pace.retry_preset == "own"


def test_own_values_of_retries_begin_with_what_was_there(steps: Steps, qtbot: QtBot) -> None:
    with qtbot.waitSignal(steps.pace.retry_preset_changed):
        steps.pace.set_retry_preset("own")
    assert (steps.pace.retry_preset, steps.editor.draft.retry) == ("own", RetryPlan())
    steps.pace.set_own_retry(RetryPlan(4, 120, 60))
    assert steps.editor.draft.retry == RetryPlan(4, 120, 120), "the longest wait is never shorter than the first"
    steps.pace.set_retry_preset("none")
    assert (steps.pace.retry_preset, steps.pace.retry_delays_s) == ("none", [])
    assert "tried once" in editor_words.retry_plan(steps.editor.draft.retry, steps.pace.retry_delays_s)


def test_retries_are_told_with_their_waits(steps: Steps) -> None:
    flaky = editor_words.retry_plan(RetryPlan(5, 2, 32), [2, 4, 8, 16])
    assert flaky.startswith("Up to 5 attempts; again after 2 s, 4 s, 8 s, 16 s.")
    many = editor_words.retry_plan(RetryPlan(8, 60, 240), [60, 120, 240, 240, 240, 240, 240])
    assert many.startswith("Up to 8 attempts; again after 1 min, 2 min, 4 min, 4 min, 4 min and so on, 4 min at most.")


@pytest.mark.parametrize(
    ("priority", "level", "said"),
    [
        (-100, "low", "one message for each 101 of"),
        (-1, "low", "one message for each 2 of"),
        (0, "normal", "a message each"),
        (1, "high", "2 messages for each one"),
        (2, "high", "3 messages for each one"),
        (7, "highest", "8 messages for each one"),
    ],
)
def test_a_priority_is_told_as_its_share_of_a_number(steps: Steps, priority: int, level: str, said: str) -> None:
    steps.editor.set_priority(priority)
    assert steps.pace.priority_level == level
    assert said in editor_words.priority_shares(priority, steps.pace.priority_weight)


def test_a_level_of_priority_reaches_the_draft(steps: Steps) -> None:
    steps.pace.set_priority("highest")
    assert steps.editor.draft.priority == 3
    steps.pace.set_priority("low")
    assert steps.editor.draft.priority == -1


def test_the_window_starts_with_office_hours_and_is_changed_day_by_day(steps: Steps) -> None:
    steps.pace.set_window_on(True)
    assert steps.editor.draft.window == OFFICE_HOURS
    steps.pace.set_window_day(6, True)
    steps.pace.set_window_day(1, False)
    steps.pace.set_window_hours(time(9), time(12, 30))
    assert steps.editor.draft.window == SendWindow((2, 3, 4, 5, 6), time(9), time(12, 30), "BR")
    assert editor_words.window(steps.editor.draft.window).endswith("09:00–12:30, not on public holidays (BR)")
    steps.pace.set_holidays(None)
    steps.pace.set_window_hours(time(22), time(2))
    assert editor_words.window(steps.editor.draft.window).endswith("22:00–02:00 of the next day")
    steps.pace.set_window_on(False)
    assert steps.editor.draft.window is None


def test_the_estimate_follows_people_numbers_and_pace(steps: Steps) -> None:
    steps.pace.refresh()
    assert steps.pace.estimate is None
    steps.pace.toggle_instance("vendas-1", True)
    steps.pace.set_recipients(100)
    slow = steps.pace.estimate
    assert slow is not None
    assert slow.finish is not None
    steps.pace.set_delay(0, 0)
    steps.pace.set_per_hour(None)
    fast = steps.pace.estimate
    assert fast is not None
    assert fast.finish is not None
    assert fast.finish < slow.finish
    steps.pace.set_recipients(None)
    assert steps.pace.estimate is None


# Review


def test_preflight_is_asked_about_what_is_saved(steps: Steps) -> None:
    steps.editor.set_name("Natal")
    steps.review.check()
    assert steps.control.done[0][0] == "save_draft"
    assert not steps.review.is_stale
    steps.editor.set_name("Outro")
    assert steps.review.is_stale
    assert not steps.review.can_start


def test_red_keeps_from_starting_and_amber_does_not(steps: Steps) -> None:
    steps.review.check()
    assert not steps.review.can_start
    steps.control.checks = [CheckLine("instances_some_connected", "amber", {"usable": 1, "names": ["x"]})]
    steps.review.check()
    assert steps.review.can_start
    assert steps.review.can_schedule


def test_starting_saves_acts_and_leaves(steps: Steps, qtbot: QtBot) -> None:
    steps.editor.set_name("Natal")
    with qtbot.waitSignal(steps.review.left) as left:
        steps.review.start()
    assert left.args == [steps.editor.campaign_id]
    assert steps.control.done[-1] == ("act", steps.editor.campaign_id, CampaignAction.START)


def test_scheduling_carries_the_moment(steps: Steps, qtbot: QtBot) -> None:
    at = samples.NOW + timedelta(days=1)
    with qtbot.waitSignal(steps.review.left):
        steps.review.schedule(at)
    assert steps.control.done[-1] == ("schedule", steps.editor.campaign_id, at)


def test_a_refused_start_does_not_leave(steps: Steps) -> None:
    left: list[object] = []
    refusals: list[str] = []
    steps.review.left.connect(left.append)
    steps.review.failed.connect(lambda error: refusals.append(error.code))
    steps.review.check()
    steps.control.refuse = KnownError("not_ready", "Not ready.")
    steps.review.start()
    assert refusals == ["not_ready"]
    assert left == []
    assert not steps.review.is_leaving


def test_a_paused_campaign_is_resumed_whatever_the_line_about_the_state_says(steps: Steps) -> None:
    paused = next(row.id for row in steps.library.rows.values() if row.status is CampaignStatus.PAUSED)
    steps.editor.open(paused)
    steps.control.checks = [CheckLine("state", "red", {"status": "paused"}), CheckLine("audience", "green", {"n": 5})]
    steps.review.check()
    assert steps.review.start_action is CampaignAction.RESUME
    assert steps.review.can_start
    assert not steps.review.can_schedule


@pytest.mark.parametrize(
    ("code", "step"),
    [
        ("audience_empty", Step.AUDIENCE),
        ("opt_out_off", Step.AUDIENCE),
        ("variables_missing", Step.MESSAGE),
        ("instances_none_connected", Step.PACE),
        ("limits", Step.PACE),
        ("state", None),
    ],
)
def test_each_line_knows_where_it_is_mended(code: str, step: Step | None) -> None:
    assert step_of(code) is step
