"""Backups and reports by themselves, and how long the timeline is kept, in the settings."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.domain.operator import Deed
from desktop.domain.schedules import FORMATS, Done, When
from desktop.screens.campaigns.passphrase_dialog import PassphraseDialog
from desktop.viewmodels.schedules import RetentionViewModel, SchedulesViewModel, when_name
from desktop.widgets.buttons import button
from desktop.widgets.card import Card
from desktop.widgets.fields import NumberField
from desktop.widgets.form import FormRow
from desktop.widgets.labels import label, set_role
from desktop.widgets.limit_field import LimitField
from desktop.widgets.permissions import needs
from desktop.widgets.segmented import SegmentedControl
from desktop.widgets.tokens import SPACE_L, SPACE_S


class BackupSection(Card):
    """Signals:
    failed(object): something was refused with this KnownError.
    """

    failed = Signal(object)

    def __init__(self, model: SchedulesViewModel, parent: QWidget | None = None) -> None:
        super().__init__(
            QCoreApplication.translate("BackupSection", "Backups"),
            QCoreApplication.translate(
                "BackupSection",
                "Everything of the data folder in one encrypted file, without the keys of the gateways. "
                "It is made while this window, or another engine of the data folder, is running.",
            ),
            parent,
        )
        self._model = model
        model.setParent(self)
        self.box = QCheckBox(self.tr("Make backups by itself"))
        needs(self.box, Deed.SETTINGS)
        self.box.clicked.connect(self._on_box)
        self.body.addWidget(self.box)
        row = QHBoxLayout()
        row.setSpacing(SPACE_L)
        self.every = NumberField(1, 24 * 31, 24)
        self.keep = NumberField(1, 365, 7)
        for field in (self.every, self.keep):
            field.setFixedWidth(110)
            field.setKeyboardTracking(False)
            field.valueChanged.connect(self._on_figures)
            needs(field, Deed.SETTINGS)
        row.addWidget(FormRow(self.tr("Every so many hours"), self.every))
        row.addWidget(FormRow(self.tr("How many are kept"), self.keep))
        row.addStretch(1)
        self.body.addLayout(row)
        self.folder = FolderRow(self.tr("Folder"))
        self.folder.chosen.connect(self._on_folder)
        self.body.addWidget(self.folder)
        self.word_button = button(self.tr("Change the passphrase…"), "ghost", "key-round")
        needs(self.word_button, Deed.SETTINGS)
        self.word_button.clicked.connect(self.ask_passphrase)
        self.body.addLayout(_row(self.word_button))
        self.status = label("", "caption", wrap=True)
        self.body.addWidget(self.status)
        self.dialog: PassphraseDialog | None = None
        model.changed.connect(self._show)
        model.passphrase_needed.connect(self.ask_passphrase)
        model.failed.connect(self.failed)
        self._show()

    def activate(self) -> None:
        self._model.activate()

    def deactivate(self) -> None:
        """Nothing runs."""

    def ask_passphrase(self) -> None:
        """Ask for a passphrase; with it backups are switched on."""
        text = self.tr("Without it nobody opens a backup, you neither: write it down. It is kept in the keyring.")
        title = self.tr("Passphrase of the backups")
        self.dialog = PassphraseDialog(self, title, text, self._on_passphrase, is_new=True, may_be_empty=False)
        self.dialog.finished.connect(self._show)
        self.dialog.open()

    def _show(self) -> None:
        state = self._model.state
        for part in (self.every, self.keep, self.folder, self.word_button, self.status):
            part.setVisible(state is not None and state.backup.is_on)
        if state is None:
            return
        self.box.setChecked(state.backup.is_on)
        for field, value in ((self.every, state.backup.every_h), (self.keep, state.backup.keep)):
            field.blockSignals(True)
            field.setValue(value)
            field.blockSignals(False)
            parent = field.parentWidget()
            if parent is not None:
                parent.setVisible(state.backup.is_on)
        self.folder.show_folder(state.backup_folder, is_own=state.backup.folder is not None)
        _tell(self.status, self._model, state.backup_done, is_on=state.backup.is_on)

    def _on_box(self, is_on: bool) -> None:
        self._model.set_backup(is_on=is_on)

    def _on_passphrase(self, word: str) -> None:
        self._model.set_passphrase(word)

    def _on_figures(self, _value: int) -> None:
        if self._model.state is not None:
            plan = self._model.state.backup
            self._model.plan_backup(replace(plan, every_h=self.every.value(), keep=self.keep.value()))

    def _on_folder(self, folder: object) -> None:
        if self._model.state is not None:
            self._model.plan_backup(replace(self._model.state.backup, folder=folder))


class ReportsSection(Card):
    """Signals:
    failed(object): something was refused with this KnownError.
    """

    failed = Signal(object)

    def __init__(self, model: SchedulesViewModel, parent: QWidget | None = None) -> None:
        super().__init__(
            QCoreApplication.translate("ReportsSection", "Reports into a folder"),
            QCoreApplication.translate(
                "ReportsSection", "For whoever reads them without opening Cadência: a shared folder, for example."
            ),
            parent,
        )
        self._model = model
        model.setParent(self)
        self.box = QCheckBox(self.tr("Write reports by itself"))
        needs(self.box, Deed.SETTINGS)
        self.box.clicked.connect(self._on_box)
        self.body.addWidget(self.box)
        self.details = QWidget()
        inside = QHBoxLayout(self.details)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(SPACE_L)
        self.when = SegmentedControl([(when.value, when_name(when)) for when in When], self.tr("When"))
        self.when.chosen.connect(self._on_when)
        needs(self.when, Deed.SETTINGS)
        inside.addWidget(FormRow(self.tr("When"), self.when))
        self.hour = NumberField(0, 23, 7, ":00")
        self.hour.setFixedWidth(100)
        self.hour.setKeyboardTracking(False)
        self.hour.valueChanged.connect(self._on_hour)
        needs(self.hour, Deed.SETTINGS)
        self.hour_row = FormRow(self.tr("At"), self.hour)
        inside.addWidget(self.hour_row)
        inside.addStretch(1)
        self.body.addWidget(self.details)
        self.formats: dict[str, QCheckBox] = {}
        for file_format in FORMATS:
            box = QCheckBox(file_format.upper())
            box.setProperty("format", file_format)
            box.clicked.connect(self._on_format)
            needs(box, Deed.SETTINGS)
            self.formats[file_format] = box
        self.format_row = QWidget()
        self.format_row.setLayout(_row(*self.formats.values()))
        self.body.addWidget(self.format_row)
        self.folder = FolderRow(self.tr("Folder"))
        self.folder.chosen.connect(self._on_folder)
        self.body.addWidget(self.folder)
        self.status = label("", "caption", wrap=True)
        self.body.addWidget(self.status)
        model.changed.connect(self._show)
        model.failed.connect(self.failed)
        self._show()

    def activate(self) -> None:
        self._model.activate()

    def deactivate(self) -> None:
        """Nothing runs."""

    def _show(self) -> None:
        state = self._model.state
        for part in (self.details, self.format_row, self.folder, self.status):
            part.setVisible(state is not None and state.reports.is_on)
        if state is None:
            return
        plan = state.reports
        self.box.setChecked(plan.is_on)
        self.when.set_current(plan.when.value)
        self.hour_row.setVisible(plan.when is not When.END)
        self.hour.blockSignals(True)
        self.hour.setValue(plan.hour)
        self.hour.blockSignals(False)
        for file_format, box in self.formats.items():
            box.setChecked(file_format in plan.formats)
        self.folder.show_folder(state.reports_folder, is_own=plan.folder is not None)
        _tell(self.status, self._model, state.reports_done, is_on=plan.is_on)

    def _on_box(self, is_on: bool) -> None:
        if self._model.state is not None:
            self._model.plan_reports(replace(self._model.state.reports, is_on=is_on))

    def _on_when(self, when: str) -> None:
        if self._model.state is not None:
            self._model.plan_reports(replace(self._model.state.reports, when=When(when)))

    def _on_hour(self, hour: int) -> None:
        if self._model.state is not None:
            self._model.plan_reports(replace(self._model.state.reports, hour=hour))

    def _on_format(self, is_wanted: bool) -> None:
        self._model.set_format(str(self.sender().property("format")), is_wanted=is_wanted)

    def _on_folder(self, folder: object) -> None:
        if self._model.state is not None:
            self._model.plan_reports(replace(self._model.state.reports, folder=folder))


class RetentionSection(Card):
    """Signals:
    failed(object): something was refused with this KnownError.
    """

    failed = Signal(object)

    def __init__(self, model: RetentionViewModel, parent: QWidget | None = None) -> None:
        super().__init__(
            QCoreApplication.translate("RetentionSection", "Timeline"),
            QCoreApplication.translate(
                "RetentionSection",
                "Older lines are removed for good, and a line says so. Figures and reports of campaigns stay.",
            ),
            parent,
        )
        self._model = model
        model.setParent(self)
        self.days = LimitField(1, 36_500, 365, self.tr("Keep everything"))
        self.days.figure.setKeyboardTracking(False)
        self.days.changed.connect(self._on_days)
        needs(self.days, Deed.SETTINGS)
        self.body.addWidget(FormRow(self.tr("Days that are kept"), self.days))
        self.texts = QCheckBox(self.tr("Keep the words of each message"))
        needs(self.texts, Deed.SETTINGS)
        self.texts.clicked.connect(model.set_keeps_texts)
        self.body.addWidget(self.texts)
        note = self.tr("They hold names and what you write to people. It begins when sending starts anew.")
        self.body.addWidget(label(note, "caption", wrap=True))
        model.changed.connect(self._show)
        model.failed.connect(self.failed)
        self._show()

    def activate(self) -> None:
        self._model.activate()

    def deactivate(self) -> None:
        """Nothing runs."""

    def _show(self) -> None:
        self.days.set_limit(self._model.days)
        self.texts.setChecked(self._model.keeps_texts)

    def _on_days(self, limit: float | None) -> None:
        self._model.set_days(None if limit is None else int(limit))


class FolderRow(QWidget):
    """A folder with its buttons.

    Signals:
        chosen(object): another folder (str), or None for the one in the data folder.
    """

    chosen = Signal(object)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = label("", "body", wrap=True, selectable=True)
        self._folder = Path()
        self.open_button = button(self.tr("Open folder"), "secondary", "folder-open")
        self.open_button.clicked.connect(self._on_open)
        self.choose_button = button(self.tr("Choose another…"), "ghost")
        self.choose_button.clicked.connect(self.choose)
        self.back_button = button(self.tr("Back to the data folder"), "ghost")
        self.back_button.clicked.connect(self._on_back)
        for each in (self.choose_button, self.back_button):
            needs(each, Deed.SETTINGS)
        form = FormRow(title, self.place)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(SPACE_S)
        outer.addWidget(form)
        outer.addLayout(_row(self.open_button, self.choose_button, self.back_button))

    def show_folder(self, folder: Path, *, is_own: bool) -> None:
        """Show where it goes; `is_own`: another one than in the data folder."""
        self._folder = folder
        self.place.setText(str(folder))
        self.back_button.setVisible(is_own)

    def choose(self) -> QFileDialog:
        """Ask for another folder; the dialog does not block."""
        dialog = QFileDialog(self, self.tr("Choose a folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _on_open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    def _on_back(self) -> None:
        self.chosen.emit(None)


def _tell(status: QLabel, model: SchedulesViewModel, done: Done, *, is_on: bool) -> None:
    text, is_failing = model.told(done, is_on=is_on)
    status.setText(text)
    set_role(status, "role", "error" if is_failing else "caption")


def _row(*parts: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(SPACE_S)
    for part in parts:
        row.addWidget(part)
    row.addStretch(1)
    return row
