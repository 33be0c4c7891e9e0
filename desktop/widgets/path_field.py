"""A field for a file: its path, typed, pasted or chosen."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from desktop.widgets.buttons import icon_button
from desktop.widgets.tokens import SPACE_S


class PathField(QWidget):
    """Signals:
    changed(str): the path is another.
    """

    changed = Signal(str)

    def __init__(self, choose: str, pattern: str, parent: QWidget | None = None) -> None:
        """`choose` is what the dialog is called, `pattern` the filter of its files."""
        super().__init__(parent)
        self._choose, self._pattern = choose, pattern
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_S)
        self.line = QLineEdit()
        self.line.textChanged.connect(self.changed)
        self.button = icon_button("folder-open", choose, "secondary")
        self.button.clicked.connect(self.open_dialog)
        row.addWidget(self.line, 1)
        row.addWidget(self.button)
        self.setFocusProxy(self.line)

    def text(self) -> str:
        return self.line.text()

    def open_dialog(self) -> QFileDialog:
        """Let the operator choose a file."""
        dialog = QFileDialog(self, self._choose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self._pattern)
        dialog.fileSelected.connect(self.line.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog
