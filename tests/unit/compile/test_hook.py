"""Hooks: statements before and behind a model, in its transaction."""

import pytest

from runner.compile.hook import hook_fault
from runner.engine.duckdb.warehouse import DuckDBWarehouse
from runner.errors import DefinitionError
from runner.orchestrate.build import run_build
from runner.orchestrate.options import BuildOptions
from runner.state.model_definition import model_definitions
from runner.workspace.workspace import open_workspace

FILLED = ("profiles", "events_order")


@pytest.mark.parametrize(
    "sql",
    [
        "create or replace macro f(x) as x + 1",
        "create table if not exists log (name varchar);",
        'insert into "main".log select 1 -- ; x',
        "/* why */ update audit.log set name = 'profiles; drop'",
        "comment on column first.n is 'x'",
        "drop view if exists old",
        "analyze first",
        "create schema audit",
    ],
)
def test_statements_about_tables_of_the_project_are_hooks(sql):
    assert hook_fault(sql, FILLED) == ""


@pytest.mark.parametrize(
    "sql",
    [
        "update profiles set name = 1",
        'delete from main . "Profiles"',
        "insert into runner.rows select 1",
        "insert into /* x */ runner /* */ . rows select 1",
        "drop schema main cascade",
        "create or replace table warehouse.main.t as select 1",
        "truncate segments.vip",
        "comment on column profiles.name is 'x'",
        "copy first to 'x.csv'",
        "attach 'x.db'",
        "set threads = 1",
        "with x as (select 1) insert into log select * from x",
        "select 1",
        "analyze a; drop table b",
        "",
    ],
)
def test_other_statements_are_none(sql):
    assert hook_fault(sql, FILLED).startswith("a hook ")


FILES = {
    "runner_project.yml": "name: shop\n",
    "models/marts/first.sql": (
        "{{ config(pre_hook='create or replace macro twice(x) as x * 2',"
        " post_hook=['create table if not exists log (of varchar)',"
        " 'insert into log values (\\'{{ this.identifier if false else \"first\" }}\\')']) }}\n"
        "select twice(21) as n\n"
    ),
    "models/marts/second.sql": "select n from {{ ref('first') }}\n",
    "models/marts/second.yml": (
        "models:\n  - name: second\n"
        "    config: {post-hook: [{sql: 'update {{ this }} set n = n + 1'}]}\n"
    ),
}


@pytest.fixture
def folder(tmp_path):
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


def read(folder, sql):
    with DuckDBWarehouse.open(folder / "target/warehouse.duckdb", read_only=True) as warehouse:
        return warehouse.connection.execute(sql).fetchall()


def test_hooks_run_in_the_transaction_of_their_model(folder):
    assert run_build(open_workspace(folder), BuildOptions()).exit_code == 0
    assert read(folder, "select n from second") == [(43,)]
    assert read(folder, "select * from log") == [("first",)]
    wrong = "{{ config(pre_hook='insert into log values (1)', post_hook='drop table nothing') }}"
    (folder / "models/marts/first.sql").write_text(f"{wrong}\nselect 1 as n\n")
    ended = {node.name: node for node in run_build(open_workspace(folder), BuildOptions()).nodes}
    assert (ended["first"].status, ended["second"].status) == ("error", "skipped")
    assert (
        "post_hook: Catalog error: Table with name nothing does not exist" in ended["first"].message
    )
    assert str(ended["first"].location) == "models/marts/first.sql:1:1"
    assert read(folder, "select * from log") == [("first",)]


def test_secrets_in_hooks_are_in_no_hash_of_their_model(folder):
    hook = "comment on table {{ this }} is '{{ env_var('WORD') }}'"
    (folder / "models/marts/second.sql").write_text(
        f'{{{{ config(post_hook="{hook}") }}}}\nselect 1 as n\n'
    )
    (folder / "models/marts/second.yml").unlink()
    workspaces = [
        open_workspace(folder, read_variable=lambda _, word=word: word)
        for word in ("first-word", "second-word")
    ]
    found = [model_definitions(it, it.compiled())["second"].hashes for it in workspaces]
    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("hook", "message"),
    [
        ("update {{ ref('profiles') }} set n = 1", 'first: pre_hook: a hook cannot change main."p'),
        ("{{ nothing }}", "'nothing' is undefined"),
    ],
)
def test_mistakes_are_reported_at_the_model(folder, hook, message):
    text = f'{{{{ config(pre_hook="{hook}") }}}}\nselect 1 as n\n'
    (folder / "models/marts/first.sql").write_text(text)
    with pytest.raises(DefinitionError) as raised:
        open_workspace(folder).compiled()
    assert str(raised.value).startswith(f"models/marts/first.sql:1:1: {message}")


RUN_HOOKS = """\
name: shop
on-run-start:
  - create or replace macro twice(x) as x * 2
  - "create table if not exists audit (name varchar, kind varchar, status varchar)"
on-run-end: |
  {% for item in results %}
  {{ 'insert into audit values' if loop.first }}
    ('{{ item.node.name }}', '{{ item.node.resource_type }}', '{{ item.status }}')
    {{ ',' if not loop.last }}
  {% endfor %}
  {{ log(schemas) }}
"""


def test_hooks_of_a_run_are_before_and_behind_all_models(folder):
    (folder / "runner_project.yml").write_text(RUN_HOOKS)
    (folder / "models/marts/first.sql").write_text("select twice(21) as n\n")
    assert run_build(open_workspace(folder), BuildOptions()).exit_code == 0
    found = [("first", "model", "success"), ("second", "model", "success")]
    assert read(folder, "select * from audit") == found
    # One that fails keeps the build from being published, and says where it is.
    text = RUN_HOOKS.replace("create or replace macro twice", "insert into none select 1 --")
    (folder / "runner_project.yml").write_text(text)
    ended = run_build(open_workspace(folder), BuildOptions())
    results = {node.name: node for node in ended.nodes}
    assert not ended.published
    assert ended.reason.startswith("on-run-start: Catalog error: Table with name none does not")
    assert str(results["on-run-start"].location) == "runner_project.yml:3:5"
    assert results["first"].message == "on-run-start failed"
    assert read(folder, "select * from audit") == found


@pytest.mark.parametrize(
    ("hooks", "message"),
    [
        ("on-run-end: grant select on first to bob", "2:13: on-run-end: a hook begins with one of"),
        ("on-run-start: [analyze first, '{{ results }}']", "2:1: 'results' is undefined"),
        ("on-run-start: drop table profiles", "2:15: on-run-start: a hook cannot change profiles"),
        ("on-run-finish: x", "2:1: unknown key `on-run-finish`. Did you"),
    ],
)
def test_mistakes_in_hooks_of_a_run_are_reported_at_their_line(folder, hooks, message):
    (folder / "runner_project.yml").write_text(f"name: shop\n{hooks}\n")
    with pytest.raises(DefinitionError) as raised:
        open_workspace(folder).compiled()
    assert str(raised.value).startswith(f"runner_project.yml:{message}")
