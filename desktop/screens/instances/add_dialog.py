"""Adding numbers in two steps: the gateway and which of its numbers; then their names here and their limits."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QStackedLayout, QVBoxLayout, QWidget

from desktop.domain.errors import KnownError
from desktop.domain.instance import Gateway
from desktop.screens.instances.address_form import AddressForm
from desktop.screens.instances.gateway_choice import GatewayChoice
from desktop.screens.instances.limits_form import LimitsForm
from desktop.screens.instances.remotes_list import RemotesList
from desktop.viewmodels import formats, instance_words, warmup_words
from desktop.viewmodels.instance_adding import AddInstanceViewModel
from desktop.viewmodels.warmup import WarmupMode
from desktop.widgets.banner import Banner
from desktop.widgets.buttons import button
from desktop.widgets.fields import ChoiceField
from desktop.widgets.form import Form, FormRow
from desktop.widgets.labels import label
from desktop.widgets.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XL
from desktop.widgets.vertical_scroll import VerticalScroll

_SIZE = (640, 660)
_CERTIFICATE_TROUBLES = frozenset({"tls", "client_cert_required", "client_cert_refused"})


class AddInstanceDialog(QDialog):
    """Collects what `AddInstanceViewModel` needs; it closes itself when the numbers are stored."""

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
        self._revealing = QTimer(self, singleShot=True, interval=0)
        self._revealing.timeout.connect(self._on_revealing)
        model.reset()
        model.changed.connect(self._show)
        model.failed.connect(self._on_failed)
        model.added.connect(self._on_added)
        self.finished.connect(self._on_finished)
        self._show()
        self.form.url_field.setFocus()

    # Building

    def _build_gateway(self) -> QWidget:
        self._gateway_area = VerticalScroll()
        column = self._gateway_area.column
        self.choice = GatewayChoice()
        self.choice.chosen.connect(self._on_gateway_chosen)
        column.addWidget(self.choice)
        self.form = AddressForm()
        self.form.changed.connect(self._on_address_changed)
        self.form.submitted.connect(self._model.test)
        column.addWidget(self.form)
        row = QHBoxLayout()
        row.setSpacing(SPACE_M)
        self.test_button = button(self.tr("Test connection"), "secondary", "plug-zap")
        self.test_button.clicked.connect(self._model.test)
        self._test_note = label("", "caption")
        row.addWidget(self.test_button)
        row.addWidget(self._test_note, 1)
        column.addLayout(row)
        self.remotes = RemotesList()
        self.remotes.chosen.connect(self._model.choose)
        self.remotes.create_requested.connect(self._model.create)
        column.addWidget(self.remotes)
        return self._gateway_area

    def _build_limits(self) -> QWidget:
        area = VerticalScroll()
        column = area.column
        self._names_form = Form()
        self.name_rows: dict[str, FormRow] = {}
        column.addWidget(self._names_form)
        choices = Form()
        self.warmup_field = ChoiceField()
        for mode in (WarmupMode.OFF, WarmupMode.STANDARD):
            self.warmup_field.addItem(warmup_words.mode(mode), mode.value)
        self.warmup_field.currentIndexChanged.connect(self._on_warmup_changed)
        self.warmup_row = choices.add(self.tr("Warm-up"), self.warmup_field)
        column.addWidget(choices)
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

    @property
    def _is_first(self) -> bool:
        return self._stack.currentIndex() == 0

    def _show(self) -> None:
        model = self._model
        self._title.setText(
            self.tr("Which gateway has the number?") if self._is_first else self.tr("Its name and its limits")
        )
        self.test_button.setEnabled(model.can_test)
        self._test_note.setText(self.tr("Asking the gateway…") if model.is_testing else "")
        self.remotes.show_model(model)
        self.back_button.setVisible(not self._is_first)
        self.back_button.setEnabled(not model.is_adding)
        self.next_button.setVisible(self._is_first)
        self.next_button.setEnabled(model.can_continue)
        self.add_button.setVisible(not self._is_first)
        self.add_button.setEnabled(model.can_add)
        self._show_names()
        self.warmup_row.set_hint(
            " ".join((warmup_words.about(model.warmup), self.tr("You can change it later, and draw your own curve.")))
        )
        self._show_probe()

    def _show_names(self) -> None:
        model = self._model
        problems = {
            "taken": self.tr("There is a number with this name."),
            "twice": self.tr("Two numbers cannot have one name."),
        }
        for remote_name, row in self.name_rows.items():
            row.set_error(problems.get(model.name_problem(remote_name), ""))

    def _show_probe(self) -> None:
        probe = self._model.probe
        if probe is None or not self._is_first:
            self.banner.hide()
            return
        text, hint = instance_words.probe(probe, self._model.address.gateway)
        self.banner.show_message("success" if probe.ok else "danger", text, hint)
        if probe.code in _CERTIFICATE_TROUBLES:
            self.form.certificates_button.setChecked(True)
        self._revealing.start()

    def _on_revealing(self) -> None:
        """Scroll to what is to be done next, when what has just appeared has its place."""
        probe = self._model.probe
        if probe is not None and probe.ok and self.remotes.rows:
            self._gateway_area.ensureWidgetVisible(self.remotes.rows[-1])
            self._gateway_area.ensureWidgetVisible(self.remotes.rows[0])
        elif probe is not None and probe.code in _CERTIFICATE_TROUBLES:
            self._gateway_area.ensureWidgetVisible(self.test_button)

    # Doing

    def _on_gateway_chosen(self, kind: Gateway) -> None:
        self.form.show_kind(kind)
        self._on_address_changed()
        self.form.url_field.setFocus()

    def _on_address_changed(self) -> None:
        form = self.form
        fields = (
            form.url_field,
            form.token_field,
            form.phone_field,
            form.waba_field,
            form.ca_field,
            form.client_field,
        )
        self._model.set_address(self.choice.current, *(field.text() for field in fields))

    def _on_limits_changed(self) -> None:
        self._model.set_limits(self.limits_form.limits, self.limits_form.timezone.currentText())

    def _on_warmup_changed(self, _index: int) -> None:
        self._model.set_warmup(WarmupMode(self.warmup_field.currentData()))

    def _on_next(self) -> None:
        self.limits_form.show_limits(self._model.limits, self._model.timezone)
        self._ask_names()
        self._stack.setCurrentIndex(1)
        self._show()

    def _ask_names(self) -> None:
        """Offer a field for each chosen number, with the name that is suggested."""
        for row in self.name_rows.values():
            row.setParent(None)
            row.deleteLater()
        self.name_rows = {}
        is_one = len(self._model.names) == 1
        phones = {remote.name: remote.phone for remote in self._model.remotes}
        for remote_name, name in self._model.names.items():
            field = QLineEdit(name)
            field.setMaxLength(60)
            field.setProperty("remote", remote_name)
            field.textEdited.connect(self._on_name_edited)
            shown = phones.get(remote_name)
            told = formats.phone(shown) if shown else remote_name
            title = self.tr("Name in Cadência") if is_one else self.tr("Name of {number}").format(number=told)
            self.name_rows[remote_name] = self._names_form.add(title, field)
        if is_one:
            next(iter(self.name_rows.values())).field.setFocus()

    def _on_name_edited(self, name: str) -> None:
        self._model.set_name(str(self.sender().property("remote")), name)

    def _on_back(self) -> None:
        self._stack.setCurrentIndex(0)
        self._show()

    def _on_failed(self, error: KnownError) -> None:
        text, hint = instance_words.refusal(error)
        self.banner.show_message("danger", text, hint)

    def _on_added(self, _instances: object) -> None:
        self.accept()

    def _on_finished(self, _code: int) -> None:
        # The key must not stay in memory longer than the dialog.
        self.form.token_field.clear()
        self._model.reset()
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return  # Return in a field tests the connection; it must not press a button of the dialog besides.
        super().keyPressEvent(event)
