"""An export goal compiles to SQL that people can read, and its mistakes are told at once."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from runner.compile.export_faults import check_exports
from runner.compile.export_models import ExportModels, unlike_names
from runner.definitions.project import read_project
from runner.errors import DefinitionError
from tests.unit.exports.exports import compiled, export_project

Compile = Callable[[str], ExportModels]

GOAL = """\
segment: vip
columns:
  - {header: ID, profile_id: true}
  - {header: EMAIL, property: email}
  - {header: BORN, property: born}
"""

ROWS = """\
-- runner/sql/export/rows.sql, for connections/shop.yml:6
with

members as (

    select profile_id
    from segments."vip"

),

profiles as (

    select * from main.profiles

),

final as (

    select
        profiles.profile_id as "key",
        cast(profiles.profile_id as string) -- connections/shop.yml:9
            as "ID",
        profiles."email" -- connections/shop.yml:10
            as "EMAIL",
        strftime(profiles."born", '%Y-%m-%d') -- connections/shop.yml:11
            as "BORN"
    from profiles
    semi join members
        on profiles.profile_id = members.profile_id
    where
        profiles."email" != ''
        or profiles."born" is not null

)

select * from final"""


@pytest.fixture
def models(tmp_path: Path) -> Compile:
    return lambda goal: compiled(export_project(tmp_path / "project", goal))


def faults(compile_goal: Compile, goal: str) -> list[str]:
    with pytest.raises(DefinitionError) as raised:
        compile_goal(goal)
    return [str(fault) for fault in raised.value.faults]


def expression(models: ExportModels, column: str) -> str:
    found = re.search(rf'(.*) -- \S+\n +as "{column}"', models.rows.sql)
    assert found
    return found[1].strip()


def test_the_rows_are_a_select_that_names_where_each_column_was_written(models: Compile) -> None:
    made = models(GOAL)
    assert made.rows.sql == ROWS
    assert made.rows.path == "shop/vip/rows.sql"
    assert len(made.rows.locations) == ROWS.count("\n") + 1


def test_a_position_in_an_expression_is_the_line_of_its_column(models: Compile) -> None:
    made = models(GOAL)
    location = made.rows.location_at(made.rows.sql.index("strftime"))
    assert location is not None
    assert (location.file, location.line) == ("connections/shop.yml", 11)


def test_all_columns_with_an_unknown_property_are_told_with_the_nearest(models: Compile) -> None:
    goal = GOAL.replace("email", "emial").replace("property: born", "property: borm")
    first, second = faults(models, goal)
    assert first.startswith("connections/shop.yml:10:")
    assert "there is no property 'emial'. Did you mean 'email'?" in first
    assert second.startswith("connections/shop.yml:11:")
    assert "Did you mean 'born'?" in second


def test_a_header_or_a_text_that_the_encoding_lacks_is_a_fault(models: Compile) -> None:
    goal = "format: {encoding: windows-1252}\n" + GOAL.replace("EMAIL", "Łódź")
    first, second = faults(models, goal + "  - {header: CITY, text: Ł}\n")
    assert first == "connections/shop.yml:11:18: cp1252 has no character 'Ł'"
    assert second == "connections/shop.yml:13:30: cp1252 has no character 'Ł'"


@pytest.mark.parametrize("written", ["'\"'", "'a\"'", '"\\n"'])
def test_a_separator_that_no_reader_could_find_is_a_fault(models: Compile, written: str) -> None:
    (told,) = faults(models, f"format: {{separator: {written}}}\n{GOAL}")
    assert told.startswith("connections/shop.yml:7:25: the separator holds")


def test_lists_of_the_same_segments_are_gathered_once(models: Compile) -> None:
    made = models(
        GOAL
        + "  - {header: A, segments: all}\n  - {header: B, segments: [b, a]}\n"
        + "  - {header: C, segments: [a, b]}\n"
    )
    assert expression(made, "A") == '"segments_1".segments'
    assert expression(made, "B") == expression(made, "C") == '"segments_2".segments'
    assert made.rows.sql.count("list(distinct segment)") == 2
    assert "where segment in ('a', 'b')" in made.rows.sql


def test_the_key_and_all_columns_have_names_of_their_own(models: Compile) -> None:
    made = models(GOAL.replace("ID", "Key").replace("BORN", "email"))
    assert [column.name for column in made.columns] == ["Key", "EMAIL", "email_2"]
    assert made.sheet.key == "key_2"
    assert made.sheet.header == "Key,EMAIL,email"
    assert unlike_names(["", "column", "a\nb", "A B"]) == ["column", "column_2", "a_b", "A_B_2"]


def test_headers_are_quoted_as_values_are(models: Compile) -> None:
    goal = "segment: vip\ncolumns:\n"
    for header in ("a,b", 'say ""hi""', " blank", "#1", "", "two\\nlines", "plain"):
        written = header.replace('""', '\\"')
        goal += f'  - {{header: "{written}", profile_id: true}}\n'
    assert models(goal).sheet.header == '"a,b","say ""hi"""," blank","#1","","two\nlines",plain'


def test_only_columns_that_may_need_quotes_are_looked_at(models: Compile) -> None:
    goal = 'format: {separator: "-", decimal: ","}\n' + GOAL
    goal += "".join(
        f"  - {{header: {name}, property: {name}}}\n"
        for name in ("visits", "score", "wanted", "amounts")
    )
    looked_at = re.findall(r'regexp_matches\("(\w+)"', models(goal).sheet.line)
    assert looked_at == ["ID", "EMAIL", "BORN", "visits", "score", "amounts"]


@pytest.mark.parametrize(
    ("date_format", "may_need_quotes"),
    [("%d-%m-%Y", False), ("%d;%m", True), ("%d %B", True), (" %d", True), ("#%d", True)],
)
def test_dates_of_digits_need_no_quotes(
    models: Compile, date_format: str, may_need_quotes: bool
) -> None:
    form = f"format: {{separator: ';', date_format: '{date_format}'}}\n"
    assert ('regexp_matches("BORN"' in models(form + GOAL).sheet.line) is may_need_quotes


def test_a_decimal_comma_in_a_comma_file_needs_quotes(models: Compile) -> None:
    goal = "format: {decimal: ','}\n" + GOAL + "  - {header: score, property: score}\n"
    assert 'regexp_matches("score"' in models(goal).sheet.line


def test_a_line_end_in_a_text_does_not_break_the_line_of_its_location(models: Compile) -> None:
    made = models(GOAL + '  - {header: T, text: "it\'s\\none\\\\two"}\n')
    assert expression(made, "T") == "('it''s' || chr(10) || 'one\\two')"


@pytest.mark.parametrize(
    ("format_", "expected"),
    [
        ("%d-%m-%Y", "strftime({local}, '%d-%m-%Y')"),
        ("%%z", "strftime({local}, '%%z')"),
        ("%H %Z.", "strftime({local}, '%H ') || {zone} || strftime({local}, '.')"),
    ],
)
def test_times_are_told_by_the_clocks_of_the_zone(
    models: Compile, format_: str, expected: str
) -> None:
    made = models(
        f'format: {{datetime_format: "{format_}"}}\n{GOAL}  - {{header: AT, property: seen_at}}\n'
    )
    local = "(profiles.\"seen_at\" at time zone 'UTC' at time zone 'Europe/Amsterdam')"
    zone = "if(profiles.\"seen_at\" is not null, 'Europe/Amsterdam', null)"
    assert expression(made, "AT") == expected.format(local=local, zone=zone)


def test_the_zone_of_the_format_comes_before_that_of_the_project(models: Compile) -> None:
    made = models(f"format: {{timezone: UTC}}\n{GOAL}  - {{header: AT, property: seen_at}}\n")
    assert expression(made, "AT") == "strftime(profiles.\"seen_at\", '%Y-%m-%d %H:%M:%S')"


def test_two_columns_of_one_title_in_a_file_of_events_are_a_fault(tmp_path: Path) -> None:
    project = export_project(tmp_path, GOAL + "events: {types: [visit]}\n")
    (tmp_path / "models/events").mkdir()
    visit = "properties: {page: text, at: {type: text, title: page}}\n"
    (tmp_path / "models/events/visit.yml").write_text(visit, encoding="utf-8")
    with pytest.raises(DefinitionError) as raised:
        check_exports(read_project(project.root))
    assert [str(fault) for fault in raised.value.faults] == [
        "connections/shop.yml:12:21: the file of `visit` would have 2 columns 'page':"
        " give one of those properties another `title`"
    ]


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("changes: added_changed_removed", "8:14: removed profiles are not marked: write {change}"),
        ("max_rows_per_file: 3", "7:16: several files of one name would replace one another"),
        ("trigger: done.ok", "8:14: found 'done.ok'; expected such as {name}.ok"),
        ("trigger: 'a/{name}'", "8:14: 'a/out.csv' is no name for a file"),
        (
            "events: {types: [order, interaction], file_name: x.csv}",
            "8:54: the files of several types would replace one another; write {event} in it",
        ),
        ("format: {null_value: ','}", "8:26: `null_value` is written without quotes"),
        ("format: {true_value: x, false_value: x}", "8:42: `true_value` and `false_value` are"),
    ],
)
def test_what_no_partner_could_read_is_a_fault(tmp_path: Path, stated: str, expected: str) -> None:
    project = export_project(tmp_path, f"file_name: out.csv\n{stated}\n{GOAL}")
    with pytest.raises(DefinitionError) as raised:
        check_exports(project)
    assert [
        str(fault).startswith(f"connections/shop.yml:{expected}") for fault in raised.value.faults
    ] == [True]


def test_change_in_a_name_needs_changes(tmp_path: Path) -> None:
    project = export_project(tmp_path, f"file_name: '{{change}}x.csv'\nchanges: changed\n{GOAL}")
    with pytest.raises(
        DefinitionError, match=r"7:16: \{change\} needs `changes: added_changed_removed`"
    ):
        check_exports(project)
