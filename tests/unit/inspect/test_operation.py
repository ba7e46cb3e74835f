"""`run-operation` calls a macro, whose queries read the published warehouse."""

import pytest

from runner.errors import DefinitionError, ExecutionError, UsageError
from runner.inspect.operation import run_operation
from runner.orchestrate.build import run_build
from runner.orchestrate.options import BuildOptions
from runner.workspace.workspace import open_workspace

MACROS = """\
{% macro show(name, most=9) %}
{% set found = run_query('select * from ' ~ ref(name) ~ ' order by n limit ' ~ most) %}
{% for row in found %}{{ print(row.n ~ row['word'] ~ row[0]) }}{% endfor %}
{{ print(found.columns[1].values() | join) }}{{ print('twice') }}{{ print('twice') }}
{{ print(found.print_table()) }}
{% endmacro %}
{% macro change() %}{% do run_query('create table t as select 1') %}{% endmacro %}
{% macro hidden() %}{{ print(env_var('SECRET_WORD')) }}{% endmacro %}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("operations")
    for path, text in {
        "runner_project.yml": "name: shop\n",
        "macros/m.sql": MACROS,
        "models/marts/words.sql": "select * from (values (1, 'a'), (2, '{{ 1 }}')) as t(n, word)\n",
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    assert run_build(open_workspace(folder), BuildOptions()).exit_code == 0
    return folder


def said(folder, macro, **arguments):
    found = []
    read = {"SECRET_WORD": "hush-hush"}.get
    run_operation(open_workspace(folder, read_variable=read), macro, arguments, found.append)
    return found


def test_macro_reads_tables_and_prints_in_order(folder):
    lines = ["1a1", "a", "twice", "twice", "| n | word |\n| 1 | a |"]
    assert said(folder, "show", name="words", most=1) == lines


def test_secrets_are_hidden_in_what_is_printed(folder):
    assert said(folder, "hidden") == ["env_var('SECRET_WORD')"]


@pytest.mark.parametrize(
    ("macro", "arguments", "kind", "message"),
    [
        ("shwo", {}, UsageError, "there is no macro 'shwo' in macros/. Did you mean 'show'?"),
        ("show", {"nam": "x"}, DefinitionError, "run-operation:1:1: macro 'show' takes no keyword"),
        ("show", {"name": "wrods"}, DefinitionError, "macros/m.sql:2:1: there is no model 'wrods'"),
        ("change", {}, ExecutionError, "query:1:1: Invalid Input error: Cannot execute statement"),
    ],
)
def test_operations_that_cannot_run_say_why(folder, macro, arguments, kind, message):
    with pytest.raises(kind) as raised:
        said(folder, macro, **arguments)
    assert str(raised.value).startswith(message)
