"""From an ugly spreadsheet to messages received, by command line alone."""

from tests.acceptance.desk import assert_adds_up, assert_exactly_once, mobiles
from tests.acceptance.scene import QUICK, Scene
from tests.fakes.ugly_csv import write_ugly_csv


def test_every_valid_row_of_an_ugly_file_is_sent_to_exactly_once(scene: Scene) -> None:
    desk = scene.desk
    simulator = scene.simulate("a", "b", "c")
    desk.add_instances(simulator)
    facts = write_ugly_csv(scene.folder / "contatos.csv")
    counts = desk.run(
        "contacts", "import", str(scene.folder / "contatos.csv"), "--rejects", str(scene.folder / "no.csv")
    )
    assert (counts["rows"], counts["added"]) == (facts.rows, facts.added)
    assert (counts["duplicates"], counts["rejected"]) == (facts.duplicates, facts.rejected_total)

    campaign = desk.create(simulator.instances)
    status = desk.run("campaign", "start", str(campaign), "--wait")

    assert_exactly_once(simulator, facts.phones)
    assert status["status"] == "completed"
    assert status["total"] == facts.added
    assert_adds_up(status)
    assert status["delivered"] + status["read"] == facts.added, "every receipt of a quick world arrives while we wait"
    assert status["read"] > facts.added / 4
    senders = {row["instance"] for row in simulator.recorded()}
    assert senders == {"a", "b", "c"}, "all the numbers take their turn"
    desk.assert_healthy()


def test_receipts_of_the_time_when_nobody_listened_are_fetched_by_the_next_run(scene: Scene) -> None:
    desk = scene.desk
    # Delivered some 9 s after the sending: later than `start --wait` lingers for receipts.
    slow = QUICK | {"speed": 1, "delivered": {"median_s": 9, "spread": 0}, "read_share": 0}
    simulator = scene.simulate("a", "b", settings=slow)
    desk.add_instances(simulator)
    desk.import_phones(mobiles(150))
    campaign = desk.create(simulator.instances)
    status = desk.run("campaign", "start", str(campaign), "--wait")
    assert (status["status"], status["sent"]) == ("completed", 150)

    running = desk.start("run")
    running.wait_for(lambda: running.written().count('"message_delivered"') == 150, "all receipts were fetched", 60)
    running.terminate()
    assert running.wait().code == 0

    assert desk.show(campaign)["delivered"] == 150
    desk.assert_healthy()
