"""The database: one writer, several readers, and what differs between SQLite and PostgreSQL.

Nothing else opens a connection. WAL lets readers work beside the writer; `synchronous=FULL` makes a commit survive a
power cut (0.4 ms each, shared by all units of a group). Reads and writes refuse the GUI thread.
"""

import asyncio
import os
import sqlite3
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url
from sqlalchemy.event import listen
from sqlalchemy.exc import DBAPIError, NoSuchModuleError

from db.queries.alphabet import FOLDED, folded
from db.trouble import is_busy, translate
from db.writer import A, Publish, Together, Unit, Writer
from desktop.domain.errors import BugError, KnownError

T = TypeVar("T")
Question = Callable[[sa.Connection], T]

READERS = 3
# Another process (the command line beside the window) may start a campaign of a million recipients meanwhile.
BUSY_TIMEOUT_MS = 15_000

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    f"busy_timeout={BUSY_TIMEOUT_MS}",
    "temp_store=MEMORY",
    # 16 MB of log between checkpoints: fewer of them, and recovery after a crash still takes milliseconds.
    "wal_autocheckpoint=4000",
    "journal_size_limit=67108864",
)
_WRITER_PRAGMAS = (*_PRAGMAS, "cache_size=-32000")
# A migration that rebuilds a table drops the old one, which foreign keys would turn into deleting what refers to it.
_MIGRATION_PRAGMAS = (*_PRAGMAS, "foreign_keys=OFF")
_READER_PRAGMAS = (*_PRAGMAS, "cache_size=-8000", "query_only=ON")

# PostgreSQL has no BEGIN IMMEDIATE: this lock, released by the commit, lets one writer at a time give event ids.
_POSTGRES_LOCK = "SELECT pg_advisory_xact_lock(42120)"


# SQLite gives up at once, whatever the time-out, where to wait could dead-lock: when processes switch a new file to
# WAL, recover it, or close it as the last one, all at the same moment.
_TRIES, _PAUSE_S = 20, 0.1
_PAUSE = threading.Event()  # never set: only its time-out is used


class Database:
    """Runs units of work in the writer's thread and questions in the readers' threads."""

    def __init__(self, url: URL | str | Path, publish: Publish | None = None) -> None:
        self.url = _as_url(url)
        self._is_gui_thread: Callable[[], bool] = _never
        self._file: tuple[int, int] | None = None  # which file it is, whatever its name
        self._write_engine = writing_engine(self.url)
        self._read_engine = _sa_engine(self.url, _READER_PRAGMAS, "BEGIN", size=READERS)
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="db-reader")
        is_postgres = self.url.get_backend_name() == "postgresql"
        self._writer = Writer(self._write_engine, publish, _POSTGRES_LOCK if is_postgres else None)

    @property
    def path(self) -> Path | None:
        """The file, for SQLite."""
        return Path(self.url.database) if self.url.get_backend_name() == "sqlite" and self.url.database else None

    def refuse_gui_thread(self, is_gui_thread: Callable[[], bool]) -> None:
        """From now on raise BugError for a blocking call in a thread for which `is_gui_thread()` is true."""
        self._is_gui_thread = is_gui_thread

    def check_place(self) -> None:
        """Raise when the open file is not the one in its place any more. Looks at the disk.

        A file that somebody has deleted, moved or replaced can still be written, and nothing of that is found again.

        Raises:
            KnownError: `database_moved`.
        """
        if self.path is None:
            return
        try:
            found = os.stat(self.path)
        except FileNotFoundError:
            found = None
        here = None if found is None else (found.st_dev, found.st_ino)
        self._file = self._file or here
        if here is None or here != self._file:
            raise KnownError(
                "database_moved",
                "The database file was deleted, moved or replaced while it was open.",
                "Close Cadência, put the file back or restore a backup, and open it again.",
            )

    async def write(self, unit: Unit[T]) -> T:
        """Run `unit` with others in one transaction; return its result when that is durable.

        `unit` contains only SQL and is repeatable (`db/writer.py`). Cancelling the caller does not undo it.

        Raises:
            KnownError: disk full, disk error, database locked by another program; and what the unit raises.
        """
        return await self._writer.submit(unit)

    def submit(self, unit: Unit[T]) -> asyncio.Future[T]:
        """Do what `write` does, asked for at once: a future of the running loop, for callers with a thousand a second.

        Cancelling the future does not undo it.
        """
        return self._writer.submit(unit)

    def submit_item(self, together: Together[A, T], item: A) -> asyncio.Future[T]:
        """Let `together` do `item` with others that wait beside it, all with one statement: the quickest way to write.

        Cancelling the future does not undo it.
        """
        return self._writer.submit_item(together, item)

    def record_apart(self, together: Together[A, T], command: Sequence[str], from_per_s: float) -> None:
        """Let a process of its own do the items of `together` while there are `from_per_s` of them a second or more.

        Args:
            command: starts the process (`db/recorder_process.py`); two descriptors are appended to it.
        """
        self._writer.record_apart(together, command, from_per_s)

    def write_sync(self, unit: Unit[T]) -> T:
        """The same, blocking, for callers without a loop. Never on the GUI thread."""
        self.check_thread()
        return self._writer.write_sync(unit)

    async def read(self, question: Question[T]) -> T:
        """Run `question` in a reader's thread, on one consistent state of the database."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._ask, question)

    def read_sync(self, question: Question[T]) -> T:
        """The same, blocking, for callers without a loop. Never on the GUI thread."""
        self.check_thread()
        return self._ask(question)

    def close(self) -> None:
        """Commit what is waiting, await the readers, close all connections. Blocks shortly."""
        self._writer.close()
        self._readers.shutdown(wait=True, cancel_futures=True)
        self._read_engine.dispose()
        self._write_engine.dispose()

    def _ask(self, question: Question[T]) -> T:
        for is_last_try in (False,) * (_TRIES - 1) + (True,):
            try:
                with self._read_engine.connect() as conn:
                    return question(conn)
            except DBAPIError as error:
                if is_last_try or not is_busy(error):
                    raise translate(error) from error
            _PAUSE.wait(_PAUSE_S)
        raise AssertionError("the last try returns or raises")

    def check_thread(self) -> None:
        """Raise BugError on the GUI thread."""
        if self._is_gui_thread():
            raise BugError("the database was asked on the GUI thread")


def writing_engine(url: URL | Path) -> sa.Engine:
    """Return an engine for whoever writes: one connection, which takes the write lock as it begins."""
    return _sa_engine(_as_url(url), _WRITER_PRAGMAS, "BEGIN IMMEDIATE", size=1)


def migration_engine(url: URL) -> sa.Engine:
    """Return an engine for `db/migrate.py` only: one connection, foreign keys checked by the migration itself."""
    return _sa_engine(url, _MIGRATION_PRAGMAS, "BEGIN IMMEDIATE", size=1)


def _never() -> bool:
    return False


def _as_url(url: URL | str | Path) -> URL:
    if isinstance(url, Path):
        return URL.create("sqlite", database=str(url))
    return make_url(url)


def _insist(connection: Any, statement: str) -> None:
    """Execute a statement while another process opens, recovers or closes the same file, which is soon over."""
    for is_last_try in (False,) * (_TRIES - 1) + (True,):
        try:
            connection.execute(statement)
        except sqlite3.OperationalError as error:
            if is_last_try or not is_busy(error):
                raise
        else:
            return
        _PAUSE.wait(_PAUSE_S)


def _sa_engine(url: URL, pragmas: tuple[str, ...], begin: str, size: int) -> sa.Engine:
    if url.get_backend_name() != "sqlite":
        try:
            return sa.create_engine(url, pool_size=size, max_overflow=0, hide_parameters=True)
        except (ModuleNotFoundError, NoSuchModuleError) as error:
            raise KnownError(
                "database_driver_missing",
                f"This installation has no driver for {url.get_backend_name()}.",
                "Leave --database away: the file in the data folder is used.",
            ) from error
    sa_engine = sa.create_engine(
        url,
        pool_size=size,
        max_overflow=0,
        # What is stored (texts, phones) must not be in an error, and so in a log or a crash report.
        hide_parameters=True,
        # The pool hands a connection to one thread at a time. Many statements stay prepared.
        connect_args={"check_same_thread": False, "cached_statements": 512, "timeout": BUSY_TIMEOUT_MS / 1000},
    )

    def on_connect(connection: Any, _record: object) -> None:
        # The driver must not begin transactions by itself: it would not take the write lock at the beginning, and two
        # processes that both read first would dead-lock.
        connection.isolation_level = None
        for pragma in pragmas:
            _insist(connection, f"PRAGMA {pragma}")
        connection.create_function(FOLDED, 1, folded, deterministic=True)

    def on_begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql(begin)

    listen(sa_engine, "connect", on_connect)
    listen(sa_engine, "begin", on_begin)
    return sa_engine
