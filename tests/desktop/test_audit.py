"""Every deed leaves a line in the log that says who did it; a deed that is not tried here fails the test."""

import asyncio
import inspect
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from desktop.composition import Workplace, open_workplace
from desktop.domain.campaign import Audience, AudienceKind, CampaignAction, Draft, MessageDraft
from desktop.domain.contact import ContactFilter
from desktop.domain.events import Event
from desktop.domain.instance import Gateway, InstanceLimits
from desktop.domain.operator import Role
from desktop.domain.segment import Group, Match, TagRule
from desktop.operations.audit import ACTIONS
from desktop.operations.operations import Operations
from desktop.operations.receiving import Receiving
from desktop.paths import open_home
from desktop.viewmodels.wording_access import _ACTIONS
from tests.fakes.simulator_process import SimulatorProcess

LOOKS_ONLY = {
    "check_instance", "eta_s", "forecast", "known_numbers", "last_import", "preflight", "preview_import", "probe",
    "provider_facts", "why_not_now", "refresh_templates", "write_report", "paste_import", "drop_pasted",
    # Of the receiver.
    "settings", "hooks", "hook_of", "test",
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
    "keep_app_secret": "stores the settings of the receiver anew, as change does",
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

    async def number(self, name: str) -> Any:
        found = await self.workplace.library.instances()
        return next(summary.instance.id for summary in found if summary.instance.name == name)


Deed = Callable[[Desk], Awaitable[object]]
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


# In an order in which each finds what it needs.
DEEDS: list[tuple[str, Deed]] = [
    ("import_contacts", import_people),
    ("tag_contacts", lambda d: d.do.tag_contacts(d.made["people"], "vip", True)),
    ("edit_contact", lambda d: d.do.edit_contact(d.made["people"][0], "Ana Maria", {"cidade": "Recife"})),
    ("export_contacts", lambda d: d.do.export_contacts(d.folder / "all.csv")),
    ("export_some", lambda d: d.do.export_some(d.folder / "some.csv", d.made["people"][:1])),
    ("export_person", lambda d: d.do.export_person("+5511970000001", d.folder / "one.json")),
    ("save_segment", lambda d: d.do.save_segment("vips", Group(Match.ALL, (TagRule("vip", True),)))),
    ("delete_segment", lambda d: d.do.delete_segment("vips")),
    ("create_at_gateway", lambda d: d.do.create_at_gateway(Gateway.EVOLUTION, d.gateway.url, d.gateway.api_key, "z")),
    ("add_instance", add_number),
    ("update_instance", lambda d: after(d, lambda n: d.do.update_instance(n, InstanceLimits(per_day=10), "UTC"))),
    ("pause_instance", lambda d: after(d, d.do.pause_instance)),
    ("resume_instance", lambda d: after(d, d.do.resume_instance)),
    ("restart_instance", lambda d: after(d, d.do.restart_instance)),
    ("create", create),
    ("duplicate", lambda d: d.do.duplicate(d.made["campaign"])),
    ("schedule", lambda d: d.do.schedule(d.made["campaign"], d.workplace.clock.now() + timedelta(days=1))),
    ("act", lambda d: d.do.act(d.made["campaign"], CampaignAction.CANCEL)),
    ("enable", lambda d: d.workplace.webhooks.receiving.enable(port=18_999)),
    ("connect", lambda d: d.workplace.webhooks.receiving.connect("a")),
    ("disconnect", lambda d: d.workplace.webhooks.receiving.disconnect("a")),
    ("disable", lambda d: d.workplace.webhooks.receiving.disable()),
    ("change", lambda d: d.workplace.webhooks.receiving.enable(port=18_998)),
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
    methods = {
        name
        for desk in (Operations, Receiving)
        for name, _method in inspect.getmembers(desk, inspect.iscoroutinefunction)
        if not name.startswith("_")
    }
    assert methods - LOOKS_ONLY - set(ELSEWHERE) == {name for name, _deed in DEEDS}


def test_every_deed_outside_the_database_has_words() -> None:
    assert set(_ACTIONS) == ACTIONS


async def test_every_deed_leaves_a_line_with_the_name_of_who_did_it(desk: Desk) -> None:
    silent: list[str] = []
    for name, deed in DEEDS:
        desk.heard.clear()
        await deed(desk)
        if not any(event.fact.operator == "Ana" for event in desk.heard):
            silent.append(name)
    assert silent == []
