"""The passphrase of the keys, on computers without a keyring: asked for at a start, and offered once there is a key."""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtWidgets import QApplication

from desktop.access.key_desk import file_of
from desktop.access.protection import SECRETS_FILE, Protection, SecretStore, is_sealed
from desktop.composition import Workplace
from desktop.domain.errors import KnownError
from desktop.domain.events import Event
from desktop.screens.access.keys_dialog import KeysDialog
from desktop.screens.main_window import MainWindow
from desktop.viewmodels import wording
from desktop.viewmodels.event_bridge import EventBridge
from desktop.viewmodels.jobs import Spawn
from desktop.viewmodels.key_settings import KeysViewModel

if TYPE_CHECKING:
    from desktop.access.secrets import FileSecrets

DECLINED = "ui.keys_declined"  # setting: whether somebody has said "not now"
_QUIET_MS = 1_000


async def unlock(
    store: SecretStore, folder: Path, known: str | None = None, on_shown: Callable[[], object] = lambda: None
) -> tuple[bool, str | None]:
    """Have the passphrase typed that opens the keys, until it is right or somebody gives up.

    Args:
        folder: of the home; the keyring is not looked for where no sealed file lies there.
        known: one that was right a moment ago, such as before another workspace was opened.
        on_shown: called when there is a question to look at.

    Returns:
        Whether the window may open, and the passphrase where one was needed.
    """
    if not is_sealed(folder / SECRETS_FILE):
        return True, known
    file = await asyncio.to_thread(file_of, store)
    if file is None or not file.is_locked:
        return True, known
    if known is not None and await _why_not(file, known) is None:
        return True, known
    answers = asyncio.Queue[str | None]()
    dialog = KeysDialog(None, is_new=False, later=QCoreApplication.translate("KeysDialog", "Quit"))
    dialog.answered.connect(answers.put_nowait)
    dialog.given_up.connect(lambda: answers.put_nowait(None))
    dialog.open()
    on_shown()
    try:
        while (word := await answers.get()) is not None:
            refusal = await _why_not(file, word)
            if refusal is None:
                return True, word
            dialog.refuse(" ".join(wording.error(refusal)))
        return False, None
    finally:
        dialog.hide()
        dialog.deleteLater()


async def _why_not(store: "FileSecrets", word: str) -> KnownError | None:
    try:
        await asyncio.to_thread(store.unlock, word)
    except KnownError as refusal:
        return refusal
    return None


class KeysOffer(QObject):
    """Offers a passphrase when the first key was stored where only a file protects it; "not now" is the last word."""

    def __init__(
        self, workplace: Workplace, window: MainWindow, bridge: EventBridge, spawn: Spawn, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._workplace, self._window, self._spawn = workplace, window, spawn
        self._model = KeysViewModel(workplace.key_desk, spawn, self)
        self._model.changed.connect(self._on_protected)
        self._model.failed.connect(self._on_failed)
        self.dialog: KeysDialog | None = None
        self._timer = QTimer(self, interval=_QUIET_MS)
        self._timer.timeout.connect(self._on_quiet)
        bridge.events.connect(self._on_events)

    def _on_events(self, events: Sequence[Event]) -> None:
        if self.dialog is None and any(event.fact.details.get("action") == "secret_set" for event in events):
            self._timer.start()

    def _on_quiet(self) -> None:
        """Ask once nothing else is asked: a number that has just been added is being paired."""
        if QApplication.activeModalWidget() is None and not self._window.is_covered:
            self._timer.stop()
            self._spawn(self._offer(), "keys.offer")

    async def _offer(self) -> None:
        # In a thread: to find the keyring, or to look into the file, may take its time.
        protection = await asyncio.to_thread(getattr, self._workplace.secrets, "protection")
        if protection is not Protection.FILE_ONLY or await self._workplace.library.setting(DECLINED) is True:
            return
        if self.dialog is not None or not self._model.can_protect:
            return
        self.dialog = KeysDialog(self._window, is_new=True, later=self.tr("Not now"))
        self.dialog.answered.connect(self._model.protect)
        self.dialog.given_up.connect(self._on_declined)
        self.dialog.finished.connect(self._on_closed)
        self.dialog.open()

    def _on_protected(self) -> None:
        if self.dialog is not None:
            self.dialog.accept()
        self._window.notice(self.tr("The keys are sealed with your passphrase."))

    def _on_failed(self, refusal: KnownError) -> None:
        if self.dialog is not None:
            self.dialog.refuse(" ".join(wording.error(refusal)))

    def _on_declined(self) -> None:
        self._spawn(self._workplace.operations.set_setting(DECLINED, True), "keys.declined")
        self._window.notice(self.tr("You can choose a passphrase in Settings, under Access."))

    def _on_closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None
