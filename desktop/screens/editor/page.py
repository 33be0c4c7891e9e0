"""The editor: a campaign's name, its steps, and whether every key is saved. It composes; the steps do the rest."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.campaign import CampaignStatus
from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId
from desktop.screens.contacts.import_dialog import ImportDialog
from desktop.screens.editor.audience_step import AudienceStep
from desktop.screens.editor.message_step import MessageStep
from desktop.screens.editor.pace_step import PaceStep
from desktop.screens.editor.review_step import ReviewStep
from desktop.screens.editor.save_mark import SaveMark
from desktop.screens.editor.stepper import Stepper
from desktop.viewmodels import editor_words, formats, wording
from desktop.viewmodels.editor import EditorViewModel, SaveState, Step
from desktop.viewmodels.editor_audience import AudienceViewModel
from desktop.viewmodels.editor_media import MediaViewModel
from desktop.viewmodels.editor_message import MessageViewModel
from desktop.viewmodels.editor_pace import PaceViewModel
from desktop.viewmodels.editor_review import ReviewViewModel
from desktop.viewmodels.editor_tools import MessageTools
from desktop.widgets.banner import Banner
from desktop.widgets.buttons import button, icon_button
from desktop.widgets.tokens import SPACE_L, SPACE_M, SPACE_S, SPACE_XL

_STEPS = (Step.AUDIENCE, Step.MESSAGE, Step.PACE, Step.REVIEW)


class EditorPage(QWidget):
    """The wizard.

    Signals:
        back_requested: the operator is done for now; everything is saved or being saved.
        people_requested(object): `PeopleAsked`, whom a line of the checklist is about.
        campaign_requested(object): the campaign with this id has been started or scheduled: show it.
    """

    back_requested = Signal()
    campaign_requested = Signal(object)
    people_requested = Signal(object)

    def __init__(
        self,
        editor: EditorViewModel,
        audience: AudienceViewModel,
        message: MessageViewModel,
        media: MediaViewModel,
        pace: PaceViewModel,
        review: ReviewViewModel,
        tools: MessageTools,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._editor = editor
        self._audience = audience
        self._message = message
        self._media = media
        self._pace = pace
        self._review = review
        self._tools = tools
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        layout.setSpacing(SPACE_L)
        layout.addLayout(self._build_head())
        self.banner = Banner(closable=True)
        layout.addWidget(self.banner)
        self.stepper = Stepper(
            [
                (Step.AUDIENCE.value, "users", self.tr("Audience")),
                (Step.MESSAGE.value, "message-square-text", self.tr("Message")),
                (Step.PACE.value, "gauge", self.tr("Numbers and pace")),
                (Step.REVIEW.value, "list-checks", self.tr("Review")),
            ]
        )
        layout.addWidget(self.stepper)
        self.audience_step = AudienceStep(editor, audience)
        self.message_step = MessageStep(editor, message, media, tools)
        self.pace_step = PaceStep(editor, pace)
        self.review_step = ReviewStep(editor, audience, pace, review)
        self._stack = QStackedWidget()
        for part in (self.audience_step, self.message_step, self.pace_step, self.review_step):
            self._stack.addWidget(part)
        layout.addWidget(self._stack, 1)
        layout.addLayout(self._build_foot())
        self._connect_signals()
        self._show_draft()
        self.go_to(Step.AUDIENCE)

    def _build_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_M)
        self.back_button = icon_button("arrow-left", self.tr("Back to the campaigns"))
        self.back_button.clicked.connect(self._on_back)
        row.addWidget(self.back_button)
        self.name_field = QLineEdit()
        self.name_field.setPlaceholderText(self.tr("Name of the campaign"))
        self.name_field.setAccessibleName(self.tr("Name of the campaign"))
        self.name_field.setMaxLength(120)
        self.name_field.setMaximumWidth(480)
        self.name_field.textEdited.connect(self._editor.set_name)
        row.addWidget(self.name_field, 1)
        self.save_mark = SaveMark()
        row.addWidget(self.save_mark)
        row.addStretch(1)
        return row

    def _build_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE_S)
        self.previous_button = button(self.tr("Previous step"), "ghost", "arrow-left")
        self.previous_button.clicked.connect(self._on_previous)
        self.next_button = button(self.tr("Next step"), "primary")
        self.next_button.clicked.connect(self._on_next)
        row.addWidget(self.previous_button)
        row.addStretch(1)
        row.addWidget(self.next_button)
        return row

    def _connect_signals(self) -> None:
        editor = self._editor
        editor.loaded.connect(self._on_loaded)
        editor.draft_changed.connect(self._show_draft)
        editor.save_state_changed.connect(self._show_save_state)
        self._audience.size_changed.connect(self._on_size_changed)
        self._audience.sample_changed.connect(self._on_sample_changed)
        self._review.checked.connect(self._show_draft)
        self._review.left.connect(self.campaign_requested)
        tools = self._tools
        for model in (editor, self._audience, self._message, self._media, self._pace, self._review):
            model.failed.connect(self._on_failed)
        for model in (tools.library, tools.templates, tools.people):
            model.failed.connect(self._on_failed)
        self.stepper.chosen.connect(self._on_step_chosen)
        self.audience_step.import_requested.connect(self.open_import_dialog)
        self._editor.importing.imported.connect(self._on_imported)
        self.review_step.step_requested.connect(self._on_step_chosen)
        self.review_step.people_requested.connect(self.people_requested)

    # Life of the page

    def open_new(self) -> None:
        self._editor.open_new(self.tr("New campaign"))

    def open(self, campaign_id: CampaignId) -> None:
        self._editor.open(campaign_id)

    @property
    def opened(self) -> object:
        """The id of the draft that is being edited, once it has one."""
        return self._editor.campaign_id

    def activate(self) -> None:
        self._audience.refresh()
        self._message.refresh()
        self._media.refresh()
        self._tools.templates.refresh()
        self._tools.people.refresh()
        self._tools.ai.refresh()
        self._tools.own_texts.refresh()
        self._pace.refresh()
        if self.step is Step.REVIEW:
            self._review.check()

    def deactivate(self) -> None:
        """Leaving the page must not leave anything unsaved behind, nor anything that goes on asking."""
        self._tools.own_texts.rest()
        self._editor.leave()

    @property
    def step(self) -> Step:
        return _STEPS[self._stack.currentIndex()]

    def go_to(self, step: Step) -> None:
        self._stack.setCurrentIndex(_STEPS.index(step))
        self.stepper.set_current(step.value)
        self.previous_button.setVisible(step is not Step.AUDIENCE)
        self.next_button.setVisible(step is not Step.REVIEW)
        if step is Step.REVIEW:
            self._review.check()

    def open_import_dialog(self) -> ImportDialog:
        dialog = ImportDialog(self._editor.importing, self)
        dialog.open()
        return dialog

    def _on_imported(self, _result: object) -> None:
        self._audience.refresh()
        self._message.refresh()

    # Showing

    def _on_loaded(self) -> None:
        self.banner.hide()
        self.go_to(Step.AUDIENCE)
        if not self._editor.is_editable:
            self.banner.show_message(
                "warning",
                self.tr("This campaign cannot be edited now."),
                self.tr("Pause it first, or duplicate it."),
            )
        elif self._editor.status is CampaignStatus.PAUSED:
            self.banner.show_message(
                "info",
                self.tr("You are editing a paused campaign."),
                self.tr("Changes count from the next message on."),
            )

    def _show_draft(self) -> None:
        draft = self._editor.draft
        if self.name_field.text() != draft.name:
            self.name_field.setText(draft.name)
        self.name_field.setEnabled(self._editor.is_editable)
        size = self._audience.size
        chosen = len(draft.instances)
        done = {
            Step.AUDIENCE: formats.people(size[0]) if size else "",
            Step.MESSAGE: self.tr("{count} variations").format(count=len(draft.messages))
            if len(draft.messages) > 1
            else self.tr("1 message"),
            Step.PACE: formats.numbers(chosen),
        }
        for step, text in done.items():
            problems = self._editor.problems(step)
            if step is Step.AUDIENCE and not problems and self._audience.is_empty:
                self.stepper.set_state(step.value, self.tr("Nobody in it"), "warning")
            elif problems:
                self.stepper.set_state(step.value, editor_words.problem(problems[0]), "warning")
            else:
                self.stepper.set_state(step.value, text, "success")
        self._show_review_state()

    def _show_review_state(self) -> None:
        reds = sum(line.level == "red" for line in self._review.lines)
        if self._review.is_stale:
            self.stepper.set_state(Step.REVIEW.value, self.tr("Check and start"), "neutral")
        elif reds:
            self.stepper.set_state(Step.REVIEW.value, self.tr("{count} to mend").format(count=reds), "danger")
        else:
            self.stepper.set_state(Step.REVIEW.value, self.tr("Ready"), "success")

    def _show_save_state(self) -> None:
        self.save_mark.show_state(self._editor.save_state)
        if self._editor.save_state is SaveState.SAVED and self.banner.property("tone") == "danger":
            self.banner.hide()

    def _on_size_changed(self) -> None:
        size = self._audience.size
        self._pace.set_recipients(size[0] if size else None)
        self._show_draft()

    def _on_sample_changed(self) -> None:
        self._message.set_sample(self._audience.sample)

    def _on_failed(self, error: KnownError) -> None:
        text, hint = wording.error(error)
        self.banner.show_message("danger", text, hint)

    # Moving

    def _on_step_chosen(self, key: str) -> None:
        self.go_to(Step(key))

    def _on_previous(self) -> None:
        self.go_to(_STEPS[self._stack.currentIndex() - 1])

    def _on_next(self) -> None:
        self.go_to(_STEPS[self._stack.currentIndex() + 1])

    def _on_back(self) -> None:
        self.back_requested.emit()
