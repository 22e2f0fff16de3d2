"""The store's file: what may happen to it, and what its user is told."""

from __future__ import annotations

import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import date
from pathlib import Path

import pytest

from generator.errors import StoreBusyError, StoreError
from generator.market.store import file as module
from generator.market.store.fetching import fetch
from generator.market.store.file import PriceStore, default_path
from generator.market.store.rows import Chunk
from generator.market.store.stored_source import StoredSource
from generator.model import Universe
from tests.market.store.invented import Supplier

SESSION = date(2024, 7, 11)


@pytest.fixture
def path(tmp_path: Path, supplier: Supplier, few: Universe) -> Path:
    """A store with one fetch in it."""
    path = tmp_path / "prices.sqlite3"
    with PriceStore.open(path, create=True) as store:
        fetch(supplier, store, few, SESSION)
    return path


def closes_held(path: Path, supplier: Supplier) -> int:
    with PriceStore.open(path) as store:
        return len(StoredSource(store, supplier).history(["^RUT"], SESSION).bars["^RUT"].days)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another run that has begun to write and does not end."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


# --- where it is --------------------------------------------------------------------------------


def test_the_store_is_among_the_users_data_unless_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """COMMENTARY_STORE moves it."""
    monkeypatch.delenv("COMMENTARY_STORE", raising=False)
    assert default_path().name == "prices.sqlite3"
    monkeypatch.setenv("COMMENTARY_STORE", "elsewhere.db")
    assert default_path() == Path("elsewhere.db")


def test_a_store_that_is_not_there_says_what_makes_one(tmp_path: Path) -> None:
    """Reading makes no empty store."""
    with pytest.raises(StoreError, match="'commentary fetch' makes one"):
        PriceStore.open(tmp_path / "none.sqlite3")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_store_says_what_fills_it(tmp_path: Path, supplier: Supplier) -> None:
    """A store without a fetch is no source."""
    with PriceStore.open(tmp_path / "new.sqlite3", create=True) as store, pytest.raises(StoreError, match="holds no"):
        StoredSource(store, supplier).history(["^RUT"], SESSION)


def test_what_was_known_before_the_first_fetch_is_nothing(store: PriceStore, supplier: Supplier, few: Universe) -> None:
    """A moment before the store began is told as that, with the moment at which it did."""
    first = fetch(supplier, store, few, SESSION).fetch.fetched_at
    early = StoredSource(store, supplier, first.replace(year=2001))
    with pytest.raises(StoreError, match=f"it begins at {first:%Y-%m-%d}"):
        early.history(["^RUT"], SESSION)


# --- only added to ------------------------------------------------------------------------------


@pytest.mark.parametrize("statement", ["UPDATE bars SET symbol = 'X'", "DELETE FROM findings", "DELETE FROM fetches"])
def test_nothing_stored_is_changed_or_removed(path: Path, statement: str) -> None:
    """The file itself refuses it, whoever asks."""
    with closing(sqlite3.connect(path)) as other, pytest.raises(sqlite3.IntegrityError, match="only added to"):
        other.execute(statement)


def test_a_fetch_that_fails_half_way_stores_nothing(
    path: Path, supplier: Supplier, few: Universe, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of a fetch is there, or none of it."""
    real = PriceStore.add

    def broken(self: PriceStore, table: str, rows: list[tuple[object, ...]]) -> None:
        if table == "findings":
            raise RuntimeError("pulled the plug")
        real(self, table, rows)

    monkeypatch.setattr(PriceStore, "add", broken)
    with PriceStore.open(path) as store, pytest.raises(RuntimeError):
        fetch(supplier, store, few, SESSION)
    with PriceStore.open(path) as store:
        assert store.rows("SELECT count(*) FROM fetches") == [(1,)]


# --- what may be wrong with it ------------------------------------------------------------------


@pytest.mark.parametrize("moment", ["from the start", "while prices are asked for"])
def test_a_locked_store_is_waited_for_and_then_told(
    path: Path, supplier: Supplier, few: Universe, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """Another run that does not end makes this one give up after a while, with the exit code that says: later."""
    monkeypatch.setattr(module, "PATIENCE", 0.05)

    def run() -> None:
        with ExitStack() as open_ones:
            if moment == "from the start":
                open_ones.enter_context(locked(path))
            store = open_ones.enter_context(PriceStore.open(path, create=True))
            open_ones.enter_context(locked(path))
            fetch(supplier, store, few, SESSION)

    with pytest.raises(StoreBusyError, match="Try again") as refused:
        run()
    assert refused.value.exit_code == 3
    assert bool(supplier.asked[1:]) == (moment != "from the start")


def test_a_locked_store_can_be_read(path: Path, supplier: Supplier) -> None:
    """Who only reads waits for nobody."""
    with locked(path):
        assert closes_held(path, supplier) > 300


@pytest.mark.parametrize(
    "harm",
    ["truncated", "cut short by half", "header", "a digit that has turned", "a page of zeros"],
)
def test_a_corrupt_store_is_set_aside_and_rebuilt(path: Path, supplier: Supplier, few: Universe, harm: str) -> None:
    """What cannot be trusted is kept under another name, which is told, and everything is fetched anew."""
    content = path.read_bytes()
    place = content.find(supplier.bars["^RUT"].days[-3].astype("<i8").tobytes()[:4]) + 6
    harmed = {
        "truncated": content[:100],
        "cut short by half": content[: len(content) // 2],
        "header": b"X" * 16 + content[16:],
        "a digit that has turned": content[:place] + bytes([content[place] ^ 4]) + content[place + 1 :],
        "a page of zeros": content[:16384] + bytes(16384) + content[32768:],
    }[harm]
    path.write_bytes(harmed)
    with PriceStore.open(path, create=True) as store:
        assert "set aside as prices.corrupt-1.sqlite3" in " ".join(store.notices)
        fetch(supplier, store, few, SESSION)
    assert path.with_name("prices.corrupt-1.sqlite3").read_bytes() == harmed
    assert closes_held(path, supplier) > 300
    with PriceStore.open(path) as store:
        assert store.notices == ()


def test_a_corrupt_store_read_alone_is_set_aside_and_told(path: Path) -> None:
    """Without a network there is nothing to rebuild it from: one clear error."""
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(StoreError, match=r"set aside as prices\.corrupt-1\.sqlite3.*run 'commentary fetch'"):
        PriceStore.open(path)
    assert not path.exists()


def test_a_second_corrupt_store_does_not_take_the_firsts_place(path: Path) -> None:
    """Both are kept."""
    store = path.read_bytes()
    for _ in range(2):
        path.write_bytes(store[:5000])
        PriceStore.open(path, create=True).__exit__()
    assert {each.name for each in path.parent.glob("*corrupt*")} == {
        "prices.corrupt-1.sqlite3",
        "prices.corrupt-2.sqlite3",
    }


@pytest.mark.parametrize("create", [True, False])
@pytest.mark.parametrize("content", [b"notes of mine\n", b"prices, prices, prices\n" * 1000])
def test_a_file_that_never_was_a_store_is_left_alone(tmp_path: Path, content: bytes, create: bool) -> None:
    """A file named by mistake, even one that SQLite cannot read, keeps its name and its content."""
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"notes\.txt is not a price store\. .*--store FILE"):
        PriceStore.open(path, create=create)
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("notes.txt", content)]


def test_a_store_with_a_view_is_refused(path: Path) -> None:
    """A view in the place of a table could answer with anything, or never."""
    with closing(sqlite3.connect(path)) as other:
        other.execute(
            "CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT i FROM n"
        )
    with pytest.raises(StoreError, match="holds a view"):
        PriceStore.open(path)


@pytest.mark.parametrize(
    "row",
    [
        "INSERT INTO findings SELECT id, '{source}', '^RUT', 'nonsense', '' FROM fetches",
        "INSERT INTO bars SELECT id, '{source}', '^RUT', 8, {sum}, x'0102' FROM fetches",
        "INSERT INTO fetches VALUES (99, 'soon', '2999-01-01T00:00:00.000000+00:00')",
        "INSERT INTO actions SELECT id, '{source}', '^RUT', 'never', 'split', 2.0 FROM fetches",
    ],
)
def test_a_row_that_was_never_written_here_is_one_message(path: Path, supplier: Supplier, row: str) -> None:
    """Whatever somebody else has put among the rows, reading them ends in one error that says so."""
    with closing(sqlite3.connect(path)) as other:
        other.execute(row.format(source=supplier.key, sum=Chunk(8, b"\x01\x02").sum))
        other.commit()
    with pytest.raises(StoreError, match="holds a row that this program never wrote"):
        closes_held(path, supplier)


def test_a_store_from_a_newer_version_is_left_alone(path: Path) -> None:
    """What a newer program wrote is neither read nor set aside."""
    with closing(sqlite3.connect(path)) as newer:
        newer.execute("PRAGMA user_version = 2")
    before = path.read_bytes()
    for create in (True, False):
        with pytest.raises(StoreError, match=r"newer version of this program \(format 2; this one knows 1\)"):
            PriceStore.open(path, create=create)
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    """A file named by mistake is not written to."""
    path = tmp_path / "photos.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE photos (name)")
    for create in (True, False):
        with pytest.raises(StoreError, match="is not a price store"):
            PriceStore.open(path, create=create)


def test_a_place_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    """A folder where the file should be, or a file where its folder should be."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    for place in (tmp_path / "folder", tmp_path / "file" / "prices.sqlite3"):
        with pytest.raises(StoreError, match="--store FILE"):
            PriceStore.open(place, create=True)


CHILD = """
import os, sys
from datetime import date
from pathlib import Path
from generator.errors import StoreError
from generator.market.store.fetching import fetch
from generator.market.store.file import PriceStore
from generator.market.store.stored_source import StoredSource
from generator.model import Kind, Universe
from tests.market.invented import segment
from tests.market.store.invented import Supplier, history

SESSION = date(2024, 7, 12)
supplier = Supplier({symbol: history(symbol, SESSION) for symbol in ("^RUT", "IWM", "^TNX")})
few = Universe({"small": segment("small", Kind.INDEX, "^RUT", "IWM")}, {}, core=("small",))
path, act = Path(sys.argv[1]), sys.argv[2]
if os.geteuid() == 0 and not path.stat().st_mode & 0o222:
    os.setuid(65534)  # who may do everything may write what is read-only
try:
    with PriceStore.open(path, create=act == "fetch") as store:
        if act == "fetch":
            supplier.changed("^RUT", close=(date(2024, 6, 20), SESSION, 2))
            fetch(supplier, store, few, SESSION)
        print(len(StoredSource(store, supplier).history(["^RUT"], SESSION).bars["^RUT"].days))
except StoreError as error:
    sys.exit(f"{error.exit_code} {error}")
"""


def as_child(root: Path, path: Path, act: str, **how: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", CHILD, str(path), act]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=60, check=False, **how)  # type: ignore[call-overload,no-any-return]


def test_a_full_disk_loses_nothing(path: Path, supplier: Supplier, project_root: Path) -> None:
    """A store that may not grow any more says so, and holds what it held."""

    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))

    before = path.read_bytes()
    run = as_child(project_root, path, "fetch", preexec_fn=no_room)
    assert run.returncode == 1
    assert "no room for new prices" in run.stderr
    assert "Traceback" not in run.stderr
    assert closes_held(path, supplier) > 300
    assert path.read_bytes() == before


def test_a_read_only_store_can_be_read_and_says_that_it_cannot_be_written(path: Path, project_root: Path) -> None:
    """Somebody else's store is read without a trace, and a fetch into it is one clear error."""
    place = Path(tempfile.mkdtemp())  # pytest's own folders are closed to anybody else
    try:
        theirs = Path(shutil.copy(path, place))
        theirs.chmod(0o444)
        place.chmod(0o555)
        run = as_child(project_root, theirs, "read")
        assert (run.returncode, run.stderr) == (0, "")
        run = as_child(project_root, theirs, "fetch")
        assert run.returncode == 1
        assert "cannot be written" in run.stderr
        assert "Traceback" not in run.stderr
        assert [each.name for each in place.iterdir()] == [path.name]
    finally:
        place.chmod(0o755)
        shutil.rmtree(place)
