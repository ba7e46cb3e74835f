"""No secret and no person's data in what a build says or leaves outside warehouse and staged files (3.2)."""

import base64
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

from tests.servers.mailbox import mailbox

KEY = (
    "-----BEGIN OPENSSH PRIVATE KEY-----\ncanarykeybodyinonelongline\ncanarykeyend\n"
    "-----END OPENSSH PRIVATE KEY-----\n"
)
SECRETS = {
    "SMTP_PASSWORD": "canary-smtp-password",
    "SHOP_PASSWORD": "canary-shop-password",
    "HOOK_PATH": "canary-hook-path",
    "SALT": "it's a canary-salt",
    "LIMIT": "27182818",
    "PEM_KEY": KEY,
    "PACKED_KEY": base64.b64encode(KEY.encode()).decode(),
    "TORN_KEY": base64.b64encode(b"canary" * 30).decode(),
    "SERVER": "sftp://me:canary-url-password@127.0.0.1/in",
}
HIDDEN = (
    *("canary-smtp-password", "canary-shop-password", "canary-hook-path", "canary-salt"),
    *("27182818", "canarykey", "canary-url-password", "y2fuyxj5", "canary_salt"),
    SECRETS["PACKED_KEY"][40:60].lower(),
)
"""What must be nowhere, in lower case."""
PEOPLE = ("canaryperson", "canaryname", "canaryage", "0612345678", "canarygift", "canaryhome")
ERRORS = {
    "overflow": "sum(cast(phone as bigint) * 1000000000000000) * 1000000000000000000",
    "pattern": "regexp_replace(name, '(' || name, 'x')",
    "zone": "timezone(name, timestamp '2024-01-01')",
    "shift": "1 << cast(phone as bigint)",
    "raised": "error('Found ' || name || ' and ' || email)",
    "specifier": "date_part(name, timestamp '2024-01-01')",
    "document": "json_extract('{' || name, '$.a')",
    "decoded": "from_base64(name)",
    "code": "chr(-cast(phone as integer))",
    "kinds": "cast(name as struct(a integer))",
    "salted": "cast('{{ env_var('SALT') | replace(\"'\", \"''\") }}' as integer)",
    "limited": "cast('{{ env_var('LIMIT') }}x' as integer)",
    "misread": "{{ env_var('SALT') | replace(\"'\", '') | replace(' ', '_') | replace('-', '_') }}",
}
"""Models that fail, by name: an expression over profiles that the engine refuses."""
LOOKING = (
    "compile",
    "docs",
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
    "preview keyed_0.people",
    "count",
    "test",
)
# What holds data by its purpose.
DATA = ("warehouse.duckdb", "staging", "rejects", "kept", "builds", "exports", "sent", "sheet")


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
    for name, expression in ERRORS.items():
        shop.write(
            f"models/marts/{name}.sql", f"select {expression} as x from {{{{ ref('profiles') }}}}"
        )
    shop.write(
        "models/segments/guarded.sql",
        "select profile_id from {{ ref('profiles') }} where name != '{{ env_var('SALT') | upper"
        " | replace(\"'\", \"''\") }}' and length(name) < {{ env_var('LIMIT') }}",
    )
    export = """\
        - name: sheet
          kind: export_profiles
          segment: guarded
          directory: in
          file_name: "sheet_{part}.csv"
          max_rows_per_file: 1
          on_upstream_error: send
          trigger: "{name}.ok"
          columns:
            - {header: MAIL, property: email}
            - {header: HASH, expression: "md5(name || '{{ env_var('LIMIT') }}')"}
        """
    shop.goals(export, connection="sheets", access="type: local\npath: drop\n")
    for number, (variable, host) in enumerate(
        [
            *(("PEM_KEY", "127.0.0.1"), ("PACKED_KEY", "127.0.0.1"), ("TORN_KEY", "127.0.0.1")),
            ("SHOP_PASSWORD", "{{ env_var('SERVER') }}"),
        ]
    ):
        shop.write(
            f"connections/keyed_{number}.yml",
            f"""\
            connection: keyed_{number}
            host: "{host}"
            port: 1
            username: someone
            retries: 0
            authentication: {{private_key: "{{{{ env_var('{variable}') }}}}"}}
            host_key: "SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8"
            goals:
              - {{name: people, kind: import_profiles, files: {{people: p.csv}}, identify: {{by: [{{email: email}}]}}}}
            """,
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
          process:
            - set: {salted: "people.name || '{{ env_var('LIMIT') }}'"}
            - set: {years: "cast(people.name as integer)"}
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
    results = shop.results()
    assert [name for name in ERRORS if results[name]["status"] != "error"] == []
    assert (
        "env_var('LIMIT')"
        in (shop.folder / "target/compiled/models/segments/guarded.sql").read_text()
    )
    sent = list((shop.folder / "drop/in").iterdir())
    assert len(sent) > 1
    assert box.mails
    found = dict(enumerate([*said, *posted, *(mail.as_string() for mail in box.mails)]))
    files = [path for path in (shop.folder / "target").rglob("*") if path.is_file()]
    for path in [*files, *sent, shop.folder / "all.jsonl"]:
        found[f"the name of {path.name}"] = path.name
        if not any(part.startswith(DATA) for part in path.relative_to(shop.folder).parts):
            found[str(path.relative_to(shop.folder))] = path.read_bytes().decode("utf-8", "replace")
    for path in (
        "all.jsonl",
        "target/run_results.json",
        "target/manifest.json",
        "target/docs/data/lineage.js",
        "target/history.db",
    ):
        assert path in found
    leaks = {
        (where, canary)
        for where, text in found.items()
        for canary in (*HIDDEN, *PEOPLE)
        if canary in text.lower()
    }
    sys.stdout.write(f"{len(HIDDEN) + len(PEOPLE)} canaries in {len(found)} places: {len(leaks)}\n")
    assert not leaks
