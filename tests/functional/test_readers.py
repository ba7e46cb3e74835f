"""Analysts never wait for a build, and never see half of one (B1)."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from tests.functional.workshop import Workshop

# Opens the warehouse anew for each query, until standard input is closed; then tells how it went.
READER = """
import json, sys, threading, time
import duckdb
ended = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
told = {"counts": [], "failures": [], "queries": 0, "longest": 0.0}
while not ended.is_set():
    began = time.perf_counter()
    try:
        with duckdb.connect(sys.argv[1], read_only=True) as connection:
            found = connection.execute(
                "select (select count(*) from profiles), (select sum(spent)::int from profiles),"
                " (select count(*) from segment_members)").fetchone()
    except Exception as error:
        told["failures"].append(str(error))
    else:
        if not told["counts"] or told["counts"][-1] != list(found):
            told["counts"].append(list(found))
    told["queries"] += 1
    told["longest"] = max(told["longest"], time.perf_counter() - began)
    time.sleep(0.01)
print(json.dumps(told))
"""
PATIENCE = 3.0
"""Seconds that one look may take on a machine that is busy building; waiting for a build is longer."""
ROWS = 5_000


@contextmanager
def reader(warehouse: Path) -> Iterator[dict[str, list[object]]]:
    """Query a warehouse in a loop in a process of its own; afterwards, what it saw is given."""
    told: dict[str, list[object]] = {}
    with subprocess.Popen(
        [sys.executable, "-c", READER, str(warehouse)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield told
        stdout, _ = process.communicate(timeout=60)
    told.update(json.loads(stdout))


def declare(shop: Workshop) -> None:
    """Declare an import and a segment."""
    shop.properties("id: {identifier: true}\nspent: decimal(18,2)\n")
    shop.goals(
        """\
        - name: orders
          kind: import_profiles
          files: {orders: {path: "orders_*.csv"}}
          identify: {by: [{id: orders.id}]}
          map: {spent: {from: orders.spent, strategy: sum}}
        """
    )
    shop.write(
        "models/segments/rich.sql", "select profile_id from {{ ref('profiles') }} where spent > 1\n"
    )


def drop_orders(shop: Workshop, number: int) -> None:
    """Drop a file that adds as many profiles, and 1.00 to each that is there."""
    ids = range(ROWS * number)
    shop.drop(
        f"orders_{number}.csv", "id,spent,n\n" + "".join(f"{id},1.00,{number}\n" for id in ids)
    )


def test_queries_during_builds_never_fail_and_see_whole_builds_alone(shop: Workshop) -> None:
    declare(shop)
    drop_orders(shop, 1)
    shop.build()
    whole = [
        shop.rows(
            "select count(*), sum(spent)::int, (select count(*) from segment_members) from profiles"
        )[0]
    ]
    with reader(shop.warehouse) as told:
        for number in (2, 3):
            drop_orders(shop, number)
            shop.build()
            query = "select count(*), sum(spent)::int, (select count(*) from segment_members) from profiles"
            whole.append(shop.rows(query)[0])
        shop.build("--full-refresh")
    assert told["failures"] == []
    assert [tuple(seen) for seen in told["counts"]] == whole
    assert told["queries"] > 20
    assert told["longest"] < PATIENCE


def test_reader_keeps_the_warehouse_that_it_opened(shop: Workshop) -> None:
    declare(shop)
    drop_orders(shop, 1)
    shop.build()
    with duckdb.connect(str(shop.warehouse), read_only=True) as connection:
        drop_orders(shop, 2)
        shop.build()
        assert connection.execute("select count(*) from profiles").fetchall() == [(ROWS,)]
    assert shop.rows("select count(*) from profiles") == [(2 * ROWS,)]


def test_failed_build_leaves_the_last_good_data(shop: Workshop) -> None:
    declare(shop)
    drop_orders(shop, 1)
    shop.build()
    shop.write("tests/never.sql", "select 1\n")
    drop_orders(shop, 2)
    with reader(shop.warehouse) as told:
        assert shop.run("build").code == 1
    assert told["failures"] == []
    assert told["counts"] == [[ROWS, ROWS, 0]]
