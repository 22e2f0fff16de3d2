"""A process with the heavy imports done, which forks a fresh child for each run: a second saved every time.

Nothing of one run is left in the next: each child has its own environment, its own yfinance, its own caches.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

_NURSE = """
import importlib, json, os, signal, sys, time, traceback
for name in sys.argv[1:]:
    importlib.import_module(name)
import encodings.utf_8_sig  # a child that gives up its rights may not read the library any more
import curl_cffi.requests, exchange_calendars, pandas, pandas.tseries.holiday, peewee, stamina, yfinance
for line in sys.stdin:
    order = json.loads(line)
    child = os.fork()
    if child == 0:
        for number, name in ((1, "out"), (2, "err")):
            os.dup2(os.open(os.path.join(order["folder"], name), os.O_WRONLY | os.O_CREAT), number)
        os.environ.clear()
        os.environ.update(order["environment"])
        time.tzset()
        signal.alarm(order["seconds"])
        sys.argv = ["-c", *order["arguments"]]
        code = 0
        try:
            exec(order["code"], {"__name__": "__main__"})
        except SystemExit as leaving:
            code = leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
        except BaseException:
            traceback.print_exc()
            code = 70
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    print(status, flush=True)
"""


class Nursery:
    """`with Nursery(root) as nursery:` has it ready; runs are one after the other."""

    def __init__(self, root: Path, preload: Sequence[str] = ()) -> None:
        """Children find the project in `root`; those modules of it are imported beforehand, too."""
        self.root, self.preload = root, preload

    def __enter__(self) -> Self:
        command = [sys.executable, "-W", "error::UserWarning", "-c", _NURSE, *self.preload]
        self.nurse = subprocess.Popen(
            command, cwd=self.root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        return self

    def __exit__(self, *raised: object) -> None:
        self.nurse.communicate(timeout=10)

    def run(
        self, code: str, arguments: Sequence[str], environment: Mapping[str, str], seconds: int = 60
    ) -> subprocess.CompletedProcess[str]:
        """What `python -c code arguments` gives in that environment; after `seconds` it is ended by a signal."""
        assert self.nurse.stdin is not None
        assert self.nurse.stdout is not None
        with tempfile.TemporaryDirectory() as folder:
            order = {"code": code, "arguments": list(arguments), "environment": dict(environment)}
            self.nurse.stdin.write(json.dumps(order | {"folder": folder, "seconds": seconds}) + "\n")
            self.nurse.stdin.flush()
            status = int(self.nurse.stdout.readline())
            said, complained = ((Path(folder) / name).read_text(encoding="utf-8") for name in ("out", "err"))
        return subprocess.CompletedProcess(["-c", *arguments], status, said, complained)
