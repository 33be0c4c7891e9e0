"""Tells "why not now?" in words, the same for a recipient, a number and a campaign; shown anew while looked at."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.viewmodels.why_words import WhyLine, WhyView
from desktop.widgets.labels import label
from desktop.widgets.tokens import SPACE_S, SPACE_XS


class WhyPanel(QWidget):
    """Labels are made anew only when the shape of the answer changes; a countdown changes their texts alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SPACE_XS)
        self.summary = label("", "strong", wrap=True)
        self._layout.addWidget(self.summary)
        self._inside: QWidget | None = None
        self._texts: list[str] = []
        self._labels = [self.summary]
        self._shape: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Everything that stands there, line by line."""
        return "\n".join(self._texts)

    def show_why(self, why: WhyView) -> None:
        """Show an explanation, or its countdown a second later."""
        roles, texts = _flat(why)
        if roles != self._shape:
            self._build(roles)
        for shown, text in zip(self._labels, texts, strict=True):
            if shown.text() != text:
                shown.setText(text)
        self._texts = texts

    def _build(self, roles: tuple[str, ...]) -> None:
        if self._inside is not None:
            self._layout.removeWidget(self._inside)
            self._inside.deleteLater()
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        self._labels = [self.summary]
        for role in roles[1:]:
            if role in ("overline", "body"):
                column.addSpacing(SPACE_S if role == "overline" else SPACE_XS)
            made = label("", role, wrap=True)
            column.addWidget(made)
            self._labels.append(made)
        self._layout.addWidget(self._inside)
        self._shape = roles


def _flat(why: WhyView) -> tuple[tuple[str, ...], list[str]]:
    """Return the role of each line in the typographic scale, and its text."""
    found = [("strong", why.summary)]
    for section in why.sections:
        if section.heading:
            found.append(("overline", section.heading))
        for line in section.lines:
            found += _of_line(line)
    return tuple(role for role, _text in found), [text for _role, text in found]


def _of_line(line: WhyLine) -> list[tuple[str, str]]:
    below = " · ".join(part for part in (line.numbers, line.left) if part)
    return [("body", line.text), ("caption", below)] if below else [("body", line.text)]
