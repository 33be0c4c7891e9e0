"""One campaign: what can be done with it, how it goes, who got it, and what is in doubt."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.campaign import CampaignAction
from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId, RecipientId
from desktop.screens.campaign.analysis import AnalysisPanel
from desktop.screens.campaign.doubts import DoubtPanel
from desktop.screens.campaign.head import CampaignHead
from desktop.screens.campaign.overview import Overview
from desktop.screens.campaign.proof import ProofPanel
from desktop.screens.campaign.recipients import RecipientsPanel
from desktop.screens.campaigns.questions import ask_before
from desktop.viewmodels import wording
from desktop.viewmodels.analysis import AnalysisViewModel
from desktop.viewmodels.campaign import CampaignViewModel
from desktop.viewmodels.campaign_facts import CampaignFacts
from desktop.viewmodels.ports import WrittenReport
from desktop.viewmodels.proof import ProofViewModel
from desktop.viewmodels.recipients import RecipientsViewModel
from desktop.widgets.banner import Banner
from desktop.widgets.buttons import button
from desktop.widgets.dialogs import ask
from desktop.widgets.segmented import SegmentedControl
from desktop.widgets.tokens import SPACE_L, SPACE_XL

_OVERVIEW, _RECIPIENTS, _ANALYSIS, _PROOF, _DOUBTS = "overview", "recipients", "analysis", "proof", "doubts"


class CampaignPage(QWidget):
    """Signals:
    back_requested: to the list.
    edit_requested(object): open this campaign (CampaignId) in the editor.
    timeline_requested(object): show the log of this campaign (CampaignId).
    events_requested(object): show what happened to one recipient (`PersonAsked`).
    noticed(str): a passing sentence.
    """

    back_requested = Signal()
    edit_requested = Signal(object)
    timeline_requested = Signal(object)
    events_requested = Signal(object)
    noticed = Signal(str)

    def __init__(
        self,
        model: CampaignViewModel,
        recipients: RecipientsViewModel,
        proof: ProofViewModel,
        analysis: AnalysisViewModel,
        doubts: RecipientsViewModel,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._model = model
        self._recipients = recipients
        self._proof = proof
        self._analysis = analysis
        self._doubts = doubts
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE_XL, SPACE_XL, SPACE_XL, SPACE_L)
        layout.setSpacing(SPACE_L)
        self.head = CampaignHead()
        layout.addWidget(self.head)
        self.banner = Banner(closable=True)
        layout.addWidget(self.banner)
        self.doubt_banner = Banner()
        layout.addWidget(self.doubt_banner)
        row = QHBoxLayout()
        self.tabs = SegmentedControl(
            (
                (_OVERVIEW, self.tr("Overview")),
                (_RECIPIENTS, self.tr("Recipients")),
                (_ANALYSIS, self.tr("Analysis")),
                (_PROOF, self.tr("Proof")),
                (_DOUBTS, self.tr("In doubt")),
            ),
            self.tr("What is shown"),
        )
        row.addWidget(self.tabs)
        row.addStretch(1)
        self.log_button = button(self.tr("Log of this campaign"), "link", "scroll-text")
        self.log_button.clicked.connect(self._on_log_chosen)
        row.addWidget(self.log_button)
        layout.addLayout(row)
        layout.addWidget(self._body(), 1)
        self._connect_signals()

    def open(self, campaign_id: CampaignId) -> None:
        """Show another campaign."""
        is_other = campaign_id != self._model.campaign_id
        self._model.open(campaign_id)
        self._recipients.open(campaign_id)
        self._proof.open(campaign_id)
        self._analysis.open(campaign_id)
        self._doubts.open(campaign_id)
        if is_other:
            self.banner.hide()
            self.panel.reset()
            self.doubts.reset()
            self._show_tab(_OVERVIEW)

    def show_doubts(self) -> None:
        """Show the doubts of the campaign that is open; without any, the overview follows."""
        self._show_tab(_DOUBTS)

    def activate(self) -> None:
        self._model.activate()

    def deactivate(self) -> None:
        self._model.deactivate()

    def _body(self) -> QStackedWidget:
        self._stack = QStackedWidget()
        self.overview = Overview()
        self.panel = RecipientsPanel(self._recipients)
        self.analysis = AnalysisPanel(self._analysis)
        self.proof = ProofPanel(self._proof)
        self.doubts = DoubtPanel(self._doubts)
        self._panels = {
            _OVERVIEW: self.overview,
            _RECIPIENTS: self.panel,
            _ANALYSIS: self.analysis,
            _PROOF: self.proof,
            _DOUBTS: self.doubts,
        }
        for panel in self._panels.values():
            self._stack.addWidget(panel)
        self.tabs.show_choice(_DOUBTS, is_shown=False)
        return self._stack

    def _connect_signals(self) -> None:
        model = self._model
        model.changed.connect(self._on_changed)
        model.series_changed.connect(self.overview.show_series)
        model.plan_changed.connect(self.overview.show_plan)
        model.instances_changed.connect(self.overview.show_instances)
        model.recipients_changed.connect(self._on_recipients_changed)
        model.gone.connect(self.back_requested)
        model.duplicated.connect(self._on_duplicated)
        model.failed.connect(self._on_failed)
        model.jobs.changed.connect(self._on_job_changed)
        self._recipients.failed.connect(self._on_failed)
        self._doubts.failed.connect(self._on_failed)
        self._proof.failed.connect(self._on_failed)
        self._proof.written.connect(self._on_report_written)
        self._analysis.failed.connect(self._on_failed)
        self._analysis.written.connect(self._on_report_written)
        self._analysis.report_cancelled.connect(self._on_report_cancelled)
        self._proof.cancelled.connect(self._on_report_cancelled)
        self.panel.events_requested.connect(self.events_requested)
        self.proof.recipient_requested.connect(self._on_recipient_requested)
        self.head.back_requested.connect(self.back_requested)
        self.head.action_chosen.connect(self._on_action_chosen)
        # No question before it: nothing has left, and there are a few seconds only.
        self.head.undo_chosen.connect(partial(model.act, CampaignAction.CANCEL))
        self.head.duplicate_chosen.connect(model.duplicate)
        self.head.log_chosen.connect(self._on_log_chosen)
        self.tabs.chosen.connect(self._show_tab)
        self.doubt_banner.action_requested.connect(self._on_decide_requested)
        self.doubts.resolved.connect(self._on_resolved)

    def _show_tab(self, name: str) -> None:
        self.tabs.set_current(name)
        self._stack.setCurrentWidget(self._panels[name])
        facts = self._model.facts
        self._show_doubt_banner(facts.doubts if facts else 0)
        if name == _RECIPIENTS:
            self.panel.refresh_visible()

    def _on_changed(self, facts: CampaignFacts) -> None:
        self.head.show_facts(facts)
        self.overview.show_facts(facts)
        self.panel.show_facts(facts)
        self.tabs.show_choice(_DOUBTS, is_shown=facts.doubts > 0)
        self.tabs.set_text(_DOUBTS, self.tr("In doubt  {n}").format(n=wording.number(facts.doubts)))
        self.doubts.show_count(facts.doubts)
        if not facts.doubts and self.tabs.current == _DOUBTS:
            self._show_tab(_OVERVIEW)
        self._show_doubt_banner(facts.doubts)

    def _show_doubt_banner(self, count: int) -> None:
        if count and self.tabs.current != _DOUBTS:
            self.doubt_banner.show_message(
                "doubt",
                self.tr("In doubt: {messages} may have left or not.").format(messages=wording.messages(count)),
                self.tr("The gateway is asked again and again. You can also decide yourself."),
                self.tr("Decide"),
            )
        else:
            self.doubt_banner.hide()

    def _on_recipients_changed(self) -> None:
        self.panel.refresh_visible()
        if self.tabs.current == _DOUBTS:
            self.doubts.refresh()

    def _on_decide_requested(self) -> None:
        self._show_tab(_DOUBTS)
        self.doubts.table.view.setFocus()

    def _on_resolved(self, recipient_ids: list[RecipientId] | None, as_sent: bool) -> None:
        facts = self._model.facts
        count = len(recipient_ids) if recipient_ids is not None else facts.doubts if facts else 0
        if count == 1:
            self._model.resolve(recipient_ids, as_sent=as_sent)
        elif as_sent:
            ask(
                self,
                self.tr("Do {messages} count as sent?").format(messages=wording.messages(count)),
                self.tr("Whoever has not received it will not receive it any more. This cannot be taken back."),
                self.tr("They were sent"),
                self.tr("Keep in doubt"),
                partial(self._on_resolve_answered, recipient_ids, as_sent),
                tone="warning",
            )
        else:
            ask(
                self,
                self.tr("Send {messages} again?").format(messages=wording.messages(count)),
                self.tr("Whoever has received the message already will receive it a second time."),
                self.tr("Send again"),
                self.tr("Keep in doubt"),
                partial(self._on_resolve_answered, recipient_ids, as_sent),
                tone="danger",
            )

    def _on_resolve_answered(self, recipient_ids: list[RecipientId] | None, as_sent: bool, answer: str) -> None:
        if answer == "yes":
            self._model.resolve(recipient_ids, as_sent=as_sent)

    def _on_action_chosen(self, step: CampaignAction) -> None:
        facts = self._model.facts
        if facts is None:
            return
        if step is CampaignAction.EDIT:
            self.edit_requested.emit(facts.summary.id)
        else:
            ask_before(self, step, facts.title, partial(self._model.act, step))

    def _on_log_chosen(self) -> None:
        self.timeline_requested.emit(self._model.campaign_id)

    def _on_duplicated(self, campaign_id: CampaignId) -> None:
        self.noticed.emit(self.tr("A copy was made as a draft."))
        self.edit_requested.emit(campaign_id)

    def _on_job_changed(self, name: str) -> None:
        if name in ("campaign.act", "campaign.duplicate"):
            self.head.set_busy(self._model.jobs.is_running(name))

    def _on_recipient_requested(self, phone: str) -> None:
        self._show_tab(_RECIPIENTS)
        self.panel.show_phone(phone)

    def _on_report_written(self, written: WrittenReport) -> None:
        text = self.tr("The report of {recipients} was saved: {file}")
        self.noticed.emit(text.format(recipients=wording.recipients(written.rows), file=written.file.name))

    def _on_report_cancelled(self) -> None:
        self.noticed.emit(self.tr("The export was cancelled; no file was left."))

    def _on_failed(self, refusal: KnownError) -> None:
        text, hint = wording.error(refusal)
        self.banner.show_message("danger", text, hint)
