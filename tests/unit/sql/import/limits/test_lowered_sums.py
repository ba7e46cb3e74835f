"""Summed lines whose amounts need a higher permission level."""

from runner.compile.permission_levels import level_models
from tests.unit.sql.filling import fill
from tests.unit.sql.goals import LEVELS
from tests.unit.sql.table import Table


def lowered(name: str, given: dict[str, str], columns: str) -> list[tuple[object, ...]]:
    bench = LEVELS.workbench
    models = level_models(bench.workspace.project.properties, bench.workspace.library)
    bench.execute("begin")
    for relation, text in given.items():
        fill(bench.execute, relation, Table.read(text))
    found = bench.execute(f"select {columns} from ({models[name].sql}) order by all").fetchall()
    bench.execute("rollback")
    return found


def test_amounts_above_the_level_are_dropped_and_their_line_stays() -> None:
    profiles = """
    profile_id | permission_level
    p1         | anonymous
    p2         | do_not_track
    p3         | personal
    """
    sums = """
    goal | line_hash | profile_id | properties         | amounts
    a    | 1         | p1         | name,spent         | [1, 2]
    a    | 2         | p1         | spent              | [3]
    a    | 3         | p2         | spent,other        | [4, 5]
    a    | 4         | p3         | name               | [6]
    """
    found = lowered(
        "sums", {"main.profiles": profiles, "runner.sums": sums}, "line_hash, amounts::varchar"
    )
    assert found == [(1, "[NULL, 2.0000000000]"), (3, "[NULL, 5.0000000000]")]
