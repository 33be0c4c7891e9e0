"""The message as each of the first people of the audience will read it, those with problems first."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.screens.editor.bubble import Bubble
from desktop.viewmodels import editor_words, formats
from desktop.viewmodels.editor_message import Preview
from desktop.widgets.buttons import button
from desktop.widgets.labels import ElidedLabel, IconLabel, label, rule
from desktop.widgets.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XL, SPACE_XS
from desktop.widgets.vertical_scroll import VerticalScroll

_SIZE = (640, 620)
_NAME_WIDTH = 200


class PreviewDialog(QDialog):
    """A list of people and what each will read; it changes nothing."""

    def __init__(self, previews: Sequence[Preview], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("As the first people will read it"))
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        outer.setSpacing(SPACE_M)
        outer.addWidget(label(self.windowTitle(), "section"))
        lacking = sum(bool(preview.missing) for preview in previews)
        about = (
            self.tr("{count} of {of} cannot get the message like this.").format(count=lacking, of=len(previews))
            if lacking
            else self.tr("All {of} of them have what the message needs.").format(of=len(previews))
        )
        self.about = label(about, "error" if lacking else "muted", wrap=True)
        outer.addWidget(self.about)
        area = VerticalScroll()
        area.column.setSpacing(SPACE_M)
        self.rows = [_Row(preview) for preview in sorted(previews, key=lambda each: not each.missing)]
        for row in self.rows:
            area.column.addWidget(row)
            area.column.addWidget(rule())
        area.column.addStretch(1)
        outer.addWidget(area, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        self.close_button = button(self.tr("Close"), "primary")
        self.close_button.clicked.connect(self.accept)
        foot.addWidget(self.close_button)
        outer.addLayout(foot)


class _Row(QWidget):
    """One person at the left, the message at the right."""

    def __init__(self, preview: Preview) -> None:
        super().__init__()
        self.preview = preview
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, SPACE_S, 0)
        layout.setSpacing(SPACE_L)
        person = QWidget()
        person.setFixedWidth(_NAME_WIDTH)
        texts = QVBoxLayout(person)
        texts.setContentsMargins(0, SPACE_S, 0, 0)
        texts.setSpacing(SPACE_XS)
        contact = preview.contact
        phone = formats.phone(contact.phone) if contact else ""
        texts.addWidget(ElidedLabel((contact.name if contact else "") or phone, "strong"))
        texts.addWidget(label(phone, "caption"))
        texts.addStretch(1)
        layout.addWidget(person)
        if preview.missing or preview.html is None:
            names = ", ".join(editor_words.field_name(name) for name in preview.missing)
            layout.addWidget(IconLabel("circle-x", "danger", 16), 0, Qt.AlignmentFlag.AlignTop)
            text = self.tr("Lacks: {fields}").format(fields=names)
            layout.addWidget(label(text, "error", wrap=True), 1, Qt.AlignmentFlag.AlignTop)
        else:
            bubble = Bubble()
            bubble.set_message(preview.html, "10:24", preview.footer, preview.buttons)
            layout.addWidget(bubble, 1)
