"""Sample campaigns, instances, people and events, as awkward as real ones: long names, accents, big figures."""

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

from desktop.domain.analysis import (
    CampaignAnalysis,
    DashboardFacts,
    ErrorShare,
    Flow,
    InstanceRow,
    RecentCampaign,
    SendTimes,
    Tries,
    VariationRow,
)
from desktop.domain.campaign import Audience, AudienceKind, CampaignStatus, Draft, MessageDraft, Pace
from desktop.domain.contact import ConsentStep, Contact, ContactHistory, ContactMessage
from desktop.domain.events import EventType, Severity
from desktop.domain.ids import CampaignId, ContactId, EventId, InstanceId, RecipientId, WorkspaceId
from desktop.domain.instance import ConnectionState, Gateway, Instance, InstanceLimits
from desktop.domain.proof import AttemptFacts, RecipientFacts
from desktop.domain.recipient import Reason, RecipientStatus
from desktop.domain.summaries import (
    AttemptRow,
    CampaignCounts,
    CampaignSummary,
    ChartSeries,
    EventRow,
    InstanceSummary,
    RecipientRow,
)
from desktop.domain.template import MessageTemplate, NumberFacts
from desktop.policy.explain import Explanation, Subject
from desktop.policy.forecast import Forecast
from desktop.policy.plan_facts import DayPlan
from desktop.policy.waiting import Rule, Wait

NOW = datetime(2026, 11, 21, 17, 32, 8, tzinfo=UTC)

FIRST = (
    "Ana",
    "João",
    "Conceição",
    "Luís",
    "Íris",
    "Antônio",
    "Márcia",
    "José",
    "Andréia",
    "Fabrício",
    "Zoë",
    "Hermenegildo",
    "Beatriz",
    "Caetano",
    "Débora",
    "Édson",
    "Flávia",
    "Gonçalo",
    "Helena",
    "Ícaro",
    "Júlia",
    "Kauã",
    "Lívia",
    "Maurício",
)
LAST = (
    "da Silva",
    "Araújo",
    "Gonçalves",
    "Nóbrega de Albuquerque Cavalcanti",
    "Souza",
    "Peixoto",
    "Müller",
    "Sant'Anna",
    "Oliveira",
    "Magalhães",
    "Brandão",
    "Assunção",
    "Cortês",
    "Leão",
    "Guimarães",
    "Queirós",
    "Tavares",
    "Vilaça",
)
TEXT = 'Olá {{contact.name|"amigo"}}! {Chegou|Está aqui} a coleção de primavera 🌷 Responda *QUERO* e eu te mostro.'


def person(number: int) -> tuple[str, str]:
    """Return the name (sometimes empty) and the phone of the n-th sample person."""
    name = f"{FIRST[number % len(FIRST)]} {LAST[(number * 7) % len(LAST)]}"
    area = (11, 21, 31, 41, 51, 61, 71, 81, 85, 92)[number % 10]
    return "" if number % 17 == 16 else name, f"+55{area}9{81000000 + number * 37 % 18999999:08d}"


def contacts(count: int) -> list[Contact]:
    made: list[Contact] = []
    for n in range(1, count + 1):
        name, phone = person(n)
        tags = tuple(tag for tag, every in (("clientes", 1), ("vip", 5), ("são-paulo", 3)) if n % every == 0)
        out = NOW - timedelta(days=n % 40) if n % 23 == 0 else None
        city = ("São Paulo", "Recife", "Curitiba")[n % 3]
        made.append(
            Contact(ContactId(n), phone, name, tags, {"cidade": city}, out, "loja", NOW - timedelta(days=n % 90))
        )
    return made


def history(person: Contact) -> ContactHistory:
    """Return what a person was sent, newest first; somebody who opted out did so by a reply."""
    messages = tuple(
        ContactMessage(
            campaign=campaign,
            status=status,
            reason=reason,
            sent_at=sent,
            delivered_at=sent + timedelta(seconds=3) if sent else None,
            read_at=sent + timedelta(minutes=4) if sent and status == "read" else None,
            replied_at=sent + timedelta(minutes=9) if sent and status == "read" else None,
        )
        for campaign, status, reason, sent in (
            ("Aviso de entrega", "skipped", "opted_out", None),
            ("Black Friday — clientes antigos", "read", None, NOW - timedelta(days=3)),
        )
    )
    steps = (ConsentStep(person.opted_out_at, True, "reply"),) if person.opted_out_at else ()
    return ContactHistory(person, messages, NOW - timedelta(days=100), "Formulário da loja, 12/08", steps)


def draft(name: str) -> Draft:
    return Draft(
        name=name,
        audience=Audience(AudienceKind.TAGS, ("clientes",)),
        messages=(MessageDraft(TEXT, 2), MessageDraft("Oi, {{contact.name}}! Temos novidades.", 1)),
        instances=("vendas-1", "vendas-2", "suporte"),
        pace=Pace((20.0, 60.0), 200),
    )


def campaigns() -> list[CampaignSummary]:
    """Return one campaign of each kind, newest first."""

    def made(number: int, name: str, status: CampaignStatus, counts: CampaignCounts, **more: object) -> CampaignSummary:
        facts: dict[str, object] = {
            "reason": None,
            "started_at": None,
            "finished_at": None,
            "schedule_at": None,
            "per_minute": 0.0,
            "instance_names": ("vendas-1", "vendas-2", "suporte"),
        }
        facts |= more
        age = timedelta(hours=3 * number)
        return CampaignSummary(
            id=CampaignId(number),
            name=name,
            status=status,
            counts=counts,
            created_at=NOW - age,
            updated_at=NOW - age / 2,
            draft=draft(name),
            **facts,
        )

    running = CampaignCounts(
        pending=58_204,
        sending=3,
        retrying=41,
        sent=4_210,
        delivered=16_882,
        read=19_640,
        failed=388,
        skipped=612,
        in_doubt=20,
        replied=1_204,
    )
    done = CampaignCounts(sent=14, delivered=301, read=866, failed=12, skipped=7, replied=143)
    paused = CampaignCounts(pending=740, retrying=2, sent=20, delivered=120, read=96, failed=22, replied=8)
    started = NOW - timedelta(hours=5, minutes=12)
    return [
        made(
            8,
            "Black Friday 2026 — clientes VIP de São Paulo, Campinas e região metropolitana",
            CampaignStatus.RUNNING,
            running,
            started_at=started,
            per_minute=187.4,
        ),
        made(
            7,
            "Lembrete de consulta",
            CampaignStatus.RUNNING,
            CampaignCounts(pending=12, sent=3, delivered=9, read=26, replied=4),
            started_at=NOW - timedelta(minutes=9),
            per_minute=0.6,
            instance_names=("suporte",),
        ),
        made(6, "Reativação de inativos", CampaignStatus.PAUSED, paused, started_at=started, reason="operator"),
        made(
            5,
            "Natal antecipado",
            CampaignStatus.SCHEDULED,
            CampaignCounts(),
            schedule_at=NOW + timedelta(hours=15),
            instance_names=("vendas-1", "vendas-2"),
        ),
        made(4, "Pesquisa de satisfação", CampaignStatus.DRAFT, CampaignCounts(), instance_names=()),
        made(
            3,
            "Coleção de primavera",
            CampaignStatus.COMPLETED,
            done,
            started_at=started - timedelta(days=2),
            finished_at=NOW - timedelta(hours=26),
        ),
        made(
            2,
            "Teste com a equipe",
            CampaignStatus.CANCELLED,
            CampaignCounts(sent=2, delivered=4, failed=6),
            started_at=started - timedelta(days=4),
            finished_at=NOW - timedelta(days=4),
            reason="cancelled",
        ),
        made(
            1,
            "Aviso de mudança de endereço",
            CampaignStatus.COMPLETED,
            CampaignCounts(delivered=40, read=210),
            started_at=NOW - timedelta(days=31),
            finished_at=NOW - timedelta(days=30),
        ),
    ]


_LIFE = (
    (RecipientStatus.READ, None),
    (RecipientStatus.DELIVERED, None),
    (RecipientStatus.READ, None),
    (RecipientStatus.SENT, None),
    (RecipientStatus.FAILED, Reason.NOT_ON_WHATSAPP),
    (RecipientStatus.DELIVERED, None),
    (RecipientStatus.RETRYING, "connection_closed"),
    (RecipientStatus.SKIPPED, Reason.OPTED_OUT),
    (RecipientStatus.IN_DOUBT, Reason.ANSWER_LOST),
    (RecipientStatus.READ, None),
    (RecipientStatus.SENDING, None),
    (RecipientStatus.FAILED, Reason.RETRIES_EXHAUSTED),
    (RecipientStatus.PENDING, None),
)


def recipient(number: int) -> RecipientRow:
    """Return the n-th recipient: the statuses go round, so that every page has all of them."""
    name, phone = person(number)
    status, reason = _LIFE[number % len(_LIFE)]
    at = NOW - timedelta(seconds=number * 3)
    has_left = status in (RecipientStatus.SENT, RecipientStatus.DELIVERED, RecipientStatus.READ)
    is_delivered = status in (RecipientStatus.DELIVERED, RecipientStatus.READ)
    is_read = status is RecipientStatus.READ
    return RecipientRow(
        id=RecipientId(number),
        phone=phone,
        name=name,
        status=status,
        reason=reason,
        instance=("vendas-1", "vendas-2", "suporte")[number % 3] if status is not RecipientStatus.PENDING else None,
        message_id=f"3EB0{number:016X}" if has_left else None,
        attempts=3 if reason == Reason.RETRIES_EXHAUSTED else 1,
        sent_at=at if has_left else None,
        delivered_at=at + timedelta(seconds=4) if is_delivered else None,
        read_at=at + timedelta(seconds=90) if is_read else None,
        replied_at=at + timedelta(seconds=300) if is_read and number % 4 == 0 else None,
        next_attempt_at=NOW + timedelta(seconds=47) if status is RecipientStatus.RETRYING else None,
        tried_at=at if status is not RecipientStatus.PENDING else None,
        doubt=("not_stored", "timeout", "ambiguous")[number % 3] if status is RecipientStatus.IN_DOUBT else None,
    )


def attempts(number: int) -> list[AttemptRow]:
    """Return the attempts of the n-th recipient."""
    row = recipient(number)
    at = NOW - timedelta(minutes=14)
    if row.status is RecipientStatus.PENDING:
        return []
    if row.reason == Reason.RETRIES_EXHAUSTED or row.status is RecipientStatus.RETRYING:
        return [
            AttemptRow(1, "vendas-1", at, 1840, 400, "rejected", "connection_closed", "Error: Connection Closed"),
            AttemptRow(2, "vendas-2", at + timedelta(minutes=2), None, None, "not_sent", "unreachable", None),
            AttemptRow(3, "vendas-1", at + timedelta(minutes=6), 912, 400, "rejected", "connection_closed", None),
        ]
    if row.reason == Reason.NOT_ON_WHATSAPP:
        return [AttemptRow(1, "suporte", at, 240, 400, "rejected", "not_on_whatsapp", '{"exists": false}')]
    if row.status is RecipientStatus.IN_DOUBT:
        return [AttemptRow(1, "vendas-2", at, 30_000, None, "unknown", "timeout", None)]
    if row.status is RecipientStatus.SENDING:
        return [AttemptRow(1, "vendas-2", NOW, None, None, None, None, None)]
    return [AttemptRow(1, "vendas-1", at, 187, 201, "accepted", None, None)]


def series(buckets: int = 150, bucket_s: int = 120) -> ChartSeries:
    """Return a campaign's life: a slow start, a pause, waves."""
    rng = Random(4)
    start = int((NOW - timedelta(seconds=buckets * bucket_s)).timestamp()) // bucket_s * bucket_s
    sent: list[int] = []
    for n in range(buckets):
        level = 0 if 62 <= n < 74 else 330 * min(1, n / 18) * (0.82 + 0.18 * math.sin(n / 11))
        sent.append(max(0, round(rng.gauss(level, level * 0.05))))
    delivered = [round(0.93 * value) for value in [0, *sent[:-1]]]
    read = [round(0.55 * value) for value in [0, 0, 0, *delivered[:-3]]]
    failed = [rng.choice((0, 0, 1, 2, 5)) if value else 0 for value in sent]
    counts = {"sent": tuple(sent), "delivered": tuple(delivered), "read": tuple(read), "failed": tuple(failed)}
    return ChartSeries(bucket_s, tuple(start + n * bucket_s for n in range(buckets)), counts)


def instances() -> list[InstanceSummary]:
    def made(number: int, name: str, state: ConnectionState, sent: int, **more: object) -> InstanceSummary:
        paused = more.get("pause_reason")
        instance = Instance(
            InstanceId(number),
            WorkspaceId(1),
            name,
            Gateway.EVOLUTION,
            "https://zap.empresa.com.br",
            name,
            "America/Sao_Paulo",
            InstanceLimits(per_day=1200, per_hour=300),
            state,
            NOW - timedelta(days=40),
            paused_at=NOW - timedelta(minutes=20) if paused else None,
            pause_reason=str(paused) if paused else None,
            phone=f"+5511988{number:02d}1234" if state is ConnectionState.CONNECTED else None,
        )
        errors = int(str(more.get("errors", 0)))
        return InstanceSummary(
            instance,
            sent,
            round(sent * 0.93),
            round(sent * 0.5),
            errors * 2,
            min(sent, 240),
            min(sent, 4),
            errors,
            NOW - timedelta(seconds=30) if sent else None,
            NOW - timedelta(minutes=3) if errors else None,
            "connection_closed" if errors else None,
            NOW - timedelta(seconds=30) if sent else None,
            1,
        )

    return [
        made(1, "vendas-1", ConnectionState.CONNECTED, 842),
        made(2, "vendas-2", ConnectionState.CONNECTED, 1200, pause_reason="daily_limit"),
        made(3, "suporte", ConnectionState.NEEDS_QR, 77, errors=6),
        made(4, "atendimento-zona-sul-e-região-metropolitana", ConnectionState.UNKNOWN, 0),
    ]


_EVENTS = (
    (EventType.MESSAGE_SENT, Severity.INFO, {"message_id": "3EB0C4", "attempt": 1}),
    (EventType.MESSAGE_DELIVERED, Severity.INFO, {}),
    (EventType.INSTANCE_SELECTED, Severity.DEBUG, {"mode": "intelligent", "instance": "vendas-1"}),
    (EventType.MESSAGE_READ, Severity.INFO, {}),
    (EventType.MESSAGE_FAILED, Severity.ERROR, {"reason": "not_on_whatsapp", "code": "not_on_whatsapp", "attempt": 1}),
    (EventType.REPLIED, Severity.INFO, {}),
    (EventType.RETRY_SCHEDULED, Severity.WARNING, {"reason": "connection_closed", "attempt": 1}),
    (EventType.IN_DOUBT, Severity.WARNING, {"reason": "answer_lost", "code": "timeout"}),
    (EventType.LIMIT_REACHED, Severity.WARNING, {"used": 1200, "limit": 1200}),
    (EventType.OPTED_OUT, Severity.INFO, {}),
    (EventType.BREAKER_OPENED, Severity.WARNING, {"errors": 6, "cool_down_s": 60}),
    (EventType.WENT_OFFLINE, Severity.WARNING, {}),
)


def event_row(number: int) -> EventRow:
    """Return the event with an id; higher ids are later."""
    kind, severity, details = _EVENTS[number % len(_EVENTS)]
    name, phone = person(number)
    is_of_person = kind.value.startswith("message") or kind in (EventType.REPLIED, EventType.OPTED_OUT)
    return EventRow(
        id=EventId(number),
        at=NOW - timedelta(seconds=100_000 - number),
        type=kind,
        severity=severity,
        details=details,
        campaign_id=CampaignId(8),
        campaign="Black Friday 2026 — clientes VIP de São Paulo",
        instance_id=InstanceId(1),
        instance=("vendas-1", "vendas-2", "suporte")[number % 3],
        recipient_id=RecipientId(number) if is_of_person else None,
        contact=name or phone if is_of_person or kind is EventType.RETRY_SCHEDULED else None,
        phone=phone if is_of_person else None,
        duration_ms=187 if kind is EventType.MESSAGE_SENT else None,
        http_status=201 if kind is EventType.MESSAGE_SENT else None,
        progress=0.41,
        health_score=92.0,
        request={"number": phone, "text": "…"} if kind is EventType.MESSAGE_SENT else None,
        response={"key": {"id": "3EB0C4"}} if kind is EventType.MESSAGE_SENT else None,
        operator=None,
    )


_OUTCOMES: tuple[tuple[tuple[str, bool, str | None], ...], ...] = (
    (("accepted", False, None),),
    (("rejected", False, None), ("accepted", False, None)),
    (("accepted", True, "found"),),
    (("not_sent", False, None), ("accepted", True, "receipt")),
    (("rejected", False, None),),
    (("not_sent", True, None), ("accepted", False, None)),
    (("accepted", False, None),),
    (("accepted", False, None),),
)


def proof_facts(count: int) -> list[RecipientFacts]:
    """Return recipients with their attempts: every 500th was sent again on the operator's word."""
    found: list[RecipientFacts] = []
    for number in range(1, count + 1):
        row = recipient(number)
        outcomes = _OUTCOMES[number % len(_OUTCOMES)]
        if number % 500 == 0:
            outcomes = (("unknown", True, None), ("accepted", False, None))
        attempts = tuple(
            AttemptFacts(n, "vendas-1", NOW, 120, outcome, None, 201, None, was_doubtful, proof)
            for n, (outcome, was_doubtful, proof) in enumerate(outcomes, 1)
        )
        is_sent = outcomes[-1][0] == "accepted"
        status = RecipientStatus.SENT if is_sent else RecipientStatus.FAILED
        found.append(RecipientFacts(replace(row, status=status), attempts))
    return found


def forecast() -> Forecast:
    """Return the plan of a campaign over six days, a Sunday closed."""
    sent = (620, 0, 1400, 1400, 1400, 380)
    rules = (Rule.WINDOW, Rule.WINDOW, Rule.DAILY_LIMIT, Rule.DAILY_LIMIT, Rule.DAILY_LIMIT, Rule.PACE_PER_HOUR)
    days = tuple(
        DayPlan(NOW.date() + timedelta(days=n), messages, rule)
        for n, (messages, rule) in enumerate(zip(sent, rules, strict=True))
    )
    likely = NOW + timedelta(days=5, hours=1)
    return Forecast(likely - timedelta(hours=4), likely, likely + timedelta(hours=16), days)


def held_campaign() -> Explanation:
    """Return why nothing of a campaign leaves: its pace, and none of its numbers is free."""
    first = Explanation(
        Subject.INSTANCE,
        (
            Wait(Rule.WARM_UP, NOW + timedelta(hours=9, minutes=28), {"day": 5, "used": 40, "limit": 40}),
            Wait(Rule.MIN_GAP, NOW + timedelta(seconds=3), {"gap_s": 3.5}),
        ),
    )
    second = Explanation(Subject.INSTANCE, (Wait(Rule.DISCONNECTED, None, {"state": "needs_qr"}),))
    return Explanation(
        Subject.CAMPAIGN,
        (Wait(Rule.PACE_DELAY, NOW + timedelta(seconds=52), {"delay_s": [45, 180]}),),
        instances=(("vendas-1", first), ("atendimento-zona-sul-e-região-metropolitana", second)),
    )


def held_recipient() -> Explanation:
    """Return why a recipient waits: its own hours, and the campaign's reasons."""
    opens = NOW + timedelta(hours=15)
    facts = {"timezone": "America/Manaus", "days": [1], "start": "09:00", "end": "18:00", "holiday": True}
    return Explanation(Subject.RECIPIENT, (Wait(Rule.WINDOW, opens, facts),), campaign=held_campaign())


def analysis(counts: CampaignCounts, zone: str) -> CampaignAnalysis:
    """Answers about a campaign, with every kind of row."""
    hours = tuple(Flow(hour * 3, hour * 2, hour, hour % 3) for hour in range(24))
    weekdays = tuple(Flow(day * 10, day * 9, day * 4, day) for day in range(7))
    return CampaignAnalysis(
        counts=counts,
        times=SendTimes(900, 81, 243.4, 612, 4_210),
        errors=(
            ErrorShare("not_on_whatsapp", "recipient_permanent", 30, 0.75),
            ErrorShare("connection_closed", "transient", 10, 0.25),
        ),
        tries=Tries(940, {1: 860, 2: 40}, 40),
        variations=(
            VariationRow(1, "Olá {{nome}}!", 2, 600, 580, 300, 60, 20),
            VariationRow(2, "Oi {{nome}}, tudo bem?", 1, 300, 290, 160, 45, 10),
        ),
        instances=(InstanceRow("vendas-1", counts, SendTimes(900, 81, 243.4, 612, 4_210)),),
        hours=hours,
        weekdays=weekdays,
        days=tuple((date(2026, 11, day), weekdays[day % 7]) for day in range(1, 8)),
        zone=zone,
    )


def dashboard(rows: Sequence[CampaignSummary]) -> DashboardFacts:
    """The first page over these campaigns."""
    newest = sorted(rows, key=lambda row: -row.id)[:5]
    return DashboardFacts(
        total=len(rows),
        running=sum(row.status is CampaignStatus.RUNNING for row in rows),
        completed=sum(row.status is CampaignStatus.COMPLETED for row in rows),
        average_success=0.973 if rows else None,
        days=tuple((date(2026, 11, day), Flow(day * 20, day * 18, day * 9, day % 4)) for day in range(1, 31)),
        recent=tuple(RecentCampaign(row.id, row.name, row.status, row.counts, row.updated_at) for row in newest),
    )


NUMBER_FACTS = NumberFacts(
    phone="+551140028922",
    verified_name="Empório São José do Rio Preto & Filhos Comércio de Alimentos Ltda.",
    quality="YELLOW",
    messaging_limit="TIER_10K",
    throughput="STANDARD",
    status="CONNECTED",
    is_coexistence=True,
    can_send="LIMITED",
)
TEMPLATES = (
    MessageTemplate("102", "semana_do_cliente", "pt_BR", "APPROVED", "MARKETING", "NAMED", (), NOW, "GREEN"),
    MessageTemplate("102", "aviso_de_entrega", "pt_BR", "PENDING", "UTILITY", "POSITIONAL", (), NOW),
    MessageTemplate(
        "102", "convite_para_a_assembleia_geral_extraordinaria", "pt_BR", "REJECTED", "MARKETING", "NAMED", (), NOW,
        None, "ABUSIVE_CONTENT",
    ),
    MessageTemplate("102", "order_shipped", "en_US", "PAUSED", "UTILITY", "NAMED", (), NOW, "RED"),
)  # fmt: skip
