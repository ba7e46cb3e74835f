"""`runner forget` in staged files of every kind: whose lines go, and whose stay (C2, R7)."""

import io
import zipfile

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
CANARIES = ("canary@person.example", "Canaria", "Canarynote")


@pytest.fixture
def shop(shop: Workshop) -> Workshop:
    shop.properties(PROPERTIES)
    shop.goals(GOAL)
    return shop


def left_of(shop: Workshop) -> dict[str, set[str]]:
    return canaries_in(shop.folder / "target", CANARIES)


def check_forgotten(shop: Workshop, goal: str = "shop.people") -> None:
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
    shop.build()
    assert shop.outcomes(goal) == {}


HEAD = "email,name,note,age\n"
HERS = 'canary@person.example,Canaria,"Canarynote\nwritten\non lines",51\n'


def test_record_of_several_lines(shop: Workshop) -> None:
    shop.drop("people.csv", f'{HEAD}a@x.nl,A,"one\ntwo",1\n{HERS}b@x.nl,B,,2\n')
    check_forgotten(shop)
    assert shop.rows("select blank_count from runner.files") == [(3,)]


def test_lines_and_values_that_were_set_aside(shop: Workshop) -> None:
    shop.drop(
        "people.csv",
        f"{HEAD}a@x.nl,A,,1\ncanary@person.example,Canaria,,Canarynote\n"
        "canary@person.example,Canaria,Canarynote,51,too,many\n"
        'a@x.nl,A,"x"y,3\na@x.nl,A,too,many,fields\n',
    )
    check_forgotten(shop)
    assert shop.rows("select line, reason from runner.rejects order by all") == [
        (5, "text_after_quote"),
        (6, "too_many_fields"),
    ]
    assert "many,fields" in (shop.folder / "target/rejects/shop.people/people.csv").read_text()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1252"])
def test_encodings(shop: Workshop, encoding: str) -> None:
    shop.goals(GOAL.rstrip() + f"\n  format: {{encoding: {encoding}}}\n")
    shop.drop(
        "people.csv",
        f"{HEAD}é@x.nl,É,,1\n{HERS}b@x.nl,Bé,,2\n".replace("\n", "\r\n").encode(encoding),
    )
    shop.build()
    receipt(shop, "email=canary@person.example")
    assert left_of(shop) == {}
    shop.build("--full-refresh")
    assert shop.profiles("name", "name") == [("Bé",), ("É",)]


def test_bad_bytes_of_other_lines_stay_as_they_are(shop: Workshop) -> None:
    shop.drop(
        "people.csv", HEAD.encode() + b"a@x.nl,\xff\xfe,,1\n" + HERS.encode() + b"b@x.nl,B,,2\n"
    )
    shop.build()
    receipt(shop, "email=canary@person.example")
    shop.build("--full-refresh")
    assert shop.profiles("name") == [("B",)]
    assert shop.rows("select line, reason from runner.rejects") == [(2, "bad_byte")]
    aside = (shop.folder / "target/rejects/shop.people/people.csv").read_bytes()
    assert aside == HEAD.encode() + b"a@x.nl,\xff\xfe,,1\n"


def test_file_without_header_whose_first_line_goes(shop: Workshop) -> None:
    shop.goals(GOAL.rstrip() + "\n  format: {header: [email, name, note, age]}\n")
    shop.drop("people.csv", "canary@person.example,Canaria,,51\na@x.nl,A,,1\n")
    check_forgotten(shop)


def test_file_of_one_column_and_file_of_one_person(shop: Workshop) -> None:
    shop.goals(GOAL.replace("map: {name: people.name, note: people.note, age: people.age}", ""))
    shop.drop("people_1.csv", "email\na@x.nl\ncanary@person.example\nb@x.nl\n")
    shop.drop("people_2.csv", "email\ncanary@person.example\n")
    check_forgotten(shop)


def test_members_of_archives(shop: Workshop) -> None:
    shop.goals(GOAL.replace("people: people*", 'people: {path: "*.zip", members: "p*.csv"}'))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("p1.csv", f"{HEAD}a@x.nl,A,,1\n{HERS}")
        archive.writestr("p2.csv", f"{HEAD}b@x.nl,B,,2\n")
        archive.writestr("other.txt", "who: Canary@Person.Example, somebody\n")
    shop.drop("all.zip", packed.getvalue())
    check_forgotten(shop)
    # A definition that changed reads the archive again.
    shop.properties(PROPERTIES.replace("age: integer", "age: text"))
    shop.build()
    assert shop.profiles("name", "name") == [("A",), ("B",)]
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


def test_chained_line_that_others_share_stays(shop: Workshop) -> None:
    shop.goals(
        """\
- name: people
  kind: import_profiles
  files:
    people: people.csv
    homes: {path: homes.csv, join: {home: people.home}}
  identify: {by: [{email: people.email}]}
  map: {name: people.name, note: homes.note}
"""
    )
    shop.drop(
        "people.csv",
        "email,name,home\ncanary@person.example,Canaria,1\na@x.nl,A,1\n"
        "canary@person.example,Canaria,2\n",
    )
    shop.drop("homes.csv", "home,note\n1,shared\n2,Canarynote\n3,empty\n")
    check_forgotten(shop)
    assert shop.profiles("name, note") == [("A", "shared")]


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


def test_values_that_a_python_step_makes(shop: Workshop) -> None:
    shop.write(
        "processors/codes.py",
        "def plain(rows):\n"
        "    return {'address': [code[::-1] for code in rows['people.code'].to_pylist()]}\n",
    )
    shop.goals(
        """\
- name: people
  kind: import_profiles
  files: {people: people.csv}
  process:
    - drop: people.name = 'Test'
    - {python: "processors.codes:plain", from: people.code, into: address}
  identify: {by: [{email: address}]}
  map: {name: people.name}
"""
    )
    code = "canary@person.example"[::-1]
    shop.drop("people.csv", f"code,name\n{code},Canaria\n{code},Test\nln.x@a,A\n")
    shop.build()
    receipt(shop, "email=canary@person.example")
    assert canaries_in(shop.folder / "target", (code, "Canaria")) == {}
    shop.build("--full-refresh")
    assert shop.profiles("email, name") == [("a@x.nl", "A")]


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
    receipt(shop, "email=canary@person.example")
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
