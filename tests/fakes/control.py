"""Stand-in for the intentions of the screens: carries them out on the rows of a `FakeLibrary`, and remembers them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from desktop.domain.campaign import CampaignAction, CampaignStatus, Draft, step
from desktop.domain.consent import ImportRules, RecoveredImport
from desktop.domain.contact import Contact, ImportResult
from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId, ContactId, InstanceId, RecipientId, WorkspaceId
from desktop.domain.instance import ConnectionOptions, ConnectionState, Gateway, Instance, InstanceLimits
from desktop.domain.numbers import KnownNumbers
from desktop.domain.report import ReportWatch
from desktop.domain.segment import Group, Segment
from desktop.domain.summaries import CampaignCounts, CampaignSummary, CheckLine, InstanceSummary
from desktop.domain.template import MessageTemplate, NumberFacts
from desktop.operations.number_checking import CheckResult
from desktop.policy.explain import Explanation, Subject
from desktop.policy.forecast import Forecast, forecast_of
from desktop.policy.waiting import Rule, Wait
from tests.fakes import samples
from tests.fakes.library import FakeLibrary


@dataclass(frozen=True, slots=True)
class FakeProbe:
    ok: bool = True
    code: str = "ok"
    version: str | None = "2.3.6"
    instances: Sequence[tuple[str, ConnectionState, str | None]] = (
        ("vendas-1", ConnectionState.CONNECTED, "+5511988011234"),
        ("suporte", ConnectionState.NEEDS_QR, None),
    )
    text: str = ""


@dataclass(frozen=True, slots=True)
class FakePairing:
    qr_text: str | None = "2@Zm9ydHkgdHdvIGlzIHRoZSBhbnN3ZXI=,c2FtcGxlIGtleQ==,bm90IGEgcmVhbCBjb2Rl"
    pairing_code: str | None = "WZYE-H1YY"
    already_connected: bool = False
    lifetime_s: float | None = 45.0


@dataclass(frozen=True, slots=True)
class FakeReport:
    result: ImportResult = field(default_factory=lambda: ImportResult(2000, 1783, 41, 96, 80, 0.9))
    rejects_path: Path | None = Path("contatos-recusados.csv")
    reasons: Sequence[tuple[str, int]] = (("scientific_notation", 31), ("too_short", 27), ("empty", 22))
    landlines: int = 12
    shortened: int = 3


@dataclass(frozen=True, slots=True)
class FakeUndone:
    removed: int = 1783
    restored: int = 41


@dataclass(frozen=True, slots=True)
class FakePreview:
    header: Sequence[str] = ("Nome", "Celular", "Cidade")
    rows: Sequence[Sequence[str]] = (
        ("Conceição Araújo", "(11) 98765-4321", "São Paulo"),
        ("José Müller", "5,51198E+12", "Curitiba"),
    )
    guess: Sequence[tuple[str, str]] = (("name", "Nome"), ("phone", "Celular"), ("custom.cidade", "Cidade"))
    encoding: str = "cp1252"
    delimiter: str = ";"
    problems: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class FakeWritten:
    file: Path
    rows: int = 2000
    verdict: str = "proven"


class FakeControl:
    """Carries intentions out on the rows of a `FakeLibrary`, and remembers them in `done`."""

    def __init__(self, library: FakeLibrary) -> None:
        self.library = library
        self.done: list[tuple[object, ...]] = []
        self.known = KnownNumbers(120, 8, 272, samples.NOW - timedelta(days=3))
        self.refuse: KnownError | None = None
        self.watch: ReportWatch | None = None  # of the last report
        self.report_cancels = False  # as if somebody cancelled meanwhile
        self.options: ConnectionOptions | None = None  # of the last test or adding of a number
        self.rules: ImportRules | None = None
        self.recovered: list[RecoveredImport] = []
        self.probe_result = FakeProbe()
        self.templates: list[MessageTemplate] = []
        self.facts = NumberFacts("+5511999990000", "Loja", "GREEN", "TIER_2K", "STANDARD", "CONNECTED")
        self.forecasts: dict[CampaignId, Forecast] = {}
        self.asked_why: list[RecipientId] = []
        self.explanations: dict[RecipientId, Explanation] = {}
        self.checks: list[CheckLine] = [
            CheckLine("state", "green", {"status": "draft"}),
            CheckLine("audience", "green", {"n": 383}),
            CheckLine("opt_out", "green", {"n": 17}),
            CheckLine("instances_some_connected", "amber", {"usable": 1, "names": ["suporte"]}),
            CheckLine("content", "green", {"n": 2}),
            CheckLine("variables_missing", "red", {"fields": {"contact.name": 24}}),
            CheckLine("media", "green", {}),
            CheckLine(
                "limits",
                "green",
                {
                    "finish_at": samples.NOW + timedelta(hours=4),
                    "earliest": samples.NOW + timedelta(hours=3),
                    "latest": samples.NOW + timedelta(hours=5),
                    "days": 0.2,
                },
            ),
            CheckLine("schedule_none", "green", {}),
        ]

    def _note(self, *intention: object) -> None:
        self.done.append(intention)
        if self.refuse is not None:
            refusal, self.refuse = self.refuse, None
            raise refusal

    async def save_draft(self, campaign_id: CampaignId | None, draft: Draft) -> CampaignId:
        self._note("save_draft", campaign_id, draft)
        rows = self.library.rows
        new_id = campaign_id or CampaignId(max(rows, default=0) + 1)
        base = rows.get(new_id) or CampaignSummary(
            new_id,
            draft.name,
            CampaignStatus.DRAFT,
            None,
            CampaignCounts(),
            samples.NOW,
            samples.NOW,
            None,
            None,
            None,
            0.0,
            draft,
        )
        rows[new_id] = replace(base, name=draft.name, draft=draft, instance_names=draft.instances)
        return new_id

    async def duplicate(self, campaign_id: CampaignId) -> CampaignId:
        self._note("duplicate", campaign_id)
        return await self.save_draft(None, self.library.rows[campaign_id].draft)

    async def preflight(self, campaign_id: CampaignId) -> Sequence[CheckLine]:
        return list(self.checks)

    async def forecast(self, campaign_id: CampaignId) -> Forecast | None:
        return self.forecasts.get(campaign_id)

    async def estimate(self, campaign_id: CampaignId | None, draft: Draft, people: int) -> Forecast | None:
        chosen = [each for each in self.library.numbers if each.instance.name in draft.instances]
        return forecast_of(draft, people, chosen, {}, samples.NOW)

    async def why_not_now(self, recipient_id: RecipientId) -> Explanation:
        self.asked_why.append(recipient_id)
        try:
            return self.explanations[recipient_id]
        except KeyError:
            return Explanation(Subject.RECIPIENT, (Wait(Rule.NO_ENGINE),))

    async def act(self, campaign_id: CampaignId, action: CampaignAction) -> None:
        self._note("act", campaign_id, action)
        row = self.library.rows[campaign_id]
        status = step(row.status, action)
        if action is CampaignAction.DELETE:
            del self.library.rows[campaign_id]
        else:
            self.library.rows[campaign_id] = replace(row, status=status)

    async def schedule(self, campaign_id: CampaignId, at: datetime) -> None:
        self._note("schedule", campaign_id, at)
        row = self.library.rows[campaign_id]
        self.library.rows[campaign_id] = replace(row, status=CampaignStatus.SCHEDULED, schedule_at=at)

    async def resolve_doubt(self, recipient_ids: Sequence[RecipientId] | CampaignId, as_sent: bool) -> int:
        self._note("resolve_doubt", recipient_ids, as_sent)
        return 1 if isinstance(recipient_ids, int) else len(recipient_ids)

    async def write_report(
        self, campaign_id: CampaignId, file_format: str, path: Path, watch: ReportWatch | None = None
    ) -> FakeWritten:
        self._note("write_report", campaign_id, file_format, path)
        self.watch = watch
        if self.report_cancels and watch is not None:
            watch.is_cancelled = True
        if watch is not None and watch.is_cancelled:
            raise KnownError("report_cancelled", "The report was cancelled.")
        return FakeWritten(path)

    async def probe(
        self,
        gateway: Gateway,
        base_url: str,
        token: str,
        *,
        phone_id: str | None = None,
        waba_id: str | None = None,
        options: ConnectionOptions | None = None,
    ) -> FakeProbe:
        self.options = options
        self._note("probe", gateway, base_url, *([phone_id, waba_id] if gateway is Gateway.CLOUD else []))
        return self.probe_result

    async def add_instance(
        self,
        name: str,
        gateway: Gateway,
        base_url: str,
        remote_name: str,
        token: str,
        limits: InstanceLimits,
        timezone: str,
        *,
        warmup: str = "off",
        phone_id: str | None = None,
        waba_id: str | None = None,
        options: ConnectionOptions | None = None,
    ) -> Instance:
        self.options = options
        self._note("add_instance", name, gateway, base_url, remote_name, limits, timezone, warmup)
        number = InstanceId(max((row.instance.id for row in self.library.numbers), default=0) + 1)
        made = Instance(
            number,
            WorkspaceId(1),
            name,
            gateway,
            base_url,
            remote_name,
            timezone,
            limits,
            ConnectionState.CONNECTED,
            samples.NOW,
            warmup=warmup,
            phone_id=phone_id,
            waba_id=waba_id,
        )
        self.library.numbers.append(InstanceSummary(made, 0, 0, 0, 0, 0, 0, 0, None, None, None, None, 0))
        return made

    def _change(self, instance_id: InstanceId, **changes: Any) -> None:
        self.library.numbers = [
            replace(row, instance=replace(row.instance, **changes)) if row.instance.id == instance_id else row
            for row in self.library.numbers
        ]

    async def update_instance(
        self,
        instance_id: InstanceId,
        limits: InstanceLimits,
        timezone: str,
        warmup: str | None = None,
        options: ConnectionOptions | None = None,
    ) -> None:
        self._note("update_instance", instance_id, limits, timezone, warmup)
        changes: dict[str, Any] = {} if warmup is None else {"warmup": warmup}
        if options is not None:
            changes["options"] = options
        self._change(instance_id, limits=limits, timezone=timezone, **changes)

    async def remove_instance(self, instance_id: InstanceId) -> None:
        self._note("remove_instance", instance_id)
        self.library.numbers = [row for row in self.library.numbers if row.instance.id != instance_id]

    async def pause_instance(self, instance_id: InstanceId) -> None:
        self._note("pause_instance", instance_id)
        self._change(instance_id, paused_at=samples.NOW, pause_reason="operator")

    async def resume_instance(self, instance_id: InstanceId) -> None:
        self._note("resume_instance", instance_id)
        self._change(instance_id, paused_at=None, pause_reason=None)

    async def check_instance(self, instance_id: InstanceId, *, explain: bool = False) -> ConnectionState:
        self._note("check_instance", instance_id)
        return ConnectionState.CONNECTED

    async def refresh_templates(self, instance_id: InstanceId) -> Sequence[MessageTemplate]:
        self._note("refresh_templates", instance_id)
        return self.templates

    async def provider_facts(self, instance_id: InstanceId) -> NumberFacts:
        self._note("provider_facts", instance_id)
        return self.facts

    async def pairing(self, instance_id: InstanceId, phone: str | None = None) -> FakePairing:
        self._note("pairing", instance_id, phone)
        return FakePairing() if phone is None else FakePairing(None, "WZYE-H1YY", lifetime_s=None)

    async def create_at_gateway(
        self, gateway: Gateway, base_url: str, token: str, name: str, *, options: ConnectionOptions | None = None
    ) -> None:
        self._note("create_at_gateway", gateway, base_url, name)
        found = (*self.probe_result.instances, (name, ConnectionState.NEEDS_QR, None))
        self.probe_result = replace(self.probe_result, instances=found)

    async def restart_instance(self, instance_id: InstanceId) -> None:
        self._note("restart_instance", instance_id)

    async def log_out_instance(self, instance_id: InstanceId) -> None:
        self._note("log_out_instance", instance_id)
        self._change(instance_id, state=ConnectionState.NEEDS_QR)

    async def delete_at_gateway(self, instance_id: InstanceId) -> None:
        self._note("delete_at_gateway", instance_id)
        self.library.numbers = [row for row in self.library.numbers if row.instance.id != instance_id]

    async def import_contacts(
        self,
        path: Path,
        mapping: Sequence[tuple[str, str]],
        tags: Sequence[str],
        region: str,
        progress: Callable[[int, float], None],
        rejects_path: Path | None = None,
        rules: ImportRules | None = None,
    ) -> FakeReport:
        self._note("import_contacts", path, mapping, tags, region)
        self.rules = rules
        progress(1000, 0.5)
        progress(2000, 1.0)
        return FakeReport()

    async def save_segment(self, name: str, rules: Group) -> Segment:
        self._note("save_segment", name, rules)
        saved = Segment(len(self.library.saved_segments) + 1, name, rules, samples.NOW)
        self.library.saved_segments[name] = saved
        return saved

    async def rename_segment(self, name: str, new_name: str) -> Segment:
        self._note("rename_segment", name, new_name)
        renamed = replace(self.library.saved_segments.pop(name), name=new_name)
        self.library.saved_segments[new_name] = renamed
        return renamed

    async def delete_segment(self, name: str) -> None:
        self._note("delete_segment", name)
        del self.library.saved_segments[name]

    async def paste_import(self, text: str) -> Path:
        self._note("paste_import", text)
        return Path("pasted-1.tsv")

    async def drop_pasted(self) -> None:
        self._note("drop_pasted")

    async def recover_imports(self) -> Sequence[RecoveredImport]:
        return self.recovered

    def cancel_import(self) -> None:
        self._note("cancel_import")

    async def undo_import(self) -> FakeUndone:
        self._note("undo_import")
        return FakeUndone()

    async def preview_import(self, path: Path) -> FakePreview:
        self._note("preview_import", path)
        return FakePreview()

    async def edit_contact(self, contact_id: ContactId, name: str, custom: Mapping[str, str]) -> Contact:
        self._note("edit_contact", contact_id, name, custom)
        filled = {key: value for key, value in custom.items() if value}
        return self._change_person(contact_id, name=name, custom=filled)

    async def tag_contacts(
        self,
        contact_ids: Sequence[ContactId],
        tag: str,
        is_on: bool,
        progress: Callable[[int], None] = lambda _done: None,
    ) -> Sequence[ContactId]:
        self._note("tag_contacts", contact_ids, tag, is_on)
        wanted = set(contact_ids)
        changed = [each for each in self.library.people if each.id in wanted and (tag in each.tags) is not is_on]
        for each in changed:
            tags = (*each.tags, tag) if is_on else tuple(name for name in each.tags if name != tag)
            self._change_person(each.id, tags=tags)
        progress(len(contact_ids))
        return [each.id for each in changed]

    async def opt_out_contacts(
        self, contact_ids: Sequence[ContactId], progress: Callable[[int], None] = lambda _done: None
    ) -> int:
        self._note("opt_out_contacts", contact_ids)
        for contact_id in contact_ids:
            self._change_person(contact_id, opted_out_at=samples.NOW)
        progress(len(contact_ids))
        return len(contact_ids)

    async def opt_in(self, phone: str, proof: str = "") -> None:
        self._note("opt_in", phone, *([proof] if proof else []))
        (found,) = [each for each in self.library.people if each.phone == phone]
        self._change_person(found.id, opted_out_at=None, is_consented=True)

    async def export_person(self, phone: str, path: Path) -> None:
        self._note("export_person", phone, path)

    async def erase(self, phone: str) -> None:
        self._note("erase", phone)
        self.library.people = [each for each in self.library.people if each.phone != phone]

    async def known_numbers(self, tag: str | None, max_age: timedelta) -> KnownNumbers:
        return self.known

    async def check_numbers(
        self, tag: str | None, max_age: timedelta, instance: str | None, progress: Callable[[int, int], None]
    ) -> CheckResult:
        self.done.append(("check_numbers", tag, max_age.days, instance))
        of = self.known.unknown
        progress(of // 2, of)
        progress(of, of)
        self.known = KnownNumbers(self.known.there + of - 9, self.known.absent + 9, 0, samples.NOW)
        return CheckResult(of - 9, 9, 0, self.known.there, 30.0)

    def cancel_number_check(self) -> None:
        self.done.append(("cancel_number_check",))

    async def export_some(self, path: Path, ids: Sequence[int]) -> int:
        self._note("export_some", path, ids)
        return len(ids)

    def _change_person(self, contact_id: ContactId, **values: Any) -> Contact:
        (old,) = [each for each in self.library.people if each.id == contact_id]
        new = replace(old, **values)
        self.library.people = [new if each is old else each for each in self.library.people]
        return new

    async def start_demo(self) -> None:
        self._note("start_demo")

    async def set_setting(self, key: str, value: object) -> None:
        self.library.settings[key] = value
