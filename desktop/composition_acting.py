"""The half of the composition that acts: stores, operations, desks and the engine of an open home.

`desktop/composition.py` loads it when somebody first acts; a list of campaigns is read without it.
"""

import asyncio
import importlib
import logging
import os
import socket
from collections import deque
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from random import Random, SystemRandom
from typing import TYPE_CHECKING, cast

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
from db.stores.opt_out_replies import OptOutReplyStore
from db.stores.own_texts import OwnTextStore
from db.stores.provider import ProviderStore
from db.stores.saved_messages import SavedMessageStore
from db.stores.segments import SegmentStore
from db.stores.settings import SettingStore
from db.stores.trials import TrialStore
from desktop.audience.holiday_calendar import is_holiday, known_holidays
from desktop.audience.markets import market_of
from desktop.audience.optout import DEFAULT_WORDS, is_opt_out
from desktop.audience.regions import place_of
from desktop.composition import EVENT_TEXTS, OPT_OUT_WORDS, local_timezone, spare_the_collector
from desktop.composition_gateways import (
    client_factory,
    company_authority,
    load_clients,
    make_gateway_admin,
    probe_gateway,
    trusted,
)
from desktop.composition_receiver import Webhooks
from desktop.domain.errors import KnownError
from desktop.domain.grace import START_GRACE
from desktop.domain.ids import CampaignId, InstanceId
from desktop.domain.operator import Permit, anybody
from desktop.engine.clock import boot_name
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
from desktop.operations.schedules import Schedules
from desktop.operations.trial_sending import TrialSending
from desktop.operations.upkeep import Upkeep
from desktop.own_program import own_command
from desktop.policy.explain import Explanation, Subject, engine_stopped

if TYPE_CHECKING:
    from desktop.composition import Workplace
    from desktop.domain.receipt import Inbound
    from desktop.engine.engine import Engine

log = logging.getLogger(__name__)

UNHEARD = "engine.unheard"
RECORDER = "record-messages"  # as `desktop/cli/entry.py` knows it
# Messages a second, on the average of 500. Evolution and WAHA send a few a minute, and Meta 80 a second by a number.
RECORD_APART_FROM_PER_S = 200.0


class Acting:
    """What can be done in an open home. Making it blocks for as long as its modules load, and does nothing else."""

    def __init__(self, workplace: "Workplace") -> None:
        self._workplace = workplace
        self._unwritten: deque[Inbound] = deque()
        self.home, self.library, self.secrets = workplace.home, workplace.library, workplace.secrets
        self.clock, self.access = workplace.clock, workplace.access
        self.database, self.workspace_id = database, workspace_id = workplace.database, workplace.workspace_id
        self.provider = ProviderStore(database, workspace_id)
        self.clients = client_factory(self.secrets, self.clock, self.provider, workplace.cloud_version)
        self.ledger = SqlLedger(database, workspace_id, partial(place_of, fallback=local_timezone()))
        self.campaigns = CampaignStore(database, workspace_id)
        self.contacts = ContactStore(database, workspace_id)
        self.instances = InstanceStore(database, workspace_id)
        self.settings = SettingStore(database, workspace_id)
        self.edits = ContactEditStore(database, workspace_id)
        self.imports = ImportStore(database, workspace_id)
        self.segments = SegmentStore(database, workspace_id)
        self.saved_messages = SavedMessageStore(database, workspace_id)
        self.event_keeper = EventKeeper(database, workspace_id)
        self.hooks = HookStore(database, workspace_id)
        self.checks = NumberCheckStore(database, workspace_id)
        self.shelf = MediaShelf(self.home.media)
        self.note = Audit(self.ledger, self.clock)
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
            OwnTextStore(database, workspace_id),
            self.secrets,
            self._ai_key_name,
            _connect_ai,
            self.clock,
            self.access.permit,
        )
        self.operations = self.operations_for(self.access.permit)

    def operations_for(self, permit: Permit) -> Operations:
        """Return the operations for whoever `permit` speaks of: it is asked before each deed."""
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
                ask_gateway=partial(probe_gateway, cloud_version=self._workplace.cloud_version),
                make_admin=partial(make_gateway_admin, clock=self.clock),
                clock=self.clock,
                rejects_folder=self.home.rejects,
                open_reading=open_reading,
                local_timezone=local_timezone(),
                live=_Live(self._workplace),
                look_again=self._look_again,
                begin_demo=self._begin_demo,
                new_document=_new_document,
                permit=permit,
                note=self.note,
                is_writing=self.own_texts.is_writing,
            )
        )

    @property
    def _ai_key_name(self) -> str:
        return f"ai:{self.workspace_id}"

    @property
    def trial_sending(self) -> TrialSending:
        """Sends a message of a draft to the operator's own phone."""
        why = WhyNotNow(self.library, _Live(self._workplace), local_timezone())
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
        return float(grace_s) if isinstance(grace_s, int | float) else self._workplace.start_grace_s

    async def build_engine(self) -> "Engine":
        """Return a new engine of this home; whoever runs it holds the home's engine lock."""
        for module in ("desktop.engine.engine", "desktop.engine.rendering"):
            await asyncio.to_thread(importlib.import_module, module)  # the window was there without them
        spare_the_collector()
        from desktop.engine.engine import Engine, EngineParts
        from desktop.engine.rendering import render

        if self._workplace.records_apart:
            from_per_s = os.environ.get("CADENCIA_RECORDER_FROM_PER_S")
            command = [*own_command(), RECORDER]
            self.ledger.record_apart(command, float(from_per_s) if from_per_s else RECORD_APART_FROM_PER_S)
        if await self.ledger.instances():
            await load_clients()
            spare_the_collector()
            await asyncio.to_thread(getattr, self.secrets, "protection")  # opens it: not while the loop waits
        self._workplace.engine = Engine(
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
                unheard=_Unheard(self),
                unwritten=self._unwritten,
            )
        )
        spare_the_collector()
        return self._workplace.engine

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
            write_report=self.operations_for(
                anybody
            ).write_report,  # nobody has to be signed in for what runs by itself
            make_backup=partial(make_next, self.database),
            clock=self.clock,
            permit=self.access.permit,
            home_folder=self.home.folder,
            zone=local_timezone(),
        )

    def _look_again(self) -> None:
        if self._workplace.engine is not None:
            self._workplace.engine.look_again()

    async def _begin_demo(self) -> None:
        if self._workplace.begin_demo is None:
            raise KnownError("no_demo_here", "The demonstration needs the window.", "Run: cadencia demo")
        await self._workplace.begin_demo()


class _Unheard:
    """Remembers, among the settings, which instances were not heard and could not be asked yet (`missed.Notes`)."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting

    async def read(self) -> object:
        return await self._acting.library.setting(UNHEARD)

    async def write(self, value: object) -> None:
        await self._acting.settings.put(UNHEARD, value, self._acting.clock.now(), is_audited=False)


class _Live:
    """What is alive: the engine of this process, or at least that of another one."""

    def __init__(self, workplace: "Workplace") -> None:
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


def _holidays(calendar: str) -> Callable[[date], bool]:
    try:
        is_holiday(calendar.partition("-")[0])
    except KnownError as error:
        log.warning("no holidays are known for %s (%s): every day counts", calendar, error.code)
    return known_holidays(calendar)
