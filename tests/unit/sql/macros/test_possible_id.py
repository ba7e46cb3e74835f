"""The id that a row's profile would get (P3)."""

import pytest

from tests.unit.sql.expression import rows_of
from tests.unit.sql.goals import FIRST


@pytest.mark.parametrize(
    ("email", "phone", "named"), [("a", "1", "email:a"), (None, "1", "phone:1")]
)
def test_first_identifier_of_a_row_makes_its_id(email: str | None, phone: str, named: str) -> None:
    ((found, expected),) = rows_of(
        "select {{ possible_id(keys, 'found') }}, {{ stable_uuid('named') }} from"
        " (select {{ email }} as key_1, '{{ phone }}' as key_2, '{{ named }}' as named) as found",
        keys=FIRST.workbench.plan.identity_keys,
        email="null" if email is None else f"'{email}'",
        phone=phone,
        named=named,
    )
    assert found == expected
