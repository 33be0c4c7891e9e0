"""A text for each person: first what is sent and to whom, then the texts to read. The panels do the rest."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desktop.domain.errors import KnownError
from desktop.screens.editor.own_text_review_panel import OwnTextReviewPanel
from desktop.screens.editor.own_text_setup_panel import OwnTextSetupPanel
from desktop.viewmodels import own_text_words, wording
from desktop.viewmodels.own_text_review import OwnTextReviewViewModel
from desktop.viewmodels.own_texts import OwnTextsViewModel
from desktop.widgets.banner import Banner
from desktop.widgets.buttons import button
from desktop.widgets.dialogs import ask
from desktop.widgets.labels import ElidedLabel, label
from desktop.widgets.segmented import SegmentedControl
from desktop.widgets.tokens import SPACE_L, SPACE_M, SPACE_XL

_SIZE = (1180, 780)


class OwnTextsDialog(QDialog):
    """It may be closed at any time: the writing goes on, and is found here again."""

    def __init__(self, model: OwnTextsViewModel, review: OwnTextReviewViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._review = model, review
        self._was_opened = False
        self.setWindowTitle(self.tr("A text for each person"))
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        outer.setSpacing(SPACE_M)
        head = QHBoxLayout()
        head.addWidget(label(self.windowTitle(), "section"))
        head.addStretch(1)
        self.tabs = SegmentedControl(
            [("setup", self.tr("What is sent")), ("review", self.tr("Texts"))], self.tr("Part of the work")
        )
        self.tabs.chosen.connect(self._show_tab)
        head.addWidget(self.tabs)
        outer.addLayout(head)
        about = self.tr(
            "An AI writes one text for each person before the start. You read them; only what you accepted is sent, "
            "exactly as it stands there."
        )
        outer.addWidget(label(about, "muted", wrap=True))
        self.banner = Banner(closable=True)
        outer.addWidget(self.banner)
        self.setup = OwnTextSetupPanel(model)
        self.setup.begun.connect(self._on_begun)
        self.review = OwnTextReviewPanel(model, review)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.setup)
        self._stack.addWidget(self.review)
        outer.addLayout(self._stack, 1)
        foot = QHBoxLayout()
        self.discard_button = button(self.tr("Discard all texts"), "ghost", "trash-2")
        self.discard_button.clicked.connect(self._on_discard)
        foot.addWidget(self.discard_button)
        self.spent = ElidedLabel("", "caption")
        self.spent.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        foot.addWidget(self.spent, 1)
        self.close_button = button(self.tr("Close"))
        self.close_button.clicked.connect(self.reject)
        foot.addWidget(self.close_button)
        outer.addLayout(foot)
        model.changed.connect(self._show)
        model.progressed.connect(self._show)
        model.wish_shown.connect(self._on_opened)
        model.failed.connect(self._on_failed)
        review.failed.connect(self._on_failed)
        self.finished.connect(self._on_finished)
        model.open()
        self._show()

    def _show(self) -> None:
        model = self._model
        count = wording.number(model.counts.total)
        self.tabs.set_text("review", self.tr("Texts ({count})").format(count=count) if model.plan else self.tr("Texts"))
        can_discard = model.plan is not None and model.is_open and not model.is_writing
        self.discard_button.setVisible(can_discard)
        self.spent.setText(own_text_words.spent(model.plan, model.settings.currency) if model.plan else "")

    def _on_opened(self) -> None:
        """Begin with the texts, when there are some."""
        self._review.open(self._model.campaign_id)
        if not self._was_opened:
            self._was_opened = True
            if self._model.counts.total:
                self.tabs.set_current("review")
                self._show_tab("review")

    def _on_begun(self) -> None:
        self.banner.hide()
        self.tabs.set_current("review")
        self._show_tab("review")

    def _show_tab(self, key: str) -> None:
        self._stack.setCurrentWidget(self.setup if key == "setup" else self.review)

    def _on_discard(self) -> None:
        ask(
            self,
            self.tr("Discard all texts?"),
            self.tr("The texts of all people go, also those that you accepted or wrote. What they cost stays counted."),
            self.tr("Discard"),
            self.tr("Cancel"),
            self._on_discard_answer,
            tone="danger",
        )

    def _on_discard_answer(self, answer: str) -> None:
        if answer == "yes":
            self._model.discard()
            self.tabs.set_current("setup")
            self._show_tab("setup")

    def _on_failed(self, error: KnownError) -> None:
        self.banner.show_message("danger", *wording.error(error))

    def _on_finished(self, _code: int) -> None:
        self._model.close()
        self._model.refresh()
