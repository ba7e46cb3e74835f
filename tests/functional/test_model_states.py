"""Models and segments that were edited since they were built: `state:modified`."""

import json

import pytest

from tests.functional.workshop import Workshop

pytestmark = pytest.mark.any_engine

SPEND = "select sum(spent) as spent from {{ ref('profiles') }} where {{ kept() }}\n"
VIP = "select profile_id from {{ ref('profiles') }} where spent > {{ var('least') }}\n"
DAYS = """\
{{ config(materialized='incremental', unique_key='day') }}
select 1 as day
{% if is_incremental() %}
where false
{% endif %}
"""


def states(shop: Workshop, *options: str) -> str:
    ended = shop.run("ls", "--state", *options)
    assert ended.code == 0, ended.told
    return ended.stdout


def selected(shop: Workshop, selector: str) -> list[str]:
    return shop.run("ls", "--select", selector).stdout.split()[1::2]


def test_edited_models_and_segments_are_told_and_selected(shop: Workshop) -> None:
    project = shop.write(
        "runner_project.yml", "name: shop\ntargets: {local: {warehouse: w.duckdb, threads: 1}}\n"
        "vars: {least: 5}\n",
    )  # fmt: skip
    shop.database = "w.duckdb"
    shop.properties("id: {identifier: true}\nspent: decimal")
    shop.goals(
        "- name: people\n  kind: import_profiles\n  files: {people: people.csv}\n"
        "  identify: {by: [{id: people.id}]}\n  map: {spent: people.spent}\n"
    )
    shop.write("macros/kept.sql", "{% macro kept() %}true{% endmacro %}\n")
    shop.write("models/marts/spend.sql", SPEND)
    shop.write("models/marts/days.sql", DAYS)
    shop.write("models/segments/vip.sql", VIP)
    shop.drop("people.csv", "id,spent\na,10\n")
    assert states(shop, "--select", "spend vip").splitlines() == [
        "spend  new, not built yet",
        "vip  new, not built yet",
    ]
    shop.build()
    assert selected(shop, "state:modified") == []
    assert "Did you mean 'state:modified'?" in shop.run("ls", "-s", "state:modifed").told
    shop.build()
    assert selected(shop, "state:unchanged") == ["shop.people", "days", "spend", "vip"]
    shop.write("models/marts/spend.sql", SPEND.replace("sum", "max"))
    shop.write("models/marts/days.sql", DAYS.replace("'day')", "['day'])"))
    project.write_text(project.read_text().replace("least: 5", "least: 50"))
    assert states(shop).splitlines() == [
        "shop.people  unchanged",
        "days  modified since it was built:",
        "  the SQL changed (models/marts/days.sql)",
        "spend  modified since it was built:",
        "  the SQL changed (models/marts/spend.sql)",
        "vip  modified since it was built:",
        "  variable least changed (models/segments/vip.sql)",
    ]
    told = json.loads(states(shop, "--select", "vip", "--output", "json"))
    assert told == {
        "name": "vip", "kind": "model", "state": "modified", "returning": 0,
        "changes": ["variable least changed (models/segments/vip.sql)"],
    }  # fmt: skip
    shop.build("--select", "state:modified", "--exclude", "spend")
    assert selected(shop, "state:modified") == ["spend"]
    assert shop.rows("select count(*) from segments.vip") == [(0,)]
    # One that fails is still another than the one that the warehouse has.
    shop.write("models/marts/spend.sql", "select 1 as spent from nowhere")
    assert shop.run("build").code == 1
    shop.write("models/marts/spend.sql", SPEND)
    shop.write("macros/kept.sql", "{% macro kept() %}spent > 1{% endmacro %}\n")
    assert "  macro kept changed (macros/kept.sql:1:1)" in states(shop)
    shop.run("rollback")
    shop.build("--full-refresh")
    assert selected(shop, "state:modified") == []
