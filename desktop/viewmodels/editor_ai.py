"""Proposals of an AI for the message in the editor: asked for, reviewed, accepted as variations or rejected."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from desktop.content.template import Template, parse
from desktop.domain.ai import AiDraft, AiSettings, AiUsage
from desktop.domain.campaign import MessageDraft
from desktop.domain.ids import CampaignId
from desktop.viewmodels.editor import EditorViewModel
from desktop.viewmodels.editor_message import MOST_VARIATIONS, MessageViewModel
from desktop.viewmodels.jobs import Jobs, Spawn


class AiProposals(Protocol):
    """Proposals of an AI; each method may be refused with KnownError."""

    async def settings(self) -> AiSettings: ...

    async def usage(self) -> AiUsage:
        """What was asked in the last 30 days."""
        ...

    async def propose(self, campaign_id: CampaignId | None, text: str, count: int, wish: str = "") -> Sequence[AiDraft]:
        """Have variations of a message proposed, and keep them."""
        ...

    async def proposed(self, campaign_id: CampaignId) -> Sequence[AiDraft]:
        """Those that wait for a decision, newest first."""
        ...

    async def decide(self, draft_ids: Sequence[int], *, is_accepted: bool) -> None:
        """Note what the operator decided."""
        ...


class AiViewModel(QObject):
    """Follow the proposals for the campaign in the editor.

    Signals:
        changed: `proposals`, `settings`, `usage` or whether something is asked are others.
        accepted: a proposal has become a variation.
        failed(object): something was refused with this KnownError.
    """

    changed = Signal()
    accepted = Signal()
    failed = Signal(object)

    def __init__(
        self,
        editor: EditorViewModel,
        message: MessageViewModel,
        desk: AiProposals,
        spawn: Spawn,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._message = message
        self._desk = desk
        self.jobs = Jobs(spawn, self)
        self.jobs.failed.connect(self.failed)
        self.jobs.changed.connect(self._on_job_changed)
        self.settings = AiSettings()
        self.usage = AiUsage()
        self.proposals: Sequence[AiDraft] = ()

    @property
    def is_asking(self) -> bool:
        return self.jobs.is_running("ask AI")

    @property
    def can_ask(self) -> bool:
        """There is a text without problems, and an endpoint to ask."""
        text = self._message.text
        return self.settings.is_ready and not self.is_asking and bool(text.strip()) and not self._message.facts.places

    @property
    def room(self) -> int:
        """How many more variations the draft takes."""
        return MOST_VARIATIONS - len(self._message.messages)

    def refresh(self) -> None:
        self.jobs.refresh("load AI", self._load)

    def ask(self, count: int, wish: str) -> None:
        """Have variations of the chosen text proposed."""
        text = self._message.text

        async def work() -> None:
            campaign_id = await self._editor.ensure_stored()
            try:
                await self._desk.propose(campaign_id, text, count, wish)
            finally:
                await self._load()

        self.jobs.start("ask AI", work)

    @staticmethod
    def is_faulty(text: str) -> bool:
        """Whether a proposal that was changed by hand cannot be a message as it is."""
        return not text.strip() or not isinstance(parse(text), Template)

    def accept(self, draft: AiDraft, text: str) -> None:
        """Let a proposal, as the operator has changed it, be a further variation."""
        if self.room > 0 and self._editor.is_editable and not self.is_faulty(text):
            message = self._message.message
            self._editor.set_messages([*self._message.messages, MessageDraft(text, 1, message.media)])
            self._message.choose(len(self._message.messages) - 1)
            self._decide(draft, is_accepted=True)
            self.accepted.emit()

    def reject(self, draft: AiDraft) -> None:
        self._decide(draft, is_accepted=False)

    def _decide(self, draft: AiDraft, *, is_accepted: bool) -> None:
        self.proposals = [each for each in self.proposals if each.id != draft.id]
        self.changed.emit()

        async def work() -> None:
            await self._desk.decide([draft.id], is_accepted=is_accepted)

        self.jobs.start(f"decide {draft.id}", work)

    async def _load(self) -> None:
        self.settings = await self._desk.settings()
        self.usage = await self._desk.usage()
        campaign_id = self._editor.campaign_id
        self.proposals = await self._desk.proposed(campaign_id) if campaign_id is not None else ()
        self.changed.emit()

    def _on_job_changed(self, name: str) -> None:
        if name == "ask AI":
            self.changed.emit()
