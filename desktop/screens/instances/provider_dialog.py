"""What Meta says of a number of the Cloud API: its quality, its limits, and the templates of its account."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.domain.errors import KnownError
from desktop.domain.template import MessageTemplate
from desktop.viewmodels import instance_words, provider_words
from desktop.viewmodels.provider import ProviderViewModel
from desktop.widgets.banner import Banner
from desktop.widgets.buttons import button
from desktop.widgets.labels import ElidedLabel, label, rule
from desktop.widgets.status_pill import StatusPill
from desktop.widgets.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XL
from desktop.widgets.vertical_scroll import VerticalScroll

_SIZE = (620, 640)


class ProviderDialog(QDialog):
    """Asks Meta when it opens, and again when it is told to."""

    def __init__(self, model: ProviderViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        model.setParent(self)
        title = self.tr("What Meta says of {name}").format(name=model.instance.name)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setFixedSize(*_SIZE)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        layout.setSpacing(SPACE_L)
        head = QHBoxLayout()
        head.setSpacing(SPACE_M)
        head.addWidget(ElidedLabel(title, "section"), 1)
        self.quality = StatusPill()
        head.addWidget(self.quality, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(head)
        self.banner = Banner()
        layout.addWidget(self.banner)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(SPACE_L)
        self._grid.setVerticalSpacing(SPACE_S)
        self._grid.setColumnStretch(1, 1)
        self.values: list[QLabel] = []
        layout.addLayout(self._grid)
        layout.addWidget(rule())
        self.templates_title = label("", "strong")
        layout.addWidget(self.templates_title)
        area = VerticalScroll(SPACE_S)
        self._rows = area.column
        self.rows: list[_TemplateRow] = []
        layout.addWidget(area, 1)
        layout.addLayout(self._build_buttons())
        model.changed.connect(self._show)
        model.failed.connect(self._on_failed)
        self.finished.connect(self.deleteLater)
        model.load()
        self._show()

    def _build_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        self.refresh_button = button(self.tr("Ask again"), "secondary", "refresh-cw")
        self.refresh_button.setAutoDefault(False)
        self.refresh_button.clicked.connect(self._on_refresh)
        row.addWidget(self.refresh_button)
        row.addStretch(1)
        close = button(self.tr("Close"), "primary")
        close.clicked.connect(self.accept)
        row.addWidget(close)
        return row

    def _show(self) -> None:
        model = self._model
        self.refresh_button.setEnabled(not model.is_loading)
        self.quality.setVisible(model.facts is not None)
        if model.facts is None:
            self.templates_title.setText(self.tr("Asking Meta…") if model.is_loading else "")
            return
        self.quality.set_status(*provider_words.quality(model.facts.quality))
        self._show_facts(provider_words.facts(model.facts))
        self.templates_title.setText(provider_words.templates_line(model.templates))
        if [row.template for row in self.rows] != list(model.templates):
            self._show_templates(model.templates)

    def _show_templates(self, templates: Sequence[MessageTemplate]) -> None:
        for row in self.rows:
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [_TemplateRow(template) for template in templates]
        for row in self.rows:
            self._rows.addWidget(row)

    def _show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        if not self.values:
            for line, (title, _value) in enumerate(facts):
                self._grid.addWidget(label(title, "muted"), line, 0, Qt.AlignmentFlag.AlignTop)
                value = label("", "body", wrap=True)
                self._grid.addWidget(value, line, 1)
                self.values.append(value)
        for shown, (_title, value) in zip(self.values, facts, strict=True):
            shown.setText(value)

    def _on_refresh(self) -> None:
        self.banner.hide()
        self._model.load()

    def _on_failed(self, error: KnownError) -> None:
        text, hint = instance_words.refusal(error)
        self.banner.show_message("danger", text, hint)


class _TemplateRow(QWidget):
    def __init__(self, template: MessageTemplate) -> None:
        super().__init__()
        self.template = template
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE_M)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(ElidedLabel(template.name, "strong"))
        texts.addWidget(ElidedLabel(provider_words.template_note(template), "caption"))
        row.addLayout(texts, 1)
        row.addWidget(StatusPill(*provider_words.template_status(template)), 0, Qt.AlignmentFlag.AlignVCenter)
