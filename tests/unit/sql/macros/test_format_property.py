"""A property as text: one value, or those of a list."""

import hashlib

import pytest

from runner.compile.export_dialect import ExportDialect
from runner.definitions.format import ExportFormat
from runner.definitions.profile_property import Property
from tests.unit.sql.expression import values_of


def written(value: str, declared: Property, is_hashed: bool = False, **stated: object) -> object:
    dialect = ExportDialect.of(ExportFormat(**stated), "UTC")
    template = "{{ format_property('value', declared, dialect, is_hashed) }}"
    given = f"select {value} as value"
    (text,) = values_of(template, given, declared=declared, dialect=dialect, is_hashed=is_hashed)
    return text


@pytest.mark.parametrize(
    ("value", "kind", "stated", "expected"),
    [
        ("['b', 'a']", "text", {}, "b|a"),
        ("['b', 'a']", "text", {"multi_value_separator": "; "}, "b; a"),
        ("['b', 'a']", "text", {"multi_value_brackets": "[]"}, "[b|a]"),
        ("[]::string[]", "text", {"multi_value_brackets": "[]"}, None),
        ("null::string[]", "text", {}, None),
        ("[1.5, 2]::decimal(38,10)[]", "decimal", {"decimal": ","}, "1,5|2"),
    ],
)
def test_list_is_written_in_its_order(
    value: str, kind: str, stated: dict[str, object], expected: str | None
) -> None:
    assert written(value, Property(type=kind, multi=True), **stated) == expected


def test_hash_is_of_each_value() -> None:
    one, two = (hashlib.sha256(text.encode()).hexdigest() for text in ("a", "7"))
    assert written("['A', 'a ']", Property(multi=True), True) == f"{one}|{one}"
    assert written("'A'", Property(), True) == one
    assert written("7", Property(type="integer"), True) == two
