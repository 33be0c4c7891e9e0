"""Step "audience" of the editor: who gets the message, how many that is, and what they look like."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.audience.phones import PhoneOk, PhoneReason, normalise
from desktop.domain.campaign import Audience, AudienceKind
from desktop.domain.contact import Contact
from desktop.domain.segment import Segment
from desktop.viewmodels.editor import EditorViewModel
from desktop.viewmodels.jobs import Jobs, Spawn
from desktop.viewmodels.ports import Library

COUNT_AFTER_MS = 250
SAMPLE_SIZE = 20
REFUSED_SHOWN = 5

# The comma inside of 5,51198E+12 separates nothing: in one piece, the number is refused for what it is.
_BETWEEN_PHONES = re.compile(r"[\n\r;\t]+|,(?!\d+[eE][+-]?\d)")


@dataclass(frozen=True, slots=True)
class PastedPhones:
    """What became of a pasted list: E.164 in its order, repetitions dropped, and what is no phone number."""

    phones: tuple[str, ...] = ()
    repeated: int = 0
    refused: tuple[tuple[str, PhoneReason], ...] = ()


def read_pasted(text: str, region: str) -> PastedPhones:
    """Read phone numbers that are separated by line breaks, commas, semicolons or tabs."""
    found: dict[str, None] = {}
    refused: list[tuple[str, PhoneReason]] = []
    repeated = 0
    for part in filter(None, (piece.strip() for piece in _BETWEEN_PHONES.split(text))):
        answer = normalise(part, region)
        if not isinstance(answer, PhoneOk):
            refused.append((part, answer.reason))
        elif answer.e164 in found:
            repeated += 1
        else:
            found[answer.e164] = None
    return PastedPhones(tuple(found), repeated, tuple(refused))


class AudienceViewModel(QObject):
    """Follow the audience of the draft with live numbers.

    Signals:
        choices_changed: the tags, their counts, the segments or the number of contacts are others.
        size_changed: `size` and `is_counting` are others.
        sample_changed: `sample` is another one.
        pasted_changed: `pasted` is another one.
        failed(object): a question was refused with this KnownError.
    """

    choices_changed = Signal()
    size_changed = Signal()
    sample_changed = Signal()
    pasted_changed = Signal()
    failed = Signal(object)

    def __init__(
        self, editor: EditorViewModel, library: Library, spawn: Spawn, region: str = "BR", parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._library = library
        self._region = region
        self.jobs = Jobs(spawn, self)
        self.jobs.failed.connect(self.failed)
        self.jobs.changed.connect(self._on_job_changed)
        self.tags: Sequence[tuple[str, int]] = ()
        self.segments: Sequence[Segment] = ()
        self.contact_count = 0
        self.size: tuple[int, int] | None = None
        self.without_consent: int | None = None
        self.sample: Sequence[Contact] = ()
        self.pasted = PastedPhones()
        self._kind: AudienceKind | None = None
        self._counted: tuple[Audience | None, bool] | None = None
        self._timer = QTimer(self, singleShot=True, interval=COUNT_AFTER_MS)
        self._timer.timeout.connect(self._on_count_due)
        editor.loaded.connect(self._on_loaded)
        editor.draft_changed.connect(self._on_draft_changed)

    @property
    def kind(self) -> AudienceKind | None:
        """The choice on the screen; None while nothing is chosen."""
        return self._kind

    @property
    def selected_tags(self) -> Sequence[str]:
        audience = self._editor.draft.audience
        return audience.values if audience and audience.kind is AudienceKind.TAGS else ()

    @property
    def selected_segment(self) -> str:
        """The name of the chosen segment; empty when none is."""
        audience = self._editor.draft.audience
        return audience.values[0] if audience and audience.kind is AudienceKind.SEGMENT and audience.values else ""

    @property
    def is_counting(self) -> bool:
        """The size shown is about to change."""
        return self._timer.isActive() or self.jobs.is_running("count audience")

    @property
    def is_empty(self) -> bool:
        """Somebody was chosen, and nobody is left to send to."""
        return self.size is not None and self.size[0] == 0

    def refresh(self) -> None:
        """Ask again for tags and counts: after an import, and whenever the page is shown."""
        self.jobs.refresh("load tags", self._load_choices)
        self._counted = None
        self._on_draft_changed()

    def choose(self, kind: AudienceKind) -> None:
        if kind is self._kind:
            return
        self._kind = kind
        values: tuple[str, ...] = ()
        if kind is AudienceKind.PHONES:
            values = self.pasted.phones
        elif kind is AudienceKind.SEGMENT and self.segments:
            values = (self.segments[0].name,)
        self._editor.set_audience(Audience(kind, values))

    def toggle_tag(self, tag: str, is_on: bool) -> None:
        chosen = [name for name in self.selected_tags if name != tag]
        self._kind = AudienceKind.TAGS
        self._editor.set_audience(Audience(AudienceKind.TAGS, (*chosen, tag) if is_on else tuple(chosen)))

    def choose_segment(self, name: str) -> None:
        """Send to whoever is in a saved segment when the campaign starts."""
        self._kind = AudienceKind.SEGMENT
        self._editor.set_audience(Audience(AudienceKind.SEGMENT, (name,)))

    def take_saved(self, segment: Segment) -> None:
        """Send to a segment that was made or changed just now."""
        self.choose_segment(segment.name)
        self.refresh()

    def paste(self, text: str) -> None:
        """Take the whole text of the list as it stands now."""
        self.pasted = read_pasted(text, self._region)
        self._kind = AudienceKind.PHONES
        self._editor.set_audience(Audience(AudienceKind.PHONES, self.pasted.phones))
        self.pasted_changed.emit()

    async def _load_choices(self) -> None:
        self.tags = await self._library.tags()
        self.segments = await self._library.segments()
        self.contact_count = await self._library.contact_count()
        self.choices_changed.emit()

    def _on_loaded(self) -> None:
        audience = self._editor.draft.audience
        self._kind = audience.kind if audience else None
        is_list = audience is not None and audience.kind is AudienceKind.PHONES
        self.pasted = PastedPhones(audience.values if audience and is_list else ())
        self.pasted_changed.emit()
        self.refresh()

    def _on_draft_changed(self) -> None:
        draft = self._editor.draft
        if (draft.audience, draft.respect_opt_out) != self._counted:
            self._timer.start()
            self.size_changed.emit()

    def _on_job_changed(self, name: str) -> None:
        if name == "count audience":
            self.size_changed.emit()

    def _on_count_due(self) -> None:
        self.jobs.refresh("count audience", self._count)

    async def _count(self) -> None:
        draft = self._editor.draft
        audience = draft.audience
        if audience is None:
            self.size, self.sample, self.without_consent = None, (), None
        else:
            self.size = await self._library.audience_size(audience, draft.respect_opt_out)
            self.without_consent = await self._library.audience_without_consent(audience)
            self.sample = await self._library.audience_sample(audience, SAMPLE_SIZE)
        self._counted = (audience, draft.respect_opt_out)
        self.sample_changed.emit()
