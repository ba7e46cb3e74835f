"""Lines of a batch that have to do with persons to erase (C2)."""

from pathlib import Path
from types import SimpleNamespace

from runner.compile.input_file import LINES_PER_FILE, InputFile, read_together
from runner.definitions.format import Format
from tests.unit.sql.expression import query_rows
from tests.unit.sql.rendering import template_rows

TABLES = {
    "rows_read": """
        select {0} + origin as origin, place as "row_of_people", key as "key_1"
        from (values (2, 0, 'ann'), (3, 0, 'bob'), (4, 1, null), (5, 2, 'ann')) as t(origin, place, key)
    """,
    "customer_lines": "select null::bigint as clean_origin, 2 * {0} + 2 as shift from range(3)",
    "suppressed_rows": "select unnest([0, 3]) as row_id",
}


def line_owners(
    folder: Path,
    personal: set[str],
    *,
    is_of_groups: bool = False,
    is_alone: bool = False,
    more: str = "",
) -> list[tuple[object, ...]]:
    read = []
    for number, text in ((1, "1,x\n2,to ann here\n"), (7, more)):
        path = folder / f"rows_{number}.csv"
        path.write_text(f"id,email\n{text}", encoding="utf-8")
        file = InputFile(number, path.name, str(path), False, ("id", "email"), 1, text.count("\n"))
        read.append(
            {
                **vars(file),
                "format": Format(),
                "first_origin": number * LINES_PER_FILE,
                "columns": ["id", "email"],
            }
        )
    for name, query in TABLES.items():
        query_rows(f"create or replace temp table {name} as {query.format(LINES_PER_FILE)}")
    query_rows("set variable person_values = 'ann'")
    try:
        return sorted(
            template_rows(
                "erasure",
                "line_owners",
                rows="rows_read",
                suppressed="suppressed_rows",
                lines={"people": "customer_lines"},
                plan=SimpleNamespace(row_of=lambda source: f'"row_of_{source}"'),
                keys=[SimpleNamespace(column="key_1")],
                chained=[SimpleNamespace(name="people")],
                personal=personal,
                is_of_groups=is_of_groups,
                is_alone=is_alone,
                runs=read_together(read),
            )
        )
    finally:
        query_rows("reset variable person_values")
        for name in TABLES:
            query_rows(f"drop table {name}")


def test_line_that_gave_something_of_others_is_theirs_too(tmp_path: Path) -> None:
    """Line 2 of the second file was joined to rows of both."""
    assert line_owners(tmp_path, {"people"}) == [
        (1, 2, "own"),
        (1, 3, "mention"),
        (1, 3, "other"),
        (1, 5, "own"),
        (2, 2, "candidate"),
        (2, 2, "other"),
        (2, 4, "candidate"),
    ]


def test_joined_line_without_personal_data_is_no_candidate(tmp_path: Path) -> None:
    assert (2, 4, "candidate") not in line_owners(tmp_path, set())


def test_line_of_a_group_goes_where_it_mentions_them_and_its_group_is_named(
    tmp_path: Path,
) -> None:
    """Line 3 of the main file mentions them; line 2 of the second file was joined to it too."""
    assert line_owners(tmp_path, {"people"}, is_of_groups=True) == [
        (1, 2, "other"),
        (1, 3, "group"),
        (1, 3, "mention"),
        (1, 5, "other"),
        (2, 2, "candidate"),
        (2, 2, "other"),
        (2, 4, "other"),
    ]


def test_line_of_a_chained_file_read_by_itself_may_be_of_others_too(tmp_path: Path) -> None:
    owners = {owner for *_, owner in line_owners(tmp_path, set(), is_alone=True)}
    assert owners & {"own", "other"} == set()
    assert (1, 2, "candidate") in line_owners(tmp_path, set(), is_alone=True)


def test_lines_of_files_that_are_read_together_are_those_of_their_file(tmp_path: Path) -> None:
    found = line_owners(tmp_path, set(), more="8,y\n9,ann\n")
    assert [row for row in found if row[0] == 7] == [(7, 3, "mention")]
