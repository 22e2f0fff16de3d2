"""The folder for what can be fetched again, and how yfinance's databases in it are kept sound."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Mapping
from pathlib import Path

from generator.locking import alone_in

_DATABASES = ("tkr-tz.db", "cookies.db")


def ready_yfinance(folder: Path, zones: Mapping[str, str]) -> None:
    """Give yfinance a cache folder of our own, with both databases open and the `zones` of all symbols in it.

    Call this before there are other threads: several that open a cold cache at once find it locked. Unsound databases
    are removed, and if nothing can be written a temporary folder is used. For every symbol whose time zone is not in
    the cache, yfinance makes one more request to Yahoo. It uses the zone only for the range it asks for, and dates the
    bars by the zone in the answer, so that an approximate zone is good enough.
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
    """Whether there is no database yet, or a sound one."""
    if not path.exists():
        return True
    try:
        connection = sqlite3.connect(path, timeout=1.0)
        try:
            return bool(connection.execute("pragma quick_check").fetchone() == ("ok",))
        finally:
            connection.close()
    except sqlite3.OperationalError as error:
        # A database locked by another run is not unsound, and must not be removed.
        return error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    except sqlite3.Error:
        return False
