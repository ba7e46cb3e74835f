"""Text as a permission level."""

import pytest

from tests.unit.sql.expression import value_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Do-Not-Track", "do_not_track"),
        (" do not  track ", "do_not_track"),
        ("ANONYMOUS", "anonymous"),
        ("private", None),
        ("", None),
        (None, None),
    ],
)
def test_case_blanks_and_hyphens_do_not_count(text: str | None, expected: str | None) -> None:
    assert value_of("{{ parse_level('value') }}", text) == expected
