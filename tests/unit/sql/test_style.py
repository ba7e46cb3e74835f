"""The rules of SQL that sqlfluff cannot check in templates: of lines, names, macros, inputs."""

import re
from collections.abc import Callable, Mapping

import jinja2

from runner.definitions.strategy import LATEST, STRATEGIES
from runner.sql import read_sql

MACROS = ("macros/", "engines/duckdb/macros/", "engines/spark/macros/")
STRATEGY = "strategies/"
"""Where each strategy is a file, with a macro for each of these steps that it has a part in."""
STEPS = ("folded", "applied", "of_file", "is_change")
FILES = {
    path: text
    for path, text in read_sql().items()
    if path.startswith(MACROS) or not path.startswith("engines/")
}
TEMPLATES = {path: text for path, text in FILES.items() if not path.startswith((*MACROS, STRATEGY))}
MOST_COLUMNS = 80
VARIABLES = """
    relations entity.table event.table nested.table rows new_events new_items changed_events
    batch_lineage event_rows superseded_lineage retracted_lineage amounts before suppressed rows_with_links
"""
INPUT = re.compile(
    rf"\b(?:from|join)\s+(?:main\.|runner\.|\{{\{{ (?:{'|'.join(VARIABLES.split())})\b)"
    r"|\{\{ with_values\("
)
"""A relation that no CTE of the same template makes."""
CTE = re.compile(r"^(\S[^\n]*) as (?:\{\{ not_materialized\(\) \}\} )?\($", re.MULTILINE)


def without_comments(text: str) -> str:
    return re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL)


def macros(text: str) -> list[str]:
    """Return the names of the macros of a file, in its order."""
    tree = jinja2.Environment().parse(text)
    return [macro.name for macro in tree.find_all(jinja2.nodes.Macro)]


def long_lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if len(line) > MOST_COLUMNS]


def first_comment(text: str) -> str:
    found = re.match(r"\{#-?\s*(.*?)\s*-?#\}", text, re.DOTALL)
    return found[1] if found else ""


def blank_names(text: str) -> list[str]:
    """Return the quoted SQL names with a blank; texts of Jinja do not count as names."""
    sql = re.sub(r"\{[{%].*?[%}]\}", "", without_comments(text), flags=re.DOTALL)
    names = re.findall(r'"([^"\n]*)"', re.sub(r"'[^'\n]*'", "", sql))
    made = re.findall(r"name\(\s*'([^']*)'", text)
    return [name for name in (*names, *made) if " " in name]


def late_inputs(text: str) -> list[str]:
    """Return the CTEs that read a relation after a CTE that reads only other CTEs."""
    plain = without_comments(text)
    if "with" not in plain.split():
        return []
    starts = [(found.start(), found[1]) for found in CTE.finditer(plain)]
    ends = [*(start for start, _ in starts[1:]), len(plain)]
    late, is_step = [], False
    for (start, name), end in zip(starts, ends, strict=True):
        body = plain[start:end]
        reads = re.search(r"\bfrom\s+[^\s(]", body)
        if INPUT.search(body):
            late += [name] if is_step else []
        elif reads:
            is_step = True
    return late


def broken(rule: Callable[[str], object], files: Mapping[str, str] = FILES) -> dict[str, object]:
    """Return what a rule finds wrong, by file."""
    return {path: found for path, text in files.items() if (found := rule(text))}


def test_no_line_is_longer_than_80_columns() -> None:
    assert broken(long_lines) == {}


def test_first_lines_are_a_comment_of_at_most_three_lines() -> None:
    lengths = {path: len(first_comment(text).splitlines()) for path, text in FILES.items()}
    assert {path: lines for path, lines in lengths.items() if not 1 <= lines <= 3} == {}
    assert [
        path
        for path, text in TEMPLATES.items()
        if not first_comment(text).startswith("Grain: one row")
    ] == []


def test_file_holds_the_macro_that_it_is_named_for() -> None:
    found = {path: macros(text) for path, text in FILES.items() if path.startswith(MACROS)}
    assert found == {path: [path.rpartition("/")[2].removesuffix(".sql")] for path in found}


def test_strategy_has_a_macro_for_each_step_that_values_are_folded_in() -> None:
    found = {path: macros(text) for path, text in FILES.items() if path.startswith(STRATEGY)}
    of_ledgers = {f"{STRATEGY}{name}.sql": ["applied"] for name in ("add", "sum")}
    assert found == {path: [*STEPS] for path in found} | of_ledgers


def test_each_strategy_of_the_language_is_a_file() -> None:
    paths = {path for path in FILES if path.startswith(STRATEGY)}
    assert paths == {f"{STRATEGY}{name}.sql" for name in (*STRATEGIES, LATEST)}


def test_template_defines_no_macro() -> None:
    assert [path for path, text in TEMPLATES.items() if "{% macro" in text] == []


def test_no_name_has_a_blank() -> None:
    assert broken(blank_names) == {}


def test_inputs_are_read_in_the_first_ctes() -> None:
    models = {
        path: text
        for path, text in TEMPLATES.items()
        if path.split("/")[0] in ("import", "events", "public")
    }
    assert broken(late_inputs, models) == {}


def test_the_rules_find_what_breaks_them() -> None:
    assert long_lines("select 1\n" + "x" * 81) == ["x" * 81]
    assert first_comment("select 1") == ""
    assert blank_names('select 1 as "key 1"') == ["key 1"]
    assert blank_names("{{ name('key ' ~ key.number) }}") != []
    assert blank_names("select 'a b' as \"a_b\"") == []
    steps = "with\n\nread as (\n\n    from {{ rows }}\n\n),\n\nstep as (\n\n    from read\n\n),\n\n"
    assert late_inputs(steps + "final as (\n\n    from step\n\n)") == []
    assert late_inputs(steps + "final as (\n\n    from runner.rows\n\n)") == ["final"]
