"""No secret and no person's data in what a build says or leaves outside warehouse and staged files (3.2)."""

import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

from tests.servers.mailbox import mailbox

SECRETS = {
    "SMTP_PASSWORD": "canary-smtp-password",
    "SHOP_PASSWORD": "canary-shop-password",
    "HOOK_PATH": "canary-hook-path",
}
PEOPLE = ("canaryperson", "canaryname", "canaryage", "0612345678", "canarygift", "canaryhome")
LOOKING = (
    "compile",
    "history",
    "debug",
    "ls",
    "rejects",
    "rejects --output json --all",
    "profile permission_level=personal --explain",
    "profile permission_level=personal --json",
    "preview shop.people",
    "preview shop.homes",
    "scan",
    "scan --json",
    "count",
    "test",
)
# What holds data by its purpose.
DATA = ("warehouse.duckdb", "staging", "rejects", "kept", "builds", "exports")


def declare(shop, port, hook):
    shop.write(
        "runner_project.yml",
        f"""\
        name: shop
        targets:
          local: {{warehouse: target/warehouse.duckdb, threads: 1}}
        mail: {{host: 127.0.0.1, port: {port}, security: none, sender: runner@acme.example}}
        """,
    )
    shop.properties(
        "email: {identifier: true, pii: true}\nname: {pii: true}\nphone: {pii: true}\nage: {type: integer, pii: true}"
    )
    notify = "{on_error: e@acme.example, on_success: s@acme.example, webhooks: '%s'}"
    told = notify % f'{hook}/{{{{ env_var("HOOK_PATH") }}}}'
    goal = """\
        - name: people
          kind: import_profiles
          max_rejects: MAX
          files: {people: "people_*.csv"}
          identify: {by: [{email: email}]}
          map: {name: name, phone: phone, age: age, permission_level: {value: personal}}
          events:
            - {type: order, id: phone, at: "timestamp '2024-01-01'", properties: {gift: name, weight: gift}}
        - name: homes
          kind: import_groups
          group_type: home
          files: {homes: "homes.csv"}
          identify: {by: [{id: id}]}
          map: {street: street, number: street}
        """
    shop.write(
        "models/events/order.yml",
        "properties: {gift: {pii: true}, weight: {type: integer, pii: true}}\n",
    )
    shop.write(
        "models/groups/home.yml",
        "properties: {id: {identifier: true}, street: {pii: true}, number: integer}\n",
    )
    shop.write(
        "models/marts/ages.sql", "select cast(name as integer) as age from {{ ref('profiles') }}"
    )
    shop.write(
        "tests/nobody.sql", "{{ config(severity='warn') }} select * from {{ ref('profiles') }}"
    )
    shop.goals(goal.replace("MAX", "10"), access=f"type: local\npath: drop\nnotify: {told}\n")
    shop.goals(
        goal.replace("MAX", "0").replace("people_*", "strict_*"),
        connection="strict",
        access=f"type: local\npath: drop\nnotify: {told}\n",
    )
    cast = """\
        - name: people
          kind: import_profiles
          files: {people: "people_*.csv"}
          process: [{set: {years: "cast(people.name as integer)"}}]
          identify: {by: [{email: email}]}
          map: {age: years}
        """
    headless = """\
        - name: people
          kind: import_profiles
          files: {people: "headless.csv"}
          identify: {by: [{email: people.email}]}
          map: {name: person}
        """
    shop.goals(headless, connection="headless")
    shop.goals(cast, connection="cast", access=f"type: local\npath: drop\nnotify: {told}\n")
    shop.write(
        "connections/away.yml",
        """\
        connection: away
        type: sftp
        host: 127.0.0.1
        port: 1
        username: someone
        retries: 0
        authentication: {password: "{{ env_var('SHOP_PASSWORD') }}"}
        host_key: "SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8"
        goals:
          - name: people
            kind: import_profiles
            files: {people: people.csv}
            identify: {by: [{email: email}]}
        """,
    )
    lines = "email,name,phone,age,gift\n"
    lines += "canaryperson@x.example,it's a canaryname,0612345678,canaryage,canarygift\n"
    lines += 'canaryperson2@x.example,"canaryname\n'
    shop.drop("homes.csv", "id,street\n1,canaryhome\n")
    shop.drop("people_1.csv", lines)
    shop.drop("headless.csv", "canaryperson@x.example,canaryname,0612345678\n")
    shop.drop("strict_1.csv", lines)


def test_no_canary_in_output_logs_artifacts_compiled_sql_history_and_mails(shop):
    posted = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            posted.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self.send_response(200 if len(posted) % 2 else 500)
            self.end_headers()

        def log_message(self, *_):
            return

    shop.env = SECRETS
    with HTTPServer(("127.0.0.1", 0), Handler) as server, mailbox() as box:
        Thread(target=server.serve_forever, daemon=True).start()
        declare(shop, box.port, f"http://127.0.0.1:{server.server_port}")
        said = [shop.run("build", "--log-file", "all.jsonl").told]
        said.append(shop.run("build", "--log-format", "json", "--full-refresh").told)
        said += [shop.run(*words.split()).told for words in LOOKING]
        shown = shop.run("rejects", "--show-pii", "-o", "csv").stdout
        server.shutdown()
    assert all(canary in shown for canary in PEOPLE if not canary.isdigit())
    assert posted
    assert box.mails
    found = dict(enumerate([*said, *posted, *(mail.as_string() for mail in box.mails)]))
    files = [path for path in (shop.folder / "target").rglob("*") if path.is_file()]
    for path in [*files, shop.folder / "all.jsonl"]:
        if not any(part.startswith(DATA) for part in path.relative_to(shop.folder).parts):
            found[str(path.relative_to(shop.folder))] = path.read_bytes().decode("utf-8", "replace")
    for path in (
        "all.jsonl",
        "target/run_results.json",
        "target/manifest.json",
        "target/history.db",
    ):
        assert path in found
    leaks = {
        (where, canary)
        for where, text in found.items()
        for canary in (*SECRETS.values(), *PEOPLE)
        if canary in text.lower()
    }
    sys.stdout.write(
        f"{len(SECRETS) + len(PEOPLE)} canaries in {len(found)} places: {len(leaks)}\n"
    )
    assert not leaks
