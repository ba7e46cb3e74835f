"""Whether a property has a value (X1)."""

import pytest

from runner.compile.export_columns import ExportColumn
from runner.definitions.profile_property import Property
from runner.errors import Location
from tests.unit.sql.expression import rows_of


@pytest.mark.parametrize(
    ("value", "declared", "expected"),
    [
        ("'a'", Property(), True),
        ("''", Property(), False),
        ("null::string", Property(), False),
        ("0", Property(type="integer"), True),
        ("null::integer", Property(type="integer"), False),
        ("['']", Property(multi=True), True),
        ("[]", Property(multi=True), False),
        ("null::string[]", Property(multi=True), False),
    ],
)
def test_empty_text_and_list_are_no_value(value: str, declared: Property, expected: bool) -> None:
    column = ExportColumn("a", "property", Location("a.yml"), declared, "value")
    query = "select count(*) from (select {{ value }} as value) where {{ has_value(column) }}"
    assert rows_of(query, value=value, column=column) == [(int(expected),)]
