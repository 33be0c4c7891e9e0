"""The draft of one campaign while an operator works on it: what it says, what is wrong with it, whether it is saved.

Every change is saved as it is typed. Nothing here decides whether a campaign may start: preflight does
(`editor_review.py`). The parts of the steps live beside this file in `editor_audience.py`, `editor_message.py` and
`editor_pace.py`; they change the draft only through this class.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.content.cloud_template import parameter_texts
from desktop.content.formatting import measure
from desktop.content.template import Template, longest_text, parse
from desktop.domain.campaign import (
    Audience,
    AudienceKind,
    Campaign,
    CampaignAction,
    CampaignStatus,
    Draft,
    MessageDraft,
    Optimiser,
    Pace,
    RetryPlan,
    Rotation,
    SendWindow,
    allowed,
)
from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId
from desktop.domain.instance import Gateway
from desktop.policy.text_limits import text_limit
from desktop.viewmodels.importing import ImportViewModel
from desktop.viewmodels.jobs import Jobs, Spawn
from desktop.viewmodels.ports import Control, Library
from desktop.viewmodels.segments import SegmentsViewModel

SAVE_AFTER_MS = 400


class Step(StrEnum):
    AUDIENCE = "audience"
    MESSAGE = "message"
    PACE = "pace"
    REVIEW = "review"


class SaveState(StrEnum):
    SAVED = "saved"
    WAITING = "waiting"  # changed, not yet sent to the database
    SAVING = "saving"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that keeps the draft from being sent. `code` is worded by the screen with its `facts`."""

    step: Step
    code: str
    facts: Mapping[str, object] = field(default_factory=dict[str, object])


def find_problems(draft: Draft, gateways: Sequence[Gateway] = ()) -> tuple[Problem, ...]:
    """Say what a draft lacks by itself, without asking the database.

    Args:
        gateways: those that are to carry it, as far as they are known.
    """
    messages = _message_problems(draft.messages, gateways)
    return (*_audience_problems(draft.audience), *messages, *_pace_problems(draft))


_MISSING = {
    AudienceKind.TAGS: "tags_missing",
    AudienceKind.SEGMENT: "segment_missing",
    AudienceKind.PHONES: "phones_missing",
}


def _audience_problems(audience: Audience | None) -> Sequence[Problem]:
    if audience is None:
        return [Problem(Step.AUDIENCE, "audience_missing")]
    if audience.kind is not AudienceKind.ALL and not audience.values:
        return [Problem(Step.AUDIENCE, _MISSING[audience.kind])]
    return []


def _message_problems(messages: Sequence[MessageDraft], gateways: Sequence[Gateway]) -> Sequence[Problem]:
    if not messages:
        return [Problem(Step.MESSAGE, "message_missing")]
    found: list[Problem] = []
    for number, message in enumerate(messages, start=1):
        facts = {"number": number, "of": len(messages)}
        limit = text_limit(gateways, is_caption=message.media is not None)
        if not message.text.strip():
            texts = parameter_texts(message.template) if message.template else ()
            if any(not isinstance(parse(text), Template) for text in texts):
                found.append(Problem(Step.MESSAGE, "message_faulty", facts))
            elif message.media is None and message.template is None:
                found.append(Problem(Step.MESSAGE, "message_empty", facts))
        elif not isinstance(template := parse(message.text), Template):
            found.append(Problem(Step.MESSAGE, "message_faulty", facts))
        elif measure(longest_text(template), limit).remaining < 0:
            found.append(Problem(Step.MESSAGE, "message_too_long", facts | {"limit": limit}))
    return found


def _pace_problems(draft: Draft) -> Sequence[Problem]:
    found: list[Problem] = []
    if not draft.instances:
        found.append(Problem(Step.PACE, "instances_missing"))
    if draft.window is not None and not draft.window.days:
        found.append(Problem(Step.PACE, "window_without_days"))
    if draft.window is not None and draft.window.start == draft.window.end:
        found.append(Problem(Step.PACE, "window_without_hours"))
    return found


class EditorViewModel(QObject):
    """Hold the draft, save it, and find what is wrong with it.

    Signals:
        loaded: another campaign is in the editor.
        draft_changed: the draft is another one, by typing or by loading.
        save_state_changed: see `save_state`.
        failed(object): loading or saving was refused with this KnownError.
    """

    loaded = Signal()
    draft_changed = Signal()
    save_state_changed = Signal()
    failed = Signal(object)

    def __init__(self, library: Library, control: Control, spawn: Spawn, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._control = control
        self.jobs = Jobs(spawn, self)
        self.jobs.failed.connect(self.failed)
        # For contacts that are missing while one writes.
        self.importing = ImportViewModel(library, control, spawn, parent=self)
        self.segments = SegmentsViewModel(library, control, spawn, self)
        self._timer = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self._timer.timeout.connect(self._on_save_due)
        self._saving = asyncio.Lock()
        self._campaign_id: CampaignId | None = None
        self.opened_count = 0  # of drafts so far: tells whether another one has come into the editor meanwhile
        self._status = CampaignStatus.DRAFT
        self._draft = Draft(name="")
        self._saved = self._draft
        self._save_state = SaveState.SAVED
        self._gateways: Mapping[str, Gateway] = {}
        self._problems: tuple[Problem, ...] = find_problems(self._draft)

    @property
    def campaign_id(self) -> CampaignId | None:
        """None until the first change of a new draft has been saved."""
        return self._campaign_id

    @property
    def status(self) -> CampaignStatus:
        return self._status

    @property
    def draft(self) -> Draft:
        return self._draft

    @property
    def save_state(self) -> SaveState:
        return self._save_state

    @property
    def is_editable(self) -> bool:
        return allowed(self._status, CampaignAction.EDIT)

    @property
    def is_audience_fixed(self) -> bool:
        """Once recipients exist, the draft's audience no longer decides who they are."""
        return self._status not in (CampaignStatus.DRAFT, CampaignStatus.SCHEDULED)

    def problems(self, step: Step) -> Sequence[Problem]:
        return [problem for problem in self._problems if problem.step is step]

    @property
    def gateways(self) -> Sequence[Gateway]:
        """Those of the chosen numbers; before any is chosen, those of all numbers."""
        chosen = [self._gateways[name] for name in self._draft.instances if name in self._gateways]
        return tuple(dict.fromkeys(chosen or self._gateways.values()))

    def length_limit(self, message: MessageDraft) -> int:
        """Return how long the text may be, in UTF-16 units: under a file it is a caption."""
        return text_limit(self.gateways, is_caption=message.media is not None)

    # Loading

    def refresh_gateways(self) -> None:
        """Learn anew which number is behind which gateway."""
        self.jobs.refresh("load gateways", self._load_gateways)

    async def _load_gateways(self) -> None:
        self._gateways = {row.instance.name: row.instance.gateway for row in await self._library.instances()}
        self._problems = find_problems(self._draft, self.gateways)
        self.draft_changed.emit()

    def open_new(self, name: str) -> None:
        """Begin a new draft. It is stored with its first change, so that looking around leaves nothing behind."""
        self.jobs.refresh("load draft", lambda: self._load(None, name))

    def open(self, campaign_id: CampaignId) -> None:
        self.jobs.refresh("load draft", lambda: self._load(campaign_id, ""))

    async def _load(self, campaign_id: CampaignId | None, name: str) -> None:
        await self.flush()
        campaign = await self._library.draft(campaign_id) if campaign_id is not None else None
        await self.flush()  # Somebody may have typed while the other one was read.
        self._take(campaign, name)

    def _take(self, campaign: Campaign | None, name: str) -> None:
        self.opened_count += 1
        self._campaign_id = campaign.id if campaign else None
        self._status = campaign.status if campaign else CampaignStatus.DRAFT
        self._draft = self._saved = campaign.draft if campaign else Draft(name=name, messages=(MessageDraft(""),))
        self._problems = find_problems(self._draft, self.gateways)
        self._set_save_state(SaveState.SAVED)
        self.loaded.emit()
        self.draft_changed.emit()

    # Changing

    def set_name(self, name: str) -> None:
        self._change(replace(self._draft, name=name))

    def set_audience(self, audience: Audience | None) -> None:
        self._change(replace(self._draft, audience=audience))

    def set_messages(self, messages: Sequence[MessageDraft]) -> None:
        self._change(replace(self._draft, messages=tuple(messages)))

    def set_optimise(self, optimiser: Optimiser | None) -> None:
        self._change(replace(self._draft, optimise=optimiser))

    def set_instances(self, names: Sequence[str]) -> None:
        self._change(replace(self._draft, instances=tuple(names)))

    def set_rotation(self, rotation: Rotation) -> None:
        self._change(replace(self._draft, rotation=rotation))

    def set_replies_per_hour(self, limit: int | None) -> None:
        """Say how many replies the team can answer in an hour; None: it need not be waited for."""
        self._change(replace(self._draft, replies_per_hour=limit))

    def set_sticky(self, is_on: bool) -> None:
        self._change(replace(self._draft, sticky=is_on))

    def set_priority(self, priority: int) -> None:
        self._change(replace(self._draft, priority=priority))

    def set_pace(self, pace: Pace) -> None:
        self._change(replace(self._draft, pace=pace))

    def set_retry(self, retry: RetryPlan) -> None:
        self._change(replace(self._draft, retry=retry))

    def set_window(self, window: SendWindow | None) -> None:
        self._change(replace(self._draft, window=window))

    def set_respect_opt_out(self, is_on: bool) -> None:
        self._change(replace(self._draft, respect_opt_out=is_on))

    def set_skip_active(self, is_on: bool) -> None:
        self._change(replace(self._draft, skip_active_conversations=is_on))

    def _change(self, draft: Draft) -> None:
        if draft == self._draft or not self.is_editable:
            return
        self._draft = draft
        self._problems = find_problems(draft, self.gateways)
        self._set_save_state(SaveState.WAITING)
        self._timer.start()
        self.draft_changed.emit()

    # Saving

    async def flush(self) -> None:
        """Save at once what is not saved yet; when it returns, nothing typed can be lost any more.

        Raises:
            KnownError: the draft could not be saved; it stays in the editor.
        """
        self._timer.stop()
        await self._save_all()

    def leave(self) -> None:
        """Save without being asked again: the page is hidden, perhaps for ever.

        The timer is stopped and the state told here and now, because this object may be gone when the saving begins.
        """
        self._timer.stop()
        if self._draft != self._saved:
            self._set_save_state(SaveState.SAVING)
            self.jobs.refresh("save draft", self._save_all)

    async def _save_all(self) -> None:
        async with self._saving:
            while self._draft != self._saved:
                await self._save(self._draft)

    async def ensure_stored(self) -> CampaignId:
        """Save, also a new draft that nobody changed, and return its id."""
        await self.flush()
        async with self._saving:
            if self._campaign_id is None:
                await self._save(self._draft)
        assert self._campaign_id is not None
        return self._campaign_id

    async def _save(self, draft: Draft) -> None:
        self._set_save_state(SaveState.SAVING)
        try:
            self._campaign_id = await self._control.save_draft(self._campaign_id, draft)
        except KnownError:
            self._set_save_state(SaveState.FAILED)
            raise
        self._saved = draft
        self._set_save_state(SaveState.SAVED if self._draft == draft else SaveState.WAITING)

    def _on_save_due(self) -> None:
        self.jobs.refresh("save draft", self._save_all)

    def _set_save_state(self, state: SaveState) -> None:
        if state is not self._save_state:
            self._save_state = state
            self.save_state_changed.emit()
