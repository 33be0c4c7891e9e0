"""Dialogs of the outbound webhooks: a new address, its secret (shown once), and what was given up."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.errors import KnownError
from desktop.domain.hook import CHOOSABLE, HookKind
from desktop.domain.markup import as_plain
from desktop.domain.operator import Deed
from desktop.viewmodels import formats, wording
from desktop.viewmodels.hooks import DeadLine, kind_name
from desktop.widgets.buttons import button
from desktop.widgets.form import FormRow
from desktop.widgets.labels import label
from desktop.widgets.permissions import needs
from desktop.widgets.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XL

_WIDTH = 520


def _frame(dialog: QDialog, title: str, width: int = _WIDTH) -> QVBoxLayout:
    dialog.setWindowTitle(title)
    dialog.setModal(True)
    dialog.setFixedWidth(width)
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
    layout.setSpacing(SPACE_L)
    layout.addWidget(label(title, "section", wrap=True))
    dialog.finished.connect(dialog.deleteLater)
    return layout


class AddHookDialog(QDialog):
    """Signals:
    chosen(str, object): address, and what it is told (a list of HookKind).
    """

    chosen = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = _frame(self, self.tr("Tell another program"))
        self.url = QLineEdit()
        self.url.setPlaceholderText("https://n8n.example.com/webhook/…")
        self.row = FormRow(
            self.tr("Address"), self.url, self.tr("In n8n: the production URL of a Webhook node that listens to POST.")
        )
        layout.addWidget(self.row)
        layout.addWidget(label(self.tr("What it is told"), "strong"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_L)
        grid.setVerticalSpacing(SPACE_S)
        self.boxes: dict[HookKind, QCheckBox] = {}
        for place, kind in enumerate(CHOOSABLE):
            box = self.boxes[kind] = QCheckBox(kind_name(kind))
            box.setChecked(True)
            box.toggled.connect(self._refresh)
            grid.addWidget(box, place // 2, place % 2)
        layout.addLayout(grid)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_S)
        buttons.addStretch(1)
        cancel = button(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        self.add_button = button(self.tr("Add address"), "primary")
        self.add_button.setDefault(True)
        self.add_button.clicked.connect(self._on_add)
        buttons.addWidget(cancel)
        buttons.addWidget(self.add_button)
        layout.addLayout(buttons)
        self.url.textChanged.connect(self._refresh)
        self._refresh()

    def show_error(self, error: object) -> None:
        """Say at the field why it was refused."""
        if isinstance(error, KnownError):
            text, hint = wording.error(error)
            self.row.set_error(f"{text} {hint}".strip())
        self.add_button.setEnabled(True)

    def _refresh(self) -> None:
        self.row.set_error("")
        self.add_button.setEnabled(
            bool(self.url.text().strip()) and any(box.isChecked() for box in self.boxes.values())
        )

    def _on_add(self) -> None:
        self.add_button.setEnabled(False)
        self.chosen.emit(self.url.text(), [kind for kind, box in self.boxes.items() if box.isChecked()])


class SecretDialog(QDialog):
    """Shows the secret that was just made, for copying."""

    def __init__(self, secret: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = _frame(self, self.tr("The secret of this address"))
        layout.addWidget(
            label(
                self.tr(
                    "With it the other program proves that a message comes from here (Standard Webhooks, "
                    "header webhook-signature). It is shown only now; here it is kept in the keyring."
                ),
                "muted",
                wrap=True,
            )
        )
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        self.field = QLineEdit(secret)
        self.field.setReadOnly(True)
        self.field.setAccessibleName(self.tr("Secret"))
        self.copy_button = button(self.tr("Copy"), "secondary", "copy")
        self.copy_button.clicked.connect(self._on_copy)
        row.addWidget(self.field, 1)
        row.addWidget(self.copy_button)
        layout.addLayout(row)
        foot = QHBoxLayout()
        foot.addStretch(1)
        done = button(self.tr("Done"), "primary")
        done.clicked.connect(self.accept)
        foot.addWidget(done)
        layout.addLayout(foot)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.field.text())
        self.copy_button.setText(self.tr("Copied"))


class DeadDialog(QDialog):
    """Signals:
    retry_requested(object): everything of this HookId shall be tried again.
    """

    retry_requested = Signal(object)

    def __init__(self, hook_id: object, lines: Sequence[DeadLine], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hook_id = hook_id
        layout = _frame(self, self.tr("Given up"), 760)
        layout.addWidget(
            label(self.tr("These were tried {n} times each, over more than an hour.").format(n=10), "muted", wrap=True)
        )
        names = [self.tr("When"), self.tr("What"), self.tr("Why"), self.tr("Tries")]
        self.table = QTableWidget(len(lines), len(names))
        self.table.setHorizontalHeaderLabels(names)
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setMinimumHeight(280)
        for place, line in enumerate(lines):
            for column, text in enumerate((line.when, line.what, line.why, formats.number(line.tries))):
                item = QTableWidgetItem(text)
                item.setToolTip(as_plain(text))
                self.table.setItem(place, column, item)
        self.table.resizeColumnsToContents()
        self.table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        layout.addWidget(self.table)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE_M)
        foot.addStretch(1)
        close = button(self.tr("Close"))
        close.clicked.connect(self.reject)
        self.retry_button = button(self.tr("Try all again"), "primary")
        needs(self.retry_button, Deed.SETTINGS)
        self.retry_button.clicked.connect(self._on_retry)
        foot.addWidget(close)
        foot.addWidget(self.retry_button)
        layout.addLayout(foot)

    def _on_retry(self) -> None:
        self.retry_requested.emit(self._hook_id)
        self.accept()
