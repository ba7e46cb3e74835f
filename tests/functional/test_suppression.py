"""`runner suppress` and `unsuppress`: people whose rows are not applied (C2)."""

import json
import re
import stat
from pathlib import Path

import pytest

from tests.functional.erasure import canaries_in
from tests.functional.workshop import Workshop

pytestmark = pytest.mark.any_engine

PROPERTIES = """\
email: {identifier: true, pii: true}
card: {identifier: true}
name: {pii: true}
"""
GOAL = """\
- name: people
  kind: import_profiles
  files: {people: people_*.csv}
  identify: {by: [{email: people.email}, {card: people.card}]}
  map: {name: people.name}
"""


@pytest.fixture(scope="module")
def built_shop(shared_shop: Workshop) -> Workshop:
    shared_shop.properties(PROPERTIES)
    shared_shop.goals(GOAL)
    shared_shop.drop("people_1.csv", "email,card,name\njan@x.nl,1,Jan\nan@x.nl,2,An\n")
    shared_shop.build()
    return shared_shop


@pytest.fixture
def people(built_shop: Workshop, tmp_path: Path) -> Workshop:
    return built_shop.copied(tmp_path / "shop")


MORE = """\
- name: cards
  kind: import_profiles
  files: {cards: cards.csv}
  identify: {by: [{card: cards.card}]}
  map: {email: cards.email}
- name: orders
  kind: import_profiles
  files: {orders: orders.csv}
  identify: {by: [{email: orders.email}]}
  events:
    - type: order
      id: orders.id
      at: orders.at
      properties: {total_revenue: orders.amount}
"""


@pytest.fixture(scope="module")
def suppressed(
    built_shop: Workshop, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Workshop, str, str]:
    """Jan is suppressed before files of three goals come; what both commands said."""
    shop = built_shop.copied(tmp_path_factory.mktemp("suppressed") / "shop")
    said = shop.run("suppress", "email=JAN@x.nl")
    assert said.code == 0, said.told
    shop.goals(GOAL + MORE)
    shop.drop("people_1.csv", "email,card,name\njan@x.nl,1,Jan\nan@x.nl,2,An\nbo@x.nl,3,Bo\n")
    shop.drop(
        "people_2.csv",
        "email,card,name\nJan@X.nl,,Johan\n,1,Johannes\nnew@x.nl,1,Hans\nan@x.nl,2,Anna\n"
        "new@x.nl,,New\n",
    )
    shop.drop("cards.csv", "card,email\n77,jan@x.nl\n78,kim@x.nl\n")
    shop.drop(
        "orders.csv",
        "id,email,at,amount\n1,jan@x.nl,2024-01-01 10:00:00,5\n2,an@x.nl,2024-01-02 10:00:00,7\n",
    )
    built = shop.run("build")
    assert built.code == 0, built.told
    return shop, said.told, built.told


@pytest.mark.both_engines
def test_rows_with_any_identifier_of_a_suppressed_person_are_not_applied(
    suppressed: tuple[Workshop, str, str],
) -> None:
    """By the e-mail, by the card alone, by the card with an e-mail that nobody has: it links no one.

    Rows that were imported before stay unchanged.
    """
    shop, said, _ = suppressed
    assert "1 person will not be imported again, by 3 identifiers." in said
    assert shop.outcomes("shop.people") == {
        "suppressed": 3, "unchanged": 2, "updated": 1, "created": 2,
    }  # fmt: skip
    assert shop.profiles("email, card, name", "email") == [
        ("an@x.nl", "2", "Anna"),
        ("bo@x.nl", "3", "Bo"),
        ("jan@x.nl", "1", "Jan"),
        ("kim@x.nl", "78", None),
        ("new@x.nl", None, "New"),
    ]


def test_identifier_that_a_goal_gives_and_does_not_link_by_counts_too(
    suppressed: tuple[Workshop, str, str],
) -> None:
    shop, _, _ = suppressed
    assert shop.outcomes("shop.cards") == {"suppressed": 1, "created": 1}


def test_events_of_suppressed_persons_are_left_out_with_their_rows(
    suppressed: tuple[Workshop, str, str], tmp_path: Path
) -> None:
    built, _, told = suppressed
    assert "order left out" not in told
    assert built.outcomes("shop.orders") == {"suppressed": 1, "updated": 1}
    assert built.rows("select event_id from events_order") == [("2",)]
    shop = built.copied(tmp_path / "shop")
    before = shop.profiles(), shop.rows("from events_order")
    shop.build("--full-refresh")
    assert (shop.profiles(), shop.rows("from events_order")) == before


def test_receipt_list_and_messages_hold_no_value(suppressed: tuple[Workshop, str, str]) -> None:
    shop, said, _ = suppressed
    target = shop.folder / "target"
    path = target / re.findall(r"Receipt: target/(.+)", said)[0]
    receipt = json.loads(path.read_text())
    assert receipt["action"] == "suppress"
    assert {name for name, _ in receipt["people"][0]["identifiers"]} == {
        "email",
        "card",
        "profile_id",
    }
    for secret in (path, target / "suppressed.db"):
        assert stat.S_IMODE(secret.stat().st_mode) == 0o600
        assert b"jan" not in secret.read_bytes()
    assert "jan" not in said
    salt = re.search(rb"[0-9a-f]{64}", (target / "suppressed.db").read_bytes())
    assert salt is not None
    rows = shop.rows("select identifier, length(value_hash), reason from runner.suppressed")
    assert sorted(rows)[0] == ("card", 64, "suppress")
    for file in target.rglob("*"):
        if file.is_file() and file.name != "suppressed.db":
            assert salt[0] not in file.read_bytes(), file


SPELLINGS = (
    "jos\u00e9.x@y.nl",
    "jose\u0301.x@y.nl",
    "JOS\u00c9.X@y.nl",
    "jos\u00e9.\u200bx@y.nl",
    "\u00a0jos\u00e9.x@y.nl\ufeff",
    "mailto:jos\u00e9.x@y.nl",
    "Jos <jos\u00e9.x@y.nl>",
)
"""One address as files write it."""


def test_person_is_forgotten_and_suppressed_in_every_spelling_of_an_address(
    people: Workshop,
) -> None:
    lines = "".join(f'"{text}",,Canary {number}\n' for number, text in enumerate(SPELLINGS))
    people.drop("people_2.csv", f"email,card,name\n{lines}bo@x.nl,3,Bo\n")
    people.build()
    # Composed, decomposed, with invisible characters or blanks: one value. The rest are others.
    assert people.rows("select count(*) from profiles where name like 'Canary%'") == [(4,)]
    ended = people.run("forget", "email=Jose\u0301.x@y.nl", "--yes")
    assert ended.code == 0, ended.told
    assert canaries_in(people.folder / "target", ("Canary",)) == {}
    people.drop("people_3.csv", f"email,card,name\n{lines}")
    people.build()
    assert people.outcomes("shop.people") == {"suppressed": 7}


def test_what_the_warehouse_has_of_a_suppressed_person_stays_whatever_is_made_again(
    people: Workshop,
) -> None:
    people.drop("people_2.csv", "email,card,name\nkim@x.nl,3,Kim\n")
    people.build()
    people.run("suppress", "email=jan@x.nl")
    people.drop("people_3.csv", "email,card,name\njan@x.nl,1,Johan\n")
    people.build()
    held = [("an@x.nl", "An"), ("jan@x.nl", "Jan"), ("kim@x.nl", "Kim")]
    people.build("--full-refresh")
    assert people.profiles("email, name", "email") == held
    ended = people.run("undo", "people_2.csv")
    assert ended.code == 0, ended.told
    assert people.profiles("email, name", "email") == held[:2]
    # A goal that is defined otherwise imports its files again.
    people.properties(PROPERTIES + "nick: text\n")
    people.goals(GOAL.replace("{name: people.name}", "{name: people.name, nick: people.name}"))
    people.build()
    assert people.profiles("name, nick", "email") == [("An", "An"), ("Jan", "Jan")]
    people.build("--full-refresh")
    assert people.profiles("name, nick", "email") == [("An", "An"), ("Jan", "Jan")]
    # Without warehouse and history nothing says what was there before.
    people.run("clean", "--all")
    people.build()
    assert people.profiles("name", "email") == [("An",), ("Kim",)]


def test_lost_list_is_an_error(people: Workshop) -> None:
    people.run("suppress", "email=jan@x.nl")
    (people.folder / "target/suppressed.db").unlink()
    ended = people.run("build", "--full-refresh")
    assert ended.code == 1
    assert "suppressed.db is missing" in ended.told
    assert "restore it from a backup" in ended.told


def test_rows_of_a_suppressed_person_are_pending_and_applied_when_it_is_lifted(
    people: Workshop,
) -> None:
    people.run("suppress", "email=jan@x.nl")
    people.drop("people_2.csv", "email,card,name\nan@x.nl,2,Anna\njan@x.nl,1,Johan\n")
    people.build()
    people.drop("people_3.csv", "email,card,name\nan@x.nl,2,Annie\n")
    people.build()
    listed = people.run("rows", "--output", "csv", "--outcome", "suppressed").stdout
    assert listed.startswith(
        'file,line,why,outcome,goal,build_id\npeople_2.csv,3,"suppressed, by `'
    )
    assert "jan" not in listed
    assert "Nothing new" in people.run("build").stdout
    ended = people.run("unsuppress", "card=1")
    assert ended.code == 0, ended.told
    assert "1 person may be imported again: 3 identifiers lifted." in ended.stdout
    assert "The next build applies their rows" in ended.stdout
    people.build()
    # The value of a younger file is not overwritten by the file that is read again.
    assert people.profiles("name", "name") == [("Annie",), ("Johan",)]
    assert people.run("rows", "--output", "csv").stdout.count("\n") == 1
    assert "Nothing new" in people.run("build").stdout
    profiles = people.profiles()
    people.build("--full-refresh")
    assert people.profiles() == profiles
    ended = people.run("unsuppress", "card=1")
    assert ended.code == 2
    assert "none of them is on the list" in ended.told


def test_mistakes_tell_names_and_no_values(people: Workshop) -> None:
    for arguments, told in (
        (("emial=jan@x.nl",), "there is no identifier 'emial'. Did you mean 'email'?"),
        (("name=Jan",), "Known: card, email, profile_id"),
        (("jan@x.nl",), "argument 1 is no identifier=value"),
        (("email=",), "argument 1: `email` has no value"),
        (("profile_id=jan@x.nl",), "`profile_id` is no UUID"),
        ((), "nobody is named"),
        (("--file", "nobody.csv"), "cannot read nobody.csv"),
    ):
        ended = people.run("suppress", *arguments)
        assert ended.code == 2, ended.told
        assert told in ended.told
        assert "jan@x.nl" not in ended.told
    assert not (people.folder / "target/suppressed.db").exists()


def test_file_of_people(people: Workshop, tmp_path: object) -> None:
    people.write("list.csv", "email,card\njan@x.nl,\n,2\n")
    ended = people.run("suppress", "--file", str(people.folder / "list.csv"))
    assert "2 persons will not be imported again, by 6 identifiers." in ended.stdout
    people.write("list.csv", "email,shoe\njan@x.nl,41\n")
    ended = people.run("suppress", "--file", str(people.folder / "list.csv"))
    assert ended.code == 2
    assert "list.csv:2: there is no identifier 'shoe'" in ended.told


def test_list_links_the_identifiers_of_a_person_in_later_files(people: Workshop) -> None:
    people.run("suppress", "email=jan@x.nl")
    people.run("forget", "email=jan@x.nl", "--yes")
    people.drop("people_2.csv", "email,card,name\n,1,Canary\nan@x.nl,2,An\n")
    people.build()
    assert people.outcomes("shop.people")["suppressed"] == 1
    # Neither the warehouse nor the command knows the card: only the list links it.
    ended = people.run("forget", "email=jan@x.nl", "--dry-run")
    assert "1  shop.people people_2.csv" in ended.stdout
    ended = people.run("forget", "email=jan@x.nl", "--yes")
    assert ended.code == 0, ended.told
    assert canaries_in(people.folder / "target", ("Canary",)) == {}
    ended = people.run("unsuppress", "card=1")
    assert "1 person may be imported again: 3 identifiers lifted." in ended.stdout
