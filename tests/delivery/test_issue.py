"""Only an issue that is as it was written goes out, and not before its time."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.delivery.issue import read_issue
from generator.errors import DeliveryError, NotYetError
from generator.verbs import deliver as verb
from tests.delivery.publications import SESSION, Desk, write_issue
from tests.servers.networks import Networks


def cli(desk: Desk, *words: str) -> Result:
    return CliRunner().invoke(main, ["deliver", *words, "--project", str(desk.place), "--output", str(desk.output)])


def test_an_issue_that_was_changed_by_hand_is_refused(desk: Desk, net: Networks) -> None:
    """Its digest is another; nothing is sent on any channel."""
    desk.configure(**desk.all_posts())
    path = desk.output / "2024-07-11" / "session" / "x.txt"
    path.write_text(path.read_text().replace("3.6%", "4.6%"))
    with pytest.raises(DeliveryError, match=r"x\.txt: is not as it was written"):
        desk.deliver()
    assert net.requests == []


@pytest.mark.parametrize(
    "ledger", ["", "[]", "{}", '{"session": "soon", "edition": "session"}', '{"session": 5}', "\x00", "[" * 9_000]
)
def test_a_ledger_that_is_none_is_told(desk: Desk, ledger: str) -> None:
    """In one line with its file."""
    path = desk.output / "2024-07-11" / "session" / "edition.json"
    path.write_text(ledger)
    desk.configure(**desk.all_posts())
    with pytest.raises(DeliveryError, match=r"edition\.json: is not a ledger\. Write the issue again"):
        desk.deliver()


def test_a_file_that_leads_out_of_the_issue_is_refused(desk: Desk, tmp_path: Path) -> None:
    """Even if what it leads to has the right digest."""
    path = desk.output / "2024-07-11" / "session" / "x.txt"
    path.rename(tmp_path / "elsewhere.txt")
    path.symlink_to(tmp_path / "elsewhere.txt")
    with pytest.raises(DeliveryError, match="leads out of the folder"):
        read_issue(path.parent)


def test_an_issue_without_the_file_that_a_channel_needs_is_told(desk: Desk) -> None:
    """With what to do about it."""
    desk.configure(mastodon={**desk.all_posts()["mastodon"], "thread": True})
    with pytest.raises(
        DeliveryError, match=r"has no mastodon-thread\.txt\. Write the issue again with it, or name another 'file'"
    ):
        desk.deliver()


def test_all_that_an_issue_lacks_is_told_at_once(desk: Desk, net: Networks) -> None:
    """For every channel, before anything is sent."""
    desk.configure(
        x={**desk.all_posts()["x"], "file": "x-thread.txt"},
        mastodon={**desk.all_posts()["mastodon"], "file": "toots.txt"},
        folder={"path": str(desk.place / "www"), "public": str(desk.place / "nowhere")},
    )
    with pytest.raises(DeliveryError) as told:
        desk.deliver()
    lines = str(told.value).splitlines()
    assert len(lines) == 3
    for line, words in zip(lines, ("there is no such folder", "holds 3 posts", "has no toots.txt"), strict=True):
        assert words in line
    assert net.requests == []


def test_a_thread_is_not_posted_as_one_post(desk: Desk) -> None:
    """A file of several posts needs `thread: true`."""
    desk.configure(x={**desk.all_posts()["x"], "file": "x-thread.txt"})
    with pytest.raises(DeliveryError, match="holds 3 posts, and x is to have one"):
        desk.deliver()


@pytest.mark.parametrize("words", ["2024-07-11 18:30", "soon", "2024-07-11T18:30", ""])
def test_an_embargo_that_is_no_moment_holds_everything_back(desk: Desk, net: Networks, words: str) -> None:
    """Rather than being taken for none."""
    desk.configure(**desk.all_posts())
    (desk.output / "2024-07-11" / "session" / "embargo").write_text(words)
    with pytest.raises(DeliveryError, match="embargo"):
        desk.deliver()
    assert net.requests == []


def test_an_embargo_is_kept_and_told_in_both_zones(desk: Desk, net: Networks, monkeypatch: pytest.MonkeyPatch) -> None:
    """To the second; the later of the issue's moment and the publication's hour counts."""
    desk.configure(await_pages=False, not_before="18:00", x=desk.all_posts()["x"])
    (desk.output / "2024-07-11" / "session" / "embargo").write_text("2024-07-11T18:30-04:00\n")
    monkeypatch.setattr(verb, "present", lambda: datetime(2024, 7, 11, 22, 29, 59, tzinfo=UTC))
    with pytest.raises(NotYetError, match="before 2024-07-11 22:30 UTC, 2024-07-11 18:30 in New York"):
        desk.deliver()
    assert net.requests == []
    assert "goes out from 2024-07-11 22:30 UTC" in desk.deliver(live=False).notices[0]
    monkeypatch.setattr(verb, "present", lambda: datetime(2024, 7, 11, 22, 30, 0, tzinfo=UTC))
    assert desk.deliver().exit_code == 0


def test_the_publications_hour_knows_of_summer_time(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """18:30 in New York is another hour of UTC in winter."""
    desk.issue(date(2024, 1, 11))
    desk.configure(await_pages=False, not_before="18:30", x=desk.all_posts()["x"])
    monkeypatch.setattr(verb, "present", lambda: datetime(2024, 1, 11, 23, 0, tzinfo=UTC))
    with pytest.raises(NotYetError, match="2024-01-11 23:30 UTC"):
        desk.deliver(session=date(2024, 1, 11))


def test_the_last_issue_has_to_be_named_if_it_is_old(desk: Desk, net: Networks) -> None:
    """Nobody posts an issue of last year by forgetting an option."""
    desk.configure(**desk.all_posts())
    told = cli(desk, "--live")
    assert told.exit_code == 1
    assert "the last issue is more than 7 days old" in told.stderr
    assert net.requests == []


def test_the_command_line_shows_delivers_and_tells(desk: Desk, net: Networks) -> None:
    """Dry, live, status and resolve, with their exit codes."""
    desk.configure(await_pages=False, x=desk.all_posts()["x"], mastodon=desk.all_posts()["mastodon"])
    day = ("--session", SESSION.isoformat())
    dry = cli(desk, *day)
    assert dry.exit_code == 0
    assert "    | Small caps rose 3.6% on July 11, S&P “500” 0.9% lower." in dry.stdout
    assert "X, post 1: to be sent, 71 of 280 as X counts, $0.020" in dry.stdout
    assert "2 of 2 steps are due; they cost $0.020" in dry.stdout
    net.faults += [(r"POST /x/tweets", "reset")]
    live = cli(desk, "--live", *day)
    assert live.exit_code == 1
    assert "unknown" in live.stdout
    assert "sent" in live.stdout
    status = cli(desk, "--status").stdout
    (key,) = (word for word in status.split() if ":x:1:" in word)
    assert "look whether it is out, then: commentary deliver --resolve KEY sent, or retry" in status
    assert cli(desk, "--resolve", key, "maybe").exit_code == 2
    assert cli(desk, "--resolve", key, "sent").exit_code == 0
    again = cli(desk, "--resolve", key, "retry")
    assert "is sent, which is certain" in again.stderr
    assert cli(desk, "--live", *day).exit_code == 0
    assert net.texts("x") == []
    assert cli(desk, "tiktok").exit_code == 1


def test_a_publication_that_sets_nothing_is_told_what_to_do(desk: Desk) -> None:
    """And one that does not set the channel that was named, which it sets."""
    desk.configure()
    with pytest.raises(DeliveryError, match=r"sets no delivery\. docs/delivering\.md"):
        desk.deliver()
    desk.configure(x=desk.all_posts()["x"])
    with pytest.raises(DeliveryError, match=r"does not set 'kit'\. It sets x"):
        desk.deliver("kit")


def test_a_ledger_names_only_its_own_files(desk: Desk) -> None:
    """A path that climbs out of the folder is refused."""
    path = desk.output / "2024-07-11" / "session" / "edition.json"
    ledger = json.loads(path.read_bytes())
    ledger["files"]["../../../secrets"] = {"sha256": "0" * 64}
    path.write_text(json.dumps(ledger))
    with pytest.raises(DeliveryError, match="leads out of the folder"):
        read_issue(path.parent)


def test_nothing_leads_to_the_examples_address(desk: Desk, net: Networks) -> None:
    """Who never changed the masthead is told so, rather than waiting for pages that nobody serves."""
    write_issue(desk.output, "https://example.com")
    desk.configure(**desk.all_posts())
    with pytest.raises(DeliveryError, match=r"leads to example\.com, which is nobody's"):
        desk.deliver()
    assert net.requests == []
