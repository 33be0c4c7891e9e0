"""Shows an error that nobody foresaw: what it means for the operator, and a report that can be copied."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.viewmodels.crash import CrashNotice
from desktop.widgets.buttons import button
from desktop.widgets.labels import label
from desktop.widgets.medallion import Medallion
from desktop.widgets.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XL

_WIDTH = 680
_PICTURE = 40
_REPORT_HEIGHT = 240
_BETWEEN = "\n\n" + "─" * 60 + "\n\n"


class CrashDialog(QDialog):
    """Stays one dialog, however many errors come while it is open."""

    def __init__(self, notice: CrashNotice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path: Path | None = None
        self.setWindowTitle(self.tr("Something went wrong"))
        self.setModal(True)
        self.setFixedWidth(_WIDTH)
        self.finished.connect(self.deleteLater)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        outer.setSpacing(SPACE_L)
        head = QHBoxLayout()
        head.setSpacing(SPACE_L)
        head.addWidget(Medallion("triangle-alert", "danger", _PICTURE))
        texts = QVBoxLayout()
        texts.setSpacing(SPACE_S)
        self.title = label("", "section", wrap=True)
        self.text = label("", "muted", wrap=True)
        texts.addWidget(self.title)
        texts.addWidget(self.text)
        head.addLayout(texts, 1)
        outer.addLayout(head)
        self.report = QPlainTextEdit()
        self.report.setReadOnly(True)
        self.report.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.report.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.report.setFixedHeight(_REPORT_HEIGHT)
        self.report.setAccessibleName(self.tr("Report"))
        outer.addWidget(self.report)
        self.place = label("", "caption", wrap=True, selectable=True)
        outer.addWidget(self.place)
        outer.addLayout(self._answers())
        self._show(notice)

    def add(self, notice: CrashNotice) -> None:
        """Show another error in the same dialog."""
        before = self.report.toPlainText()
        self._show(notice)
        self.report.setPlainText(before + _BETWEEN + notice.report)
        self.copy_button.setText(self.tr("Copy report"))

    def _show(self, notice: CrashNotice) -> None:
        self._path = notice.path
        self.title.setText(notice.title)
        self.text.setText(notice.text)
        self.text.ensurePolished()
        # A dialog asks its layout for a height before it knows its width: a long text would be cut.
        self.text.setMinimumHeight(self.text.heightForWidth(_WIDTH - 2 * SPACE_XL - _PICTURE - SPACE_L))
        self.report.setPlainText(notice.report)
        self.place.setText(notice.place)
        self.folder_button.setVisible(notice.path is not None)

    def _answers(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_M)
        self.folder_button = button(self.tr("Open folder"), "ghost", "folder-open")
        self.folder_button.clicked.connect(self._on_folder)
        self.copy_button = button(self.tr("Copy report"), "secondary", "copy")
        self.copy_button.clicked.connect(self._on_copy)
        self.close_button = button(self.tr("Close"), "primary")
        self.close_button.clicked.connect(self.accept)
        self.close_button.setDefault(True)
        row.addWidget(self.folder_button)
        row.addStretch(1)
        row.addWidget(self.copy_button)
        row.addWidget(self.close_button)
        return row

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())
        self.copy_button.setText(self.tr("Copied"))

    def _on_folder(self) -> None:
        if self._path is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path.parent)))
