"""One mail by SMTP, with a text and an HTML part."""

import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from html import escape

from runner.errors import RunnerError

PATIENCE = 30.0
"""Seconds of silence after which a server counts as gone."""


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed in, secrets filled in."""

    host: str
    port: int
    # starttls, tls or none.
    security: str
    sender: str
    username: str = ""
    password: str = ""


def send_mail(server: MailServer, to: Sequence[str], subject: str, text: str) -> None:
    """Send a mail; raises RunnerError where it cannot be handed in, without a secret."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = server.sender, ", ".join(to), subject
    message.set_content(text)
    message.add_alternative(f"<html><body><pre>{escape(text)}</pre></body></html>", subtype="html")
    context = ssl.create_default_context()
    try:
        with (
            smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE, context=context)
            if server.security == "tls"
            else smtplib.SMTP(server.host, server.port, timeout=PATIENCE)
        ) as session:
            if server.security == "starttls":
                session.starttls(context=context)
            if server.username:
                session.login(server.username, server.password)
            session.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        raise RunnerError(
            f"no mail could be sent by {server.host}:{server.port}: {type(error).__name__}"
        ) from error
