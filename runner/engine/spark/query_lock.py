"""What a query may not do: read other places than the warehouse, or change anything (B8)."""

from itertools import pairwise

from runner.engine.spark.tokens import tokens_of
from runner.errors import ExecutionError
from runner.model import Model

READING = frozenset(("select", "with", "values", "(", "describe", "from"))
"""Words that a query begins with."""
FORMATS = frozenset(
    ("parquet", "csv", "json", "text", "orc", "avro", "delta", "iceberg", "binaryfile", "jdbc")
)
"""What Spark reads files by, as in `parquet.<path>`."""
FUNCTIONS = frozenset(("read_files", "reflect", "java_method", "try_reflect"))
"""Functions that read files, or call what is on the machine."""


def check_query(model: Model) -> None:
    """Raise ExecutionError at the word of a query that reads or changes what it may not."""
    solid = [token for token in tokens_of(model.sql) if token.kind != "space"]
    if solid and solid[0].word not in READING:
        raise _refused(model, solid[0].text, "a query begins with `select` or `with`")
    if any(token.text == ";" for token in solid[:-1]):
        raise _refused(model, ";", "a query is one statement")
    for token, second in pairwise(solid):
        if token.word in FORMATS and second.text == ".":
            raise _refused(model, token.text, "a query reads the warehouse, and no other files")
        if token.word in FUNCTIONS and second.text == "(":
            raise _refused(model, token.text, "a query reads the warehouse, and no other files")


def _refused(model: Model, found: str, reason: str) -> ExecutionError:
    return ExecutionError(f"found `{found}`: {reason}", model.location_at(model.sql.find(found)))
