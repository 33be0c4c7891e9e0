"""Where tokens are kept: a keyring where there is one, else a file that is sealed, private, and shared without loss."""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

from desktop.access import secrets as module
from desktop.access.protection import LateSecrets, MemorySecrets, Protection, SecretStore
from desktop.access.secrets import FileSecrets, KeyringSecrets, open_secrets
from desktop.domain.errors import KnownError

ROOT = Path(__file__).resolve().parents[3]


class FakeKeyring(KeyringBackend):
    priority = 1  # pyright: ignore[reportAssignmentType, reportIncompatibleMethodOverride]

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[tuple[str, str], str] = {}
        self.is_locked = False

    def _open(self) -> dict[tuple[str, str], str]:
        if self.is_locked:
            raise KeyringLocked("locked")
        return self.values

    def get_password(self, service: str, username: str) -> str | None:
        return self._open().get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._open()[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self._open().pop((service, username), None) is None:
            raise PasswordDeleteError("not there")


@pytest.fixture
def fake_keyring() -> Iterator[FakeKeyring]:
    before, fake = keyring.get_keyring(), FakeKeyring()
    keyring.set_keyring(fake)
    yield fake
    keyring.set_keyring(before)


@pytest.fixture(params=["memory", "keyring", "file", "passphrase"])
def store(request: pytest.FixtureRequest, tmp_path: Path, fake_keyring: FakeKeyring) -> SecretStore:
    match request.param:
        case "memory":
            return MemorySecrets()
        case "keyring":
            return KeyringSecrets("cadencia:test")
        case "file":
            return FileSecrets(tmp_path, None)
        case _:
            return FileSecrets(tmp_path, "correct horse")


def test_every_store_keeps_replaces_and_forgets(store: SecretStore) -> None:
    assert store.get("a") is None
    store.set("a", "one")
    store.set("b", "two")
    store.set("a", "ções ☎")
    assert (store.get("a"), store.get("b")) == ("ções ☎", "two")
    store.delete("a")
    store.delete("a")
    store.delete("never")
    assert (store.get("a"), store.get("b")) == (None, "two")


def test_the_store_is_opened_once_and_not_before_somebody_asks() -> None:
    opened: list[MemorySecrets] = []

    def open_store() -> SecretStore:
        opened.append(MemorySecrets())
        return opened[-1]

    late = LateSecrets(open_store)
    assert opened == []
    late.set("a", "one")
    assert (late.get("a"), late.protection, len(opened)) == ("one", Protection.MEMORY, 1)
    late.delete("a")
    assert (late.get("a"), opened[0].get("a")) == (None, None)


def test_a_locked_keyring_is_said_and_not_passed_by(fake_keyring: FakeKeyring) -> None:
    store = KeyringSecrets("cadencia:test")
    store.set("a", "one")
    fake_keyring.is_locked = True
    for use in (lambda: store.get("a"), lambda: store.set("a", "x"), lambda: store.delete("a")):
        with pytest.raises(KnownError) as refused:
            use()
        assert refused.value.code == "keyring_locked"
    fake_keyring.is_locked = False
    assert store.get("a") == "one"


def test_homes_do_not_see_each_others_tokens(fake_keyring: FakeKeyring) -> None:
    KeyringSecrets("cadencia:one").set("a", "mine")
    assert KeyringSecrets("cadencia:two").get("a") is None


def test_the_keyring_is_used_where_there_is_one(tmp_path: Path, fake_keyring: FakeKeyring) -> None:
    assert open_secrets(tmp_path, "cadencia:test", None).protection is Protection.KEYRING
    assert open_secrets(tmp_path, "cadencia:test", "secret").protection is Protection.PASSPHRASE


def test_without_a_keyring_there_is_the_file(tmp_path: Path) -> None:
    assert open_secrets(tmp_path, "cadencia:test", None).protection is Protection.FILE_ONLY
    assert open_secrets(tmp_path, "cadencia:test", "secret").protection is Protection.PASSPHRASE


@pytest.mark.skipif(os.name == "nt", reason="Windows protects the user's folder by other means")
@pytest.mark.parametrize("passphrase", [None, "secret"])
def test_nobody_else_may_read_the_files(tmp_path: Path, passphrase: str | None) -> None:
    before = os.umask(0)
    try:
        FileSecrets(tmp_path, passphrase).set("a", "token-in-clear")
    finally:
        os.umask(before)
    written = [path for path in tmp_path.iterdir() if path.name != "secrets.lock"]
    assert {path.name for path in written} == {"secrets.bin"} | ({"secrets.key"} if passphrase is None else set())
    for path in written:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name
        assert b"token-in-clear" not in path.read_bytes()


def test_the_right_passphrase_opens_and_no_other(tmp_path: Path) -> None:
    FileSecrets(tmp_path, "right").set("a", "one")
    assert FileSecrets(tmp_path, "right").get("a") == "one"
    for passphrase in ("wrong", None):
        store = FileSecrets(tmp_path, passphrase)
        for use in (lambda s=store: s.get("a"), lambda s=store: s.set("b", "x"), lambda s=store: s.delete("a")):
            with pytest.raises(KnownError) as refused:
                use()
            assert refused.value.code == "secrets_locked"
    assert FileSecrets(tmp_path, "right").get("a") == "one", "a wrong passphrase destroys nothing"


def test_a_passphrase_that_comes_later_seals_the_file_at_the_next_change(tmp_path: Path) -> None:
    FileSecrets(tmp_path, None).set("a", "one")
    later = FileSecrets(tmp_path, "secret")
    assert later.get("a") == "one"
    later.set("b", "two")
    assert not (tmp_path / "secrets.key").exists(), "the key beside the file would make the passphrase a fig leaf"
    assert FileSecrets(tmp_path, "secret").get("a") == "one"
    with pytest.raises(KnownError):
        FileSecrets(tmp_path, None).get("a")


@pytest.mark.parametrize("damage", [b"", b"key\n", b"key\nxyz", b"\xff\xfe\n\x00", b"scrypt \nxyz"])
def test_a_damaged_file_is_said_and_kept(tmp_path: Path, damage: bytes) -> None:
    for passphrase in (None, "secret"):
        (tmp_path / "secrets.bin").write_bytes(damage)
        with pytest.raises(KnownError) as refused:
            FileSecrets(tmp_path, passphrase).set("a", "one")
        assert refused.value.code == "secrets_locked"
        assert (tmp_path / "secrets.bin").read_bytes() == damage


def test_a_lost_key_file_is_said(tmp_path: Path) -> None:
    FileSecrets(tmp_path, None).set("a", "one")
    (tmp_path / "secrets.key").unlink()
    with pytest.raises(KnownError) as refused:
        FileSecrets(tmp_path, None).get("a")
    assert refused.value.code == "secrets_locked"


def test_a_folder_in_the_way_is_said(tmp_path: Path) -> None:
    (tmp_path / "secrets.bin").mkdir()
    with pytest.raises(KnownError) as refused:
        FileSecrets(tmp_path, None).get("a")
    assert refused.value.code == "secrets_unusable"


def test_a_process_that_holds_the_file_too_long_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOCK_S", 0.05)
    holder, other = FileSecrets(tmp_path, None), FileSecrets(tmp_path, None)
    with holder._lock, pytest.raises(KnownError) as refused:
        other.set("a", "one")
    assert refused.value.code == "secrets_unusable"


def test_numbers_added_by_several_processes_at_once_all_keep_their_tokens(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from desktop.access.secrets import FileSecrets\n"
        "store = FileSecrets(Path(sys.argv[1]), None)\n"
        "for n in range(10): store.set(f'{sys.argv[2]}-{n}', 'token')"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    children = [subprocess.Popen([*command, name], cwd=ROOT) for name in ("a", "b", "c")]
    assert [child.wait(30) for child in children] == [0, 0, 0]
    store = FileSecrets(tmp_path, None)
    assert all(store.get(f"{name}-{n}") == "token" for name in ("a", "b", "c") for n in range(10))


def test_a_passphrase_that_is_typed_opens_the_file_and_a_wrong_one_changes_nothing(tmp_path: Path) -> None:
    FileSecrets(tmp_path, "right").set("a", "one")
    store = FileSecrets(tmp_path, None)
    assert (store.is_locked, store.protection, store.is_given) == (True, Protection.PASSPHRASE, False)
    with pytest.raises(KnownError) as refused:
        store.unlock("wrong")
    assert refused.value.code == "wrong_passphrase"
    assert store.is_locked
    store.unlock("right")
    assert not store.is_locked
    store.set("b", "two")
    assert FileSecrets(tmp_path, "right").get("b") == "two"


def test_a_passphrase_is_set_and_changed(tmp_path: Path) -> None:
    store = FileSecrets(tmp_path, None)
    store.set("a", "one")
    assert not store.is_locked
    store.protect("first")
    assert not (tmp_path / "secrets.key").exists()
    assert (store.get("a"), store.protection) == ("one", Protection.PASSPHRASE)
    store.protect("second")
    later = FileSecrets(tmp_path, None)
    with pytest.raises(KnownError):
        later.unlock("first")
    later.unlock("second")
    assert later.get("a") == "one"


def test_a_file_is_not_sealed_anew_by_somebody_who_cannot_open_it(tmp_path: Path) -> None:
    FileSecrets(tmp_path, "right").set("a", "one")
    with pytest.raises(KnownError) as refused:
        FileSecrets(tmp_path, None).protect("mine")
    assert refused.value.code == "secrets_locked"
    assert FileSecrets(tmp_path, "right").get("a") == "one"


def test_an_empty_file_that_is_sealed_asks_at_the_next_start(tmp_path: Path) -> None:
    FileSecrets(tmp_path, None).protect("word")
    assert FileSecrets(tmp_path, None).is_locked


def test_a_passphrase_that_could_not_be_set_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = FileSecrets(tmp_path, None)
    store.set("a", "one")
    store.protect("first")

    def full(_path: Path, _content: bytes) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(module, "_write_private", full)
        with pytest.raises(KnownError) as refused:
            store.protect("second")
    assert refused.value.code == "secrets_unusable"
    assert store.get("a") == "one"
    store.set("b", "two")
    again = FileSecrets(tmp_path, None)
    again.unlock("first")
    assert again.get("b") == "two"
