"""One campaign of `bench_eta.py`: forecast at its start and on its way, and sent by the real engine in virtual time."""

import asyncio
import heapq
from collections import Counter
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from desktop.audience.holiday_calendar import known_holidays
from desktop.domain.campaign import CampaignStatus, Pace, RetryPlan, SendWindow
from desktop.domain.events import EventType
from desktop.domain.ids import CampaignId, InstanceId
from desktop.domain.instance import Gateway, InstanceLimits
from desktop.domain.outcome import ErrorClass, Rejected
from desktop.domain.recipient import RecipientStatus
from desktop.domain.summaries import CampaignSummary, InstanceSummary, NumberHistory, ReplyHistory
from desktop.engine import engine, inbound, recipients, reconcile, runner
from desktop.policy.forecast import Forecast, forecast_of
from desktop.policy.limits import local_midnight
from desktop.policy.reply_pace import LOOK_BACK
from desktop.policy.standing import Standing
from desktop.policy.warmup import OFF, PAST
from tests.desktop.engine.world import World
from tests.fakes.clock import FakeClock
from tests.fakes.gateway import Behaviour, ModelGateway
from tests.fakes.rows import AttemptRow, RecipientRow

ZONE = "America/Sao_Paulo"
START = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)  # a Monday, ten in the morning in São Paulo
ANSWER_S = 0.3
LOOK_S = 30.0
GIVE_UP = timedelta(days=30)
# What the engine asks the database for several times a second would be asked 300,000 times in a day of virtual time.
PATIENCE = (
    (engine, "LOOK_EVERY_S", 25.0),
    (runner, "LOOK_EVERY_S", 30.0),
    (runner, "LOOK_SELDOM_S", 300.0),
    (recipients, "LOOK_EVERY_S", 30.0),
    (reconcile, "IDLE_S", 300.0),
    (inbound, "POLL_EVERY_S", 3600.0),
)
# Of earlier campaigns: the quarters of the distribution by which people reply here.
_LAGS = (0.28, 0.56, 1.0, 1.8, 3.5)
EVOLUTION = InstanceLimits(per_day=None, per_hour=1_000, per_minute=None, min_gap_s=0.5)


@dataclass(frozen=True, slots=True)
class Other:
    """Another campaign through the same numbers, started at the same moment."""

    people: int
    pace: Pace
    priority: int = 0


@dataclass(frozen=True, slots=True)
class Case:
    """A campaign.

    Attributes:
        failing: share of the requests that fail and are tried again, known from the numbers' past.
        replies_per_hour: what its team can answer; `replying` (0-1) of the people reply, half of them within
            `reply_after_s`; `past` are the messages and replies of earlier campaigns.
        tier: Meta's messaging limit, shared by all numbers.
        zones: time zones of the people, who stand in turns as many as the number says.
        look_h: when the second forecast is made, in hours from the start; None: when half has left.
        paused: whether somebody has paused the first number.
        warmups: the curve of each number, in place of one for all.
    """

    name: str
    people: int
    pace: Pace
    limits: InstanceLimits = EVOLUTION
    instances: int = 1
    warmup: str = OFF
    window: SendWindow | None = None
    failing: float = 0.0
    replies_per_hour: int | None = None
    replying: float = 0.0
    reply_after_s: float = 1800.0
    past: tuple[int, int] = (0, 0)
    tier: str | None = None
    zones: tuple[tuple[str, int], ...] = ((ZONE, 1),)
    priority: int = 0
    others: tuple[Other, ...] = ()
    warmups: tuple[str, ...] = ()
    paused: bool = False
    look_h: float | None = None
    start: datetime = START


@dataclass(slots=True)
class Course:
    """What happened: when the last message had been answered, and the forecasts: (share sent, made at, forecast)."""

    finish: datetime | None = None
    forecasts: list[tuple[float, datetime, Forecast | None]] = field(
        default_factory=list[tuple[float, datetime, Forecast | None]]
    )


class _Gateway(ModelGateway):
    """Takes its time, and fails at random."""

    def __init__(self, clock: FakeClock, failing: float, rng: Random) -> None:
        super().__init__(clock)
        self._failing, self._rng = failing, rng

    def next_behaviour(self, phone: str, instance_id: InstanceId) -> Behaviour:
        fails = self._rng.random() < self._failing
        return Behaviour(Rejected(ErrorClass.TRANSIENT, "busy", "", 503) if fails else None, takes_s=ANSWER_S)


class _People:
    """Reply some time after they got the message, most of them soon, a few much later."""

    def __init__(self, case: Case, gateway: ModelGateway, rng: Random) -> None:
        self._case, self._gateway, self._rng = case, gateway, rng
        self._seen = 0
        self._due: list[tuple[datetime, str, InstanceId]] = []

    def live(self, now: datetime) -> None:
        """Decide who of those written to since the last look replies, and let those reply whose time it is."""
        case = self._case
        for left in self._gateway.left[self._seen :]:
            if self._rng.random() < case.replying:
                lag_s = case.reply_after_s * self._rng.lognormvariate(0.0, 1.3)
                heapq.heappush(self._due, (left.at + timedelta(seconds=lag_s), left.phone, left.instance_id))
        self._seen = len(self._gateway.left)
        while self._due and self._due[0][0] <= now:
            _at, phone, instance_id = heapq.heappop(self._due)
            self._gateway.reply(phone, "Quero!", instance_id)


@contextmanager
def _patience() -> Generator[None]:
    kept = [(module, name, getattr(module, name)) for module, name, _ in PATIENCE]
    for module, name, value in PATIENCE:
        setattr(module, name, value)
    try:
        yield
    finally:
        for module, name, value in kept:
            setattr(module, name, value)


def play(case: Case, seed: int, looks: Sequence[float] = (0.0,), hours: Sequence[float] = ()) -> Course:
    """Send the campaign, and forecast it each time that so much (0-1) of it has left, or so many hours have passed."""
    with _patience():
        return asyncio.run(_play(case, seed, looks, hours))


async def _play(case: Case, seed: int, looks: Sequence[float], hours: Sequence[float]) -> Course:
    world = World(FakeClock(case.start), seed=seed, parts={"holidays": known_holidays})
    world.gateway = _Gateway(world.clock, case.failing, Random(seed))
    people = _People(case, world.gateway, Random(seed + 1000))
    numbers = [world.instance(case.limits, ZONE) for _ in range(case.instances)]
    about: dict[str, object] = {}
    if case.tier is not None:
        about |= {"gateway": Gateway.CLOUD, "portfolio_id": "acme", "messaging_limit": case.tier}
    if case.paused:
        world.change_instance(numbers[0], pause_reason="operator")
    for number, warmup in zip(numbers, case.warmups or (case.warmup,) * case.instances, strict=True):
        world.change_instance(number, **about | {"warmup": warmup})
    campaign = world.campaign(
        case.people, numbers, pace=case.pace, window=case.window, retry=RetryPlan(),
        replies_per_hour=case.replies_per_hour, priority=case.priority,
    )  # fmt: skip
    zones = [zone for zone, n in case.zones for _ in range(n)]
    for place, row in enumerate(world.rows.recipients.values()):
        row.zone = zones[place % len(zones)]
    for other in case.others:
        world.campaign(other.people, numbers, pace=other.pace, priority=other.priority, retry=RetryPlan())
    course, ahead, moments = Course(), sorted(looks), [case.start + timedelta(hours=n) for n in sorted(hours)]
    world.start()
    while world.status(campaign) is CampaignStatus.RUNNING and world.clock.now() - case.start < GIVE_UP:
        world.check()
        while ahead and world.counts(campaign).left >= ahead[0] * case.people:
            course.forecasts.append((ahead.pop(0), world.clock.now(), foresee(case, world, campaign)))
        while moments and world.clock.now() >= moments[0]:
            moments.pop(0)
            left = world.counts(campaign).left / case.people
            course.forecasts.append((left, world.clock.now(), foresee(case, world, campaign)))
        await world.clock.sleep(LOOK_S if course.forecasts else 0.0)
        people.live(world.clock.now())
    await world.stop()
    if world.status(campaign) is CampaignStatus.COMPLETED:
        sent = world.events(EventType.MESSAGE_SENT)
        course.finish = max(event.fact.at for event in sent if event.fact.campaign_id == campaign)
    return course


def foresee(case: Case, world: World, campaign: CampaignId) -> Forecast | None:
    """Forecast what is left, with what the program would ask of its database."""
    now, rows = world.clock.now(), world.rows
    draft = rows.campaigns[campaign].draft
    numbers = [_summary(world, number, now) for number in rows.campaigns[campaign].instance_ids]
    histories = {each.instance.id: _history(case, world, each.instance.id, now) for each in numbers}
    is_holiday = known_holidays(draft.window.holidays if draft.window else None)
    return forecast_of(
        draft, world.counts(campaign).unfinished, numbers, histories, now, is_holiday,
        _standing(case, world, campaign, now),
    )  # fmt: skip


def _standing(case: Case, world: World, campaign: CampaignId, now: datetime) -> Standing:
    hour = now - timedelta(hours=1)
    numbers = world.rows.campaigns[campaign].instance_ids
    retrying = [row.next_attempt_at for row in world.rows.in_status(RecipientStatus.RETRYING, campaign_id=campaign)]
    pending = Counter(row.zone for row in world.rows.in_status(RecipientStatus.PENDING, campaign_id=campaign))
    own = [
        each.started_at
        for each in world.rows.attempts.values()
        if each.counts and each.campaign_id == campaign and each.started_at >= hour
    ]
    return Standing(
        last_retry_at=max((at for at in retrying if at is not None), default=None),
        zones=tuple(sorted(pending.items())),
        recent={number: sorted(each.started_at for each in _attempts(world, number, hour)) for number in numbers},
        own_recent=sorted(own),
        replies=_replies(case, world, campaign, now),
        others=[_campaign(world, each, now) for each in world.rows.campaigns if each != campaign],
    )


def _campaign(world: World, campaign: CampaignId, now: datetime) -> CampaignSummary:
    row = world.rows.campaigns[campaign]
    names = tuple(world.rows.instances[number].name for number in row.instance_ids)
    return CampaignSummary(
        campaign, row.draft.name, row.status, None, world.counts(campaign), now, now, row.started_at, None, None, 0.0,
        row.draft, names,
    )  # fmt: skip


def _attempts(world: World, number: InstanceId, since: datetime) -> list[AttemptRow]:
    rows = world.rows.attempts.values()
    return [each for each in rows if each.instance_id == number and each.counts and each.started_at >= since]


def _summary(world: World, number: InstanceId, now: datetime) -> InstanceSummary:
    instance = world.rows.instances[number]
    today = len(_attempts(world, number, local_midnight(now, instance.timezone)))
    hour, minute = (len(_attempts(world, number, now - timedelta(seconds=s))) for s in (3600, 60))
    return InstanceSummary(instance, today, 0, 0, 0, hour, minute, 0, None, None, None, None, 1)


def _history(case: Case, world: World, number: InstanceId, now: datetime) -> NumberHistory:
    instance = world.rows.instances[number]
    days = Counter(
        each.started_at.astimezone(ZoneInfo(instance.timezone)).date() for each in _attempts(world, number, now - PAST)
    )
    again = round(1000 * case.failing / (1 - case.failing))
    outcomes = (("accepted", "", 1000), ("rejected", "transient", again)) if again else ()
    recent: tuple[tuple[datetime, datetime, int], ...] = ()
    if instance.portfolio_id is not None:
        members = [each.id for each in world.rows.instances.values()]
        written = [each.started_at for member in members for each in _attempts(world, member, now - timedelta(days=1))]
        minutes = Counter(int(at.timestamp()) // 60 * 60 for at in written)
        begun = [(datetime.fromtimestamp(at, UTC), n) for at, n in sorted(minutes.items())]
        recent = tuple((at, min(at + timedelta(minutes=1), now), n) for at, n in begun)
    return NumberHistory(tuple(sorted(days.items())), outcomes, sum(n for _s, _u, n in recent), recent)


def _replies(case: Case, world: World, campaign: CampaignId, now: datetime) -> ReplyHistory:
    rows: list[RecipientRow] = [row for row in world.rows.recipients.values() if row.campaign_id == campaign]
    sent = [row.sent_at for row in rows if row.sent_at is not None]
    replied = sorted((row.replied_at, row.sent_at) for row in rows if row.replied_at and row.sent_at)
    buckets = Counter(int(at.timestamp()) // 600 * 600 for at in sent if at >= now - LOOK_BACK)
    return ReplyHistory(
        case.past,
        tuple((datetime.fromtimestamp(at, UTC), n) for at, n in sorted(buckets.items())),
        len(sent),
        len(replied),
        tuple(at for at, _sent in replied if at >= now - LOOK_BACK),
        tuple((at - sent_at).total_seconds() for at, sent_at in replied[-500:]),
        tuple(case.reply_after_s * factor for factor in _LAGS for _ in range(10)) if case.past[1] else (),
    )
