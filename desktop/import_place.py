"""What imports leave in the home: a mark while one runs, by which a killed one is found, and lists that were pasted.

The mark is a lock of the operating system, which a killed process cannot keep, and a note beside it. Imports of other
desks of a team, into the same database, are theirs: their marks are in their homes.
"""

import json
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from desktop.domain.errors import KnownError

_PASTED = "pasted-"


@dataclass(frozen=True, slots=True)
class ImportPlace:
    """The imports of one workspace in one home. All methods block shortly."""

    folder: Path
    workspace_id: int

    @contextmanager
    def hold(self, import_id: int, file: str) -> Generator[None]:
        """Keep the mark of an import that runs. After an error the note stays, until `forget` says that all is well.

        Raises:
            KnownError: `file_not_writable`.
        """
        note = self._note(import_id)
        lock = FileLock(note.with_suffix(".lock"))
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock.acquire()
            note.write_text(json.dumps({"file": file}), encoding="utf-8")
        except OSError as error:
            lock.release()
            raise _unwritable(self.folder, error) from error
        try:
            yield
            note.unlink(missing_ok=True)
        finally:
            lock.release()
            if not note.exists():
                note.with_suffix(".lock").unlink(missing_ok=True)

    def broken(self) -> list[tuple[int, str]]:
        """Return id and file of the imports whose process is gone, the newest first."""
        found: list[tuple[int, str]] = []
        for note in self.folder.glob(f"{self.workspace_id}-*.json"):
            try:
                with FileLock(note.with_suffix(".lock"), blocking=False):
                    file = str(json.loads(note.read_text(encoding="utf-8"))["file"])
            except Timeout:
                continue  # it runs
            except (OSError, ValueError, KeyError, TypeError):
                file = ""
            found.append((int(note.stem.partition("-")[2]), file))
        return sorted(found, reverse=True)

    def forget(self, import_id: int) -> None:
        """Take the note of an import away that was taken back."""
        note = self._note(import_id)
        note.unlink(missing_ok=True)
        with suppress(OSError):  # some systems do not let go of a file whose lock is held
            note.with_suffix(".lock").unlink(missing_ok=True)

    def keep_pasted(self, text: str, name: str) -> Path:
        """Write a pasted table to a file of the home, to be imported like any other; return its path.

        Raises:
            KnownError: `file_not_writable`.
        """
        path = self.folder / f"{_PASTED}{name}.tsv"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            raise _unwritable(path, error) from error
        return path

    def drop_pasted(self) -> None:
        """Delete what was pasted: it is in the contacts, or was not wanted."""
        for path in self.folder.glob(f"{_PASTED}*"):
            path.unlink(missing_ok=True)

    def _note(self, import_id: int) -> Path:
        return self.folder / f"{self.workspace_id}-{import_id}.json"


def _unwritable(path: Path, error: OSError) -> KnownError:
    why = error.strerror or "error"
    text = f"{path} cannot be written: {why}."
    return KnownError("file_not_writable", text, "Free some space, or mend the permissions of the data folder.")
