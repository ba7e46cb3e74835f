"""What Spark says of an error, without values of persons."""

import pytest

from runner.engine.spark.failure import failure_message

TRACEBACK = """
  An exception was thrown from the Python worker. Please see the stack trace below.
Traceback (most recent call last):
  File "/x/worker.py", line 3546, in mapper
    result = tuple(f(*[a[o] for o in arg_offsets]) for arg_offsets, f in udfs)
{last}

JVM stacktrace:
"""


class PythonException(Exception):
    """An error of Python on a cluster."""


@pytest.mark.parametrize(
    ("last", "shown"),
    [
        ("ValueError: there is no country 'XX'; not 12", "ValueError: there is no country 'XX'; n"),
        ("ValueError: 'Kerkstraat' 12", "ValueError: 'Xxxxxxxxxx' 99"),
        (
            "ModuleNotFoundError: No module named 'phonenumbers'",
            "ModuleNotFoundError: No module named 'phonenumbers'",
        ),
        (
            "pyspark.errors.exceptions.base.PySparkRuntimeError: [PYTHON_VERSION_MISMATCH] 3.10",
            "PySparkRuntimeError: [PYTHON_VERSION_MISMATCH] 3.10",
        ),
    ],
)
def test_error_of_python_is_its_last_line(last: str, shown: str) -> None:
    error = PythonException(TRACEBACK.format(last=last))
    message = failure_message(error, "telephone_number(phone, 'XX')")
    assert message.startswith(f"Python error on the cluster: {shown}")
    assert "worker.py" not in message
