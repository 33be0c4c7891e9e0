"""Every deed leaves a line in the log that says who did it; a deed that is not tried here fails the test."""

import asyncio
import inspect
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from desktop.access.desk import AccessDesk
from desktop.capsule_desk import CapsuleDesk
from desktop.composition import Workplace, open_workplace
from desktop.domain.ai import AiSettings
from desktop.domain.budget import Budget
from desktop.domain.campaign import Audience, AudienceKind, CampaignAction, Draft, MessageDraft
from desktop.domain.contact import ContactFilter
from desktop.domain.errors import KnownError
from desktop.domain.events import Event
from desktop.domain.instance import Gateway, InstanceLimits
from desktop.domain.operator import Role
from desktop.domain.schedules import BackupPlan, ReportPlan
from desktop.domain.segment import Group, Match, TagRule
from desktop.operations.ai_writing import AiWriting
from desktop.operations.audit import ACTIONS, SECRETS
from desktop.operations.budget import BudgetDesk
from desktop.operations.message_library import MessageLibrary
from desktop.operations.operations import Operations
from desktop.operations.receiving import Receiving
from desktop.operations.schedules import Schedules
from desktop.paths import open_home
from desktop.viewmodels.wording_access import _ACTIONS, _SECRETS
from desktop.webhooks.desk import HookDesk
from tests.fakes.simulator_process import SimulatorProcess

LOOKS_ONLY = {
    "check_instance", "estimate", "eta_s", "forecast", "known_numbers", "last_import", "numbers", "preflight",
    "preview_import", "probe", "provider_facts", "why_not_now", "refresh_templates", "paste_import", "drop_pasted",
    # Of the receiver.
    "settings", "hooks", "hook_of", "test",
    "HookDesk.standings", "HookDesk.dead", "HookDesk.test", "AiWriting.settings", "AiWriting.has_key",
    "AiWriting.usage", "AiWriting.proposed", "Schedules.state", "CapsuleDesk.handed_over", "CapsuleDesk.show",
    "BudgetDesk.state", "BudgetDesk.campaign", "AccessDesk.is_guarded", "AccessDesk.refresh", "AccessDesk.check",
    "AccessDesk.permit", "AccessDesk.permit_api", "AccessDesk.operators",
}  # fmt: skip
"""Reads, asks a gateway, or writes what only the operator's own disk shows."""
ELSEWHERE = {
    "save_draft": "a line now and then, and when another operator goes on: tests/db/stores/test_campaigns.py",
    "start_demo": "opens a home of its own",
    "recover_imports": "mends what a crash left, by nobody; each import has its own events",
    "check_numbers": "answers of a gateway are kept; whoever is skipped for them has a line of their own",
    "resolve_doubt": "tests/db/stores/test_doubts.py: needs a message in doubt",
    "retry_failed": "tests/db/stores/test_second_try.py: needs a failed message",
    "undo_import": "tests/db/stores/test_consent.py",
    "send_trial": "tests/desktop/operations/test_trial_sending.py",
    "AiWriting.propose": "tests/desktop/operations/test_ai_writing.py: needs an endpoint",
    "AiWriting.try_out": "tests/desktop/operations/test_ai_writing.py: needs an endpoint",
    "AiWriting.decide": "what becomes of a proposal is seen in the draft, whose change has a line",
    "HookDesk.retry_dead": "tests/db/test_isolation_of_stores.py: needs a delivery that was given up",
    "Schedules.run": "rounds, for ever",
    "Schedules.round": "by nobody; tests/desktop/cli/test_schedule.py",
    "CapsuleDesk.take_in": "tests/desktop/test_capsule.py: needs a capsule of another home",
    "AccessDesk.sign_in": "tests/desktop/access: signing in has its own events",
    "AccessDesk.change_own_password": "tests/desktop/access/test_desk.py",
    "AccessDesk.reset": "by nobody, as the last one: tests/desktop/access/test_desk.py",
}


@dataclass
class Desk:
    """A home with its first admin, and what has been heard of it."""

    workplace: Workplace
    gateway: SimulatorProcess
    folder: Path
    heard: list[Event] = field(default_factory=list[Event])
    made: dict[str, Any] = field(default_factory=dict[str, Any])

    @property
    def do(self) -> Operations:
        return self.workplace.operations

    @property
    def capsules(self) -> CapsuleDesk:
        place = self.workplace
        folder, permit = place.home.folder, place.access.permit
        return CapsuleDesk(place.database, place.workspace_id, place.shelf, folder, place.clock.now, permit)

    @property
    def budget(self) -> BudgetDesk:
        place = self.workplace
        return BudgetDesk(place.library, place.settings, place.clock.now, "UTC", place.access.permit)

    async def number(self, name: str) -> Any:
        found = await self.workplace.library.instances()
        return next(summary.instance.id for summary in found if summary.instance.name == name)


Deed = Callable[[Desk], Awaitable[object]]
AI_KEY, APP_SECRET, BACKUP_WORD = "sk-ai-4711", "meta-app-secret-4711", "a passphrase of backups"
DRAFT = Draft("Natal", Audience(AudienceKind.ALL), (MessageDraft("Oi"),), ("a",))


async def create(desk: Desk) -> None:
    desk.made["campaign"] = await desk.do.create(DRAFT)


async def import_people(desk: Desk) -> None:
    path = desk.folder / "people.csv"
    path.write_text("Nome;Telefone\nAna;11970000001\nBia;11970000002\n", encoding="utf-8")
    await desk.do.import_contacts(path, (), (), "BR", lambda _n, _s: None)
    desk.made["people"] = list(await desk.workplace.library.contact_ids(ContactFilter()))


async def add_number(desk: Desk) -> None:
    url, key = desk.gateway.url, desk.gateway.api_key
    await desk.do.add_instance("a", Gateway.EVOLUTION, url, "a", key, InstanceLimits(), "UTC")


async def add_hook(desk: Desk) -> None:
    async with desk.workplace.hook_desk() as hooks:
        desk.made["hook"], desk.made["hook secret"] = await hooks.add("http://127.0.0.1:9/told")


def with_hook(deed: Callable[[HookDesk, Any], Awaitable[object]]) -> Deed:
    async def do(desk: Desk) -> None:
        async with desk.workplace.hook_desk() as hooks:
            await deed(hooks, desk.made["hook"].id)

    return do


# In an order in which each finds what it needs.
DEEDS: list[tuple[str, Deed]] = [
    ("import_contacts", import_people),
    ("tag_contacts", lambda d: d.do.tag_contacts(d.made["people"], "vip", True)),
    ("edit_contact", lambda d: d.do.edit_contact(d.made["people"][0], "Ana Maria", {"cidade": "Recife"})),
    ("export_contacts", lambda d: d.do.export_contacts(d.folder / "all.csv")),
    ("export_some", lambda d: d.do.export_some(d.folder / "some.csv", d.made["people"][:1])),
    ("export_person", lambda d: d.do.export_person("+5511970000001", d.folder / "one.json")),
    ("save_segment", lambda d: d.do.save_segment("vips", Group(Match.ALL, (TagRule("vip", True),)))),
    ("rename_segment", lambda d: d.do.rename_segment("vips", "clientes")),
    ("delete_segment", lambda d: d.do.delete_segment("clientes")),
    ("create_at_gateway", lambda d: d.do.create_at_gateway(Gateway.EVOLUTION, d.gateway.url, d.gateway.api_key, "z")),
    ("add_instance", add_number),
    ("update_instance", lambda d: after(d, lambda n: d.do.update_instance(n, InstanceLimits(per_day=10), "UTC"))),
    ("pause_instance", lambda d: after(d, d.do.pause_instance)),
    ("resume_instance", lambda d: after(d, d.do.resume_instance)),
    ("restart_instance", lambda d: after(d, d.do.restart_instance)),
    ("create", create),
    ("duplicate", lambda d: d.do.duplicate(d.made["campaign"])),
    ("write_report", lambda d: d.do.write_report(d.made["campaign"], "json", d.folder / "proof.json")),
    ("CapsuleDesk.export", lambda d: d.capsules.export(d.made["campaign"], d.folder / "a.cadencia-capsule", "")),
    ("CapsuleDesk.take_back", lambda d: d.capsules.take_back(d.made["campaign"])),
    ("MessageLibrary.save", lambda d: d.workplace.message_library.save("Oi", (MessageDraft("Oi"),))),
    ("MessageLibrary.rename", lambda d: d.workplace.message_library.rename("Oi", "Olá")),
    ("MessageLibrary.delete", lambda d: d.workplace.message_library.delete("Olá")),
    ("BudgetDesk.save", lambda d: d.budget.save(Budget())),
    ("AiWriting.set_up", lambda d: d.workplace.ai_writing.set_up(AiSettings(), AI_KEY)),
    ("HookDesk.add", add_hook),
    ("HookDesk.pause", with_hook(lambda hooks, hook_id: hooks.pause(hook_id))),
    ("HookDesk.resume", with_hook(lambda hooks, hook_id: hooks.resume(hook_id))),
    ("HookDesk.remove", with_hook(lambda hooks, hook_id: hooks.remove(hook_id))),
    ("Schedules.plan_backup", lambda d: d.workplace.schedules.plan_backup(BackupPlan(), BACKUP_WORD)),
    ("Schedules.plan_reports", lambda d: d.workplace.schedules.plan_reports(ReportPlan())),
    ("AccessDesk.add", lambda d: d.workplace.access.add("Bia", Role.AGENT, "senha da bia")),
    ("AccessDesk.set_password", lambda d: d.workplace.access.set_password("Bia", "outra senha")),
    ("AccessDesk.set_role", lambda d: d.workplace.access.set_role("Bia", Role.VIEWER)),
    ("AccessDesk.set_disabled", lambda d: d.workplace.access.set_disabled("Bia", True)),
    ("AccessDesk.remove", lambda d: d.workplace.access.remove("Bia")),
    ("schedule", lambda d: d.do.schedule(d.made["campaign"], d.workplace.clock.now() + timedelta(days=1))),
    ("act", lambda d: d.do.act(d.made["campaign"], CampaignAction.CANCEL)),
    ("enable", lambda d: d.workplace.webhooks.receiving.enable(port=18_999)),
    ("connect", lambda d: d.workplace.webhooks.receiving.connect("a")),
    ("disconnect", lambda d: d.workplace.webhooks.receiving.disconnect("a")),
    ("disable", lambda d: d.workplace.webhooks.receiving.disable()),
    ("change", lambda d: d.workplace.webhooks.receiving.enable(port=18_998)),
    ("keep_app_secret", lambda d: d.workplace.webhooks.receiving.keep_app_secret("a", APP_SECRET)),
    ("log_out_instance", lambda d: after(d, d.do.log_out_instance)),
    ("pairing", lambda d: after(d, lambda n: d.do.pairing(n, "+5511970000009"))),
    ("opt_out", lambda d: d.do.opt_out("+5511970000001")),
    ("opt_in", lambda d: d.do.opt_in("+5511970000001")),
    ("opt_out_contacts", lambda d: d.do.opt_out_contacts(d.made["people"])),
    ("erase", lambda d: d.do.erase("+5511970000002")),
    ("set_setting", lambda d: d.do.set_setting("opt_out.words", ["sair"])),
    ("delete_at_gateway", lambda d: after(d, d.do.delete_at_gateway)),
    ("remove_instance", lambda d: again(d)),
]


async def after(desk: Desk, deed: Callable[[Any], Awaitable[object]]) -> None:
    await deed(await desk.number("a"))


async def again(desk: Desk) -> None:
    url, key = desk.gateway.url, desk.gateway.api_key
    await desk.do.add_instance("b", Gateway.EVOLUTION, url, "b", key, InstanceLimits(), "UTC")
    desk.heard.clear()
    await desk.do.remove_instance(await desk.number("b"))


@pytest.fixture
def gateway(tmp_path: Path) -> Iterator[SimulatorProcess]:
    with SimulatorProcess(("a", "b"), record=tmp_path / "record.jsonl", seed=1) as simulator:
        yield simulator


@pytest.fixture
async def desk(home: Path, tmp_path: Path, gateway: SimulatorProcess) -> AsyncIterator[Desk]:
    asyncio.get_running_loop().slow_callback_duration = 60  # the first of everything is imported here
    async with open_workplace(open_home(str(home)), None, is_throw_away=True) as workplace:
        made = Desk(workplace, gateway, tmp_path)
        workplace.bus.subscribe(made.heard.extend)
        await workplace.access.add("Ana", Role.ADMIN, "senha da ana")
        yield made


def test_every_operation_is_tried_or_named_with_a_reason() -> None:
    others = (HookDesk, AiWriting, Schedules, CapsuleDesk, BudgetDesk, MessageLibrary, AccessDesk)
    methods = {
        name if desk in (Operations, Receiving) else f"{desk.__name__}.{name}"
        for desk in (Operations, Receiving, *others)
        for name, _method in inspect.getmembers(desk, inspect.iscoroutinefunction)
        if not name.startswith("_")
    }
    assert methods - LOOKS_ONLY - set(ELSEWHERE) == {name for name, _deed in DEEDS}


def test_every_deed_outside_the_database_has_words() -> None:
    assert set(_ACTIONS) == ACTIONS
    assert set(_SECRETS) == SECRETS


async def test_every_deed_leaves_a_line_with_the_name_of_who_did_it(desk: Desk) -> None:
    silent: list[str] = []
    said: list[Event] = []
    for name, deed in DEEDS:
        desk.heard.clear()
        await deed(desk)
        said += desk.heard
        if not any(event.fact.operator == "Ana" for event in desk.heard):
            silent.append(name)
    assert silent == []
    told = [(event.fact.details["action"], event.fact.details["secret"]) for event in said if is_of_secrets(event)]
    assert set(told) == {
        ("secret_set", "gateway_token"),
        ("secret_removed", "gateway_token"),
        ("secret_set", "app_secret"),
        ("secret_removed", "app_secret"),
        ("secret_set", "ai_key"),
        ("secret_set", "webhook_secret"),
        ("secret_removed", "webhook_secret"),
        ("secret_set", "backup_passphrase"),
    }
    everything = repr([event.fact for event in said])
    for secret in (AI_KEY, APP_SECRET, BACKUP_WORD, desk.gateway.api_key, desk.made["hook secret"]):
        assert secret not in everything


async def test_a_key_that_is_taken_away_and_a_token_of_the_api_have_lines_as_well(desk: Desk) -> None:
    desk.heard.clear()
    await desk.workplace.ai_writing.set_up(AiSettings(), "")
    token = await desk.workplace.set_api(is_enabled=True, port=18_997, bind="127.0.0.1")
    lines = [event.fact.details for event in desk.heard if is_of_secrets(event)]
    assert lines == [
        {"action": "secret_removed", "secret": "ai_key"},
        {"action": "secret_set", "secret": "api_token"},
    ]
    assert token
    assert token not in repr(desk.heard)


async def test_how_the_window_looks_and_what_it_remembers_leave_no_line(desk: Desk) -> None:
    desk.heard.clear()
    await desk.do.set_setting("ui.geometry", "0,0,1280,820")
    await desk.do.set_setting("import.mappings", {"nome;telefone": {"Nome": "name"}})
    assert desk.heard == []
    assert await desk.workplace.library.setting("ui.geometry") == "0,0,1280,820"


async def test_an_agent_may_have_the_columns_of_a_file_remembered(desk: Desk) -> None:
    await desk.workplace.access.add("Bia", Role.AGENT, "senha da bia")
    await desk.workplace.access.sign_in("Bia", "senha da bia")
    await desk.do.set_setting("import.mappings", {"nome": {"Nome": "name"}})
    with pytest.raises(KnownError, match="may not"):
        await desk.do.set_setting("opt_out.words", ["sair"])


async def test_a_report_by_schedule_needs_nobody_signed_in_and_says_so(desk: Desk) -> None:
    await import_people(desk)
    await create(desk)
    desk.workplace.access.sign_out()
    desk.heard.clear()
    await desk.workplace.schedules.write_report(desk.made["campaign"], "csv", desk.folder / "proof.csv")
    assert [(event.fact.details, event.fact.operator) for event in desk.heard] == [
        ({"action": "report_exported", "format": "csv"}, None)
    ]
    assert desk.heard[0].fact.campaign_id == desk.made["campaign"]


async def test_a_backup_that_is_made_by_itself_leaves_a_line_without_a_name(desk: Desk) -> None:
    folder = desk.folder / "backups"
    await desk.workplace.schedules.plan_backup(BackupPlan(is_on=True, folder=str(folder)), BACKUP_WORD)
    desk.workplace.access.sign_out()
    desk.heard.clear()
    await desk.workplace.schedules.round()
    assert len(list(folder.iterdir())) == 1
    assert [(event.fact.details, event.fact.operator) for event in desk.heard] == [({"action": "backup_made"}, None)]


def is_of_secrets(event: Event) -> bool:
    return str(event.fact.details.get("action", "")).startswith("secret_")
