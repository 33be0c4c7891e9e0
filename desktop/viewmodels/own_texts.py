"""A text for each person of the campaign in the editor: what is sent for it, the consent, and how the writing goes.

Looking and agreeing send nothing. The review of the texts is `own_text_review.py`.
"""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.ai import AiSettings
from desktop.domain.campaign import CampaignStatus
from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId, ContactId
from desktop.domain.own_text import (
    FIRST_NAME,
    MOST_PEOPLE,
    SENDABLE,
    Otherwise,
    OwnText,
    OwnTextCounts,
    OwnTextExample,
    OwnTextPlan,
    OwnTextProgress,
    OwnTextWish,
)
from desktop.viewmodels.editor import EditorViewModel
from desktop.viewmodels.editor_message import MessageViewModel
from desktop.viewmodels.jobs import Jobs, Spawn, Work
from desktop.viewmodels.own_text_ports import OwnTextDesk
from desktop.viewmodels.ports import Library

EXAMPLE_MS = 300
FOLLOW_MS = 400


class OwnTextsViewModel(QObject):
    """Follow the texts of the campaign in the editor.

    Signals:
        changed: `plan`, `counts`, `settings`, `fields` or whether something may be done are others.
        wish_shown: `wish` is another one, not by typing.
        example_changed: `example` or `example_error` is another one.
        progressed: `progress` is another one.
        read_changed: `accepted_text` of the reader of the preview is another one.
        texts_changed: a go of writing is over, or texts were thrown away.
        failed(object): something was refused with this KnownError.
    """

    changed = Signal()
    wish_shown = Signal()
    example_changed = Signal()
    progressed = Signal()
    read_changed = Signal()
    texts_changed = Signal()
    failed = Signal(object)

    def __init__(
        self,
        editor: EditorViewModel,
        message: MessageViewModel,
        library: Library,
        desk: OwnTextDesk,
        spawn: Spawn,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._editor, self._message, self._library = editor, message, library
        self.desk = desk
        self.jobs = Jobs(spawn, self)
        self.jobs.failed.connect(self._on_failed)
        self.jobs.changed.connect(self._on_job_changed)
        self._example_timer = QTimer(self, singleShot=True, interval=EXAMPLE_MS)
        self._example_timer.timeout.connect(self._on_example_due)
        self._follow_timer = QTimer(self, interval=FOLLOW_MS)
        self._follow_timer.timeout.connect(self._on_follow)
        self.campaign_id: CampaignId | None = None
        self.settings = AiSettings()
        self.fields: Sequence[str] = (FIRST_NAME,)
        self.plan: OwnTextPlan | None = None
        self.counts = OwnTextCounts()
        self.wish = OwnTextWish()
        self.example: OwnTextExample | None = None
        self.example_error: KnownError | None = None
        self.progress: OwnTextProgress | None = None
        self._is_watched = False
        self._reader: ContactId | None = None
        self._read: OwnText | None = None
        editor.loaded.connect(self._on_editor_loaded)

    # What may be done

    @property
    def is_writing(self) -> bool:
        return self.campaign_id is not None and self.desk.is_writing(self.campaign_id)

    @property
    def is_open(self) -> bool:
        """Texts may still change: the campaign was not started."""
        return self._editor.status in (CampaignStatus.DRAFT, CampaignStatus.SCHEDULED)

    @property
    def is_agreed(self) -> bool:
        """The consent that is kept is for the present endpoint and for this very wish."""
        return self.plan is not None and self.plan.is_agreed(self.settings.url) and self.plan.wish == self._kept_wish()

    @property
    def has_price(self) -> bool:
        return self.settings.price_in > 0 or self.settings.price_out > 0

    @property
    def can_begin(self) -> bool:
        """There is somebody to write for, and an example of what leaves, so that somebody can agree to it."""
        is_idle = not self.is_writing and not self.jobs.is_running("write own texts")
        is_more = self.example is not None and bool(self.example.people or self.counts.waiting)
        return self.is_open and self.settings.is_ready and is_more and is_idle

    def _kept_wish(self) -> OwnTextWish:
        return self.wish if self.has_price else replace(self.wish, most_cost=None)

    # The preview

    def read_for(self, contact_id: ContactId | None) -> None:
        """Follow what this person gets, for the preview."""
        self._reader = contact_id
        if self.plan is not None or self._read is not None:
            self.jobs.refresh("read own text", self._read_one)

    def accepted_text(self, contact_id: ContactId) -> str | None:
        """Return what this person will get, or got, instead of the message; None for the message, or nobody knows."""
        is_theirs = self._read is not None and self._read.contact_id == contact_id
        return self._read.text if self._read is not None and is_theirs and self._read.state in SENDABLE else None

    async def _read_one(self) -> None:
        found: OwnText | None = None
        if self.campaign_id is not None and self._reader is not None and self.plan is not None:
            found = await self.desk.text_of(self.campaign_id, self._reader)
        if found != self._read:
            self._read = found
            self.read_changed.emit()

    # Loading

    def refresh(self) -> None:
        """Read whether there is anything to show, for the editor."""
        self.jobs.refresh("load own texts", self._load)

    def open(self) -> None:
        """Store the draft and read everything: somebody looks."""
        self._is_watched = True

        async def work() -> None:
            await self._editor.ensure_stored()
            await self._load()
            await self._begin_wish()

        self.jobs.refresh("open own texts", work)

    def close(self) -> None:
        """Nobody looks any more; the writing goes on."""
        self._is_watched = False
        self.rest()

    def rest(self) -> None:
        """Ask nothing by itself until it is read again: the page is covered, or the window closes."""
        self._example_timer.stop()
        self._follow_timer.stop()

    async def _load(self) -> None:
        self.campaign_id = self._editor.campaign_id
        self.settings = await self.desk.settings()
        if self.campaign_id is None:
            self.plan, self.counts, self.progress = None, OwnTextCounts(), None
        else:
            self.plan = await self.desk.plan(self.campaign_id)
            self.counts = await self.desk.counts(self.campaign_id)
            self.progress = self.desk.progress(self.campaign_id)
        if self.is_writing and self._is_watched:
            self._follow_timer.start()
        self.changed.emit()
        self.progressed.emit()
        await self._read_one()

    async def _begin_wish(self) -> None:
        self.fields = await self.desk.fields()
        if self.plan is not None:
            self.wish = self.plan.wish
        else:
            audience = self._editor.draft.audience
            size = (await self._library.audience_size(audience, True))[0] if audience is not None else 0
            self.wish = OwnTextWish(self._message.text, most_people=max(1, min(size, MOST_PEOPLE)))
        self.wish_shown.emit()
        self.changed.emit()
        self._ask_example()

    # The wish

    def set_wish(self, wish: OwnTextWish) -> None:
        """Wish for something else; the example follows."""
        if wish != self.wish:
            self.wish = wish
            self._example_timer.start()
            self.changed.emit()

    def set_field(self, field: str, *, is_on: bool) -> None:
        """Choose whether a field of each person is sent."""
        chosen = [each for each in self.fields if (is_on if each == field else each in self.wish.fields)]
        self.set_wish(replace(self.wish, fields=tuple(chosen)))

    def _on_example_due(self) -> None:
        self._ask_example()

    def _ask_example(self) -> None:
        self.jobs.refresh("own text example", self._load_example)

    async def _load_example(self) -> None:
        if self.campaign_id is None:
            return
        try:
            self.example, self.example_error = await self.desk.example(self.campaign_id, self.wish), None
        except KnownError as error:
            self.example, self.example_error = None, error
        if self.example is not None and self.plan is None and self.wish.most_cost is None and self.example.cost:
            # Half as much again as the estimate: enough to end, and an end if the estimate was wrong.
            self.wish = replace(self.wish, most_cost=max(0.01, round(self.example.cost * 1.5, 2)))
            self.wish_shown.emit()
        self.example_changed.emit()
        self.changed.emit()

    # The writing

    def agree_and_write(self) -> None:
        """Keep that the operator agreed to exactly this, and begin."""

        async def work() -> None:
            assert self.campaign_id is not None
            self.plan = await self.desk.agree(self.campaign_id, self.wish)
            self.wish = self.plan.wish
            await self._write(again=False)

        self._start(work)

    def carry_on(self) -> None:
        """Write what is not there yet."""
        self._start(lambda: self._write(again=False))

    def try_again(self) -> None:
        """Ask once more for those that failed, too."""
        self._start(lambda: self._write(again=True))

    def rewrite(self, text_id: int) -> None:
        """Have one text written anew."""

        async def work() -> None:
            assert self.campaign_id is not None
            try:
                await self.desk.rewrite(self.campaign_id, text_id)
            finally:
                await self._load()
                self.texts_changed.emit()

        self.jobs.start(f"rewrite own text {text_id}", work)
        self._follow_timer.start()

    def pause(self) -> None:
        if self.campaign_id is not None:
            self.desk.pause(self.campaign_id)
            self._on_follow()

    def cancel(self) -> None:
        """Stop, and want no more texts than there are."""

        async def work() -> None:
            assert self.campaign_id is not None
            await self.desk.cancel(self.campaign_id)
            await self._load()
            self.texts_changed.emit()

        self.jobs.start("cancel own texts", work)

    def choose_otherwise(self, otherwise: Otherwise) -> None:
        """Say what becomes of people without an accepted text."""

        async def work() -> None:
            assert self.campaign_id is not None
            await self.desk.choose(self.campaign_id, otherwise)
            await self._load()

        if self.plan is not None and otherwise is not self.plan.otherwise:
            self.jobs.refresh("choose otherwise", work)

    def discard(self) -> None:
        """Throw all texts away."""

        async def work() -> None:
            assert self.campaign_id is not None
            await self.desk.discard(self.campaign_id)
            await self._load()
            self.texts_changed.emit()
            await self._begin_wish()

        self.jobs.start("discard own texts", work)

    def _start(self, work: Work) -> None:
        self.jobs.start("write own texts", work)
        self._follow_timer.start()

    async def _write(self, *, again: bool) -> None:
        assert self.campaign_id is not None
        try:
            await self.desk.write(self.campaign_id, again=again)
        finally:
            await self._load()
            self.texts_changed.emit()
            await self._load_example()

    def _on_follow(self) -> None:
        self.jobs.start("follow own texts", self._follow)

    async def _follow(self) -> None:
        if self.campaign_id is None:
            return
        is_over = not self.is_writing and not self.jobs.is_running("write own texts")
        if is_over:
            self._follow_timer.stop()
        self.progress = self.desk.progress(self.campaign_id)
        self.plan = await self.desk.plan(self.campaign_id)
        self.counts = await self.desk.counts(self.campaign_id)
        self.progressed.emit()
        if is_over:
            self.changed.emit()

    def _on_editor_loaded(self) -> None:
        self.close()
        self.example, self.progress = None, None
        self.refresh()

    def _on_failed(self, error: KnownError) -> None:
        self.failed.emit(error)

    def _on_job_changed(self, name: str) -> None:
        if name == "write own texts":
            self.changed.emit()
