"""Which of the profiles that share a summed line has its values (R3)."""

from tests.unit.sql.expression import rows_of


def test_first_row_of_each_line_of_a_goal_counts() -> None:
    rows = """
    values ('a', 'x', 1, 7, 20), ('a', 'x', 1, 6, 10), ('a', 'x', 1, 5, 10), ('a', 'y', 1, 8, 30),
        ('b', 'x', 1, 9, 40)
    """
    columns = "goal, sources, line_hash, anchor_hash, origin"
    found = rows_of(
        "select anchor_hash from (" + rows + f") as sums({columns})" + " {{ first_of_line() }}"
    )
    assert sorted(found) == [(5,), (8,), (9,)]
