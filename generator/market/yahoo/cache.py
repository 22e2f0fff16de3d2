"""Where this program keeps what it could fetch again, and how yfinance's share of it is kept sound."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Mapping
from pathlib import Path

from generator.locking import alone_in

_DATABASES = ("tkr-tz.db", "cookies.db")


def cache_folder() -> Path:
    """`COMMENTARY_CACHE`, or the platform's own folder for a user's caches."""
    from platformdirs import user_cache_path

    named = os.environ.get("COMMENTARY_CACHE")
    return Path(named) if named else user_cache_path("market-commentary", appauthor=False)


def ready_yfinance(folder: Path, zones: Mapping[str, str]) -> None:
    """Gives yfinance a cache folder of our own, with both databases open and the `zones` of all symbols in it.

    To be called before there is any other thread: several that open a cold cache at once find it locked. What is not
    a sound database is removed, and where nothing can be written a temporary folder serves. yfinance asks Yahoo for
    the time zone of every symbol that it does not find here, one more request each; it reads the zone for the range
    that it asks for and dates the bars by the zone in the answer, so that one near enough will do.
    """
    import yfinance
    from yfinance import cache

    folder = _writable(folder)
    with alone_in(folder):
        for name in _DATABASES:
            if not _sound(folder / name):
                for path in folder.glob(f"{name}*"):
                    path.unlink()
        yfinance.set_tz_cache_location(str(folder))
        known = cache.get_tz_cache()
        for symbol, zone in zones.items():
            if known.lookup(symbol) is None:
                known.store(symbol, zone)
        cookies = cache.get_cookie_cache()
        try:
            cookies.lookup("curlCffi")
        except Exception:  # unpickling can raise anything
            cookies.store("curlCffi", None)


def _writable(folder: Path) -> Path:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        return Path(tempfile.mkdtemp(prefix="commentary-"))


def _sound(path: Path) -> bool:
    """Whether there is no database yet, or one that SQLite can read whole."""
    if not path.exists():
        return True
    try:
        connection = sqlite3.connect(path, timeout=1.0)
        try:
            return bool(connection.execute("pragma quick_check").fetchone() == ("ok",))
        finally:
            connection.close()
    except sqlite3.OperationalError as error:
        # Locked by another run is not unsound: its file is not ours to remove.
        return error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    except sqlite3.Error:
        return False
