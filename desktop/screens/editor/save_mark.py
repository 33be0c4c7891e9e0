"""Says whether what was typed is in the database."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.viewmodels.editor import SaveState
from desktop.widgets.labels import IconLabel, label, set_role
from desktop.widgets.tokens import SPACE_XS


class SaveMark(QWidget):
    """A small picture and a word."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_XS)
        self._icon = IconLabel("check", "success", 14)
        self.text = label("", "caption")
        layout.addWidget(self._icon)
        layout.addWidget(self.text)
        self.show_state(SaveState.SAVED)

    def show_state(self, state: SaveState) -> None:
        looks = {
            SaveState.SAVED: (self.tr("Saved"), "check", "success"),
            SaveState.WAITING: (self.tr("Saving…"), "loader-circle", "text_muted"),
            SaveState.SAVING: (self.tr("Saving…"), "loader-circle", "text_muted"),
            SaveState.FAILED: (self.tr("Not saved"), "circle-alert", "danger"),
        }
        text, picture, role = looks[state]
        self.text.setText(text)
        set_role(self.text, "role", "error" if state is SaveState.FAILED else "caption")
        self._icon.set_icon(picture, role)
