"""The key by which a partner knows a line (X5)."""

import hashlib

import pytest

from tests.unit.sql.expression import values_of

TEXTS = ["one", "two"]


@pytest.mark.parametrize(
    ("texts", "one", "two", "hashed"),
    [
        (TEXTS, "'a'", "'b'", '["a","b"]'),
        (TEXTS, "'a'", "null", '["a",null]'),
        (TEXTS[:1], "'a'", "'b'", '["a"]'),
        (TEXTS, "null", "''", "p1"),
        ([], "'a'", "'b'", "p1"),
    ],
)
def test_key_is_its_texts_and_the_profile_where_all_are_empty(texts, one, two, hashed) -> None:
    given = f"select {one} as one, {two} as two, 'p1' as id"
    key = values_of("{{ partner_key(texts, 'id') }}", given, texts=texts)
    assert key == [hashlib.md5(hashed.encode()).hexdigest()]
