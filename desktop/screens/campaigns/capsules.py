"""Handing a campaign over in a capsule, and taking one in: the questions on the way."""

from functools import partial
from pathlib import Path

from PySide6 import QtWidgets  # Qt makes a class when it is first named: the list needs no file dialog
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop.domain.campaign import CampaignStatus
from desktop.domain.ids import CampaignId
from desktop.domain.operator import Deed
from desktop.domain.summaries import CampaignSummary
from desktop.screens.campaigns.passphrase_dialog import PassphraseDialog
from desktop.viewmodels.capsules import SUFFIX, CapsulesViewModel, Exported, Shown, suggested_name, summary
from desktop.widgets.dialogs import ask
from desktop.widgets.icons import icon
from desktop.widgets.permissions import needs

_MOVING = (CampaignStatus.RUNNING, CampaignStatus.SCHEDULED)
_ENDED = (CampaignStatus.COMPLETED, CampaignStatus.CANCELLED, CampaignStatus.FAILED)


class CapsuleActions(QObject):
    """Signals:
    noticed(str): a passing sentence.
    campaign_made(object): a draft (CampaignId) was made of a capsule.
    """

    noticed = Signal(str)
    campaign_made = Signal(object)

    def __init__(self, model: CapsulesViewModel, window: QWidget) -> None:
        super().__init__(window)
        self._model, self._window = model, window
        model.setParent(self)
        self.dialog: QWidget | None = None  # the one that is open
        model.exported.connect(self._on_exported)
        model.shown.connect(self._on_shown)
        model.passphrase_needed.connect(self._on_passphrase_needed)
        model.taken_in.connect(self.campaign_made)
        model.taken_back.connect(self._on_taken_back)

    def add_to(self, menu: QMenu, row: CampaignSummary) -> None:
        """Add to a campaign's menu what can be done with capsules."""
        entry: QAction | None = None
        if row.id in self._model.handed_over:
            entry = menu.addAction(icon("rotate-ccw"), self.tr("Take back…"))
            entry.triggered.connect(partial(self._ask_back, row))
            needs(entry, Deed.SEND)
        elif row.status not in _MOVING:
            is_ended = row.status in _ENDED
            text = self.tr("Save as a capsule…") if is_ended else self.tr("Hand over in a capsule…")
            entry = menu.addAction(icon("upload"), text)
            entry.triggered.connect(partial(self._ask_passphrase, row))
            needs(entry, Deed.EXPORT)

    def choose_file(self) -> None:
        """Ask for a capsule to take in."""
        dialog = QtWidgets.QFileDialog(self._window, self.tr("Take a capsule in"))
        dialog.setNameFilter(self.tr("Capsules (*{suffix})").format(suffix=SUFFIX))
        dialog.setFileMode(QtWidgets.QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._on_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def take_in(self, path: Path) -> None:
        """Look into a capsule, and ask whether it is to be taken in."""
        self._model.look_into(path)

    def _on_file(self, name: str) -> None:
        self.take_in(Path(name))

    def _ask_passphrase(self, row: CampaignSummary, _checked: bool = False) -> None:
        text = self.tr(
            "The file holds the message, its people and files, and what became of them. "
            "From then on the campaign is sent where the file is taken in; here it stands still until you take it back."
        )
        only_one = self.tr(
            "Give it to one desk only: two that take the same file in would both send, and neither can know of the "
            "other."
        )
        text = f"{text}\n\n{only_one}"
        if row.status in _ENDED:
            text = self.tr("The file holds the message, its people and files, and what became of each message.")
        on_done = partial(self._choose_target, row)
        title = self.tr("Capsule of {name}").format(name=row.name)
        self.dialog = PassphraseDialog(self._window, title, text, on_done, is_new=True)
        self.dialog.open()

    def _choose_target(self, row: CampaignSummary, passphrase: str) -> None:
        dialog = QtWidgets.QFileDialog(self._window, self.tr("Where the capsule goes"))
        dialog.setAcceptMode(QtWidgets.QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("Capsules (*{suffix})").format(suffix=SUFFIX))
        dialog.selectFile(suggested_name(row.name, row.id))
        dialog.fileSelected.connect(partial(self.export, row.id, passphrase))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def export(self, campaign_id: CampaignId, passphrase: str, name: str) -> None:
        """Write the capsule to a file of this name."""
        self._model.export(campaign_id, Path(name if name.endswith(SUFFIX) else name + SUFFIX), passphrase)

    def _on_exported(self, made: Exported) -> None:
        handed = self.tr("Handed over: {file}. Give it to one desk only.")
        text = handed if made.handed_over else self.tr("Saved: {file}")
        self.noticed.emit(text.format(file=made.file.name))

    def _on_passphrase_needed(self, source: Path) -> None:
        text = self.tr("{file} is protected by a passphrase.").format(file=source.name)
        on_done = partial(self._model.look_into, source)
        self.dialog = PassphraseDialog(self._window, self.tr("Passphrase of the capsule"), text, on_done, is_new=False)
        self.dialog.open()

    def _on_shown(self, found: Shown) -> None:
        answered = partial(self._on_answer, found)
        title = self.tr("Take in {name}?").format(name=found.name)
        self.dialog = ask(
            self._window,
            title,
            summary(found),
            self.tr("Nobody else has it: make the draft"),
            self.tr("Cancel"),
            answered,
            tone="warning",
        )

    def _on_answer(self, found: Shown, answer: str) -> None:
        if answer == "yes":
            self._model.take_in(rest=found.was_started)

    def _ask_back(self, row: CampaignSummary, _checked: bool = False) -> None:
        self.dialog = ask(
            self._window,
            self.tr("Take {name} back?").format(name=row.name),
            self.tr("Only when it is certain that nobody sends it there: the same people would get it twice."),
            self.tr("Take back"),
            self.tr("Cancel"),
            partial(self._on_back_answer, row.id),
            tone="danger",
        )

    def _on_back_answer(self, campaign_id: CampaignId, answer: str) -> None:
        if answer == "yes":
            self._model.take_back(campaign_id)

    def _on_taken_back(self) -> None:
        self.noticed.emit(self.tr("The campaign can be sent here again."))
