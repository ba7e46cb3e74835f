"""Profiles with a value that needs a higher permission level."""

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


def test_values_above_the_level_are_dropped_and_others_stay() -> None:
    profiles = """
    profile_id | name | visits | permission_level
    p1         | Ann  | 1      | anonymous
    p2         |      | 2      | anonymous
    p3         | Cas  | 3      | do_not_track
    p4         | Dan  | 4      | personal
    p5         | Eve  | 5      |
    p6         |      |        | do_not_track
    """
    found = lowered("profiles", {"main.profiles": profiles}, "name, visits, permission_level")
    assert found == [(None, 1, "anonymous"), (None, None, "do_not_track")]
