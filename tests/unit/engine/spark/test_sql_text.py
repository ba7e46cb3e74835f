"""SQL of the standard as Spark reads it: quotes, lists, relations, changes of rows."""

import pytest

from runner.engine.spark.change import changed_relation, deleted, updated
from runner.engine.spark.column_type import spark_type
from runner.engine.spark.failure import Sent, execution_error
from runner.engine.spark.query_lock import check_query
from runner.engine.spark.sql_text import spark_sql
from runner.engine.spark.statement_form import form_of, statements_of
from runner.engine.spark.tokens import tokens_of
from runner.errors import ExecutionError, Location
from runner.model import Model
from runner.sql.quoting import Sql

VIEWS = {
    "main.profiles": "v_profiles",
    "profiles": "v_profiles",
    "runner.rows": "v_rows",
    "webshop.orders.rows": "v_temporary",
    'main.a"b': "v_odd",
}


def written(sql: str) -> str:
    return " ".join(spark_sql(sql, VIEWS.get).split())


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("select 'it''s'", "select 'it\\'s'"),
        (r"select '\d' as \"a b\"".replace('\\"', '"'), r"select '\\d' as `a b`"),
        ('select "a""b`c"', 'select `a"b``c`'),
        ('select `a b` -- it\'s "x"\n', 'select `a b` -- it\'s "x"'),
        ("select /* 'x */ 1", "select /* 'x */ 1"),
        ("select ['a', x[1], [1]] as l", "select array('a', x[1], array(1)) as l"),
        ("select f(x)[1] in [2]", "select f(x)[1] in array(2)"),
        ("select a // 2", "select a div 2"),
    ],
)
def test_quotes_and_lists_are_those_of_spark(sql: str, expected: str) -> None:
    assert written(sql) == expected


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("select * from main.profiles", "select * from `v_profiles` as `profiles`"),
        ('select * from main."profiles" as p', "select * from `v_profiles` as p"),
        ("select * from main.profiles p", "select * from `v_profiles` p"),
        ('from main."a""b"', 'from `v_odd` as `a"b`'),
        ('from "webshop.orders.rows" where x', "from `v_temporary` as `webshop.orders.rows` where x"),
        ("from profiles join runner.rows on a", "from `v_profiles` as `profiles` join `v_rows` as `rows` on a"),
        ("select main.profiles.x from main.profiles", "select `profiles`.x from `v_profiles` as `profiles`"),
        ("with profiles as (select 1) select * from profiles", "with profiles as (select 1) select * from profiles"),
        ("with a as (select 1), profiles as not materialized (select 2) from profiles", "with a as (select 1), profiles as not materialized (select 2) from profiles"),
        ("select 'from main.profiles'", "select 'from main.profiles'"),
        ("select profiles.x from unknown as profiles", "select profiles.x from unknown as profiles"),
    ],
)  # fmt: skip
def test_relations_are_views_of_the_session(sql: str, expected: str) -> None:
    assert written(sql) == expected


def flat(found: tuple[str, str]) -> tuple[str, str]:
    return found[0], " ".join(found[1].split())


def test_delete_is_a_select_of_the_rows_that_stay() -> None:
    assert flat(
        deleted(tokens_of("runner.rows where goal = 'a' and x in (select 1 where true)"))
    ) == (
        "runner.rows",
        'select "rows".* from runner.rows as "rows"'
        " where (goal = 'a' and x in (select 1 where true)) is not true",
    )
    assert flat(deleted(tokens_of('"a b"'))) == (
        '"a b"',
        'select "a b".* from "a b" as "a b" where (true) is not true',
    )
    assert flat(deleted(tokens_of("main.t as held using other as o where held.a = o.a"))) == (
        "main.t",
        'select "held".* from main.t as "held" left anti join other as "o" on held.a = o.a',
    )


def test_update_is_a_select_of_the_rows_as_they_are_then() -> None:
    parts = tokens_of("runner.files set path = 'x, y' where goal = 'a'")
    assert flat(updated(parts, ["goal", "path"])) == (
        "runner.files",
        """select "files"."goal", case when (goal = 'a') is true then 'x, y' else "files"."path" end"""
        ' as "path" from runner.files as "files"',
    )
    assert changed_relation(tokens_of("main.t as groups set a = 1")) == "main.t"
    relation, sql = flat(
        updated(
            tokens_of(
                "main.t as groups set n = c.n, m = f(1, 2) from (select 1 as n from x where y) as c where groups.id = c.id"
            ),
            ["id", "n", "m"],
        )
    )
    assert (relation, sql) == (
        "main.t",
        'select "groups"."id", case when ("c"."runner.found") is true then c.n else "groups"."n" end as "n",'
        ' case when ("c"."runner.found") is true then f(1, 2) else "groups"."m" end as "m"'
        ' from main.t as "groups" left join ( select "c".*, true as "runner.found"'
        ' from (select 1 as n from x where y) as "c" ) as "c" on groups.id = c.id',
    )


@pytest.mark.parametrize(
    ("sql", "form"),
    [
        ("create schema if not exists runner", "schema"),
        ("create or replace temp table x as select 1", "created"),
        ('create table if not exists main."a b" (x varchar not null, y decimal(38, 10)[])', "created"),
        ("create or replace view segments.vip as with a as (select 1) select * from a", "created"),
        ("insert into t by name select 1", "inserted"),
        ('insert into t ("a", "b") values (1, 2)', "inserted"),
        ("delete from t", "deleted"),
        ("update t set a = 1", "updated"),
        ("truncate t", "emptied"),
        ("drop view if exists main.x", "dropped"),
        ("alter table t add column if not exists x varchar", "column_added"),
        ("alter table t drop column x", "column_dropped"),
        ("alter table t alter column x type bigint using try_cast(x as bigint)", "column_changed"),
        ("comment on column t.x is 'it''s'", "commented"),
        ("describe select 1", "described"),
        ("with created as (select 1) select * from created", "query"),
    ],
)  # fmt: skip
def test_form_of_a_statement(sql: str, form: str) -> None:
    assert form_of(sql)[0] == form


def test_statements_end_at_semicolons_outside_of_texts() -> None:
    assert statements_of("-- a;\nselect ';' as x;\n\nselect 2 -- ;\n;") == [
        "select ';' as x",
        "select 2 -- ;",
    ]
    assert statements_of("") == []


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("varchar not null", "string"),
        ("VARCHAR[]", "array<string>"),
        ("decimal(38, 10)[] not null", "array<decimal(38,10)>"),
        ('struct("a" varchar, b bigint)[]', "array<struct<a:string,b:bigint>>"),
        ("timestamp", "timestamp_ntz"),
        ("timestamp_ntz", "timestamp_ntz"),
        ("uuid", "string"),
        ("varchar default 'False'", "string"),
    ],
)
def test_types_are_those_of_spark(written: str, expected: str) -> None:
    assert spark_type(written) == expected


def model(sql: str) -> Model:
    lines = tuple(Location("models/m.sql", number) for number in range(1, sql.count("\n") + 2))
    return Model("m", sql, Sql("main.m"), "table", "m.sql", lines)


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("drop table main.profiles", "drop"),
        ("select * from parquet.`/etc/passwd`", "parquet"),
        ("select *\nfrom csv . `/x`", "csv"),
        ("select reflect('java.lang.System', 'exit', 1)", "reflect"),
        ("select 1; drop table x", ";"),
        ("set a = 1", "set"),
    ],
)
def test_locked_query_reads_the_warehouse_alone(sql: str, found: str) -> None:
    with pytest.raises(ExecutionError, match=f"found `{found}`"):
        check_query(model(sql))


def test_query_of_the_warehouse_is_not_refused() -> None:
    check_query(model("-- parquet.x\nwith a as (select 'csv.x' as csv) select csv from a;"))


class AnalysisException(Exception):
    pass


class NumberFormatException(Exception):
    pass


def test_error_is_at_the_line_that_spark_or_sail_names() -> None:
    sql = "select 1,\n  2 +\n  from where"
    error = execution_error(
        AnalysisException("invalid argument: found from at 20:24 expected expression"),
        model(sql),
        Sent(sql, sql),
    )
    assert (error.location, error.message) == (
        Location("models/m.sql", 3),
        "Analysis error: invalid argument: found from at 20:24 expected expression",
    )
    error = execution_error(
        AnalysisException("[PARSE] Syntax error.(line 2, pos 4)\n\n== SQL ==\nselect"),
        model(sql),
        Sent(sql, sql),
    )
    assert error.location == Location("models/m.sql", 2)


def test_values_in_errors_are_shown_as_their_shape() -> None:
    sql = "select cast(x as int) + 7 from t"
    error = execution_error(
        NumberFormatException("Cannot cast string 'a@b.nl' to Int32 at 7"),
        model(sql),
        Sent(sql, sql),
    )
    assert "a@b.nl" not in error.message
    assert error.message.endswith("at 7")
