"""Errors of the engine tell what is wrong with a value, and not the value: it may be a person's."""

import duckdb
import pytest

from runner.engine.duckdb.failure import read_failure


@pytest.mark.parametrize(
    "query",
    [
        "select cast('canary' as integer)",
        "select cast('can''ary' as integer)",
        "select cast('canary' as date)",
        "select strptime('canary', '%Y')",
        "select cast('{canary' as json)",
        "select cast('canary' as uuid)",
        "select cast('canary' as boolean)",
        "select cast('canary' as integer[])",
        "select cast('canary' as decimal(3, 2))",
        "select cast(271828 as decimal(3, 2))",
        "select cast(27182827182818 as bigint)::integer",
        "select cast(2718281828 as uinteger) * cast(2718281828 as uinteger)",
        "select error('who: canary@x.nl')",
    ],
)
def test_value_is_told_by_its_shape(query: str) -> None:
    with duckdb.connect() as connection:
        connection.execute("set errors_as_json = true")
        with pytest.raises(duckdb.Error) as caught:
            connection.execute(query).fetchall()
    message = read_failure(caught.value).message
    assert message.startswith(
        ("Conversion error: ", "Invalid Input error: ", "Out of Range error: ")
    )
    assert not [part for part in ("canary", "ary'", "2718") if part in message]


def test_names_stay_readable() -> None:
    with duckdb.connect() as connection:
        connection.execute("set errors_as_json = true")
        with pytest.raises(duckdb.Error) as caught:
            connection.execute("select nothing from (select 1 as something)")
    assert 'column "nothing" not found' in read_failure(caught.value).message


def test_internal_error_is_one_line_without_the_stack_of_the_engine() -> None:
    parts = '{"exception_type":"INTERNAL","exception_message":"index 2","stack_trace":"/usr/lib"}'
    error = duckdb.InternalException(f"INTERNAL Error: {parts}\n\nThis error signals a bug")
    assert read_failure(error).message == "INTERNAL error: index 2"
