"""External models are written to files below `target/external`, once a build is published (B1)."""

import duckdb
import pytest

from tests.functional.workshop import Workshop

pytestmark = pytest.mark.any_engine

PEOPLE = """\
- name: people
  kind: import_profiles
  files: {people: {path: people.csv}}
  identify: {by: [{email: email}]}
  map: {city: city}
"""
BY_CITY = "select city, count(*) as people from {{ ref('profiles') }} group by city order by city\n"
DOCUMENT = """\
models:
  - name: listed
    config:
      materialized: external
      location: target/external/lists/cities.csv
      delimiter: ";"
      options: {header: false, nullstr: "-"}
"""


def test_files_are_whole_and_of_the_published_build_alone(shop: Workshop) -> None:
    """In SQL and in YAML, with and without a location; other models read the rows as a table."""
    shop.properties("email: {identifier: true}\ncity: text\n")
    shop.goals(PEOPLE)
    external = "{{ config(materialized='external') }}\n"
    shop.write("models/marts/by_city.sql", external + BY_CITY)
    shop.write("models/marts/listed.sql", BY_CITY)
    shop.write("models/marts/listed.yml", DOCUMENT)
    shop.write("models/marts/above.sql", "select sum(people) as n from {{ ref('by_city') }}\n")
    shop.drop("people.csv", "email,city\na@x,Rome\nb@x,\n")
    shop.build()
    folder = shop.folder / "target/external"
    listed = folder / "lists/cities.csv"
    by_city = f"select * from read_parquet('{folder}/by_city.parquet') order by all"
    assert duckdb.sql(by_city).fetchall() == [("Rome", 1), (None, 1)]
    assert listed.read_text() == "Rome;1\n-;1\n"
    assert shop.rows("select n from above") == [(2,)]
    shop.drop("people.csv", "email,city\na@x,Oslo\nb@x,Oslo\n")
    shop.write("tests/nobody.sql", "select * from {{ ref('by_city') }} where city = 'Oslo'\n")
    assert shop.run("build").code == 1
    assert listed.read_text() == "Rome;1\n-;1\n"
    (shop.folder / "tests/nobody.sql").unlink()
    listed.unlink()
    listed.mkdir()
    ended = shop.run("build")
    assert (ended.code, "ERROR model listed" in ended.told) == (1, True)
    listed.rmdir()
    shop.build()
    assert listed.read_text() == "Oslo;2\n"
    assert sorted(path.name for path in folder.rglob("*")) == [
        "by_city.parquet",
        "cities.csv",
        "lists",
    ]
    assert shop.run("forget", "email=a@x", "--yes").code == 0
    assert not folder.exists()
