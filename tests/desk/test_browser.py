"""The desk in a real browser, clicked, typed into and looked at as an editor would."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator.project import copy_bundled

sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")

BROWSERS = [
    os.environ.get("CHROMIUM", ""),
    *(shutil.which(name) or "" for name in ("chromium", "chromium-browser", "google-chrome")),
]
BROWSER = next((one for one in BROWSERS if one), "")
AXE = Path(__file__).resolve().parents[2] / "judge" / "node_modules" / "axe-core" / "axe.min.js"
VIEWS = ("Tonight", "Read", "Choose", "Add", "Approve and deliver", "Content")
SCRIPT = "<img src=x onerror=alert(1)>"

pytestmark = [pytest.mark.long, pytest.mark.skipif(not BROWSER, reason="no Chromium is installed; CHROMIUM names one")]


@contextmanager
def shown(*given: str) -> Iterator[str]:
    """The address of a desk that `commentary desk` shows with these options."""
    command = [sys.executable, "-m", "generator", "desk", *given, "--port", "0"]
    free = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=free) as process:
        assert process.stdout
        try:
            yield re.search(r"http://\S+", process.stdout.readline())[0]  # type: ignore[index]
        finally:
            process.terminate()


@contextmanager
def window(address: str, seconds: int = 60) -> Iterator[sync_api.Page]:
    """A window of the desk, ready within so many seconds; whatever it asks of another machine, and every fault of its scripts, is a fault."""
    with sync_api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=BROWSER, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=False).new_page()
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on(
            "request",
            lambda one: wrong.append(one.url) if not one.url.startswith(("http://127.0.0.1", "data:")) else None,
        )
        page.on("dialog", lambda dialog: wrong.append(dialog.message) if dialog.message == "1" else dialog.accept())
        page.goto(address)
        page.wait_for_selector("#warm.ready", timeout=seconds * 1_000)
        yield page
        browser.close()
        assert wrong == []


@pytest.fixture(scope="module")
def address(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A desk over a copy of the small publication."""
    root = tmp_path_factory.mktemp("browser") / "publication"
    shutil.copytree(published, root)
    with shown("--source", "sample", "--project", str(root), "--output", str(root / "output")) as found:
        yield found


@pytest.fixture
def page(address: str) -> Iterator[sync_api.Page]:
    """A window of it."""
    with window(address) as found:
        yield found


def go(page: sync_api.Page, view: str) -> None:
    page.click(f"#nav >> text={view}")
    page.wait_for_selector(f"h1:text-is('{view}')")
    page.wait_for_selector(".view > .loading", state="detached")


def test_an_issue_from_the_button_to_the_approval(page: sync_api.Page) -> None:
    """Written, proved, read with the rule behind a sentence, given another headline by a key, and approved by a name."""
    page.click("button:text-matches('^Write the issue of')")
    page.wait_for_selector(".progress .good", timeout=120_000)
    assert "proved all" in page.inner_text(".progress")
    page.click(".progress a.main")
    page.click(".sentence >> nth=2")
    page.wait_for_selector(".why h3:has-text('Who else could have spoken')", timeout=30_000)
    assert page.locator(".why .figures dd").count() > 0
    page.keyboard.press("ArrowDown")
    assert page.locator(".sentence >> nth=3").get_attribute("aria-pressed") == "true"
    page.click("text=Posts")
    assert re.search(r"\d+ of 280", page.inner_text(".pane"))

    go(page, "Choose")
    frame = page.frame_locator("iframe")
    before = frame.locator("h1").inner_text()
    page.locator("section:has(h2:text-is('Headline')) button >> nth=0").focus()
    other = (
        "2"
        if page.locator("section:has(h2:text-is('Headline')) button >> nth=0").get_attribute("aria-pressed") == "true"
        else "1"
    )
    page.keyboard.press(other)
    page.wait_for_selector("#said:has-text('are proved')", timeout=120_000)
    sync_api.expect(frame.locator("h1")).not_to_have_text(before)

    go(page, "Add")
    page.click("text=Add a sentence")
    page.fill("#says-1", f"It lost 5% on the day. {SCRIPT}")
    page.wait_for_selector(".verdict .wrong:has-text('no figure stands behind')", timeout=60_000)
    page.fill("#says-1", "")
    page.fill("#figure", "sp500 price return month")
    page.wait_for_selector(".chip", timeout=60_000)
    page.focus("#says-1")
    page.keyboard.type("{{ sp500 }} ")
    page.click(".chip:has-text('sp500_return_1m') >> nth=0")
    page.keyboard.type(" over the month to {{ weekday }}.")
    page.wait_for_selector(".verdict .good:has-text('The S&P 500')", timeout=60_000)
    page.click("text=Keep, and write")
    page.wait_for_selector("#said:has-text('are proved')", timeout=120_000)

    go(page, "Approve and deliver")
    page.fill("#by", SCRIPT)
    page.click("text=Approve as it stands")
    page.wait_for_selector(f"p.good:has-text('{SCRIPT}')")
    assert page.locator("main img").count() == 0
    go(page, "Tonight")
    assert page.locator(".state.approved").count() == 1


def test_a_text_is_checked_as_one_types_and_a_collision_is_told(page: sync_api.Page, address: str) -> None:
    """A digit without a figure is told; of two tabs that save, the second is told, and overwrites nothing by itself."""
    go(page, "Content")
    page.fill("#search", "angle down")
    page.click(".files a")
    page.wait_for_selector(".found .good", timeout=60_000)
    assert page.locator("svg.calendar path").count() > 20
    text = page.input_value("#text")
    page.fill("#text", text.rstrip() + "\n- It lost 5% on the day.\n")
    page.wait_for_selector(".faults", timeout=60_000)
    assert "no figure stands behind" in page.inner_text(".faults")

    second = page.context.new_page()
    second.goto(address)
    second.goto(page.url)
    second.wait_for_selector("#text")
    second.fill("#text", text + "\n<!-- second -->\n".replace("<!-- second -->", ""))
    second.keyboard.press("Control+s")
    second.wait_for_selector("#said:has-text('is saved')")
    page.fill("#text", text + "\n\n")
    page.keyboard.press("Control+s")
    page.wait_for_selector(".found :text('changed by somebody else')")
    page.click("text=Take theirs")
    assert page.input_value("#text") == second.input_value("#text")
    second.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1280])
def test_every_view_fits_and_can_be_used(page: sync_api.Page, width: int, scheme: str) -> None:
    """No view scrolls sideways at any width; with axe beside the checkout, it finds nothing, light or dark."""
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 900})
    for view in VIEWS:
        go(page, view)
        page.wait_for_timeout(300)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, view
        if AXE.is_file():
            page.evaluate(AXE.read_text("utf-8"))
            found = page.evaluate("axe.run(document).then((told) => told.violations.map((one) => one.id))")
            assert found == [], view


def proved(page: sync_api.Page) -> None:
    """Waits until the second reader has proved the issue, or a fault is told."""
    page.locator("[role=status].wrong, [role=status]:has-text('are proved')").wait_for(timeout=600_000)
    sync_api.expect(page.get_by_role("status")).to_contain_text("are proved")


def test_an_editor_publishes_real_history_with_nothing_but_the_screen(shared_data: Path, tmp_path: Path) -> None:
    """By what roles and names say alone: another headline, a quotation, a sentence put right, a signature, the site."""
    root = copy_bundled(tmp_path / "mine")
    shutil.rmtree(root / "content" / "sources" / "day")  # nobody has noted anything of the evening yet
    options = ("--data", str(shared_data), "--project", str(root), "--output", str(tmp_path / "output"))
    with shown(*options, "--public", str(tmp_path / "public")) as found, window(found, seconds=120) as page:
        page.set_default_timeout(600_000)
        heading = page.get_by_role("heading", level=1)
        page.get_by_role("button", name=re.compile("^Write the issue of")).click()
        page.get_by_role("link", name=re.compile("^Read the issue")).click()
        page.get_by_role("link", name="Choose other words").click()
        headline = page.get_by_role("region", name="Headline", exact=True)
        headline.locator("button[aria-pressed=false]").first.click()
        proved(page)
        page.get_by_role("link", name="Add to it").click()
        said = page.get_by_role("region", name=re.compile("quotation"))
        for label, words in {
            "Outlet": "The Gazette", "Title of the article": "A quiet day", "Web address": "https://gazette.example/quiet",
            "Speaker": "Ann Kessler", "Role": "chief strategist at Kessler & Co.", "Exact words": "Nobody wanted to sell first",
        }.items():  # fmt: skip
            said.get_by_label(label, exact=True).fill(words)
        said.get_by_role("button", name=re.compile("^Keep it")).click()
        proved(page)
        sync_api.expect(page.frame_locator("iframe").locator("body")).to_contain_text("Nobody wanted to sell first")
        page.get_by_role("button", name="Add a sentence").click()
        page.get_by_label("Sentence", exact=True).fill("The Nasdaq Composite fell 9.9%.")
        page.get_by_role("button", name=re.compile("^Use it")).click()
        page.locator(".verdict .good").wait_for()
        page.get_by_role("button", name=re.compile("^Keep, and")).click()
        sync_api.expect(page.locator("#warm")).to_contain_text("At work", timeout=60_000)
        proved(page)
        page.get_by_role("link", name="Approve and deliver").last.click()
        sync_api.expect(heading).to_have_text("Approve and deliver")
        page.get_by_label("Your name").fill("Ann Kessler")
        page.get_by_role("button", name=re.compile("^Approve")).click()
        page.get_by_text("Approved by Ann Kessler").wait_for()
        page.get_by_role("button", name="Build the site").click()
        page.get_by_role("heading", name="building the site").wait_for()
    assert any("Nobody wanted to sell first" in one.read_text("utf-8") for one in (tmp_path / "public").rglob("*.html"))
