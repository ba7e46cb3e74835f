"""`runner forget` in staged files of every kind: whose lines go, and whose stay (C2, R7)."""

import io
import zipfile
from collections import ChainMap, Counter

import pytest

from tests.functional.erasure import canaries_in, receipt
from tests.functional.workshop import Workshop

pytestmark = pytest.mark.any_engine

PROPERTIES = """\
email: {identifier: true, pii: true}
card: {identifier: true}
name: {pii: true}
note: {pii: true}
age: integer
"""
GOAL = """\
- name: people
  kind: import_profiles
  files: {people: people*}
  identify: {by: [{email: people.email}]}
  map: {name: people.name, note: people.note, age: people.age}
"""
CODE = "canary@person.example"[::-1]
CANARIES = ("canary@person.example", "Canaria", "Canarynote", CODE)


@pytest.fixture
def shop(shop: Workshop) -> Workshop:
    shop.properties(PROPERTIES)
    shop.goals(GOAL)
    return shop


def left_of(shop: Workshop) -> dict[str, set[str]]:
    folders = [shop.folder, *([shop.twin.folder] if shop.twin else [])]
    found = [canaries_in(folder / "target", CANARIES) for folder in folders]
    return dict(ChainMap(*found))


def check_forgotten(shop: Workshop) -> None:
    """Build, forget, and replay: the others stay as they are, and the books balance (P6, R7)."""
    shop.build()
    assert left_of(shop)
    others = shop.rows("select * from profiles where email != 'canary@person.example' order by all")
    (lines,) = shop.rows("select sum(line_count) from runner.files")
    receipt(shop, "email=canary@person.example")
    assert left_of(shop) == {}
    assert shop.profiles() == others
    assert "Nothing new" in shop.run("build").stdout
    origins = "select rows.origin % 4294967296 from runner.rows order by all"
    before = shop.rows(origins)
    shop.build("--full-refresh")
    assert shop.profiles() == others
    assert shop.rows(origins) == before
    assert shop.rows("select sum(line_count) from runner.files") == [lines]
    assert left_of(shop) == {}


HEAD = "email,name,note,age\n"
HERS = 'canary@person.example,Canaria,"Canarynote\nwritten\non lines",51\n'


KINDS = """\
- name: lines
  kind: import_profiles
  files: {rows: lines.csv}
  identify: {by: [{email: rows.email}]}
  map: {name: rows.name, note: rows.note, age: rows.age}
- name: aside
  kind: import_profiles
  files: {rows: aside.csv}
  identify: {by: [{email: rows.email}]}
  map: {name: rows.name, note: rows.note, age: rows.age}
- name: headless
  kind: import_profiles
  format: {header: [email, name, note, age]}
  files: {rows: headless.csv}
  identify: {by: [{email: rows.email}]}
  map: {name: rows.name, note: rows.note, age: rows.age}
- name: column
  kind: import_profiles
  files: {rows: "column_*.csv"}
  identify: {by: [{email: rows.email}]}
- name: members
  kind: import_profiles
  files: {rows: {path: "*.zip", members: "p*.csv"}}
  identify: {by: [{email: rows.email}]}
  map: {name: rows.name, note: rows.note, age: rows.age}
- name: homes
  kind: import_profiles
  files:
    rows: dwellers.csv
    homes: {path: homes.csv, join: {home: rows.home}}
  identify: {by: [{email: rows.email}]}
  map: {name: rows.name, note: homes.note}
- name: codes
  kind: import_profiles
  files: {rows: codes.csv}
  process:
    - drop: rows.name = 'Test'
    - {python: "processors.codes:plain", from: rows.code, into: address}
  identify: {by: [{email: address}]}
  map: {name: rows.name}
- name: bytes
  kind: import_profiles
  files: {rows: bytes.csv}
  identify: {by: [{email: rows.email}]}
  map: {name: rows.name, note: rows.note, age: rows.age}
"""
ENCODED = """\
- name: encoded_{number}
  kind: import_profiles
  format: {{encoding: {name}}}
  files: {{rows: {name}.csv}}
  identify: {{by: [{{email: rows.email}}]}}
  map: {{name: rows.name, note: rows.note, age: rows.age}}
"""
PLAIN = """\
def plain(rows):
    return {'address': [code[::-1] for code in rows['rows.code'].to_pylist()]}
"""
ENCODINGS = ("utf-8-sig", "utf-16", "windows-1252")


def test_lines_of_the_person_go_from_files_of_every_kind(shop: Workshop) -> None:
    shop.goals(
        KINDS
        + "".join(ENCODED.format(number=number, name=name) for number, name in enumerate(ENCODINGS))
    )
    # A record of several lines.
    shop.drop("lines.csv", f'{HEAD}a1@x.nl,A,"one\ntwo",1\n{HERS}b1@x.nl,B,,2\n')
    # Lines and values that were set aside.
    shop.drop(
        "aside.csv",
        f"{HEAD}a2@x.nl,A,,1\ncanary@person.example,Canaria,,Canarynote\n"
        "canary@person.example,Canaria,Canarynote,51,too,many\n"
        'a2@x.nl,A,"x"y,3\na2@x.nl,A,too,many,fields\n',
    )
    # The first line of a file without a header; one column; the person alone.
    shop.drop("headless.csv", "canary@person.example,Canaria,,51\na3@x.nl,A,,1\n")
    shop.drop("column_1.csv", "email\na4@x.nl\ncanary@person.example\nb4@x.nl\n")
    shop.drop("column_2.csv", "email\ncanary@person.example\n")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("p1.csv", f"{HEAD}a5@x.nl,A,,1\n{HERS}")
        archive.writestr("p2.csv", f"{HEAD}b5@x.nl,B,,2\n")
        archive.writestr("other.txt", "who: Canary@Person.Example, somebody\n")
    shop.drop("all.zip", packed.getvalue())
    # A chained line that another shares, one of the person alone, and one of nobody.
    hers = "canary@person.example,Canaria"
    shop.drop("dwellers.csv", f"email,name,home\n{hers},1\na10@x.nl,A,1\n{hers},2\n")
    shop.drop("homes.csv", "home,note\n1,shared\n2,Canarynote\n3,empty\n")
    # An address that a Python step makes, also of a line that a condition leaves out.
    shop.write("processors/codes.py", PLAIN)
    shop.drop("codes.csv", f"code,name\n{CODE},Canaria\n{CODE},Test\nln.x@11a,A\n")
    # Bad bytes of the lines of others.
    bad = b"a6@x.nl,\xff\xfe,,1\n"
    shop.drop("bytes.csv", HEAD.encode() + bad + HERS.encode() + b"b6@x.nl,B,,2\n")
    for number, name in enumerate(ENCODINGS, 7):
        text = f"{HEAD}é{number}@x.nl,É,,1\n{HERS}b{number}@x.nl,Bé,,2\n"
        shop.drop(f"{name}.csv", text.replace("\n", "\r\n").encode(name))
    check_forgotten(shop)
    results = shop.build()
    assert not any(sum(node["outcomes"].values()) for node in results.values())
    names = Counter(name for (name,) in shop.profiles("name"))
    assert names == {"A": 6, "B": 3, "Bé": 3, "É": 3, None: 2}
    assert shop.rows("select note from profiles where email = 'a10@x.nl'") == [("shared",)]
    blanks = "select blank_count from runner.files where path = 'lines.csv'"
    assert shop.rows(blanks) == [(3,)]
    assert shop.rows("select file, line, reason from runner.rejects order by all") == [
        ("aside.csv", 5, "text_after_quote"),
        ("aside.csv", 6, "too_many_fields"),
        ("bytes.csv", 2, "bad_byte"),
    ]
    rejects = shop.folder / "target/rejects"
    assert "many,fields" in (rejects / "shop.aside/aside.csv").read_text()
    assert (rejects / "shop.bytes/bytes.csv").read_bytes() == HEAD.encode() + bad
    # A definition that changed reads the archive again.
    shop.properties(PROPERTIES.replace("age: integer", "age: text"))
    shop.build()
    assert len(shop.profiles("name")) == 17
    assert left_of(shop) == {}


def test_line_of_nobody_that_mentions_the_person_goes_and_that_of_another_stays(
    shop: Workshop,
) -> None:
    shop.goals(
        GOAL
        + """\
- name: cards
  kind: import_profiles
  files: {cards: cards.csv}
  identify: {by: [{card: cards.card}], create_profiles: false}
  map: {age: cards.age}
- name: family
  kind: import_profiles
  files: {family: family.csv}
  identify: {by: [{email: family.email}]}
  map: {note: family.note}
"""
    )
    shop.drop("people.csv", f"{HEAD}{HERS}a@x.nl,A,,1\n")
    # Nobody's line: the goal does not know the address in it.
    shop.drop("cards.csv", "card,age,contact\n,7,canary@person.example\n,8,none\n")
    # Another's: without it a full refresh would lose what it gave.
    shop.drop("family.csv", "email,note,mother\na@x.nl,yes,canary@person.example\n")
    shop.build()
    done = receipt(shop, "email=canary@person.example")
    assert {file["origins"][0] for file in done["staged"]} == {
        "shop.people people.csv",
        "shop.cards cards.csv",
    }
    assert set(left_of(shop)) == {path for path in left_of(shop) if path.startswith("staging/")}
    shop.build("--full-refresh")
    assert shop.profiles("name, note") == [("A", "yes")]
    assert shop.outcomes("shop.cards") == {"unmatched": 1}


def test_lines_of_somebody_without_consent(shop: Workshop) -> None:
    shop.write(
        "runner_project.yml",
        "name: shop\ntargets:\n  local: {warehouse: target/warehouse.duckdb, threads: 1}\n"
        "objectives: [mail]\n",
    )
    shop.goals(
        """\
- name: people
  kind: import_profiles
  files: {people: people.csv}
  identify: {by: [{email: people.email}, {card: people.card}]}
  map: {name: people.name, consent.mail: people.optin}
""",
        access="type: local\npath: drop\nobjectives: [mail]\n",
    )
    shop.drop(
        "people.csv",
        "email,card,name,optin\ncanary@person.example,,Canaria,no\na@x.nl,1,A,yes\nb@x.nl,2,B,yes\n",
    )
    shop.build()
    assert shop.outcomes("shop.people") == {"created": 2, "no_consent": 1}
    receipt(shop, "email=canary@person.example")
    assert left_of(shop) == {}
    assert shop.profiles("email", "email") == [("a@x.nl",), ("b@x.nl",)]
    receipt(shop, "email=a@x.nl")
    assert canaries_in(shop.folder / "target", ("a@x.nl",)) == {}
    # The refusal of somebody who never got a profile is gone too.
    assert shop.rows("select count(*) from runner.consent") == [(1,)]
    assert shop.rows("select count(*) from runner.refusals") == [(0,)]


def test_row_that_leads_to_two_people_is_listed_no_more(shop: Workshop) -> None:
    shop.goals(
        """\
- name: people
  kind: import_profiles
  files: {people: people.csv}
  identify: {by: [{email: people.email}, {card: people.card}], on_conflict: reject}
  map: {name: people.name}
"""
    )
    shop.drop("people.csv", "email,card,name\na@x.nl,1,A\nb@x.nl,2,B\n")
    shop.build()
    shop.drop("people.csv", "email,card,name\na@x.nl,1,A\nb@x.nl,2,B\na@x.nl,2,C\n")
    shop.build()
    assert shop.outcomes("shop.people") == {"unchanged": 2, "ambiguous": 1}
    receipt(shop, "email=a@x.nl")
    assert canaries_in(shop.folder / "target", ("a@x.nl",)) == {}
    assert shop.rows("select count(*) from runner.conflicts") == [(0,)]
    shop.build("--full-refresh")
    assert shop.profiles("email, name") == [("b@x.nl", "B")]


def test_file_that_no_goal_reads_any_more_loses_lines_as_text(shop: Workshop) -> None:
    shop.drop("people.csv", f"{HEAD}canary@person.example,,,1\na@x.nl,A,,1\n")
    shop.build()
    shop.goals(
        GOAL.replace("files: {people: people*}", "files: {people: persons*}").replace(
            "name: people\n", "name: others\n"
        )
    )
    done = receipt(shop, "email=canary@person.example")
    assert [file["lines"] for file in done["staged"]] == [1]
    assert left_of(shop) == {}


def test_several_people_of_a_file(shop: Workshop) -> None:
    lines = "".join(f"p{number}@x.nl,P{number},,1\n" for number in range(300))
    shop.drop("people.csv", HEAD + lines)
    shop.build()
    gone = "".join(f"p{number}@x.nl\n" for number in range(0, 300, 3))
    shop.write("gone.csv", f"email\n{gone}")
    done = receipt(shop, "--file", str(shop.folder / "gone.csv"))
    assert len(done["people"]) == 100
    assert done["tables"]["main.profiles"] == 100
    assert done["staged"][0]["lines"] == 100
    before = shop.profiles()
    assert len(before) == 200
    shop.build("--full-refresh")
    assert shop.profiles() == before


def test_staged_files_that_were_compressed(shop: Workshop) -> None:
    project = shop.folder / "runner_project.yml"
    project.write_text(project.read_text("utf-8") + "compact_after: 0s\n", "utf-8")
    shop.drop("people_1.csv", f"{HEAD}a@x.nl,A,one,1\n{HERS}b@x.nl,B,,2\n")
    shop.drop("people_2.csv", f"{HEAD}c@x.nl,C,,3\n")
    shop.build()
    packed = {path.name for path in (shop.folder / "target/staging").glob("??/*.packed")}
    assert len(packed) == 2
    check_forgotten(shop)
    shop.build()
    assert left_of(shop) == {}


@pytest.mark.both_engines
def test_lists_of_who_was_sent(shop: Workshop) -> None:
    shop.write("models/segments/everyone.sql", "select profile_id from {{ ref('profiles') }}\n")
    shop.goals(
        f"{GOAL}- name: out\n  kind: export_profiles\n  segment: everyone\n  max_change: 90%\n"
        "  file_name: out.csv\n  columns: [{header: AGE, property: age}]\n"
    )
    shop.drop("people.csv", f"{HEAD}a@x.nl,A,one,1\n{HERS}b@x.nl,B,,2\n")
    shop.build()
    ids = "select profile_id from read_parquet('{}') order by all"
    kept = sorted((shop.folder / "target/sent").rglob("*.parquet"))
    assert [len(shop.rows(ids.format(path))) for path in kept] == [3, 3]
    assert left_of(shop)
    receipt(shop, "email=canary@person.example")
    assert left_of(shop) == {}
    others = shop.profiles("profile_id", "profile_id")
    assert [shop.rows(ids.format(path)) for path in kept] == [others, others]


def test_files_of_a_local_connection_are_the_partners(shop: Workshop) -> None:
    shop.goals(GOAL, access="type: local\npath: target/drop\n")
    theirs = shop.folder / "target/drop/people.csv"
    theirs.parent.mkdir(parents=True)
    theirs.write_text(f"{HEAD}a@x.nl,A,one,1\n{HERS}b@x.nl,B,,2\n", "utf-8")
    shop.build()
    before = theirs.read_bytes()
    done = receipt(shop, "email= canary@person.example\r")
    assert done["remote"] == ["shop.people people.csv"]
    assert theirs.read_bytes() == before


def test_lines_that_only_the_ledger_knows_go_when_their_goal_is_gone(shop: Workshop) -> None:
    made = GOAL.replace("people.email", "email").replace(
        "  identify", '  process: [{set: {email: "reverse(people.code)"}}]\n  identify'
    )
    shop.goals(made)
    shop.drop("people.csv", f"code,name,note,age\n{CODE},Canaria,Canarynote,1\nln.x@na,An,,2\n")
    shop.build()
    shop.goals(GOAL.replace("name: people", "name: later", 1).replace("people*", "later*"))
    done = receipt(shop, "email=canary@person.example")
    assert [file["lines"] for file in done["staged"]] == [1]
    (warning,) = done["warnings"]
    assert warning.startswith("shop.people: the project has no such goal any more")
    assert left_of(shop) == {}
