"""Whether a text holds a value of a person to be erased."""

from tests.unit.sql.expression import rows_of, values_of


def test_value_of_a_person_is_found() -> None:
    rows_of("set variable person_values = '(?i)ann@x|bob'")
    given = "from (values ('to ANN@X'), ('to eve')) as t(value)"
    try:
        assert values_of("{{ holds_person('value') }}", given) == [True, False]
    finally:
        rows_of("reset variable person_values")
