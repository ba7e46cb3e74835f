"""Whether a text is ASCII without blanks around it."""

import pytest

from tests.unit.sql.expression import value_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", True),
        ("a b", True),
        ("ann@x.nl", True),
        (" a", False),
        ("a ", False),
        ("a\t", False),
        ("a\n", False),
        ("a\r", False),
        ("a\f", False),
        ("a\v", False),
        ("\na", False),
        ("\u00e9", False),
        ("a\u00a0", False),
        ("", False),
    ],
)
def test_text_that_may_have_blanks_is_not_plain(text: str, expected: bool) -> None:
    assert value_of("{{ is_plain('value') }}", text) is expected
