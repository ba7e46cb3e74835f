"""Each strategy, on properties of one value and of several, over rows, files and builds (P4)."""

import pytest

from tests.functional.workshop import Workshop, new_workshop

GOAL = """\
- name: {name}
  kind: import_profiles
  files: {{rows: {{path: "{name}_*.csv"}}}}
  identify: {{by: [{{id: rows.id}}]}}
  map:
    {value}: {{from: rows.value, strategy: {strategy}}}
"""
# What three files with the rows of one profile leave, file after file: a file is a list of values.
CASES = {
    "set_one": ("text", "set", [("a b", "b"), ("", "b"), ("c ''", "c")]),
    "set_if_empty_one": ("text", "set_if_empty", [("'' a b", "a"), ("c", "a"), ("", "a")]),
    "set_or_clear_one": ("text", "set_or_clear", [("a b", "b"), ("c ''", None), ("d", "d")]),
    "set_several": (
        "{multi: true}",
        "set",
        [("a|b c", ["c"]), ("''", ["c"]), ("d|e ''", ["d", "e"])],
    ),
    "set_if_empty_several": (
        "{multi: true}",
        "set_if_empty",
        [("'' a|b c", ["a", "b"]), ("d", ["a", "b"]), ("e", ["a", "b"])],
    ),
    "set_or_clear_several": (
        "{multi: true}",
        "set_or_clear",
        [("a|b", ["a", "b"]), ("c ''", None), ("d|e", ["d", "e"])],
    ),
    "add_several": (
        "{multi: true}",
        "add",
        [("b|a b", ["b", "a"]), ("c|a ''", ["b", "a", "c"]), ("|d|", ["b", "a", "c", "d"])],
    ),
    "sum_money": (
        "decimal(18,2)",
        "sum",
        [("1.10 2.20", "3.30"), ("-0.30 x", "3.00"), ("''", "3.00")],
    ),
    "sum_whole": ("integer", "sum", [("1 1", "2"), ("5 1.5", "7"), ("-7", "0")]),
    "sum_decimal": (
        "decimal",
        "sum",
        [("0.1 0.2", "0.3000000000"), ("1e3", "1000.3000000000"), ("0", "1000.3000000000")],
    ),
}
# What a goal that sets a value and one that removes values leave.
REMOVED = {
    "the_value": ("text", "a", "a", None),
    "another": ("text", "a", "b", "a"),
    "some": ("{multi: true}", "a|b|c", "b|x", ["a", "c"]),
    "all": ("{multi: true}", "a|b", "b|a", None),
    "none": ("{multi: true}", "a|b", "''", ["a", "b"]),
    "numbers": ("{type: integer, multi: true}", "1|2", "2", [1]),
}


def drop_rows(shop: Workshop, goal: str, number: int, values: list[str]) -> None:
    """Drop a file with a row per value, each with a number of its own."""
    lines = [f"1,{value},{number}-{row}" for row, value in enumerate(values)]
    shop.drop(f"{goal}_{number}.csv", "\n".join(["id,value,row", *lines]) + "\n")


@pytest.fixture(scope="module")
def after_files(shared_shop: Workshop) -> list[dict[str, object]]:
    """Return the profile after each of three files, each property filled by a goal of its own."""
    declared = "".join(f"{name}: {kind}\n" for name, (kind, _, _) in CASES.items())
    shared_shop.properties(f"id: {{identifier: true}}\n{declared}")
    shared_shop.goals(
        "".join(
            GOAL.format(name=name, value=name, strategy=strategy)
            for name, (_, strategy, _) in CASES.items()
        )
    )
    found = []
    for number in range(3):
        for name, (_, _, files) in CASES.items():
            values = files[number][0].split(" ")
            drop_rows(shared_shop, name, number, [value.strip("'") for value in values])
        shared_shop.build()
        (row,) = shared_shop.profiles(", ".join(CASES))
        found.append(dict(zip(CASES, row, strict=True)))
    return found


@pytest.mark.parametrize("name", CASES)
def test_strategy_over_rows_files_and_builds(
    after_files: list[dict[str, object]], name: str
) -> None:
    _, strategy, files = CASES[name]
    found = [profile[name] for profile in after_files]
    if strategy == "sum":
        found = [str(value) for value in found]
    assert found == [expected for _, expected in files]


@pytest.fixture(scope="module")
def after_removals(tmp_path_factory: pytest.TempPathFactory, shared_shop: Workshop) -> Workshop:
    """A project in which a goal sets each property, and another removes values of it."""
    shop = new_workshop(tmp_path_factory.mktemp("removals") / "shop", shared_shop.runner)
    declared = "".join(f"{name}: {kind}\n" for name, (kind, *_) in REMOVED.items())
    shop.properties(f"id: {{identifier: true}}\n{declared}")
    goals = [("given", "set"), ("taken", "remove")]
    shop.goals(
        "".join(
            GOAL.format(name=f"{goal}_{name}", value=f'"{name}"', strategy=strategy)
            for goal, strategy in goals
            for name in REMOVED
        )
    )
    for name, (_, first, taken, _) in REMOVED.items():
        drop_rows(shop, f"given_{name}", 1, [first])
        drop_rows(shop, f"taken_{name}", 1, [taken.strip("'")])
    shop.build()
    return shop


def test_remove_takes_values_away_and_a_second_build_nothing(after_removals: Workshop) -> None:
    columns = ", ".join(f'"{name}"' for name in REMOVED)
    expected = [tuple(left for *_, left in REMOVED.values())]
    assert after_removals.profiles(columns) == expected
    after_removals.build()
    assert after_removals.profiles(columns) == expected


def test_removed_value_can_be_added_again(shop: Workshop) -> None:
    shop.properties("id: {identifier: true}\nvalue: {multi: true}\n")
    shop.goals(
        GOAL.format(name="given", value="value", strategy="add")
        + GOAL.format(name="taken", value="value", strategy="remove")
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
