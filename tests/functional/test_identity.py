"""Which rows are one customer (P1, P2, P3), over files, goals and builds."""

import uuid

from tests.functional.workshop import Workshop

PROPERTIES = """\
email: {identifier: true}
card: {identifier: true, ignore: ["0000", unknown], min_length: 3}
name: text
"""
GOAL = """\
- name: {name}
  kind: import_profiles
  files: {{rows: {{path: "{name}_*.csv"}}}}
  identify:
    create_profiles: {create}
    by: [{by}]
  map: {{name: rows.name}}
"""
GOALS = (
    GOAL.format(name="rows", by="{email: rows.email}, {card: rows.card}", create="true")
    + GOAL.format(name="cards", by="{card: rows.card}", create="true")
    + GOAL.format(name="names", by="{email: rows.email}", create="false")
    + GOAL.format(name="pairs", by="{email: rows.email, card: rows.card}", create="true")
)
LINKS = [f"a{number}@x.nl,c{number + shift}00,{number}" for shift in (0, 1) for number in range(40)]
"""80 rows of one customer, each of which shares a value with the next alone."""
IGNORED = ("a@x.nl,0000,A", "b@x.nl,0000,B", "c@x.nl,Unknown,C", "d@x.nl,unknown,D", "e@x.nl,12,E")
UNMATCHED = (",0000,Z", ",12,Z", ",,Z", '" "," ",Z')


def drop(shop: Workshop, path: str, *rows: str) -> None:
    shop.drop(path, "\n".join(["email,card,name", *rows]) + "\n")


def test_rows_find_their_customers_over_files_goals_and_builds(shop: Workshop) -> None:
    """Values are compared exactly; `first`: a row goes to the profile of its first identifier."""
    shop.properties(PROPERTIES)
    shop.goals(GOALS)
    people = "anna@x.nl,,Anna", "ANNA@x.nl,,N", "ann\u00e1@x.nl,,M", ",c-b,Bert", "carl@x.nl,c-c,C"
    drop(shop, "rows_1.csv", *LINKS, *IGNORED, *UNMATCHED, *people, "dora@x.nl,,Dora")
    drop(shop, "cards_1.csv", ",c-c,Carl", ",c-d,Dirk")
    drop(shop, "names_1.csv", "anna@x.nl,,Anna K.", "nobody@x.nl,,Z")
    drop(shop, "pairs_1.csv", "p@x.nl,c-1,P", "p@x.nl,c-2,Q", "p@x.nl,,Z", "p@x.nl,c-1,R")
    shop.build()
    assert shop.outcomes("shop.rows") == {"created": 12, "updated": 79, "unmatched": 4}
    assert shop.outcomes("shop.cards") == {"created": 1, "updated": 1}
    assert shop.outcomes("shop.names") == {"updated": 1, "unmatched": 1}
    assert shop.outcomes("shop.pairs") == {"created": 2, "updated": 1, "unmatched": 1}
    names = {*"ABCDEMNQR", "39", "Anna K.", "Bert", "Carl", "Dirk", "Dora"}
    assert {name for (name,) in shop.profiles("name")} == names

    ids = shop.profiles("profile_id")
    assert all(isinstance(row[0], uuid.UUID) and row[0].version == 8 for row in ids)
    shop.warehouse.unlink()
    shop.build()
    assert shop.profiles("profile_id") == ids

    drop(shop, "rows_2.csv", "anna@x.nl,c-b,Both", "dora@x.nl,c-e,Dora E.")
    shop.build()
    drop(shop, "rows_3.csv", ",c-b,Bert again", ",c-e,Dora again")
    shop.build()
    named = "select email, card, name from profiles where name = 'Both' or name like '% again'"
    assert shop.rows(f"{named} order by 3") == [
        (None, "c-b", "Bert again"),
        ("anna@x.nl", "c-b", "Both"),
        ("dora@x.nl", "c-e", "Dora again"),
    ]
    assert shop.profiles("profile_id") == ids


def test_spellings_of_a_value_are_one_customer(shop: Workshop) -> None:
    """Blanks of any kind, line ends, invisible characters and decomposed letters do not count."""
    shop.properties(PROPERTIES.replace("name: text", "name: text\nvisits: integer\nwants: boolean"))
    shop.goals("""\
        - name: rows
          kind: import_profiles
          files:
            rows: "rows_*.csv"
            visits: {path: visits.csv, join: {card: rows.card}}
          format: {thousands: " "}
          identify: {by: [{email: rows.email}, {card: "upper(rows.card)"}]}
          map: {name: rows.name, visits: visits.visits, wants: visits.wants}
        """)
    drop(
        shop,
        "rows_1.csv",
        "jos\u00e9@x.nl,C-001,One",
        '"\u3000jose\u0301@x.nl\r\n",,\u00a0Two\u2009',
        "\u2066jos\u00e9@\u200bx.nl\u2069,,\ufeffThree",
        "\ufeffjos\u00e9@x.nl,,",
        "c@x.nl,c-\u2060002,Four",
        ",C\u00ad-002\u202f,Five",
    )
    visits = "card,visits,wants\n\u00a0C-001\u3000,\u200e1\u00a0234\u2003,\u2003Yes\u00a0\n"
    shop.drop("visits.csv", visits)
    shop.build()
    assert shop.profiles("email, card, name, visits, wants", "name") == [
        ("c@x.nl", "C-002", "Five", None, None),
        ("jos\u00e9@x.nl", "C-001", "Three", 1234, True),
    ]
    shown = shop.run("profile", "email=jose\u0301@x.nl").stdout
    assert "C-001" in shown


def test_values_that_a_spreadsheet_damaged_link_no_one_unless_they_are_allowed(
    shop: Workshop,
) -> None:
    shop.properties(PROPERTIES)
    shop.goals(GOAL.format(name="rows", by="{email: rows.email}, {card: rows.card}", create="true"))
    lines = "a@x.nl,#N/A,A", "b@x.nl,#N/A,B", "c@x.nl,3.16E+10,C", "d@x.nl,3.16E+10,D", "#REF!,,E"
    drop(shop, "rows_1.csv", *lines)
    ended = shop.run("build")
    assert "4 values of `card` are what a spreadsheet left, such as #N/A or 1.2E+12" in ended.told
    assert "WARN=2" in ended.stdout
    assert shop.outcomes("shop.rows") == {"created": 4, "unmatched": 1}
    assert shop.profiles("name, card", "name") == [(name, None) for name in "ABCD"]
    assert shop.rows("select line, property, reason, value from runner.rejects order by all") == [
        (2, "card", "spreadsheet error", "#N/A"),
        (3, "card", "spreadsheet error", "#N/A"),
        (4, "card", "number in exponent form", "3.16E+10"),
        (5, "card", "number in exponent form", "3.16E+10"),
        (6, "email", "spreadsheet error", "#REF!"),
    ]
    allowed = PROPERTIES.replace("{identifier: true", "{identifier: true, allow_damaged: true")
    shop.properties(allowed)
    assert shop.build("--full-refresh")["shop.rows"]["warnings"] == []
    assert len(shop.profiles("name")) == 3
