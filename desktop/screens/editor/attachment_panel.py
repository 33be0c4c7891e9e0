"""The file that a message carries: what it is, who does not take it, and the smaller picture that is offered."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.domain.media import MediaKind
from desktop.screens.editor.picture import rounded
from desktop.viewmodels import media_words
from desktop.viewmodels.editor import EditorViewModel
from desktop.viewmodels.editor_media import Look, MediaViewModel
from desktop.widgets.buttons import button, icon_button
from desktop.widgets.card import well
from desktop.widgets.labels import ElidedLabel, IconLabel, label
from desktop.widgets.segmented import SegmentedControl
from desktop.widgets.tokens import RADIUS_M, SPACE_L, SPACE_M, SPACE_S, SPACE_XS

ICONS = {"image": "image", "video": "play", "audio": "megaphone", "document": "file-text"}
_PREVIEW = QSize(132, 99)
_MOST_FAULTS = 4
_PATTERNS = "*.jpg *.jpeg *.png *.webp *.gif *.bmp *.mp4 *.3gp *.mov *.mp3 *.ogg *.opus *.m4a *.aac *.amr *.pdf"


def dropped_path(data: QMimeData) -> Path | None:
    """Return the file that is dragged over the window, or None when it is not exactly one."""
    urls = [url for url in data.urls() if url.isLocalFile()] if data.hasUrls() else []
    path = Path(urls[0].toLocalFile()) if len(urls) == 1 else None
    return path if path is not None and path.is_file() else None


class AttachmentPanel(QWidget):
    """Shown only while there is a file; `choose` opens the picker."""

    def __init__(self, editor: EditorViewModel, model: MediaViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._model = model
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        ground = well()
        outer.addWidget(ground)
        layout = QVBoxLayout(ground)
        layout.setContentsMargins(SPACE_M, SPACE_M, SPACE_M, SPACE_M)
        layout.setSpacing(SPACE_S)
        layout.addLayout(self._build_file())
        self.faults = [_Fault() for _ in range(_MOST_FAULTS)]
        for fault in self.faults:
            layout.addWidget(fault)
        layout.addWidget(self._build_offer())
        model.changed.connect(self._show)
        self._show()

    def _build_file(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_M)
        self._icon = IconLabel("paperclip", "text_muted", 20)
        row.addWidget(self._icon)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        self.name = ElidedLabel("", "strong")
        self.about = label("", "caption")
        texts.addWidget(self.name)
        texts.addWidget(self.about)
        row.addLayout(texts, 1)
        choices = [("natural", ""), ("document", media_words.kind(MediaKind.DOCUMENT))]
        self.kind = SegmentedControl(choices, self.tr("Send as"))
        self.kind.chosen.connect(self._on_kind_chosen)
        row.addWidget(self.kind)
        self.replace_button = icon_button("refresh-cw", self.tr("Attach another file"))
        self.replace_button.clicked.connect(self.choose)
        self.remove_button = icon_button("trash-2", self.tr("Remove the file"))
        self.remove_button.clicked.connect(self._model.remove)
        row.addWidget(self.replace_button)
        row.addWidget(self.remove_button)
        return row

    def _build_offer(self) -> QWidget:
        self.offer = QWidget()
        row = QHBoxLayout(self.offer)
        row.setContentsMargins(0, SPACE_S, 0, 0)
        row.setSpacing(SPACE_L)
        self._before, self._after = _Sample(self.tr("Now")), _Sample(self.tr("Smaller"))
        row.addWidget(self._before, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(IconLabel("arrow-right", "text_muted", 16))
        row.addWidget(self._after, 0, Qt.AlignmentFlag.AlignTop)
        side = QVBoxLayout()
        side.setSpacing(SPACE_S)
        self._reason = label("", "caption", wrap=True)
        side.addWidget(self._reason)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE_S)
        self.accept_button = button(self.tr("Use it"), "primary")
        self.accept_button.clicked.connect(self._model.accept_offer)
        self.decline_button = button(self.tr("Keep mine"), "ghost")
        self.decline_button.clicked.connect(self._model.decline_offer)
        buttons.addWidget(self.accept_button)
        buttons.addWidget(self.decline_button)
        buttons.addStretch(1)
        side.addLayout(buttons)
        side.addStretch(1)
        row.addLayout(side, 1)
        return self.offer

    def choose(self) -> QFileDialog:
        """Ask for a file."""
        dialog = QFileDialog(self, self.tr("Attach a file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        media = self.tr("Pictures, videos, sounds, PDF ({patterns})").format(patterns=_PATTERNS)
        dialog.setNameFilters([self.tr("All files (*)"), media])
        dialog.fileSelected.connect(self._on_file_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _show(self) -> None:
        media, look = self._model.media, self._model.look
        self.setVisible(media is not None)
        if media is None:
            return
        self.name.setText(look.facts.name if look else Path(media.path).name)
        self.about.setText(media_words.described(look.facts) if look else self.tr("Cannot be read"))
        self._icon.set_icon(ICONS[media.kind], "text_muted")
        natural = look.facts.natural_kind if look else MediaKind(media.kind)
        self.kind.setVisible(natural is not MediaKind.DOCUMENT)
        self.kind.set_text("natural", media_words.kind(natural))
        self.kind.set_current("document" if media.kind == "document" else "natural")
        for part in (self.kind, self.replace_button, self.remove_button):
            part.setEnabled(self._editor.is_editable)
        worded = media_words.faults(self._model.faults)
        for number, fault in enumerate(self.faults):
            fault.setVisible(number < len(worded))
            if number < len(worded):
                fault.show_fault(*worded[number])
        self._show_offer(look, self._model.offer)

    def _show_offer(self, look: Look | None, offer: Look | None) -> None:
        self.offer.setVisible(look is not None and offer is not None and self._editor.is_editable)
        if look is None or offer is None:
            return
        self._before.show_look(look)
        self._after.show_look(offer)
        if look.facts.has_position:
            self._reason.setText(
                self.tr("The photo tells where it was taken. The other one does not, and has the size that chats show.")
            )
        else:
            self._reason.setText(self.tr("A smaller JPEG that every phone shows. Your own file stays as it is."))

    def _on_file_chosen(self, name: str) -> None:
        self._model.attach(Path(name))

    def _on_kind_chosen(self, key: str) -> None:
        look = self._model.look
        if key == "document":
            self._model.set_kind(MediaKind.DOCUMENT)
        elif look is not None:
            self._model.set_kind(look.facts.natural_kind)


class _Fault(QWidget):
    """One sentence about what does not go."""

    def __init__(self) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_S)
        self._icon = IconLabel("circle-x", "danger", 16)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self.text = label("", "body", wrap=True)
        layout.addWidget(self.text, 1)

    def show_fault(self, text: str, is_hard: bool) -> None:
        self._icon.set_icon(*(("circle-x", "danger") if is_hard else ("triangle-alert", "warning")))
        self.text.setText(text)


class _Sample(QWidget):
    """One of the two pictures that are compared."""

    def __init__(self, title: str) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_XS)
        layout.addWidget(label(title, "overline"))
        self._picture = QLabel()
        self._picture.setFixedSize(_PREVIEW)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._picture)
        self._about = label("", "caption", wrap=True)
        self._about.setFixedWidth(_PREVIEW.width())
        layout.addWidget(self._about)

    def show_look(self, look: Look) -> None:
        pixmap = QPixmap()
        if look.thumbnail is not None:
            pixmap.loadFromData(look.thumbnail)
        self._picture.setPixmap(rounded(pixmap, _PREVIEW, RADIUS_M, self.devicePixelRatioF()))
        self._about.setText(media_words.described(look.facts))
