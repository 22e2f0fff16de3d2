"""What the desk answers: how things stand, an issue written and read, approved, and delivered as it was approved."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from click.testing import CliRunner

from generator.cli import main
from generator.verbs.tonight import Due, offered
from tests.desk.conftest import ISSUE, OWN, Open
from tests.small_publication import SESSION


def test_it_tells_what_is_held(desk: Open) -> None:
    """Tonight: the sessions held, the kinds, and that the market is simulated."""
    told = desk.get("tonight").json()
    assert (told["title"], told["last"], told["simulated"]) == ("Kessler Brief", SESSION.isoformat(), True)
    assert [(one["kind"], one["held"], one["written"]) for one in told["due"]] == [
        ("session", SESSION.isoformat(), True)
    ]
    assert told["unheld"] > 1000


def test_the_newest_session_is_offered_first() -> None:
    """Of the kinds that are due the newest comes first, and of those of one day the usual one, whatever their names."""
    due = [Due(kind, "", "", day, day, written=False) for kind, day in (
        ("premium", SESSION - timedelta(60)), ("session", SESSION), ("weekly", SESSION), ("policy", None))]  # fmt: skip
    assert [one.kind for one in offered(due, "session")] == ["session", "weekly", "premium", "policy"]


def test_an_issue_is_written_with_each_stage_told(desk: Open) -> None:
    """The button writes the issue anew: its stages are told, and the second reader proves it."""
    run = desk.write()
    assert run["state"] == "done", run
    names = [one["name"] for one in run["stages"]]
    assert names == ["content", "prices", "figures and rules", "sentences", "pages", "folder", "second reader"]
    assert all(one["seconds"] is not None for one in run["stages"])
    assert run["result"]["read"]["faults"] == []
    assert run["result"]["read"]["claims"] > 50


def test_an_issue_is_read_with_what_stands_behind_it(desk: Open) -> None:
    """Read: each sentence with its fragment, each figure with how it was made, each post with its count."""
    told = desk.get("issue", **ISSUE).json()
    assert told["standing"]["state"] == "draft"
    first = told["lines"][0]
    assert first["part"] == "headline"
    figures = [one for line in told["lines"] for one in line["said"] if one["kind"] == "figure"]
    assert all(one["why"] for one in figures)
    assert any("^RUT" in one["why"] for one in figures)
    post = next(one for one in told["posts"] if one["file"] == "x.txt")
    assert 0 < post["posts"][0]["count"] <= post["limit"] == 280
    fragments = dict.fromkeys(line["fragment"] for line in told["lines"] if line["fragment"])
    whys = [desk.get("explain", **ISSUE, fragment=one).json()["spoke"] for one in fragments]
    assert {one["standing"]["outcome"] for one in whys} == {"spoke"}
    ruled = [one for one in whys if one["when"]]
    assert ruled
    assert all(one["distances"] for one in ruled)


def test_what_was_altered_by_hand_is_not_shown_as_an_issue(desk: Open) -> None:
    """An issue whose page somebody changed cannot be read or approved as if it were whole."""
    page = desk.output / ISSUE["session"] / "session" / "article.html"
    page.write_text(page.read_text("utf-8").replace("Russell", "Dow"), encoding="utf-8")
    answer = desk.get("issue", **ISSUE)
    assert (answer.status_code, "SHA-256" in answer.json()["error"]) == (422, True)
    assert desk.post("approve", {**ISSUE, "digest": "", "by": "Ann"}).status_code == 422


def delivering(desk: Open, more: str = "") -> Path:
    """A publication that is delivered into a folder."""
    goal = desk.root.parent / "www"
    text = f"folder: {{path: {goal}, public: {desk.root / 'public'}}}\nawait_pages: false\n{more}"
    (desk.root / "content" / "deliveries.yaml").write_text(text, encoding="utf-8")
    assert desk.post("site", {}).status_code == 200
    desk.ended()
    return goal


def test_an_approved_issue_goes_out_and_no_other(desk: Open) -> None:
    """Not approved: refused. Approved: shown dry, then out. Its state tells each step."""
    goal = delivering(desk)
    order = {**ISSUE, "rehearsal": True, "live": True}
    desk.post("deliver", order)
    assert "is not approved" in desk.ended()["error"]
    assert desk.post("approve", {**ISSUE, "digest": desk.digest(), "by": "Ann"}).status_code == 200
    assert desk.get("issues").json()["issues"][0]["state"] == "approved"
    dry = desk.post("deliver", {**ISSUE, "rehearsal": True}).json()
    assert (dry["live"], dry["due"], goal.exists()) == (False, 1, False)
    desk.post("deliver", {**order, "digest": dry["digest"]})
    assert desk.ended()["state"] == "done"
    assert (goal / "index.html").is_file()
    assert desk.get("issues").json()["issues"][0]["state"] == "delivered"


def test_a_stale_approval_is_refused(desk: Open) -> None:
    """An issue that was written again after it was approved does not go out, and says why."""
    delivering(desk)
    desk.post("approve", {**ISSUE, "digest": desk.digest(), "by": "Ann"})
    claims = desk.root / "content" / "publication.yaml"
    claims.write_text(claims.read_text("utf-8").replace("Read on.", "Read more."), encoding="utf-8")
    assert desk.write()["state"] == "done"
    assert desk.get("issue", **ISSUE).json()["standing"]["stale"] is True
    desk.post("deliver", {**ISSUE, "rehearsal": True, "live": True})
    error = desk.ended()["error"]
    assert "is another than Ann approved" in error
    assert "commentary approve session" in error


def test_a_publication_that_wants_approvals_publishes_nothing_else(desk: Open) -> None:
    """With `approval: true` a draft gets no page on the site; a published one that was written again keeps the page it had."""
    (desk.root / "content" / "deliveries.yaml").write_text("approval: true\n", encoding="utf-8")
    desk.post("site", {})
    assert "nobody has approved it" in desk.ended()["error"]
    desk.post("approve", {**ISSUE, "digest": desk.digest(), "by": "Ann"})
    desk.post("site", {})
    assert desk.ended()["state"] == "done"
    page = next(path for path in (desk.root / "public").rglob("index.html") if "1997-03-14" in str(path))
    approved = page.read_text("utf-8")
    masthead = desk.root / "content" / "publication.yaml"
    masthead.write_text(masthead.read_text("utf-8").replace("By the desk", "By nobody"), encoding="utf-8")
    desk.write()
    desk.post("site", {})
    assert any("its page stays as it was" in line for line in desk.ended()["result"]["lines"])
    assert page.read_text("utf-8") == approved


def test_two_tabs_do_not_approve_or_deliver_what_only_one_has_seen(desk: Open) -> None:
    """A tab that shows an older version cannot approve or deliver the one that was written since."""
    delivering(desk)
    seen = desk.digest()
    masthead = desk.root / "content" / "publication.yaml"
    masthead.write_text(masthead.read_text("utf-8").replace("Read on.", "Read more."), encoding="utf-8")
    desk.write()
    answer = desk.post("approve", {**ISSUE, "digest": seen, "by": "Ann"})
    assert (answer.status_code, "written again" in answer.json()["error"]) == (409, True)
    desk.post("approve", {**ISSUE, "digest": desk.digest(), "by": "Ann"})
    desk.post("deliver", {**ISSUE, "rehearsal": True, "live": True, "digest": seen})
    assert "written again" in desk.ended()["error"]


def test_two_tabs_do_not_write_at_once(desk: Open) -> None:
    """While one run is at work another is refused, and told which it is."""
    assert desk.post("write", ISSUE).status_code == 200
    answer = desk.post("write", ISSUE)
    assert (answer.status_code, "at work already: writing session" in answer.json()["error"]) == (409, True)
    desk.ended()


def test_two_tabs_do_not_overwrite_each_others_words(desk: Open) -> None:
    """A file that was saved elsewhere in the meantime is not overwritten; the collision is told."""
    path = "content/publication.yaml"
    first, second = desk.get("file", path=path).json(), desk.get("file", path=path).json()
    saved = desk.post("save", {**first, "text": first["text"].replace("Read on.", "One.")})
    assert saved.status_code == 200
    lost = desk.post("save", {**second, "text": second["text"].replace("Read on.", "Two.")})
    assert (lost.status_code, "changed by somebody else" in lost.json()["error"]) == (409, True)
    assert "One." in (desk.root / path).read_text("utf-8")


def test_a_text_is_checked_before_it_is_saved(desk: Open) -> None:
    """A number without a figure is told with its line; a sound text tells its days and its wordings, and nothing is saved."""
    path = "content/session/angle/down.md"
    held = desk.get("file", path=path).json()
    wrong = held["text"].rstrip() + "\n- It lost 5% on the day.\n"
    told = desk.post("attempt", {"path": path, "text": wrong}).json()
    assert any(
        "no figure stands behind" in one["message"] and one["where"].startswith(f"{path}:") for one in told["faults"]
    )
    sound = desk.post("attempt", {"path": path, "text": held["text"]}).json()
    assert sound["faults"] == []
    rule = sound["previewed"][0]
    assert rule["held"] == len(rule["on"]) > 100
    assert any(one["text"] for one in rule["days"][0]["wordings"])
    assert desk.get("file", path=path).json() == held


def test_pages_are_told_what_happens(desk: Open) -> None:
    """A page that listens hears of each part that is loaded, in the form of server-sent events."""
    import asyncio

    async def heard() -> list[bytes]:
        found = []
        async for one in desk.front.hub.listen():
            found.append(one)
            if len(found) == 1:
                desk.front.heard("prices", "ready")
            else:
                return found
        return found

    opened, event = asyncio.run(heard())
    assert opened.startswith(b":")
    assert event == b'data: {"event":"warm","part":"prices","how":"ready"}\n\n'
    assert desk.get("state").json()["warm"]["prices"] == "ready"


def test_a_fault_in_the_publication_is_told_and_mended(desk: Open) -> None:
    """With a fault in content/ the desk says where; once it is mended there, it goes on without a new start."""
    path = desk.root / "content" / "publication.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("title: Kessler Brief", "title: [x"), encoding="utf-8")
    answer = desk.get("tonight")
    assert answer.status_code == 422
    assert "publication.yaml" in answer.json()["error"]
    path.write_text(text, encoding="utf-8")
    assert desk.get("tonight").status_code == 200


def test_without_the_extra_the_command_says_what_to_install() -> None:
    """Where Starlette is missing, one message names the command that installs it."""
    code = "import sys; sys.modules['starlette'] = None; sys.argv = ['commentary', 'desk']; from generator.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "pip install 'market-commentary-generator[desk]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_its_own_origin_may_ask(desk: Open) -> None:
    """The refusals above are no refusals of everybody: the page itself is answered, by either name of the machine."""
    for host in ("127.0.0.1:8765", "localhost:8765"):
        assert desk.client.get("/api/state", headers={"host": host, "origin": f"http://{host}"}).status_code == 200
    assert desk.client.get("/api/state", headers={"origin": OWN, "sec-fetch-site": "same-origin"}).status_code == 200


def test_a_terminal_approves_as_the_desk_does(desk: Open) -> None:
    """`commentary approve` puts down the same hash that the desk shows, and wants a name."""
    command = ["approve", "--by", "Ann", "--session", ISSUE["session"], "--output", str(desk.output)]
    done = CliRunner().invoke(main, command)
    assert (done.exit_code, done.output.strip()) == (
        0,
        f"{ISSUE['session']}/session is approved by Ann: {desk.digest()}",
    )
    assert desk.get("issue", **ISSUE).json()["standing"]["state"] == "approved"
    command[2] = " "
    assert "Who approves it?" in CliRunner().invoke(main, command).output
