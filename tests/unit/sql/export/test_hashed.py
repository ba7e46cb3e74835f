"""Exported members with a hash of all that is sent of them (X4)."""

from tests.unit.sql.export_bench import export_bench
from tests.unit.sql.filling import fill
from tests.unit.sql.table import Table

GOAL = """
kind: export_profiles
segment: vip
changes: changed
file_name: all.csv
columns:
  - {header: EMAIL, property: email}
  - {header: VISITS, property: visits}
"""


def hashes(profiles: str, **given: str) -> list[str]:
    """Return the hashes of members p1, p2 and so on."""
    bench = export_bench(GOAL + ("events: {types: [visit]}\n" if given else ""))
    execute = bench.warehouse.connection.execute
    count = len(profiles.strip().splitlines())
    tables = {
        "main.profiles": f"profile_id | email | visits\n{profiles}",
        "segments.vip": "profile_id\n" + "\n".join(f"p{number + 1}" for number in range(count)),
        **{name.replace("__", "."): text for name, text in given.items()},
    }
    execute("begin")
    for relation, text in tables.items():
        fill(execute, relation, Table.read(text))
    found = execute(
        f"select content_hash from ({bench.models['hashed'].sql}) order by key"
    ).fetchall()
    execute("rollback")
    return [row[0] for row in found]


def test_equal_values_have_one_hash_and_others_another() -> None:
    one, same, other, none = hashes("p1 | ann | 1\np2 | ann | 1\np3 | ann | 2\np4 | ann |")
    assert one == same
    assert len({one, other, none}) == 3


def test_events_that_are_sent_count_in_any_order() -> None:
    profiles = "p1 | ann | 1\np2 | ann | 1\np3 | ann | 1"
    events = """
    event_id | profile_id | occurred_at | page
    A        | {0}        | 2024-04-01  | x
    B        | {0}        | 2024-04-02  | y
    """
    plain, with_events, _ = hashes(profiles, main__events_visit=events.format("p2"))
    (again, *_) = hashes(profiles, main__events_visit=events.format("p1"))
    assert plain != with_events
    assert again != plain
