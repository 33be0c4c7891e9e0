"""The steps of the editor side by side: where one is, what each holds, what still lacks. Any step may be gone to."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.widgets.labels import ElidedLabel
from desktop.widgets.medallion import Medallion
from desktop.widgets.tokens import SPACE_M, SPACE_S

_HEIGHT = 56


class _StepButton(QPushButton):
    def __init__(self, icon_name: str, title: str) -> None:
        super().__init__()
        self.setProperty("kind", "choice")
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._title_text = title
        self._icon_name = icon_name
        self.picture = Medallion(icon_name, "neutral", 32)
        self._title = ElidedLabel(title, "strong")
        self._state = ElidedLabel("", "caption")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE_M, SPACE_S, SPACE_M, SPACE_S)
        layout.setSpacing(SPACE_M)
        layout.addWidget(self.picture)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        for part in (self._title, self._state):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            texts.addWidget(part)
        layout.addLayout(texts, 1)

    def sizeHint(self) -> QSize:
        return QSize(160, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, _HEIGHT)

    def set_state(self, text: str, tone: str) -> None:
        """`tone` is success when the step is complete, warning when something lacks, neutral otherwise."""
        self._state.setText(text)
        picture = {"success": "check", "warning": "circle-alert", "danger": "circle-x"}.get(tone, self._icon_name)
        self.picture.set_picture(picture, tone)
        self.setAccessibleName(f"{self._title_text}: {text}")


class Stepper(QWidget):
    """Signals:
    chosen: the key (str) of the step that the operator went to.
    """

    chosen = Signal(str)

    def __init__(self, steps: Sequence[tuple[str, str, str]], parent: QWidget | None = None) -> None:
        """`steps` are (key, icon, title)."""
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, _StepButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_S)
        for number, (key, icon_name, title) in enumerate(steps, start=1):
            step = _StepButton(icon_name, f"{number}. {title}")
            self._buttons[key] = step
            self._group.addButton(step)
            layout.addWidget(step, 1)
        self._group.buttonClicked.connect(self._on_clicked)

    def set_current(self, key: str) -> None:
        self._buttons[key].setChecked(True)

    def set_state(self, key: str, text: str, tone: str) -> None:
        self._buttons[key].set_state(text, tone)

    def _on_clicked(self, clicked: QPushButton) -> None:
        self.chosen.emit(next(key for key, step in self._buttons.items() if step is clicked))
