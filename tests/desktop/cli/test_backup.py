"""Backup and restore by the command line, on real files: nothing is lost, nothing leaves twice in silence."""

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from db.connection import Database
from db.home import open_database
from desktop import backup
from desktop.engine_lock import EngineLock
from desktop.paths import Home
from tests.desktop.cli.conftest import Cli, plain_draft
from tests.fakes.simulator_process import SimulatorProcess

PEOPLE = ("Ana Souza;11 97000-0001", "Bia Lima;11 97000-0002")
SECRET = "uma frase longa"
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def full(cli: Cli, gateway: SimulatorProcess) -> Cli:
    """A home with two people, a running campaign with a picture, one that is scheduled, and one that is a draft."""
    cli.add_instance(gateway, "a")
    cli.import_people(*PEOPLE)
    picture = cli.home.parent / "oferta.png"
    picture.write_bytes(b"\x89PNG" + bytes(500))
    message = {"text": "Olá", "media": {"kind": "image", "path": str(picture)}}
    running = cli.create(plain_draft(messages=[message], name="Correndo"))
    cli.json("campaign", "start", str(running))
    cli.create(plain_draft(name="Rascunho"))
    later = (datetime.now(UTC) + timedelta(days=3)).isoformat()
    cli.create(plain_draft(name="Agendada", schedule_at=later))
    return cli


def another(cli: Cli, name: str) -> Cli:
    home = cli.home.parent / name
    home.mkdir()
    return Cli(home, cli.monkeypatch)


def restored(full: Cli, name: str = "other") -> tuple[Cli, dict[str, object]]:
    file = full.home.parent / "copy.cadencia-backup"
    full.json("backup", file, CADENCIA_PASSPHRASE=SECRET)
    other = another(full, name)
    return other, other.json("restore", file, CADENCIA_PASSPHRASE=SECRET)


def test_everything_comes_back_and_what_was_running_stands_still(full: Cli) -> None:
    other, said = restored(full)
    assert (said["campaigns"], said["contacts"], said["previous"]) == (3, 2, None)
    assert said["held"] == [1]
    listed = {row["name"]: (row["status"], row["reason"]) for row in other.json("campaign", "list")}
    assert listed == {
        "Correndo": ("paused", "restored"), "Rascunho": ("draft", None), "Agendada": ("scheduled", None)
    }  # fmt: skip
    assert [row["name"] for row in other.json("contacts", "list")] == ["Ana Souza", "Bia Lima"]
    paused = other.lines("events", "--type", "paused")
    assert paused[-1]["details"]["reason"] == "restored"
    told = [line["details"].get("action") for line in other.lines("events", "--type", "edited")]
    assert told[-1] == "backup_restored"
    made = [line["details"] for line in full.lines("events", "--type", "edited")]
    assert made[-1] == {"action": "backup_made"}
    doctor = other("--json", "doctor").json
    assert next(line for line in doctor["checks"] if line["code"] == "database")["level"] == "green"


def test_media_comes_along_and_is_found_where_it_is_now(full: Cli) -> None:
    picture = full.home.parent / "oferta.png"
    was = picture.read_bytes()
    other, _said = restored(full)
    picture.unlink()
    with closing(sqlite3.connect(other.home / "cadencia.db")) as conn:
        (frozen,) = conn.execute("SELECT media FROM variation WHERE media IS NOT NULL").fetchone()
        (draft,) = conn.execute("SELECT draft FROM campaign WHERE name = 'Correndo'").fetchone()
    path = Path(json.loads(frozen)["path"])
    assert path.read_bytes() == was
    assert path.is_relative_to(other.home / "media")
    assert json.dumps(str(path)) in draft


def test_neither_tokens_nor_people_are_readable_in_the_file(full: Cli, gateway: SimulatorProcess) -> None:
    file = full.home.parent / "copy"
    said = full.json("backup", file, CADENCIA_PASSPHRASE=SECRET)
    content = file.read_bytes()
    assert said["bytes"] == len(content)
    assert b"Ana Souza" not in content
    folder = full.home.parent / "unpacked"
    folder.mkdir()
    backup._unpack(file, SECRET, folder)
    for part in folder.iterdir():
        assert gateway.api_key.encode() not in part.read_bytes()


@pytest.mark.parametrize(
    ("passphrase", "damage", "code"),
    [
        ("outra", lambda data: data, "wrong_passphrase"),
        (SECRET, lambda data: data[:-1], "backup_damaged"),
        (SECRET, lambda data: data[:60], "wrong_passphrase"),
        (SECRET, lambda data: data[:-40] + b"x" + data[-39:], "backup_damaged"),
        (SECRET, lambda data: b"not one of ours", "not_a_backup"),
        ("", lambda data: data, "passphrase_missing"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_whole_or_not_opened_changes_nothing(
    full: Cli, passphrase: str, damage: object, code: str
) -> None:
    (picture,) = (full.home / "media").rglob("*.png")
    picture.write_bytes(bytes(2_000_000))  # more than one piece
    file = full.home.parent / "copy"
    full.json("backup", file, CADENCIA_PASSPHRASE=SECRET)
    file.write_bytes(damage(file.read_bytes()))  # type: ignore[operator]
    other = another(full, "other")
    assert other.refusal("restore", file, CADENCIA_PASSPHRASE=passphrase)["error"] == code
    assert not (other.home / "cadencia.db").exists()
    assert not list(other.home.glob(".cadencia-*"))


def test_a_backup_of_a_newer_program_is_refused(full: Cli) -> None:
    with closing(sqlite3.connect(full.home / "cadencia.db")) as conn, conn:
        conn.execute("UPDATE alembic_version SET version_num = '9999'")
    database = Database(full.home / "cadencia.db")
    file = full.home.parent / "copy"
    try:
        backup.make(database, file, SECRET, NOW)
    finally:
        database.close()
    other = another(full, "other")
    assert other.refusal("restore", file, CADENCIA_PASSPHRASE=SECRET)["error"] == "backup_newer"


def test_a_home_with_something_in_it_is_replaced_only_when_told_to_and_kept_beside(full: Cli) -> None:
    file = full.home.parent / "copy"
    full.json("backup", file, CADENCIA_PASSPHRASE=SECRET)
    full.import_people("Caio Reis;11 97000-0003")
    assert full.refusal("restore", file, CADENCIA_PASSPHRASE=SECRET)["error"] == "home_not_empty"
    assert len(full.json("contacts", "list")) == 3
    said = full.json("restore", file, "--replace", CADENCIA_PASSPHRASE=SECRET)
    assert len(full.json("contacts", "list")) == 2
    with closing(sqlite3.connect(said["previous"])) as conn:
        assert conn.execute("SELECT count(*) FROM contact").fetchone() == (3,)


def test_a_home_on_which_somebody_sends_is_not_replaced(full: Cli) -> None:
    file = full.home.parent / "copy"
    full.json("backup", file, CADENCIA_PASSPHRASE=SECRET)
    with EngineLock(Home(full.home), "a test"):
        assert full.refusal("restore", file, "--replace", CADENCIA_PASSPHRASE=SECRET)["error"] == "engine_busy"


def test_who_was_being_sent_to_is_in_doubt_and_nobody_is_sent_to_before_the_operator_resumes(
    full: Cli,
    gateway: SimulatorProcess,
) -> None:
    file = full.home.parent / "copy"
    full.json("backup", file, CADENCIA_PASSPHRASE=SECRET)
    sent = full.json("campaign", "start", "1", "--wait")
    assert sent["sent"] + sent["delivered"] + sent["read"] == 2
    before = len(gateway.recorded())
    full.json("restore", file, "--replace", CADENCIA_PASSPHRASE=SECRET)
    still = full.json("campaign", "show", "1")
    assert (still["status"], still["reason"], still["pending"]) == ("paused", "restored", 2)
    assert full.refusal("campaign", "start", "1", "--wait")["error"] == "action_not_allowed"
    assert len(gateway.recorded()) == before


def test_a_copy_that_cannot_be_written_leaves_the_old_one(full: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "not a folder"
    folder.write_text("a file")
    assert full.refusal("backup", folder / "x", CADENCIA_PASSPHRASE=SECRET)["error"] == "file_not_writable"
    gone = full.refusal("restore", tmp_path / "gone", "--replace", CADENCIA_PASSPHRASE=SECRET)
    assert gone["error"] == "file_not_readable"


def test_a_series_is_due_daily_and_keeps_the_newest(tmp_path: Path, qapp: QApplication) -> None:
    database = open_database(tmp_path / "cadencia.db")
    folder = tmp_path / "backups"
    try:
        assert backup.is_due(folder, NOW)
        for day in range(4):
            backup.make_next(database, folder, SECRET, 2, NOW + timedelta(days=day))
        (folder / "mine.txt").write_text("not ours")
        assert [file.name[:17] for file in backup.automatic(folder)] == ["cadencia-20261125", "cadencia-20261126"]
        assert not backup.is_due(folder, NOW + timedelta(days=3, hours=23))
        assert backup.is_due(folder, NOW + timedelta(days=4))
    finally:
        database.close()
    shutil.rmtree(folder)
