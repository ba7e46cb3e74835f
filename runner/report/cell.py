"""A value of a query as text, for CSV and tables."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from runner.report.json_value import as_json, number_text, span_text

ZEROS = re.compile(r"(\.[0-9]{2}[0-9]*?)0+$")
"""Zeros at the end of a decimal, behind its second digit after the point."""


def cell_text(value: object) -> str:
    """Return a value as text that reads back; a null is an empty text.

    Numbers have all their digits, and no zeros behind the second decimal: 41624.7900000000 is
    `41624.79`. Times are ISO 8601 with a space before the time of day, spans
    ISO 8601 durations; lists, structs and bytes are as JSON has them.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal) and value.is_finite():
        return ZEROS.sub(r"\1", number_text(value))
    if isinstance(value, (int, float, Decimal)):
        return number_text(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, timedelta):
        return span_text(value)
    if isinstance(value, (bytes, bytearray, memoryview)):
        return as_json(value)[1:-1]
    if isinstance(value, (Mapping, Sequence, set, frozenset)):
        return as_json(value)
    return str(value)
