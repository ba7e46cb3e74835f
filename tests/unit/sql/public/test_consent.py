"""The last that profiles said of each objective."""

from tests.unit.sql.goals import ASKING
from tests.unit.sql.table import profile_id


def test_last_statement_of_a_profile_is_shown_with_its_line() -> None:
    bench = ASKING.workbench
    bench.execute("begin")
    for sql in (
        f"insert into main.profiles (profile_id) values ('{profile_id(1)}')",
        "insert into runner.files (file_id, goal, source, path, size, modified_at, sha256, fingerprint,"
        " build_id, is_main) values (1, 'shop.rows', 'rows', 'rows_1.csv', 0, '2024-01-01', '', '', '', true)",
        f"""insert into runner.consent values
        ('a', '{profile_id(1)}', 'mail', true, '2024-01-01', {2**32 + 2}, '2024-01-05', {2**32 + 2}, 1, 1),
        ('b', '{profile_id(1)}', 'mail', false, '2024-01-02', {2**32 + 3}, '2024-01-05', {2**32 + 9}, 1, 1),
        ('b', '{profile_id(2)}', 'mail', true, '2024-01-02', {2**32 + 3}, '2024-01-05', {2**32 + 9}, 1, 1)""",
    ):
        bench.execute(sql)
    found = bench.execute(
        "select profile_id::varchar, consented, stated_at::varchar, goal, file, line from main.consent"
    ).fetchall()
    bench.execute("rollback")
    assert found == [(profile_id(1), False, "2024-01-02 00:00:00", "b", "rows_1.csv", 9)]
