"""The import of contacts: choose or drop a file, say which column is what, watch it, see what became of the rows."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desktop.domain.errors import KnownError
from desktop.screens.contacts.dropped import SUFFIXES, dropped_file
from desktop.screens.contacts.import_done import ImportDone
from desktop.screens.contacts.import_mapping import ImportMapping
from desktop.viewmodels import formats, wording
from desktop.viewmodels.importing import ImportStep, ImportViewModel
from desktop.widgets.banner import Banner
from desktop.widgets.buttons import button
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.labels import label
from desktop.widgets.progress import ProgressBar
from desktop.widgets.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XL

_SIZE = (960, 700)
_PATTERNS = " ".join(f"*{suffix}" for suffix in SUFFIXES)


class ImportDialog(QDialog):
    """One import from beginning to end. It can be closed while the import runs: the import goes on."""

    def __init__(self, model: ImportViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setWindowTitle(self.tr("Import contacts"))
        self.setModal(True)
        self.setAcceptDrops(True)
        self.setFixedSize(*_SIZE)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        layout.setSpacing(SPACE_L)
        self._title = label("", "section")
        layout.addWidget(self._title)
        self.banner = Banner()
        layout.addWidget(self.banner)
        # A layout and not a widget: that would paint the ground of the window over that of the dialog.
        self._stack = QStackedLayout()
        self.choose_view = EmptyState(
            "file-spreadsheet",
            self.tr("Drop a spreadsheet here"),
            self.tr("Excel, LibreOffice, CSV, or the contacts of a phone (vCard). One column must hold phone numbers."),
            self.tr("Choose a file…"),
            self.tr("Paste from a spreadsheet"),
        )
        self.choose_view.second_requested.connect(self.paste)
        self.choose_view.action_requested.connect(self._on_choose)
        self.mapping_view = ImportMapping(model)
        self.done_view = ImportDone()
        self.done_view.rejects_requested.connect(self._on_rejects)
        self._stack.addWidget(self.choose_view)
        self._stack.addWidget(self.mapping_view)
        self._stack.addWidget(self._build_run())
        self._stack.addWidget(self.done_view)
        layout.addLayout(self._stack, 1)
        layout.addLayout(self._build_buttons())
        if not model.is_running:
            model.reset()
        model.changed.connect(self._show)
        model.progressed.connect(self._on_progressed)
        model.failed.connect(self._on_failed)
        self.finished.connect(self.deleteLater)
        self._show()

    def _build_run(self) -> QWidget:
        place = QWidget()
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_M)
        column.addStretch(1)
        self.run_title = label("", "section")
        self.run_bar = ProgressBar()
        self.run_note = label("", "muted", wrap=True)
        column.addWidget(self.run_title)
        column.addWidget(self.run_bar)
        column.addWidget(self.run_note)
        column.addStretch(2)
        return place

    def _build_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        self.other_button = button(self.tr("Another file…"), "ghost")
        self.other_button.clicked.connect(self._on_choose)
        row.addWidget(self.other_button)
        self.undo_button = button(self.tr("Undo this import"), "ghost", "rotate-ccw")
        self.undo_button.clicked.connect(self._model.undo)
        row.addWidget(self.undo_button)
        self.cancel_button = button(self.tr("Cancel the import"), "ghost", "x")
        self.cancel_button.setToolTip(self.tr("Nothing of it is kept."))
        self.cancel_button.clicked.connect(self._on_cancel)
        row.addWidget(self.cancel_button)
        row.addStretch(1)
        self.close_button = button(self.tr("Cancel"))
        self.close_button.clicked.connect(self.reject)
        self.import_button = button(self.tr("Import"), "primary")
        self.import_button.clicked.connect(self._model.run)
        row.addWidget(self.close_button)
        row.addWidget(self.import_button)
        return row

    # Showing

    def _show(self) -> None:
        step = self._model.step
        views = {ImportStep.CHOOSE: 0, ImportStep.LOOK: 2, ImportStep.MAP: 1, ImportStep.RUN: 2, ImportStep.DONE: 3}
        self._stack.setCurrentIndex(views[step])
        name = self._model.title
        titles = {
            ImportStep.CHOOSE: self.tr("Import contacts"),
            ImportStep.LOOK: name,
            ImportStep.MAP: self.tr("What is in the pasted table?")
            if self._model.is_pasted
            else self.tr("What is in {file}?").format(file=name),
            ImportStep.RUN: self.tr("Importing {file}").format(file=name),
            ImportStep.DONE: self.tr("Done"),
        }
        self._title.setText(titles[step])
        if step is ImportStep.LOOK:
            self.run_title.setText(self.tr("Reading the file…"))
            self.run_note.setText("")
            self.run_bar.set_share(0)
        elif step is ImportStep.RUN and self.run_note.text() == "":
            self.run_title.setText(self.tr("Beginning…"))
            self.run_note.setText(self.tr("You may close this window: the import goes on."))
        if step is not ImportStep.CHOOSE:
            self.banner.hide()
        if step is ImportStep.DONE and self._model.report is not None:
            self.done_view.show_report(self._model.report)
        self._show_buttons(step)

    def _show_buttons(self, step: ImportStep) -> None:
        self.other_button.setVisible(step in (ImportStep.MAP, ImportStep.DONE))
        self.import_button.setVisible(step in (ImportStep.MAP, ImportStep.RUN))
        self.import_button.setEnabled(self._model.can_run)
        self.undo_button.setVisible(step is ImportStep.DONE)
        self.cancel_button.setVisible(step is ImportStep.RUN)
        self.cancel_button.setEnabled(True)
        is_over = step in (ImportStep.RUN, ImportStep.DONE)
        self.close_button.setText(self.tr("Close") if is_over else self.tr("Cancel"))

    def _on_progressed(self, rows: int, share: float) -> None:
        self.run_title.setText(self.tr("{count} rows").format(count=formats.number(rows)))
        self.run_bar.set_share(share)
        rate = self._model.rows_per_second
        if rate:
            pattern = self.tr("{rate} rows per second, about {time} left")
            left = formats.duration(self._model.seconds_left)
            self.run_note.setText(pattern.format(rate=formats.number(rate), time=left))

    def _on_failed(self, error: KnownError) -> None:
        text, hint = wording.error(error)
        self.banner.show_message("danger", text, hint)

    # Doing

    def _on_choose(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose a file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [self.tr("Spreadsheets and contacts ({patterns})").format(patterns=_PATTERNS), self.tr("All files (*)")]
        )
        dialog.fileSelected.connect(self._on_file_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_file_chosen(self, name: str) -> None:
        self.banner.hide()
        self._model.choose(Path(name))

    def paste(self) -> None:
        """Look at the table that the clipboard holds."""
        self.banner.hide()
        self._model.paste(QGuiApplication.clipboard().text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste) and self._model.step in (ImportStep.CHOOSE, ImportStep.MAP):
            self.paste()
            return
        super().keyPressEvent(event)

    def _on_cancel(self) -> None:
        self.cancel_button.setEnabled(False)
        self.run_title.setText(self.tr("Cancelling: what was written is being taken back…"))
        self._model.cancel()

    def _on_rejects(self) -> None:
        report = self._model.report
        if report is not None and report.rejects_path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(report.rejects_path)))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_file(event.mimeData()) is not None and not self._model.is_running:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = dropped_file(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self._on_file_chosen(str(path))
