"""Opens the price store, making it if there is none and setting it aside if it is corrupt; it is never half written.

Tables are append-only; triggers refuse anything else. Bars are kept in `bars` as packed `rows`, one entry for what a
fetch added to a symbol; `restatements` and `rescalings` say how they differ from what was known before.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, Self

from generator.errors import StoreBusyError, StoreError
from generator.locking import alone_in
from generator.market.store.rows import Chunk

VARIABLE = "COMMENTARY_STORE"
FORMAT = 1
PATIENCE = 10.0
"""How many seconds to wait for another run to finish writing, which normally takes a fraction of one."""
_OURS = 0x4D434731  # "MCG1", as SQLite's application_id
_ELSEWHERE = "Move it away if it was one (all history is fetched again), or name another place with --store FILE."
_CORRUPT = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_SCHEMA = {
    "fetches": "id INTEGER PRIMARY KEY, through TEXT, fetched_at TEXT UNIQUE",
    "findings": "fetch INTEGER, source TEXT, symbol TEXT, status TEXT, reason TEXT",
    "bars": "fetch INTEGER, source TEXT, symbol TEXT, fields INTEGER, sum INTEGER, rows BLOB",
    "actions": "fetch INTEGER, source TEXT, symbol TEXT, session TEXT, kind TEXT, amount REAL",
    "restatements": "fetch INTEGER, source TEXT, symbol TEXT, session TEXT, field TEXT, old REAL, new REAL",
    "rescalings": "fetch INTEGER, source TEXT, symbol TEXT, field TEXT, first TEXT, last TEXT, factor REAL, cause TEXT",
}


def default_path() -> Path:
    """Where prices are kept: the path in COMMENTARY_STORE, or the platform's folder for user data."""
    from platformdirs import user_data_path

    named = os.environ.get(VARIABLE)
    return Path(named) if named else user_data_path("market-commentary") / "prices.sqlite3"


class PriceStore:
    """One open store. Use it as a context manager; `notices` are messages for the user."""

    def __init__(self, path: Path, connection: sqlite3.Connection, notices: Sequence[str] = ()) -> None:
        self.path, self.notices = path, tuple(notices)
        self._connection = connection

    @classmethod
    def open(cls, path: Path, *, create: bool = False) -> Self:
        """The store at `path`; with `create`, an empty one is made if there is none or the old one is set aside.

        With `create`, a trial write makes sure that prices can be stored before any supplier is asked. Raises
        `StoreError` for one that cannot be opened, comes from a newer version or belongs to another program, and
        `StoreBusyError` for one that stays locked.
        """
        if not create and not path.exists():
            raise StoreError(f"There is no price store at {path}. 'commentary fetch' makes one.")
        store = cls._whole(path, create)
        if create:
            try:
                store._try_to_write()
            except StoreError:
                store.__exit__()
                raise
        return store

    @classmethod
    def _whole(cls, path: Path, create: bool) -> Self:
        notices: list[str] = []
        with _told(path), ExitStack() as stack:
            if create:
                path.parent.mkdir(parents=True, exist_ok=True)
            stack.enter_context(alone_in(path.parent))  # no other run may make or set aside a store here
            try:
                return cls(path, _opened(path, create), notices)
            except sqlite3.DatabaseError as error:
                if error.sqlite_errorcode & 0xFF not in _CORRUPT:
                    raise
                if not _was_ours(path):
                    raise StoreError(f"{path} is not a price store. {_ELSEWHERE}") from error
                aside = _set_aside(path)
                notices.append(f"{path} was corrupt ({error}): it has been set aside as {aside.name}.")
            if not create:
                raise StoreError(f"{notices[0]} Nothing is held now: run 'commentary fetch' with a network.")
            notices.append("All history is fetched again.")
            return cls(path, _opened(path, create), notices)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(sqlite3.Error):  # if closing fails, the next run cleans up
            self._connection.close()

    def _try_to_write(self) -> None:
        with _told(self.path):
            for statement in ("BEGIN IMMEDIATE", f"PRAGMA user_version = {FORMAT}", "ROLLBACK"):
                self._connection.execute(statement)

    def rows(self, query: str, *values: Any) -> list[Any]:
        """The rows that a query returns; raises `StoreError`."""
        with _told(self.path):
            return self._connection.execute(query, values).fetchall()

    def add(self, table: str, rows: Sequence[Sequence[Any]]) -> None:
        """Add rows to a table, within `writing`."""
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            self._connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction: nobody else writes meanwhile, and the additions take effect all together or not at all."""
        with _told(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):  # a full disk has rolled it back already
                    self._connection.execute("ROLLBACK")
                raise


def _opened(path: Path, create: bool) -> sqlite3.Connection:
    """A connection to a sound store of a known format, made first if needed."""
    mode = "rwc" if create else "rw"
    if not create and not os.access(path.parent, os.W_OK) and not Path(f"{path}-wal").exists():
        mode = "ro&immutable=1"  # a read-only folder has no writer, and cannot hold the WAL file a reader would need
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode={mode}", uri=True, timeout=PATIENCE, isolation_level=None
    )
    try:
        if connection.execute("PRAGMA application_id").fetchone()[0] == 0 and create:
            _make(connection, path)
        _require_ours(connection, path)
        _require_whole(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _make(connection: sqlite3.Connection, path: Path) -> None:
    if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        return
    connection.execute("PRAGMA page_size = 16384")  # most of the file is a few long rows
    connection.execute("PRAGMA journal_mode = WAL")
    refusals = (
        f"CREATE TRIGGER {table}_{verb} BEFORE {verb} ON {table} BEGIN SELECT raise(ABORT, 'only added to'); END;"
        for table in _SCHEMA
        for verb in ("UPDATE", "DELETE")
    )
    tables = (f"CREATE TABLE {table} ({columns}) STRICT;" for table, columns in _SCHEMA.items())
    marks = f"PRAGMA user_version = {FORMAT}; PRAGMA application_id = {_OURS};"
    connection.executescript(f"BEGIN IMMEDIATE; {' '.join((*tables, *refusals))} {marks} COMMIT;")


def _require_ours(connection: sqlite3.Connection, path: Path) -> None:
    if connection.execute("PRAGMA application_id").fetchone()[0] != _OURS:
        raise StoreError(f"{path} is not a price store. {_ELSEWHERE}")
    made = connection.execute("SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'").fetchall()
    if {kind for kind, _ in made} - {"table", "trigger", "index"}:  # a view could return anything, or never return
        raise StoreError(f"{path} holds a view, which this program never makes. {_ELSEWHERE}")
    held = connection.execute("PRAGMA user_version").fetchone()[0]
    if held > FORMAT:
        raise StoreError(
            f"{path} was written by a newer version of this program (format {held}; this one knows {FORMAT}). "
            "Install that version, or name another store with --store FILE."
        )


def _require_whole(connection: sqlite3.Connection) -> None:
    """Raise unless SQLite finds the file sound and every row matches its check sum."""
    (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    pieces = connection.execute("SELECT fields, sum, rows FROM bars")
    if found == "ok" and all(Chunk(fields, rows).sum == told for fields, told, rows in pieces):
        return
    error = sqlite3.DatabaseError(found if found != "ok" else "prices in it have changed since they were written")
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    raise error


def _was_ours(path: Path) -> bool:
    """Whether the file still carries the mark of a price store; no other file may be renamed."""
    with path.open("rb") as file:
        return file.read(72)[68:] == _OURS.to_bytes(4, "big")


def _set_aside(path: Path) -> Path:
    """Rename the store and its log to a name not in use yet, and return it."""
    number = 1
    while (aside := path.with_name(f"{path.stem}.corrupt-{number}{path.suffix}")).exists():
        number += 1
    for ending in ("-wal", "-shm", ""):  # the log first: SQLite would take it for a new store's log
        with suppress(FileNotFoundError):
            Path(f"{path}{ending}").rename(f"{aside}{ending}")
    return aside


@contextmanager
def believed(path: Path) -> Iterator[None]:
    """Turn the errors of reading a row that this program never wrote into a `StoreError`."""
    try:
        yield
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise StoreError(f"{path} holds a row that this program never wrote ({error}). {_ELSEWHERE}") from error


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn SQLite's and the system's errors into ours."""
    try:
        yield
    except sqlite3.Error as error:
        raise _in_words(path, error) from error
    except OSError as error:
        raise StoreError(
            f"{path}: the price store cannot be opened ({error.strerror or error}). Name another with --store FILE."
        ) from error


def _in_words(path: Path, error: sqlite3.Error) -> StoreError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreBusyError(
            f"{path}: another run has kept the price store locked for {PATIENCE:.0f} seconds. Try again in a minute."
        )
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return StoreError(
            f"{path}: the price store cannot be written ({error}). Make it writable, or name another with --store FILE."
        )
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return StoreError(
            f"{path}: there is no room for new prices, or the disk fails ({error}). Nothing that was stored has "
            "changed. Make room, then run again."
        )
    return StoreError(f"{path}: the price store cannot be used ({error}). Nothing that was stored has changed.")
