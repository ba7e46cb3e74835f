"""A value as JSON."""

from tests.unit.sql.expression import values_of


def test_list_of_records_is_written_as_json() -> None:
    given = "select [{'a': 'it\"s', 'b': null}] as value"
    expression = "cast({{ json_of('value') }} as string)"
    assert values_of(expression, given) == ['[{"a":"it\\"s","b":null}]']
