"""A condition on a number of rows, as dbt's `warn_if` has it: `>10`, `!=0`, `between 5 and 9`."""

import operator
import re
from typing import Annotated

from pydantic import AfterValidator

OPERATORS = {
    "=": operator.eq,
    "==": operator.eq,
    "!=": operator.ne,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
COMPARISON = re.compile(r"\s*(=|==|!=|<>|<|<=|>|>=)\s*([0-9]+)\s*")
RANGE = re.compile(r"\s*between\s+([0-9]+)\s+and\s+([0-9]+)\s*", re.IGNORECASE)


def is_met(threshold: str, count: int) -> bool:
    """Tell whether a number meets a condition; raises ValueError where that is none."""
    if found := COMPARISON.fullmatch(threshold):
        return bool(OPERATORS[found[1]](count, int(found[2])))
    if found := RANGE.fullmatch(threshold):
        return int(found[1]) <= count <= int(found[2])
    raise ValueError(f"found '{threshold}'; expected a condition such as '>10', in quotes")


def _checked(threshold: str) -> str:
    is_met(threshold, 0)
    return threshold


Threshold = Annotated[str, AfterValidator(_checked)]
"""A condition on a number of rows."""
