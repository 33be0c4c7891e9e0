"""Step "review": the preflight checklist with what to do, a summary, and the buttons that end the drafting."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.domain.campaign import CampaignAction
from desktop.screens.editor.check_row import CheckRow
from desktop.screens.editor.layout import TwoColumns
from desktop.screens.editor.schedule_dialog import ScheduleDialog
from desktop.screens.plan_card import PlanCard
from desktop.viewmodels import editor_words, formats
from desktop.viewmodels.editor import EditorViewModel
from desktop.viewmodels.editor_audience import AudienceViewModel
from desktop.viewmodels.editor_pace import PaceViewModel
from desktop.viewmodels.editor_review import ReviewViewModel
from desktop.viewmodels.people_asked import people_behind
from desktop.widgets.buttons import button, icon_button
from desktop.widgets.card import Card
from desktop.widgets.dialogs import ask
from desktop.widgets.labels import label
from desktop.widgets.tokens import SPACE_L, SPACE_S


class ReviewStep(TwoColumns):
    """Signals:
    step_requested: the step (str) where something is to be mended.
    people_requested(object): `PeopleAsked`, whom a line is about.
    """

    step_requested = Signal(str)
    people_requested = Signal(object)

    def __init__(
        self,
        editor: EditorViewModel,
        audience: AudienceViewModel,
        pace: PaceViewModel,
        review: ReviewViewModel,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self._editor = editor
        self._audience = audience
        self._pace = pace
        self._review = review
        self._schedule_dialog: ScheduleDialog | None = None
        self._build_checklist()
        self._build_start()
        self._build_summary()
        review.checked.connect(self._show_checks)
        review.jobs.changed.connect(self._show_buttons)
        editor.draft_changed.connect(self._show_summary)
        audience.size_changed.connect(self._show_summary)
        pace.estimate_changed.connect(self._show_summary)
        self._show_checks()
        self._show_summary()

    # Building

    def _build_checklist(self) -> None:
        card = Card(self.tr("Before it leaves"))
        self.again_button = icon_button("refresh-cw", self.tr("Check again"))
        self.again_button.clicked.connect(self._review.check)
        card.header.addWidget(self.again_button)
        self._checking = label(self.tr("Checking…"), "muted")
        card.body.addWidget(self._checking)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(SPACE_L)
        card.body.addLayout(self._lines)
        self.main.addWidget(card)
        self.rows: list[CheckRow] = []
        self.plan = PlanCard()
        self.main.addWidget(self.plan)

    def _build_start(self) -> None:
        card = Card()
        self._verdict = label("", "section", wrap=True)
        self._verdict_note = label("", "muted", wrap=True)
        card.body.addWidget(self._verdict)
        card.body.addWidget(self._verdict_note)
        self.start_button = button("", "primary", "send")
        self.start_button.clicked.connect(self._on_start)
        self.schedule_button = button(self.tr("Schedule…"), "secondary", "calendar-clock")
        self.schedule_button.clicked.connect(self._on_schedule)
        card.body.addWidget(self.start_button)
        card.body.addWidget(self.schedule_button)
        self.side.addWidget(card)

    def _build_summary(self) -> None:
        card = Card(self.tr("Summary"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_L)
        grid.setVerticalSpacing(SPACE_S)
        grid.setColumnStretch(1, 1)
        names = [
            self.tr("People"),
            self.tr("Message"),
            self.tr("Numbers"),
            self.tr("Pace"),
            self.tr("Hours"),
            self.tr("Ends"),
        ]
        self.facts = [label("", "body", wrap=True) for _ in names]
        for row, (name, fact) in enumerate(zip(names, self.facts, strict=True)):
            grid.addWidget(label(name, "caption"), row, 0)
            grid.addWidget(fact, row, 1)
        card.body.addLayout(grid)
        self.side.addWidget(card)

    # Showing

    def _show_checks(self) -> None:
        for row in self.rows:
            self._lines.removeWidget(row)
            row.deleteLater()
        self.rows = []
        for line in sorted(self._review.lines, key=lambda line: ("red", "amber", "green").index(line.level)):
            row = CheckRow(line, people_behind(line, self._editor.draft.audience))
            row.step_requested.connect(self.step_requested)
            row.people_requested.connect(self.people_requested)
            self.rows.append(row)
            self._lines.addWidget(row)
        self.plan.show_plan(*self._review.plan)
        self._show_summary()
        self._show_buttons()

    def _show_buttons(self, _name: str = "") -> None:
        review = self._review
        is_checking = review.jobs.is_running("preflight")
        self._checking.setVisible(is_checking and not self.rows)
        self.again_button.setEnabled(not is_checking and not review.is_leaving)
        is_resume = review.start_action is CampaignAction.RESUME
        self.start_button.setText(self.tr("Resume") if is_resume else self.tr("Start now"))
        self.start_button.setEnabled(review.can_start and not review.is_leaving)
        self.schedule_button.setVisible(not is_resume)
        self.schedule_button.setEnabled(review.can_schedule and not review.is_leaving)
        levels = {line.level for line in review.lines}
        if review.is_stale:
            self._say(self.tr("Checking…"), "")
        elif not review.can_start:
            self._say(self.tr("Not ready yet"), self.tr("Mend what is red, then it can start."))
        elif "amber" in levels:
            self._say(self.tr("Ready, with a warning"), self.tr("Look at what is yellow before you start."))
        else:
            self._say(self.tr("Ready to go"), self.tr("Everything was checked."))

    def _say(self, verdict: str, note: str) -> None:
        self._verdict.setText(verdict)
        self._verdict_note.setText(note)
        self._verdict_note.setVisible(bool(note))

    def _show_summary(self) -> None:
        draft, size, estimate = self._editor.draft, self._audience.size, self._pace.estimate
        low, high = draft.pace.delay_s
        finish = estimate.finish if estimate else None
        texts = [
            formats.people(size[0]) if size else "–",
            self.tr("{count} variations").format(count=len(draft.messages))
            if len(draft.messages) > 1
            else self.tr("1 message"),
            ", ".join(draft.instances) or "–",
            self.tr("{low} to {high} between messages").format(low=formats.duration(low), high=formats.duration(high)),
            editor_words.window(draft.window),
            self._review.finish or (formats.near_moment(finish, self._pace.now()) if finish else "–"),
        ]
        for fact, text in zip(self.facts, texts, strict=True):
            fact.setText(text)

    # Ending

    def _on_start(self) -> None:
        if self._review.start_action is CampaignAction.RESUME:
            self._review.start()
            return
        size = self._audience.size
        people = formats.people(size[0]) if size else self.tr("The people of the audience")
        waits = self._review.waits
        at_once = self.tr("{people} will get the message, the first of them at once. You can pause at any time.")
        later = self.tr("{people} will get the message, but not at once.")
        ask(
            self,
            self.tr("Start “{name}”?").format(name=self._editor.draft.name),
            "\n\n".join([(later if waits else at_once).format(people=people), *waits]),
            self.tr("Start now"),
            self.tr("Not yet"),
            self._on_start_answered,
        )

    def _on_start_answered(self, answer: str) -> None:
        if answer == "yes":
            self._review.start()

    def _on_schedule(self) -> None:
        dialog = ScheduleDialog(self._review.earliest(), self._editor.draft.schedule_at, self)
        dialog.scheduled.connect(self._on_scheduled)
        dialog.open()

    def _on_scheduled(self, at: datetime) -> None:
        self._review.schedule(at)
