"""Types of ids, hashes and orders."""

import pytest

from tests.unit.sql.expression import value_of


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("id", "0cc175b9-c0f1-86a8-8c39-9e269772661a"),
        ("order", "99999999999999999999999999999999999999"),
        ("order", "-1"),
    ],
)
def test_type_holds_what_it_is_for(kind: str, text: str) -> None:
    template = "cast(cast(value as {{ stored_type(kind) }}) as string)"
    assert value_of(template, text, kind=kind) == text


def test_type_of_hashes_is_that_of_content_hash() -> None:
    hashed = "{{ content_hash(['value']) }}"
    assert value_of(f"cast({hashed} as {{{{ stored_type('hash') }}}}) = {hashed}", "a") is True
