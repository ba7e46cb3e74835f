"""Each kind of definition has a sound form, and its faults are reported where they are."""

from pathlib import Path

import pytest

from tests.unit.definitions.small_project import faults, project

SHOP, PROPERTIES, PROJECT = "connections/shop.yml", "models/properties.yml", "runner_project.yml"
HOUSEHOLD, VISIT = "models/groups/household.yml", "models/events/visit.yml"
PAGE = "properties: {page: people.page}"
HOMES = (
    "  - {name: homes, kind: import_groups, group_type: household, files: {homes: homes.csv},"
    " identify: {by: [{number: homes.number}]}, %s}\n  - name: vip"
)
FEED = (
    "  - {name: feed, kind: import_products, files: {feed: feed.csv}, id: feed.sku,"
    " identify: {by: [{email: feed.email}]}}\n  - name: vip"
)
BOMB = "vars:\n  a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n" + "".join(
    f"  {name}: &{name} [{', '.join(10 * [f'*{before}'])}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
NAMED = "    file_name: vip.csv"
PERIOD = f"{NAMED}\n    events: {{types: [visit], period: %s}}"
FAULTS = {
    "key of Spark": (PROJECT, "threads: 1", "token: x", "6:47: `token` is for `engine: spark`; the engine here is duckdb"),
    "unknown engine": (PROJECT, "threads: 1", "engine: sprak", "6:55: found 'sprak'. Did you mean 'spark'? Allowed here: duckdb, spark"),
    "Spark without an address": (PROJECT, "threads: 1", "engine: spark", "6:55: `remote` is missing: where Spark Connect listens, such as `remote: \"sc://spark.acme.example:15002\"`"),
    "address of Spark": (PROJECT, "threads: 1", "engine: spark, remote: 'spark://a:7077'", "6:70: found 'spark://a:7077' for `remote`; expected an address"),
    "token in an address of Spark": (PROJECT, "threads: 1", "engine: spark, remote: 'sc://a/;token=x'", "6:70: `remote` holds a token; write it as `token`, with env_var()"),
    "token of Spark written out": (PROJECT, "threads: 1", "engine: spark, remote: 'sc://a', token: abc", "6:87: the token of Spark is written out here; take it from env_var()"),
    "Spark without a place": (PROJECT, "{warehouse: target/warehouse.duckdb, threads: 1}", "{engine: spark, remote: 'sc://a'}", "6:19: `warehouse` is missing: a folder or an s3:// address"),
    "key of a connection": (SHOP, "path: drop", "pad: drop", "3:1: unknown key `pad`."),
    "kind of a goal": (SHOP, "kind: import_profiles", "kind: import_profile", "6:11: found 'import_profile'. Did you mean 'import_profiles'?"),
    "order of files": (SHOP, "order_by: name", "order_by: size", "8:48: found 'size'. Allowed here: modified, name"),
    "source of a join": (SHOP, "join: {number: people.home}", "join: {number: person.home}", "9:47: there is no file source above this one 'person'."),
    "join without a source": (SHOP, "join: {number: people.home}", "join: {number: 'lower(home)'}", "9:47: found 'lower(home)'; expected `source.column` of a file above, or an expression over such columns. Files above: people"),
    "source without a join": (SHOP, ", join: {number: people.home}", "", "9:7: `homes` is not joined to any file"),
    "decimal of a format": (SHOP, 'decimal: ","', 'decimal: ";"', "10:23: found ';'. Allowed here: `,`, `.`"),
    "date format": (SHOP, '"%d-%m-%Y"', '"%d-%Q"', "10:41: found '%Q' in '%d-%Q'"),
    "date format without a part": (SHOP, '"%d-%m-%Y"', '"dd-MM"', "10:41: found 'dd-MM'; a date needs the year (%Y) as well"),
    "offset of a zone": (SHOP, 'date_format: "%d-%m-%Y"', "zones: {CST: '-6'}", "10:41: found '-6'; expected an offset from UTC"),
    "no identifier": (SHOP, "{by: [{email: people.email}]}", "{by: []}", "11:20: `by` is empty; expected at least 1 entry"),
    "limit of values of no identifier": (PROPERTIES, "name: text", "name: {limit: 1}", "3:10: no goal finds anything by `name`: `limit` is for properties that stand in the `by` of a goal"),
    "unknown identifier": (SHOP, "[{email: people.email}]", "[{emial: people.email}]", "11:22: there is no property 'emial'. Did you mean 'email'?"),
    "unknown rule for conflicts": (SHOP, "{by: [{email: people.email}]}", "{by: [{email: people.email}], on_conflict: marge}", "11:58: found 'marge'. Did you mean 'merge'?"),
    "unknown property": (SHOP, "      name: people.name", "      naam: people.name", "13:7: there is no property 'naam'. Did you mean 'name'?"),
    "unknown strategy": (SHOP, "strategy: sum", "strategy: som", "14:46: found 'som'. Did you mean 'sum'?"),
    "sum of a list": (SHOP, "tags: {from: homes.tags, strategy: add}", "tags: {from: homes.tags, strategy: sum}", "15:42: `sum` needs a number"),
    "greatest of a text": (SHOP, "      name: people.name", "      name: {from: people.name, strategy: max}", "13:43: `max` needs a number, a date or a time: `name` is text"),
    "order of a sum": (SHOP, "strategy: sum}", "strategy: sum, latest_by: people.amount}", "14:14: `latest_by` belongs to the strategy `set`: found `sum`"),
    "add to one value": (SHOP, "spent: {from: people.amount, strategy: sum}", "spent: {from: people.amount, strategy: add}", "14:46: `add` needs a property of several values"),
    "unknown objective": (SHOP, "consent.mail", "consent.male", "16:7: there is no objective 'male'. Did you mean 'mail'?"),
    "deletion without a key": (SHOP, "    identify: {by", "    deleted_when: people.gone\n    identify: {by", "5:5: `deleted_when` needs `key`: the columns by which the line that goes is found"),
    "strategy of consent": (SHOP, "consent.mail: people.mail", "consent.mail: {from: people.mail, strategy: add}", "16:51: the last thing said counts: `consent.mail` takes no strategy"),
    "unknown objective of a connection": (SHOP, "path: drop", "path: drop\nobjectives: [male]", "4:14: there is no objective 'male'. Did you mean 'mail'?"),
    "objectives left open": (SHOP, "path: drop", "path: drop\nobjectives:", "4:12: found nothing; expected names of objectives, or `[]` for none"),
    "objectives of groups": (SHOP, "  - name: vip", HOMES % "objectives: [mail]", "19:132: people consent, and groups are none"),
    "consent of groups": (SHOP, "  - name: vip", HOMES % "map: {consent.mail: homes.x}", "19:138: people consent: only a goal of kind import_profiles maps it"),
    "objective declared twice": (PROJECT, "name: phone", "name: mail", "3:27: the objective 'mail' is already declared at runner_project.yml:3:14"),
    "column of runner itself": (SHOP, "    identify: {by", "    process: [{set: {Origin: people.id}}]\n    identify: {by", "11:30: `Origin` is a column of runner itself; choose another name"),
    "type of a group goal": (SHOP, "  - name: vip", (HOMES % "map: {}").replace("household", "houshold"), "19:52: there is no group type 'houshold'. Did you mean 'household'?"),
    "property of a group goal": (SHOP, "  - name: vip", HOMES % "map: {numbr: homes.x}", "19:138: there is no property 'numbr'. Did you mean 'number'? Declared: number; declare it in models/groups/household.yml"),
    "unknown event type": (SHOP, "type: visit", "type: visits", "18:16: there is no event type 'visits'. Did you mean 'visit'?"),
    "property of an event": (SHOP, "page: people.page", "pages: people.page", "18:51: there is no property of `visit` 'pages'. Did you mean 'page'?"),
    "list of an event": (SHOP, PAGE, PAGE + ", nested: {itm: {sku: people.page}}", "18:80: there is no nested list of `visit` 'itm'. Did you mean 'item'?"),
    "property of an item": (SHOP, PAGE, PAGE + ", nested: {item: {sk: people.page}}", "18:87: there is no property of `visit.item` 'sk'. Did you mean 'sku'?"),
    "list of an item": (SHOP, PAGE, PAGE + ", nested: {item: {part: {sku: people.page}}}", "18:93: found a list inside a nested list: a nested list cannot hold lists of its own."),
    "identifiers of a product feed": (SHOP, "  - name: vip", FEED, "19:80: a product feed has no `identify`: its rows are products, not profiles"),
    "two goals of one name": (SHOP, "  - name: vip", "  - name: people", "19:11: the goal 'people' is already declared at connections/shop.yml:5:11"),
    "unknown segment": (SHOP, "segment: vip", "segment: vips", "21:14: there is no segment 'vips'. Did you mean 'vip'?"),
    "property of a column": (SHOP, "property: email", "property: emial", "24:35: there is no property 'emial'. Did you mean 'email'?"),
    "unknown objective of a column": (SHOP, "property: email}", "consent: male}", "24:34: there is no objective 'male'. Did you mean 'mail'?"),
    "column without a value": (SHOP, "header: EMAIL, property: email", "header: EMAIL", "24:9: expected one of profile_id, property,"),
    "header twice": (SHOP, "property: email}", "property: email}\n      - {header: ' EMAIL', text: x}", "25:18: the header 'EMAIL' is already that of the column at connections/shop.yml:24:18"),
    "format of two sources": (SHOP, 'decimal: ","', 'decimal: ",", thousands: ","', "10:39: `decimal` and `thousands` are both ','"),
    "wildcard in a folder": (SHOP, '"people_*.csv"', '"out/*/people.csv"', "8:22: found 'out/*/people.csv'; `*`, `?` and `[...]` work in the file name alone"),
    "wildcard in a directory": (SHOP, 'path: "people_*.csv"', 'directory: "out/*", regex: ".*"', "8:27: found 'out/*'; expected one folder"),
    "wildcard in the place of an export": (SHOP, "file_name: vip.csv", "directory: in/*\n    file_name: vip.csv", "22:16: found 'in/*'; expected one folder"),
    "wildcard in the place of a connection": (SHOP, "path: drop", "path: drop/*", "3:7: found 'drop/*'; expected one folder"),
    "wildcard in a trigger": (SHOP, "    format: {dec", '    ready: {trigger: "*.ok"}\n    format: {dec', "10:22: found '*.ok'; expected the name of another file"),
    "directory that climbs out": (SHOP, "file_name: vip.csv", "directory: in/../../out\n    file_name: vip.csv", "22:16: 'in/../../out' climbs out of the root directory"),
    "directory with a backslash": (SHOP, "file_name: vip.csv", "directory: in\\..\n    file_name: vip.csv", "22:16: 'in\\..' has a backslash or a control character"),
    "files that climb out": (SHOP, "path: homes.csv", "path: ../homes.csv", "9:21: '../homes.csv' climbs out of the root directory"),
    "key that is no header": (SHOP, "file_name: vip.csv", "file_name: vip.csv\n    key: [EMIAL]", "23:11: 'EMIAL' is no header. Did you mean 'EMAIL'? Columns that can be a key: EMAIL"),
    "key that says nothing": (SHOP, "    columns:", "    key: WHO\n    columns:\n      - {header: WHO, segments: all}", "23:10: 'WHO' says nothing of who a person is."),
    "key twice": (SHOP, "file_name: vip.csv", "file_name: vip.csv\n    key: [EMAIL, EMAIL]", "23:18: 'EMAIL' is twice in the key"),
    "alias of itself": (PROJECT, "{junk: '99'}", "&all {junk: [*all]}", "4:7: an alias in here stands for what it is part of"),
    "aliases of aliases": (PROJECT, "vars: {junk: '99'}", BOMB, "5:13: aliases repeat more than 20,000 values"),
    "digits of an export": (SHOP, NAMED, f"{NAMED}\n    format: {{thousands: ',', decimal: ','}}", "23:13: `thousands` and `decimal` are the same: no reader could tell them apart"),
    "mark of an encoding": (SHOP, NAMED, f"{NAMED}\n    format: {{bom: true, encoding: latin-1}}", "23:13: `bom` does not fit iso8859-1"),
    "events of an export": (SHOP, NAMED, f"{NAMED}\n    events: {{types: [visitt]}}", "23:22: there is no event type 'visitt'. Did you mean 'visit'?"),
    "period of events": (SHOP, NAMED, PERIOD % "last 3 fortnights", "23:38: found 'last 3 fortnights'; expected all, such as `last 30 days`"),
    "day of a period": (SHOP, NAMED, PERIOD % "{from: 2024-03-01, to: 2024-02-31}", "23:61: found '2024-02-31': day is out of range for month"),
    "end of a period": (SHOP, NAMED, PERIOD % "{from: 2024-03-01, to: 2023-03-31}", "23:38: the period ends before it begins"),
    "change limit": (SHOP, "file_name: vip.csv", "file_name: vip.csv\n    max_change: much", "23:17: found 'much'; expected a share such as 30%"),
    "digits of a decimal": (PROPERTIES, "spent: decimal(18,2)", "spent: decimal(2,18)", "4:10: found 'decimal(2,18)'."),
    "type of a property": (PROPERTIES, "name: text", "name: tekst", "3:9: found 'tekst'. Did you mean 'text'?"),
    "number that is too small": (PROPERTIES, "min_length: 3", "min_length: -1", "2:71: found '-1' for `min_length`"),
    "merge rule of one value": (PROPERTIES, "  name: text", "  name: {merge: both}", "3:17: `both` needs a property of several values (`multi: true`): `name` is text. Allowed here: keep, latest, oldest"),
    "merge rule of a list": (PROPERTIES, "tags: {multi: true}", "tags: {multi: true, merge: highest}", "5:30: `highest` needs a number, a date, a time or a boolean: `tags` is a list of text"),
    "merge rule of a date": (PROPERTIES, "  name: text", "  name: {type: date, merge: sum}", "3:29: `sum` needs a number: `name` is date"),
    "merge rule of a sum": (PROPERTIES, "spent: decimal(18,2)", "spent: {type: integer, merge: lowest}", "4:33: the goal shop.people sums `spent`: found 'lowest', expected `sum`"),
    "limit of no identifier": (PROPERTIES, "  name: text", "  name: {max_matches: 3}", "3:10: no goal finds anything by `name`: `max_matches` is for properties that stand in the `by`"),
    "unknown group type": (PROPERTIES, "group: household", "group: houshold", "6:22: there is no group type 'houshold'. Did you mean 'household'?"),
    "word that is no truth": (PROPERTIES, "{multi: true}", "{multi: maybe}", "5:17: found 'maybe' for `multi`; expected true or false"),
    "name that runner takes": (PROPERTIES, "  name: text", "  profile_id: text", "3:15: `profile_id` is made by runner itself"),
    "group without an identifier": (HOUSEHOLD, "{identifier: true}", "{}", "1:13: a group type needs a property with `identifier: true`"),
    "level of a group's property": (HOUSEHOLD, "{identifier: true}", "{identifier: true, permission_level: personal}", "1:59: `number`: only a property of profiles needs a level"),
    "name of a group's property": (HOUSEHOLD, "{identifier: true}", "{identifier: true}, members: integer", "1:51: `members` is made by runner itself; choose another name"),
    "type of an event's property": (VISIT, "page: text", "page: json", "1:20: found 'json'."),
    "name of an item's property": (VISIT, "sku: text", "position: text", "2:40: `position` is made by runner itself"),
    "list in a list of an event type": (VISIT, "{properties: {sku: text}}", "{properties: {sku: text}, nested: {b: {}}}", "2:42: a nested list cannot hold lists of its own: declare this one beside it"),
    "time zone": (PROJECT, "Europe/Amsterdam", "Europe/Amsterdm", "2:11: found 'Europe/Amsterdm'; expected a time zone"),
    "consent of an objective": (PROJECT, "opt_out", "optout", "3:43: found 'optout'. Did you mean 'opt_out'?"),
    "number of threads": (PROJECT, "threads: 1", "threads: none", "6:56: found 'none' for `threads`; expected a whole number"),
    "key of the project": (PROJECT, "name: shop", "nam: shop", "1:1: unknown key `nam`. Did you mean 'name'?"),
    "no YAML": (PROJECT, "vars: {junk: '99'}", "vars: {junk: '99'", "5:1: this is not YAML:"),
}  # fmt: skip


def test_project_without_a_fault_has_what_its_files_declare(tmp_path: Path) -> None:
    read = project(tmp_path)
    people, vip = read.connections[0].goals
    assert (people.name, vip.name) == ("people", "vip")
    assert read.properties["spent"].type == "decimal(18,2)"
    assert list(read.group_types) == ["household"]
    assert "visit" in read.event_types
    assert people.location("files", "homes").line == 9


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_fault_is_reported_at_its_line_and_column(
    tmp_path: Path, fault: tuple[str, str, str, str]
) -> None:
    path, old, new, expected = fault
    (found,) = faults(tmp_path, path, old, new)
    assert found.startswith(f"{path}:{expected}")


def test_faults_of_all_files_are_reported_at_once(tmp_path: Path) -> None:
    bad = "strategy: som}\n      tags: {from: homes.tags, strategy: ad"
    found = faults(
        tmp_path, SHOP, "strategy: sum}\n      tags: {from: homes.tags, strategy: add", bad
    )
    assert [text.split(": ")[0] for text in found] == [f"{SHOP}:14:46", f"{SHOP}:15:42"]
