"""The promises that the root of the repository makes to a clean clone."""

import logging
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.conftest import LONGEST_FIRST, LogWatch, group_of

ROOT = Path(__file__).resolve().parent.parent
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

NAME = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)")


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def locked() -> dict[str, list[str]]:
    """Return what the lock says of each package: its pinned versions (several when markers choose between them)."""
    found: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==(\S+)", LOCK, re.MULTILINE):
        found.setdefault(normal(name), []).append(version)
    return found


def asked() -> list[str]:
    """Return the names of all that pyproject.toml asks for, extras and groups included."""
    project = PROJECT["project"]
    requirements: list[str] = [
        *project["dependencies"],
        *(item for extra in project["optional-dependencies"].values() for item in extra),
        *(item for group in PROJECT["dependency-groups"].values() for item in group),
    ]
    return [normal(match[1]) for item in requirements if (match := NAME.match(item))]


def tracked_texts() -> list[tuple[str, str]]:
    """Return name and text of every tracked file that is text."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    texts: list[tuple[str, str]] = []
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        if path.is_file() and b"\0" not in (content := path.read_bytes()):
            texts.append((name, content.decode("utf-8", errors="replace")))
    return texts


def test_all_acceptance_scenarios_are_one_group_and_each_other_file_is_one() -> None:
    assert {group_of(f"tests/acceptance/{name}.py::test_a[x@y]") for name in ("test_kills", "test_cloud")} == {
        "acceptance"
    }
    assert group_of("tests/db/test_home.py::test_a[1]") == "tests/db/test_home.py"
    assert [path for path in LONGEST_FIRST[1:] if not (ROOT / path).is_file()] == []


def test_the_lock_pins_everything_that_pyproject_asks_for() -> None:
    assert [name for name in asked() if name not in locked()] == []


def test_every_locked_package_has_hashes() -> None:
    blocks = re.split(r"\n(?=\S)", LOCK)
    pinned = [block for block in blocks if NAME.match(block)]
    assert len(pinned) > 40
    assert [block.splitlines()[0] for block in pinned if "--hash=sha256:" not in block] == []


def test_the_lock_names_no_index_and_no_address() -> None:
    assert re.findall(r"^.*(?:://|--(?:extra-)?index-url|--find-links|--trusted-host).*$", LOCK, re.MULTILINE) == []


def test_qt_is_locked_to_the_version_that_survives_python_3_11() -> None:
    assert locked()["pyside6-essentials"] == ["6.11.3"]


def test_no_tracked_file_names_a_place_of_one_machine() -> None:
    place = re.compile(r"(?<![\w.~/])/(?:home|root|work|Users|opt)/[\w.-]+")
    found = [f"{name}: {match[0]}" for name, text in tracked_texts() for match in place.finditer(text)]
    assert found == []


def test_the_top_level_holds_what_the_architecture_says_and_nothing_else() -> None:
    allowed = {"desktop", "resources", "db", "tests", "main.py", "pyproject.toml", "build.spec", "requirements.lock"}
    allowed |= {
        "README.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "DECISIONS.md",
        "BENCHMARKS.md",
        "SECURITY.md",
        "LICENSE",
        "Makefile",
    }
    allowed |= {".ci", ".gitignore", ".editorconfig", ".gitattributes"}
    assert {name.split("/")[0] for name, _ in tracked_texts()} - allowed == set()


def record(message: str, logger: str = "somewhere") -> logging.LogRecord:
    return logging.LogRecord(logger, logging.WARNING, __file__, 1, message, None, None)


def test_a_warning_that_nobody_announced_is_a_complaint() -> None:
    watch = LogWatch()
    watch.handle(record("disk is nearly full"))
    assert watch.complaints() == ["unannounced: WARNING somewhere: disk is nearly full"]


def test_an_announced_warning_is_no_complaint_but_its_absence_is() -> None:
    watch = LogWatch()
    watch.expect("nearly full")
    assert watch.complaints() == ["announced but never logged: nearly full"]
    watch.handle(record("disk is nearly full"))
    assert watch.complaints() == []


@pytest.mark.parametrize(("seconds", "complaints"), [("0.130", 0), ("1.000", 1), ("12.000", 1)])
def test_only_callbacks_slower_than_a_busy_machine_explains_are_complaints(seconds: str, complaints: int) -> None:
    watch = LogWatch()
    watch.handle(record(f"Executing <Task pending name='x'\nlong repr> took {seconds} seconds", "asyncio"))
    assert len(watch.complaints()) == complaints
