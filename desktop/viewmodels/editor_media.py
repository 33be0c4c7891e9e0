"""The file of the chosen variation: what it is, who does not take it, and a smaller picture where that helps."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.domain.campaign import Media
from desktop.domain.instance import Gateway
from desktop.domain.media import MediaFacts, MediaKind
from desktop.policy.media_limits import MediaFault, find_faults, largest
from desktop.viewmodels.editor import EditorViewModel
from desktop.viewmodels.editor_message import MessageViewModel
from desktop.viewmodels.jobs import Jobs, Spawn
from desktop.viewmodels.ports import Library, MediaDesk

THUMBNAIL_PX = 560
_LONGEST_SIDE = 4096  # px; what is larger only costs the reader's data


@dataclass(frozen=True, slots=True)
class Look:
    """A file as it was found, with a small picture (PNG) where it is one."""

    path: Path
    facts: MediaFacts
    thumbnail: bytes | None


class MediaViewModel(QObject):
    """Follow the file of the chosen variation.

    Signals:
        changed: `look`, `faults` or `offer` are others.
        failed(object): the file was refused with this KnownError.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(
        self,
        editor: EditorViewModel,
        message: MessageViewModel,
        library: Library,
        desk: MediaDesk,
        spawn: Spawn,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._message = message
        self._library = library
        self._desk = desk
        self.jobs = Jobs(spawn, self)
        self.jobs.failed.connect(self.failed)
        self.look: Look | None = None
        self.offer: Look | None = None
        self.faults: Sequence[MediaFault] = ()
        self._looks: dict[str, Look] = {}
        self._declined: set[str] = set()
        self._wanted = Path()
        message.text_changed.connect(self._show)
        editor.draft_changed.connect(self._judge)

    @property
    def media(self) -> Media | None:
        return self._message.message.media

    @property
    def kind(self) -> MediaKind | None:
        """How the file is sent."""
        return MediaKind(self.media.kind) if self.media else None

    @property
    def gateways(self) -> Sequence[Gateway]:
        """Those of the chosen numbers; before any is chosen, those of all numbers."""
        return self._editor.gateways

    def refresh(self) -> None:
        self._editor.refresh_gateways()

    def attach(self, path: Path) -> None:
        """Copy a file into the home and let the chosen variation carry it."""
        if self._editor.is_editable:
            self._wanted = path
            self.jobs.refresh("attach file", self._attach)

    def remove(self) -> None:
        self._message.set_media(self._message.index, None)

    def set_kind(self, kind: MediaKind) -> None:
        """Send the file as what it is, or as a document, which arrives as it is."""
        if self.media is not None:
            self._message.set_media(self._message.index, Media(kind.value, self.media.path))

    def accept_offer(self) -> None:
        """Take the smaller picture."""
        if self.offer is not None:
            self._message.set_media(self._message.index, Media(MediaKind.IMAGE.value, str(self.offer.path)))

    def decline_offer(self) -> None:
        if self.media is not None:
            self._declined.add(self.media.path)
            self._judge()

    async def _attach(self) -> None:
        wanted, index, of = self._wanted, self._message.index, self._editor.opened_count
        facts = await self._desk.look(wanted)
        kept = await self._desk.keep(wanted)
        await self._see(str(kept))
        if self._editor.opened_count == of and index < len(self._message.messages):
            self._message.set_media(index, Media(facts.natural_kind.value, str(kept)))

    async def _see(self, path: str) -> Look:
        facts = await self._desk.look(Path(path))
        is_picture = facts.mime.startswith("image/")
        thumbnail = await self._desk.thumbnail(Path(path), THUMBNAIL_PX) if is_picture else None
        self._looks[path] = found = Look(Path(path), facts, thumbnail)
        return found

    def _show(self) -> None:
        if self.media is not None and self.media.path not in self._looks:
            self.jobs.refresh("look at file", self._look_again)
        self._judge()

    async def _look_again(self) -> None:
        if self.media is not None:
            await self._see(self.media.path)
            self._judge()

    def _judge(self) -> None:
        media = self.media
        self.look = self._looks.get(media.path) if media else None
        self.faults, self.offer = (), None
        if media is not None and self.look is not None:
            has_text = bool(self._message.text.strip())
            self.faults = find_faults(MediaKind(media.kind), self.look.facts, self.gateways, has_text=has_text)
            if self._would_help(self.look.facts) and media.path not in self._declined:
                self.offer = self._looks.get(_offer_key(media.path))
                if self.offer is None:
                    self.jobs.refresh("make smaller picture", self._make_offer)
        self.changed.emit()

    def _would_help(self, facts: MediaFacts) -> bool:
        """Whether a smaller picture mends something: a fault, needless points, or a place that nobody meant to tell."""
        if self.kind is not MediaKind.IMAGE or facts.width is None or facts.height is None or facts.is_damaged:
            return False
        return bool(self.faults) or facts.has_position or max(facts.width, facts.height) > _LONGEST_SIDE

    async def _make_offer(self) -> None:
        if self.kind is not MediaKind.IMAGE or self.media is None or self.media.path in self._declined:
            return
        path = self.media.path
        limit = min(largest(MediaKind.IMAGE, gateway) for gateway in (*self.gateways, Gateway.CLOUD))
        self._declined.add(path)  # What cannot be made smaller is not tried at every key.
        made = await self._desk.reencode(Path(path), limit)
        self._looks[_offer_key(path)] = await self._see(str(made))
        self._declined.discard(path)
        self._judge()


def _offer_key(path: str) -> str:
    return f"smaller:{path}"
