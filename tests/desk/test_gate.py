"""Who may not ask the desk, and what it does not take: a table of attacks, each refused with nothing told or changed."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from generator.desk import asked
from generator.desk.app import ASSETS, ROUTES
from tests.desk.conftest import ISSUE, OWN, Open

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"
PAGE = f"{ISSUE['session']}/session/article.html"
SECRET = "nobody's business"


@dataclass(frozen=True)
class Attack:
    """A request, and the status that refuses it."""

    name: str
    path: str
    refused: tuple[int, ...]
    headers: dict[str, str] = field(default_factory=dict)
    given: Any = None
    content: Any = None


def _attacks() -> Iterator[Attack]:
    hosts = ("evil.example", "127.0.0.1.evil.example:8765", "127.0.0.1:9999", "localhost", "[::1]:8765", "")
    for host in hosts:
        for path in ("/", "/api/state", f"/files/KEY/{PAGE}"):
            yield Attack(f"foreign host {host!r}: {path}", path, (421,), {"host": host})
    foreign: tuple[dict[str, str], ...] = (
        {"origin": "https://evil.example"}, {"origin": "null"}, {"origin": "http://127.0.0.1:9999"}, {"origin": ""},
        {"origin": OWN, "sec-fetch-site": "cross-site"}, {"origin": OWN, "sec-fetch-site": "same-site"},
    )  # fmt: skip
    for headers in foreign:
        yield Attack(f"foreign origin {headers}", "/api/write", (403,), headers, ISSUE)
    for token in ("", "wrong", "x" * 32):
        for name in ("state", "issues", "events", "file?path=content/publication.yaml"):
            yield Attack(f"no token of this run {token!r}: {name}", f"/api/{name}", (401,), {"x-desk-token": token})
        yield Attack(f"no token of this run {token!r}: approve", "/api/approve", (401,), {"x-desk-token": token}, {})
    for media in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""):
        headers = {"content-type": media}
        yield Attack(f"a form {media!r}", "/api/write", (415,), headers, content=b'{"kind": "session"}')
    ten = {"path": "content/publication.yaml", "text": "x" * 10_000_000, "digest": ""}
    yield Attack("ten megabytes", "/api/save", (413,), given=ten)
    pieces = [b"x" * 100_000] * 100
    yield Attack("ten megabytes in pieces", "/api/save", (413,), {"content-type": "application/json"}, content=pieces)
    yield Attack("a text that is too long", "/api/save", (400,), given={**ten, "text": "x" * 300_000})
    paths = (
        "content/../../secret.md", "content/../secret.md", "/etc/passwd", "content//etc/passwd.md", "content/a\\..\\b.md",
        "secret.md", "content/.hidden.md", "content/session/x.py", "content/link.md", "content/session/\x00.md",
        "content/way/secret.md", SCRIPT,
    )  # fmt: skip
    for path in paths:
        given = {"path": path, "text": "mine"}
        yield Attack(f"a path {path!r} written", "/api/save", (400,), given={**given, "digest": ""})
        yield Attack(f"a path {path!r} tried", "/api/attempt", (400,), given=given)
        yield Attack(f"a path {path!r} read", "/api/file", (400,), given={"?": path})
    framed = (
        "../../content/publication.yaml", "..%2f..%2fcontent%2fpublication.yaml", "edition.json%00", "charts", "strange.html",
        ".hidden", "%2e%2e/%2e%2e/%2e%2e/secret.md", "edition.json",
    )  # fmt: skip
    for path in framed:
        yield Attack(f"a file beside the ledger {path!r}", f"/files/KEY/{ISSUE['session']}/session/{path}", (400, 404))
    yield Attack("a frame of another run", f"/files/{'x' * 32}/{PAGE}", (404,))
    for given in ({"kind": SCRIPT}, {**ISSUE, "more": SCRIPT}, {"kind": "session", "session": SCRIPT}, [SCRIPT]):
        yield Attack(f"another shape {given}", "/api/write", (400,), given=given)
    yield Attack("a network of no name", "/api/deliver", (400,), given={**ISSUE, "channels": [SCRIPT]})
    given = {"path": "content/new.md", "text": "x", "digest": SCRIPT}
    yield Attack("a text over one that is not there", "/api/save", (400,), given=given)
    for name in (" ", "", "Ann\nBob\x1b[31m", "x" * 81):
        yield Attack(f"a name {name[:9]!r}", "/api/approve", (400,), given={**ISSUE, "digest": "", "by": name})


ATTACKS = tuple(_attacks())


@pytest.fixture(scope="module")
def held(attacked: Open) -> bytes:
    """What is there before any attack: a secret beside the publication, and links that lead to it."""
    secret = attacked.root.parent / "secret.md"
    secret.write_text(SECRET, encoding="utf-8")
    (attacked.root / "content" / "link.md").symlink_to(secret)
    (attacked.root / "content" / "way").symlink_to(attacked.root.parent)
    (attacked.output / ISSUE["session"] / "session" / "strange.html").write_text(SCRIPT, encoding="utf-8")
    return _everything(attacked)


def _everything(desk: Open) -> bytes:
    """The hash of all that an attack could change: content, the archive, and what stands beside them."""
    files = sorted(path for path in desk.root.parent.rglob("*") if path.is_file())
    return sha256(b"".join(str(path).encode() + path.read_bytes() for path in files)).digest()


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda one: one.name[:60])
def test_an_attack_is_refused(attacked: Open, held: bytes, attack: Attack) -> None:
    """Each is answered with a refusal that tells nothing, starts nothing and changes nothing."""
    path = attack.path.replace("KEY", attacked.front.files_key)
    client = attacked.client
    if attack.given is None and attack.content is None:
        answer = client.get(path, headers=attack.headers)
    elif isinstance(attack.given, dict) and "?" in attack.given:
        answer = client.get(path, params={"path": attack.given["?"]})
    elif attack.content is not None:
        content = iter(attack.content) if isinstance(attack.content, list) else attack.content
        answer = client.post(path, content=content, headers=attack.headers)
    else:
        answer = client.post(path, json=attack.given, headers=attack.headers)
    assert answer.status_code in attack.refused
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert SECRET not in answer.text
    assert "Kessler" not in answer.text
    assert attacked.front.runs.state == {"state": "idle"}


def test_after_all_attacks_everything_is_as_it_was(attacked: Open, held: bytes) -> None:
    """Content, archive and what stands beside them are byte for byte what they were."""
    assert _everything(attacked) == held


VALID: dict[str, Any] = {
    **ISSUE, "digest": "", "by": "Ann", "path": "content/session/angle/down.md", "text": "x", "search": "energy", "part": "lead",
    "fragment": "session/angle/down", "says": "x", "outlet": "The Gazette", "title": "A day", "url": "https://gazette.example/1",
}  # fmt: skip


def _text_fields() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every field of every address that takes text, with script in it and the others as they should be."""
    for name, (_, shape) in ROUTES.items():
        valid = {key: VALID[key] for key, one in shape.model_fields.items() if key in VALID and one.is_required()}
        for key, one in shape.model_fields.items():
            if key == "sentences":
                for inner in asked.Sentence.model_fields:
                    given = {inner: {SCRIPT: SCRIPT} if inner == "asserts" else SCRIPT}
                    yield name, {**valid, "sentences": [{"part": "lead", "says": "x", **given}]}
            elif one.annotation is not bool:
                yield name, {**valid, key: [SCRIPT] if "list" in str(one.annotation) else SCRIPT}


def test_script_in_every_text_field_is_text_or_refused(desk: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the field, script in it comes back as JSON alone, which no browser runs; no field is left out."""
    monkeypatch.setattr(desk.front.office, "write", lambda one: {})
    shapes = [one for _, one in inspect.getmembers(asked, inspect.isclass) if issubclass(one, asked.Asked)]
    assert {shape for _, shape in ROUTES.values()} | {asked.Sentence} == set(shapes)
    tried = list(_text_fields())
    assert len(tried) > 60
    for name, given in tried:
        answer = desk.get(name, **given) if ROUTES[name][0] == "GET" else desk.post(name, given)
        assert answer.status_code in (200, 400, 404, 409, 422), (name, given, answer.text)
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_name_with_script_in_it_is_told_letter_by_letter(desk: Open) -> None:
    """Who signs with markup is told back as he wrote; pages set it as text."""
    assert desk.post("approve", {**ISSUE, "digest": desk.digest(), "by": SCRIPT}).status_code == 200
    assert desk.get("issue", **ISSUE).json()["standing"]["approved_by"] == SCRIPT


def test_a_frame_runs_no_script(desk: Open) -> None:
    """An issue's page is shown to this run's pages alone, and no script in it runs."""
    answer = desk.client.get(f"/files/{desk.front.files_key}/{PAGE}", headers={"x-desk-token": ""})
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
    for name in ASSETS:
        text = desk.client.get(f"/{name}").text
        assert "://" not in text.replace("http://www.w3.org/2000/svg", "")
        assert not [word for word in ("innerHTML", "eval(", "insertAdjacentHTML", "document.write") if word in text]


def test_every_attack_of_the_manual_is_tried() -> None:
    """The manual's table of attacks names tests that there are."""
    root = Path(__file__).resolve().parents[2]
    rows = [line for line in (root / "docs" / "desk.md").read_text("utf-8").splitlines() if line.endswith("` |")]
    named = [line.rpartition("`")[0].rpartition("`")[2] for line in rows]
    assert len(named) >= 7
    text = "\n".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    assert [name for name in named if f"def {name}(" not in text] == []
