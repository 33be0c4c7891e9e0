"""Where things are on this machine. Read by the composition roots only, and handed on as plain values."""

import secrets
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from platformdirs import user_data_path

from desktop.domain.errors import KnownError

LOCK_S = 10.0


@dataclass(frozen=True, slots=True)
class Home:
    """The operator's data folder."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "cadencia.db"

    @property
    def engine_lock(self) -> Path:
        return self.folder / "engine.lock"

    @property
    def holder_note(self) -> Path:
        """Who holds the lock: a file beside it, because a lock's own file cannot be read on every system."""
        return self.folder / "engine.json"

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    @property
    def crashes(self) -> Path:
        """Reports of errors that nobody foresaw, without anything private in them."""
        return self.folder / "crashes"

    @property
    def media(self) -> Path:
        """Files of messages: copies of what was attached in the window, and what came with a backup or a capsule."""
        return self.folder / "media"

    @property
    def backups(self) -> Path:
        return self.folder / "backups"

    @property
    def imports(self) -> Path:
        """Marks of imports that run, and lists that were pasted."""
        return self.folder / "imports"

    @property
    def rejects(self) -> Path:
        return self.folder / "rejects"

    @property
    def api_media(self) -> Path:
        """The only place from which drafts that come over the API may attach files."""
        return self.folder / "api-media"

    def keyring_service(self) -> str:
        """Return the name under which this home's tokens are in the keyring; it moves along with the folder."""
        from filelock import FileLock  # late: few starts need a name

        note = self.folder / "home.id"
        if not note.exists():
            # Two processes that open a new home at the same time must agree on its name.
            with FileLock(self.folder / "home.lock", timeout=LOCK_S):
                if not note.exists():
                    draft = self.folder / "home.id.new"
                    draft.write_text(secrets.token_hex(8), encoding="ascii")
                    draft.replace(note)
        return f"cadencia:{note.read_text(encoding='ascii').strip()}"


def open_home(folder: str | None) -> Home:
    """Return the home, made if need be.

    Raises:
        KnownError: `home_unusable`, when it cannot be made or written.
    """
    path = Path(folder).expanduser() if folder else user_data_path("Cadencia", appauthor=False)
    try:
        path.mkdir(parents=True, exist_ok=True)
        # A name of its own: another process may try the same at the same time.
        with NamedTemporaryFile(prefix=".write-test-", dir=path):
            pass
    except OSError as error:
        reason = error.strerror or "error"
        raise KnownError(
            "home_unusable",
            f"The data folder {path} cannot be used ({reason}).",
            "Choose another one with --home, or mend its permissions.",
            folder=str(path),
        ) from error
    return Home(path.resolve())


def resources() -> Path:
    """Return the folder of icons, themes, fonts and translations, also inside a packaged program."""
    return Path(__file__).resolve().parent.parent / "resources"
