"""Values as JSON (RFC 8259), without loss: a decimal keeps its digits, a number stays a number."""

import base64
import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

# Beyond what JSON must escape: characters that rule a terminal or are no characters.
UNSAFE = re.compile("[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def as_json(value: object) -> str:
    """Return a value as JSON on one line.

    Decimals and integers are numbers with all their digits; numbers that JSON lacks are the
    texts `NaN`, `Infinity`, `-Infinity`; times are ISO 8601, spans ISO 8601 durations, bytes
    base64; frozen records are objects; any other value is its text.
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float, Decimal)):
        return _number(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_text(str(k))}: {as_json(v)}" for k, v in value.items()) + "}"
    if isinstance(value, (bytes, bytearray, memoryview)):
        return _text(base64.b64encode(value).decode("ascii"))
    if isinstance(value, (Sequence, set, frozenset)) and not isinstance(value, str):
        return "[" + ", ".join(as_json(item) for item in value) + "]"
    if is_dataclass(value):
        return as_json({field.name: getattr(value, field.name) for field in fields(value)})
    return _text(_time(value) if isinstance(value, (date, time, timedelta)) else str(value))


def span_text(span: timedelta) -> str:
    """Return a time span as an ISO 8601 duration: `P1DT30S`, `PT0.5S`."""
    sign, span = ("-", -span) if span < timedelta(0) else ("", span)
    seconds = f"{span.seconds}.{span.microseconds:06}".rstrip("0").rstrip(".")
    if span.microseconds == 0:
        seconds = str(span.seconds)
    days = f"{span.days}D" if span.days else ""
    rest = f"T{seconds}S" if seconds != "0" or not days else ""
    return f"{sign}P{days}{rest}"


def number_text(value: float | Decimal) -> str:
    """Return a number with all its digits, a decimal never with an exponent."""
    if isinstance(value, Decimal) and value.is_finite():
        return format(value, "f")
    return repr(value) if isinstance(value, (int, float)) else str(value)


def _number(value: float | Decimal) -> str:
    if isinstance(value, int) or math.isfinite(value):
        return number_text(value)
    if math.isnan(value):
        return '"NaN"'
    return '"Infinity"' if value > 0 else '"-Infinity"'


def _text(value: str) -> str:
    escaped = json.dumps(value, ensure_ascii=False)
    return UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", escaped)


def _time(value: date | time | timedelta) -> str:
    if isinstance(value, timedelta):
        return span_text(value)
    # A datetime is a date, too.
    return value.isoformat() if not isinstance(value, datetime) else value.isoformat("T")
