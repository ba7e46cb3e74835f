"""What dbt gives to templates, inside the sandbox."""

from dataclasses import replace

import pytest

from runner.compile.library import Library
from runner.definitions.sql_file import SqlFile
from runner.errors import DefinitionError, Location
from tests.unit.sql.expression import empty_workspace


def rendered(text):
    library = empty_workspace().library
    return library.environment.render(text, Location("m.sql"), {}).text, [*library.logged]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ modules.re.sub('[0-9]', 'x', 'a1b2') }}", "axbx"),
        ("{{ modules.datetime.date(2026, 1, 31).isoformat() }}", "2026-01-31"),
        ("{{ (modules.datetime.timedelta(days=2)).days }}", "2"),
        ("{{ run_started_at.strftime('%Y') | length }}", "4"),
        ("{{ invocation_id | length }}", "36"),
        ("{% do log('x') %}{{ log('hello', info=true) }}!", "!"),
        (
            "{{ fromjson('[1, 2]') | sum }}{{ tojson({'a': 1}) }}{{ set([1, 1]) | length }}",
            '3{"a": 1}1',
        ),
        ("{{ local_md5('a')[:4] }}{{ zip([1], [2])[0][1] }}{{ 'y' if execute }}", "0cc12y"),
    ],
)
def test_functions_of_dbt_are_known(text, expected):
    assert rendered(text)[0] == expected


def test_messages_of_templates_are_kept_once():
    text = "{{ log('hello') }}{{ log('hello') }}{{ exceptions.warn('careful') }}"
    assert rendered(text)[1][-2:] == ["hello", "warning: careful"]


CALLED = """\
{% macro table_of(name) %}{{ return([ref(name), this, target.name]) }}never{% endmacro %}
{% macro duckdb__now() %}now(){% endmacro %}
{% macro both(name) %}
{% set found = table_of(name) %}
{% do found.append(adapter.dispatch('now', 'pkg')()) %}
{{ found | join(' ') }}
{% endmacro %}
"""


def test_macros_see_what_the_template_that_calls_them_sees():
    project = replace(empty_workspace().project, macros=(SqlFile("macros/m.sql", CALLED),))
    library = Library({}, project, {}, {}.get)
    known = {"ref": "main.{}".format, "this": "main.x", "target": {"name": "local"}}
    text = library.environment.render("{{ both('a') | trim }}", Location("m.sql"), known).text
    assert text == "main.a main.x local now()"
    with pytest.raises(DefinitionError, match=r"macros/m.sql:1:1: 'ref' is undefined.*m.sql:1"):
        library.environment.render("{{ both('a') }}", Location("m.sql"), {})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ run_query('select 1') }}", "`run_query` of dbt has no meaning here: templates are"),
        ("{{ adapter.get_columns_in_relation(1) }}", "`adapter.get_columns_in_relation` of dbt"),
        ("{{ adapter.dispatch('x')() }}", "there is no macro `duckdb__x`, nor `default__x`"),
        ("{{ return(1) }}", "return() is for macros: write the text instead"),
    ],
)
def test_what_dbt_asks_the_warehouse_is_refused_with_what_to_do_instead(text, message):
    with pytest.raises(DefinitionError) as raised:
        rendered(text)
    assert str(raised.value).startswith(f"m.sql:1:1: {message}")


@pytest.mark.parametrize(
    "text",
    [
        "{{ modules.os }}",
        "{{ modules.re.enum }}",
        "{{ modules.datetime.sys }}",
        "{{ modules.re.sub.__globals__ }}",
        "{{ run_started_at.__class__ }}",
        "{{ adapter._macros }}",
    ],
)
def test_no_module_leads_out_of_the_sandbox(text):
    with pytest.raises(DefinitionError):
        rendered(text)
