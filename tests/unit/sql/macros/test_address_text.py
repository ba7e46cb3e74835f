"""An identifier's value as persons are suppressed by it (C2)."""

import pytest

from tests.unit.sql.expression import value_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann@X.nl", "ann@x.nl"),
        ("mailto:Ann@X.nl?subject=x", "ann@x.nl"),
        ("Ann <Ann@X.nl>", "ann@x.nl"),
        ("\u200bJOSE\u0301@X.nl", "jos\u00e9@x.nl"),
        ("Ab1 ", "Ab1"),
        (None, None),
    ],
)
def test_address_is_one_in_any_spelling(text: str | None, expected: str | None) -> None:
    assert value_of("{{ address_text('value') }}", text) == expected
