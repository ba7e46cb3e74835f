"""A part of a key is compared as its type."""

from runner.definitions.profile_property import Property
from tests.unit.sql.expression import values_of
from tests.unit.sql.macros.test_key_value import key


def test_part_is_text_of_its_type() -> None:
    for declared, expected in ((Property(), "007"), (Property(type="integer"), "7")):
        made = key(number=declared)
        (part,) = made.parts
        given = f"select '007' as {made.text_of(part)}"
        assert values_of("{{ key_part(key, part) }}", given, key=made, part=part) == [expected]
