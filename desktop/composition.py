"""What both roots build alike: a home with its database, stores, secrets, gateways, operations and engine."""

import asyncio
import gc
import importlib
import logging
import os
import socket
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from random import Random, SystemRandom
from secrets import token_urlsafe
from typing import TYPE_CHECKING, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from db.connection import Database
from db.home import add_workspace, ensure_workspace, find_workspace, open_database, rename_workspace, workspaces
from db.queries.library import SqlLibrary
from db.retention import EventKeeper
from db.stores.ai import AiStore
from db.stores.campaigns import CampaignStore
from db.stores.contact_edits import ContactEditStore
from db.stores.contacts import ContactStore
from db.stores.hooks import HookStore
from db.stores.imports import ImportStore
from db.stores.instances import InstanceStore
from db.stores.ledger import SqlLedger
from db.stores.number_checks import NumberCheckStore
from db.stores.operators import OperatorStore
from db.stores.opt_out_replies import OptOutReplyStore
from db.stores.own_texts import OwnTextStore
from db.stores.provider import ProviderStore
from db.stores.saved_messages import SavedMessageStore
from db.stores.segments import SegmentStore
from db.stores.settings import SettingStore
from db.stores.trials import TrialStore
from db.writer import WriteContext
from desktop.access.desk import AccessDesk
from desktop.access.key_desk import KeyDesk
from desktop.access.protection import LateSecrets, MemorySecrets, SecretStore
from desktop.audience.holiday_calendar import is_holiday
from desktop.audience.markets import market_of
from desktop.audience.optout import DEFAULT_WORDS, is_opt_out
from desktop.audience.timezones import timezone_of
from desktop.composition_gateways import (
    client_factory,
    company_authority,
    load_clients,
    make_gateway_admin,
    probe_gateway,
    trusted,
)
from desktop.composition_receiver import Webhooks
from desktop.domain.engine_trouble import EngineTrouble
from desktop.domain.errors import KnownError
from desktop.domain.events import Event, EventType, NewEvent
from desktop.domain.grace import START_GRACE
from desktop.domain.ids import CampaignId, InstanceId, WorkspaceId
from desktop.domain.operator import Deed, Permit, Workspace, anybody
from desktop.domain.summaries import CheckLine
from desktop.engine.bus import Bus
from desktop.engine.clock import SystemClock, boot_name
from desktop.engine.ports import GatewayFactory
from desktop.engine_lock import is_held
from desktop.import_place import ImportPlace
from desktop.import_process import open_reading
from desktop.media.shelf import MediaShelf
from desktop.operations.ai_writing import AiWriting, Endpoint
from desktop.operations.audit import Audit
from desktop.operations.documents import OpenDocument
from desktop.operations.explaining import WhyNotNow
from desktop.operations.message_library import MessageLibrary
from desktop.operations.operations import Operations, Parts
from desktop.operations.own_texts import OwnTexts
from desktop.operations.remote import RemoteDesk
from desktop.operations.schedules import Schedules
from desktop.operations.trial_sending import TrialSending
from desktop.operations.upkeep import Upkeep
from desktop.paths import Home
from desktop.policy.explain import Explanation, Subject, engine_stopped

if TYPE_CHECKING:
    from desktop.api.host import ApiHost, ApiSettings
    from desktop.engine.engine import Engine
    from desktop.webhooks.courier import Courier
    from desktop.webhooks.desk import HookDesk

log = logging.getLogger(__name__)

EVENT_TEXTS = "events.message_texts"  # setting: whether the timeline holds the words of messages; read at a start
OPT_OUT_WORDS = "opt_out.words"  # setting: a list of texts
API = "api"  # setting: an object with `enabled`, `port` and `bind`
CLOUD_VERSION = "cloud.api_version"  # setting: of Meta's Graph API, such as "v25.0"; read when a home is opened


@dataclass(slots=True)
class Workplace:
    """An open home. Close it by leaving `open_workplace`."""

    home: Home
    database: Database
    ledger: SqlLedger
    library: SqlLibrary
    secrets: SecretStore
    clock: SystemClock
    bus: Bus
    clients: GatewayFactory
    campaigns: CampaignStore
    contacts: ContactStore
    instances: InstanceStore
    settings: SettingStore
    edits: ContactEditStore
    imports: ImportStore
    segments: SegmentStore
    saved_messages: SavedMessageStore
    event_keeper: EventKeeper
    hooks: HookStore
    checks: NumberCheckStore
    access: AccessDesk
    provider: ProviderStore
    cloud_version: str | None = None  # of Meta's Graph API; None for the one that this program was written for
    engine: "Engine | None" = None
    engine_trouble: EngineTrouble | None = None  # why there is none, although this process should be sending
    begin_demo: Callable[[], Awaitable[None]] | None = None
    _api: "ApiHost | None" = None
    start_grace_s: float = 0.0  # where no setting says otherwise: whoever starts by hand may take it back
    operations: Operations = field(init=False)
    webhooks: Webhooks = field(init=False)
    shelf: MediaShelf = field(init=False)
    own_texts: OwnTexts = field(init=False)

    def __post_init__(self) -> None:
        self.shelf = MediaShelf(self.home.media)
        self.webhooks = Webhooks(
            self.library,
            self.settings,
            self.secrets,
            self.clock,
            self.ledger.instances,
            company_authority,
            self.access.permit,
            self.note,
        )
        self.own_texts = OwnTexts(
            self.library,
            OwnTextStore(self.database, self.workspace_id),
            self.secrets,
            self._ai_key_name,
            _connect_ai,
            self.clock,
            self.access.permit,
        )
        self.operations = self._operations(self.access.permit)

    @property
    def note(self) -> Audit:
        """Leaves a line of what changes no row."""
        return Audit(self.ledger, self.clock)

    def _operations(self, permit: Permit) -> Operations:
        return Operations(
            Parts(
                library=self.library,
                steps=self.ledger,
                campaigns=self.campaigns,
                contacts=self.contacts,
                edits=self.edits,
                checks=self.checks,
                imports=self.imports,
                marks=ImportPlace(self.home.imports, self.workspace_id),
                segments=self.segments,
                instances=self.instances,
                provider=self.provider,
                settings=self.settings,
                secrets=self.secrets,
                shelf=self.shelf,
                clients=self.clients,
                ask_gateway=partial(probe_gateway, cloud_version=self.cloud_version),
                make_admin=partial(make_gateway_admin, clock=self.clock),
                clock=self.clock,
                rejects_folder=self.home.rejects,
                open_reading=open_reading,
                local_timezone=local_timezone(),
                live=_Live(self),
                look_again=self._look_again,
                begin_demo=self._begin_demo,
                new_document=_new_document,
                permit=permit,
                note=self.note,
                is_writing=self.own_texts.is_writing,
            )
        )

    @property
    def key_desk(self) -> KeyDesk:
        """What the operator does about how keys are kept."""
        return KeyDesk(self.secrets, self.access.permit, self.note)

    @property
    def _ai_key_name(self) -> str:
        return f"ai:{self.workspace_id}"

    @property
    def trial_sending(self) -> TrialSending:
        """Sends a message of a draft to the operator's own phone."""
        why = WhyNotNow(self.library, _Live(self), local_timezone())
        store = TrialStore(self.database, self.workspace_id)
        rng, permit = SystemRandom(), self.access.permit
        return TrialSending(self.library, store, self.clients, why.explain_number, self.clock, rng, permit)

    @property
    def ai_writing(self) -> AiWriting:
        """What the operator does with an AI endpoint."""
        store, secrets, name = AiStore(self.database, self.workspace_id), self.secrets, self._ai_key_name
        permit = self.access.permit
        return AiWriting(self.library, store, self.settings, secrets, name, _connect_ai, self.clock, permit, self.note)

    @property
    def message_library(self) -> MessageLibrary:
        """What the operator does with saved messages."""
        return MessageLibrary(self.saved_messages, self.shelf, self.clock, self.access.permit)

    async def _start_grace(self) -> float:
        grace_s = await self.library.setting(START_GRACE)
        return float(grace_s) if isinstance(grace_s, int | float) else self.start_grace_s

    async def build_engine(self) -> "Engine":
        """Return a new engine of this home; whoever runs it holds the home's engine lock."""
        for module in ("desktop.engine.engine", "desktop.engine.rendering"):
            await asyncio.to_thread(importlib.import_module, module)  # the window was there without them
        from desktop.engine.engine import Engine, EngineParts
        from desktop.engine.rendering import render

        if await self.ledger.instances():
            await load_clients()
            await asyncio.to_thread(getattr, self.secrets, "protection")  # opens it: not while the loop waits
        self.engine = Engine(
            EngineParts(
                ledger=self.ledger,
                clients=self.clients,
                renderer=render,
                clock=self.clock,
                rng=Random(),  # seeded by the system; SystemRandom would ask it again for each message
                is_opt_out=self._is_opt_out,
                host=socket.gethostname(),
                pid=os.getpid(),
                boot=boot_name(),
                holidays=_holidays,
                default_zone=local_timezone(),
                market_of=market_of,
                keeps_texts=await self.library.setting(EVENT_TEXTS) is True,
                start_grace=self._start_grace,
                opt_out_replies=OptOutReplyStore(self.database, self.workspace_id),
                companions={"receiver": self.webhooks.run},
            )
        )
        _spare_the_collector()
        return self.engine

    async def _is_opt_out(self, text: str) -> bool:
        """Tell whether a reply is an opt-out, by the words as they are now, whoever has changed them."""
        chosen = await self.library.setting(OPT_OUT_WORDS)
        words = [str(word) for word in cast("list[object]", chosen)] if isinstance(chosen, list) else DEFAULT_WORDS
        return is_opt_out(text, words)

    async def keep_up(self) -> None:
        """Do what is to be done beside sending, for as long as this process is the engine. Ends by being cancelled."""
        async with asyncio.TaskGroup() as tasks:
            upkeep = Upkeep(self.library, self.event_keeper, self.shelf, self.clock)
            tasks.create_task(upkeep.run(), name="upkeep")
            tasks.create_task(self.schedules.run(), name="schedules")

    @property
    def schedules(self) -> Schedules:
        """What is done by itself: backups, and reports into a folder."""
        from desktop.backup import make_next

        return Schedules(
            library=self.library,
            settings=self.settings,
            secrets=self.secrets,
            note=self.ledger.note,
            audit=self.note,
            write_report=self._operations(anybody).write_report,  # nobody has to be signed in for what runs by itself
            make_backup=partial(make_next, self.database),
            clock=self.clock,
            permit=self.access.permit,
            home_folder=self.home.folder,
            zone=local_timezone(),
        )

    def build_courier(self) -> "Courier":
        """Return what tells other programs of events; its `run` closes its client at the end."""
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
        return f"api:{self.ledger.workspace_id}"

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

        self.home.api_media.mkdir(exist_ok=True)
        desk = RemoteDesk(self._operations(self.access.permit_api), self.library, self.home.api_media, word)
        self._api = ApiHost(desk, self.api_settings, self.clock.sleep)
        return self._api

    def api_state(self) -> tuple[str | None, KnownError | None]:
        """Return where the API of this process answers now, and why it does not although it should."""
        return (self._api.address, self._api.problem) if self._api else (None, None)

    @property
    def workspace_id(self) -> WorkspaceId:
        return self.ledger.workspace_id

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

    def _look_again(self) -> None:
        if self.engine is not None:
            self.engine.look_again()

    async def _begin_demo(self) -> None:
        if self.begin_demo is None:
            raise KnownError("no_demo_here", "The demonstration needs the window.", "Run: cadencia demo")
        await self.begin_demo()


class _Live:
    """What is alive: the engine of this process, or at least that of another one."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    def explain_instance(self, instance_id: InstanceId) -> Explanation | None:
        engine = self._workplace.engine
        trouble = self._workplace.engine_trouble
        if engine is None and trouble:
            return engine_stopped(Subject.INSTANCE, trouble.again_at)
        return engine.explain_instance(instance_id) if engine else None

    def explain_campaign(self, campaign_id: CampaignId) -> Explanation | None:
        engine = self._workplace.engine
        trouble = self._workplace.engine_trouble
        if engine is None and trouble:
            return engine_stopped(Subject.CAMPAIGN, trouble.again_at)
        return engine.explain_campaign(campaign_id) if engine else None

    async def is_sending(self) -> bool:
        return self._workplace.engine is not None or await asyncio.to_thread(is_held, self._workplace.home)


def _connect_ai(url: str, key: str) -> Endpoint:
    from desktop.ai.client import AiClient

    return AiClient(url, key, trusted())


def _new_document(file_format: str, path: Path, zone: str) -> OpenDocument:
    """Begin a report, in the language of the program. Its libraries are loaded when the first one is asked for."""
    from desktop.reports.documents import PdfReport
    from desktop.reports.xlsx import XlsxReport
    from desktop.viewmodels.report_words import TranslatedWords
    from desktop.widgets.resources import FONTS

    words = TranslatedWords()
    return XlsxReport(path, words, zone) if file_format == "xlsx" else PdfReport(path, words, FONTS)


def _spare_the_collector() -> None:
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
        provider = ProviderStore(database, workspace_id)
        _spare_the_collector()
        yield Workplace(
            home=home,
            database=database,
            ledger=SqlLedger(database, workspace_id, partial(timezone_of, fallback=local_timezone())),
            library=library,
            secrets=secrets,
            clock=clock,
            bus=bus,
            clients=client_factory(secrets, clock, provider, version),
            campaigns=CampaignStore(database, workspace_id),
            contacts=ContactStore(database, workspace_id),
            instances=InstanceStore(database, workspace_id),
            settings=SettingStore(database, workspace_id),
            edits=ContactEditStore(database, workspace_id),
            imports=ImportStore(database, workspace_id),
            segments=SegmentStore(database, workspace_id),
            saved_messages=SavedMessageStore(database, workspace_id),
            event_keeper=EventKeeper(database, workspace_id),
            hooks=HookStore(database, workspace_id),
            provider=provider,
            checks=NumberCheckStore(database, workspace_id),
            cloud_version=version,
            access=AccessDesk(OperatorStore(database, workspace_id), clock.now),
        )
    finally:
        await asyncio.to_thread(database.close)


def _holidays(country: str) -> Callable[[date], bool]:
    try:
        return is_holiday(country)
    except KnownError as error:
        log.warning("no holidays are known for %s (%s): every day counts", country, error.code)
        return lambda _day: False


def _publish(bus: Bus, events: Sequence[Event]) -> None:
    bus.publish(events)


def _secrets(home: Home) -> SecretStore:
    from desktop.access.secrets import open_secrets

    return open_secrets(home.folder, home.keyring_service(), os.environ.get("CADENCIA_PASSPHRASE"))


def local_timezone() -> str:
    """Return the IANA name of this machine's time zone, or São Paulo's when the system does not say."""
    candidates = [os.environ.get("TZ", "").lstrip(":")]
    link = Path("/etc/localtime")
    if link.is_symlink():
        candidates.append(str(link.resolve()).partition("zoneinfo/")[2])
    for name in candidates:
        try:
            if name and ZoneInfo(name):
                return name
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return "America/Sao_Paulo"
