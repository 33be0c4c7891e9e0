"""The whole window over fakes: every page that exists, composed as the real program composes it."""

from PySide6.QtWidgets import QWidget

from desktop.screens.campaign.page import CampaignPage
from desktop.screens.campaigns.page import CampaignsPage
from desktop.screens.first_run.page import FirstRunPage
from desktop.screens.main_window import MainWindow
from desktop.screens.pages import PageName, Pages
from desktop.viewmodels.campaign import CampaignViewModel
from desktop.viewmodels.campaigns import CampaignsViewModel
from desktop.viewmodels.event_bridge import EventBridge
from desktop.viewmodels.recipients import RecipientsViewModel
from desktop.viewmodels.shell import ShellViewModel
from tests.fakes.control import FakeControl
from tests.fakes.engine_state import FakeBus, FakeEngine, ImmediateSpawn
from tests.fakes.library import FakeLibrary
from tests.fakes.samples import NOW


class FakeProgram:
    """Fakes and the view-models over them."""

    def __init__(self, *, is_empty: bool = False) -> None:
        self.library = FakeLibrary(is_empty=is_empty)
        self.control = FakeControl(self.library)
        self.engine = FakeEngine()
        self.bus = FakeBus()
        self.spawn = ImmediateSpawn()
        self.bridge = EventBridge(self.bus)
        self.shell = ShellViewModel(
            self.library, self.control, self.engine, self.bridge, self.spawn, lambda: NOW
        )

    def window(self) -> MainWindow:
        return MainWindow(self.shell, self.pages())

    def pages(self) -> Pages:
        return {
            PageName.FIRST_RUN: lambda: FirstRunPage(self.shell),
            PageName.CAMPAIGNS: self.campaigns_page,
            PageName.CAMPAIGN: self.campaign_page,
            PageName.EDITOR: QWidget,
            PageName.INSTANCES: QWidget,
            PageName.CONTACTS: QWidget,
            PageName.TIMELINE: QWidget,
            PageName.SETTINGS: QWidget,
        }

    def campaigns_model(self) -> CampaignsViewModel:
        return CampaignsViewModel(self.library, self.control, self.bridge, self.spawn, lambda: NOW)

    def campaign_model(self) -> CampaignViewModel:
        return CampaignViewModel(self.library, self.control, self.engine, self.bridge, self.spawn, lambda: NOW)

    def recipients_model(self) -> RecipientsViewModel:
        return RecipientsViewModel(self.library, self.spawn, lambda: NOW)

    def campaigns_page(self) -> CampaignsPage:
        return CampaignsPage(self.campaigns_model())

    def campaign_page(self) -> CampaignPage:
        return CampaignPage(self.campaign_model(), self.recipients_model())
