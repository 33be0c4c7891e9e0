"""The demonstration: the practice gateway as a process of its own, sample people, and a running campaign."""

import asyncio
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from random import Random

from desktop.composition import Workplace
from desktop.domain.campaign import Audience, AudienceKind, CampaignAction, Draft, MessageDraft, Pace, Rotation
from desktop.domain.contact import NewContact
from desktop.domain.errors import KnownError
from desktop.domain.ids import CampaignId
from desktop.domain.instance import Gateway
from desktop.operations.instances import default_limits
from desktop.viewmodels.shell import PRACTICE_KEY

READY_WITHIN_S = 20.0
FIRST_NAMES = (
    "Ana", "Bruno", "Camila", "Daniel", "Eduarda", "Felipe", "Gabriela", "Heitor", "Isabela", "João", "Karina", "Lucas",
    "Mariana", "Natália", "Otávio", "Patrícia", "Rafael", "Sofia", "Thiago", "Úrsula", "Vinícius", "Yasmin",
)  # fmt: skip
LAST_NAMES = (
    "Almeida", "Barbosa", "Cardoso", "Duarte", "Esteves", "Ferreira", "Gonçalves", "Lima", "Martins", "Nogueira",
    "Oliveira", "Pereira", "Queiroz", "Ribeiro", "Souza", "Teixeira", "Vasconcelos",
)  # fmt: skip
CITIES = ("São Paulo", "Belo Horizonte", "Recife", "Curitiba", "Salvador", "Porto Alegre", "Florianópolis")
AREAS = (11, 21, 31, 41, 48, 51, 61, 71, 81, 85)

# A demonstration without a single mishap would not show what the program is for.
SCRIPT = {
    "settings": {
        "reply_share": 0.06,
        "delivered": {"median_s": 1.2, "spread": 0.4},
        "read": {"median_s": 6.0, "spread": 0.7},
    },
    "rules": [
        {"match": {"endpoint": "send", "every": 37}, "do": {"exists_false": True}},
        {"match": {"endpoint": "send", "every": 61}, "do": {"connection_closed_500": True}},
        {"match": {"endpoint": "send"}, "do": {"latency_ms": [60, 260]}},
    ],
}


class PracticeGateway:
    """The simulator's process. It ends with us, also when we are killed: it watches its standard input."""

    def __init__(self, folder: Path, instances: list[str]) -> None:
        script = folder / "practice.json"
        script.write_text(json.dumps(SCRIPT), encoding="utf-8")
        start = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, str(_main_file())]
        self._process = subprocess.Popen(
            [*start, "simulator", "--instances", ",".join(instances), "--script", str(script)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "CADENCIA_END_WITH_STDIN": "1"},
        )
        self.url = self.api_key = ""

    async def ready(self) -> None:
        """Wait until it answers.

        Raises:
            KnownError: `practice_failed`.
        """
        assert self._process.stdout is not None
        try:
            line = await asyncio.wait_for(asyncio.to_thread(self._process.stdout.readline), READY_WITHIN_S)
            said = json.loads(line)
        except (TimeoutError, ValueError) as error:
            self.stop()
            raise KnownError("practice_failed", "The practice gateway did not start.", "Try again.") from error
        self.url, self.api_key = str(said["url"]), str(said["api_key"])

    def stop(self) -> None:
        """End it and wait for it."""
        self._process.terminate()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _main_file() -> Path:
    return Path(__file__).resolve().parents[2] / "main.py"


def sample_contacts(count: int, rng: Random) -> list[NewContact]:
    """Return people with Brazilian names and mobile numbers, all different."""
    contacts: dict[str, NewContact] = {}
    while len(contacts) < count:
        phone = f"+55{rng.choice(AREAS)}9{rng.randrange(60_000_000, 99_999_999)}"
        name = f"{rng.choice(FIRST_NAMES)} {rng.choice(LAST_NAMES)}"
        contacts[phone] = NewContact(phone, name, ("clientes",), {"cidade": rng.choice(CITIES)})
    return list(contacts.values())


async def fill(workplace: Workplace, gateway: PracticeGateway, instances: list[str], contacts: int) -> CampaignId:
    """Add instances and people to an empty home, and start a campaign; return its id."""
    operations, now = workplace.operations, workplace.clock.now()
    limits = replace(default_limits(Gateway.EVOLUTION), per_day=max(80, contacts), min_gap_s=0.3)
    for name in instances:
        await operations.add_instance(name, Gateway.EVOLUTION, gateway.url, name, gateway.api_key, limits, None)
    await workplace.contacts.upsert(sample_contacts(contacts, Random(contacts)), now, 1, "demo")
    await operations.set_setting(PRACTICE_KEY, True)
    draft = Draft(
        name="Semana do Cliente",
        audience=Audience(AudienceKind.TAGS, ("clientes",)),
        messages=(
            MessageDraft(
                '{Oi|Olá}, *{{nome|primeiro|"tudo bem"}}*! 💚\n'
                'Nesta semana, clientes de {{contact.custom.cidade|"todo o Brasil"}} têm _frete grátis_.\n'
                "Responda SAIR para não receber mais.",
                2,
            ),
            MessageDraft('{{nome|primeiro|"Olá"}}, a Semana do Cliente começou: frete grátis até domingo! 🎉', 1),
        ),
        instances=tuple(instances),
        rotation=Rotation.ROUND_ROBIN,
        pace=Pace(delay_s=(0.1, 0.4), per_hour=None, per_second=None, burst=None),
    )
    campaign_id = await operations.create(draft)
    await operations.act(campaign_id, CampaignAction.START)
    return campaign_id
