"""What a build tells where a format or a pattern is not that of the files (R6)."""

import pytest

from tests.functional.workshop import Workshop

pytestmark = pytest.mark.any_engine

GOAL = """\
- name: orders
  kind: import_profiles
  files: {orders: "orders_*.csv"}
  format: {datetime_format: "%d/%m/%Y %H:%M"}
  identify: {by: [{email: orders.email}]}
  map:
    last_order_at: orders.ordered_at
    spend: {from: orders.amount, strategy: sum}
"""
PROPERTIES = """\
email: {identifier: true, pii: true}
last_order_at: datetime
spend: decimal(18,2)
"""
HEADER = "email,ordered_at,amount\n"


def begin(shop: Workshop, lines: int, moment: str) -> None:
    """Drop order lines that say their time in a form of the sender's own."""
    shop.properties(PROPERTIES)
    shop.goals(GOAL)
    rows = "".join(f"p{number}@x.nl,{moment},{number}.50\n" for number in range(lines))
    shop.drop("orders_1.csv", HEADER + rows)


def warnings(shop: Workshop) -> list[str]:
    """Build, and return the warnings of the goal."""
    found: list[str] = shop.build()["shop.orders"]["warnings"]
    return found


def test_property_of_which_no_value_could_be_read_is_a_warning(shop: Workshop) -> None:
    begin(shop, 12, "04/19/19 08:46")
    assert warnings(shop) == [
        "`last_order_at`: none of 12 values could be read as datetime by"
        " %d/%m/%Y %H:%M or %Y-%m-%d, UTC; if that is not how they are written, fix the"
        " `format`; `runner preview shop.orders` tries it"
    ]
    assert warnings(shop) == []


def test_property_of_which_a_fifth_of_ten_values_could_not_be_read_is_a_warning(
    shop: Workshop,
) -> None:
    begin(shop, 9, "19/04/2019 08:46")
    shop.drop("orders_2.csv", HEADER + "r@x.nl,noon,1\n")
    assert warnings(shop) == []
    good = "".join(f"p{number}@y.nl,19/04/2019 08:46,{number}.50\n" for number in range(8))
    shop.drop("orders_3.csv", HEADER + good + "r@y.nl,noon,1\ns@y.nl,noon,1\n")
    ended = shop.run("build")
    assert "`last_order_at`: 2 of 10 values could not be read as datetime by" in ended.told
    assert "WARN=1" in ended.stdout


def test_dates_after_their_file_by_years_of_two_digits_are_a_warning(shop: Workshop) -> None:
    shop.properties("id: {identifier: true}\nborn: date")
    goal = """\
    - name: people
      kind: import_profiles
      files: {people: people.csv}
      format: {date_format: "dd-MM-yy"}
      identify: {by: [{id: people.id}]}
      map: {born: people.born}
    """
    shop.goals(goal)
    shop.drop("people.csv", "id,born\n1,03-04-58\n2,03-04-21\n3,03-04-75\n")
    assert shop.build()["shop.people"]["warnings"] == [
        "1 value of `born` is after the time of the file: years of two digits up to 68 are read as"
        " 20..; if they are earlier, state `century_pivot` in the `format`"
    ]
    shop.goals(goal.replace('"dd-MM-yy"', '"dd-MM-yy", century_pivot: 25'))
    assert shop.build()["shop.people"]["warnings"] == []
    assert shop.profiles("born::varchar") == [("1958-04-03",), ("1975-04-03",), ("2021-04-03",)]


def test_many_lines_of_another_encoding_are_a_warning(shop: Workshop) -> None:
    begin(shop, 3, "19/04/2019 08:46")
    assert warnings(shop) == []
    lines = "".join(f"zoé{number}@x.nl,19/04/2019 08:46,1\n" for number in range(10))
    shop.drop("orders_2.csv", (HEADER + lines).encode("windows-1252"))
    assert warnings(shop) == [
        "10 lines of `orders` have bytes that utf-8 does not have, and are set aside; if their writer"
        " uses another encoding, such as windows-1252, state it as `encoding` of the `format`"
    ]
    shop.goals(GOAL.replace("{datetime", "{encoding: windows-1252, datetime"))
    assert warnings(shop) == []
    assert shop.rows("select count(*) from profiles") == [(13,)]


def test_r12_file_of_which_every_line_is_set_aside_is_a_warning(shop: Workshop) -> None:
    begin(shop, 1, "19/04/2019 08:46")
    shop.drop("orders_2.csv", HEADER + "a@x.nl;19/04/2019 08:46;1.00\n" * 3)
    ended = shop.run("build")
    assert (ended.code, "WARN=1" in ended.stdout) == (0, True)
    (warning,) = shop.results()["shop.orders"]["warnings"]
    assert warning.startswith("orders_2.csv: every line is set aside, 3 in all; `runner rejects`")


def test_r12_control_characters_of_a_wrong_encoding_are_a_warning(shop: Workshop) -> None:
    begin(shop, 1, "19/04/2019 08:46")
    shop.goals(GOAL.replace("{datetime", "{encoding: latin-1, datetime"))
    name = "café ‘x’@x.nl,19/04/2019 08:46,1.00\n"
    shop.drop("orders_2.csv", (HEADER + name).encode("windows-1252"))
    told = (
        "read as iso8859-1; if the files are windows-1252, state it as `encoding` of the `format`"
    )
    assert warnings(shop) == [
        f"`orders` has 2 control characters (U+0080 to U+009F) when it is {told}"
    ]
    shop.goals(GOAL)
    shop.drop("orders_1.csv", HEADER)
    shop.drop("orders_2.csv", HEADER + name.encode("windows-1252").decode("latin-1"))
    (warning,) = warnings(shop)
    assert "read as utf-8; the `encoding` may be another one, or the text was" in warning


def test_separator_that_splits_no_line_is_one_message_for_all_goals_and_columns(
    shop: Workshop,
) -> None:
    shop.properties("email: {identifier: true}\nname: text\ncity: text")
    goals = """\
    - name: people
      kind: import_profiles
      files: {people: people.csv}
      key: [Customer No]
      identify: {by: [{email: people.email}]}
      map: {name: name}
    - name: moves
      kind: import_profiles
      files:
        moves: {path: moves.csv, format: {separator: ","}}
        cities: {path: cities.csv, join: {code: moves.code}}
      identify: {by: [{email: moves.email}]}
      map: {city: cities.city, name: cities.mayor}
    """
    access = "type: local\npath: drop\nformat: {separator: ';'}\n"
    shop.goals(goals, access=access)
    shop.drop("people.csv", "email,name,Customer No\na@x.nl,Anna,1\n")
    shop.drop("moves.csv", "email,code\na@x.nl,1\n")
    shop.drop("cities.csv", "code,city,mayor\n1,Delft,Bert\n")
    told = " ".join(shop.run("build").told.split())
    assert told.count("splits no line") == 1
    assert (
        "ERROR import shop.people, shop.moves connections/shop.yml:4:21: the `separator` ';'"
        in told
    )
    assert "people.csv begins with 'email,name,Customer No'" in told
    assert "has no column" not in told
    shop.goals(goals, access=access.replace("';'", "','"))
    shop.build()


def test_pattern_that_no_file_matches_is_reported(shop: Workshop) -> None:
    begin(shop, 1, "19/04/2019 08:46")
    shop.goals(GOAL.replace("orders_*.csv", "Orders_*.csv"))
    told = shop.run("build").stdout
    assert "shop.orders  no file matches Orders_*.csv; `runner scan` shows those there are" in told
