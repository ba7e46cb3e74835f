import pytest

from runner.compile.one_select import not_one_select
from runner.definitions.sql_file import SqlFile


def faults(sql):
    return [str(fault) for fault in not_one_select(SqlFile("models/marts/m.sql", sql), sql)]


@pytest.mark.parametrize("sql", ["", "\n", "-- nothing\n", "/* select 1 */", " ; "])
def test_file_without_a_select_is_a_mistake(sql):
    assert faults(sql) == [
        "models/marts/m.sql:1:1: there is no SELECT in this file; write one, or delete the file"
    ]


@pytest.mark.parametrize("sql", ["select 1\n;", "select 1 as a\n; select 2", "-- a;b\nselect 1;"])
def test_semicolon_is_a_mistake_at_its_line(sql):
    assert faults(sql) == [
        "models/marts/m.sql:2:1: a model or a test is one SELECT: remove the semicolon, and what"
        " stands after it"
    ]


@pytest.mark.parametrize(
    "sql",
    [
        "select ';' as a, \";\" from t -- ;",
        "select $$ ; $$ /* ; */",
        "select 'it''s; fine', $tag$ ; $tag$",
    ],
)
def test_semicolon_in_a_text_a_name_or_a_comment_ends_nothing(sql):
    assert faults(sql) == []
