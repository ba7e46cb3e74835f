"""Templates use only SQL that every engine has: what differs is a macro of each engine."""

import re
from collections.abc import Mapping

import pytest

from runner.sql import read_sql

TEMPLATES = {
    path: text
    for path, text in read_sql().items()
    if not path.startswith("engines/") or path.startswith("engines/both/")
}
ONLY_IN_MACROS = {
    "rowid": r"\browid\b",
    "* exclude, * replace": r"\*[\s'{]+(?:exclude|replace|except|rename)\b|\bcolumns\s*\(\s*\*",
    "by name": r"\bby\s+name\b",
    "positional join": r"\bpositional\s+join\b",
    "lambda": r"\blambda\b",
    "ignore nulls": r"\bignore\s+nulls\b",
    "session variable": r"\bgetvariable\b",
    "group by all, order by all": r"\bby\s+all\b",
    "distinct on": r"\bdistinct\s+on\b",
    "qualify": r"\bqualify\b",
    "cast by colons": r"::",
    "arg_max": r"\b(?:arg_(?:max|min)(?:_null)?|max_by|min_by)\b",
    "list or struct function": (
        r"\b(?:list|array|struct|map)(?:_\w+)?\s*\(|\b(?:len|unnest|string_split|row)\s*\("
    ),
    "list or struct in brackets": r"[\[{]",
    "date format": r"\bstr[pf]time\b",
    "regular expression": r"\bregexp_",
    "hash": r"\b(?:md5\w*|sha\w+|hash)\s*\(",
    "json": r"\b(?:to_json|json\w*)\s*\(|->",
    "file": r"\bread_(?:csv|parquet|text|blob|json)\w*\s*\(",
    "epoch": r"\bepoch\w*\s*\(",
    "time zone": r"\bat\s+time\s+zone\b",
    "type of one engine": r"\b(?:varchar|u?hugeint|uuid)\b",
    "type as text": r"\btypeof\([^)]*\)\s*=",
    "hint for a CTE": r"\bas\s+(?:not\s+)?materialized\b",
    "division by //": r"(?<!:)//",
    "text function": r"\b(?:strlen|(?:starts|ends)_with|nfc_normalize|to_hex)\s*\(",
}
"""What engines have differently, by the expression that finds it in SQL."""
SQL_ALONE = {"list or struct in brackets"}
"""What cannot be told in the texts of Jinja, which has brackets of its own."""
NOT_YET: frozenset[str] = frozenset()
"""Folders whose templates still have some of it."""


def sql_of(text: str) -> str:
    """Return a template without comments, and without its expressions of Jinja."""
    return re.sub(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", "?", text, flags=re.DOTALL)


def engine_sql(text: str) -> list[str]:
    """Return what only some engines have in the SQL of a template, and in texts of its Jinja."""
    plain = sql_of(text)
    jinja = " ".join(re.findall(r"\{\{.*?\}\}|\{%.*?%\}", text, flags=re.DOTALL))
    inside = " ".join(re.findall(r"'([^'\n]*)'", jinja))
    return [
        name
        for name, pattern in ONLY_IN_MACROS.items()
        if re.search(pattern, plain, re.IGNORECASE)
        or (name not in SQL_ALONE and re.search(pattern, inside, re.IGNORECASE))
    ]


def test_templates_have_only_sql_of_every_engine() -> None:
    found = {
        path: names
        for path, text in TEMPLATES.items()
        if path.rpartition("/")[0] not in NOT_YET and (names := engine_sql(text))
    }
    assert found == {}


def test_folder_that_is_done_is_not_listed() -> None:
    left = {path.rpartition("/")[0] for path, text in TEMPLATES.items() if engine_sql(text)}
    assert left == NOT_YET


REFUSED_BY_SPARK = {
    "items inside another expression": r"\S *\{\{ each_item\(",
    "a value of the session as a key of a join": r"\bon\s+\{\{ \w*suppression_hash\(",
}
"""What Apache Spark refuses, and Sail and DuckDB do not."""


def test_templates_have_no_sql_that_apache_spark_refuses() -> None:
    found = [
        (path, name)
        for path, text in TEMPLATES.items()
        for name, pattern in REFUSED_BY_SPARK.items()
        if re.search(pattern, text)
    ]
    assert found == []


EXAMPLES: Mapping[str, str] = {
    "rowid": "select lines.rowid from lines",
    "* exclude, * replace": "select earlier.* exclude (a) from earlier",
    "by name": "union all by name",
    "positional join": "from a positional join b",
    "lambda": "f(items, lambda item: item)",
    "ignore nulls": "last_value(a ignore nulls) over ordered",
    "session variable": "getvariable('slice')",
    "group by all, order by all": "group by all",
    "distinct on": "select distinct on (a) a",
    "qualify": "qualify row_number() over () = 1",
    "cast by colons": "select a::int",
    "arg_max": "select arg_max(a, b)",
    "list or struct function": "list_sort(a)",
    "list or struct in brackets": "select [a, b]",
    "date format": "strptime(a, '%d')",
    "regular expression": "regexp_matches(a, 'x')",
    "hash": "md5(a)",
    "json": "a ->> 'b'",
    "file": "from read_csv('a')",
    "epoch": "epoch_ms(a)",
    "time zone": "a at time zone 'UTC'",
    "type of one engine": "cast(a as varchar)",
    "type as text": "typeof(a) = 'INTEGER'",
    "hint for a CTE": "with a as not materialized (select 1)",
    "division by //": "a // 2",
    "text function": "ends_with(a, 'b')",
}


@pytest.mark.parametrize("name", ONLY_IN_MACROS)
def test_rule_finds_what_breaks_it(name: str) -> None:
    assert engine_sql(EXAMPLES[name]) == [name]


def test_rule_sees_through_jinja() -> None:
    assert engine_sql("select {{ relation }}.* replace ({{ a }} as b)") == ["* exclude, * replace"]
    assert engine_sql("{% set key = 'list_sort(' ~ items ~ ')' %}") == ["list or struct function"]
    assert engine_sql("{{ last_by('a', 'b') }} {{ list_of([]) }} {{ relations['rows'] }}") == []
