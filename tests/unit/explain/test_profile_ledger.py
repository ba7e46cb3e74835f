"""What the ledger has of one profile, and what of its lines counts."""

from pathlib import Path

from runner.engine.duckdb.warehouse import DuckDBWarehouse
from runner.engine.schema import prepare
from runner.explain.counted_lines import CountedLines, read_counted_lines
from runner.explain.profile_ledger import read_profile_ledger

AN, BO = (f"00000000-0000-0000-0000-00000000000{number}" for number in (1, 2))
FILE = 2**32
LEDGER = f"""
insert into runner.files (
    file_id, goal, source, path, size, modified_at, sha256, build_id, fingerprint, is_main
)
values (1, 'g', 'orders', 'a.csv', 1, '2026-01-01', '', 'b1', '', true),
    (2, 'g', 'orders', 'b.csv', 1, '2026-01-02', '', 'b2', '', true);
insert into runner.sums values
    ('g', 'areas', 11, 1, '{AN}', 'spend', [1], {FILE} + 1),
    ('g', 'areas', 12, 2, '{AN}', 'spend', [2], {FILE} + 2),
    ('g', 'areas', 12, 3, '{BO}', 'spend', [2], {2 * FILE} + 2),
    ('g', 'areas', 13, 4, '{AN}', 'spend', [4], {2 * FILE} + 3),
    ('g', 'areas', 13, 5, '{BO}', 'spend', [4], {FILE} + 3),
    ('h', 'areas', 13, 6, '{BO}', 'spend', [8], {2 * FILE} + 4);
insert into runner.rows values ('g', 21, '{AN}', {FILE} + 1, null),
    ('g', 22, '{AN}', {FILE} + 2, null), ('h', 21, '{AN}', {FILE} + 3, null);
insert into runner.keys values ('g', 31, 21), ('h', 32, 22);
"""


def counted_lines(warehouse: DuckDBWarehouse, profile_id: str) -> CountedLines:
    ledger = read_profile_ledger(warehouse, profile_id)
    return read_counted_lines(warehouse, profile_id, ledger.goals)


def test_line_of_several_profiles_counts_for_the_one_of_the_latest_file(tmp_path: Path) -> None:
    with DuckDBWarehouse.open(Path(":memory:"), threads=1) as warehouse:
        prepare(warehouse)
        warehouse.connection.execute(LEDGER)
        an, bo = (counted_lines(warehouse, profile) for profile in (AN, BO))
    assert [line.line_hash for line in an.sums] == [11, 13]
    assert [line.amounts["spend"] for line in bo.sums] == [2, 8]
    retracted = {row: an.is_retracted(*row) for row in (("g", 21), ("g", 22), ("h", 21))}
    assert retracted == {("g", 21): False, ("g", 22): True, ("h", 21): True}
    assert not an.is_retracted("goal whose lines nothing can replace", 22)


def test_line_of_a_main_file_is_of_one_profile(tmp_path: Path) -> None:
    with DuckDBWarehouse.open(Path(":memory:"), threads=1) as warehouse:
        prepare(warehouse)
        warehouse.connection.execute(LEDGER.replace("'areas'", "'orders+areas'"))
        an, bo = (counted_lines(warehouse, profile) for profile in (AN, BO))
    assert [line.line_hash for line in an.sums] == [11, 12, 13]
    assert 12 in [line.line_hash for line in bo.sums]
