"""Log files of a home: by level and by campaign, as was chosen for this machine."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.campaign_logs import MOST_OPEN
from desktop.domain.errors import KnownError
from desktop.domain.events import Event, EventType, NewEvent, Severity
from desktop.domain.ids import CampaignId, EventId, WorkspaceId
from desktop.engine.bus import Bus
from desktop.home_logs import HomeLogs
from desktop.paths import Home
from desktop.settings import LogSettings, read_log_settings, write_log_settings
from tests.fakes.samples import NOW


def event(type_: EventType, campaign: int | None = 7, **details: object) -> Event:
    campaign_id = CampaignId(campaign) if campaign is not None else None
    return Event(
        EventId(1),
        WorkspaceId(1),
        NewEvent(type_, NOW, Severity.INFO, details, campaign_id=campaign_id, operator="Ana"),
    )


@pytest.fixture
def logs(home: Path) -> Iterator[HomeLogs]:
    made = HomeLogs(Home(home), {})
    made.open()
    yield made
    made.close()


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_each_campaign_has_a_file_of_what_happened_to_it_without_phones(logs: HomeLogs, home: Path) -> None:
    bus = Bus()
    logs.follow(bus)
    bus.publish([event(EventType.STARTED), event(EventType.MESSAGE_FAILED, reason="blocked", to="5511987654321")])
    bus.publish([event(EventType.MESSAGE_SENT), event(EventType.PAUSED, 8), event(EventType.SIGNED_IN, None)])
    logs.close()
    folder = home / "logs" / "campaigns"
    started, failed = lines(folder / "campaign-7.log")
    assert (started["type"], started["level"], started["operator"]) == ("started", "INFO", "Ana")
    assert failed["details"] == {"reason": "blocked", "to": "5511…21"}
    assert [line["type"] for line in lines(folder / "campaign-8.log")] == ["paused"]
    assert len(list(folder.iterdir())) == 2


def test_with_everything_written_single_messages_are_too(logs: HomeLogs, home: Path) -> None:
    bus = Bus()
    logs.follow(bus)
    logs.change(LogSettings("DEBUG"))
    bus.publish([event(EventType.MESSAGE_SENT)])
    logs.close()
    assert [line["type"] for line in lines(home / "logs" / "campaigns" / "campaign-7.log")] == ["message_sent"]


def test_many_campaigns_keep_few_files_open_and_lose_no_line(logs: HomeLogs, home: Path) -> None:
    bus = Bus()
    logs.follow(bus)
    for _ in range(3):
        bus.publish([event(EventType.PAUSED, n) for n in range(MOST_OPEN + 4)])
    logs.close()
    written = [len(lines(path)) for path in (home / "logs" / "campaigns").iterdir()]
    assert written == [3] * (MOST_OPEN + 4)


def test_another_folder_is_used_at_once_and_remembered(logs: HomeLogs, home: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere" / "logs"
    logs.change(LogSettings("INFO", other))
    logging.getLogger("desktop").info("hello")
    assert [line["message"] for line in lines(other / "cadencia.log")] == ["hello"]
    assert read_log_settings(Home(home)) == LogSettings("INFO", other)


def test_a_folder_that_cannot_be_written_is_refused_and_nothing_changes(
    logs: HomeLogs, home: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("taken", encoding="utf-8")
    with pytest.raises(KnownError, match="Nothing can be written") as refused:
        logs.change(LogSettings("INFO", tmp_path / "file" / "logs"))
    assert refused.value.code == "log_folder_unusable"
    assert logs.folder == home / "logs"
    assert read_log_settings(Home(home)) == LogSettings()


def test_a_chosen_folder_that_is_gone_does_not_keep_the_program_from_starting(home: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("taken", encoding="utf-8")
    write_log_settings(Home(home), LogSettings("INFO", tmp_path / "file" / "logs"))
    logs = HomeLogs(Home(home), {})
    logs.open()
    assert logs.folder == home / "logs"
    logs.close()


@pytest.mark.parametrize("stored", ["", "[]", '{"logs": 3}', '{"logs": {"level": "LOUD", "folder": 3}}', "\x00"])
def test_nonsense_in_the_file_counts_as_not_chosen(home: Path, stored: str) -> None:
    (home / "machine.json").write_text(stored, encoding="utf-8")
    assert read_log_settings(Home(home)) == LogSettings()


def test_a_worker_is_told_its_level_by_the_environment(home: Path) -> None:
    assert HomeLogs(Home(home), {"CADENCIA_LOG_LEVEL": "debug"}).settings.level == "DEBUG"
    assert HomeLogs(Home(home), {"CADENCIA_LOG_LEVEL": "loud"}).settings.level == "INFO"
