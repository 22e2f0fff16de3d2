"""Where what can be fetched again is kept."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from generator.market.yahoo import cache
from tests.servers.nursery import Nursery

READY = """
import json, sys
from pathlib import Path
from generator.market.yahoo.cache import ready_yfinance
from yfinance import cache
ready_yfinance(Path(sys.argv[1]), {"IWM": "America/New_York"})
print(json.dumps([cache.get_tz_cache().lookup("IWM"), cache._TzDBManager.get_location()]))
"""


def ready(nursery: Nursery, folder: Path) -> list[str]:
    done = nursery.run(READY, [str(folder)], {"HOME": str(folder.parent), "PATH": ""})
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout))


def test_zones_are_there_before_yfinance_asks(nursery: Nursery, tmp_path: Path) -> None:
    """A cold cache is warmed, and only its owner may look into it."""
    folder = tmp_path / "yahoo"
    assert ready(nursery, folder) == ["America/New_York", str(folder)]
    assert folder.stat().st_mode & 0o077 == 0


def test_what_is_no_database_is_replaced(nursery: Nursery, tmp_path: Path) -> None:
    """Junk, and a database cut short, are thrown away."""
    (tmp_path / "cookies.db").write_bytes(b"junk")
    with sqlite3.connect(tmp_path / "tkr-tz.db") as broken:
        broken.execute("create table kept (text)")
        broken.executemany("insert into kept values (?)", [("x" * 500,)] * 200)
    content = (tmp_path / "tkr-tz.db").read_bytes()
    (tmp_path / "tkr-tz.db").write_bytes(content[: len(content) // 2])
    assert ready(nursery, tmp_path) == ["America/New_York", str(tmp_path)]


def test_a_cookie_that_cannot_be_read_is_forgotten(nursery: Nursery, tmp_path: Path) -> None:
    """A sound database may still hold a cookie in pieces."""
    ready(nursery, tmp_path)
    with sqlite3.connect(tmp_path / "cookies.db") as cookies:
        (table,) = cookies.execute("select name from sqlite_master where type = 'table'").fetchone()
        cookies.execute(f"insert into {table} values ('curlCffi', '2024-07-11T20:15:00', x'00ff')")
    ready(nursery, tmp_path)
    with sqlite3.connect(tmp_path / "cookies.db") as cookies:
        assert cookies.execute(f"select count(*) from {table}").fetchone() == (0,)


def test_where_nothing_can_be_written_a_temporary_folder_serves(nursery: Nursery, tmp_path: Path) -> None:
    """A file stands where the folder should."""
    (tmp_path / "file").write_text("")
    zone, location = ready(nursery, tmp_path / "file" / "yahoo")
    assert zone == "America/New_York"
    assert not location.startswith(str(tmp_path))


def test_a_database_that_another_run_holds_is_sound(tmp_path: Path) -> None:
    """Locked is not broken: another run's file is not removed from under it."""
    path = tmp_path / "cookies.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("create table kept (text)")
        other.execute("begin exclusive")
        assert cache._sound(path)
