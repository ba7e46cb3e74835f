"""The key by which a partner knows a line (X5)."""

import hashlib
from types import SimpleNamespace

import pytest

from tests.unit.sql.expression import values_of

COLUMNS = [SimpleNamespace(name="one"), SimpleNamespace(name="two")]


@pytest.mark.parametrize(
    ("columns", "one", "two", "hashed"),
    [
        (COLUMNS, "'a'", "'b'", '["a","b"]'),
        (COLUMNS, "'a'", "null", '["a",null]'),
        (COLUMNS[:1], "'a'", "'b'", '["a"]'),
        (COLUMNS, "null", "''", "p1"),
        ([], "'a'", "'b'", "p1"),
    ],
)
def test_key_is_its_texts_and_the_profile_where_all_are_empty(columns, one, two, hashed) -> None:
    given = f"select {one} as one, {two} as two, 'p1' as id"
    key = values_of("{{ partner_key(columns, 'id') }}", given, columns=columns)
    assert key == [hashlib.md5(hashed.encode()).hexdigest()]
