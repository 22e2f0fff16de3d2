"""A site in its place: articles first, lists last, nobody else's files touched, and twice is the same as once."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from generator.delivery.outbox import State
from generator.delivery.targets.public import read_public
from generator.errors import DeliveryError
from tests.delivery.publications import SESSION, Desk, write_issue, write_site
from tests.servers.networks import Networks


def git(folder: Path, *arguments: str) -> str:
    who = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@b"}
    ran = subprocess.run(
        ["git", *arguments], cwd=folder, env={**os.environ, **who}, capture_output=True, text=True, check=True
    )
    return ran.stdout.strip()


@pytest.fixture
def site(desk: Desk) -> Path:
    return write_site(desk.place / "public")


def test_files_go_up_with_articles_first_and_home_last(site: Path) -> None:
    """Nobody follows a link from the home page or the feed to an article that is not there yet."""
    order = list(read_public(site).digests)
    assert order[0] == "2024-07-11/session/card.png"
    assert order[1] == "2024-07-11/session/index.html"
    assert order[-2:] == ["feed.xml", "index.html"]


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("https://a.org/2024-07-11/session/", "2024-07-11/session/index.html"),
        ("https://a.github.io/name/2024-07-11/session/", "2024-07-11/session/index.html"),
        ("https://a.org/2024-07-12/session/", ""),
        ("https://a.org/", "index.html"),
    ],
)
def test_a_page_is_found_by_its_address(site: Path, address: str, file: str) -> None:
    """Wherever in its host the site begins; a page that is not built is not found, least of all as the home page."""
    assert read_public(site).page(address) == file


def test_a_link_out_of_the_site_is_refused(site: Path, tmp_path: Path) -> None:
    """A link in public/ could publish any file of the machine."""
    (tmp_path / "secret").write_text("key")
    (site / "leak.html").symlink_to(tmp_path / "secret")
    with pytest.raises(DeliveryError, match="leads out of the folder"):
        read_public(site)


def test_a_folder_is_filled_and_kept_up(desk: Desk, site: Path, tmp_path: Path) -> None:
    """What is new is copied, what the site no longer has is removed, and what others put there stays."""
    www = tmp_path / "www"
    (www / "theirs").mkdir(parents=True)
    (www / "theirs" / "note.html").write_text("theirs")
    desk.configure(folder={"path": str(www)})
    (www / "theirs" / ".commentary-staged-abc").write_text("left by a run that was killed")
    first = desk.deliver(public=site)
    assert first.outcomes[0].state is State.SENT
    assert not list(www.rglob(".commentary-staged-*"))
    assert "5 of 5 files put, 0 removed" in first.outcomes[0].why
    (site / "about" / "index.html").unlink()
    write_site(site, words="A corrected article")
    (site / "about" / "index.html").unlink()
    second = desk.deliver(public=site)
    assert "1 of 4 files put, 1 removed" in second.outcomes[0].why
    assert "corrected" in (www / "2024-07-11/session/index.html").read_text()
    assert not (www / "about").exists()
    assert (www / "theirs" / "note.html").read_text() == "theirs"
    assert not (www / ".commentary-site.json").exists()
    assert not desk.deliver(public=site).outcomes[0].fresh


def test_a_copy_that_was_cut_off_leaves_nothing_behind(
    desk: Desk, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a stopped run put there, and the site has no more, is removed by the next."""
    from generator.delivery.targets import folder

    real, calls = folder._put, iter(range(100))

    def put(place: Path, path: str, public: folder.Public) -> bool:
        if next(calls) == 4:
            raise KeyboardInterrupt
        return real(place, path, public)

    desk.configure(folder={"path": str(tmp_path / "www")})
    monkeypatch.setattr(folder, "_put", put)
    with pytest.raises(KeyboardInterrupt):
        desk.deliver(public=site)
    assert (tmp_path / "www/about/index.html").exists()
    (site / "about" / "index.html").unlink()
    assert desk.deliver(public=site).outcomes[0].state is State.SENT
    assert not (tmp_path / "www/about").exists()


def test_a_site_that_is_taken_back_goes_up_again(desk: Desk, site: Path, tmp_path: Path) -> None:
    """That the same content was put there once says nothing of what is there now."""
    desk.configure(folder={"path": str(tmp_path / "www")})
    for words in ("An article", "A corrected article", "An article"):
        write_site(site, words=words)
        (outcome,) = desk.deliver(public=site).outcomes
        assert outcome.fresh
        assert words in (tmp_path / "www/2024-07-11/session/index.html").read_text()
    assert not desk.deliver(public=site).outcomes[0].fresh


def test_a_site_without_the_issues_page_is_not_delivered(desk: Desk, tmp_path: Path) -> None:
    """Posts would lead to nothing."""
    write_site(tmp_path / "public", SESSION.replace(day=10))
    desk.configure(folder={"path": str(tmp_path / "www")})
    with pytest.raises(DeliveryError, match=r"has no page of 2024-07-11/session .* Build it first: commentary site"):
        desk.deliver(public=tmp_path / "public")


def test_another_folder_has_not_been_filled_yet(desk: Desk, site: Path, tmp_path: Path) -> None:
    """What is out in one place is due in another that is set later."""
    desk.configure(folder={"path": str(tmp_path / "rehearsed")})
    assert desk.deliver(public=site).outcomes[0].state is State.SENT
    desk.configure(folder={"path": str(tmp_path / "www")})
    assert desk.deliver(public=site).outcomes[0].state is State.SENT
    assert (tmp_path / "www" / "index.html").is_file()


def test_a_folder_may_not_hold_the_site_that_is_copied(desk: Desk, site: Path) -> None:
    """Nothing is removed from the source by mistake."""
    desk.configure(folder={"path": str(site)})
    assert "lie in one another" in desk.deliver(public=site).outcomes[0].why


def test_a_branch_holds_one_commit_of_the_site(desk: Desk, site: Path, tmp_path: Path) -> None:
    """On a real repository: the branch is replaced without history, and the same site makes no new commit."""
    remote = tmp_path / "remote.git"
    git(tmp_path, "init", "--quiet", "--bare", str(remote))
    desk.configure(branch={"repository": str(remote), "domain": "kessler.org"})
    (first,) = desk.deliver(public=site).outcomes
    assert first.state is State.SENT, first.why
    listed = git(remote, "ls-tree", "-r", "--name-only", "gh-pages").splitlines()
    assert sorted(listed) == sorted([*read_public(site).digests, ".nojekyll", "CNAME"])
    write_site(site, words="A second evening")
    (second,) = desk.deliver(public=site).outcomes
    assert second.state is State.SENT
    assert git(remote, "rev-list", "--count", "gh-pages") == "1"
    assert "A second evening" in git(remote, "show", "gh-pages:2024-07-11/session/index.html")
    tip = git(remote, "rev-parse", "gh-pages")
    desk.issue(SESSION.replace(day=12))
    write_site(site, SESSION.replace(day=12))
    write_site(site, words="A second evening")
    desk.deliver(public=site)
    write_site(site, words="A second evening")
    desk.deliver(public=site, session=SESSION.replace(day=12))
    assert git(remote, "rev-list", "--count", "gh-pages") == "1"
    assert tip


def test_a_branch_of_somebody_elses_is_never_replaced(desk: Desk, site: Path, tmp_path: Path) -> None:
    """A mistyped name, such as main, is refused before anything is pushed."""
    remote, work = tmp_path / "remote.git", tmp_path / "work"
    git(tmp_path, "init", "--quiet", "--bare", str(remote))
    git(tmp_path, "init", "--quiet", "-b", "main", str(work))
    (work / "code.py").write_text("1")
    git(work, "add", "."), git(work, "commit", "-qm", "The program"), git(work, "push", "-q", str(remote), "main")
    desk.configure(branch={"repository": str(remote), "branch": "main"})
    with pytest.raises(DeliveryError, match=r"holds a commit that is not ours \('The program'\)"):
        desk.deliver(public=site)
    assert git(remote, "show", "main:code.py") == "1"


def test_mail_and_posts_wait_for_the_pages(desk: Desk, net: Networks, site: Path, tmp_path: Path) -> None:
    """A post whose article does not answer is not sent, and the exit code says that waiting helps."""
    desk.configure(folder={"path": str(tmp_path / "www")}, x=desk.all_posts()["x"], kit=desk.all_mails()["kit"])
    net.missing.add("card.png")
    done = desk.deliver(public=site)
    assert [one.state for one in done.outcomes] == [State.SENT, None, None]
    assert "card.png does not answer yet" in done.outcomes[1].why
    assert done.exit_code == 3
    assert net.published == {}
    net.missing.clear()
    assert [one.state for one in desk.deliver(public=site).outcomes] == [State.SENT] * 3


def test_nothing_follows_a_site_that_is_not_up(desk: Desk, net: Networks, site: Path) -> None:
    """Its target refuses: no post goes out."""
    desk.configure(folder={"path": str(site / "inside")}, **desk.all_posts())
    done = desk.deliver(public=site)
    assert done.outcomes[0].state is State.REFUSED
    assert net.published == {}


def test_a_rehearsal_reaches_a_folder_alone(desk: Desk, net: Networks, site: Path, tmp_path: Path) -> None:
    """A simulated market is refused everywhere else, flag or not."""
    write_issue(desk.output, desk.address, simulated=True)
    desk.configure(folder={"path": str(tmp_path / "www")}, **desk.all_posts())
    with pytest.raises(DeliveryError, match="its market is simulated"):
        desk.deliver("folder", public=site)
    with pytest.raises(DeliveryError, match="a rehearsal reaches a folder alone, not x"):
        desk.deliver(public=site, rehearsal=True)
    assert desk.deliver("folder", public=site, rehearsal=True).outcomes[0].state is State.SENT
    assert net.published == {}


def test_netlify_is_given_what_it_lacks(desk: Desk, net: Networks, site: Path) -> None:
    """By digest; the deployment shows only when it has everything."""
    desk.configure(netlify={"site": "site1", "base": desk.base("netlify")})
    (first,) = desk.deliver(public=site).outcomes
    assert first.state is State.SENT, first.why
    assert "5 of 5 files put" in first.why
    write_site(site, words="A corrected article")
    (second,) = desk.deliver(public=site).outcomes
    assert "1 of 5 files put" in second.why
    assert "corrected" in net.things["netlify shows"]["/2024-07-11/session/index.html"]


@pytest.mark.parametrize("fault", ["accept, 504", "accept, reset", "429 soon", "reset"])
def test_netlify_outlives_a_fault(desk: Desk, net: Networks, site: Path, fault: str) -> None:
    """Putting a file twice is the same as once, so it is simply put again."""
    desk.configure(netlify={"site": "site1", "base": desk.base("netlify")})
    net.faults += [(r"PUT /netlify/deploys/\d+/files/.*", fault), (r"POST /netlify/sites/site1/deploys", fault)]
    (outcome,) = desk.deliver(public=site).outcomes
    assert outcome.state is State.SENT, outcome.why
    assert len(net.things["netlify shows"]) == 5


@pytest.mark.skipif(not shutil.which("rsync"), reason="rsync is not installed")
def test_rsync_copies_and_removes(desk: Desk, site: Path, tmp_path: Path) -> None:
    """With the real program, to a folder of this machine."""
    desk.configure(rsync={"destination": f"{tmp_path / 'www'}/"})
    assert desk.deliver(public=site).outcomes[0].state is State.SENT
    (site / "about" / "index.html").unlink()
    write_site(site, words="A corrected article")
    (site / "about" / "index.html").unlink()
    assert desk.deliver(public=site).outcomes[0].state is State.SENT
    assert "corrected" in (tmp_path / "www/2024-07-11/session/index.html").read_text()
    assert not (tmp_path / "www/about/index.html").exists()
    assert not (tmp_path / "www/.commentary-site.json").exists()


@pytest.mark.skipif(not shutil.which("rsync"), reason="rsync is not installed")
def test_a_machine_that_rsync_cannot_reach_is_told(desk: Desk, site: Path) -> None:
    """And posts wait."""
    desk.configure(rsync={"destination": "nobody@127.0.0.1:/www"}, x=desk.all_posts()["x"])
    done = desk.deliver(public=site)
    assert [one.state for one in done.outcomes] == [State.REFUSED, None]
    assert done.exit_code == 3


@pytest.mark.skipif(not shutil.which("rclone"), reason="rclone is not installed")
def test_rclone_copies_and_removes(desk: Desk, site: Path, tmp_path: Path) -> None:
    """With the real program, to a folder of this machine."""
    desk.configure(bucket={"program": "rclone", "destination": f":local:{tmp_path / 'www'}"})
    (first,) = desk.deliver(public=site).outcomes
    assert first.state is State.SENT, first.why
    (site / "about" / "index.html").unlink()
    desk.deliver(public=site)
    assert sorted(path.name for path in (tmp_path / "www").iterdir() if path.is_file()) == ["feed.xml", "index.html"]
    assert not (tmp_path / "www/about/index.html").exists()
    assert not (tmp_path / "www/.commentary-site.json").exists()


@pytest.mark.skipif(not shutil.which("aws"), reason="aws is not installed")
def test_aws_copies_and_removes(desk: Desk, net: Networks, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the real program, to a store on loopback; its home page comes after the articles."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    desk.configure(bucket={"program": "aws", "destination": "s3://bucket", "endpoint": desk.base("s3")})
    (first,) = desk.deliver(public=site).outcomes
    assert first.state is State.SENT, first.why
    assert sorted(net.things["s3"]) == sorted(read_public(site).digests)
    order = [name.partition(" ")[2] for name in net.things["s3 order"]]
    assert set(order[-2:]) == {"index.html", "feed.xml"}
    (site / "about" / "index.html").unlink()
    assert desk.deliver(public=site).outcomes[0].state is State.SENT
    assert "about/index.html" not in net.things["s3"]


def program(place: Path, name: str, script: str) -> Path:
    """A program that stands in for one that needs an account."""
    path = place / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def test_cloudflares_program_is_called_as_it_wants(desk: Desk, site: Path, tmp_path: Path) -> None:
    """With the folder and the project, the token by its environment alone; the real one needs an account."""
    stand_in = program(
        tmp_path,
        "stand-in",
        'echo "$@" >> "$0.log"; echo "$CLOUDFLARE_API_TOKEN" >> "$0.env"; env >> "$0.env"; echo "Deployed to https://abc.kessler.pages.dev"',
    )
    desk.configure(cloudflare={"project": "kessler", "program": str(stand_in)})
    (outcome,) = desk.deliver(public=site).outcomes
    assert (outcome.state, outcome.address) == (State.SENT, "https://abc.kessler.pages.dev")
    calls = Path(f"{stand_in}.log").read_text().splitlines()
    assert calls[1] == f"pages deploy {site} --project-name=kessler --branch=main --commit-dirty=true"
    given = Path(f"{stand_in}.env").read_text()
    assert "cloudflare-token-1234" in given
    assert "mastodon-token-1234" not in given


def test_a_program_that_fails_is_told_without_the_token(desk: Desk, site: Path, tmp_path: Path) -> None:
    """Its own words, less the secret in them."""
    stand_in = program(
        tmp_path, "stand-in", '[ "$1" = --version ] || { echo "bad token $CLOUDFLARE_API_TOKEN" >&2; exit 4; }'
    )
    desk.configure(cloudflare={"project": "kessler", "program": str(stand_in)})
    (outcome,) = desk.deliver(public=site).outcomes
    assert outcome.state is State.REFUSED
    assert "ended with 4: bad token …" in outcome.why


def test_a_program_that_is_not_there_is_told_before_anything(desk: Desk, site: Path, net: Networks) -> None:
    """All channels wait."""
    desk.configure(cloudflare={"project": "kessler", "program": "no-such-program"}, x=desk.all_posts()["x"])
    with pytest.raises(DeliveryError, match="the program 'no-such-program' is not installed"):
        desk.deliver(public=site)
    assert net.published == {}


def test_an_issue_that_is_not_there_names_those_that_are(desk: Desk, site: Path, tmp_path: Path) -> None:
    """The other kind of that session is told, with how to ask for it."""
    desk.configure(folder={"path": str(tmp_path / "www")})
    (issue,) = desk.output.glob("2*/session")
    issue.rename(issue.parent / "weekly")
    with pytest.raises(DeliveryError, match=r"there is no such issue\. There is weekly: --kind weekly\."):
        desk.deliver(public=site)
