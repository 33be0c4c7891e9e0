"""What both roots build alike: an open home.

Here is what a list of campaigns needs: database, questions, who is signed in. What acts (stores, operations, gateways,
engine) is in `composition_acting.py`, which this module alone loads, and when that is needed: the window is up before.
"""

import asyncio
import gc
import logging
import os
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from random import SystemRandom
from secrets import token_urlsafe
from typing import TYPE_CHECKING, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from db.connection import Database
from db.home import add_workspace, ensure_workspace, find_workspace, open_database, rename_workspace, workspaces
from db.queries.library import SqlLibrary
from db.stores.operators import OperatorStore
from db.writer import WriteContext
from desktop.access.desk import AccessDesk
from desktop.access.key_desk import KeyDesk
from desktop.access.protection import LateSecrets, MemorySecrets, SecretStore
from desktop.domain.errors import KnownError
from desktop.domain.events import Event, EventType, NewEvent
from desktop.domain.ids import CampaignId, InstanceId, WorkspaceId
from desktop.domain.operator import Deed, Workspace
from desktop.domain.summaries import CheckLine
from desktop.engine.bus import Bus
from desktop.engine.clock import SystemClock
from desktop.late import Late
from desktop.paths import Home

if TYPE_CHECKING:
    from db.retention import EventKeeper
    from db.stores.campaigns import CampaignStore
    from db.stores.contacts import ContactStore
    from db.stores.hooks import HookStore
    from db.stores.imports import ImportStore
    from db.stores.instances import InstanceStore
    from db.stores.ledger import SqlLedger
    from db.stores.settings import SettingStore
    from desktop.api.host import ApiHost, ApiSettings
    from desktop.composition_acting import Acting
    from desktop.composition_receiver import Webhooks
    from desktop.domain.engine_trouble import EngineTrouble
    from desktop.engine.engine import Engine
    from desktop.media.shelf import MediaShelf
    from desktop.operations.ai_writing import AiWriting
    from desktop.operations.message_library import MessageLibrary
    from desktop.operations.operations import Operations
    from desktop.operations.own_texts import OwnTexts
    from desktop.operations.schedules import Schedules
    from desktop.operations.trial_sending import TrialSending
    from desktop.webhooks.courier import Courier
    from desktop.webhooks.desk import HookDesk

log = logging.getLogger(__name__)

EVENT_TEXTS = "events.message_texts"  # setting: whether the timeline holds the words of messages; read at a start
OPT_OUT_WORDS = "opt_out.words"  # setting: a list of texts
API = "api"  # setting: an object with `enabled`, `port` and `bind`
CLOUD_VERSION = "cloud.api_version"  # setting: of Meta's Graph API, such as "v25.0"; read when a home is opened


@dataclass
class Workplace:
    """An open home. Close it by leaving `open_workplace`."""

    home: Home
    database: Database
    workspace_id: WorkspaceId
    library: SqlLibrary
    secrets: SecretStore
    clock: SystemClock
    bus: Bus
    access: AccessDesk
    cloud_version: str | None = None  # of Meta's Graph API; None for the one that this program was written for
    engine: "Engine | None" = None
    engine_trouble: "EngineTrouble | None" = None  # why there is none, although this process should be sending
    begin_demo: Callable[[], Awaitable[None]] | None = None
    _api: "ApiHost | None" = None
    # Whether a process of its own may record messages while there are very many. Not beside a window: its thread is
    # busy otherwise, so it would win little, and take memory.
    records_apart: bool = False
    start_grace_s: float = 0.0  # where no setting says otherwise: whoever starts by hand may take it back

    @cached_property
    def _acting(self) -> "Acting":
        """Everything that acts. Loaded when somebody first acts, or once the first page has its data, for it takes as
        long to load as all that a list of campaigns needs."""
        from desktop.composition_acting import Acting

        acting = Acting(self)
        spare_the_collector()  # before it looks through all of this, in the thread that paints
        return acting

    @property
    def is_loaded(self) -> bool:
        """Whether what acts is there; before that nothing can have been done."""
        return "_acting" in self.__dict__

    @property
    def control(self) -> "Operations":
        """`operations` for a screen that is there before them: they are loaded when one is first asked for."""
        return self.operations if self.is_loaded else cast("Operations", Late(lambda: self.operations))

    def load(self) -> None:
        """Load what acts, if nobody has needed it yet. Blocks: for another thread than the one that paints."""
        _ = self._acting

    @property
    def operations(self) -> "Operations":
        """What an operator can do."""
        return self._acting.operations

    @property
    def ledger(self) -> "SqlLedger":
        """The engine's durable truth."""
        return self._acting.ledger

    @property
    def campaigns(self) -> "CampaignStore":
        """Writes of campaigns."""
        return self._acting.campaigns

    @property
    def contacts(self) -> "ContactStore":
        """Writes of people."""
        return self._acting.contacts

    @property
    def imports(self) -> "ImportStore":
        """Writes of imports."""
        return self._acting.imports

    @property
    def instances(self) -> "InstanceStore":
        """Writes of numbers."""
        return self._acting.instances

    @property
    def settings(self) -> "SettingStore":
        """Writes of settings."""
        return self._acting.settings

    @property
    def hooks(self) -> "HookStore":
        """Outbound webhooks and what is to be delivered."""
        return self._acting.hooks

    @property
    def event_keeper(self) -> "EventKeeper":
        """Removes old events."""
        return self._acting.event_keeper

    @property
    def shelf(self) -> "MediaShelf":
        """The files of messages."""
        return self._acting.shelf

    @property
    def webhooks(self) -> "Webhooks":
        """The receiver and what it is told to be."""
        return self._acting.webhooks

    @property
    def own_texts(self) -> "OwnTexts":
        """Texts that an AI wrote for each person."""
        return self._acting.own_texts

    @property
    def trial_sending(self) -> "TrialSending":
        """Sends a message of a draft to the operator's own phone."""
        return self._acting.trial_sending

    @property
    def ai_writing(self) -> "AiWriting":
        """What the operator does with an AI endpoint."""
        return self._acting.ai_writing

    @property
    def message_library(self) -> "MessageLibrary":
        """What the operator does with saved messages."""
        return self._acting.message_library

    @property
    def schedules(self) -> "Schedules":
        """What is done by itself: backups, and reports into a folder."""
        return self._acting.schedules

    async def note(
        self,
        action: str,
        by: str | None,
        instance_id: InstanceId | None = None,
        campaign_id: CampaignId | None = None,
        **facts: object,
    ) -> None:
        """Leave a line of what changes no row; implements `operations.audit.Note`."""
        await self._acting.note(action, by, instance_id, campaign_id, **facts)

    @property
    def key_desk(self) -> KeyDesk:
        """What the operator does about how keys are kept."""
        return KeyDesk(self.secrets, self.access.permit, self.note)

    async def build_engine(self) -> "Engine":
        """Return a new engine of this home; whoever runs it holds the home's engine lock."""
        await asyncio.to_thread(self.load)
        return await self._acting.build_engine()

    async def keep_up(self) -> None:
        """Do what is to be done beside sending, for as long as this process is the engine. Ends by being cancelled."""
        await self._acting.keep_up()

    def build_courier(self) -> "Courier":
        """Return what tells other programs of events; its `run` closes its client at the end."""
        from desktop.composition_gateways import trusted
        from desktop.webhooks.courier import Courier, make_client

        client = make_client(trusted())
        return Courier(self.hooks, self.library, self.secrets, client, self.clock, SystemRandom())

    @asynccontextmanager
    async def hook_desk(self) -> AsyncGenerator["HookDesk"]:
        """What the operator does with outbound webhooks; it can test an address while it is open."""
        from desktop.webhooks.desk import HookDesk

        courier = self.build_courier()
        try:
            yield HookDesk(self.hooks, self.secrets, courier, self.clock, self.access.permit, self.note)
        finally:
            await courier.close()

    async def api_settings(self) -> "ApiSettings":
        """Return whether and where the API answers, and its token."""
        from desktop.api.host import DEFAULT_PORT, LOOPBACK, ApiSettings

        stored = await self.library.setting(API)
        chosen = cast("dict[str, object]", stored) if isinstance(stored, dict) else {}
        port, bind = chosen.get("port"), chosen.get("bind")
        token = await asyncio.to_thread(self.secrets.get, self.api_token_name) if chosen.get("enabled") else None
        return ApiSettings(
            is_enabled=chosen.get("enabled") is True,
            port=port if isinstance(port, int) else DEFAULT_PORT,
            bind=bind if isinstance(bind, str) else LOOPBACK,
            token=token,
        )

    @property
    def api_token_name(self) -> str:
        return f"api:{self.workspace_id}"

    async def set_api(self, *, is_enabled: bool, port: int, bind: str, new_token: bool = False) -> str | None:
        """Store where the API answers; return its token when a new one was made, which is shown this once."""
        by = await self.access.permit(Deed.SETTINGS)
        made: str | None = None
        if is_enabled and (new_token or not await asyncio.to_thread(self.secrets.get, self.api_token_name)):
            made = token_urlsafe(32)
            await asyncio.to_thread(self.secrets.set, self.api_token_name, made)
            await self.note("secret_set", by, secret="api_token")
        await self.operations.set_setting(API, {"enabled": is_enabled, "port": port, "bind": bind})
        return made

    def build_api_host(self, word: Callable[[CheckLine], tuple[str, str]]) -> "ApiHost":
        """Return the server of the API, which follows the settings; `word` words the checklist."""
        from desktop.api.host import ApiHost
        from desktop.operations.remote import RemoteDesk

        self.home.api_media.mkdir(exist_ok=True)
        desk = RemoteDesk(self._acting.operations_for(self.access.permit_api), self.library, self.home.api_media, word)
        self._api = ApiHost(desk, self.api_settings, self.clock.sleep)
        return self._api

    def api_state(self) -> tuple[str | None, KnownError | None]:
        """Return where the API of this process answers now, and why it does not although it should."""
        return (self._api.address, self._api.problem) if self._api else (None, None)

    async def workspaces(self) -> Sequence[Workspace]:
        """Return all workspaces of the database, by name only: to change from one to another."""
        return await self.database.read(workspaces)

    async def add_workspace(self, name: str) -> WorkspaceId:
        """Make an empty workspace beside this one."""
        by = await self.access.permit(Deed.OPERATORS)

        def add(context: WriteContext) -> WorkspaceId:
            made = add_workspace(context, name, self.clock.now())
            facts: dict[str, object] = {"change": "workspace_added", "name": " ".join(name.split())}
            event = NewEvent(EventType.OPERATOR_CHANGED, self.clock.now(), details=facts, operator=by)
            context.emit(self.workspace_id, event)
            return made

        return await self.database.write(add)

    async def rename_workspace(self, name: str) -> str:
        """Give this workspace another name; return it as it is kept."""
        by = await self.access.permit(Deed.OPERATORS)

        def rename(context: WriteContext) -> str:
            kept = rename_workspace(context, self.workspace_id, name)
            facts: dict[str, object] = {"change": "workspace", "name": kept}
            event = NewEvent(EventType.OPERATOR_CHANGED, self.clock.now(), details=facts, operator=by)
            context.emit(self.workspace_id, event)
            return kept

        return await self.database.write(rename)


def spare_the_collector() -> None:
    """Tell Python's collector of cycles that what is loaded by now stays, and to look less often.

    Left alone it looks through the whole program every few hundred messages, finds nothing, takes a fifth of the time
    of a send and holds the window's loop meanwhile (`tests/bench`). What has no cycle is freed at once, with or
    without it. Called again when more has been loaded.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@asynccontextmanager
async def open_workplace(
    home: Home,
    database_url: str | None,
    *,
    is_throw_away: bool = False,
    workspace: str | None = None,
    preferred: str | None = None,
) -> AsyncGenerator[Workplace]:
    """Open a home and everything that works on it.

    Args:
        database_url: None for the file in the home.
        is_throw_away: keep tokens in memory only.
        workspace: the name of the one to work in; None for the first one, which is made when there is none.
        preferred: instead of the first one, unless there is none of this name any more.

    Raises:
        KnownError: `workspace_not_found`; `database_newer`, `database_unreachable` and their like.
    """
    bus, clock = Bus(), SystemClock()
    where = database_url or home.database
    database = await asyncio.to_thread(open_database, where, partial(_publish, bus))
    try:
        workspace_id = await asyncio.to_thread(ensure_workspace, database, clock.now())
        if workspace:
            workspace_id = await asyncio.to_thread(find_workspace, database, workspace)
        elif preferred:
            known = {found.name: found.id for found in await database.read(workspaces)}
            workspace_id = known.get(preferred, workspace_id)
        secrets = MemorySecrets() if is_throw_away else LateSecrets(partial(_secrets, home))
        library = SqlLibrary(database, workspace_id, clock.now)
        chosen = await library.setting(CLOUD_VERSION)
        version = chosen if isinstance(chosen, str) else None
        spare_the_collector()
        yield Workplace(
            home=home,
            database=database,
            workspace_id=workspace_id,
            library=library,
            secrets=secrets,
            clock=clock,
            bus=bus,
            cloud_version=version,
            access=AccessDesk(OperatorStore(database, workspace_id), clock.now),
        )
    finally:
        await asyncio.to_thread(database.close)


def _publish(bus: Bus, events: Sequence[Event]) -> None:
    bus.publish(events)


def _secrets(home: Home) -> SecretStore:
    from desktop.access.secrets import open_secrets

    return open_secrets(home.folder, home.keyring_service(), os.environ.get("CADENCIA_PASSPHRASE"))


def local_timezone() -> str:
    """Return the IANA name of this machine's time zone, or São Paulo's when the system does not say."""
    for ask in (lambda: os.environ.get("TZ", "").lstrip(":"), _linked_timezone, _system_timezone):
        name = ask()
        try:
            if name and ZoneInfo(name):
                return name
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return "America/Sao_Paulo"


def _linked_timezone() -> str:
    link = Path("/etc/localtime")
    return str(link.resolve()).partition("zoneinfo/")[2] if link.is_symlink() else ""


def _system_timezone() -> str:
    """Return what Qt finds out: Windows has names of its own for zones."""
    from PySide6.QtCore import QTimeZone  # late: elsewhere nothing but the window needs it

    return bytes(QTimeZone.systemTimeZoneId().data()).decode()
