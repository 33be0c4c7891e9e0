"""A desk whose number is at the practice Cloud API, with webhooks through the receiver."""

import socket
from pathlib import Path
from urllib.error import HTTPError

from PIL import Image

from tests.acceptance.desk import Desk, control, wait_until
from tests.fakes.simulator_process import SimulatorProcess

UNLIMITED = ("--daily-limit", "1000", "--hourly-limit", "1000", "--minute-limit", "1000", "--max-in-flight", "1")


def connect_cloud(desk: Desk, simulator: SimulatorProcess) -> None:
    """Add the number, and let Meta find our receiver while an engine runs."""
    ids = ("--phone-id", simulator.ready["phone_ids"]["a"], "--waba-id", simulator.ready["waba_id"])
    desk.environment["CADENCIA_ABSENT_AFTER_S"] = "2.5"
    desk.add_instances(simulator, *UNLIMITED, *ids)
    templates = desk.run("instance", "templates", "a")
    assert ("boas_vindas", "APPROVED") in {(row["name"], row["status"]) for row in templates}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    desk.run("webhooks", "enable", "--port", str(port))
    hook = desk.run("webhooks", "connect", "a", CADENCIA_APP_SECRET=simulator.ready["app_secret"])
    engine = desk.start("run")

    def is_subscribed() -> bool:
        try:
            control(simulator, "subscribe", url=hook["url"], verify_token=hook["verify_token"])
        except HTTPError:
            return False
        return True

    wait_until(is_subscribed, 60, "the receiver answers")
    engine.terminate()
    engine.wait()


def picture(folder: Path) -> Path:
    """Make a small picture."""
    path = folder / "foto.png"
    Image.new("RGB", (64, 48), (20, 120, 90)).save(path)
    return path
