"""One process sends, another one steers: pause, resume, cancel, schedule, stop, and a second engine that is refused."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.acceptance.desk import (
    Child,
    Desk,
    assert_adds_up,
    assert_exactly_once,
    assert_none_twice_none_lost,
    mobiles,
    received,
    wait_until,
)
from tests.acceptance.scene import Scene
from tests.fakes.simulator_process import SimulatorProcess

PEOPLE = mobiles(120)


def _ready(scene: Scene, latency_ms: int = 60) -> tuple[Desk, SimulatorProcess]:
    """Have two numbers that send one by one, and everybody's phones."""
    slow = {"match": {"endpoint": "send"}, "do": {"latency_ms": latency_ms}}
    simulator = scene.simulate("a", "b", rules=[slow])
    scene.desk.add_instances(simulator)
    scene.desk.import_phones(PEOPLE)
    return scene.desk, simulator


def test_pause_resume_and_cancel_from_another_process(scene: Scene) -> None:
    # Slow enough that it is still sending when another process has started, on a busy machine too.
    desk, simulator = _ready(scene, 250)
    campaign = str(desk.create(simulator.instances))
    sender = desk.start("run")
    desk.run("campaign", "start", campaign)
    sender.wait_for(lambda: len(simulator.recorded()) >= 10, "the first left")

    desk.run("campaign", "pause", campaign)
    paused = _when_nothing_is_in_flight(desk, campaign)
    assert (paused["status"], paused["failed"]) == ("paused", 0)
    left = len(simulator.recorded())
    assert _left(paused) == left, "what was in flight was awaited and recorded"
    assert paused["pending"] == len(PEOPLE) - left > 0
    assert desk.end("campaign", "pause", campaign).code == 1

    desk.run("campaign", "resume", campaign)
    sender.wait_for(lambda: len(simulator.recorded()) >= left + 10, "it goes on")
    desk.run("campaign", "cancel", campaign)
    cancelled = _when_nothing_is_in_flight(desk, campaign)
    left = len(simulator.recorded())
    assert (cancelled["status"], _left(cancelled)) == ("cancelled", left)
    assert cancelled["failed"] == len(PEOPLE) - left > 0
    rows = desk.lines("campaign", "recipients", campaign, "--status", "failed")
    assert {row["reason"] for row in rows} == {"cancelled"}

    _stop(sender)
    assert len(simulator.recorded()) == left, "nothing leaves a cancelled campaign"
    assert max(received(simulator).values()) == 1
    desk.assert_healthy()


def test_only_one_engine_sends_and_the_second_says_who_the_first_is(scene: Scene) -> None:
    # It must still be sending after five commands, on a busy machine too.
    desk, simulator = _ready(scene, latency_ms=2000)
    campaign = str(desk.create(simulator.instances))
    sender = desk.start("campaign", "start", campaign, "--wait")
    sender.wait_for(lambda: len(simulator.recorded()) >= 2, "the first left")

    for command in (("run",), ("campaign", "start", campaign, "--wait")):
        refused = desk.end(*command)
        assert refused.code == 1
        assert refused.json["error"] == "engine_busy"
        assert str(sender.process.pid) in refused.json["message"], refused.json
        assert "campaign start --wait" in refused.json["message"]
    busy = next(check for check in desk.run("doctor")["checks"] if check["code"].startswith("engine_"))
    assert (busy["code"], str(sender.process.pid) in busy["text"]) == ("engine_elsewhere", True)
    desk.run("campaign", "cancel", campaign)
    assert sender.wait().json["status"] == "cancelled", "it ends with its campaign"
    assert max(received(simulator).values()) == 1

    # The lock of a killed engine is free at once.
    killed = desk.start("run")
    killed.wait_for(lambda: _holds_the_lock(desk, killed), "it holds the lock")
    killed.kill()
    next_one = desk.start("run")
    next_one.wait_for(lambda: _holds_the_lock(desk, next_one), "it holds the lock")
    _stop(next_one)
    assert not (desk.home / "engine.json").exists()


def test_sigterm_waits_for_what_is_in_flight_and_loses_no_outcome(scene: Scene) -> None:
    desk = scene.desk
    slow = {"match": {"endpoint": "send"}, "do": {"latency_ms": 1200}}
    simulator = scene.simulate("a", "b", "c", rules=[slow])
    desk.add_instances(simulator, "--max-in-flight", "3")
    phones = mobiles(30)
    desk.import_phones(phones)
    campaign = str(desk.create(simulator.instances))
    desk.run("campaign", "start", campaign)
    sender = desk.start("run")
    sender.wait_for(lambda: desk.count("attempt") == 18, "nine have left, and nine are in flight")

    assert _stop(sender) == "Stopping: waiting for the answers to what is on its way (9 messages).\n"

    status = desk.show(int(campaign))
    assert (status["status"], status["sending"], status["in_doubt"]) == ("running", 0, 0)
    assert _left(status) == len(simulator.recorded()) == 18
    assert desk.run("campaign", "start", campaign, "--wait")["status"] == "completed"
    assert_exactly_once(simulator, phones)
    assert desk.lines("events", "--type", "in_doubt") == []


def test_a_schedule_fires_on_time_after_a_restart(scene: Scene) -> None:
    desk, simulator = _ready(scene)
    at = datetime.now(UTC) + timedelta(seconds=18)
    campaign = desk.create(simulator.instances, schedule_at=at.isoformat())
    assert desk.show(campaign)["status"] == "scheduled"
    first = desk.start("run")
    first.wait_for(lambda: _holds_the_lock(desk, first), "it holds the lock")
    first.kill()

    sender = desk.start("run")
    sender.wait_for(lambda: '"completed"' in sender.written(), "the campaign ended", 60)
    _stop(sender)

    started = next(event for event in desk.lines("events", "--type", "started"))
    late_s = (datetime.fromisoformat(started["time"]) - at).total_seconds()
    assert 0 <= late_s < 5, f"{late_s} s late"
    assert_exactly_once(simulator, PEOPLE)


def test_what_was_scheduled_for_a_time_when_nothing_ran_starts_with_the_next_engine(scene: Scene) -> None:
    desk, simulator = _ready(scene)
    at = datetime.now(UTC) + timedelta(seconds=6)
    campaign = desk.create(simulator.instances, schedule_at=at.isoformat())
    wait_until(lambda: datetime.now(UTC) > at)
    assert desk.show(campaign)["status"] == "scheduled"
    sender = desk.start("run")
    sender.wait_for(lambda: '"completed"' in sender.written(), "the campaign ended", 60)
    _stop(sender)
    assert_adds_up(desk.show(campaign))
    assert_none_twice_none_lost(received(simulator), PEOPLE)


def _left(status: dict[str, Any]) -> int:
    return status["sent"] + status["delivered"] + status["read"]


def _when_nothing_is_in_flight(desk: Desk, campaign: str) -> dict[str, Any]:
    """Return the status as soon as nobody is being sent to any more; that state then has to last."""
    wait_until(lambda: desk.count("recipient WHERE status = 'sending'") == 0, what="the end of what was in flight")
    status = desk.show(int(campaign))
    assert status["sending"] == 0
    assert_adds_up(status)
    return status


def _stop(sender: Child) -> str:
    """End an engine in order; return what it said to people meanwhile, which is nothing when nothing was on its way."""
    sender.terminate()
    ended = sender.wait()
    assert ended.code == 0, ended.stderr
    assert ended.stderr.count("\n") <= 1, ended.stderr
    assert all("type" in line for line in ended.lines), "stdout carries events alone"
    return ended.stderr


def _holds_the_lock(desk: Desk, sender: Child) -> bool:
    note = desk.home / "engine.json"
    return note.exists() and str(sender.process.pid) in note.read_text(encoding="utf-8")
