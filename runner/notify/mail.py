"""One mail by SMTP, with a text and an HTML part."""

import smtplib
import ssl
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid, parseaddr
from html import escape
from typing import Any

from runner.errors import RunnerError
from runner.notify.deadline import within

PATIENCE = 30.0
"""Seconds of silence after which a server counts as gone."""


@dataclass(frozen=True)
class MailServer:
    """The server that takes the mail, secrets filled in."""

    host: str
    port: int
    # starttls, tls or none.
    security: str
    sender: str
    username: str = ""
    password: str = ""


class _Utf8(str):
    """A text that smtplib sends in UTF-8, where it would refuse all but ASCII (RFC 4616)."""

    __slots__ = ()

    def encode(self, *_: str) -> bytes:
        """Return its bytes, whatever encoding is asked for."""
        return super().encode()


class _Utf8Login(smtplib.SMTP):
    """Logs in with users and passwords in UTF-8."""

    def auth(
        self, mechanism: str, authobject: Any, *, initial_response_ok: bool = True
    ) -> tuple[int, bytes]:
        """Answer what the server asks for; see `smtplib.SMTP.auth`."""

        def answered(*challenge: bytes) -> str | None:
            text = authobject(*challenge)
            return None if text is None else _Utf8(text)

        answer: Any = answered
        return super().auth(mechanism, answer, initial_response_ok=initial_response_ok)


class _SecureUtf8Login(_Utf8Login, smtplib.SMTP_SSL):
    """The same, over TLS."""


def send_mail(
    server: MailServer, to: Sequence[str], subject: str, text: str, timeout: float
) -> None:
    """Send a mail within `timeout` seconds.

    Raises RunnerError where it cannot be handed in, without a secret.
    """
    at = f"{server.host}:{server.port}"
    try:
        message = _message(server.sender, to, subject, text)
        refused = within(timeout, lambda: _hand_in(server, message))
    # UnicodeError, a ValueError, is what addresses, logins and names of hosts may end in.
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise RunnerError(f"no mail could be sent by {at}: {_reason(error)}") from error
    if refused:
        raise RunnerError(f"{at} refuses mail to {', '.join(sorted(refused))}; others got it")


def _hand_in(server: MailServer, message: EmailMessage) -> Collection[str]:
    """Hand a mail in; returns the addresses that the server refuses."""
    with _session(server) as session:
        if server.username:
            session.login(_Utf8(server.username), _Utf8(server.password))
        return session.send_message(message)


def _message(sender: str, to: Sequence[str], subject: str, text: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, ", ".join(to), subject
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Message-ID"] = make_msgid(domain=parseaddr(sender)[1].rpartition("@")[2])
    # Asks those who are away to send no answer (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    message.add_alternative(f"<html><body><pre>{escape(text)}</pre></body></html>", subtype="html")
    return message


@contextmanager
def _session(server: MailServer) -> Iterator[smtplib.SMTP]:
    context = ssl.create_default_context()
    with (
        _SecureUtf8Login(server.host, server.port, timeout=PATIENCE, context=context)
        if server.security == "tls"
        else _Utf8Login(server.host, server.port, timeout=PATIENCE)
    ) as session:
        if server.security == "starttls":
            session.starttls(context=context)
        yield session


def _reason(error: Exception) -> str:
    """Return why, without what the server answered: that may be anything."""
    name = type(error).__name__
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"user or password refused, {error.smtp_code} ({name})"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"it answered {error.smtp_code} ({name})"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"{error.verify_message} ({name})"
    # Words of smtplib: what the server does not offer.
    reason = str(error) if isinstance(error, smtplib.SMTPNotSupportedError) else ""
    reason = reason or (isinstance(error, OSError) and error.strerror) or ""
    return f"{reason} ({name})" if reason else name
