"""Profiles that are folded a share at a time."""

from tests.unit.sql.expression import rows_of

KEYS = "select key from (select unnest(range(100)) as key) where {{ in_slice('key') }}"


def test_each_key_is_in_one_slice() -> None:
    found = []
    try:
        rows_of("set variable slices = 3")
        for number in range(3):
            rows_of(f"set variable slice = {number}")
            found.append({key for (key,) in rows_of(KEYS)})
    finally:
        rows_of("set variable slices = null")
        rows_of("set variable slice = null")
    assert sum(map(len, found)) == len(set().union(*found)) == 100
    assert all(found)


def test_all_keys_are_taken_where_there_are_no_slices() -> None:
    assert len(rows_of(KEYS)) == 100
