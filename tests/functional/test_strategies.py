"""Each strategy, on properties of one value and of several, over rows, files and builds (P4)."""

import pytest

from tests.functional.workshop import Workshop

GOAL = """\
- name: {name}
  kind: import_profiles
  files: {{rows: {{path: "{name}_*.csv"}}}}
  identify: {{by: [{{id: rows.id}}]}}
  map:
    value: {{from: rows.value, strategy: {strategy}}}
"""
# What three files with the rows of one profile leave, file after file: a file is a list of values.
ONE = {
    "set": [("a b", "b"), ("", "b"), ("c ''", "c")],
    "set_if_empty": [("'' a b", "a"), ("c", "a"), ("", "a")],
    "set_or_clear": [("a b", "b"), ("c ''", None), ("d", "d")],
}
SEVERAL = {
    "set": [("a|b c", ["c"]), ("''", ["c"]), ("d|e ''", ["d", "e"])],
    "set_if_empty": [("'' a|b c", ["a", "b"]), ("d", ["a", "b"]), ("e", ["a", "b"])],
    "set_or_clear": [("a|b", ["a", "b"]), ("c ''", None), ("d|e", ["d", "e"])],
    "add": [("b|a b", ["b", "a"]), ("c|a ''", ["b", "a", "c"]), ("|d|", ["b", "a", "c", "d"])],
}


def drop_rows(shop: Workshop, goal: str, number: int, values: list[str]) -> None:
    """Drop a file with a row per value, each told apart by a number of its own."""
    lines = [f"1,{value},{number}-{row}" for row, value in enumerate(values)]
    shop.drop(f"{goal}_{number}.csv", "\n".join(["id,value,row", *lines]) + "\n")


def build_up(shop: Workshop, strategy: str, files: list[tuple[str, object]]) -> list[object]:
    """Build after each file; return what the profile's value was each time."""
    shop.goals(GOAL.format(name="rows", strategy=strategy))
    found = []
    for number, (values, _) in enumerate(files):
        drop_rows(shop, "rows", number, [value.strip("'") for value in values.split(" ")])
        shop.build()
        found.append(shop.profiles("value")[0][0])
    return found


@pytest.mark.parametrize("strategy", ONE)
def test_strategy_on_a_property_of_one_value(shop: Workshop, strategy: str) -> None:
    shop.properties("id: {identifier: true}\nvalue: text\n")
    assert build_up(shop, strategy, ONE[strategy]) == [after for _, after in ONE[strategy]]


@pytest.mark.parametrize("strategy", SEVERAL)
def test_strategy_on_a_property_of_several_values(shop: Workshop, strategy: str) -> None:
    shop.properties("id: {identifier: true}\nvalue: {multi: true}\n")
    assert build_up(shop, strategy, SEVERAL[strategy]) == [after for _, after in SEVERAL[strategy]]


@pytest.mark.parametrize(
    ("declared", "files", "expected"),
    [
        ("decimal(18,2)", ["1.10 2.20", "-0.30 x", "''"], ["3.30", "3.00", "3.00"]),
        ("integer", ["1 1", "5 1.5", "-7"], ["2", "7", "0"]),
        (
            "decimal",
            ["0.1 0.2", "1e3", "0"],
            ["0.3000000000", "1000.3000000000", "1000.3000000000"],
        ),
    ],
)
def test_sum_adds_each_line_once(
    shop: Workshop, declared: str, files: list[str], expected: list[str]
) -> None:
    shop.properties(f"id: {{identifier: true}}\nvalue: {declared}\n")
    found = build_up(shop, "sum", [(values, None) for values in files])
    assert [str(value) for value in found] == expected


@pytest.mark.parametrize(
    ("declared", "first", "taken", "left"),
    [
        ("text", "a", "a", None),
        ("text", "a", "b", "a"),
        ("{multi: true}", "a|b|c", "b|x", ["a", "c"]),
        ("{multi: true}", "a|b", "b|a", None),
        ("{multi: true}", "a|b", "''", ["a", "b"]),
        ("{type: integer, multi: true}", "1|2", "2", [1]),
    ],
)
def test_remove_takes_values_away(
    shop: Workshop, declared: str, first: str, taken: str, left: object
) -> None:
    shop.properties(f"id: {{identifier: true}}\nvalue: {declared}\n")
    given = GOAL.format(name="given", strategy="set")
    shop.goals(given + GOAL.format(name="taken", strategy="remove"))
    drop_rows(shop, "given", 1, [first])
    drop_rows(shop, "taken", 1, [taken.strip("'")])
    shop.build()
    assert shop.profiles("value") == [(left,)]
    shop.build()
    assert shop.profiles("value") == [(left,)]


def test_removed_value_can_be_added_again(shop: Workshop) -> None:
    shop.properties("id: {identifier: true}\nvalue: {multi: true}\n")
    shop.goals(
        GOAL.format(name="given", strategy="add") + GOAL.format(name="taken", strategy="remove")
    )
    drop_rows(shop, "given", 1, ["a|b"])
    drop_rows(shop, "taken", 1, ["a"])
    shop.build()
    drop_rows(shop, "given", 2, ["a"])
    shop.build()
    assert shop.profiles("value") == [(["b", "a"],)]


def test_value_that_cannot_be_read_neither_sets_nor_clears_nor_adds(shop: Workshop) -> None:
    """R6: it is left out and recorded; the rest of the row is applied."""
    shop.properties(
        """\
        id: {identifier: true}
        born: date
        score: integer
        seen: {type: integer, multi: true}
        total: decimal(18,2)
        note: text
        """
    )
    shop.goals(
        """\
        - name: rows
          kind: import_profiles
          files: {rows: {path: "rows_*.csv"}}
          identify: {by: [{id: rows.id}]}
          map:
            born: rows.born
            score: {from: rows.score, strategy: set_or_clear}
            seen: {from: rows.seen, strategy: add}
            total: {from: rows.total, strategy: sum}
            note: rows.note
        """
    )
    head = "id,born,score,seen,total,note\n"
    shop.drop("rows_1.csv", head + "1,1990-01-31,5,1|2,10.00,first\n")
    shop.build()
    shop.drop("rows_2.csv", head + "1,1990-02-30,five,x|3,ten,second\n")
    shop.build()
    (born, score, seen, total, note), *_ = shop.profiles("born::varchar, score, seen, total, note")
    assert (born, score, str(total), note) == ("1990-01-31", 5, "10.00", "second")
    assert seen[:2] == [1, 2]
    rejects = shop.rows(
        "select file, line, column_name, property, value from runner.rejects order by 4"
    )
    assert [row[:2] for row in rejects] == [("rows_2.csv", 2)] * 4
    assert [row[2:] for row in rejects][:2] == [
        ("rows.born", "born", "1990-02-30"),
        ("rows.score", "score", "five"),
    ]
    assert [row[3] for row in rejects] == ["born", "score", "seen", "total"]


def test_constant_and_rest_become_properties(shop: Workshop) -> None:
    shop.properties("id: {identifier: true}\nsource: text\nname: text\n")
    shop.goals(
        """\
        - name: rows
          kind: import_profiles
          files: {rows: {path: "rows_*.csv"}}
          identify: {by: [{id: rows.id}]}
          map:
            source: {value: webshop, strategy: set_if_empty}
          map_rest: {prefix: shop_}
        """
    )
    shop.drop("rows_1.csv", "id,Shoe Size,name\n1,42,Anna\n")
    shop.build()
    assert shop.profiles("id, source, shop_shoe_size, shop_name") == [
        ("1", "webshop", "42", "Anna")
    ]
