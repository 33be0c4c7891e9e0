"""The checklist looks at the files of a draft with the eyes of the gateways of its numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from desktop.domain.campaign import Audience, AudienceKind, Draft, Media, MessageDraft
from desktop.domain.ids import CampaignId
from desktop.domain.instance import Gateway, Instance
from desktop.domain.media import MediaFacts
from desktop.domain.segment import Group, Match, Segment, TagRule
from desktop.domain.summaries import CheckLine
from desktop.domain.template import MessageTemplate
from desktop.operations.checking import Preflight
from desktop.policy.limits import next_local_midnight
from tests.fakes.clock import FakeClock
from tests.fakes.control import FakeControl
from tests.fakes.library import FakeLibrary
from tests.fakes.media import FakeMediaDesk
from tests.fakes.past import NoPast
from tests.fakes.samples import NOW

LOGO = Path("/tmp/logo.gif")


class Facts(NoPast, FakeLibrary):
    async def audience_lacking(self, audience: Audience, fields: Sequence[str]) -> Mapping[str, int]:
        return {}

    async def templates(self, waba_id: str | None = None) -> Sequence[MessageTemplate]:
        return ()

    async def audience_talking(self, audience: Audience) -> int:
        return 0

    async def audience_reached(self, campaign_id: CampaignId, audience: Audience) -> int:
        return 0

    async def audience_checks(self, audience: Audience, since: datetime) -> tuple[int, int]:
        return 0, 0


async def media_line(gateway: Gateway, path: Path = LOGO) -> CheckLine:
    library, desk = Facts(), FakeMediaDesk()
    desk.files[LOGO] = MediaFacts("logo.gif", 1000, "image/gif")
    row = library.numbers[0]
    library.numbers = [replace(row, instance=replace(row.instance, gateway=gateway))]
    message = MessageDraft("Oi", media=Media("image", str(path)))
    draft = Draft("Natal", messages=(message,), instances=(row.instance.name,))
    campaign_id = await FakeControl(library).save_draft(None, draft)

    async def refresh(_instance: Instance) -> None:
        return None

    lines = await Preflight(library, FakeClock(), refresh, lambda _instance: True, desk.look).run(campaign_id)
    return next(line for line in lines if line.code.startswith("media"))


async def test_a_file_is_refused_only_where_a_chosen_gateway_refuses_it() -> None:
    cloud, evolution = await media_line(Gateway.CLOUD), await media_line(Gateway.EVOLUTION)
    assert (cloud.code, cloud.level, cloud.facts["gateway"]) == ("media_format", "red", "cloud")
    assert (evolution.code, evolution.level, evolution.facts["name"]) == ("media_format", "amber", "logo.gif")


async def test_a_file_that_is_gone_is_named() -> None:
    line = await media_line(Gateway.CLOUD, Path("/tmp/foi.gif"))
    assert (line.code, line.level, line.facts["path"]) == ("media_unreadable", "red", "/tmp/foi.gif")


async def test_a_draft_to_a_segment_that_was_deleted_is_told_so() -> None:
    library, desk = Facts(), FakeMediaDesk()
    draft = Draft("Natal", Audience(AudienceKind.SEGMENT, ("Nunca leram",)), (MessageDraft("Oi"),), ("vendas-1",))
    campaign_id = await FakeControl(library).save_draft(None, draft)

    async def refresh(_instance: Instance) -> None:
        return None

    checklist = Preflight(library, FakeClock(), refresh, lambda _instance: True, desk.look)
    assert "audience_segment_gone" in [line.code for line in await checklist.run(campaign_id)]
    library.saved_segments["Nunca leram"] = Segment(1, "Nunca leram", Group(Match.ALL, (TagRule("vip"),)), NOW)
    assert "audience" in [line.code for line in await checklist.run(campaign_id)]


async def test_a_number_that_rests_at_today_s_limit_is_a_warning_with_the_moment_it_comes_back() -> None:
    library, desk = Facts(), FakeMediaDesk()
    resting = next(row for row in library.numbers if row.instance.pause_reason == "daily_limit")
    draft = Draft("Natal", Audience(), (MessageDraft("Oi"),), (resting.instance.name,))
    campaign_id = await FakeControl(library).save_draft(None, draft)

    async def refresh(_instance: Instance) -> None:
        return None

    clock = FakeClock()
    checklist = Preflight(library, clock, refresh, lambda _instance: True, desk.look)
    line = next(each for each in await checklist.run(campaign_id) if each.code.startswith("instances"))
    assert (line.code, line.level) == ("instances_at_limit", "amber")
    assert line.facts["at"] == next_local_midnight(clock.now(), "America/Sao_Paulo")
    # What was used yesterday is free again, whether an engine has looked or not.
    library.numbers = [replace(row, sent_today=0) for row in library.numbers]
    assert "instances" in [each.code for each in await checklist.run(campaign_id)]
