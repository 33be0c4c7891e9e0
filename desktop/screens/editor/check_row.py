"""One line of the preflight checklist: its colour as a picture, what was found, and what to do."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.summaries import CheckLine
from desktop.viewmodels import wording
from desktop.viewmodels.editor_review import step_of
from desktop.viewmodels.people_asked import PeopleAsked
from desktop.widgets.buttons import button
from desktop.widgets.labels import IconLabel, label
from desktop.widgets.tokens import SPACE_M

_LOOKS = {
    "green": ("circle-check", "success"),
    "amber": ("triangle-alert", "warning"),
    "red": ("circle-x", "danger"),
}


class CheckRow(QWidget):
    """Signals:
    step_requested: the step (str) where it is mended.
    people_requested(object): `PeopleAsked`, whom the line counts.
    """

    step_requested = Signal(str)
    people_requested = Signal(object)

    def __init__(self, line: CheckLine, people: PeopleAsked | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE_M)
        picture, role = _LOOKS[line.level]
        layout.addWidget(IconLabel(picture, role, 18), 0, Qt.AlignmentFlag.AlignTop)
        text, hint = wording.check(line)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(label(text, "body" if line.level == "green" else "strong", wrap=True))
        if hint:
            texts.addWidget(label(hint, "caption", wrap=True))
        layout.addLayout(texts, 1)
        self.level = line.level
        self._people = people
        if people is not None:
            self.people_button = button(self.tr("Show them"), "link")
            self.people_button.clicked.connect(self._on_people)
            layout.addWidget(self.people_button, 0, Qt.AlignmentFlag.AlignTop)
        step = step_of(line.code)
        self._step = step.value if step else ""
        if step is not None and line.level != "green":
            self.mend_button = button(self.tr("Go there"), "link")
            self.mend_button.clicked.connect(self._on_clicked)
            layout.addWidget(self.mend_button, 0, Qt.AlignmentFlag.AlignTop)

    def _on_people(self) -> None:
        self.people_requested.emit(self._people)

    def _on_clicked(self) -> None:
        self.step_requested.emit(self._step)
