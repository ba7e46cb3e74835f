"""What the map of a version answers in place of a server."""

import re

from runner.engine.spark.catalog import ID_LISTS, ID_NAMES, profile_columns
from runner.engine.spark.session import SparkConnection
from runner.engine.spark.store import storage_at
from runner.engine.spark.tables import OpenTables
from runner.engine.spark.version import Column, Table, Version
from runner.sql import read_sql

STATEMENTS = "engines/duckdb/queries/"
OTHER_IDS = {"group_id", "event_id"}


def test_columns_with_ids_of_profiles_are_known_by_name() -> None:
    """Spark has no type of ids: a table of runner with another name of one needs it here."""
    texts = [read_sql()[f"{STATEMENTS}{name}.sql"] for name in ("warehouse", "tables")]
    declared = set(re.findall(r"(\w+) uuid(\[\])?", " ".join(texts)))
    assert {name for name, is_list in declared if not is_list} <= {*ID_NAMES, *OTHER_IDS}
    assert {name for name, is_list in declared if is_list} == {name for name, _ in ID_LISTS}


def test_tables_are_listed_with_the_columns_of_ids() -> None:
    columns = ("profile_id", "string"), ("name", "string"), ("profiles", "array<string>")
    table = Table(tuple(Column(*column) for column in columns))
    tables = OpenTables(
        SparkConnection("sc://a", ""), storage_at("/"), Version({"runner.t": table}), "token"
    )
    names = ["profile_id", "name", "profiles"]
    assert profile_columns(tables) == [('runner."t"', names, ["profile_id"], ["profiles"])]
