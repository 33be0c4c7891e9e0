"""Adding a number in two steps: the gateway and which of its numbers; then its name here and its limits."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QStackedLayout, QVBoxLayout, QWidget

from desktop.domain.errors import KnownError
from desktop.domain.instance import Gateway
from desktop.screens.instances.limits_form import LimitsForm
from desktop.screens.instances.remote_row import RemoteRow
from desktop.viewmodels import instance_words, warmup_words, wording
from desktop.viewmodels.instance_adding import GATEWAYS, AddInstanceViewModel
from desktop.viewmodels.warmup import WarmupMode
from desktop.widgets.banner import Banner
from desktop.widgets.buttons import button
from desktop.widgets.fields import ChoiceField
from desktop.widgets.form import Form
from desktop.widgets.labels import label
from desktop.widgets.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XL
from desktop.widgets.vertical_scroll import VerticalScroll

_SIZE = (560, 640)


class AddInstanceDialog(QDialog):
    """Collects what `AddInstanceViewModel` needs; it closes itself when the number is stored."""

    def __init__(self, model: AddInstanceViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setWindowTitle(self.tr("Add number"))
        self.setModal(True)
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
        self._stack.addWidget(self._build_gateway())
        self._stack.addWidget(self._build_limits())
        layout.addLayout(self._stack, 1)
        layout.addLayout(self._build_buttons())
        model.reset()
        model.changed.connect(self._show)
        model.failed.connect(self._on_failed)
        model.added.connect(self._on_added)
        self.finished.connect(self._on_finished)
        self._show()
        self.url_field.setFocus()

    # Building

    def _build_gateway(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_L)
        form = Form()
        self.gateway_field = ChoiceField()
        for kind in GATEWAYS:
            self.gateway_field.addItem(wording.gateway(kind), kind)
        self.url_field = QLineEdit()
        self.url_field.setPlaceholderText("https://evolution.example.com")
        self.token_field = QLineEdit()
        self.token_field.setEchoMode(QLineEdit.EchoMode.Password)
        form.add(self.tr("Gateway"), self.gateway_field)
        self.url_row = form.add(self.tr("Address"), self.url_field)
        form.add(self.tr("API key"), self.token_field, self.tr("Kept in the keyring of this computer, nowhere else."))
        for field in (self.url_field, self.token_field):
            field.textChanged.connect(self._on_address_changed)
            field.returnPressed.connect(self._model.test)
        self.gateway_field.currentIndexChanged.connect(self._on_address_changed)
        column.addWidget(form)
        row = QHBoxLayout()
        row.setSpacing(SPACE_M)
        self.test_button = button(self.tr("Test connection"), "secondary", "plug-zap")
        self.test_button.clicked.connect(self._model.test)
        self._test_note = label("", "caption")
        row.addWidget(self.test_button)
        row.addWidget(self._test_note, 1)
        column.addLayout(row)
        column.addWidget(self._build_remotes(), 1)
        return page

    def _build_remotes(self) -> QWidget:
        self._remotes_area = VerticalScroll(SPACE_S)
        column = self._remotes_area.column
        self._remotes_hint = label("", "muted", wrap=True)
        column.addWidget(self._remotes_hint)
        self._remotes_layout = QVBoxLayout()
        self._remotes_layout.setSpacing(SPACE_S)
        column.addLayout(self._remotes_layout)
        self.remote_rows: list[RemoteRow] = []
        return self._remotes_area

    def _build_limits(self) -> QWidget:
        area = VerticalScroll()
        column = area.column
        names = Form()
        self.name_field = QLineEdit()
        self.name_field.setMaxLength(60)
        self.name_field.textEdited.connect(self._model.set_name)
        self.name_row = names.add(self.tr("Name in Cadência"), self.name_field)
        self.warmup_field = ChoiceField()
        for mode in (WarmupMode.OFF, WarmupMode.STANDARD):
            self.warmup_field.addItem(warmup_words.mode(mode), mode.value)
        self.warmup_field.currentIndexChanged.connect(self._on_warmup_changed)
        self.warmup_row = names.add(self.tr("Warm-up"), self.warmup_field)
        column.addWidget(names)
        self.limits_form = LimitsForm()
        self.limits_form.changed.connect(self._on_limits_changed)
        column.addWidget(self.limits_form)
        return area

    def _build_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        self.back_button = button(self.tr("Back"), "ghost", "arrow-left")
        self.back_button.clicked.connect(self._on_back)
        row.addWidget(self.back_button)
        row.addStretch(1)
        self.cancel_button = button(self.tr("Cancel"))
        self.cancel_button.clicked.connect(self.reject)
        self.next_button = button(self.tr("Next"), "primary")
        self.next_button.clicked.connect(self._on_next)
        self.add_button = button(self.tr("Add number"), "primary", "plus")
        self.add_button.clicked.connect(self._model.add)
        for part in (self.cancel_button, self.next_button, self.add_button):
            part.setAutoDefault(False)
            row.addWidget(part)
        self.test_button.setAutoDefault(False)
        self.back_button.setAutoDefault(False)
        return row

    # Showing

    def _show(self) -> None:
        model = self._model
        is_first = self._stack.currentIndex() == 0
        self._title.setText(
            self.tr("Which gateway has the number?") if is_first else self.tr("Its name and its limits")
        )
        self.test_button.setEnabled(model.can_test)
        self._test_note.setText(self.tr("Asking the gateway…") if model.is_testing else "")
        self._show_remotes()
        self.back_button.setVisible(not is_first)
        self.back_button.setEnabled(not model.is_adding)
        self.next_button.setVisible(is_first)
        self.next_button.setEnabled(model.remote_name is not None and not model.is_testing)
        self.add_button.setVisible(not is_first)
        self.add_button.setEnabled(model.can_add)
        if self.name_field.text() != model.name:
            self.name_field.setText(model.name)
        self.name_row.set_error(self.tr("There is a number with this name.") if model.is_name_taken else "")
        self.warmup_row.set_hint(
            " ".join((warmup_words.about(model.warmup), self.tr("You can change it later, and draw your own curve.")))
        )
        self._show_probe()

    def _show_probe(self) -> None:
        probe = self._model.probe
        if probe is None or self._stack.currentIndex() > 0:
            self.banner.hide()
            return
        text, hint = instance_words.probe(probe)
        self.banner.show_message("success" if probe.ok else "danger", text, hint)

    def _show_remotes(self) -> None:
        model = self._model
        if [row.remote for row in self.remote_rows] != list(model.remotes):
            for row in self.remote_rows:
                self._remotes_layout.removeWidget(row)
                row.deleteLater()
            self.remote_rows = [RemoteRow(remote) for remote in model.remotes]
            for row in self.remote_rows:
                row.chosen.connect(self._model.choose)
                self._remotes_layout.addWidget(row)
        for row in self.remote_rows:
            row.setChecked(row.remote.name == model.remote_name)
        has_answer = model.probe is not None and model.probe.ok
        hint = (
            self.tr("Choose the number:")
            if model.remotes
            else self.tr("This gateway has no number yet: create one there first.")
        )
        self._remotes_hint.setText(hint)
        self._remotes_hint.setVisible(has_answer)

    # Doing

    def _on_address_changed(self, _value: object = None) -> None:
        # Qt gives the plain text back, not the member.
        kind = Gateway(self.gateway_field.currentData())
        self._model.set_address(kind, self.url_field.text(), self.token_field.text())

    def _on_limits_changed(self) -> None:
        self._model.set_limits(self.limits_form.limits, self.limits_form.timezone.currentText())

    def _on_warmup_changed(self, _index: int) -> None:
        self._model.set_warmup(WarmupMode(self.warmup_field.currentData()))

    def _on_next(self) -> None:
        self.limits_form.show_limits(self._model.limits, self._model.timezone)
        self._stack.setCurrentIndex(1)
        self._show()
        self.name_field.setFocus()

    def _on_back(self) -> None:
        self._stack.setCurrentIndex(0)
        self._show()

    def _on_failed(self, error: KnownError) -> None:
        text, hint = wording.error(error)
        self.banner.show_message("danger", text, hint)

    def _on_added(self, _instance: object) -> None:
        self.accept()

    def _on_finished(self, _code: int) -> None:
        # The key must not stay in memory longer than the dialog.
        self.token_field.clear()
        self._model.reset()
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return  # Return in a field tests the connection; it must not press a button of the dialog besides.
        super().keyPressEvent(event)
