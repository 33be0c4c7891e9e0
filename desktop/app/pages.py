"""How each page of the window is made: its view-models, wired to the open home.

This is the place that decides what is loaded when: a page is imported when it is first shown, so that the window is
there before them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QWidget

from desktop.app.capsules import LateCapsules
from desktop.composition import Workplace, local_timezone
from desktop.home_logs import HomeLogs
from desktop.screens.pages import PageName, Pages
from desktop.screens.settings.topics import Topic
from desktop.viewmodels.event_bridge import EventBridge
from desktop.viewmodels.jobs import Spawn
from desktop.viewmodels.ports import EngineState
from desktop.viewmodels.shell import ShellViewModel

if TYPE_CHECKING:
    from desktop.operations.budget import BudgetDesk


@dataclass(frozen=True, slots=True)
class PageMaker:
    """Makes pages when they are first shown. A page keeps its view-models; a coroutine under way may outlive both.

    Args:
        logs: the log files of this process; None where there is nothing to choose, as in a demonstration.
        on_workspace: opens another workspace; None where there is one only, as in a demonstration.
        on_theme, on_language: apply a choice of the settings page at once.
    """

    workplace: Workplace
    engine: EngineState
    bridge: EventBridge
    shell: ShellViewModel
    spawn: Spawn
    on_theme: Callable[[str], None]
    on_language: Callable[[object], None]
    logs: HomeLogs | None = None
    on_workspace: Callable[[str], None] | None = None

    def pages(self) -> Pages:
        return {
            PageName.FIRST_RUN: self._first_run,
            PageName.DASHBOARD: self._dashboard,
            PageName.CAMPAIGNS: self._campaigns,
            PageName.CAMPAIGN: self._campaign,
            PageName.EDITOR: self._editor,
            PageName.INSTANCES: self._instances,
            PageName.CONTACTS: self._contacts,
            PageName.TIMELINE: self._timeline,
            PageName.SETTINGS: self._settings,
        }

    def _now(self) -> datetime:
        return self.workplace.clock.now()

    def _budget_desk(self) -> "BudgetDesk":
        from desktop.operations.budget import BudgetDesk

        workplace = self.workplace
        permit = workplace.access.permit
        return BudgetDesk(workplace.library, workplace.settings, self._now, local_timezone(), permit)

    def _first_run(self) -> QWidget:
        from desktop.screens.first_run.page import FirstRunPage

        return FirstRunPage(self.shell)

    def _dashboard(self) -> QWidget:
        from desktop.screens.dashboard.page import DashboardPage
        from desktop.viewmodels.analysis import DashboardViewModel

        library, budget = self.workplace.library, self._budget_desk().state
        model = DashboardViewModel(library, self.bridge, self.spawn, local_timezone(), self._now, budget)
        return DashboardPage(model)

    def _campaigns(self) -> QWidget:
        from desktop.screens.campaigns.page import CampaignsPage
        from desktop.viewmodels.campaigns import CampaignsViewModel
        from desktop.viewmodels.capsules import CapsulesViewModel, Desk

        library, control = self.workplace.library, self.workplace.control
        model = CampaignsViewModel(library, control, self.bridge, self.spawn, self._now)
        capsules = cast(Desk, LateCapsules(self.workplace))
        return CampaignsPage(model, CapsulesViewModel(capsules, self.spawn))

    def _campaign(self) -> QWidget:
        from desktop.screens.campaign.page import CampaignPage
        from desktop.viewmodels.analysis import AnalysisViewModel
        from desktop.viewmodels.campaign import CampaignViewModel
        from desktop.viewmodels.doubts import doubts_view_model
        from desktop.viewmodels.proof import ProofViewModel
        from desktop.viewmodels.recipients import RecipientsViewModel

        library, control = self.workplace.library, self.workplace.operations
        model = CampaignViewModel(library, control, self.engine, self.bridge, self.spawn, self._now)
        recipients = RecipientsViewModel(library, control, self.spawn, self._now)
        proof = ProofViewModel(library, control, self.spawn, self._now)
        analysis = AnalysisViewModel(
            library, control, self.bridge, self.spawn, local_timezone(), self._budget_desk().campaign
        )
        doubts = doubts_view_model(library, control, self.spawn, self._now)
        return CampaignPage(model, recipients, proof, analysis, doubts)

    def _editor(self) -> QWidget:
        from desktop.screens.editor.page import EditorPage
        from desktop.viewmodels.editor import EditorViewModel
        from desktop.viewmodels.editor_ai import AiViewModel
        from desktop.viewmodels.editor_audience import AudienceViewModel
        from desktop.viewmodels.editor_library import LibraryViewModel
        from desktop.viewmodels.editor_media import MediaViewModel
        from desktop.viewmodels.editor_message import MessageViewModel
        from desktop.viewmodels.editor_pace import PaceViewModel
        from desktop.viewmodels.editor_people import PeopleViewModel
        from desktop.viewmodels.editor_review import ReviewViewModel
        from desktop.viewmodels.editor_templates import TemplateViewModel
        from desktop.viewmodels.editor_tools import MessageTools
        from desktop.viewmodels.editor_trial import TrialViewModel
        from desktop.viewmodels.own_text_review import OwnTextReviewViewModel
        from desktop.viewmodels.own_texts import OwnTextsViewModel

        library, control = self.workplace.library, self.workplace.operations
        editor = EditorViewModel(library, control, self.spawn)
        audience = AudienceViewModel(editor, library, self.spawn)
        message = MessageViewModel(editor, library, self.spawn)
        media = MediaViewModel(editor, message, library, self.workplace.shelf, self.spawn)
        pace = PaceViewModel(editor, library, control, self.spawn, self._now)
        review = ReviewViewModel(editor, control, self.spawn, self._now)
        tools = MessageTools(
            LibraryViewModel(editor, message, library, self.workplace.message_library, self.spawn),
            TemplateViewModel(editor, message, library, control, self.spawn),
            PeopleViewModel(editor, message, library, self.spawn),
            TrialViewModel(editor, message, library, control, self.workplace.trial_sending, self.spawn),
            AiViewModel(editor, message, self.workplace.ai_writing, self.spawn),
            OwnTextsViewModel(editor, message, library, self.workplace.own_texts, self.spawn),
            OwnTextReviewViewModel(self.workplace.own_texts, self.spawn),
        )
        return EditorPage(editor, audience, message, media, pace, review, tools)

    def _instances(self) -> QWidget:
        from desktop.screens.instances.page import InstancesPage
        from desktop.viewmodels.instance_adding import AddInstanceViewModel
        from desktop.viewmodels.instances import InstancesViewModel
        from desktop.viewmodels.pairing import PairingViewModel

        library, control = self.workplace.library, self.workplace.operations
        model = InstancesViewModel(library, control, self.engine, self.bridge, self.spawn, self._now)
        adding = AddInstanceViewModel(library, control, self.spawn)
        pairing = PairingViewModel(control, self.spawn, self._now)
        return InstancesPage(model, adding, pairing)

    def _contacts(self) -> QWidget:
        from desktop.screens.contacts.page import ContactsPage
        from desktop.viewmodels.contacts import ContactsViewModel
        from desktop.viewmodels.importing import ImportViewModel
        from desktop.viewmodels.number_checking import NumberCheckViewModel
        from desktop.viewmodels.person import PersonViewModel

        library, control = self.workplace.library, self.workplace.operations
        model = ContactsViewModel(library, control, self.spawn)
        person = PersonViewModel(library, control, self.spawn)
        importing = ImportViewModel(library, control, self.spawn)
        checking = NumberCheckViewModel(library, control, self.spawn)
        return ContactsPage(model, person, importing, checking)

    def _timeline(self) -> QWidget:
        from desktop.screens.timeline.page import TimelinePage
        from desktop.viewmodels.timeline import TimelineViewModel

        model = TimelineViewModel(self.workplace.library, self.bridge, self.spawn, self._now)
        return TimelinePage(model)

    def _settings(self) -> QWidget:
        from desktop.screens.settings.page import SettingsPage
        from desktop.viewmodels.settings import SettingsViewModel

        model = SettingsViewModel(self.workplace.library, self.workplace.operations, self.spawn)
        model.theme_changed.connect(self.on_theme)
        model.language_changed.connect(self.on_language)
        return SettingsPage(model, self._settings_sections())

    def _settings_sections(self) -> list[tuple[Topic, QWidget]]:
        """What features bring to the settings page, in the order in which it stands there."""
        from desktop.audience.markets import markets
        from desktop.screens.settings.ai_section import AiSection
        from desktop.screens.settings.api_section import ApiSection
        from desktop.screens.settings.budget_section import BudgetSection
        from desktop.screens.settings.consent_section import ConsentSection
        from desktop.screens.settings.grace_section import GraceSection
        from desktop.screens.settings.hooks_section import HooksSection
        from desktop.screens.settings.people_sections import AbsentSection, OptOutReplySection
        from desktop.screens.settings.receiver_section import ReceiverSection
        from desktop.viewmodels.ai_settings import AiSettingsViewModel
        from desktop.viewmodels.api_settings import ApiViewModel
        from desktop.viewmodels.budget import BudgetViewModel
        from desktop.viewmodels.consent_settings import ConsentSettingsViewModel
        from desktop.viewmodels.grace_settings import GraceSettingsViewModel
        from desktop.viewmodels.hooks import HooksViewModel
        from desktop.viewmodels.people_settings import PeopleSettingsViewModel
        from desktop.viewmodels.receiver_settings import ReceiverViewModel

        workplace = self.workplace
        budget = BudgetSection(BudgetViewModel(self._budget_desk(), self.spawn), markets())
        hooks = HooksViewModel(workplace.hook_desk, self.spawn, self._now)
        api = ApiViewModel(workplace.api_settings, workplace.set_api, workplace.api_state, self.spawn)
        receiver = ReceiverViewModel(workplace.webhooks.receiving, lambda: workplace.webhooks.error, self.spawn)
        replying, absent = [
            PeopleSettingsViewModel(workplace.library, workplace.operations, self.spawn) for _section in range(2)
        ]
        grace = GraceSettingsViewModel(workplace.library, workplace.operations, self.spawn)
        consent = ConsentSettingsViewModel(workplace.library, workplace.operations, self.spawn)
        return [
            (Topic.GENERAL, GraceSection(grace)),
            (Topic.PEOPLE, ConsentSection(consent)),
            (Topic.PEOPLE, OptOutReplySection(replying)),
            (Topic.PEOPLE, AbsentSection(absent)),
            (Topic.CONNECTIONS, ReceiverSection(receiver)),
            (Topic.INTEGRATIONS, HooksSection(hooks)),
            (Topic.INTEGRATIONS, ApiSection(api)),
            (Topic.INTEGRATIONS, AiSection(AiSettingsViewModel(workplace.ai_writing, self.spawn))),
            *self._data_sections(),
            *self._log_sections(),
            *self._access_sections(),
            (Topic.BUDGET, budget),
        ]

    def _access_sections(self) -> list[tuple[Topic, QWidget]]:
        from desktop.app.access_control import WindowAccess
        from desktop.screens.settings.operators_section import OperatorsSection
        from desktop.screens.settings.secrets_section import SecretsSection
        from desktop.screens.settings.workspaces_section import WorkspacesSection
        from desktop.viewmodels.access_settings import AccessViewModel
        from desktop.viewmodels.key_settings import KeysViewModel

        if self.on_workspace is None:
            return []
        control = WindowAccess(self.workplace, self.on_workspace)
        return [
            (Topic.ACCESS, OperatorsSection(AccessViewModel(control, self.spawn))),
            (Topic.ACCESS, WorkspacesSection(AccessViewModel(control, self.spawn))),
            (Topic.ACCESS, SecretsSection(KeysViewModel(self.workplace.key_desk, self.spawn))),
        ]

    def _data_sections(self) -> list[tuple[Topic, QWidget]]:
        from desktop.screens.settings.schedule_sections import BackupSection, ReportsSection, RetentionSection
        from desktop.viewmodels.schedules import RetentionViewModel, SchedulesViewModel

        workplace = self.workplace
        backups = BackupSection(SchedulesViewModel(workplace.schedules, self.spawn, self._now))
        reports = ReportsSection(SchedulesViewModel(workplace.schedules, self.spawn, self._now))
        read, store = workplace.library.setting, workplace.operations.set_setting
        kept = RetentionSection(RetentionViewModel(read, store, self.spawn))
        return [(Topic.DATA, backups), (Topic.DATA, reports), (Topic.DATA, kept)]

    def _log_sections(self) -> list[tuple[Topic, QWidget]]:
        from desktop.app.log_desk import LogDesk
        from desktop.screens.settings.logs_section import LogsSection
        from desktop.viewmodels.log_settings import LogsViewModel

        if self.logs is None:
            return []
        return [(Topic.DATA, LogsSection(LogsViewModel(LogDesk(self.workplace, self.logs), self.spawn)))]
