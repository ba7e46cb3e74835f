"""A small project in the style of dbt's own: only its sources were edited."""

from runner.engine.duckdb.warehouse import DuckDBWarehouse
from runner.orchestrate.build import run_build
from runner.orchestrate.options import BuildOptions
from runner.workspace.workspace import open_workspace

SEED = "id,customer,cents,ordered_at\n" + "".join(
    f"{n},C{n % 3},{n * 100},2026-01-0{n}T10:00:00\n" for n in range(1, 6)
)
FILES = {
    "runner_project.yml": (
        "name: cafe\nvars: {until: 3}\n"
        "models:\n  cafe:\n    staging: {+materialized: ephemeral}\n"
        "    marts: {+materialized: table}\n"
        "on-run-start: create or replace macro dollars(cents) as cents / 100\n"
    ),
    "seeds/raw/raw_orders.csv": SEED,
    "macros/cents.sql": (
        "{% macro cents(name) -%}{{ return(adapter.dispatch('cents')(name)) }}{%- endmacro %}\n"
        "{% macro default__cents(name) -%}dollars({{ name }})::numeric(16, 2){%- endmacro %}\n"
    ),
    "models/staging/stg_orders.sql": (
        "with source as (select * from {{ ref('raw_orders') }})\n"
        "select id as order_id, customer, {{ cents('cents') }} as amount,\n"
        "    {{ dbt.date_trunc('day', 'ordered_at') }} as ordered_on,\n"
        "    {{ dbt_utils.generate_surrogate_key(['id', 'customer']) }} as order_key\n"
        "from source where id <= {{ var('until') }}\n"
    ),
    "models/marts/orders.sql": (
        "{{ config(materialized='incremental', unique_key='order_id') }}\n"
        "select * from {{ ref('stg_orders') }}\n"
        "{% if is_incremental() %}where order_id > (select max(order_id) from {{ this }})"
        "{% endif %}\n"
    ),
    "models/marts/spent.sql": (
        "select customer, sum(amount) as spent from {{ ref('orders') }} {{ dbt_utils.group_by(1) }}"
    ),
    "models/marts/schema.yml": """\
version: 2
models:
  - name: orders
    data_tests:
      - dbt_utils.expression_is_true: {arguments: {expression: "amount > 0"}}
    columns:
      - name: order_key
        data_tests: [unique, not_null]
  - name: spent
    columns:
      - name: customer
        data_tests:
          - relationships: {arguments: {to: ref('raw_orders'), field: customer}}
unit_tests:
  - name: amounts_add_up
    model: spent
    given:
      - input: ref('orders')
        rows: [{customer: a, amount: 1}, {customer: a, amount: 2.5}]
    expect: {rows: [{customer: a, spent: 3.5}]}
""",
    "snapshots/spent_over_time.sql": (
        "{% snapshot spent_over_time %}\n"
        "{{ config(unique_key='customer', strategy='check', check_cols='all') }}\n"
        "select * from {{ ref('spent') }}\n{% endsnapshot %}\n"
    ),
    "tests/assert_nobody_owes.sql": "select * from {{ ref('spent') }} where spent < 0\n",
}


def test_project_of_dbt_is_built_and_grows(tmp_path):
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    assert run_build(open_workspace(tmp_path), BuildOptions()).reason == ""
    grown = run_build(open_workspace(tmp_path, variables={"until": 5}), BuildOptions())
    assert {node.status for node in grown.nodes} <= {"success", "pass"}
    with DuckDBWarehouse.open(tmp_path / "target/warehouse.duckdb", read_only=True) as warehouse:
        read = warehouse.connection.execute
        assert read("select count(*), sum(amount)::int from orders").fetchall() == [(5, 15)]
        rows = read(
            "select customer, spent::int, dbt_valid_to is null from spent_over_time"
        ).fetchall()
    assert sorted(rows) == [
        ("C0", 3, True),
        ("C1", 1, False),
        ("C1", 5, True),
        ("C2", 2, False),
        ("C2", 7, True),
    ]
