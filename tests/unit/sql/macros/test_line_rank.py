"""Which line of the main files decides whose a summed line is (R3)."""

from tests.unit.sql.expression import rows_of


def test_first_line_of_the_last_file_decides() -> None:
    rows = """
    values ('a', 'x', 1, 2, 'f', 7, 20), ('a', 'x', 1, 2, 'g', 6, 11), ('a', 'x', 1, 2, 'g', 5, 10),
        ('a', 'x', 1, 1, 'h', 4, 1), ('a', 'y', 1, 1, 'f', 8, 30), ('b', 'x', 1, 1, 'f', 9, 40)
    """
    columns = "goal, sources, line_hash, modified_at, path, anchor_hash, origin"
    ranked = f"select anchor_hash, {{{{ line_rank() }}}} from ({rows}) as sums({columns})"
    found = rows_of(ranked)
    assert sorted(anchor for anchor, rank in found if rank == 1) == [5, 8, 9]
