"""Generic tests: those that are built in, and those that a project defines as in dbt."""

import pytest

from runner.orchestrate.build import run_build
from runner.orchestrate.options import BuildOptions
from runner.workspace.workspace import open_workspace

FILES = {
    "runner_project.yml": "name: shop\n",
    "tests/generic/is_even.sql": (
        "{% test is_even(model, column_name, than=0) %}\n"
        "  select * from {{ model }}\n"
        "  where {{ column_name }} % 2 = 1 and {{ column_name }} > {{ than }}\n"
        "{% endtest %}\n"
    ),
    "macros/matches.sql": (
        "{%- test matches(model, column_name, to) -%}\n"
        "select * from {{ model }} where {{ column_name }} not in (select n from {{ to }})\n"
        "{%- endtest -%}\n"
    ),
    "models/marts/numbers.sql": "select * from (values (1, 'a'), (2, 'b'), (4, 'b')) as t(n, kind)\n",
    "models/marts/numbers.yml": """\
models:
  - name: numbers
    tests:
      - expression_is_true: {expression: "n < 4"}
      - expression_is_true: {expression: "n < 9"}
      - dbt_utils.unique_combination_of_columns: {combination_of_columns: [n, kind]}
      - unique_combination: {columns: kind, severity: warn}
      - not_empty
    columns:
      - name: n
        tests:
          - is_even
          - is_even: {than: 1}
          - is_even: {where: "n > 1"}
          - matches: {to: ref('numbers')}
          - accepted_range: {min_value: 1, max_value: 3, severity: warn}
          - expression_is_true: {expression: "> 0"}
          - relationships_where: {to: ref('numbers'), field: n, to_condition: "kind = 'b'", where: "n > 1"}
""",
}


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tested")
    for path, text in FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    workspace = open_workspace(folder)
    return {node.name: node for node in run_build(workspace, BuildOptions()).nodes}


def test_tests_find_the_rows_that_are_wrong(results):
    found = {
        name: (node.status, node.rows) for name, node in results.items() if node.kind == "test"
    }
    assert found == {
        "expression_is_true_numbers": ("fail", 1),
        "expression_is_true_numbers_2": ("pass", 0),
        "unique_combination_numbers": ("pass", 0),
        "unique_combination_numbers_2": ("warn", 1),
        "not_empty_numbers": ("pass", 0),
        "is_even_numbers_n": ("fail", 1),
        "is_even_numbers_n_2": ("pass", 0),
        "is_even_numbers_n_3": ("pass", 0),
        "matches_numbers_n": ("pass", 0),
        "accepted_range_numbers_n": ("warn", 1),
        "expression_is_true_numbers_n": ("pass", 0),
        "relationships_where_numbers_n": ("pass", 0),
    }


def test_failure_of_a_test_of_the_project_is_at_its_line(results):
    assert str(results["is_even_numbers_n"].location) == "models/marts/numbers.yml:12:13"
