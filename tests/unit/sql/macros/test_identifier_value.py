"""The value by which a profile itself is found (P2)."""

import pytest

from runner.compile.identifiers import Identifier
from runner.definitions.profile_property import Property
from tests.unit.sql.expression import values_of

TEMPLATE = "{{ identifier_value(identifier) }}"


@pytest.mark.parametrize(
    ("declared", "value", "expected"),
    [
        (Property(), "'a'", "a"),
        (Property(), "''", None),
        (Property(type="integer"), "'7'", "7"),
        (Property(ignore=("Unknown", "0")), "'UNKNOWN'", None),
        (Property(ignore=("Unknown",)), "'known'", "known"),
        (Property(min_length=3), "'ab'", None),
        (Property(min_length=3), "'abc'", "abc"),
        (Property(min_length=3, ignore=("abc",)), "'ABC'", None),
    ],
)
def test_value_that_identifies_nobody_is_none(
    declared: Property, value: str, expected: str | None
) -> None:
    identifier = Identifier("id", (("id", declared),))
    assert values_of(TEMPLATE, f"select {value} as id", identifier=identifier) == [expected]


def test_several_properties_find_a_profile_together_alone() -> None:
    identifier = Identifier("shop+number", (("shop", Property()), ("number", Property())))
    given = "select * from (values ('a', '1'), ('a', null), ('', '1')) as t(shop, number)"
    assert values_of(TEMPLATE, given, identifier=identifier) == ['["a","1"]', None, None]
