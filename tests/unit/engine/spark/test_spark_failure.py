"""Errors of Spark and of Sail, at the line of the model that they point into."""

import pytest

from runner.engine.spark.failure import Sent, execution_error
from runner.errors import Location
from runner.model import Model
from runner.sql.quoting import Sql

SQL = "select a,\n  b,\n  cast(c as int) as c\n\nfrom x"
MESSAGES = {
    "parsed": "Syntax error at or near 'as'. SQLSTATE: 42601 (line {line}, pos 12)",
    "analyzed": "A column with name `c` cannot be resolved.  SQLSTATE: 42703; line {line} pos 7;",
    "run": "The value 'x' cannot be cast. SQLSTATE: 22018\n== SQL (line {line}, position 3) ==",
    "at": "invalid argument: found as at {at}:{at} expected something",
}


@pytest.mark.parametrize("message", MESSAGES.values(), ids=MESSAGES)
@pytest.mark.parametrize("around", ["{}", "\n{}\n", "select *\nfrom (\n{}\n)"])
def test_error_is_at_the_line_of_the_model_in_its_statement(message: str, around: str) -> None:
    lines = tuple(Location("models/t.sql", number) for number in range(1, 6))
    model = Model("t", SQL, Sql("t"), "table", "t.sql", lines)
    query = around.format(SQL)
    at = query.index("as int")
    message = message.format(line=query.count("\n", 0, at) + 1, at=at)
    error = execution_error(Exception(message), model, Sent(query, query))
    assert error.location == Location("models/t.sql", 3)
