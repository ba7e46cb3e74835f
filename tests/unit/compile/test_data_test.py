"""What a data test allows is read from YAML and SQL alike, as dbt's projects have it."""

from pathlib import Path

import pytest

from runner.compile.data_test import DataTest
from runner.errors import DefinitionError
from runner.workspace.workspace import open_workspace
from tests.unit.definitions.small_project import project

DOCUMENT = """\
models:
  - name: vip
    columns:
      - name: profile_id
        tests:
          - %s
"""


def compiled(folder: Path, declared: str = "not_null", singular: str = "") -> DataTest:
    project(folder)
    (folder / "models/segments/vip.yml").write_text(DOCUMENT % declared)
    (folder / "tests").mkdir()
    (folder / "tests/known.sql").write_text(singular + "select 1 where false\n")
    tests = open_workspace(folder).compiled().tests
    return tests[0] if singular else tests[1]


@pytest.mark.parametrize(
    "declared",
    [
        'not_null: {severity: warn, warn_if: ">10", error_if: "!= 3", limit: 20, store_failures: true}',
        'not_null: {config: {severity: warn, warn_if: ">10", error_if: "!= 3", limit: 20}, store_failures: true}',
        'not_null: {arguments: {}, config: {severity: warn, warn_if: ">10", error_if: "!= 3", limit: 20, store_failures: "true"}}',
    ],
)  # fmt: skip
def test_configuration_stands_beside_the_arguments_or_below_config(
    tmp_path: Path, declared: str
) -> None:
    config = compiled(tmp_path, declared).config
    stated = (config.severity, config.warn_if, config.error_if, config.limit, config.store_failures)
    assert stated == ("warn", ">10", "!= 3", 20, True)


def test_configuration_of_a_sql_file_is_that_of_config(tmp_path: Path) -> None:
    call = "{{ config(severity='warn', warn_if='between 2 and 5', limit=7, store_failures=true) }}"
    config = compiled(tmp_path, singular=call).config
    assert [config.status(failures) for failures in (1, 2, 5, 6)] == [
        "pass",
        "warn",
        "warn",
        "pass",
    ]
    assert (config.limit, config.store_failures) == (7, True)


@pytest.mark.parametrize(
    ("declared", "singular", "message"),
    [
        ("not_null: {warn_if: 10}", "", "models/segments/vip.yml:6:13: found '10'; expected a condition"),
        ('not_null: {error_if: ">-1"}', "", "models/segments/vip.yml:6:13: found '>-1'; expected a condition"),
        ("not_null: {config: {limit: 0}}", "", "models/segments/vip.yml:6:13: found '0' for `limit`"),
        ("not_null: {config: {severty: warn}}", "", "models/segments/vip.yml:6:42: unknown key `severty`. Did you mean 'severity'?"),
        ("not_null: {config: warn}", "", "models/segments/vip.yml:6:13: expected the arguments of `not_null` as `key: value` lines"),
        ("not_null", "{{ config(warn_if='many') }}", "tests/known.sql:1:1: found 'many'; expected a condition"),
        ("not_null", "{{ config(limits=3) }}", "tests/known.sql:1:1: unknown key `limits`. Did you mean 'limit'?"),
    ],
)  # fmt: skip
def test_mistake_is_reported_at_its_line(
    tmp_path: Path, declared: str, singular: str, message: str
) -> None:
    with pytest.raises(DefinitionError) as raised:
        compiled(tmp_path, declared, singular)
    assert str(raised.value).startswith(message)
