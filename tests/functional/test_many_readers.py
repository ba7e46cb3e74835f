"""Many readers query in a loop while builds run one after another (B1).

No reader ever fails or sees half a build, and no build waits for a reader.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.functional.workshop import Workshop
from tests.thorough import IS_THOROUGH

READERS, BUILDS, ROWS = (20, 10, 500) if IS_THOROUGH else (8, 3, 500)
# Forks the readers; each is a process of its own. One of four keeps the warehouse that it opened
# first, the others open it anew for each look. A look is four queries that must agree.
SCRIPT = """
import json, os, signal, sys, time
import duckdb
warehouse, count = sys.argv[1], int(sys.argv[2])
QUERIES = (
    "select count(*), sum(spent)::int from profiles",
    "select people, spent from totals",
    "select count(*), sum(amount)::int from events_payment",
    "select count(*), (select build_id from runner.published) from segment_members",
)

def look(connection):
    return [connection.execute(query).fetchone() for query in QUERIES]

def read(number):
    told = {"looks": 0, "failures": [], "halves": [], "builds": [], "longest": 0.0}
    ended = []
    signal.signal(signal.SIGTERM, lambda *_: ended.append(True))
    kept = duckdb.connect(warehouse, read_only=True) if number % 4 == 0 else None
    while not ended:
        began = time.perf_counter()
        try:
            if kept:
                profiles, totals, events, (members, build) = look(kept)
            else:
                with duckdb.connect(warehouse, read_only=True) as connection:
                    profiles, totals, events, (members, build) = look(connection)
        except Exception as error:
            told["failures"].append(str(error))
        else:
            if not (profiles == totals and events[1] == profiles[1] and members == profiles[0]):
                told["halves"].append([profiles, totals, events, members])
            if build not in told["builds"]:
                told["builds"].append(build)
        told["looks"] += 1
        told["longest"] = max(told["longest"], time.perf_counter() - began)
        time.sleep(0.3)
    return told

pipes = []
for number in range(count):
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        with os.fdopen(theirs, "w") as out:
            json.dump(read(number), out)
        os._exit(0)
    os.close(theirs)
    pipes.append((child, ours))
sys.stdin.read()
for child, _ in pipes:
    os.kill(child, signal.SIGTERM)
print(json.dumps([json.load(os.fdopen(ours)) for _, ours in pipes]))
"""


@contextmanager
def readers(warehouse: Path) -> Iterator[list[dict[str, Any]]]:
    """Query a warehouse by many readers; afterwards, what each saw is given."""
    told: list[dict[str, Any]] = []
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(warehouse), str(READERS)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield told
        stdout, _ = process.communicate(timeout=60)
    told += json.loads(stdout)


def declare(shop: Workshop) -> None:
    shop.properties("id: {identifier: true}\nspent: decimal(18,2)\n")
    shop.write("models/events/payment.yml", "properties: {amount: 'decimal(18,2)'}\n")
    shop.goals(
        """\
        - name: payments
          kind: import_profiles
          files: {payments: {path: "payments_*.csv"}}
          identify: {by: [{id: payments.id}]}
          map: {spent: {from: payments.amount, strategy: sum}}
          events:
            - {type: payment, id: payments.payment, at: payments.at, properties: {amount: payments.amount}}
        """
    )
    shop.write("models/segments/paid.sql", "select profile_id from {{ ref('profiles') }}\n")
    shop.write(
        "models/marts/totals.sql",
        "select count(*) as people, sum(spent)::int as spent from {{ ref('profiles') }}\n",
    )


def drop_payments(shop: Workshop, number: int) -> None:
    """Drop a file that adds profiles, and a payment of 1.00 to each that is there."""
    lines = [f"{n},{number}-{n},2026-01-01 10:00:00,1.00\n" for n in range(ROWS * number)]
    shop.drop(f"payments_{number}.csv", f"id,payment,at,amount\n{''.join(lines)}")


@pytest.mark.thorough
def test_many_readers_never_fail_never_see_half_a_build_and_hold_up_none(shop: Workshop) -> None:
    declare(shop)
    drop_payments(shop, 1)
    shop.build()
    seconds = []
    with readers(shop.warehouse) as told:
        for number in range(2, BUILDS + 2):
            drop_payments(shop, number)
            began = time.perf_counter()
            shop.build()
            seconds.append(time.perf_counter() - began)
        time.sleep(1)
    looks = sum(reader["looks"] for reader in told)
    longest = max(reader["longest"] for reader in told)
    seen = {build for reader in told for build in reader["builds"]}
    sys.stdout.write(
        f"{len(told)} readers, {looks} looks, the longest {longest:.2f} s; {BUILDS} builds of"
        f" {min(seconds):.1f} to {max(seconds):.1f} s, {len(seen)} seen\n"
    )
    assert [reader["failures"] for reader in told] == [[]] * READERS
    assert [reader["halves"] for reader in told] == [[]] * READERS
    assert looks > READERS * BUILDS
    # Whoever opens it anew sees one build after the other, none twice; the others stay with one.
    for number, reader in enumerate(told):
        assert reader["builds"] == sorted(reader["builds"])
        assert (len(reader["builds"]) == 1) == (number % 4 == 0)
    assert len(seen) > BUILDS // 2
