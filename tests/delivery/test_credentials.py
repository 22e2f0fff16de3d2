"""Secrets come from the environment or a private file, and whatever is missing is told before anything is sent."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.delivery.credentials import read_secrets
from generator.errors import DeliveryError
from tests.delivery.publications import Desk
from tests.servers.networks import SECRETS, Networks


def private(path: Path, text: str, mode: int = 0o600) -> dict[str, str]:
    path.write_text(text)
    path.chmod(mode)
    return {"COMMENTARY_SECRETS": str(path)}


def test_a_private_file_is_read(tmp_path: Path) -> None:
    """Lines as a shell has them; what the environment says goes before."""
    given = private(tmp_path / "s", "# keys\nCOMMENTARY_KIT_KEY=one\nexport COMMENTARY_X_CONSUMER_KEY='two = 2'\n\n")
    found = read_secrets({**given, "COMMENTARY_KIT_KEY": "other"})
    assert (found["COMMENTARY_KIT_KEY"], found["COMMENTARY_X_CONSUMER_KEY"]) == ("other", "two = 2")


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660])
def test_a_file_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    """With what to do, and without what stands in it."""
    given = private(tmp_path / "s", "COMMENTARY_KIT_KEY=one-two-three\n", mode)
    with pytest.raises(DeliveryError, match=r"others can read it .* Run 'chmod 600 ") as told:
        read_secrets(given)
    assert "one-two-three" not in str(told.value)


def test_a_line_that_is_none_is_told_by_its_number(tmp_path: Path) -> None:
    """Its words, which may be a key, are not repeated."""
    given = private(tmp_path / "s", "COMMENTARY_KIT_KEY=one\nmy-secret-key\n")
    with pytest.raises(DeliveryError, match=r"s:2: should be a line such as") as told:
        read_secrets(given)
    assert "my-secret-key" not in str(told.value)


def test_a_named_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """Rather than that every secret is missing."""
    with pytest.raises(DeliveryError, match="the file of secrets cannot be read"):
        read_secrets({"COMMENTARY_SECRETS": str(tmp_path / "nowhere")})


def test_all_that_is_missing_is_told_at_once(desk: Desk, net: Networks, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is sent; a dry run tells the same and goes on."""
    desk.configure(await_pages=False, **desk.all_posts())
    for name in ("COMMENTARY_X_ACCESS_TOKEN", "COMMENTARY_X_ACCESS_SECRET", "COMMENTARY_MASTODON_TOKEN"):
        monkeypatch.delenv(name)
    with pytest.raises(DeliveryError) as told:
        desk.deliver()
    assert str(told.value).count("is not set") == 3
    assert net.requests == []
    assert sum("is not set" in notice for notice in desk.deliver(live=False).notices) == 3


def test_a_token_that_has_ended_is_told_and_one_that_ends_soon_as_well(desk: Desk, net: Networks) -> None:
    """LinkedIn's tokens last 60 days and say nothing themselves."""
    from datetime import timedelta

    from generator.market.sessions import present

    linkedin = desk.all_posts()["linkedin"]
    today = present().date()
    desk.configure(await_pages=False, linkedin={**linkedin, "token_ends": today - timedelta(days=1)})
    with pytest.raises(DeliveryError, match="LinkedIn: its token ended on"):
        desk.deliver()
    assert net.requests == []
    desk.configure(await_pages=False, linkedin={**linkedin, "token_ends": today + timedelta(days=3)})
    assert any("LinkedIn: its token ends on" in notice for notice in desk.deliver().notices)


def test_no_secret_reaches_the_outbox(desk: Desk, net: Networks) -> None:
    """After every service was spoken to, and each was refused once with all its headers sent back."""
    desk.configure(await_pages=False, **desk.all_posts(), **desk.all_mails())
    for _ in range(60):
        net.faults.append((r"(POST|PUT) /.*", "echo"))
    done = desk.deliver
    try:
        told = str(done().outcomes)
    except DeliveryError as error:
        told = str(error)
    told += (desk.output / "outbox.jsonl").read_text()
    assert "400" in told
    assert [name for name, value in SECRETS.items() if value in told] == []
