"""Errors of the engine tell what is wrong with a value, and not the value: it may be a person's."""

from pathlib import Path

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


ROWS = """
create table people as
select 'canary(name\\' as name, 271828182845904 as number, 2.71828e300 as large,
    '{canary' as document, timestamp '2024-01-01' as moment,
    170141183460469231731687303715884105727::hugeint as huge;
insert into people from people;
create table known (name varchar unique);
"""


@pytest.mark.parametrize(
    "query",
    [
        "select sum(number * number * number) from people",
        "select sum(huge) from people",
        "select number * number from people",
        "select regexp_replace(name, name, 'x') from people",
        "select regexp_extract_all('a', name) from people",
        "select string_split_regex('a', name) from people",
        "select name similar to name from people",
        "select timezone(name, moment) from people",
        "select moment at time zone name from people",
        "select 1 << number from people",
        "select (-number) << 2 from people",
        "select error(name) from people",
        "select error('It is: ' || name || ' ' || number) from people",
        "select date_part(name, moment) from people",
        "select date_trunc(name, moment) from people",
        "select json_extract(document, '$.a') from people",
        "select json_keys(document) from people",
        "select from_base64(name) from people",
        "select chr(-(number % 2718281)::int) from people",
        "select name::bit from people",
        "select name::uuid from people",
        "select name::struct(a int) from people",
        "select name::decimal(3, 2) from people",
        "select large::int from people",
        "select number::int from people",
        "select make_date(number, 1, 1) from people",
        "select to_hours(number * 100000) from people",
        "select repeat(name, number) from people",
        "select list_resize([1], number) from people",
        "select strptime(name, '%Y') from people",
        "insert into known select name from people",
        "select wrong from (pivot people on name using count(*))",
    ],
)
def test_data_is_never_quoted_by_whatever_raises_it(query: str) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"set errors_as_json = true; {ROWS}")
        with pytest.raises(duckdb.Error) as caught:
            connection.execute(query).fetchall()
    message = read_failure(caught.value, query).message
    assert not [part for part in ("canary", "2718", "1701", "71828") if part in message]


@pytest.mark.parametrize(
    ("query", "readable"),
    [
        ("select cast('abc' as integer)", "Could not convert string 'abc' to INT32"),
        ("select error('no rows of webshop')", "no rows of webshop"),
        (
            "select name::int from people",
            "Could not convert string 'xxxxxx(xxxx\\' to INT32 when casting from source column name",
        ),
        ("select 250::utinyint + 6::utinyint", "addition of UINT8 (250 + 6)!"),
        ("select wrng from people", 'column "wrng" not found in FROM clause'),
        ("select foo(name) from people", "Scalar Function with name foo does not exist"),
        ("select map([name, name], [1, 2]) from people", "Map keys must be unique."),
        ("select name from people wher x", 'syntax error at or near "x"'),
    ],
)
def test_what_the_user_wrote_and_the_words_of_the_engine_stay_readable(
    query: str, readable: str
) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"set errors_as_json = true; {ROWS}")
        with pytest.raises(duckdb.Error) as caught:
            connection.execute(query).fetchall()
    assert readable in read_failure(caught.value, query).message


def test_full_disk_at_a_commit_is_told_with_the_file(tmp_path: Path) -> None:
    said = f'Failed to commit: Could not write file \\"{tmp_path}/a.wal\\": No space left on device'
    parts = f'{{"exception_type":"TransactionContext","exception_message":"{said}"}}'
    message = read_failure(duckdb.Error(f"TransactionContext Error: {parts}")).message
    assert message.endswith(f'file "{tmp_path}/a.wal": No space left on device')


def test_memory_and_files_are_told_as_they_are() -> None:
    parts = '{"exception_type":"Out of Memory","exception_message":"failed: 1.9 GiB of 2.0 GiB"}'
    error = duckdb.Error(f"Out of Memory Error: {parts}")
    assert read_failure(error).message == "Out of Memory error: failed: 1.9 GiB of 2.0 GiB"


def test_names_stay_readable() -> None:
    with duckdb.connect() as connection:
        connection.execute("set errors_as_json = true")
        with pytest.raises(duckdb.Error) as caught:
            connection.execute("select nothing from (select 1 as something)")
    assert 'column "nothing" not found' in read_failure(caught.value).message


def test_internal_error_is_one_line_without_the_stack_of_the_engine() -> None:
    parts = '{"exception_type":"INTERNAL","exception_message":"index out","stack_trace":"/usr/lib"}'
    error = duckdb.InternalException(f"INTERNAL Error: {parts}\n\nThis error signals a bug")
    assert read_failure(error).message == "INTERNAL error: index out"
