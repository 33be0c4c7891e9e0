"""The whole window over fakes: the pages made as the real program makes them."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from desktop.api.host import ApiSettings
from desktop.app.pages import PageMaker
from desktop.composition import Workplace
from desktop.domain.errors import KnownError
from desktop.domain.hook import HookStanding
from desktop.domain.ids import CampaignId
from desktop.domain.inbound_hook import ReceiverSettings
from desktop.domain.operator import Deed
from desktop.domain.schedules import BackupPlan, Done, ReportPlan
from desktop.screens.main_window import MainWindow
from desktop.screens.pages import Pages
from desktop.viewmodels.analysis import AnalysisViewModel
from desktop.viewmodels.campaign import CampaignViewModel
from desktop.viewmodels.campaigns import CampaignsViewModel
from desktop.viewmodels.capsules import CapsulesViewModel
from desktop.viewmodels.doubts import doubts_view_model
from desktop.viewmodels.event_bridge import EventBridge
from desktop.viewmodels.proof import ProofViewModel
from desktop.viewmodels.recipients import RecipientsViewModel
from desktop.viewmodels.shell import ShellViewModel
from tests.fakes.control import FakeControl
from tests.fakes.engine_state import FakeBus, FakeEngine, ImmediateSpawn
from tests.fakes.library import FakeLibrary
from tests.fakes.media import FakeMediaDesk
from tests.fakes.messages import FakeAi, FakeSavedMessages, FakeTrials
from tests.fakes.own_texts import FakeOwnTexts
from tests.fakes.samples import NOW


class _StoppedClock:
    def now(self) -> datetime:
        return NOW


@dataclass(frozen=True, slots=True)
class _FakeWorkplace:
    """What the maker of the pages looks at of a workplace."""

    library: FakeLibrary
    operations: FakeControl
    clock: _StoppedClock
    shelf: FakeMediaDesk

    @property
    def control(self) -> FakeControl:
        return self.operations

    @property
    def message_library(self) -> FakeSavedMessages:
        return FakeSavedMessages(self.library)

    @property
    def trial_sending(self) -> FakeTrials:
        return FakeTrials()

    @property
    def ai_writing(self) -> FakeAi:
        return FakeAi()

    @property
    def own_texts(self) -> FakeOwnTexts:
        return FakeOwnTexts(FakeAi())

    # What the sections of the settings page ask for.

    @property
    def home(self) -> SimpleNamespace:
        return SimpleNamespace(folder=Path())

    @property
    def database(self) -> SimpleNamespace:
        return SimpleNamespace(read=self._nothing, write=self._nothing)

    async def _nothing(self, _question: object) -> frozenset[int]:
        return frozenset()

    @property
    def workspace_id(self) -> int:
        return 1

    @property
    def schedules(self) -> "FakeSchedules":
        return FakeSchedules()

    @property
    def access(self) -> "_FakeWorkplace":
        return self

    async def permit(self, _deed: Deed) -> None:
        return None

    @property
    def webhooks(self) -> "_FakeWorkplace":
        return self

    @property
    def receiving(self) -> "_FakeWorkplace":
        return self

    async def settings(self) -> ReceiverSettings:
        return ReceiverSettings()

    @property
    def error(self) -> None:
        return None

    @asynccontextmanager
    async def hook_desk(self) -> AsyncIterator["_FakeWorkplace"]:
        yield self

    async def standings(self) -> Sequence[HookStanding]:
        return ()

    async def api_settings(self) -> ApiSettings:
        return ApiSettings()

    async def set_api(self, **_wanted: object) -> None:
        return None

    def api_state(self) -> tuple[None, None]:
        return None, None


class FakeSchedules:
    """Plans in memory."""

    def __init__(self) -> None:
        self.backup, self.reports = BackupPlan(), ReportPlan()
        self.backup_done, self.reports_done = Done(), Done()
        self.word: str | None = None
        self.refusal: KnownError | None = None

    async def state(self) -> SimpleNamespace:
        return SimpleNamespace(
            backup=self.backup,
            backup_folder=Path(self.backup.folder or "backups"),
            backup_done=self.backup_done,
            has_passphrase=self.word is not None,
            reports=self.reports,
            reports_folder=Path(self.reports.folder or "reports"),
            reports_done=self.reports_done,
        )

    async def plan_backup(self, plan: BackupPlan, passphrase: str | None = None) -> None:
        self.backup, self.word = plan, passphrase or self.word

    async def plan_reports(self, plan: ReportPlan) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.reports = plan


class FakeCapsules:
    """Hands over and takes in, in memory."""

    def __init__(self) -> None:
        self.handed: set[CampaignId] = set()
        self.done: list[tuple[object, ...]] = []
        self.found = SimpleNamespace(
            name="Natal", people=5, waiting=3, was_started=True, counts={}, made_at="2026-11-23T12:00:00+00:00"
        )
        self.word = ""

    async def handed_over(self) -> frozenset[CampaignId]:
        return frozenset(self.handed)

    async def export(self, campaign_id: CampaignId, target: Path, passphrase: str) -> SimpleNamespace:
        self.handed.add(campaign_id)
        self.done.append(("export", target.name, passphrase))
        return SimpleNamespace(file=target, handed_over=True)

    async def show(self, source: Path, passphrase: str) -> SimpleNamespace:
        if passphrase != self.word:
            raise KnownError("wrong_passphrase", "The passphrase does not open this file.")
        return self.found

    async def take_in(self, source: Path, passphrase: str, *, rest: bool = False) -> SimpleNamespace:
        self.done.append(("take_in", source.name, passphrase, rest))
        return SimpleNamespace(campaign_id=CampaignId(7), people=3)

    async def take_back(self, campaign_id: CampaignId) -> None:
        self.handed.discard(campaign_id)


def now() -> datetime:
    return NOW


class FakeProgram:
    """Fakes and the view-models over them."""

    def __init__(self, *, is_empty: bool = False, recipients: int = 2_000) -> None:
        self.library = FakeLibrary(is_empty=is_empty, recipients=recipients)
        self.control = FakeControl(self.library)
        self.shelf = FakeMediaDesk()
        self.engine = FakeEngine()
        self.bus = FakeBus()
        self.spawn = ImmediateSpawn()
        self.bridge = EventBridge(self.bus)
        self.chosen: list[object] = []
        self.shell = ShellViewModel(self.library, self.control, self.engine, self.bridge, self.spawn, now)

    def window(self) -> MainWindow:
        return MainWindow(self.shell, self.pages())

    def pages(self) -> Pages:
        workplace = cast(Workplace, _FakeWorkplace(self.library, self.control, _StoppedClock(), self.shelf))
        return PageMaker(
            workplace, self.engine, self.bridge, self.shell, self.spawn, self.chosen.append, self.chosen.append
        ).pages()

    def campaigns(self) -> CampaignsViewModel:
        return CampaignsViewModel(self.library, self.control, self.bridge, self.spawn, now)

    def capsules(self) -> CapsulesViewModel:
        return CapsulesViewModel(FakeCapsules(), self.spawn)

    def campaign(self) -> CampaignViewModel:
        return CampaignViewModel(self.library, self.control, self.engine, self.bridge, self.spawn, now)

    def analysis(self) -> AnalysisViewModel:
        return AnalysisViewModel(self.library, self.control, self.bridge, self.spawn, "America/Sao_Paulo")

    def proof(self) -> ProofViewModel:
        return ProofViewModel(self.library, self.control, self.spawn, now)

    def doubts(self) -> RecipientsViewModel:
        return doubts_view_model(self.library, self.control, self.spawn, now)

    def recipients(self) -> RecipientsViewModel:
        return RecipientsViewModel(self.library, self.control, self.spawn, now)
