"""What a notice says: names of the project and hints, and no value of a file."""

from datetime import UTC, datetime

import pytest

from runner.definitions.project import read_project
from runner.errors import Location
from runner.orchestrate.notice import Notice
from runner.result import BuildResult, NodeResult

PEOPLE = "shop.people", "import_profiles"


@pytest.fixture
def project(tmp_path):
    """A project whose connection uses the column `birthdate`."""
    (tmp_path / "connections").mkdir()
    (tmp_path / "runner_project.yml").write_text("name: acme\n", "utf-8")
    (tmp_path / "connections/shop.yml").write_text(
        """\
connection: shop
type: local
goals:
  - name: people
    kind: import_profiles
    files: {people: people.csv}
    identify: {by: [{email: email}]}
    map: {birth_date: people.birthdate}
""",
        "utf-8",
    )
    return read_project(tmp_path)


def told(project, node, *others):
    start = datetime(2026, 1, 1, tzinfo=UTC)
    result = BuildResult("b1", "local", start, 1.0, (node, *others), False)
    return Notice(project, "shop", "error", result, (node,), (node, *others)).text


@pytest.mark.parametrize("value", ["'anna@example.com'", "'O'anna'", '"anna"'])
def test_error_has_its_line_and_no_value_of_a_file(project, value):
    place = Location("connections/shop.yml", 7)
    message = f"cannot read {value} as a number"
    text = told(project, NodeResult(*PEOPLE, "error", message=message, location=place))
    assert f"connections/shop.yml:7:1: shop.people: cannot read {value[0]}…{value[0]} as" in text
    assert "anna" not in text


def test_names_of_the_project_and_hints_stay(project):
    message = "connection 'shop': no column 'birthdate'.\npip install 'runner[s3]'\nsee `a 'b' c`"
    text = told(project, NodeResult(*PEOPLE, "error", message=message, exit_code=1))
    assert "connection 'shop': no column 'birthdate'.\n  pip install 'runner[s3]'" in text
    assert "see `a 'b' c`" in text


def test_what_waits_was_set_aside_or_suppressed_is_told(project):
    outcomes = {"created": 1, "no_consent": 2, "suppressed": 3}
    warnings = [f"{number}.csv waits for its trigger" for number in range(12)]
    node = NodeResult(*PEOPLE, "success", outcomes=outcomes, rejects=4, warnings=tuple(warnings))
    text = told(project, node)
    assert "success    shop.people: 1 created, 2 no consent, 3 suppressed\n" in text
    assert "4 lines and values set aside: `runner rejects --build b1` lists them" in text
    assert "shop.people: 9.csv waits for its trigger\nand 2 more\n" in text
