"""Who may not ask the desk, and what it does not take: every attack is refused before a verb is called."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desk.conftest import ISSUE, OWN, Open


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example:8765", "127.0.0.1:9999", "localhost", "[::1]:8765", ""]
)
def test_a_name_that_leads_to_this_machine_is_refused(desk: Open, host: str) -> None:
    """A page elsewhere that has its name lead to 127.0.0.1 reads nothing, the token or not."""
    for path in ("/", "/api/state", f"/files/{desk.front.files_key}/{ISSUE['session']}/session/article.html"):
        assert desk.client.get(path, headers={"host": host}).status_code == 421


@pytest.mark.parametrize("headers", [
    {"origin": "https://evil.example"}, {"origin": "null"}, {"origin": "http://127.0.0.1:9999"}, {"origin": ""},
    {"origin": OWN, "sec-fetch-site": "cross-site"}, {"origin": OWN, "sec-fetch-site": "same-site"},
])  # fmt: skip
def test_another_site_may_not_ask(desk: Open, headers: dict[str, str]) -> None:
    """A form or script of another site, or of another port of this machine, changes nothing."""
    answer = desk.client.post("/api/write", json=ISSUE, headers=headers)
    assert answer.status_code == 403
    assert desk.front.runs.state == {"state": "idle"}


@pytest.mark.parametrize("token", ["", "wrong", "x" * 32])
def test_without_the_token_of_the_run_nothing_is_told(desk: Open, token: str) -> None:
    """Another program of this machine, or a page of an earlier run, reads and changes nothing."""
    for name in ("state", "issues", "events", "file?path=content/publication.yaml"):
        assert desk.client.get(f"/api/{name}", headers={"x-desk-token": token}).status_code == 401
    assert desk.client.post("/api/approve", json={}, headers={"x-desk-token": token}).status_code == 401


@pytest.mark.parametrize("media", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_it_takes_json_alone(desk: Open, media: str) -> None:
    """What a form can send without asking is refused."""
    answer = desk.client.post("/api/write", content=b'{"kind": "session"}', headers={"content-type": media})
    assert answer.status_code == 415


def test_ten_megabytes_are_refused(desk: Open) -> None:
    """Ten megabytes pasted are refused, with their length told or in pieces, and the file stays as it was."""
    path = desk.root / "content" / "publication.yaml"
    before = path.read_bytes()
    given = {"path": "content/publication.yaml", "text": "x" * 10_000_000, "digest": ""}
    answer = desk.post("save", given)
    assert (answer.status_code, "1,000 kB" in answer.json()["error"]) == (413, True)
    pieces = (b"x" * 100_000 for _ in range(100))
    answer = desk.client.post("/api/save", content=pieces, headers={"content-type": "application/json"})
    assert answer.status_code == 413
    answer = desk.post("save", {**given, "text": "x" * 300_000})
    assert answer.status_code == 400
    assert path.read_bytes() == before


@pytest.mark.parametrize("path", [
    "content/../../secret.md", "content/../secret.md", "/etc/passwd", "content//etc/passwd.md", "content/a\\..\\b.md", "secret.md",
    "content/.hidden.md", "content/session/x.py", "content/link.md", "content/session/\x00.md", "content/way/secret.md",
])  # fmt: skip
def test_no_path_leads_out_of_the_content(desk: Open, path: str) -> None:
    """No path of a file, nor a link in its place, reads or writes anything but texts of content/."""
    secret = desk.root.parent / "secret.md"
    secret.write_text("nobody's", encoding="utf-8")
    (desk.root / "content" / "link.md").symlink_to(secret)
    (desk.root / "content" / "way").symlink_to(desk.root.parent)
    told = desk.get("file", path=path)
    saved = desk.post("save", {"path": path, "text": "mine", "digest": ""})
    tried = desk.post("attempt", {"path": path, "text": "mine"})
    assert [one.status_code for one in (told, saved, tried)] == [400, 400, 400]
    assert "nobody" not in told.text
    assert secret.read_text("utf-8") == "nobody's"


@pytest.mark.parametrize("path", [
    "../../content/publication.yaml", "..%2f..%2fcontent%2fpublication.yaml", "edition.json%00", "charts", "strange.html", ".hidden",
    "%2e%2e/%2e%2e/%2e%2e/secret.md", "edition.json",
])  # fmt: skip
def test_a_frame_is_given_files_of_the_ledger_alone(desk: Open, path: str) -> None:
    """A file that the issue's ledger does not name is not shown, wherever it stands."""
    folder = desk.output / ISSUE["session"] / "session"
    Path(folder, "strange.html").write_text("<script>1</script>", encoding="utf-8")
    answer = desk.client.get(f"/files/{desk.front.files_key}/{ISSUE['session']}/session/{path}")
    assert answer.status_code in (400, 404)
    assert "Kessler" not in answer.text


def test_a_frame_needs_the_key_of_the_run(desk: Open) -> None:
    """An issue's page is shown to this run's pages alone, and no script in it runs."""
    place = f"{ISSUE['session']}/session/article.html"
    assert desk.client.get(f"/files/{'x' * 32}/{place}").status_code == 404
    answer = desk.client.get(f"/files/{desk.front.files_key}/{place}", headers={"x-desk-token": ""})
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert "sandbox allow-same-origin" in policy
    assert "script-src" not in policy
    assert "default-src 'none'" in policy


def test_the_page_loads_nothing_but_its_own(desk: Open) -> None:
    """The desk's page names no address elsewhere, and its policy allows none."""
    answer = desk.client.get("/")
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert desk.front.token not in answer.text
    for name in (
        "desk.css",
        "desk.js",
        "page.js",
        "tonight.js",
        "read.js",
        "choose.js",
        "add.js",
        "deliver.js",
        "content.js",
    ):
        text = desk.client.get(f"/{name}").text
        assert "://" not in text.replace("http://www.w3.org/2000/svg", "")
        assert not [word for word in ("innerHTML", "eval(", "insertAdjacentHTML", "document.write") if word in text]
