"""The demonstration: practice gateways as a process of their own, sample people, and a running campaign."""

import asyncio
import json
import logging
import os
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
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

log = logging.getLogger(__name__)

READY_WITHIN_S = 20.0
SUBSCRIBE_TRIES = 60
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


@dataclass(frozen=True, slots=True)
class Practice:
    """One practice gateway that answers. The last three are the Cloud API's only."""

    gateway: Gateway
    url: str
    api_key: str
    waba_id: str | None = None
    phone_ids: Mapping[str, str] = field(default_factory=dict[str, str])  # by instance
    app_secret: str | None = None


class PracticeGateway:
    """The simulators' process. It ends with us, also when we are killed: it watches its standard input."""

    def __init__(self, folder: Path, instances: Sequence[str], gateways: Sequence[Gateway]) -> None:
        script = folder / "practice.json"
        script.write_text(json.dumps(SCRIPT), encoding="utf-8")
        self._gateways = tuple(gateways)
        played = [part for gateway in self._gateways for part in ("--gateway", gateway.value)]
        start = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, str(_main_file())]
        self._process = subprocess.Popen(
            [*start, "simulator", *played, "--instances", ",".join(instances), "--script", str(script)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "CADENCIA_END_WITH_STDIN": "1"},
        )

    async def ready(self) -> Sequence[Practice]:
        """Wait until all of them answer.

        Raises:
            KnownError: `practice_failed`.
        """
        try:
            return [await self._read_one(gateway) for gateway in self._gateways]
        except (TimeoutError, ValueError) as error:
            self.stop()
            raise KnownError("practice_failed", "The practice gateway did not start.", "Try again.") from error

    async def _read_one(self, gateway: Gateway) -> Practice:
        assert self._process.stdout is not None
        line = await asyncio.wait_for(asyncio.to_thread(self._process.stdout.readline), READY_WITHIN_S)
        said = json.loads(line)
        return Practice(
            gateway,
            str(said["url"]),
            str(said["api_key"]),
            said.get("waba_id"),
            said.get("phone_ids", {}),
            said.get("app_secret"),
        )

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


async def fill(
    workplace: Workplace, gateways: Sequence[Practice], instances: Sequence[str], contacts: int
) -> CampaignId:
    """Add the instances of each practice gateway and people to an empty home, and start a campaign; return its id.

    Where several gateways are played, each plays all instances; they share the names out among themselves.
    """
    operations, now = workplace.operations, workplace.clock.now()
    for number, name in enumerate(instances):
        await _add(workplace, gateways[number % len(gateways)], name, contacts)
    cloud = next((practice for practice in gateways if practice.app_secret), None)
    if cloud is not None:
        await _receive_webhooks(workplace, cloud, instances)
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


async def _add(workplace: Workplace, practice: Practice, name: str, contacts: int) -> None:
    gateway, phone_id = practice.gateway, practice.phone_ids.get(name)
    # Meta's careful limits would pause the campaign in the middle of the demonstration.
    usual = replace(default_limits(gateway), per_hour=None, per_minute=None)
    limits = replace(usual, per_day=max(80, contacts), min_gap_s=0.3)
    await workplace.operations.add_instance(
        name,
        gateway,
        practice.url,
        phone_id or name,
        practice.api_key,
        limits,
        None,
        phone_id=phone_id,
        waba_id=practice.waba_id,
    )


async def _receive_webhooks(workplace: Workplace, cloud: Practice, instances: Sequence[str]) -> None:
    """Turn the receiver on for the practice Cloud API, which tells everything of its account to one address."""
    receiving = workplace.webhooks.receiving
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    await receiving.enable(port=port)
    hooks = {state.hook.instance.name: state.hook.instance for state in await receiving.hooks()}
    for name in instances:
        if hooks[name].gateway is Gateway.CLOUD:
            await receiving.keep_app_secret(name, cloud.app_secret or "")


async def subscribe(workplace: Workplace, gateways: Sequence[Practice]) -> None:
    """Tell the practice Cloud API where the receiver is, once that listens; returns at once where there is none."""
    from desktop.gateways.http import Answer, HttpClient

    cloud = next((practice for practice in gateways if practice.app_secret), None)
    if cloud is None:
        return
    ways = [
        state for state in await workplace.webhooks.receiving.hooks() if state.hook.instance.gateway is Gateway.CLOUD
    ]
    http = HttpClient(cloud.url, {"apikey": cloud.api_key})
    body = json.dumps({"url": ways[0].url, "verify_token": ways[0].hook.verify_token}).encode()
    try:
        for _ in range(SUBSCRIBE_TRIES):
            answer = await http.post("_control", "subscribe", body=body)
            if isinstance(answer, Answer) and answer.status == 200:
                return
            await workplace.clock.sleep(0.5)
        log.warning("the practice Cloud API did not find the receiver: no receipts will come")
    finally:
        await http.close()
