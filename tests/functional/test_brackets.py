"""Lists in brackets, as other platforms write them."""

from tests.functional.workshop import Workshop

GOALS = """\
- name: people
  kind: import_profiles
  files: {people: people_*.csv}
  format: {multi_value_separator: ",", multi_value_brackets: "[]"}
  identify: {by: [{id: people.id}]}
  map: {tags: {from: people.tags, strategy: add}, numbers: people.numbers}
- name: back
  kind: export_profiles
  segment: everybody
  file_name: back.csv
  format: {multi_value_separator: ",", multi_value_brackets: "[]"}
  columns:
    - {header: id, property: id}
    - {header: tags, property: tags}
    - {header: numbers, property: numbers}
"""
LINES = """\
id,tags,numbers
1,"[red,""blue"", green ]","[1, 2]"
2,[],[]
3,plain,7
4,"[red",
3000000000,[],"[3000000000,x]"
"""


def test_lists_in_brackets_come_in_and_go_out(shop: Workshop) -> None:
    shop.properties(
        "id: {identifier: true}\ntags: {multi: true}\nnumbers: {type: integer, multi: true}\n"
    )
    shop.goals(GOALS)
    shop.write("models/segments/everybody.sql", "select profile_id from {{ ref('profiles') }}")
    shop.drop("people_1.csv", LINES)
    shop.build()
    assert shop.profiles("id, tags, numbers", "id") == [
        ("1", ["red", "blue", "green"], [1, 2]),
        ("2", None, None),
        ("3", ["plain"], [7]),
        ("3000000000", None, [3000000000]),
        ("4", ["[red"], None),
    ]
    written = (shop.folder / "drop/back.csv").read_text().splitlines()
    assert sorted(written) == [
        '1,"[red,blue,green]","[1,2]"',
        "2,,",
        "3,[plain],[7]",
        "3000000000,,[3000000000]",
        "4,[[red],",
        "id,tags,numbers",
    ]
    rejected = shop.rows("select column_name, value from runner.rejects")
    assert rejected == [("people.numbers", "[3000000000,x]")]
