"""Builds tell by mail and by webhook what became of a connection, and of no person (B1)."""

import json
import socket
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Event, Thread

import pytest

from tests.servers.mailbox import PASSWORD, USER, mailbox, make_certificate

pytestmark = pytest.mark.any_engine

CANARY = "canary.person"


@pytest.fixture
def hook():
    """An HTTP server that keeps the objects posted to it."""
    got = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            return

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        got_at = f"http://127.0.0.1:{server.server_port}/hook", got
        yield got_at
        server.shutdown()
        thread.join()


@contextmanager
def dripping(start):
    """A server that answers `start`, and then a byte now and then until this block ends."""
    over = Event()

    def drip():
        with suppress(OSError):
            client, _ = server.accept()
            with client:
                client.sendall(start)
                while not over.wait(0.05):
                    client.sendall(b"1")

    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(60)
        thread = Thread(target=drip)
        thread.start()
        yield server.getsockname()[1]
        over.set()
        thread.join()


def declare(shop, notify, port=1, security="none", login=""):
    shop.write(
        "runner_project.yml",
        f"""\
        name: shop
        targets:
          local: {{warehouse: target/warehouse.duckdb, threads: 1}}
        mail: {{host: 127.0.0.1, port: {port}, security: {security}, sender: runner@acme.example{login}}}
        """,
    )
    shop.properties("email: {identifier: true, pii: true}\nage: integer")
    shop.goals(
        """\
        - name: people
          kind: import_profiles
          max_rejects: 0
          files: {people: people.csv}
          identify: {by: [{email: email}]}
          map: {age: age}
        """,
        access=f"type: local\npath: drop\nnotify: {notify}\n",
    )


def good(shop):
    shop.drop("people.csv", f"email,age\n{CANARY}@x.example,30\n")


def bad(shop):
    shop.drop("people.csv", f"email,age\n{CANARY}@x.example,{CANARY}\n")


def test_success_and_error_go_to_those_who_asked(shop, hook):
    """By mail and by webhook, in JSON and in the form of Slack."""
    url, got = hook
    with mailbox() as box:
        mails = "on_error: [\"{{ env_var('WHO') }}\"], on_success: [s@acme.example]"
        declare(shop, f"{{{mails}, webhooks: '{url}'}}", box.port)
        shop.env = {"WHO": "e@acme.example"}
        good(shop)
        shop.build()
        bad(shop)
        assert shop.run("build").code == 1
    assert [mail["To"] for mail in box.mails] == ["s@acme.example", "e@acme.example"]
    success, error = box.mails
    text = success.get_body(("plain",)).get_content()
    assert "shop.people: 1 created" in text
    assert error["Subject"] == "runner: error in shop"
    for part in ("plain", "html"):
        assert "connections/shop.yml:" in error.get_body((part,)).get_content()
    assert not any(CANARY in mail.as_string() for mail in box.mails)
    declare(shop, f"{{webhooks: '{url}', webhook_form: slack}}")
    good(shop)
    shop.build()
    assert [told.get("event") for told in got] == ["success", "error", None]
    assert got[0]["goals"]["shop.people"] == {"status": "success", "rows": 1}
    assert list(got[2]) == ["text"]
    assert CANARY not in json.dumps(got)


@pytest.mark.filterwarnings("ignore:Requiring AUTH")  # the server does not see that TLS is there
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_mail_goes_encrypted_and_with_a_login(shop, security, tmp_path):
    certificate = make_certificate(tmp_path / "server.pem")
    login = f", username: {USER}, password: \"{{{{ env_var('SMTP_PASSWORD') }}}}\""
    shop.env = {"SSL_CERT_FILE": str(certificate), "SMTP_PASSWORD": PASSWORD}
    with mailbox(security, certificate) as box:
        declare(shop, "{on_success: s@acme.example}", box.port, security, login)
        good(shop)
        ended = shop.run("build")
        assert ended.code == 0
        shop.env["SMTP_PASSWORD"] = "wrong-" + PASSWORD
        refused = shop.run("build")
    assert len(box.mails) == 1, ended.told
    assert refused.code == 0
    assert "SMTPAuthenticationError" in refused.told
    assert PASSWORD not in ended.told + refused.told


def test_server_that_nobody_vouches_for_gets_no_mail_and_no_password(shop, tmp_path):
    certificate = make_certificate(tmp_path / "server.pem")
    with mailbox("starttls", certificate) as box:
        login = f", username: {USER}, password: {PASSWORD}"
        declare(shop, "{on_success: s@acme.example}", box.port, "starttls", login)
        good(shop)
        ended = shop.run("build")
    assert ended.code == 0
    assert "no mail could be sent" in ended.told
    assert (box.mails, box.logins) == ([], 0)


def test_mail_without_a_server_is_a_mistake_where_it_is_asked_for(shop):
    declare(shop, "{on_error: e@acme.example}")
    project = (shop.folder / "runner_project.yml").read_text("utf-8")
    shop.write("runner_project.yml", project[: project.index("mail:")])
    ended = shop.run("ls")
    assert ended.code == 2
    assert "connections/shop.yml:4:10: `on_error` sends mail, and `mail` is missing" in ended.told


def test_build_that_breaks_down_is_told(shop):
    with mailbox() as box:
        declare(shop, "{on_error: e@acme.example, on_success: e@acme.example}", box.port)
        good(shop)
        shop.write("target/warehouse.duckdb", "this is no database")
        ended = shop.run("build")
    assert ended.code == 1
    assert [mail["Subject"] for mail in box.mails] == ["runner: error in shop"], ended.told


def test_webhook_that_cannot_be_reached_is_a_warning(shop):
    declare(shop, "{webhooks: 'http://127.0.0.1:1/s3cret'}")
    good(shop)
    ended = shop.run("build")
    assert ended.code == 0
    assert "the webhook at 127.0.0.1 failed" in ended.told
    assert "s3cret" not in ended.told
    assert "WARN=1 " in ended.stdout
    # One that has a line of the project counts too, and the artifact holds both.
    connection = shop.folder / "connections/shop.yml"
    connection.write_text(
        "authentication: {password: x}\n" + connection.read_text("utf-8"), "utf-8"
    )
    assert "WARN=2 " in shop.run("build").stdout
    results = json.loads((shop.folder / "target/run_results.json").read_text(encoding="utf-8"))
    assert results["warning_count"] == len(results["warnings"]) == 2


def test_server_that_drips_is_given_up_at_the_deadline(shop):
    with dripping(b"2") as mail, dripping(b"HTTP/1.1 200 OK\r\nX-Slow: ") as hook:
        declare(
            shop,
            f"{{on_success: s@acme.example, webhooks: 'http://127.0.0.1:{hook}/', timeout: 1s}}",
            mail,
        )
        good(shop)
        ended = shop.run("build")
    assert ended.code == 0
    reason = "it was not done within 1 s (TimeoutError)"
    assert f"shop: no mail could be sent by 127.0.0.1:{mail}: {reason}" in ended.told
    assert f"shop: the webhook at 127.0.0.1 failed: {reason}" in ended.told
    assert shop.profiles("age") == [(30,)]


def declare_orders(shop, port):
    """A goal with several files of which one can be unreadable, and consent."""
    shop.write(
        "runner_project.yml",
        f"""\
        name: acme
        targets:
          local: {{warehouse: target/warehouse.duckdb, threads: 1}}
        mail: {{host: 127.0.0.1, port: {port}, security: none, sender: runner@acme.example}}
        """,
    )
    shop.properties("email: {identifier: true, pii: true}\nage: integer")
    shop.goals(
        """\
        - name: people
          kind: import_profiles
          files: {people: "people_*.csv"}
          ready: {trigger: "{name}.ok"}
          identify: {by: [{email: email}]}
          map: {age: age}
        """,
        access="type: local\npath: drop\n"
        "notify: {on_error: e@acme.example, on_success: [s@acme.example, e@acme.example]}\n",
    )


def arrive(shop, name, content):
    shop.drop(name, content)
    shop.drop(f"{name}.ok", "")


def test_one_notice_per_outage_says_what_the_exit_code_says(shop):
    """An outage is one notice and its end another, whatever builds come between (B6, F10)."""
    good, page = f"email,age\n{CANARY}@x.example,x\n", "<!DOCTYPE html>\n<html></html>\n"
    with mailbox() as box:
        declare_orders(shop, box.port)
        arrive(shop, "people_1.csv", good)
        arrive(shop, "people_2.csv", page)
        shop.drop("people_3.csv", good)
        codes = [shop.run("build").code, shop.run("build").code]
        assert shop.results()["shop.people"]["status"] == "error"
        arrive(shop, "people_4.csv", page)
        codes.append(shop.run("build").code)
        for number in (2, 4):
            (shop.folder / f"drop/people_{number}.csv").unlink()
        codes += [shop.run("build").code, shop.run("build").code]
    assert codes == [1, 1, 1, 0, 0]
    subjects = [mail["Subject"].split()[1] for mail in box.mails]
    assert subjects == ["error", "error", "recovered", "success"]
    assert [mail["To"] for mail in box.mails] == [
        "e@acme.example",
        "e@acme.example",
        "e@acme.example, s@acme.example",
        "s@acme.example, e@acme.example",
    ]
    first, second, *_ = [mail.get_body(("plain",)).get_content() for mail in box.mails]
    for part in (
        "Project acme, connection shop, target local",
        "incomplete shop.people: 1 created; 1 file is left: people_2.csv",
        "1 line or value set aside: `runner rejects --build ",
        "shop.people: people_3.csv waits for its trigger people_3.csv.ok; left for a later build",
        "people_2.csv has no column 'age', 'email'",
    ):
        assert part in first
    assert "success" not in first
    assert "people_4.csv" in second
    assert not any(CANARY in mail.as_string() for mail in box.mails)


PARTNER = """\
connection: partner
type: local
path: partner
notify: {on_error: p@acme.example}
goals:
  - name: cards
    kind: import_profiles
    files: {cards: cards.csv}
    identify: {by: [{email: email}]}
    map: {age: age}
"""


def test_wrong_file_of_one_partner_stops_no_other_and_its_people_are_told(shop):
    """Exit 2 in the end; what is wrong with the project as a whole is told to all."""
    properties = shop.folder / "models/properties.yml"
    with mailbox() as box:
        declare(shop, "{on_error: e@acme.example, on_success: s@acme.example}", box.port)
        good(shop)
        shop.write("partner/cards.csv", "email,age\nc@x.example,40\n")
        shop.write("connections/partner.yml", PARTNER)
        shop.build()
        shop.write("connections/partner.yml", PARTNER.replace("kind:", "kidn:"))
        shop.drop("people.csv", "email,age\nd@x.example,50\n")
        codes = [shop.run("build").code, shop.run("build", "--connection", "shop").code]
        results = shop.results()
        shop.write("connections/partner.yml", PARTNER.replace("goals:", "goals: ["))
        codes += [shop.run("build").code, shop.run("build", "--full-refresh").code]
        right = properties.read_text("utf-8")
        properties.write_text(right.replace("integer", "intger"), "utf-8")
        codes += [shop.run("build").code, shop.run("build").code]
        properties.write_text(right, "utf-8")
        shop.write("connections/partner.yml", PARTNER)
        codes.append(shop.run("build").code)
    assert codes == [2, 0, 2, 2, 2, 2, 0]
    assert shop.rows("select count(*) from profiles") == [(3,)]
    told = [(mail["To"], mail["Subject"].removeprefix("runner: ")) for mail in box.mails]
    assert told[:3] == [
        ("s@acme.example", "success in shop"),
        ("s@acme.example", "success in shop"),
        ("p@acme.example", "error in partner"),
    ]
    text = box.mails[2].get_body(("plain",)).get_content()
    assert "connections/partner.yml:6:5: partner: `kind` is missing here" in text
    assert told[3:] == [
        ("s@acme.example", "success in shop"),
        ("s@acme.example", "success in shop"),
        ("e@acme.example", "error in shop"),
        ("p@acme.example", "recovered in partner"),
        ("e@acme.example, s@acme.example", "recovered in shop"),
    ]
    assert results["shop.people"]["status"] == "success"
