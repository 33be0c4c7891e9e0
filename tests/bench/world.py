"""What the measurements share: a throw-away home with a started campaign on three instances, and a meter of sends."""

import asyncio
import os
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from desktop.composition import Workplace, open_workplace
from desktop.domain.campaign import Audience, CampaignAction, Draft, MessageDraft, Pace, Rotation
from desktop.domain.contact import NewContact
from desktop.domain.events import Event, EventType
from desktop.domain.ids import CampaignId
from desktop.domain.instance import Gateway, InstanceLimits
from desktop.paths import Home

INSTANCES = ("a", "b", "c")
# About 300 bytes on the wire, with what every campaign has: a field with a fallback and spintax.
TEXT = (
    'Olá {{nome|primeiro|"amigo"}}! {Tudo bem?|Como vai?} A loja fez uma seleção de ofertas para a semana, com entrega '
    "grátis na cidade e desconto no primeiro pedido. Quer receber o catálogo? Responda SIM, ou SAIR para não receber."
)
BATCH = 10_000
WARM_UP = 2_000  # messages that are sent before measuring begins: imports, connections, statements, the recorder


@asynccontextmanager
async def opened(folder: Path, key: str) -> AsyncGenerator[Workplace]:
    """Open the home in `folder` as the program does; `key` is the gateway's, for all instances."""
    async with open_workplace(Home(folder), None, is_throw_away=True) as workplace:
        for name in INSTANCES:
            workplace.secrets.set(f"instance:{workplace.ledger.workspace_id}:{name}", key)
        yield workplace


async def add_instances(workplace: Workplace, url: str, per_lane: int) -> None:
    """Add three instances without any limit but the number of messages under way in each."""
    limits = InstanceLimits(None, None, None, min_gap_s=0, max_in_flight=per_lane)
    for name in INSTANCES:
        await workplace.instances.add(name, Gateway.EVOLUTION, url, name, "UTC", limits, workplace.clock.now())


async def add_people(workplace: Workplace, people: int, tag: str) -> None:
    """Add contacts with a tag of their own."""
    for start in range(0, people, BATCH):
        numbers = range(start, min(start + BATCH, people))
        contacts = [NewContact(f"+55119{80_000_000 + n}", f"Pessoa {n}", (tag,)) for n in numbers]
        await workplace.contacts.upsert(contacts, workplace.clock.now(), 1)


async def start_campaign(workplace: Workplace, audience: Audience) -> CampaignId:
    """Start a campaign at full speed; it is sent as soon as an engine runs."""
    message, pace = (MessageDraft(TEXT),), Pace((0, 0), None, None, None)
    draft = Draft("Bench", audience, message, INSTANCES, Rotation.ROUND_ROBIN, pace)
    campaign_id = await workplace.campaigns.save_draft(None, draft, workplace.clock.now())
    await workplace.ledger.act(campaign_id, CampaignAction.START, workplace.clock.now(), None, None)
    return campaign_id


def recorder_s(workplace: Workplace) -> float:
    """Return the CPU time of the process that records messages, in seconds; 0 without one, and outside of Linux."""
    recorder = workplace.database._writer._recorder
    if recorder is None or recorder._process is None:
        return 0.0
    try:
        facts = Path(f"/proc/{recorder._process.pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(facts[11]) + int(facts[12])) / os.sysconf("SC_CLK_TCK")


class SentMeter:
    """Counts committed sends from the bus for some seconds, begun when the first ones have left."""

    def __init__(self, seconds: float, recorder_s: Callable[[], float] = lambda: 0.0) -> None:
        """Prepare.

        Args:
            recorder_s: tells the CPU time of the process that records messages, in seconds.
        """
        self._seconds, self._recorder_s = seconds, recorder_s
        self._sent = 0
        self._begin: tuple[float, float, int] | None = None
        self._end = (0.0, 0.0, 0)
        self.begun = asyncio.Event()
        self.done = asyncio.Event()

    def on_events(self, events: Sequence[Event]) -> None:
        sent = sum(1 for event in events if event.fact.type is EventType.MESSAGE_SENT)
        if not sent or self.done.is_set():
            return
        self._sent += sent
        now = (time.perf_counter(), time.process_time() + self._recorder_s(), self._sent)
        if self._begin is not None:
            self._end = now
            if now[0] - self._begin[0] >= self._seconds:
                self.done.set()
        elif self._sent >= WARM_UP:
            self._begin = now
            self.begun.set()

    def figures(self) -> dict[str, float]:
        """Return messages a second, and CPU time of this process and its recorder for each."""
        assert self._begin is not None
        messages = self._end[2] - self._begin[2]
        return {
            "per_second": messages / (self._end[0] - self._begin[0]),
            "cpu_ms": (self._end[1] - self._begin[1]) / messages * 1000,
        }
