"""Profiles, and the groups that their properties name (G1)."""

from runner.compile.derived_tables import profile_groups_model
from tests.unit.sql.filling import fill
from tests.unit.sql.table import Table, profile_id
from tests.unit.sql.workbench import Goal

GOAL = Goal(
    """\
    files: {rows: 'rows_*.csv'}
    identify: {by: [{email: rows.email}]}
    map: {owns: rows.owns}
    """,
    "email: {identifier: true}\nowns: {group: firm, multi: true}\nuses: {group: firm}\n",
    {"rows": "email owns"},
    files={"models/groups/firm.yml": "properties: {number: {identifier: true, ignore: 'x'}}\n"},
)


def test_group_is_named_once_and_known_by_its_identifier() -> None:
    bench = GOAL.workbench
    model = profile_groups_model(bench.workspace.project, bench.workspace.library)
    bench.execute("begin")
    for relation, text in {
        "main.profiles": "profile_id | owns | uses\np1 | [1, 2, 1, X] | 1\np2 | | ''",
        "runner.identifiers": "identifier | value | profile_id\nfirm:number | 1 | p7\nnumber | 2 | p8",
    }.items():
        fill(bench.execute, relation, Table.read(text))
    found = bench.execute(
        f"select profile_id::varchar, property, identifier, group_id::varchar from ({model.sql})"
    ).fetchall()
    bench.execute("rollback")
    one, seven = profile_id(1), profile_id(7)
    assert found == [
        (one, "owns", "1", seven),
        (one, "owns", "2", None),
        (one, "uses", "1", seven),
    ]
