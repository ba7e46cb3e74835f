"""Unit tests of models: given rows in, expected rows out, before the model is built."""

from pathlib import Path

import pytest

from tests.functional.workshop import Workshop

pytestmark = pytest.mark.any_engine

GOAL = """\
- name: orders
  kind: import_profiles
  files: {orders: orders_*.csv}
  identify: {by: [{id: orders.customer}]}
  map: {spent: {from: orders.amount, strategy: sum}, tags: {from: orders.tag, strategy: add}}
"""
RICH = """\
select profile_id
from {{ ref('profiles') }}
where spent >= {{ var('threshold') }}
"""
TEST = """\
unit_tests:
  - name: rich_spent_the_threshold
    description: The threshold itself is enough
    model: rich
    given:
      - input: ref('profiles')
        rows:
          - {profile_id: 00000000-0000-0000-0000-000000000001, spent: 99.99, tags: [a, b]}
          - {profile_id: 00000000-0000-0000-0000-000000000002, spent: 100}
          - {profile_id: 00000000-0000-0000-0000-000000000003}
    expect:
      rows:
        - {profile_id: 00000000-0000-0000-0000-000000000002}
"""


@pytest.fixture(scope="module")
def declared_shop(shared_shop: Workshop) -> Workshop:
    shop = shared_shop
    shop.properties("id: {identifier: true}\nspent: decimal\ntags: {multi: true}\n")
    shop.goals(GOAL)
    project = shop.folder / "runner_project.yml"
    project.write_text(project.read_text() + "\nvars: {threshold: 100}\n")
    shop.write("models/segments/rich.sql", RICH)
    shop.write("models/segments/rich.yml", TEST)
    shop.drop("orders_1.csv", "customer,amount,tag\n1,100,x\n2,1,y\n")
    return shop


@pytest.fixture(scope="module")
def built_shop(
    declared_shop: Workshop, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Workshop, str]:
    """The project, built, and what the build said."""
    shop = declared_shop.copied(tmp_path_factory.mktemp("built") / "shop")
    ended = shop.run("build", "--verbose")
    assert ended.code == 0, ended.told
    return shop, ended.told


@pytest.fixture
def rich(declared_shop: Workshop, tmp_path: Path) -> Workshop:
    """The project, not built yet."""
    return declared_shop.copied(tmp_path / "rich")


@pytest.fixture
def built(built_shop: tuple[Workshop, str], tmp_path: Path) -> Workshop:
    return built_shop[0].copied(tmp_path / "built")


@pytest.mark.both_engines
def test_unit_test_holds_before_its_model_is_built(built_shop: tuple[Workshop, str]) -> None:
    rich, told = built_shop
    assert "PASS unit test rich_spent_the_threshold" in told
    assert told.index("rich_spent_the_threshold") < told.index("segment rich ")
    assert "1 unit test passed" in told
    assert rich.rows("select count(*) from segments.rich") == [(1,)]
    assert "PASS=1" in rich.run("test").stdout
    assert "rich_spent_the_threshold" in rich.run("ls", "--resource-type", "unit_test").stdout


def test_failing_unit_test_shows_the_rows_and_keeps_the_model_back(built: Workshop) -> None:
    built.write("models/segments/rich.sql", RICH.replace(">=", ">"))
    built.drop("orders_2.csv", "customer,amount,tag\n3,500,x\n")
    ended = built.run("build")
    assert ended.code == 1
    assert (
        "models/segments/rich.yml:2:11: `rich` returned other rows:"
        " missing {profile_id: 00000000-0000-0000-0000-000000000002}" in ended.told
    )
    assert "rich_spent_the_threshold did not succeed" in ended.told
    # A failing test keeps the build from being published.
    assert built.rows("select count(*) from profiles") == [(2,)]
    assert "unexpected" not in ended.told


def test_selected_model_brings_its_unit_test(built: Workshop) -> None:
    ended = built.run("build", "--verbose", "--select", "rich")
    assert "PASS unit test rich_spent_the_threshold" in ended.told
    assert "rich_spent_the_threshold" not in built.run("run", "--select", "rich").told


def test_rows_may_be_csv_and_variables_others(rich: Workshop) -> None:
    rich.write(
        "models/marts/spend.sql",
        "select id, spent * {{ var('threshold') }} as share, len(tags) as tags\n"
        "from {{ ref('profiles') }}",
    )
    rich.write(
        "models/marts/spend.yml",
        """\
unit_tests:
  - name: spend_is_multiplied
    model: spend
    overrides: {vars: {threshold: 3}}
    given:
      - input: "{{ ref(\\"profiles\\") }}"
        format: csv
        rows: |
          id,spent,tags
          007,1.50,"[a, b]"
          8,,
    expect:
      format: csv
      rows: |
        id,share
        8,
        007,4.5
""",
    )
    ended = rich.run("build")
    assert ended.code == 0, ended.told
    assert "2 unit tests passed" in ended.stdout


SEEN = """\
{{ config(materialized='incremental', unique_key='id') }}
select id from {{ ref('profiles') }}
{% if is_incremental() %}where id not in (select id from {{ this }}){% endif %}
"""
SEEN_TEST = """\
unit_tests:
  - name: seen_adds_what_is_new
    model: seen
    overrides: {is_incremental: true}
    given:
      - {input: ref('profiles'), rows: [{id: a}, {id: b}]}
      - {input: this, rows: [{id: a}]}
    expect: {rows: [{id: b}]}
"""


def test_incremental_model_is_tested_before_its_table_is_there(rich: Workshop) -> None:
    rich.write("models/marts/seen.sql", SEEN)
    rich.write("models/marts/seen.yml", SEEN_TEST)
    rich.build()
    assert rich.rows("select id from seen order by id") == [("1",), ("2",)]
    rich.drop("orders_2.csv", "customer,amount,tag\n3,5,x\n")
    # The table has no column `at`: the model is tested with the columns that it gives.
    rich.write(
        "models/marts/seen.sql",
        SEEN.replace("select id from {{ ref", "select id, 1 as at from {{ ref"),
    )
    rich.write(
        "models/marts/seen.yml", SEEN_TEST.replace("{id: a}]}\n    ex", "{id: a, at: 1}]}\n    ex")
    )
    rich.build()
    assert rich.rows("select * from seen order by id") == [("1",), ("2",), ("3",)]
    # Of a full refresh of models the rest of the warehouse stays.
    rich.drop("orders_3.csv", "customer,amount,tag\n4,5,x\n")
    rich.build("--full-refresh", "--select", "seen")
    assert rich.rows("select * from seen order by id") == [("1", 1), ("2", 1), ("3", 1)]
    assert rich.rows("select count(*) from segments.rich") == [(1,)]
    assert rich.run("build", "--full-refresh", "--exclude", "rich").code == 2
    # A full refresh that cannot make a table again is not published.
    rich.write("models/marts/seen.yml", SEEN_TEST.replace("{id: b}]}\n", "{idd: b}]}\n"))
    ended = rich.run("build", "--full-refresh")
    assert ended.code == 1
    assert "nothing is published: what seen gave would be lost" in ended.told
    assert rich.rows("select count(*) from seen") == [(3,)]


def test_test_that_cannot_run_keeps_the_build_from_being_published(rich: Workshop) -> None:
    rich.write("tests/nonsense.sql", "select nonsense from {{ ref('profiles') }}\n")
    ended = rich.run("build")
    assert ended.code == 1
    assert not rich.warehouse.exists()
    rich.write("tests/nonsense.sql", "{{ config(severty='warn') }}select 1 where false\n")
    ended = rich.run("build")
    assert "tests/nonsense.sql:1:1: unknown key `severty`. Did you mean 'severity'?" in ended.told


@pytest.mark.parametrize(
    ("change", "code", "told"),
    [
        (
            ("model: rich", "model: rihc"),
            2,
            "rich.yml:4:12: there is no model 'rihc'. Did you mean 'rich'?",
        ),
        (
            ("ref('profiles')", "ref('profile')"),
            2,
            "rich.yml:6:7: the model reads ref('profiles'), and the unit test states no rows of it",
        ),
        (("spent: 100}", "spend: 100}"), 1, "models/segments/rich.yml:8:11: "),
        (("spent: 100}", "spent: much}"), 1, "models/segments/rich.yml:8:11: "),
        (("        - {profile_id: 00", "        - {profil_id: 00"), 1, "models/segments/rich.yml:"),
        (("given:", "givn:"), 2, "unknown key `givn`. Did you mean 'given'?"),
        (("      rows:\n        - {", "      rows:\n        {"), 2, "expected `rows` as a list"),
    ],
)
def test_mistake_is_told_at_its_line(
    rich: Workshop, change: tuple[str, str], code: int, told: str
) -> None:
    text = TEST.replace(*change)
    assert text != TEST
    rich.write("models/segments/rich.yml", text)
    ended = rich.run("build")
    assert (ended.code, told in ended.told) == (code, True), ended.told


def test_no_rows_may_be_expected(rich: Workshop) -> None:
    text = TEST.split("    expect:")[0] + "    expect: {rows: []}\n"
    rich.write("models/segments/rich.yml", text)
    ended = rich.run("build")
    assert "`rich` returned other rows: 1, and none is expected" in ended.told
