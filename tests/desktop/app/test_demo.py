"""The demonstration, as a person starts it: a real process, a real window (off-screen), a real practice gateway."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from PySide6.QtGui import QImage

from desktop.app.demo import PracticeGateway, fill, sample_contacts, subscribe
from desktop.audience.phones import PhoneOk, normalise
from desktop.composition import Workplace, open_workplace
from desktop.domain.ids import CampaignId
from desktop.domain.instance import Gateway
from desktop.paths import Home

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.acceptance
def test_demo_shows_a_running_campaign_and_leaves_nothing_behind(tmp_path: Path) -> None:
    picture = tmp_path / "window.png"
    done = subprocess.run(
        [sys.executable, "main.py", "demo", "--contacts", "30", "--exit-after", "4", "--screenshot", str(picture)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["window"] is True
    assert not Path(said["home"]).exists(), "a throw-away home is thrown away"
    image = QImage(str(picture))
    assert image.width() >= 960
    assert len({image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}) > 30
    # Qt's own remark about the off-screen platform.
    assert [line for line in done.stderr.splitlines() if "propagateSizeHints" not in line] == []


@pytest.mark.acceptance
async def test_a_demonstration_of_all_gateways_sends_through_each_of_them_and_hears_receipts(tmp_path: Path) -> None:
    asyncio.get_running_loop().set_debug(
        False
    )  # libraries are loaded meanwhile, which takes longer than a callback may
    names = ["evolution-1", "waha-1", "cloud-1"]
    (tmp_path / "home").mkdir()
    gateway = PracticeGateway(tmp_path, names, list(Gateway))
    try:
        gateways = await gateway.ready()
        async with open_workplace(Home(tmp_path / "home"), None, is_throw_away=True) as workplace:
            campaign_id = await fill(workplace, gateways, names, 9)
            engine = await workplace.build_engine()
            running = asyncio.create_task(engine.run())
            await subscribe(workplace, gateways)
            async with asyncio.timeout(40):
                while not await _has_heard_of_all(workplace, campaign_id):
                    await workplace.clock.sleep(0.1)
            engine.stop()
            await running
            by_number = await workplace.library.campaign_by_instance(campaign_id)
    finally:
        gateway.stop()
    assert {name for name, counts in by_number if counts.delivered + counts.read} == set(names)


async def _has_heard_of_all(workplace: Workplace, campaign_id: CampaignId) -> bool:
    by_number = await workplace.library.campaign_by_instance(campaign_id)
    return sum(counts.delivered + counts.read > 0 for _name, counts in by_number) == 3


def test_sample_people_are_different_and_have_real_mobile_numbers() -> None:
    people = sample_contacts(500, Random(1))
    assert len({person.phone for person in people}) == 500
    assert all(normalise(person.phone) == PhoneOk(person.phone) for person in people)


@pytest.mark.acceptance
def test_a_window_that_is_told_to_end_while_it_sends_ends_in_order(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "main.py", "demo", "--contacts", "60"],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "TMPDIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as window:
        assert window.stdout is not None
        home = Path(json.loads(window.stdout.readline())["home"])
        window.send_signal(signal.SIGTERM)
        try:
            _out, errors = window.communicate(timeout=40)
        except subprocess.TimeoutExpired:
            window.send_signal(signal.SIGABRT)  # the program writes the stacks of its threads then
            pytest.fail(f"it did not end: {window.communicate(timeout=10)}")
    assert window.returncode == 128 + signal.SIGTERM
    assert [line for line in errors.splitlines() if "propagateSizeHints" not in line] == []
    assert not home.exists()
