"""The value by which a row finds its profile (P2)."""

import pytest

from runner.compile.expression import Expression
from runner.compile.identity_key import IdentityKey, KeyPart
from runner.definitions.format import Format
from runner.definitions.profile_property import Property
from runner.errors import Location
from tests.unit.sql.expression import values_of

VALUE = Expression("value", Location("shop.yml"), is_column=True)


FORMAT = Format(date_format=("%Y-%m-%d", "%d-%m-%Y"))


def key(**parts: Property) -> IdentityKey:
    made = (KeyPart(name, declared, VALUE, FORMAT) for name, declared in parts.items())
    return IdentityKey(1, tuple(made))


def found(given: str, made: IdentityKey) -> list[object]:
    names = ", ".join(made.text_of(part) for part in made.parts)
    return values_of(
        "{{ key_value(key) }}", f"select * from (values {given}) as t({names})", key=made
    )


def test_value_is_compared_as_its_type() -> None:
    assert found("('007'), ('x'), (null)", key(number=Property(type="integer"))) == [
        "7",
        None,
        None,
    ]
    assert found("('007'), ('')", key(number=Property())) == ["007", None]


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        ("integer", ["7", "007", "7.0"]),
        ("date", ["2024-01-31", "31-1-2024"]),
        ("decimal(18,2)", ["1.50", "1.5"]),
    ],
)
def test_spellings_of_one_value_find_one_profile(kind: str, texts: list[str]) -> None:
    rows = ", ".join(f"('{text}')" for text in texts)
    values = found(rows, key(number=Property(type=kind)))
    assert len(set(values)) == 1
    assert values[0] is not None


def test_ignored_and_short_values_find_nobody() -> None:
    made = key(phone=Property(ignore=("Unknown",), min_length=4))
    assert found("('unknown'), ('123'), ('1234')", made) == [None, None, "1234"]


def test_several_properties_find_a_profile_together_alone() -> None:
    made = key(shop=Property(), number=Property(type="integer"))
    rows = "('a', '01'), ('a', null), (null, '1'), ('a', 'x')"
    assert found(rows, made) == ['["a","1"]', None, None, None]
