"""Whom a connection notifies of the results of its goals, and the mail server."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from runner.definitions.declaration import Declaration, OneOrMore
from runner.definitions.duration import Duration
from runner.definitions.host import Host

ADDRESS = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+")
SENDER = re.compile(rf"{ADDRESS.pattern}|[^<>\n\r]*<{ADDRESS.pattern}>")
WEBHOOK = re.compile(r"https?://[^\s/]\S*")


def _address(value: str) -> str:
    if not _is_template(value) and not ADDRESS.fullmatch(value):
        several = "; several are a list" if value.count("@") > 1 else ""
        raise ValueError(f"found '{value}'; expected a mail address{several}")
    return value


def _sender(value: str) -> str:
    if not _is_template(value) and not SENDER.fullmatch(value):
        raise ValueError(
            f"found '{value}'; expected a mail address, or a name and the address in <>"
        )
    return value


def _webhook(value: str) -> str:
    # It may be a secret, so the message does not show it.
    if not _is_template(value) and not WEBHOOK.fullmatch(value):
        raise ValueError("a webhook is an address that begins with https:// or http://")
    return value


def _is_template(value: str) -> bool:
    return "{{" in value


Address = Annotated[str, AfterValidator(_address)]
Webhook = Annotated[str, AfterValidator(_webhook)]


class Notify(Declaration):
    """Whom to notify, by mail and by webhook."""

    on_error: OneOrMore[Address] = ()
    on_success: OneOrMore[Address] = ()
    # Addresses that get a JSON POST of either; `slack` holds the text alone.
    webhooks: OneOrMore[Webhook] = ()
    webhook_form: Literal["json", "slack"] = "json"
    # In which one mail or post must be done, however the server behaves.
    timeout: Duration = 60.0


class Mail(Declaration):
    """The server that takes the mails of `notify`."""

    host: Host
    port: Annotated[int, Field(ge=1, le=65535)] = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    username: str = ""
    password: str = ""
    sender: Annotated[str, AfterValidator(_sender)]
