"""Whether a profile has the permission level that a property needs."""

import pytest

from tests.unit.sql.expression import value_of


@pytest.mark.parametrize(
    ("level", "is_personal", "is_anonymous"),
    [
        ("personal", True, True),
        (None, True, True),
        ("anonymous", False, True),
        ("do_not_track", False, False),
    ],
)
def test_level_holds_what_needs_no_higher_one(
    level: str | None, is_personal: bool, is_anonymous: bool
) -> None:
    for needed, expected in (("personal", is_personal), ("anonymous", is_anonymous)):
        template = (
            "(with t as (select value as permission_level) select {{ has_level(needed) }} from t)"
        )
        assert value_of(template, level, needed=needed) is expected
