"""Step "review" of the editor: the preflight checklist, and the intentions that end the drafting."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from desktop.domain.campaign import CampaignAction, CampaignStatus, allowed
from desktop.domain.summaries import CheckLine
from desktop.policy.forecast import Forecast
from desktop.viewmodels import plan_words, wording
from desktop.viewmodels.editor import EditorViewModel, Step
from desktop.viewmodels.jobs import Jobs, Spawn
from desktop.viewmodels.plan_words import PlanDay
from desktop.viewmodels.ports import Control

_NOT_AT_ONCE = frozenset(
    {
        "queue",
        "queue_behind",
        "instances_at_limit",
        "instances_at_limit_pauses",
        "instances_resting",
        "instances_failing",
    }
)
_STEPS = {"audience": Step.AUDIENCE, "opt": Step.AUDIENCE, "consent": Step.AUDIENCE,
          "content": Step.MESSAGE, "variables": Step.MESSAGE,
          "media": Step.MESSAGE, "own": Step.MESSAGE, "instances": Step.PACE, "limits": Step.PACE,
          "queue": Step.PACE}  # fmt: skip


def step_of(code: str) -> Step | None:
    """Return the step where a line of the checklist is mended; None when it is not mended in the editor."""
    return _STEPS.get(code.split("_", 1)[0])


class ReviewViewModel(QObject):
    """Run preflight on what is saved, start or schedule.

    Signals:
        checked: `lines` are those of the draft as it is now saved.
        left(object): the campaign (its id) was started, scheduled or resumed: the editor has nothing more to do.
        failed(object): preflight or the intention was refused with this KnownError.
    """

    checked = Signal()
    left = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        editor: EditorViewModel,
        control: Control,
        spawn: Spawn,
        now: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._control = control
        self._now = now
        self.jobs = Jobs(spawn, self)
        self.jobs.failed.connect(self.failed)
        self.lines: Sequence[CheckLine] = ()
        self.forecast: Forecast | None = None
        self.is_stale = True
        self._schedule_at: datetime | None = None
        editor.draft_changed.connect(self._on_draft_changed)

    @property
    def can_start(self) -> bool:
        """Preflight has been asked about exactly this draft and nothing was red."""
        return not self.is_stale and not any(line.level == "red" for line in self.lines)

    @property
    def waits(self) -> Sequence[str]:
        """Say why the first message would not leave at once, and what happens instead; empty when it would."""
        return [" ".join(wording.check(line)) for line in self.lines if line.code in _NOT_AT_ONCE]

    @property
    def start_action(self) -> CampaignAction:
        """A paused campaign that was edited is resumed, not started again."""
        is_paused = self._editor.status is CampaignStatus.PAUSED
        return CampaignAction.RESUME if is_paused else CampaignAction.START

    @property
    def can_schedule(self) -> bool:
        return self.can_start and allowed(self._editor.status, CampaignAction.SCHEDULE)

    @property
    def is_leaving(self) -> bool:
        return self.jobs.is_running("start campaign") or self.jobs.is_running("schedule campaign")

    def check(self) -> None:
        self.jobs.refresh("preflight", self._check)

    def start(self) -> None:
        self.jobs.start("start campaign", self._start)

    def schedule(self, at: datetime) -> None:
        """`at` is aware; whether it is too early is for preflight and the control to say."""
        self._schedule_at = at
        self.jobs.start("schedule campaign", self._schedule)

    def earliest(self) -> datetime:
        """The present moment: what a schedule must lie after."""
        return self._now()

    @property
    def finish(self) -> str:
        """Say when it would end, as a range; empty when that is not known."""
        return plan_words.range_text(self.forecast, self._now()) if self.forecast else ""

    @property
    def plan(self) -> tuple[Sequence[PlanDay], str]:
        """Return the days of the plan, and what holds most of them."""
        if self.forecast is None:
            return (), ""
        return plan_words.days(self.forecast, self._now()), plan_words.bottleneck(self.forecast)

    async def _check(self) -> None:
        campaign_id = await self._editor.ensure_stored()
        draft = self._editor.draft
        lines = await self._control.preflight(campaign_id)
        # The line about the state is meant for a start: a paused campaign is resumed, whatever it says.
        is_start = self.start_action is CampaignAction.START
        self.lines = [line for line in lines if is_start or line.code != "state"]
        self.forecast = await self._control.forecast(campaign_id)
        self.is_stale = self._editor.draft != draft
        self.checked.emit()

    async def _start(self) -> None:
        campaign_id = await self._editor.ensure_stored()
        await self._control.act(campaign_id, self.start_action)
        self.left.emit(campaign_id)

    async def _schedule(self) -> None:
        assert self._schedule_at is not None
        campaign_id = await self._editor.ensure_stored()
        await self._control.schedule(campaign_id, self._schedule_at)
        self.left.emit(campaign_id)

    def _on_draft_changed(self) -> None:
        if not self.is_stale:
            self.is_stale = True
            self.checked.emit()
