"""What a property is where several profiles become one (P2)."""

import pytest

from tests.unit.sql.expression import rows_of

PROFILES = "(1, 2, true, 'b', 10, ['x', 'y']), (2, 3, false, null, 7, ['y', 'z']), (3, 1, false, 'a', null, null)"
"""Age, recency, is the survivor, text, number, list."""


def merged(column: str, rule: str, kind: str) -> object:
    return rows_of(
        "select {{ merged_value(column, rule, type) }} from (values {{ profiles }})"
        ' as t("merge.age", "merge.recency", "merge.is_survivor", word, number, items)',
        column=column,
        rule=rule,
        type=kind,
        profiles=PROFILES,
    )[0][0]


@pytest.mark.parametrize(
    ("column", "rule", "kind", "expected"),
    [
        ("word", "latest", "text", "b"),
        ("number", "latest", "integer", 7),
        ("word", "oldest", "text", "b"),
        ("number", "oldest", "integer", 10),
        ("number", "highest", "integer", 10),
        ("number", "lowest", "integer", 7),
        ("number", "sum", "integer", 17),
        ("items", "both", "text", ["x", "y", "y", "z"]),
        ("word", "survivor", "text", "b"),
    ],
)
def test_rule_decides(column: str, rule: str, kind: str, expected: object) -> None:
    assert merged(column, rule, kind) == expected


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        (["personal", "anonymous"], "anonymous"),
        (["anonymous", "do_not_track", "personal"], "do_not_track"),
        (["personal", None], "personal"),
    ],
)
def test_strictest_permission_level_counts(levels: list[str | None], expected: str) -> None:
    rows = ", ".join(f"('{level}')" if level else "(null)" for level in levels)
    found = rows_of(
        "select {{ merged_value('level', 'latest', 'permission_level') }} from (values {{ rows }}) as t(level)",
        rows=rows,
    )
    assert found == [(expected,)]


def test_lists_without_a_value_are_none() -> None:
    found = rows_of(
        "select {{ merged_value('items', 'both', 'text') }}"
        ' from (values (1, null::string[]), (2, null)) as t("merge.age", items)'
    )
    assert found == [(None,)]
