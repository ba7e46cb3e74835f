"""Mistakes that `compile` finds without a file or a server: one message each, at its line."""

from pathlib import Path

import pytest

from runner.errors import RunnerError
from runner.orchestrate.compilation import compile_all, selected_models
from runner.workspace.workspace import open_workspace

SHOP, PROPERTIES, PROJECT = "connections/shop.yml", "models/properties.yml", "runner_project.yml"
VIP, MART, TESTS = "models/segments/vip.sql", "models/marts/names.sql", "tests/assert_names.sql"
MART_YML, MACRO = "models/marts/names.yml", "macros/shout.sql"
FILES = {
    PROJECT: """\
name: shop
vars: {limit: 5}
targets:
  local: {warehouse: target/warehouse.duckdb}
""",
    PROPERTIES: """\
properties:
  email: {identifier: true, pii: true}
  name: text
  amount: decimal(18,2)
  tags: {multi: true}
""",
    SHOP: """\
connection: shop
type: local
path: drop
goals:
  - name: people
    kind: import_profiles
    files:
      people: {path: "people_*.csv"}
      homes: {path: homes.csv, join: {number: people.home}}
    format: {date_format: "%d-%m-%Y"}
    process:
      - set: {email: "{{ shout('people.email') }}"}
      - drop: "people.status = 'test'"
    identify: {by: [{email: email}]}
    map:
      name: people.name
      amount: {from: people.amount, strategy: sum}
      tags: {from: homes.tags, strategy: add}
  - name: vip
    kind: export_profiles
    segment: vip
    directory: out
    file_name: vip.csv
    columns:
      - {header: EMAIL, property: email}
      - {header: AMOUNT, property: amount}
""",
    VIP: "select profile_id from {{ ref('profiles') }} where amount > {{ var('limit') }}\n",
    MART: "select name from {{ ref('profiles') }}\n",
    MART_YML: """\
models:
  - name: names
    columns:
      - name: name
        tests: [not_null]
""",
    TESTS: "select name from {{ ref('names') }} where name = ''\n",
    MACRO: "{% macro shout(column) %}upper({{ column }}){% endmacro %}\n",
}

# What is wrong: file, what stands there, what stands there instead, `line: message`.
MISTAKES = {
    "model with the table of profiles": (
        MART,
        "select name",
        "{{ config(alias='profiles') }}select name",
        '1: the table main."profiles" is of runner: state another `alias`',
    ),
    "view with a function that only runner has": (
        MART,
        "select name",
        "{{ config(materialized='view') }}\nselect telephone_number(name, '31') as name",
        "2: a view cannot call `telephone_number`, which other programs and `runner query` do not"
        " have: write materialized='table'",
    ),
    # The connection and its files.
    "key of a connection": (
        SHOP,
        "path: drop",
        "paht: drop",
        "3: unknown key `paht`. Did you mean 'path'?",
    ),
    "kind of a connection": (SHOP, "type: local", "type: locl", "2: found 'locl'."),
    "kind of a goal": (
        SHOP,
        "import_profiles",
        "import_profile",
        "6: found 'import_profile'. Did you mean 'import_profiles'?",
    ),
    "no kind": (SHOP, "    kind: import_profiles\n", "", "5: "),
    "name of a goal": (
        SHOP,
        "name: people\n",
        "name: the people\n",
        "5: found 'the people'; expected a name of letters",
    ),
    "goal declared twice": (
        SHOP,
        "name: vip\n",
        "name: people\n",
        "19: the goal 'people' is already declared",
    ),
    "key of a file": (SHOP, "homes: {path:", "homes: {pathh:", "9: unknown key `pathh`."),
    "file above": (
        SHOP,
        "people.home}",
        "poeple.home}",
        "9: there is no file source above this one 'poeple'. Did you mean 'people'?",
    ),
    "no join": (SHOP, ", join: {number: people.home}", "", "9: `homes` is not joined to any file"),
    "wildcard of a folder": (SHOP, "people_*.csv", "*/people.csv", "8: "),
    "path that climbs out": (SHOP, "path: homes.csv", "path: ../homes.csv", "9: "),
    # The format.
    "key of a format": (
        SHOP,
        "date_format:",
        "date_fromat:",
        "10: unknown key `date_fromat`. Did you mean 'date_format'?",
    ),
    "letter of a date": (SHOP, "%d-%m-%Y", "%d-%Q-%Y", "10: found '%Q' in '%d-%Q-%Y'"),
    "date without a year": (
        SHOP,
        "%d-%m-%Y",
        "%d-%m",
        "10: found '%d-%m'; a date needs the year (%Y) as well",
    ),
    "letters of others": (
        SHOP,
        "%d-%m-%Y",
        "dd-qq-yyyy",
        "10: found 'dd-qq-yyyy'; expected the letters of strptime",
    ),
    "encoding": (
        SHOP,
        'date_format: "%d-%m-%Y"',
        "encoding: utf8x",
        "10: found 'utf8x'; expected an encoding that Python knows",
    ),
    "decimal": (SHOP, 'date_format: "%d-%m-%Y"', 'decimal: ";"', "10: found ';'."),
    "empty separator": (
        SHOP,
        'date_format: "%d-%m-%Y"',
        'separator: ""',
        "10: found an empty separator",
    ),
    "time zone": (
        SHOP,
        'date_format: "%d-%m-%Y"',
        "timezone: Europe/Amsterdm",
        "10: found 'Europe/Amsterdm'; expected a time zone such as",
    ),
    "zone of the project": (
        PROJECT,
        "name: shop",
        "name: shop\ntimezone: Amsterdam",
        "2: found 'Amsterdam'; expected a time zone",
    ),
    # Expressions and macros.
    "unknown macro of a goal": (SHOP, "shout('people", "shuot('people", "12: 'shuot' is undefined"),
    "unknown variable of a goal": (
        SHOP,
        "people.status = 'test'",
        "people.status = {{ var('statsu') }}",
        "13: there is no variable 'statsu'",
    ),
    "template that is not closed": (
        SHOP,
        "shout('people.email') }}",
        "shout('people.email') }",
        "12: ",
    ),
    "argument of a macro": (
        SHOP,
        "shout('people.email')",
        "shout('people.email', 3)",
        "12: macro 'shout' takes not more than 1 argument",
    ),
    "source of an expression": (
        SHOP,
        "name: people.name\n",
        "name: persons.name\n",
        "16: there is no file source 'persons'",
    ),
    "step of a process": (
        SHOP,
        "- drop:",
        "- dorp:",
        "13: unknown key `dorp`. Did you mean 'drop'?",
    ),
    # What is mapped.
    "unknown property": (
        SHOP,
        "      name: people",
        "      nmae: people",
        "16: there is no property 'nmae'. Did you mean 'name'?",
    ),
    "property mapped twice": (
        SHOP,
        "      name: people.name\n",
        "      name: people.name\n      name: people.nick\n",
        "17: `name` stands here twice; it is first on line 16",
    ),
    "unknown strategy": (
        SHOP,
        "strategy: sum",
        "strategy: smu",
        "17: found 'smu'. Did you mean 'sum'?",
    ),
    "sum of a text": (
        SHOP,
        "name: people.name",
        "name: {from: people.name, strategy: sum}",
        "16: `sum` needs a number",
    ),
    "add to one value": (
        SHOP,
        "strategy: sum",
        "strategy: add",
        "17: `add` needs a property of several values",
    ),
    "unknown identifier": (
        SHOP,
        "by: [{email: email}]",
        "by: [{emial: email}]",
        "14: there is no property 'emial'. Did you mean 'email'?",
    ),
    "no identifier": (SHOP, "by: [{email: email}]", "by: []", "14: `by` is empty"),
    "type of a property": (
        PROPERTIES,
        "name: text",
        "name: txt",
        "3: found 'txt'. Did you mean 'text'?",
    ),
    "key of a property": (
        PROPERTIES,
        "multi: true",
        "multy: true",
        "5: unknown key `multy`. Did you mean 'multi'?",
    ),
    "comma in braces": (
        PROPERTIES,
        "amount: decimal(18,2)",
        "amount: {type: decimal(18,2)}",
        "4: a comma ends a value within braces, and this one is cut after 'decimal(18'; write it in quotes",
    ),
    "comma in braces of the file": (
        PROPERTIES,
        "email: {identifier: true, pii: true}",
        "email: {type: decimal(18, 2), pii: true}",
        "2: a comma ends a value within braces",
    ),
    "property declared twice": (
        PROPERTIES,
        "name: text\n",
        "name: text\n  name: date\n",
        "4: `name` stands here twice",
    ),
    "property of runner itself": (
        PROPERTIES,
        "name: text",
        "profile_id: text",
        "3: `profile_id` is made by runner itself",
    ),
    "goal of shared_by": (
        PROPERTIES,
        "multi: true",
        "multi: true, shared_by: [shop.poeple]",
        "5: there is no goal 'shop.poeple'. Did you mean 'shop.people'?",
    ),
    # Exports.
    "unknown segment": (
        SHOP,
        "segment: vip",
        "segment: vpi",
        "21: there is no segment 'vpi'. Did you mean 'vip'?",
    ),
    "property of a column": (
        SHOP,
        "property: amount",
        "property: amuont",
        "26: there is no property 'amuont'. Did you mean 'amount'?",
    ),
    "header twice": (SHOP, "header: AMOUNT", "header: EMAIL", "26: "),
    "directory that climbs out": (SHOP, "directory: out", "directory: ../out", "22: "),
    "wildcard of an export": (SHOP, "directory: out", "directory: out*", "22: "),
    "part of a file name": (SHOP, "file_name: vip.csv", "file_name: '{segmnt}.csv'", "23: "),
    "key of an export": (
        SHOP,
        "segment: vip",
        "segmnt: vip",
        "21: unknown key `segmnt`. Did you mean 'segment'?",
    ),
    "changes of an export": (
        SHOP,
        "file_name: vip.csv",
        "file_name: vip.csv\n    changes: some",
        "24: found 'some'.",
    ),
    # Models and tests.
    "unknown model": (
        MART,
        "ref('profiles')",
        "ref('profils')",
        "1: there is no model 'profils'. Did you mean 'profiles'?",
    ),
    "unknown macro of a model": (
        MART,
        "select name",
        "select {{ shuot('name') }}",
        "1: 'shuot' is undefined",
    ),
    "unknown variable of a model": (
        VIP,
        "var('limit')",
        "var('limt')",
        "1: there is no variable 'limt'",
    ),
    "source of a model": (
        MART,
        "ref('profiles')",
        "source('shop', 'poeple', 'people')",
        "1: there is no import goal of `shop` 'poeple'",
    ),
    "model of itself": (
        MART,
        "ref('profiles')",
        "ref('names')",
        "1: the model 'names' refers to itself",
    ),
    "configuration of a model": (
        MART,
        "select name",
        "{{ config(materialised='table') }} select name",
        "1: unknown configuration 'materialised'. Did you mean 'materialized'?",
    ),
    "kind of a model": (
        MART,
        "select name",
        "{{ config(materialized='tabel') }} select name",
        "1: found materialized='tabel'. Did you mean 'table'?",
    ),
    "empty segment": (VIP, FILES[VIP], "-- nothing yet\n", "1: there is no SELECT in this file"),
    "semicolon": (
        MART,
        FILES[MART],
        "select name\nfrom {{ ref('profiles') }};\n",
        "2: a model or a test is one SELECT: remove the semicolon",
    ),
    "block that is not closed": (MART, "select name", "{% if true %} select name", "1: "),
    "model of a test": (
        TESTS,
        "ref('names')",
        "ref('nmaes')",
        "1: there is no model 'nmaes'. Did you mean 'names'?",
    ),
    "kind of a test": (
        MART_YML,
        "not_null",
        "not_nul",
        "5: unknown test `not_nul`. Did you mean 'not_null'?",
    ),
    "described model": (MART_YML, "- name: names", "- name: nmaes", "2: there is no model 'nmaes'"),
    "macro that cannot be read": (MACRO, "{% endmacro %}", "", "1: "),
    # Keys of dbt that cannot mean the same.
    "schema of a model": (
        MART,
        "select name",
        "{{ config(schema='n') }} select name",
        "1: `schema` of dbt has no meaning here: segments are in",
    ),
    "hook of a model": (
        MART,
        "select name",
        "{{ config(post_hook='delete from profiles') }} select name",
        "1: names: post_hook: a hook cannot change profiles: only tables and functions of the",
    ),
    "hook of the project": (
        PROJECT,
        "targets:",
        "on-run-start: x\ntargets:",
        "3: on-run-start: a hook begins with one of alter, analyze,",
    ),
    "argument of a test": (
        MART_YML,
        "[not_null]",
        "[{recency: {days: 3}}]",
        "5: `recency` takes days, field; found days",
    ),
    "error of a macro": (
        MACRO,
        "upper({{ column }})",
        "{{ exceptions.raise_compiler_error('no ' ~ column) }}",
        "1: no people.email",
    ),
    "model without quotes": (
        MART,
        "ref('profiles')",
        "ref(profiles)",
        "1: 'profiles' is undefined: quote the model: ref('profiles')",
    ),
    "single braces": (
        MART,
        "from {{ ref('profiles') }}",
        "\nfrom { ref('profiles') }",
        "2: found `{ ref` in single braces: write `{{ ... }}`",
    ),
    "brace that is missing": (MART, "') }}", "') }", "1: found a single '}': `{{` ends with `}}`"),
    "misspelt filter": (
        MART,
        "select name",
        "select {{ 'name' | uper }}",
        "1: there is no filter 'uper'. Did you mean 'upper'?",
    ),
    "tag of another language": (
        MART,
        "select name",
        "{% if true %}{% elseif x %}{% endif %}select name",
        "1: unknown tag 'elseif'. Did you mean 'elif'?",
    ),
    "statement of a model": (
        MART,
        "select name",
        "insert  into x select name",
        "1: a model or a test is one SELECT; found `insert into`",
    ),
    "macro of dbt_utils": (
        MART,
        "select name",
        "select {{ dbt_utils.srar(ref('profiles')) }}",
        "1: `dbt_utils.srar` is not built in. Did you mean 'star'?",
    ),
    "schedule of cron": (
        SHOP,
        "type: local",
        "type: local\nschedule: '0 3 * * *'",
        "3: found '0 3 * * *'; expected a schedule such as {weekdays:",
    ),
    "key of a schedule": (
        SHOP,
        "type: local",
        "type: local\nschedule: {cronn: '0 3 * * *'}",
        "3: unknown key `cronn`. Allowed here: at, days_of_month, every,",
    ),
    "sources of dbt": (
        MART_YML,
        "models:",
        "sources: []\nmodels:",
        "1: `sources` of dbt has no meaning here: read a seed or a model with",
    ),
    "metrics of dbt": (
        MART_YML,
        "models:",
        "semantic_models: []\nmodels:",
        "1: `semantic_models` of dbt has no meaning here: leave it out",
    ),
    "version of dbt": (
        PROJECT,
        "targets:",
        "require-dbt-version: '>=1.7'\ntargets:",
        "3: `require-dbt-version` of dbt has no meaning here: leave it out",
    ),
    # The project.
    "key of the project": (
        PROJECT,
        "targets:",
        "tragets:",
        "3: unknown key `tragets`. Did you mean 'targets'?",
    ),
    "engine of a target": (
        PROJECT,
        "warehouse: target",
        "engine: duckdbb, warehouse: target",
        "4: found 'duckdbb'.",
    ),
    "target of the project": (
        PROJECT,
        "name: shop",
        "name: shop\ntarget: prod",
        "2: there is no target 'prod'",
    ),
    "no YAML": (SHOP, "goals:", "goals: [", "5: this is not YAML"),
    "tab in YAML": (
        SHOP,
        "    kind: import_profiles",
        "\tkind: import_profiles",
        "6: this is not YAML",
    ),
}


def compiled(folder: Path, path: str = "", old: str = "", new: str = ""):
    """Compile the project with one change."""
    for name, text in FILES.items():
        if name == path:
            assert text.count(old) == 1, f"{old} stands {text.count(old)} times in {path}"
            text = text.replace(old, new)
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return compile_all(open_workspace(folder))


def test_project_without_a_mistake_compiles(tmp_path):
    assert compiled(tmp_path).unknown == ("shop.people",)
    assert compiled(tmp_path).warnings == ()


def test_selected_models_can_be_printed(tmp_path):
    compilation = compiled(tmp_path)
    models = selected_models(open_workspace(tmp_path), compilation, ["+names"], ["assert_names"])
    assert [model.name for model in models] == ["names", "not_null_names_name"]


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistake_is_one_message_at_its_line(mistake, tmp_path):
    path, old, new, said = MISTAKES[mistake]
    line, _, words = said.partition(": ")
    with pytest.raises(RunnerError) as caught:
        compiled(tmp_path, path, old, new)
    (fault,) = getattr(caught.value, "faults", (caught.value,))
    assert (fault.location.file, fault.location.line) == (path, int(line)), str(fault)
    assert words in fault.message


# A file that is wrong: its path, its text, `line: message`.
WRONG_FILES = {
    "line of a seed": (
        "seeds/codes.csv",
        'id,name\n1,"a\nb"\n\n2,b,c\n',
        "5: found 3 fields; the header has 2",
    ),
    "snapshot without rows": (
        "snapshots/s.yml",
        "snapshots:\n  - name: s\n    config: {unique_key: n, strategy: check, check_cols: all}\n",
        "2: the snapshot 's' has no rows: state `relation`",
    ),
    "package of the hub": (
        "packages.yml",
        "packages:\n  - package: dbt-labs/dbt_utils\n    version: 1.1.1\n",
        "2: there is no hub here",
    ),
    "method of a selector": (
        "selectors.yml",
        "selectors:\n  - name: n\n    definition: {method: tagg, value: x}\n",
        "3: unknown selection method 'tagg'. Did you mean 'tag'?",
    ),
    "type of an exposure": (
        "models/marts/board.yml",
        "exposures:\n  - name: b\n    type: dashbord\n    owner: {name: x}\n",
        "3: found 'dashbord'. Did you mean 'dashboard'?",
    ),
    "input of a unit test": (
        "models/marts/unit.yml",
        "unit_tests:\n  - name: t\n    model: names\n    expect: {rows: []}\n",
        "2: the model reads ref('profiles'), and the unit test states no rows of it",
    ),
}


@pytest.mark.parametrize("wrong", WRONG_FILES)
def test_file_that_is_wrong_is_one_message_at_its_line(wrong, tmp_path):
    path, text, said = WRONG_FILES[wrong]
    line, _, words = said.partition(": ")
    file = tmp_path / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    with pytest.raises(RunnerError) as caught:
        compiled(tmp_path)
    (fault,) = getattr(caught.value, "faults", (caught.value,))
    assert (fault.location.file, fault.location.line) == (path, int(line)), str(fault)
    assert words in fault.message


def warned(folder, path="", old="", new="", **files):
    for name, text in files.items():
        file = folder / name.replace("__", "/").replace("_yml", ".yml").replace(
            "_csv", ".csv"
        ).replace("_sql", ".sql")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return [str(warning) for warning in compiled(folder, path, old, new).warnings]


@pytest.mark.parametrize(
    ("file", "text", "instead"),
    [
        ("dependencies_yml", "a: 1\n", "dependencies.yml:1:1: nothing reads this file: packages"),
        ("tests__other__odd_sql", "select 1", "tests/other/odd.sql:1:1: nothing reads"),
        ("connections__old__b_yml", "a: 1", "connections/old/b.yml:1:1: nothing reads this file"),
    ],
)
def test_file_that_nothing_reads_is_a_warning(file, text, instead, tmp_path):
    (warning,) = warned(tmp_path, **{file: text})
    assert warning.startswith(instead)


def test_password_that_is_written_out_is_a_warning(tmp_path):
    access = "type: sftp\nhost: x.example\nauthentication: {password: geheim}\n"
    (warning,) = warned(tmp_path, SHOP, "type: local\n", access)
    assert warning.startswith("connections/shop.yml:4:28: the password of 'shop' is written out")
    assert "geheim" not in warning


SECOND = """\
  - name: more
    kind: import_profiles
    files: {more: more.csv}
    identify: {by: [{email: more.email}]}
    map: {name: more.name}
  - name: most
    kind: import_profiles
    files: {most: most.csv}
    identify: {by: [{email: most.email}]}
    map: {name: most.name}
  - name: vip
"""


def test_property_of_several_goals_is_one_warning_that_can_be_settled(tmp_path):
    (warning,) = warned(tmp_path, SHOP, "  - name: vip\n", SECOND)
    assert warning.startswith("connections/shop.yml:28:11: `name` is mapped by several goals")
    settled = "shared_by: [shop.people, shop.more, shop.most]"
    assert settled in warning
    text = FILES[PROPERTIES].replace("name: text", f"name: {{{settled}}}")
    settled_files = {**FILES, PROPERTIES: text}
    for name, content in settled_files.items():
        (tmp_path / name).write_text(content.replace("  - name: vip\n", SECOND))
    assert compile_all(open_workspace(tmp_path)).warnings == ()
