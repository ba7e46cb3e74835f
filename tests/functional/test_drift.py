"""Columns come and go; a goal takes what it named, or says what is missing."""

import pytest

from tests.functional.workshop import Workshop

pytestmark = pytest.mark.any_engine

GOAL = """\
- name: people
  kind: import_profiles
  files: {{people: "people_*.csv"}}
  identify: {{by: [{{id: people.id}}]}}
  map: {{name: people.first_name}}
{more}"""


def declare(shop: Workshop, more: str = "") -> None:
    shop.properties("id: {identifier: true}\nname: text")
    shop.goals(GOAL.format(more=more))


def warnings(shop: Workshop) -> str:
    ended = shop.run("build")
    assert ended.code == 0, ended.told
    return ended.told


def test_a_missing_column_fails_the_goal_with_the_file_the_column_and_the_nearest(
    shop: Workshop,
) -> None:
    declare(shop)
    shop.drop("people_1.csv", "id,first_name\n1,Anna\n")
    shop.build()
    shop.drop("people_2.csv", "id,frist_name\n2,Bert\n")
    ended = shop.run("build")
    assert ended.code == 1
    assert "people_2.csv" in ended.told
    assert "'first_name'" in ended.told
    assert "Did you mean 'frist_name'?" in ended.told
    assert shop.profiles("id, name") == [("1", "Anna")]


def test_another_order_of_columns_changes_nothing(shop: Workshop) -> None:
    declare(shop)
    shop.drop("people_1.csv", "id,first_name,city\n1,Anna,Delft\n2,Bert,Leiden\n")
    shop.build()
    before = shop.profiles()
    shop.drop("people_1.csv", "city,first_name,ID\nDelft,Anna,1\nLeiden,Bert,2\n")
    shop.build()
    assert shop.outcomes("shop.people") == {"unchanged": 2}
    assert shop.profiles() == before


def test_new_columns_are_told_once_and_so_are_those_that_are_gone(shop: Workshop) -> None:
    declare(shop)
    shop.drop("people_1.csv", "id,first_name,old\n1,Anna,x\n")
    assert "new columns" not in warnings(shop)
    shop.drop("people_2.csv", "id,first_name,city,Shoe Size\n2,Bert,Delft,44\n")
    told = warnings(shop)
    assert "new columns in the files of `people`: city (not used), Shoe Size (not used)" in told
    assert "columns that the files of `people` no longer have: old" in told
    shop.drop("people_3.csv", "id,first_name,Shoe Size,City\n3,Cleo,38,Delft\n")
    assert "columns" not in warnings(shop)


def test_new_columns_are_taken_by_map_rest(shop: Workshop) -> None:
    declare(shop, "  map_rest: {prefix: shop_}\n")
    shop.drop("people_1.csv", "id,first_name\n1,Anna\n")
    shop.build()
    shop.drop("people_2.csv", "id,first_name,Shoe Size\n2,Bert,44\n")
    assert "Shoe Size (taken by `map_rest`)" in warnings(shop)
    assert shop.profiles("id, shop_shoe_size") == [("1", None), ("2", "44")]


def test_a_failed_goal_tells_its_new_columns_when_it_succeeds(shop: Workshop) -> None:
    declare(shop, "  max_rejects: 0\n")
    shop.drop("people_1.csv", "id,first_name\n1,Anna\n")
    shop.build()
    shop.drop("people_2.csv", "id,first_name,city\n2\n")
    assert shop.run("build").code == 1
    declare(shop, "  max_rejects: 1\n")
    assert "city (not used)" in warnings(shop)
