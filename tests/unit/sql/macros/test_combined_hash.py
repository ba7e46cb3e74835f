"""One hash of several (R5)."""

import itertools

from tests.unit.sql.expression import values_of

HASH = "{{ combined_hash(['one', 'two', 'three']) }}"
LINES = ["null", "md5_number('a')", "md5_number('b')"]


def test_lines_of_several_sources_have_one_hash_each() -> None:
    """Equal lines of two sources do not cancel out, and a line is told from no partner."""
    rows = list(itertools.product(LINES, repeat=3))
    given = " union all ".join(f"select {', '.join(row)}" for row in rows)
    hashes = values_of(HASH, f"select * from ({given}) as t(one, two, three)")
    assert len(set(hashes)) == len(rows)


def test_hash_of_one_line_is_its_own() -> None:
    assert values_of("{{ combined_hash(['one']) }}", "select 7 as one") == [7]
