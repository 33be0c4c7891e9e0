"""A text for each person, all the way: written by an AI, accepted, started, arrived at the gateway."""

import asyncio

from desktop.composition import open_workplace
from desktop.domain.ai import AiSettings
from desktop.domain.ids import CampaignId
from desktop.domain.own_text import Otherwise, OwnTextFilter, OwnTextWish
from desktop.paths import Home
from tests.desktop.ai.endpoint import listening
from tests.desktop.cli.conftest import Cli, plain_draft
from tests.fakes.simulator_process import SimulatorProcess


def test_what_was_accepted_is_what_arrives_and_the_others_get_what_was_chosen(
    cli: Cli, gateway: SimulatorProcess
) -> None:
    cli.add_instance(gateway, "a")
    cli.import_people("Ana;11970000101", "Bia;11970000102", "Caio;11970000103")
    campaign = CampaignId(cli.create(plain_draft()))

    async def write() -> None:
        async with listening() as endpoint, open_workplace(Home(cli.home), None) as workplace:
            endpoint.write = lambda _asked: "Oi, ⟦1⟧! {panetone|rosca} a R$ 9 [hoje]"
            await workplace.ai_writing.set_up(AiSettings(True, endpoint.url, "small-1"))
            texts = workplace.own_texts
            await texts.agree(campaign, OwnTextWish("Oi {{nome}}", "", ("first_name",), 2))
            await texts.write(campaign)
            ids = [row.id for row in await texts.texts(campaign, OwnTextFilter(), None, 9)]
            await texts.accept(campaign, ids[:1])

    async def decide() -> None:
        async with open_workplace(Home(cli.home), None) as workplace:
            (bia,) = await workplace.own_texts.texts(campaign, OwnTextFilter(text="Bia"), None, 9)
            await workplace.own_texts.refuse(campaign, [bia.id])

    async def leave_out() -> None:
        async with open_workplace(Home(cli.home), None) as workplace:
            await workplace.own_texts.choose(campaign, Otherwise.ORDINARY)

    asyncio.run(write())
    assert _red(cli, campaign) == ["own_texts_unread"]
    assert cli.refusal("campaign", "start", str(campaign))["error"] == "preflight_failed"
    asyncio.run(decide())
    assert _red(cli, campaign) == ["own_texts_missing"]
    asyncio.run(leave_out())
    assert _red(cli, campaign) == []
    cli.json("campaign", "start", str(campaign), "--wait")
    arrived = {row["number"][-3:]: row["text"] for row in gateway.recorded() if row["number"][-3:] in _OURS}
    assert arrived == {"101": "Oi, Ana! {panetone|rosca} a R$ 9 [hoje]", "102": "Olá Bia!", "103": "Olá Caio!"}


_OURS = ("101", "102", "103")


def _red(cli: Cli, campaign: CampaignId) -> list[str]:
    lines = cli("--json", "campaign", "preflight", str(campaign)).json["lines"]
    return [line["code"] for line in lines if line["level"] == "red"]
