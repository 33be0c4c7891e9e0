"""The welcome: two large ways in, and a quiet third for people who want to write first."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtSvgWidgets import QSvgWidget
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.domain.errors import KnownError
from desktop.viewmodels import wording
from desktop.viewmodels.shell import ShellViewModel
from desktop.widgets.banner import Banner
from desktop.widgets.buttons import button
from desktop.widgets.labels import Paragraph, label
from desktop.widgets.medallion import Medallion
from desktop.widgets.resources import APP_ICON
from desktop.widgets.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XL

_WIDTH = 696
_MARK = 64
_TEXT_WIDTH = 520


class FirstRunPage(QWidget):
    """Signals:
    connect_requested: a number shall be connected.
    new_requested: a draft is wanted.
    """

    connect_requested = Signal()
    new_requested = Signal()

    def __init__(self, shell: ShellViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._shell = shell
        outer = QVBoxLayout(self)
        outer.setContentsMargins(SPACE_L, SPACE_L, SPACE_L, SPACE_L)
        outer.addStretch(2)
        column = QVBoxLayout()
        column.setSpacing(SPACE_S)
        column.addLayout(
            _greeting(
                self.tr("Welcome to Cadência"),
                self.tr(
                    "WhatsApp campaigns at a human pace, from your own computer.\n"
                    "No message leaves twice, and nobody who opted out gets one."
                ),
            )
        )
        column.addSpacing(SPACE_XL)
        column.addLayout(self._choices())
        column.addSpacing(SPACE_M)
        self.banner = Banner(closable=True)
        column.addWidget(self.banner)
        column.addLayout(self._third_way())
        holder = QWidget()
        holder.setFixedWidth(_WIDTH)
        holder.setLayout(column)
        outer.addWidget(holder, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)
        shell.jobs.changed.connect(self._on_job_changed)
        shell.failed.connect(self._on_failed)

    def activate(self) -> None:
        """There is nothing to load."""
        self.demo.setFocus()

    def deactivate(self) -> None:
        """There is nothing to stop."""

    def _choices(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_L)
        self.demo = _choice(
            "sparkles",
            self.tr("See it work in one click"),
            self.tr("Starts a practice gateway with three numbers, sample contacts and a campaign that is being sent."),
            self.tr("No WhatsApp needed, no real message leaves."),
        )
        self.demo.clicked.connect(self._on_demo)
        self.connect_number = _choice(
            "qr-code",
            self.tr("Connect your first number"),
            self.tr("Enter the address and the key of your Evolution API, then scan the code with your phone."),
            self.tr("Takes about two minutes."),
        )
        self.connect_number.clicked.connect(self.connect_requested)
        row.addWidget(self.demo)
        row.addWidget(self.connect_number)
        return row

    def _third_way(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(label(self.tr("No number at hand?"), "muted"))
        self.draft = button(self.tr("Draft a campaign offline now"), "link")
        self.draft.clicked.connect(self.new_requested)
        row.addWidget(self.draft)
        row.addStretch(1)
        return row

    def _on_demo(self) -> None:
        self.banner.hide()
        self._shell.start_demo()

    def _on_job_changed(self, _name: str) -> None:
        is_starting = self._shell.is_starting_demo
        for choice in (self.demo, self.connect_number, self.draft):
            choice.setEnabled(not is_starting)
        if is_starting:
            self.banner.show_message(
                "accent", self.tr("Starting the practice gateway and a sample campaign…"), icon_name="loader-circle"
            )
        elif self.banner.property("tone") == "accent":
            self.banner.hide()

    def _on_failed(self, refusal: KnownError) -> None:
        text, hint = wording.error(refusal)
        self.banner.show_message("danger", text, hint)


def _greeting(title: str, text: str) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(SPACE_S)
    mark = QSvgWidget(str(APP_ICON))
    mark.setFixedSize(_MARK, _MARK)
    column.addWidget(mark, 0, Qt.AlignmentFlag.AlignHCenter)
    column.addSpacing(SPACE_S)
    heading = label(title, "display")
    column.addWidget(heading, 0, Qt.AlignmentFlag.AlignHCenter)
    column.addWidget(Paragraph(text, "muted", _TEXT_WIDTH), 0, Qt.AlignmentFlag.AlignHCenter)
    return column


def _choice(icon_name: str, title: str, text: str, note: str) -> QPushButton:
    made = QPushButton()
    made.setProperty("kind", "tile")
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setAccessibleName(title)
    made.setAccessibleDescription(f"{text} {note}")
    column = QVBoxLayout(made)
    column.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
    column.setSpacing(SPACE_S)
    column.addWidget(Medallion(icon_name, "accent", 44))
    column.addSpacing(SPACE_S)
    for words, role in ((title, "section"), (text, "muted")):
        line = label(words, role, wrap=True)
        line.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        column.addWidget(line)
    column.addStretch(1)
    last = label(note, "caption", wrap=True)
    last.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    column.addWidget(last)
    return made
