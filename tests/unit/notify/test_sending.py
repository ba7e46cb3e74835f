"""Mail and webhooks against servers that run, and what they say (B1)."""

import gc
import json
import re
import socket
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from aiosmtpd.controller import Controller
from pydantic import ValidationError

from runner.definitions.notify import Notify
from runner.errors import RunnerError
from runner.notify.mail import MailServer, send_mail
from runner.notify.webhook import post
from tests.servers.mailbox import mailbox


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


class Box:
    def __init__(self):
        self.mails = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.mails.append(envelope)
        return "250 OK"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_mail_arrives_with_a_text_and_an_html_part():
    box = Box()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        port = controller.port
        server = MailServer("127.0.0.1", port, "none", "runner@acme.example")
        send_mail(server, ["data@acme.example"], "runner: error in shop", "1 < 2\n", 60)
    finally:
        controller.stop()
        controller.loop.close()
    (mail,) = box.mails
    assert mail.rcpt_tos == ["data@acme.example"]
    told = message_from_bytes(mail.content, policy=default)
    assert told["Message-ID"].endswith("@acme.example>")
    assert (datetime.now(UTC) - told["Date"].datetime).total_seconds() < 60
    assert told["Auto-Submitted"] == "auto-generated"
    assert b"text/plain" in mail.content
    assert b"1 &lt; 2" in mail.content
    del controller
    gc.collect()  # the test server leaves the socket of its own trial open


def test_mail_that_cannot_be_sent_tells_no_secret():
    server = MailServer("127.0.0.1", 1, "none", "a@b.example", "user", "s3cret")
    with pytest.raises(RunnerError) as raised:
        send_mail(server, ["c@d.example"], "subject", "text", 60)
    assert "s3cret" not in str(raised.value)


@pytest.mark.parametrize(
    ("to", "password", "reason"),
    [
        (["c@d.example\nBcc: e@f.example"], "", "ValueError"),
        (["c@d.example"], "pässword", "user or password refused, 535"),
        (["c@d.example", "gone@d.example"], "", "refuses mail to gone@d.example; others got it"),
        (["gone@d.example"], "", "SMTPRecipientsRefused"),
    ],
)
@pytest.mark.filterwarnings("ignore:Requiring AUTH")
def test_mail_that_a_server_or_smtplib_does_not_take_says_why(to, password, reason):
    with mailbox(login=bool(password)) as box:
        user = "user" if password else ""
        server = MailServer("127.0.0.1", box.port, "none", "a@b.example", user, password)
        with pytest.raises(RunnerError, match=reason):
            send_mail(server, to, "subject", "text", 60)
    assert [mail["To"] for mail in box.mails] == ([", ".join(to)] if "others" in reason else [])


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (b"this is no HTTP\r\n\r\n", "BadStatusLine"),
        (b"HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n", "302"),
    ],
)
def test_webhook_that_answers_something_else_was_not_told(answer, reason):
    with socket.create_server(("127.0.0.1", 0)) as server:

        def reply():
            client, _ = server.accept()
            with client:
                client.recv(65536)
                client.sendall(answer)

        thread = Thread(target=reply)
        thread.start()
        with pytest.raises(RunnerError, match=f"^the webhook at 127.0.0.1 failed: {reason}$"):
            post(f"http://127.0.0.1:{server.getsockname()[1]}/s3cret", {}, 60)
        thread.join()


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://127.0.0.1/a b", "InvalidURL"),
        ("http://127.0.0.1:s3cret/", "InvalidURL"),
        ("http://[s3cret/", "ValueError"),
        ("http:///s3cret", "no host given"),
    ],
)
def test_webhook_that_is_no_address_tells_no_secret(url, reason):
    with pytest.raises(RunnerError, match=f"failed: {reason}$") as raised:
        post(url, {}, 60)
    assert "s3cret" not in str(raised.value)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ({"on_error": "data.acme.example"}, "found 'data.acme.example'; expected a mail address$"),
        ({"on_error": "a@b.c, d@e.f"}, "several are a list"),
        ({"webhooks": ["hooks.example/s3cret"]}, "begins with https://"),
    ],
)
def test_addresses_are_checked_where_they_are_written(written, message):
    with pytest.raises(ValidationError) as raised:
        Notify(**written)
    (error,) = raised.value.errors()
    assert re.search(message, str(error["ctx"]["error"]))
    assert "s3cret" not in str(error["ctx"]["error"])


def test_webhook_gets_the_object_and_a_refusal_tells_the_host_alone():
    got = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200 if self.path == "/ok" else 500)
            self.end_headers()

        def log_message(self, *_):
            return

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}"
        post(f"{url}/ok", {"text": "done"}, 60)
        with pytest.raises(RunnerError) as raised:
            post(f"{url}/s3cret", {"text": "done"}, 60)
        server.shutdown()
    assert got == [{"text": "done"}] * 2
    assert str(raised.value) == "the webhook at 127.0.0.1 failed: 500"
