"""Macros of dbt and dbt_utils that are built in, run by the engine."""

import pytest

from runner.compile.jinja_environment import BuiltInPackage
from runner.engine.duckdb.warehouse import DuckDBWarehouse
from runner.errors import DefinitionError, Location
from tests.unit.sql.expression import empty_workspace

TABLES = """
create table one as select * from (values (1, 'a', null), (2, 'b', 'x'), (2, 'c', 'y')) t (id, w, z);
create table two as select 3 as id, 4.5 as n
"""
ONE = "(select 1 as id, 'a' as w, null as z)"
CASES = {
    "dbt.date_trunc('month', \"timestamp '2026-02-14'\")": [("2026-02-01 00:00:00",)],
    "dbt.dateadd('day', -3, \"date '2026-02-14'\")": [("2026-02-11 00:00:00",)],
    "dbt.dateadd(datepart='month', interval='1 + 1', from_date_or_timestamp='null::date')": [
        (None,)
    ],
    "dbt.datediff(\"'2026-01-31'\", \"'2026-02-01'\", 'month')": [("1",)],
    "dbt.last_day(\"date '2026-02-14'\", 'month')": [("2026-02-28",)],
    "dbt.safe_cast(\"'x'\", dbt.type_int())": [(None,)],
    "dbt.cast('1', dbt.type_string()) ~ ' || 2'": [("12",)],
    "dbt.concat(['1', '2'])": [("12",)],
    "dbt.hash('1') ~ ' = md5(1::text)'": [("true",)],
    "dbt.split_part(\"'a-b'\", \"'-'\", 2)": [("b",)],
    "dbt.right(\"'abc'\", 2)": [("bc",)],
    "dbt.position(\"'b'\", \"'abc'\")": [("2",)],
    "dbt.replace(\"'abc'\", \"'b'\", \"''\")": [("ac",)],
    "dbt.length(\"'abc'\")": [("3",)],
    "dbt.equals('null', 'null')": [("true",)],
    "dbt.date(2026, 2, 14)": [("2026-02-14",)],
    'dbt.string_literal(dbt.escape_single_quotes("it\'s"))': [("it's",)],
    "dbt.cast_bool_to_text('1 = 1')": [("true",)],
    "dbt.bool_or('id > 1') ~ ' from one'": [("true",)],
    "dbt.any_value('1') ~ ' from one'": [("1",)],
    "dbt.listagg('w', \"'|'\", 'order by w desc', 2) ~ ' from one'": [("c|b",)],
    "dbt.current_timestamp() ~ ' is null'": [("false",)],
    "'1 ' ~ dbt.except() ~ ' select 1'": [],
    "'1 ' ~ dbt.intersect() ~ ' select 1'": [("1",)],
    "['timestamp', 'float', 'numeric', 'bigint', 'boolean'] | length": [("5",)],
    "dbt_utils.generate_surrogate_key(['null', '1'])"
    " ~ \" = md5('_dbt_utils_surrogate_key_null_-1')\"": [("true",)],
    "dbt_utils.safe_divide('1', '0')": [(None,)],
    "dbt_utils.safe_add(['1', 'null', '3'])": [("4",)],
    "dbt_utils.safe_subtract(['5', 'null', '3'])": [("2",)],
    "dbt_utils.width_bucket('5', '0', '10', '4')": [("3",)],
    "dbt_utils.get_url_host(\"'https://a.example/b?c=d&e=f'\")": [("a.example",)],
    "dbt_utils.get_url_parameter(\"'https://a.example/b?c=d&e=f'\", 'c')": [("d",)],
    "dbt_utils.slugify('1 Big-Word!') | text": [("_1_big_word",)],
    "dbt_utils.star('one', except=['W', 'gone']) ~ ' from one limit 1'": [("1", None)],
    "dbt_utils.star('one', 'o', ['w']) ~ ' from one as o, two limit 1'": [("1", None)],
    "dbt_utils.star('one', prefix='p_', except=['w', 'z']) ~ ' from one order by p_id limit 1'": [
        ("1",)
    ],
    "'id, ' ~ dbt_utils.pivot('w', ['a', 'b']) ~ ' from one ' ~ dbt_utils.group_by(1)"
    " ~ ' order by 1'": [("1", "1", "0"), ("2", "0", "1")],
    "dbt_utils.nullcheck(['w', 'z']) ~ ' from one limit 1'": [("a", None)],
    "'* from (' ~ dbt_utils.deduplicate('one', 'id', 'w desc') ~ ') order by 1'": [
        ("1", "a", None),
        ("2", "c", "y"),
    ],
    "'* from (' ~ dbt_utils.date_spine('day', \"'2026-02-27'\", \"'2026-03-01'\") ~ ')'": [
        ("2026-02-27 00:00:00",),
        ("2026-02-28 00:00:00",),
    ],
    "'* from (' ~ dbt_utils.generate_series(3) ~ ')'": [("1",), ("2",), ("3",)],
    "'* from (' ~ dbt_utils.union_relations(['one', 'two'], exclude=['z', 'w'],"
    " where='id > 1') ~ ')'": [("one", "2", None), ("one", "2", None), ("two", "3", "4.5")],
    "'* from (' ~ dbt_utils.union_relations(['two'], include=['ID'], source_column_name=none)"
    " ~ ')'": [("3",)],
    "'* from (' ~ dbt_utils.unpivot('one', exclude=['id'], field_name='f') ~ ') where id = 1'": [
        ("1", "w", "a"),
        ("1", "z", None),
    ],
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    path = tmp_path_factory.mktemp("packages") / "w.duckdb"
    with DuckDBWarehouse.open(path) as warehouse:
        warehouse.connection.execute(TABLES)
        yield warehouse.connection


@pytest.fixture(scope="module")
def environment():
    return empty_workspace().library.environment


@pytest.mark.parametrize("call", CASES)
def test_macro_gives_what_dbt_gives(call, engine, environment):
    sql = environment.render(f"select {{{{ {call} }}}}", Location("m.sql"), {}).text
    rows = engine.execute(f"select columns(*)::varchar from ({sql})").fetchall()
    assert rows == CASES[call]


def test_each_built_in_macro_is_tried(environment):
    tried = " ".join(CASES)
    packages = [it for it in environment.jinja.globals.values() if isinstance(it, BuiltInPackage)]
    names = [f"{it.name}.{name}(" for it in packages for name in it.macros]
    assert len(names) > 40
    assert [name for name in names if name not in tried and ".type_" not in name] == []


def test_macro_that_is_not_built_in_is_named(environment):
    with pytest.raises(DefinitionError, match=r"`dbt_utils.get_column_values` is not built in"):
        environment.render("{{ dbt_utils.get_column_values(1) }}", Location("m.sql"), {})
