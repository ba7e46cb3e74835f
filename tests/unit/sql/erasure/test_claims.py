"""Lines of a batch that have to do with people to be erased (C2)."""

from pathlib import Path
from types import SimpleNamespace

from runner.compile.import_models import LINES_PER_FILE, InputFile
from runner.definitions.format import Format
from tests.unit.sql.expression import query_rows
from tests.unit.sql.rendering import template_rows

TABLES = {
    "claim_rows": """
        select {0} + origin as origin, place as "people row", key as "key 1"
        from (values (2, 0, 'ann'), (3, 0, 'bob'), (4, 1, null), (5, 2, 'ann')) as t(origin, place, key)
    """,
    "claim_people": "select null::bigint as clean_origin, 2 * {0} + 2 as shift from range(3)",
    "claim_suppressed": "select unnest([0, 3]) as row_id",
}


def claims(folder: Path, personal: set[str]) -> list[tuple[object, ...]]:
    path = folder / "rows.csv"
    path.write_text("id,email\n1,x\n2,to ann here\n", encoding="utf-8")
    file = InputFile(1, path.name, str(path), False, ("id", "email"), 1, 2)
    read = {
        **vars(file),
        "format": Format(),
        "first_origin": LINES_PER_FILE,
        "columns": ["id", "email"],
    }
    for name, query in TABLES.items():
        query_rows(f"create or replace temp table {name} as {query.format(LINES_PER_FILE)}")
    query_rows("set variable mentioned = 'ann'")
    try:
        return sorted(
            template_rows(
                "erasure",
                "claims",
                rows="claim_rows",
                suppressed="claim_suppressed",
                lines={"people": "claim_people"},
                keys=[SimpleNamespace(number=1)],
                chained=[SimpleNamespace(name="people")],
                personal=personal,
                files=[read],
            )
        )
    finally:
        query_rows("reset variable mentioned")
        for name in TABLES:
            query_rows(f"drop table {name}")


def test_line_that_gave_something_of_others_is_theirs_too(tmp_path: Path) -> None:
    """Line 2 of the second file was joined to rows of both."""
    assert claims(tmp_path, {"people"}) == [
        (1, 2, "candidate"),
        (1, 2, "own"),
        (1, 3, "candidate"),
        (1, 3, "other"),
        (1, 5, "candidate"),
        (1, 5, "own"),
        (2, 2, "candidate"),
        (2, 2, "other"),
        (2, 4, "candidate"),
    ]


def test_joined_line_without_personal_data_is_no_candidate(tmp_path: Path) -> None:
    assert (2, 4, "candidate") not in claims(tmp_path, set())
