"""SMTP: one mail to each recipient, for small lists; one whose answer was lost stays in doubt."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Sequence
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import format_datetime
from hashlib import sha256

from generator.delivery.message import Kept, Message, Receipt, Sender
from generator.errors import RefusedError, UnsureError

_SECONDS = 60.0


class Smtp(Sender):
    """One server."""

    def check(self) -> None:
        """Connect, encrypt and log in, as the mails will."""
        self._connected().quit()

    def _connected(self) -> smtplib.SMTP:
        host, port, security = self.setting("host"), self.setting("port"), self.setting("security")
        if security == "none" and host not in ("localhost", "127.0.0.1", "::1"):
            raise RefusedError("'security: none' would send mail in the open; it is for a server on this machine alone")
        timeout, context = max(_SECONDS * self.wire.patience, 0.2), ssl.create_default_context()
        server: smtplib.SMTP | None = None
        try:
            if security == "tls":
                server = smtplib.SMTP_SSL(host, port, timeout=timeout, context=context)
            else:
                server = smtplib.SMTP(host, port, timeout=timeout)
            if security == "starttls":
                server.starttls(context=context)
            if "user" in self.secrets:
                server.login(self.secrets["user"], self.secrets.get("password", ""))
        except (OSError, smtplib.SMTPException) as error:
            if server is not None:
                server.close()
            if isinstance(error, smtplib.SMTPAuthenticationError):
                raise RefusedError("the mail server does not take the user and password") from error
            raise RefusedError(f"the mail server could not be reached ({self._said(error)})", later=True) from error
        return server

    def publish(self, message: Message, before: Sequence[Receipt], kept: Kept) -> Receipt:
        """Send one mail; once the server may have all of it, it is in doubt until the server has answered."""
        mail = self.mail(message)
        server = self._connected()
        handing_over = False
        try:
            server.ehlo_or_helo_if_needed()
            _require(*server.mail(self.setting("sender")))
            _require(*server.rcpt(message.recipient))
            handing_over = True
            _require(*server.data(mail.as_bytes(policy=policy.SMTP)))
        except smtplib.SMTPDataError as error:
            raise _refusal(error.smtp_code, error.smtp_error) from error
        except (OSError, smtplib.SMTPException) as error:
            why = f"the connection to the mail server was lost ({self._said(error)})"
            raise (UnsureError(why) if handing_over else RefusedError(why, later=True)) from error
        finally:
            server.close()
        return Receipt(str(mail["Message-ID"]))

    def mail(self, message: Message) -> EmailMessage:
        """The issue's mail, addressed to one recipient; its identifier comes from the issue and the recipient."""
        mail = BytesParser(policy=policy.default).parsebytes(message.mail)
        for name in ("To", "From", "Date", "Message-ID", "X-Unsent"):
            sender = mail["From"] if name == "From" else None
            del mail[name]
            if name == "From":
                mail["From"] = self._from(str(sender or ""))
        mail["To"] = message.recipient
        mail["Date"] = format_datetime(self.clock())
        host = self.setting("sender").rpartition("@")[2]
        mail["Message-ID"] = f"<{sha256(str(message.key).encode()).hexdigest()[:32]}@{host}>"
        return mail

    def _from(self, given: str) -> str:
        """The name that the issue's mail gives, with the address that may send."""
        name = given.partition("<")[0].strip().strip('"') if "<" in given else ""
        sender: str = self.setting("sender")
        return f'"{name}" <{sender}>' if name and '"' not in name else sender

    def _said(self, error: Exception) -> str:
        return self.wire.scrubbed(str(error)) or type(error).__name__


def _require(code: int, said: bytes) -> None:
    if code >= 400:
        raise _refusal(code, said)


def _refusal(code: int, said: bytes | str) -> RefusedError:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return RefusedError(f"the mail server answered {code}: {' '.join(text.split())[:200]}", later=code < 500)
