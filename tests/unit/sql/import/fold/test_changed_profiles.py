"""Profiles as they are after a goal, by the strategy of each property (P4)."""

from tests.unit.sql.goals import ORDERED, STRATEGIES

COLUMNS = "profile_id | origin | row_order"


def expect(rows: str, columns: str, expected: str, **given: str) -> None:
    tables = {"applied_rows": f"{COLUMNS} | {columns}\n{rows}"}
    tables |= {name.replace("__", "."): text for name, text in given.items()}
    STRATEGIES.expect("changed_profiles", tables, expected)


EARLIER = """
profile_id | kept | set_ | empty | clear | count | removed | less      | total | added
p1         | k    | old  | old   | old   | 5     | old     | [a, b, c] | 1.50  | [a]
"""


def test_last_value_is_set_and_no_value_leaves_what_was_there() -> None:
    expect("p1 | 1:2 | 1 | b\np1 | 1:2 | 0 | a\np1 | 1:2 | 2 |", "value_set_", "set_\nb")
    expect("p1 | 1:2 | 0 |", "value_set_", "set_ | kept\nold | k", main__profiles=EARLIER)


def test_first_value_fills_what_is_empty() -> None:
    rows = "p1 | 1:2 | 1 | b\np1 | 1:2 | 0 |\np1 | 1:2 | 2 | c"
    expect(rows, "value_empty", "empty\nb")
    expect(rows, "value_empty", "empty\nold", main__profiles=EARLIER)


def test_last_value_is_set_or_cleared() -> None:
    expect("p1 | 1:2 | 0 | a\np1 | 1:2 | 1 |", "value_clear", "clear | set_\n |")
    expect("p1 | 1:2 | 0 |\np1 | 1:2 | 1 | a", "value_clear", "clear\na", main__profiles=EARLIER)


def test_text_that_did_not_parse_clears_nothing() -> None:
    """R6"""
    columns = "value_count | rejected_count"
    expect("p1 | 1:2 | 0 | | x", columns, "count\n5", main__profiles=EARLIER)
    expect("p1 | 1:2 | 0 | 7 |\np1 | 1:2 | 1 | | x", columns, "count\n7")
    expect("p1 | 1:2 | 0 | |", columns, "count | set_\n | old", main__profiles=EARLIER)


def test_sums_change_by_what_lines_give_now() -> None:
    tables = {
        "applied_rows": f"{COLUMNS}\np1 | 1:2 | 0\np2 | 1:2 | 1",
        "earlier_totals": "profile_id | value_total\np1 | 0.25",
        "sum_totals": "profile_id | value_total\np1 | 2.50",
    }
    expected = "profile_id | total\np1 | {}\np2 | "
    STRATEGIES.expect("changed_profiles", tables, expected.format("2.50"))
    tables["main.profiles"] = EARLIER
    STRATEGIES.expect("changed_profiles", tables, expected.format("3.75"))


def test_profile_that_only_loses_a_sum_is_among_them() -> None:
    tables = {
        "main.profiles": EARLIER,
        "earlier_totals": "profile_id | value_total\np1 | 1.50\np9 | 1",
        "sum_totals": "profile_id | value_total\np1 |\np9 | 2",
    }
    STRATEGIES.expect("changed_profiles", tables, "profile_id | total | set_\np1 | | old")


def test_values_are_added_once_behind_those_that_are_there() -> None:
    tables = {
        "applied_rows": f"{COLUMNS}\np1 | 1:2 | 0\np2 | 1:2 | 0",
        "added_values.added": "profile_id | items\np1 | [b, a]",
    }
    STRATEGIES.expect("changed_profiles", tables, "profile_id | added\np1 | [b, a]\np2 |")
    tables["main.profiles"] = EARLIER
    STRATEGIES.expect("changed_profiles", tables, "profile_id | added\np1 | [a, b]\np2 |")


def test_first_value_of_a_late_file_replaces_that_of_a_later_file() -> None:
    """P8: what another goal gave stays."""
    rows = "p1 | repeated | 1 | 1:2 | {known}\np1 | updated | 0 | 1:1 | new"
    for known, expected in (("old", "new"), ("other", "old")):
        tables = {
            "applied_rows": "profile_id | outcome | row_order | origin | value_empty\n"
            + rows.format(known=known),
            "main.profiles": EARLIER,
        }
        STRATEGIES.late.expect("changed_profiles", tables, f"empty\n{expected}")


def test_values_of_a_late_file_are_added_in_the_order_of_the_files() -> None:
    """P8"""
    rows = "profile_id | outcome | row_order | origin\np1 | {} | 1 | 1:2"
    for outcome, expected in (("repeated", "[b, a, c]"), ("updated", "[a, b, c]")):
        tables = {
            "applied_rows": rows.format(outcome),
            "added_values.added": "profile_id | items\np1 | [b, a, c]",
            "main.profiles": EARLIER,
        }
        STRATEGIES.late.expect("changed_profiles", tables, f"added\n{expected}")


def test_greatest_and_least_values_stay() -> None:
    """P8"""
    tables = {
        "applied_rows": f"{COLUMNS} | value_high | value_low\n"
        "p1 | 1:2 | 0 | 7 | 2024-01-03\np1 | 1:2 | 1 | 5 | 2024-01-02\n"
        "p2 | 1:2 | 2 | 5 |\np3 | 1:2 | 3 | | 2024-01-09",
        "main.profiles": "profile_id | high | low\np1 | 6 | 2024-01-01\np2 | 9 | 2024-01-01",
    }
    expected = (
        "profile_id | high | low\np1 | 7 | 2024-01-01\np2 | 9 | 2024-01-01\np3 | | 2024-01-09"
    )
    ORDERED.expect("changed_profiles", tables, expected)


def test_row_of_the_latest_time_sets_whatever_the_order_of_arrival() -> None:
    """P8"""
    rows = """
    p1 | 1:2 | 0 | a | 7
    p1 | 1:2 | 1 | b | 5
    p1 | 1:2 | 2 |   | 9
    p2 | 1:2 | 3 | c | 5
    p3 | 1:2 | 4 | d | 6
    p4 | 1:2 | 5 | e |
    p5 | 1:2 | 6 | f |
    """
    tables = {
        "applied_rows": f"{COLUMNS} | value_note | value_note.latest_by\n{rows}",
        "main.profiles": "profile_id | note\np2 | new\np3 | old\np4 | timed\np5 | untimed",
        "runner.latest": """
        goal      | property | profile_id | latest
        shop.none | note     | p2         | 6
        shop.rows | note     | p3         | 6
        shop.rows | note     | p4         | 1
        shop.rows | other    | p1         | 99
        """,
    }
    expected = "profile_id | note\np1 | a\np2 | new\np3 | d\np4 | timed\np5 | f"
    ORDERED.expect("changed_profiles", tables, expected)


def test_values_are_removed() -> None:
    columns = "value_removed | value_less"
    rows = "p1 | 1:2 | 0 | {} | b/x\np1 | 1:2 | 1 | | c"
    expected = "removed | less\n{} | [a]"
    expect(rows.format("old"), columns, expected.format(""), main__profiles=EARLIER)
    expect(rows.format("new"), columns, expected.format("old"), main__profiles=EARLIER)
    every = "p1 | 1:2 | 0 | | a/b/c"
    expect(every, columns, "removed | less\nold |", main__profiles=EARLIER)
    expect("p1 | 1:2 | 0 | |", columns, "less\n[a, b, c]", main__profiles=EARLIER)


def test_number_is_removed_from_a_list_of_numbers() -> None:
    earlier = "profile_id | sizes\np1 | [1, 2]"
    for text, left in (("2", "[1]"), ("1/2", ""), ("3", "[1, 2]"), ("x", "[1, 2]")):
        given = f"p1 | 1:2 | 0 | {text}"
        expect(given, "value_sizes", f"profile_id | sizes\np1 | {left}", main__profiles=earlier)


LISTS = "profile_id | list_set | list_empty | list_clear\np1 | [o, p] | [o, p] | [o, p]"


def test_list_is_set_filled_and_cleared_as_a_whole() -> None:
    columns = "value_list_set | value_list_empty | value_list_clear"
    names = columns.replace("value_", "")
    rows = "p1 | 1:2 | 0 | a/b | | a\np1 | 1:2 | 1 | c/d | a/b | b/c\np1 | 1:2 | 2 | | c |"
    expect(rows, columns, f"{names}\n[c, d] | [a, b] |")
    expect(rows, columns, f"{names}\n[c, d] | [o, p] |", main__profiles=LISTS)
    last = "p1 | 1:2 | 0 | | |\np1 | 1:2 | 1 | | | d/e"
    expect(last, columns, f"{names}\n[o, p] | [o, p] | [d, e]", main__profiles=LISTS)


def test_times_are_those_of_the_files() -> None:
    expect(
        "p1 | 1:2 | 0 |\np1 | 2:2 | 1 |\np2 | 2:3 | 2 |",
        "value_set_",
        """
        profile_id | created_at          | updated_at
        p1         | 2024-01-01 00:00:00 | 2024-01-09 00:00:00
        p2         | 2024-01-03 00:00:00 | 2024-01-03 00:00:00
        """,
        main__profiles="profile_id | created_at | updated_at\np1 | 2024-01-02 | 2024-01-09",
        runner__files="""
        file_id | goal      | modified_at
        1       | shop.rows | 2024-01-01
        2       | shop.rows | 2024-01-03
        3       | shop.none | 2025-01-01
        """,
    )
