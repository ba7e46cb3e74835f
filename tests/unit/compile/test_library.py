"""Templates are rendered with the macros of the target's engine."""

import re
from dataclasses import replace

import pytest

from runner.compile.library import Library
from runner.definitions.sql_file import SqlFile
from runner.errors import DefinitionError, Location
from tests.unit.sql.expression import empty_workspace

TEMPLATES = {
    "macros/both.sql": "{% macro both() -%}{{ differs() }} both{%- endmacro %}",
    "engines/duckdb/macros/differs.sql": "{% macro differs() -%}duckdb{%- endmacro %}",
    "engines/spark/macros/differs.sql": "{% macro differs() -%}spark{%- endmacro %}",
    "import/rows.sql": "{{ differs() }}, {{ both() }}",
}


@pytest.mark.parametrize("engine", ["duckdb", "spark"])
def test_templates_and_macros_call_those_of_the_engine(engine: str) -> None:
    library = Library(TEMPLATES, empty_workspace().project, {}, {}.get, engine)
    assert library.render("import/rows.sql", {})[0] == f"{engine}, {engine} both"
    assert library.macro("differs")() == engine


def test_engine_is_duckdb_where_nothing_else_is_stated() -> None:
    library = Library(TEMPLATES, empty_workspace().project, {}, {}.get)
    assert library.macro("differs")() == "duckdb"


def test_dispatch_finds_the_macro_of_the_engine() -> None:
    macros = (
        "{% macro default__now() %}now(){% endmacro %}{% macro spark__now() %}now{% endmacro %}"
    )
    project = replace(empty_workspace().project, macros=(SqlFile("macros/m.sql", macros),))
    text = "{{ adapter.dispatch('now')() }}"
    for engine, expected in (("duckdb", "now()"), ("spark", "now")):
        library = Library({}, project, {}, {}.get, engine)
        assert library.environment.render(text, Location("m.sql"), {}).text == expected


@pytest.mark.parametrize("given", ["'now'", "macro_name='now'"])
def test_macros_that_dispatch_finds_are_used_by_the_template(given: str) -> None:
    """Of any engine: a goal that was imported on one is the same on another."""
    texts = ("{% macro default__now() %}1{% endmacro %}", "{% macro spark__now() %}2{% endmacro %}")
    files = tuple(SqlFile(f"macros/{number}.sql", text) for number, text in enumerate(texts))
    library = Library({}, replace(empty_workspace().project, macros=files), {}, {}.get)
    uses = library.uses("{{ adapter.dispatch(" + given + ")() }}")
    assert set(uses) == {"macro default__now", "macro spark__now"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("differs", "move it to models/engines/duckdb/macros/differs.sql"),
        ("both", "there is a built-in macro `both`"),
        ("name", "built-in templates call a function `name`"),
        ("strategy_of", "choose another name"),
    ],
)
def test_macro_of_the_project_replaces_none_by_accident(name: str, expected: str) -> None:
    file = SqlFile("macros/m.sql", f"\n{{% macro {name}(x) %}}{{{{ x }}}}{{% endmacro %}}")
    project = replace(empty_workspace().project, macros=(file,))
    with pytest.raises(DefinitionError, match=f"^macros/m.sql:2:1: .*{re.escape(expected)}"):
        Library(TEMPLATES, project, {}, {}.get)


def test_built_in_macro_is_replaced_by_a_file_of_its_path() -> None:
    file = SqlFile("models/macros/both.sql", "{% macro both() -%}own{%- endmacro %}")
    project = replace(empty_workspace().project, models=(file,))
    assert Library(TEMPLATES, project, {}, {}.get).macro("both")() == "own"
