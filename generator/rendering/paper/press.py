"""Make PDFs in a second process, which loads WeasyPrint while the first still writes.

Loading the layout engine takes as long as writing the whole edition; on two cores neither waits for the other.
Run as a program, this module is that second process: on its input the style sheet, as soon as that is known, and then
the page, each a line of JSON; the PDF on its output, or a reason on its error output and the exit code `UNAVAILABLE`.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import json
import os
import resource
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from generator.errors import PdfUnavailableError
from generator.rendering.paper.pdf import load_layout, render_pdf

UNAVAILABLE = 3
SECONDS = 120
"""How long laying a page out may take; an article takes two seconds."""
MEMORY = 3 * 2**30
"""How many bytes it may need; an article needs a tenth of it."""
_FIRST = "<article><h1>A</h1><p>B <b>C</b> <i>D</i></p><table><tr><th>E<td>1</table><svg viewBox='0 0 9 9'/></article>"
"""Laid out before the page comes: whatever the engine sets up at first use is there then."""
_REMEDY = "Simplify article.html.j2 or print.css."


class Press:
    """Starts the second process at once, if a PDF is `wanted`; use it in a `with`, which ends it in any case."""

    def __init__(self, *, wanted: bool = True) -> None:
        self._process = _start() if wanted else None
        self._waiting = ThreadPoolExecutor(1)  # feeds stdin and drains stdout at once, so neither can block
        self._printed: Future[tuple[bytes, bytes]] | None = None

    def __enter__(self) -> Press:
        return self

    def __exit__(self, *error: object) -> None:
        if self._process is not None:
            self._process.kill()
            if self._printed is None:
                self._process.communicate()
        self._waiting.shutdown()

    def prepare(self, style: str) -> None:
        """Hand over the style sheet alone, so that all it asks for is ready when the page comes."""
        if self._process is not None and self._process.stdin is not None:
            with contextlib.suppress(OSError):  # a process that has ended says why when it is asked for the PDF
                self._process.stdin.write(json.dumps({"style": style}).encode() + b"\n")
                self._process.stdin.flush()

    def send(self, html: str, style: str) -> None:
        """Hand over the page for paper and the style sheet; the PDF is laid out while the caller goes on."""
        self._process = self._process or _start()
        page = json.dumps({"html": html, "style": style}).encode()
        self._printed = self._waiting.submit(self._process.communicate, page, SECONDS)

    def receive(self) -> bytes:
        """The PDF; raises `PdfUnavailableError` where a package, a font or a system library is missing."""
        assert self._process is not None
        assert self._printed is not None
        try:
            pdf, message = self._printed.result()
        except subprocess.TimeoutExpired as error:
            self._process.kill()
            self._process.communicate()
            raise PdfUnavailableError(
                f"No PDF: laying the page out took longer than {SECONDS} seconds. {_REMEDY}"
            ) from error
        if self._process.returncode == 0:
            return pdf
        lines = message.decode(errors="replace").strip().splitlines() or [f"exit code {self._process.returncode}"]
        known = self._process.returncode == UNAVAILABLE
        raise PdfUnavailableError("\n".join(lines) if known else f"No PDF: the layout engine failed ({lines[-1]}).")


class NearPress(Press):
    """Lays pages out in this very process, one after another: for many, the engine is loaded once."""

    def __init__(self) -> None:
        super().__init__(wanted=False)
        self._page = "", ""

    def send(self, html: str, style: str) -> None:
        """Hand over the page for paper and the style sheet."""
        self._page = html, style

    def receive(self) -> bytes:
        """The PDF; raises `PdfUnavailableError` where a package, a font or a system library is missing."""
        load_layout()
        return render_pdf(*self._page)


def _start() -> subprocess.Popen[bytes]:
    """The second process, which finds this package where the first one did.

    `-P` keeps the working directory off its path: a publication brings words, and its json.py must not run.
    """
    root = str(Path(__file__).resolve().parents[3])
    named = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    path = os.pathsep.join([root, *(part for part in named if os.path.isabs(part))])
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "generator.rendering.paper.press"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path},
    )


def _limit_memory() -> None:
    """Let a page that asks for more memory than any article fail, rather than the machine."""
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    wanted = MEMORY if most == resource.RLIM_INFINITY else min(MEMORY, most)
    with contextlib.suppress(ValueError, OSError):  # macOS knows the limit and may refuse it
        resource.setrlimit(resource.RLIMIT_AS, (wanted, most))


def main() -> None:
    """Lay out the one page that comes in."""
    gc.disable()  # the process ends with the page, and what it held goes with it
    atexit.register(gc.freeze)
    _limit_memory()
    try:
        load_layout()
        page = json.loads(sys.stdin.buffer.readline())
        if "html" not in page:
            with contextlib.suppress(Exception):  # what is wrong with the style sheet is told of the page
                render_pdf(_FIRST, page["style"])
            page = json.loads(sys.stdin.buffer.readline())
        pdf = render_pdf(page["html"], page["style"])
    except PdfUnavailableError as error:
        print(error, file=sys.stderr)
        sys.exit(UNAVAILABLE)
    except MemoryError:
        gibibytes = MEMORY // 2**30
        print(
            f"No PDF: the page needs more than {gibibytes} GiB. Simplify article.html.j2 or print.css.", file=sys.stderr
        )
        sys.exit(UNAVAILABLE)
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main()
