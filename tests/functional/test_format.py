"""The warehouse of another version of runner is brought up to date, or refused with a way out."""

import duckdb
import pytest

pytestmark = pytest.mark.any_engine

RENAMED = """
alter table runner.rows drop column event_profile_id;
alter table runner.event_lineage rename to told;
update runner.format set version = 1;
"""
OLDEST = f"""
{RENAMED}
drop table runner.format;
drop table runner.imported;
drop table runner.returning;
alter table runner.files drop column header;
alter table runner.rejects drop column byte_offset;
"""
# Its statements were others, to the same form.
OLDER = f"""
{RENAMED}
alter table runner.rows add column told_profile_id uuid;
comment on table runner.format is 'One row: the form of the tables of this schema';
alter table runner.files drop column header;
"""


@pytest.fixture(scope="module")
def built_shop(shared_shop):
    shared_shop.properties("email: {identifier: true}\nspent: integer\n")
    shared_shop.goals("""\
        - name: people
          kind: import_profiles
          files: {people: "people_*.csv"}
          done_suffix: true
          identify: {by: [{email: email}]}
          map: {spent: {from: spent, strategy: sum}}
        """)
    shared_shop.drop("people_1.csv", "email,spent\na@x.example,1\nb@x.example,x\n")
    shared_shop.build()
    return shared_shop


@pytest.fixture
def built(built_shop, tmp_path):
    return built_shop.copied(tmp_path / "shop")


def change(shop, sql):
    with duckdb.connect(str(shop.warehouse)) as connection:
        connection.execute(sql)


@pytest.mark.parametrize("sql", [OLDEST, OLDER])
def test_warehouse_of_an_older_runner_gets_what_it_lacks_and_imports_nothing_twice(built, sql):
    change(built, sql)
    assert built.run("history", "--exchange").code == 0
    built.drop("people_2.csv", "email,spent\na@x.example,2\na@x.example,y\n")
    built.build()
    assert built.profiles("email, spent") == [("a@x.example", 3), ("b@x.example", None)]
    assert built.rows("select value from runner.rejects order by 1") == [("x",), ("y",)]
    assert built.rows("select version from runner.format") == [(2,)]
    built.build()
    assert built.profiles("email, spent") == [("a@x.example", 3), ("b@x.example", None)]


def test_warehouse_of_a_newer_runner_is_refused_and_made_anew_when_asked(built):
    change(built, "update runner.format set version = 7")
    before = built.warehouse.read_bytes()
    ended = built.run("build")
    assert ended.code == 1
    assert "a newer runner made the warehouse" in ended.told
    assert "format 7, and this one knows 2: update runner" in ended.told
    assert "--full-refresh" in ended.told
    assert built.warehouse.read_bytes() == before
    ended = built.run("build", "--full-refresh")
    assert ended.code == 0, ended.told
    assert "it is rebuilt" in ended.told
    assert built.profiles("email, spent") == [("a@x.example", 1), ("b@x.example", None)]
    assert built.rows("select version from runner.format") == [(2,)]


def test_rollback_to_the_warehouse_of_a_newer_runner_is_refused(built):
    change(built, "update runner.format set version = 7")
    built.build("--full-refresh")
    kept = built.run("rollback")
    assert kept.code == 1
    assert "a newer runner made the warehouse" in kept.told
    assert built.rows("select version from runner.format") == [(2,)]
    built.build()
