"""The library of messages beside the editor: find one and use it, keep the present one."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from desktop.domain.campaign import MessageDraft
from desktop.domain.saved_message import SavedMessage, folded
from desktop.viewmodels.editor import EditorViewModel
from desktop.viewmodels.editor_message import MOST_VARIATIONS, MessageViewModel
from desktop.viewmodels.jobs import Jobs, Spawn
from desktop.viewmodels.message_ports import MessageQuestions, SavedMessages


class LibraryViewModel(QObject):
    """Follow what the search finds, and which entry is chosen.

    Signals:
        changed: `entries` or `chosen` are others.
        saved(str): the messages of the editor were kept under this name.
        used(str): the messages of the entry of this name are in the editor.
        failed(object): a question or an intention was refused with this KnownError.
    """

    changed = Signal()
    saved = Signal(str)
    used = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        editor: EditorViewModel,
        message: MessageViewModel,
        library: MessageQuestions,
        desk: SavedMessages,
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
        self.entries: Sequence[SavedMessage] = ()
        self.names: frozenset[str] = frozenset()  # folded, of all entries: what saving would replace
        self.text = ""
        self._chosen_name = ""

    @property
    def chosen(self) -> SavedMessage | None:
        """The entry that the operator looks at; the first one unless another was chosen."""
        found = next((entry for entry in self.entries if entry.name == self._chosen_name), None)
        return found or (self.entries[0] if self.entries else None)

    @property
    def is_loaded(self) -> bool:
        return not self.jobs.is_running("load saved messages")

    @property
    def can_save(self) -> bool:
        """There is something in the editor to keep."""
        return any(_has_content(message) for message in self._message.messages)

    @property
    def room(self) -> int:
        """How many more variations the draft takes."""
        return MOST_VARIATIONS - len(self._message.messages)

    def open(self) -> None:
        """Show everything, whatever was looked for the last time."""
        self.text = ""
        self.refresh()

    def refresh(self) -> None:
        self.jobs.refresh("load saved messages", self._load)

    def search(self, text: str) -> None:
        self.text = text
        self.refresh()

    def choose(self, name: str) -> None:
        self._chosen_name = name
        self.changed.emit()

    def is_taken(self, name: str) -> bool:
        """Whether saving under this name replaces an entry."""
        return folded(name) in self.names

    def use(self) -> None:
        """Put the messages of the chosen entry in the place of those of the draft."""
        if self.chosen is not None and self._editor.is_editable:
            self._message.replace_all(self.chosen.messages)
            self.used.emit(self.chosen.name)

    def add(self) -> None:
        """Add the messages of the chosen entry as further variations, as many as there is room for."""
        if self.chosen is not None and self._editor.is_editable:
            written = [message for message in self._message.messages if _has_content(message)]
            self._message.replace_all((*written, *self.chosen.messages)[:MOST_VARIATIONS])
            self.used.emit(self.chosen.name)

    def save(self, name: str) -> None:
        """Keep the messages of the editor as they are now."""
        messages = tuple(self._message.messages)

        async def work() -> None:
            entry = await self._desk.save(name, messages)
            self._chosen_name = entry.name
            await self._load()
            self.saved.emit(entry.name)

        self.jobs.start("save message", work)

    def rename(self, new_name: str) -> None:
        if (entry := self.chosen) is None:
            return

        async def work() -> None:
            self._chosen_name = (await self._desk.rename(entry.name, new_name)).name
            await self._load()

        self.jobs.start("rename message", work)

    def delete(self) -> None:
        if (entry := self.chosen) is None:
            return

        async def work() -> None:
            await self._desk.delete(entry.name)
            await self._load()

        self.jobs.start("delete message", work)

    async def _load(self) -> None:
        if self.text:
            self.entries = await self._library.saved_messages(self.text)
            everything = await self._library.saved_messages()
        else:
            self.entries = everything = await self._library.saved_messages()
        self.names = frozenset(folded(entry.name) for entry in everything)
        self.changed.emit()


def _has_content(message: MessageDraft) -> bool:
    return bool(message.text.strip()) or message.media is not None or message.template is not None
