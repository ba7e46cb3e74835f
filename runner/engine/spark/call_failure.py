"""The error of a Python function that failed on a cluster, as its message tells it (R4)."""

import json
import re
from collections.abc import Mapping
from typing import Any

from runner.engine.project_function import ProjectFunction
from runner.engine.raised import Raised
from runner.errors import ExecutionError

MARK = "runner python step: "
"""What such a message begins with; JSON follows: `name`, `what`, `raised`."""
FAILURE = re.compile(f"{MARK}({{.*}})")


def call_error(
    error: BaseException, functions: Mapping[str, ProjectFunction]
) -> ExecutionError | None:
    """Return the error of the call that failed; None where something else did.

    `functions` are those that the cluster knows, by their names.
    """
    found = FAILURE.search(str(error))
    if found is None:
        return None
    failure = json.loads(found[1])
    return functions[failure["name"]].failed(failure["what"], _raised(failure["raised"]))


def _raised(found: Mapping[str, Any] | None) -> Raised | None:
    if found is None:
        return None
    frames = tuple((file, line, column) for file, line, column in found["frames"])
    return Raised(found["kind"], frames, found["missing"])
