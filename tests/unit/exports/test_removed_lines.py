"""What a removed file holds was in one sent before, whatever becomes of people and the goal (X5)."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runner.result import NodeResult
from tests.thorough import examples
from tests.unit.exports.exports import Export, compiled, export_project, make_export

EMAIL = "  - {header: EMAIL, property: email}\n"
CITY = "  - {header: CITY, property: city}\n"
HASHED = "  - {header: EMAIL, property: email, hash: sha256}\n"
VISITS = "  - {header: VISITS, property: visits}\n"
LOUD = '  - {header: LOUD, expression: "upper(city)"}\n'
LISTED = 'file_name: "{change}.csv"\nchanges: added_changed_removed\n'
CHANGED = "file_name: changed.csv\nchanges: changed\n"
DEFINITIONS = (
    LISTED + "columns:\n" + EMAIL + VISITS,
    LISTED + "columns:\n" + CITY + VISITS,
    LISTED + "columns:\n" + HASHED + CITY,
    LISTED + "key: [CITY]\ncolumns:\n" + EMAIL + CITY,
    LISTED + "key: [LOUD, EMAIL]\ncolumns:\n" + EMAIL + LOUD,
    LISTED + "columns:\n  - {header: ID, profile_id: true}\n" + EMAIL,
    CHANGED + "columns:\n" + EMAIL + VISITS,
    "file_name: all.csv\ncolumns:\n" + EMAIL + VISITS,
)
PERSON = st.fixed_dictionaries(
    {
        "email": st.sampled_from([None, "", "a@x", "b@x", "c@x"]),
        "city": st.sampled_from([None, "Rome", "Oslo"]),
        "visits": st.sampled_from([1, 2]),
        "segment": st.sampled_from(["vip", "vip", "other"]),
    }
)
STEPS = st.lists(
    st.tuples(st.sampled_from(DEFINITIONS), st.lists(PERSON, max_size=3)), min_size=2, max_size=5
)


@pytest.fixture(scope="module")
def defined(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Export]:
    """The same goal under each definition, on one warehouse."""
    first = make_export(tmp_path_factory.mktemp("export"), "segment: vip\n" + DEFINITIONS[0])

    @cache
    def made(definition: str) -> Export:
        folder = tmp_path_factory.mktemp("definition")
        return replace(
            first, models=compiled(export_project(folder, f"segment: vip\n{definition}"))
        )

    return made


def lines(goal: Export, ran: NodeResult) -> tuple[set[str], set[str]]:
    """Return the values of the removed lines of a run, and those of its other lines."""
    removed: set[str] = set()
    others: set[str] = set()
    for file in ran.exported:
        text = io.StringIO(goal.sent(file.path).decode(), newline="")
        values = {value for row in list(csv.reader(text))[1:] for value in row if value}
        (removed if "removed" in file.path else others).update(values)
    return removed, others


@pytest.mark.thorough
@settings(max_examples=examples(40), deadline=None)
@given(steps=STEPS)
def test_removed_lines_hold_nothing_that_was_not_sent_before_x5(
    defined: Callable[[str], Export], steps: list[tuple[str, list[dict[str, object]]]]
) -> None:
    sent: set[str] = set()
    folder = defined(DEFINITIONS[0]).folder
    for path in (*folder.glob("sent/*.*"), *folder.glob("drop/*.csv")):
        path.unlink()
    for definition, people in steps:
        goal = defined(definition)
        goal.clear()
        for number, values in enumerate(people):
            goal.add(number, **values)  # type: ignore[arg-type]
        removed, others = lines(goal, goal.run())
        assert removed <= sent
        sent |= others


def test_new_key_of_somebody_who_left_is_not_disclosed_and_the_line_is_counted_x5(
    tmp_path: Path,
) -> None:
    """What they were sent under is not a column any more: their line cannot be removed by it."""
    goal = make_export(tmp_path, "segment: vip\n" + DEFINITIONS[1])
    goal.add(1, email="a@x", city="Rome")
    goal.add(2, email="b@x", city="Oslo")
    goal.run()
    project = export_project(tmp_path / "later", "segment: vip\n" + DEFINITIONS[0])
    later = replace(goal, models=compiled(project))
    later.clear()
    later.add(1, email="a@x", city="Rome")
    later.add(2, "other", email="b@x", city="Oslo")
    ran = later.run()
    assert later.sent("removed.csv") == b"EMAIL,VISITS\n"
    assert later.sent("added.csv") == b"EMAIL,VISITS\na@x,\n"
    (warning,) = ran.warnings
    assert warning.startswith("2 lines that were sent before are not in a removed file")
