"""A newsletter is left as a draft, or sent once: by each service, and by a real mail server."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from generator.delivery.outbox import State, read_outbox
from generator.errors import DeliveryError
from tests.delivery.publications import LEAVING, Desk, write_issue
from tests.servers.networks import FAULTS, ROUTES, Networks

MAILS = ["buttondown", "ghost", "listmonk", "mailchimp", "kit"]
SENDING = {
    pattern.pattern.split("/")[1]: f"{method} {pattern.pattern}"
    for method, pattern, _, publishes in ROUTES
    if publishes and pattern.pattern.split("/")[1] in MAILS
}
CREATING = {
    pattern.pattern.split("/")[1]: f"{method} {pattern.pattern}"
    for method, pattern, _, publishes in ROUTES
    if method == "POST" and not publishes and pattern.pattern.split("/")[1] in MAILS
}


@pytest.mark.parametrize("service", MAILS)
def test_a_draft_is_left_and_nobody_is_mailed(desk: Desk, net: Networks, service: str) -> None:
    """Unless the publication says `send: true`; a second delivery makes no second draft."""
    desk.configure(await_pages=False, **{service: desk.all_mails(send=False)[service]})
    (outcome,) = desk.deliver().outcomes
    assert outcome.state is State.SENT, outcome
    assert "nobody was mailed" in outcome.why
    desk.deliver()
    assert len(net.things[service]) == 1
    assert net.texts(service) == []


@pytest.mark.parametrize("service", MAILS)
def test_a_draft_that_was_left_is_the_one_that_is_sent(desk: Desk, net: Networks, service: str) -> None:
    """With the service's own way to unsubscribe in the place of the publication's, where it has one."""
    desk.configure(await_pages=False, **{service: desk.all_mails(send=False)[service]})
    desk.deliver()
    desk.configure(await_pages=False, **{service: desk.all_mails()[service]})
    assert desk.deliver().outcomes[0].state is State.SENT
    assert len(net.things[service]) == 1
    (mail,) = net.published[service]
    assert mail.text == "Small caps’ best day: July 11"
    assert "Small caps rose on July 11." in mail.more["body"]
    assert (LEAVING in mail.more["body"].replace("&amp;", "&")) == (service == "ghost")


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("service", MAILS)
def test_a_fault_while_sending(desk: Desk, net: Networks, service: str, fault: str) -> None:
    """Sent once at most and told as it is; once the service is well again a second delivery leaves it sent, once."""
    desk.configure(await_pages=False, **{service: desk.all_mails()[service]})
    net.faults.append((SENDING[service], fault))
    (first,) = desk.deliver().outcomes
    assert len(net.texts(service)) == (first.state is State.SENT), first
    if fault.startswith("accept"):
        assert first.state is State.SENT, first
    (second,) = desk.deliver().outcomes
    assert second.state is State.SENT, second
    assert len(net.texts(service)) == 1


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("service", MAILS)
def test_a_fault_while_a_draft_is_made(desk: Desk, net: Networks, service: str, fault: str) -> None:
    """Nothing is sent of a draft that is not certain; the next delivery finds the draft or makes it, and sends one."""
    desk.configure(await_pages=False, **{service: desk.all_mails()[service]})
    net.faults.append((CREATING[service], fault))
    desk.deliver()
    assert desk.deliver().outcomes[0].state is State.SENT
    assert len(net.texts(service)) == 1


def test_a_draft_that_a_person_has_changed_is_not_sent(desk: Desk, net: Networks) -> None:
    """It is no longer what was proved."""
    desk.configure(await_pages=False, listmonk=desk.all_mails(send=False)["listmonk"])
    desk.deliver()
    (draft,) = net.things["listmonk"].values()
    draft["subject"] = "Another subject"
    desk.configure(await_pages=False, listmonk=desk.all_mails()["listmonk"])
    (outcome,) = desk.deliver().outcomes
    assert outcome.state is State.REFUSED
    assert "its subject was changed" in outcome.why
    assert net.published == {}


def test_words_that_a_service_would_run_are_refused(desk: Desk, net: Networks) -> None:
    """Double braces are code to most of these services."""
    folder = desk.output / "2024-07-11" / "session"
    write_issue(desk.output, desk.address, mark=" {{ password }}")
    desk.configure(await_pages=False, **desk.all_mails())
    for outcome in desk.deliver().outcomes:
        assert outcome.state is State.REFUSED
        assert "'{{'" in outcome.why
    assert folder.exists()
    assert net.published == {}


def test_an_issue_that_was_written_again_is_not_mailed_again(desk: Desk, net: Networks) -> None:
    """Other words of an issue that is out already are told, not sent."""
    desk.configure(await_pages=False, buttondown=desk.all_mails()["buttondown"], x=desk.all_posts()["x"])
    desk.deliver()
    write_issue(desk.output, desk.address, mark=", corrected")
    done = desk.deliver()
    assert [one.state for one in done.outcomes] == [None, None]
    assert all("out already in other words" in one.why for one in done.outcomes)
    assert done.exit_code == 1
    assert [len(net.texts(name)) for name in ("buttondown", "x")] == [1, 1]


def test_mail_waits_for_its_pictures_and_posts_do_not(desk: Desk, net: Networks) -> None:
    """A service sends the page as it stands, and its readers fetch the picture from the site."""
    desk.configure(kit=desk.all_mails()["kit"], x=desk.all_posts()["x"])
    net.missing.add("charts/performance.png")
    done = desk.deliver()
    assert [one.state for one in done.outcomes] == [None, State.SENT]
    assert "charts/performance.png?a=1&b=2 does not answer yet" in done.outcomes[0].why
    assert done.exit_code == 3
    net.missing.clear()
    assert desk.deliver().exit_code == 0
    assert len(net.texts("kit")) == 1


# --- SMTP ---------------------------------------------------------------------------------------


class Letterbox:
    """Takes mail as a server does, and can lose its connection after it has taken one."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.lose = 0
        self.refuse: set[str] = set()

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refuse:
            return "550 no such reader"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        if self.lose:
            self.lose -= 1
            assert server.transport is not None
            server.transport.close()
        return "250 OK"


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def letterbox(
    authority: trustme.CA, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[tuple[Letterbox, int]]:
    """A real mail server on loopback with STARTTLS and a password."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    monkeypatch.setenv("COMMENTARY_SMTP_USER", "desk")
    monkeypatch.setenv("COMMENTARY_SMTP_PASSWORD", "smtp-password-1234")
    box = Letterbox()

    def authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: Any) -> AuthResult:
        good = isinstance(given, LoginPassword) and given.password == b"smtp-password-1234"
        return AuthResult(success=good, handled=good)

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(
        box,
        hostname="localhost",
        port=port,
        require_starttls=True,
        tls_context=context,
        authenticator=authenticate,
        auth_required=True,
    )
    controller.start()
    yield box, port
    controller.stop()


def configure_smtp(desk: Desk, port: int, *recipients: str) -> None:
    (desk.place / "readers.txt").write_text("# readers\n" + "\n".join(recipients) + "\n")
    smtp = {
        "host": "localhost",
        "port": port,
        "sender": "letter@kessler.org",
        "recipients": "readers.txt",
        "send": True,
    }
    desk.configure(await_pages=False, smtp=smtp)


def test_each_reader_gets_one_mail(desk: Desk, letterbox: tuple[Letterbox, int]) -> None:
    """Addressed to him alone, with both parts, an identifier of its own, and a way to leave."""
    box, port = letterbox
    configure_smtp(desk, port, "a@readers.org", "b@readers.org", "A@readers.org")
    assert [one.state for one in desk.deliver().outcomes] == [State.SENT, State.SENT]
    desk.deliver()
    assert [mail["To"] for mail in box.mails] == ["a@readers.org", "b@readers.org"]
    assert len({mail["Message-ID"] for mail in box.mails}) == 2
    for mail in box.mails:
        assert mail["Subject"] == "Small caps’ best day: July 11"
        assert "X-Unsent" not in mail
        assert mail["From"] == "The Desk <letter@kessler.org>"
        assert mail["List-Unsubscribe"] == f"<{LEAVING}>"
        assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert "readers.org" not in (desk.output / "outbox.jsonl").read_text().replace("kessler.org", "")


def test_a_mail_whose_answer_was_lost_is_in_doubt_and_the_others_go_out(
    desk: Desk, letterbox: tuple[Letterbox, int]
) -> None:
    """The server may hold it, so it is not sent again until a person says so."""
    box, port = letterbox
    configure_smtp(desk, port, "a@readers.org", "b@readers.org")
    box.lose = 1
    first = desk.deliver()
    assert [one.state for one in first.outcomes] == [State.UNKNOWN, State.SENT]
    assert first.exit_code == 1
    assert [one.state for one in desk.deliver().outcomes] == [State.UNKNOWN, State.SENT]
    assert len(box.mails) == 2


def test_a_reader_whom_the_server_refuses_is_told_and_the_others_get_theirs(
    desk: Desk, letterbox: tuple[Letterbox, int]
) -> None:
    """One bad address does not stop the list."""
    box, port = letterbox
    configure_smtp(desk, port, "gone@readers.org", "b@readers.org")
    box.refuse.add("gone@readers.org")
    done = desk.deliver()
    assert [one.state for one in done.outcomes] == [State.REFUSED, State.SENT]
    assert "550" in done.outcomes[0].why


def test_a_wrong_password_is_told_before_anything_is_sent(
    desk: Desk, letterbox: tuple[Letterbox, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the password."""
    box, port = letterbox
    configure_smtp(desk, port, "a@readers.org")
    monkeypatch.setenv("COMMENTARY_SMTP_PASSWORD", "wrong-password-1")
    with pytest.raises(DeliveryError, match="does not take the user and password") as told:
        desk.deliver()
    assert "wrong-password-1" not in str(told.value)
    assert box.mails == []


@pytest.mark.parametrize("line", ["no address", "a@b@c d", "Reader <a@b.org>", "a@b.org\tBcc: c@d.org"])
def test_a_list_with_a_line_that_is_no_address_is_refused(desk: Desk, line: str) -> None:
    """With its line; nobody is mailed."""
    configure_smtp(desk, 9, "a@readers.org", line)
    with pytest.raises(DeliveryError, match=r"readers\.txt:3: is not a bare address"):
        desk.deliver()


def test_a_dry_run_shows_a_list_as_one(desk: Desk) -> None:
    """And never an address of it."""
    from generator.delivery_lines import delivery_lines

    configure_smtp(desk, 9, *(f"r{number}@readers.org" for number in range(30)))
    shown = list(delivery_lines(desk.deliver(live=False)))
    assert "SMTP: 30 of 30 mails to be sent. Subject: Small caps’ best day: July 11" in shown
    assert len(shown) == 4
    assert "readers.org" not in "".join(shown)


def test_smtp_is_for_small_lists(desk: Desk) -> None:
    """A longer list than `most` allows is refused, as who leaves has to be kept track of."""
    configure_smtp(desk, 9, *(f"r{number}@readers.org" for number in range(201)))
    with pytest.raises(DeliveryError, match="holds 201 addresses, and SMTP is for 200 at most"):
        desk.deliver()
    assert smtplib.SMTP_PORT == 25
    assert read_outbox(desk.output).latest == {}
