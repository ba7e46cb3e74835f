"""Every statement is called, with what it takes; values from outside stay values."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path, PurePosixPath

import duckdb
import jinja2
import pytest
from jinja2 import nodes

import runner
from runner.engine.duckdb.warehouse import DuckDBWarehouse
from runner.engine.statement import FIRST, FOLDER, SHARED
from runner.engine.statement import statement as statement_of
from runner.model import SNAPSHOT_COLUMNS
from runner.sql import read_sql
from runner.sql.quoting import Sql, literal, quoted_name, quoted_text
from runner.sql.template import environment

statement = partial(statement_of, "duckdb")
NAME_AT = {"statement": 0, "perform": 0, "value": 0, "columns_of": 0, "put": 1, "keep": 1}
NAME_AT |= {"save_parquet": 1}
"""Functions that take the name of a statement, and which argument it is."""
OWN = {"put": {"select"}, "keep": {"is_view"}}
"""Keywords of `put` and `keep` that may be left out, or are no values of the statement."""


@dataclass(frozen=True)
class Macro:
    """A statement: the values that it takes, and those without a default."""

    takes: frozenset[str]
    needs: frozenset[str]
    calls: frozenset[str]


@cache
def macros(engine: str = "duckdb") -> Mapping[str, Macro]:
    """Return all statements of an engine by the names that they are called by."""
    found = {}
    folders = tuple(FOLDER.format(owner) for owner in dict.fromkeys((SHARED, FIRST, engine)))
    texts = [(f, path, text) for f in folders for path, text in read_sql().items()]
    for owner, path, text in texts:
        folder, _, file = path.removeprefix(owner).partition("/")
        if not path.startswith(owner) or folder not in ("queries", "materializations"):
            continue
        prefix = f"{PurePosixPath(file).stem}." if folder == "queries" else ""
        own = list(environment().parse(text).find_all(nodes.Macro))
        for macro in own:
            names = [argument.name for argument in macro.args]
            called = {
                f"{prefix}{call.node.name}"
                for call in macro.find_all(nodes.Call)
                if isinstance(call.node, nodes.Name)
            }
            needed = names[: len(names) - len(macro.defaults)]
            found[prefix + macro.name] = Macro(
                frozenset(names), frozenset(needed), frozenset(called)
            )
    return found


@dataclass(frozen=True)
class CallSite:
    """A statement called in Python."""

    where: str
    function: str
    name: str
    given: frozenset[str]
    # Whether all values are known that are given.
    is_whole: bool


def sources() -> Iterator[tuple[str, ast.Module]]:
    folder = Path(str(runner.__file__)).parent
    for path in sorted(set(folder.rglob("*.py")) - set((folder / "history").rglob("*.py"))):
        yield str(path.relative_to(folder)), ast.parse(path.read_text("utf-8"))


def call_sites(file: str, tree: ast.AST) -> Iterator[CallSite]:
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        known = dictionaries(function)
        for call in ast.walk(function):
            if not isinstance(call, ast.Call):
                continue
            verb = getattr(call.func, "attr", getattr(call.func, "id", ""))
            position = NAME_AT.get(verb, len(call.args))
            name = call.args[position] if position < len(call.args) else None
            if not (isinstance(name, ast.Constant) and isinstance(name.value, str)):
                continue
            given = {word.arg for word in call.keywords if word.arg}
            spread = [word.value for word in call.keywords if word.arg is None]
            found = [known.get(getattr(value, "id", "")) for value in spread]
            for keys in found:
                given |= keys or set()
            where = f"{file}:{call.lineno}"
            yield CallSite(where, verb, name.value, frozenset(given), None not in found)


def dictionaries(function: ast.FunctionDef) -> dict[str, set[str]]:
    """Return the keys of dictionaries that a function writes out, by the names it gives them."""
    found = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Dict):
            target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
            keys = {getattr(key, "value", None) for key in node.value.keys}
            if isinstance(target, ast.Name) and None not in keys:
                found[target.id] = keys
    return found


def problems(sites: Iterator[CallSite], known: Mapping[str, Macro]) -> list[str]:
    found = []
    for site in sites:
        if site.name not in known:
            found.append(f"{site.where}: there is no statement {site.name}")
            continue
        macro, own = known[site.name], OWN.get(site.function, set())
        wrong = site.given - macro.takes - own
        missing = macro.needs - site.given - own if site.is_whole else ()
        if wrong or missing:
            found.append(f"{site.where}: {site.name}: wrong {wrong}, missing {missing}")
    return found


def test_statements_that_are_called_exist_and_take_the_values_given() -> None:
    sites = [site for file, tree in sources() for site in call_sites(file, tree)]
    assert len(sites) > 100
    of_spark = [site for site in sites if site.where.startswith("engine/spark/")]
    of_duckdb = [site for site in sites if site.where.startswith("engine/duckdb/")]
    of_both = [site for site in sites if site not in of_spark + of_duckdb]
    assert problems(iter(of_both + of_duckdb), macros()) == []
    assert problems(iter(of_both + of_spark), macros("spark")) == []


def test_statement_of_both_engines_has_the_sql_of_each_by_macros() -> None:
    given = {"rows": Sql("sent"), "erased": Sql("gone"), "key": "id", "columns": ["a", 'b"c']}
    for engine, listed in (("duckdb", '["a", "b""c"]'), ("spark", 'array("a", "b""c")')):
        assert f"{listed} as texts" in statement_of(engine, "exports.recorded_before", **given)


def test_wrong_calls_are_found() -> None:
    text = (
        "def f(warehouse):\n"
        "    parts = {'goal': 1}\n"
        "    warehouse.perform('ledger.last_headers', **parts)\n"
        "    warehouse.perform('ledger.no_such')\n"
        "    warehouse.put(model, 'parquet', path=1, colour=2)\n"
    )
    found = problems(call_sites("f.py", ast.parse(text)), macros())
    assert [line.split(":")[1] for line in found] == ["3", "4", "5"]


def test_statements_are_called() -> None:
    said = {
        node.value
        for _, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    used, waiting = set(), [name for name in macros() if name in said]
    while waiting:
        name = waiting.pop()
        if name not in used and name in macros():
            used.add(name)
            waiting += macros()[name].calls
    assert set(macros()) - used == set()


PARTS = ("relation.where", "identifiers.of_entity", "identifiers.is_junk", "exchange.in_database")
PARTS += ("comparison.value_of", "comparison.any_of", "comparison.is", "comparison.contents")
PARTS += ("snapshot.opened", "snapshot.id_of", "snapshot.current_end", "snapshot.is_held")
PARTS += ("snapshot.same", "tables.property_columns")
"""Macros that other statements are made of: no statements of their own."""


SQL_VALUES = {
    "select": "select 1 as one",
    "imported": "select 1",
    "position": "position",
    "change_column": "change",
    "line": "line",
    "order": "id",
    "column": "amount",
    "rejected": "rejected",
    "sql_type": "integer",
    "current": "null",
    "now": "now()",
    "at": "now()",
}
LISTS = ("columns", "keys", "compared", "ids", "id_lists", "goals", "paths")
RELATIONS = ("relation", "rows", "merged", "fresh", "changed", "lost", "stale", "refused")
RELATIONS += ("people", "apart", "possible", "withheld", "linked", "separated", "shared", "junk")
RELATIONS += ("removed", "lines", "members", "lowered", "actual", "expected", "events", "other")
RELATIONS += ("incoming", "repeated", "ended")

MAPPINGS = {
    "names": {name: f"it's {name}" for name in SNAPSHOT_COLUMNS},
    "added": {"it's": "bigint"},
    "retyped": {"it's": "bigint"},
    "types": {"it's": "UUID", "hash": "UHUGEINT", "n": "BIGINT"},
    "described": {"it's": ("bigint", "It's")},
    "equal": {"goal": "shop.people"},
}

FLAGS = {"is_earlier": True, "is_later": True, "is_retyped": True}
OF_STATEMENTS: Mapping[tuple[str, str], object] = {
    ("comparison.table", "columns"): [
        {"name": "it's", **FLAGS},
        {"name": "two", **FLAGS, "is_later": False},
    ],
    ("comparison.table", "most"): 3,
    ("relation.insert", "rows"): [["a", None]],
    ("external", "options"): {"header": True, "delimiter": "'"},
    ("relation.change_columns", "removed"): ["it's"],
}
"""Statement and value -> what it may be called with."""


def sample(statement_name: str, value: str) -> object:
    """Return a value that a statement may be called with."""
    if (statement_name, value) in (("aliases.add", "relation"), ("erasure.sought", "rows")):
        return "main.profiles" if value == "relation" else [(1, "email", "a@x.nl")]
    if (statement_name, value) in OF_STATEMENTS:
        return OF_STATEMENTS[statement_name, value]
    if value in MAPPINGS:
        return MAPPINGS[value]
    if value == "values":
        return [("email", "a@x.nl", "a@x.nl"), ("profile_id", "1", "1")]
    if value in LISTS:
        return ["one", 'it\'s "two"']
    if value in RELATIONS:
        return Sql('main."some table"')
    return Sql(SQL_VALUES[value]) if value in SQL_VALUES else "it's"


@pytest.mark.parametrize("name", [name for name in macros() if name not in PARTS])
def test_statements_are_sql(name: str) -> None:
    takes = macros()[name]
    full = {value: sample(name, value) for value in takes.takes}
    least = {value: full[value] for value in takes.needs}
    with duckdb.connect() as connection:
        for values in (full, least):
            assert connection.extract_statements(statement(name, **values))


HOSTILE = (
    "'",
    "''; drop table held; --",
    '"',
    '"; drop table held; --',
    "\\'",
    "\\",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "{# gone #}",
    "a\0b'; drop table held; --",
    "\n\r\t",
    "$1 $name ? %s :name",
    "<b>&amp;</b>",
    "/* */ --",
    "İı ☃",
    "",
)


@pytest.fixture
def warehouse() -> Iterator[DuckDBWarehouse]:
    with DuckDBWarehouse.open(Path(":memory:")) as opened:
        opened.connection.execute("create table held (name varchar, number bigint)")
        yield opened


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_stays_a_value(warehouse: DuckDBWarehouse, text: str) -> None:
    warehouse.insert("held", [{"name": text, "number": 1}, {"name": "other", "number": 2}])
    assert warehouse.perform("relation.rows", relation=Sql("held")) == [(text, 1), ("other", 2)]
    assert warehouse.count("held", name=text) == 1
    assert warehouse.count("held", name=[text, "other"]) == 2
    assert warehouse.exists("held", name=text, number=1)
    assert not warehouse.exists("held", name=text, number=2)
    warehouse.set_variable("said", text)
    assert warehouse.connection.execute("select getvariable('said')").fetchall() == [(text,)]
    warehouse.delete("held", name=text)
    assert warehouse.count("held") == 1


@pytest.mark.parametrize("text", [text for text in HOSTILE if text and "\0" not in text])
def test_any_text_is_a_name_and_a_comment(warehouse: DuckDBWarehouse, text: str) -> None:
    described = {text: ("integer", text)}
    warehouse.perform("relation.add_columns", relation=Sql("held"), described=described)
    found = warehouse.perform("catalog.columns")
    assert ("main.held", text, "INTEGER", text) in found
    target = quoted_name(text)
    warehouse.create_temporary(target, "relation.rows", relation=Sql("held"))
    assert warehouse.count(target) == 0
    warehouse.drop(target)


@pytest.mark.parametrize("value", [True, False, None, 0, -5, 2**40, 1.5, "x", ["a", "b'c"], []])
def test_values_are_read_back(value: object) -> None:
    with duckdb.connect() as connection:
        assert connection.execute(f"select {literal(value)}").fetchall() == [(value,)]


def test_sql_stays_as_it_is() -> None:
    assert literal(Sql("a + 1")) == "a + 1"
    assert literal(Path("/tmp/it's")) == "'/tmp/it''s'"
    assert quoted_text(None) == "null"


def test_no_values_are_in_no_row(warehouse: DuckDBWarehouse) -> None:
    warehouse.insert("held", [{"name": "a", "number": 1}])
    warehouse.insert("held", [])
    assert warehouse.count("held", name=[]) == 0
    assert warehouse.count("held") == 1


def test_a_statement_refuses_other_values() -> None:
    with pytest.raises(TypeError):
        statement("ledger.files", goal="x")
    with pytest.raises(jinja2.UndefinedError):
        statement("ledger.last_headers", goal="x")
    with pytest.raises(KeyError):
        statement("ledger.no_such")
