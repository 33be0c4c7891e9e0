"""Log files and crash reports in the settings."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from desktop.domain.operator import Deed
from desktop.viewmodels import formats
from desktop.viewmodels.log_settings import LogsViewModel
from desktop.widgets.buttons import button
from desktop.widgets.card import Card
from desktop.widgets.form import FormRow
from desktop.widgets.labels import label
from desktop.widgets.permissions import needs
from desktop.widgets.segmented import SegmentedControl
from desktop.widgets.tokens import SPACE_S


class LogsSection(Card):
    """Signals:
    failed(object): something was refused with this KnownError.
    """

    failed = Signal(object)

    def __init__(self, model: LogsViewModel, parent: QWidget | None = None) -> None:
        super().__init__(
            QCoreApplication.translate("LogsSection", "Log files"),
            QCoreApplication.translate(
                "LogsSection",
                "For whoever looks into a problem. They hold no texts, no keys and no whole phone numbers.",
            ),
            parent,
        )
        self._model = model
        model.setParent(self)
        self.level = SegmentedControl(
            [("WARNING", self.tr("Problems only")), ("INFO", self.tr("Normal")), ("DEBUG", self.tr("Everything"))],
            self.tr("How much is written"),
        )
        needs(self.level, Deed.SETTINGS)
        self.level.chosen.connect(model.set_level)
        self.body.addWidget(FormRow(self.tr("How much is written"), self.level))
        self.folder = label("", "body", wrap=True, selectable=True)
        self.body.addWidget(FormRow(self.tr("Folder"), self.folder))
        self.open_button = button(self.tr("Open folder"), "secondary", "folder-open")
        self.open_button.clicked.connect(self._on_open)
        self.choose_button = button(self.tr("Choose another…"), "ghost")
        needs(self.choose_button, Deed.SETTINGS)
        self.choose_button.clicked.connect(self.choose)
        self.back_button = button(self.tr("Back to the data folder"), "ghost")
        needs(self.back_button, Deed.SETTINGS)
        self.back_button.clicked.connect(self._on_back)
        self.body.addLayout(_row(self.open_button, self.choose_button, self.back_button))
        self.crashes = label("", "caption", wrap=True)
        self.crash_button = button(self.tr("Show crash reports"), "ghost", "folder-open")
        self.crash_button.clicked.connect(self._on_crashes)
        self.body.addWidget(self.crashes)
        self.body.addLayout(_row(self.crash_button))
        model.changed.connect(self._show)
        model.failed.connect(self.failed)
        self._show()

    def activate(self) -> None:
        self._model.activate()

    def deactivate(self) -> None:
        self._model.deactivate()

    def choose(self) -> QFileDialog:
        """Ask for another folder; the dialog does not block."""
        dialog = QFileDialog(self, self.tr("Folder for log files"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._on_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _show(self) -> None:
        facts = self._model.facts
        if facts is None:
            return
        self.level.set_current(facts.level)
        self.folder.setText(str(facts.folder))
        self.back_button.setVisible(facts.is_own_folder)
        self.crash_button.setVisible(facts.crashes > 0)
        if facts.crashes:
            text = self.tr("Crash reports that are kept: {n}.").format(n=formats.number(facts.crashes))
        else:
            text = self.tr("No crash report: no error came that was not foreseen.")
        self.crashes.setText(text)

    def _on_chosen(self, folder: str) -> None:
        self._model.set_folder(Path(folder))

    def _on_back(self) -> None:
        self._model.set_folder(None)

    def _on_open(self) -> None:
        if self._model.facts is not None:
            _open(self._model.facts.folder)

    def _on_crashes(self) -> None:
        if self._model.facts is not None:
            _open(self._model.facts.crash_folder)


def _open(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _row(*parts: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(SPACE_S)
    for part in parts:
        row.addWidget(part)
    row.addStretch(1)
    return row
