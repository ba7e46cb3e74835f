"""What a definition is made of: templates that the project replaces, and what was stored."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from itertools import starmap
from textwrap import indent

import pytest

from runner.compile.batch_traits import BatchTraits
from runner.compile.export_models import export_models
from runner.compile.import_models import import_models
from runner.compile.import_resolver import resolve_import
from runner.compile.input_file import InputFile
from runner.compile.library import Library
from runner.compile.template_uses import parsed
from runner.definitions.check import check_project
from runner.definitions.import_goal import ImportGoal
from runner.definitions.project import Project, read_project
from runner.definitions.sql_file import SqlFile
from runner.sql import read_sql
from runner.state.definition import Definition, definition_changes
from runner.state.export_definition import export_definition
from runner.state.goal_definition import goal_definition
from runner.state.model_definition import model_definitions, stored_model
from runner.workspace.goal_choice import all_goals
from runner.workspace.workspace import Workspace

PROJECT = """\
name: shop
objectives: [personal, {name: mail, consent: opt_out}]
"""
PROPERTIES = """\
properties:
  id: {identifier: true, max_matches: 3}
  email: {identifier: true}
  name: {permission_level: anonymous}
  tags: {multi: true}
  spent: decimal
"""
GOALS = """\
- name: people
  kind: import_profiles
  files:
    people: people.csv
    shops: {path: shops.csv, join: {shop: people.shop}}
  key: number
  deleted_when: "state = 'gone'"
  identify: {by: [{id: people.id}, {email: email}], on_conflict: merge}
  map:
    name: shops.city
    tags: {from: "upper(tag)", strategy: add}
    spent: {from: people.amount, strategy: sum}
    consent.personal: people.optin
  events:
    - type: order
      id: people.number
      at: people.at
      nested: {product: {id: people.sku, name: shops.city}}
      product_store: true
- name: names
  kind: import_profiles
  objectives: []
  files: {names: names.csv}
  identify: {by: [{email: mail}]}
  map: {name: names.name}
  map_rest: true
- name: houses
  kind: import_groups
  group_type: house
  files: {houses: houses.csv}
  identify: {by: [{code: houses.code}]}
  map: {size: houses.size}
- name: feed
  kind: import_products
  files: {feed: feed.csv}
  id: feed.sku
  map: {name: feed.title}
- name: everyone
  kind: export_profiles
  segment: all
  changes: added_changed_removed
  file_name: "{change}.csv"
  columns: [{header: ID, profile_id: true}, {header: NAME, property: name}]
  events: {types: [order]}
- name: few
  kind: export_profiles
  objectives: []
  segment: all
  columns: [{header: ID, profile_id: true}, {header: REST, property: rest}]
"""
HEADERS = {
    "people": ("number", "id", "email", "shop", "state", "tag", "amount", "optin", "at", "sku"),
    "shops": ("shop", "city"),
    "names": ("mail", "name", "rest"),
    "houses": ("code", "size"),
    "feed": ("sku", "title"),
}
DECISIONS = """\
identifier,value,decision,with_identifier,with_value
id,1,merge,id,2
id,3,separate,id,4
"""
MACROS = ("macros/", "engines/duckdb/macros/", "strategies/")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    folder = tmp_path_factory.mktemp("definitions")
    files = {
        "runner_project.yml": PROJECT,
        "models/properties.yml": PROPERTIES,
        "models/groups/house.yml": "properties:\n  code: {identifier: true}\n  size: integer\n",
        "models/identity/decisions.csv": DECISIONS,
        "models/segments/all.sql": "select profile_id from {{ ref('profiles') }}\n",
        "models/spend.sql": "select {{ tidy('name') }}, {{ var('least', 1) }} from {{ ref('profiles') }}",
        "macros/tidy.sql": "{% macro tidy(column) %}trim({{ column }}){% endmacro %}",
        "connections/shop.yml": "connection: shop\ntype: local\npath: drop\nobjectives: personal\n"
        f"goals:\n{indent(GOALS, '  ')}",
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    read = read_project(folder)
    check_project(read)
    return read


def workspace_of(project: Project, *more: SqlFile) -> Workspace:
    changed = replace(project, models=(*project.models, *more))
    library = Library(read_sql(), changed, {}, lambda _: None)
    return Workspace(changed, "local", changed.target("local")[1], library)


def changed_copy(path: str, text: str) -> SqlFile:
    """Return a copy of a built-in file whose path stands in all SQL that it makes."""
    mark = f" /* {path} */ "
    if path.startswith(MACROS):
        return SqlFile(f"models/{path}", re.sub(r"\{%-? endmacro", rf"{mark}\g<0>", text))
    return SqlFile(f"models/{path}", text + mark)


def definition_of(workspace: Workspace, name: str) -> Definition:
    connection, goal = all_goals(workspace.project)[name]
    if isinstance(goal, ImportGoal):
        return goal_definition(workspace, goal)
    return export_definition(connection.connection, goal, workspace.project, workspace.library)


def fingerprints(workspace: Workspace) -> dict[str, str]:
    return {
        name: definition_of(workspace, name).fingerprint for name in all_goals(workspace.project)
    }


def redefined(project: Project, *more: SqlFile) -> set[str]:
    """Return the goals whose fingerprints change with files that are added to a project."""
    own = fingerprints(workspace_of(project))
    changed = fingerprints(workspace_of(project, *more))
    return {name.removeprefix("shop.") for name in own if changed[name] != own[name]}


def compiled(workspace: Workspace) -> dict[str, str]:
    """Return all SQL of each goal's models, for files with the columns that it reads."""
    project, library = workspace.project, workspace.library
    found = {}
    for name, (connection, goal) in all_goals(project).items():
        if isinstance(goal, ImportGoal):
            headers = {source: HEADERS[source] for source in goal.files}
            plan = resolve_import(
                connection.connection, goal, headers, project, library.environment
            )
            files = {
                source: (InputFile(1, source, source, False, header, 1, 1, header),)
                for source, header in headers.items()
            }
            models = import_models(
                plan, files, project, library, "", BatchTraits(is_suppressing=True)
            )
            sqls = [model.sql for model in models.models.values()]
        else:
            properties = {**project.properties, "rest": project.properties["id"]}
            moment = datetime(2024, 5, 1, tzinfo=UTC)
            made = export_models(connection.connection, goal, project, properties, library, moment)
            files = (made.files.file, made.files.line_counts) if made.files else ()
            sqls = [model.sql for model in (*made.models, *files)] + [made.sheet.line]
        found[name] = "\n".join(sqls)
    return found


def test_goal_is_made_of_each_template_and_macro_whose_sql_it_runs(project: Project) -> None:
    workspace = workspace_of(project, *starmap(changed_copy, read_sql().items()))
    for name, sql in compiled(workspace).items():
        run = {f"models/{path}" for path in re.findall(r"/\* ([\w/]+\.sql) \*/", sql)}
        made_of = {
            str(part[1]) for part in definition_of(workspace, name).parts if part[0] == "templates"
        }
        assert run <= made_of, name
        # A macro counts where a template names it; `products` is made after an import.
        more = {path for path in made_of - run if "macros/" not in path}
        assert more <= {"models/public/products.sql"}, name
        assert len(run) > 3


@pytest.mark.parametrize("path", ["import/consent/refused.sql", "import/consent/statements.sql"])
def test_replaced_template_of_consent_redefines_the_goals_that_ask_for_it(
    project: Project, path: str
) -> None:
    assert redefined(project, changed_copy(path, read_sql()[path])) == {"people"}


USERS = {
    "macros/format_line.sql": {"everyone", "few"},
    # A template of both names it, behind a condition.
    "macros/consenting_members.sql": {"everyone", "few"},
    "engines/duckdb/macros/read_lines.sql": {"people", "names", "houses", "feed"},
    "strategies/add.sql": {"people"},
    "strategies/max.sql": set(),
    "public/products.sql": {"people", "feed"},
    "public/timeline.sql": set(),
    "inspect/joined_rows.sql": set(),
}


@pytest.mark.parametrize("path", USERS)
def test_replaced_template_redefines_no_goal_that_does_not_use_it(
    project: Project, path: str
) -> None:
    assert redefined(project, changed_copy(path, read_sql()[path])) == USERS[path]


def test_stored_definition_of_an_earlier_version_stays_comparable(project: Project) -> None:
    workspace = workspace_of(project)
    (now,) = (
        item
        for name, item in model_definitions(workspace, workspace.compiled()).items()
        if name == "spend"
    )
    file = now.file
    # As it was stored before all definitions had one form.
    flat = {
        "the SQL": now.hashes["the SQL",].written,
        "the configuration": now.hashes["the configuration",].value,
        **workspace.library.uses(file.text),
    }

    def changes(**others: str) -> tuple[str, ...]:
        stored = stored_model(json.dumps(flat | others))
        return definition_changes(stored, now, workspace.library)

    assert changes() == ()
    assert changes(**{"the SQL": "0"}) == ("the SQL changed (models/spend.sql)",)
    assert changes(**{"the configuration": "0"}) == (
        "the configuration changed (models/spend.sql)",
    )
    assert changes(**{"macro tidy": "0"}) == ("macro tidy changed (macros/tidy.sql:1:1)",)
    assert changes(**{"variable least": "0"}) == ("variable least changed (models/spend.sql)",)
    assert definition_changes(stored_model(now.stored()), now, workspace.library) == ()


def test_text_of_a_template_is_parsed_once_for_all_workspaces(project: Project) -> None:
    fingerprints(workspace_of(project))
    misses = parsed.cache_info().misses
    fingerprints(workspace_of(project))
    assert parsed.cache_info().misses == misses
