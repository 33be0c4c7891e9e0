"""The operator's data folder: found, made, tried out, and told apart from others."""

import subprocess
import sys
from pathlib import Path

import pytest

from desktop.domain.errors import KnownError
from desktop.paths import Home, open_home, resources

ROOT = Path(__file__).resolve().parents[2]


def test_a_home_is_made_with_its_parents_and_nothing_is_left_in_it(tmp_path: Path) -> None:
    home = open_home(str(tmp_path / "a" / "b" / "açaí"))
    assert home.folder == tmp_path / "a" / "b" / "açaí"
    assert list(home.folder.iterdir()) == []


def test_a_home_may_be_relative_or_below_the_user_s_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert open_home("here").folder == tmp_path / "here"
    assert open_home("~/there").folder == tmp_path / "there"


def test_without_a_choice_the_platform_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    if sys.platform == "linux":
        assert open_home(None).folder == tmp_path / "Cadencia"


def test_a_file_in_the_way_is_refused_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(KnownError) as refused:
            open_home(str(folder))
        assert refused.value.code == "home_unusable"
        assert str(folder) in refused.value.message


def test_everything_is_inside_the_home(tmp_path: Path) -> None:
    home = Home(tmp_path)
    for path in (home.database, home.engine_lock, home.holder_note, home.logs, home.rejects):
        assert path.parent == tmp_path


def test_the_keyring_name_stays_and_moves_along(tmp_path: Path) -> None:
    first = open_home(str(tmp_path / "one"))
    name = first.keyring_service()
    assert name.startswith("cadencia:")
    assert first.keyring_service() == name
    assert open_home(str(tmp_path / "two")).keyring_service() != name
    moved = first.folder.rename(tmp_path / "three")
    assert open_home(str(moved)).keyring_service() == name


def test_processes_that_open_a_new_home_at_once_agree_on_its_name(tmp_path: Path) -> None:
    code = "import sys; from desktop.paths import open_home\nprint(open_home(sys.argv[1]).keyring_service())"
    command = [sys.executable, "-c", code, str(tmp_path / "new")]
    children = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    names = {child.communicate(timeout=30)[0] for child in children}
    assert [child.returncode for child in children] == [0] * 4
    assert len(names) == 1


def test_the_resources_are_there() -> None:
    assert (resources() / "translations").is_dir()
