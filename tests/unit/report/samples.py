"""Results of imagined builds, and consoles that write into memory."""

import io
from dataclasses import replace
from datetime import UTC, datetime

from runner.errors import Location
from runner.reconciliation import FileCounts, LinkCounts
from runner.report.terminal import open_console
from runner.result import BuildResult, ExportedFile, NodeResult

NOON = datetime(2026, 11, 24, 12, 0, 0, tzinfo=UTC)


def book(source, path, lines, rejected=0, blank=0):
    records = lines - 1 - rejected - blank
    return FileCounts(source, path, "ab", 1, NOON, lines, records, blank, rejected, 1)


ORDERS = NodeResult(
    "webshop.orders",
    "import_profiles",
    "success",
    seconds=12.4,
    rows=10021,
    outcomes={"updated": 8198, "duplicate": 12, "created": 1682, "filtered": 120, "unmatched": 9},
    files=(
        book("order_lines", "out/orders_2026-01.csv", 10023, rejected=1),
        book("customers", "out/customers.csv", 2001, blank=3),
    ),
    links=(
        LinkCounts("order_lines", 10021, 10021, 0),
        LinkCounts("customers", 2000, 1986, 14),
        LinkCounts("postal_codes", 400, 0, 10021),
        LinkCounts("products", 120, 120, 0),
    ),
    profiles_created=1682,
    profiles_updated=311,
    rejects=4,
)
UNCHANGED = NodeResult(
    "webshop.orders",
    "import_profiles",
    "unchanged",
    message="nothing new: 6 files imported before",
)
FAILED = NodeResult(
    "webshop.subscribers",
    "import_profiles",
    "error",
    seconds=0.2,
    message="connections/webshop.yml:71:5: too many rejects\n  raise the limit",
    location=Location("connections/webshop.yml", 71, 5),
    outcomes={"created": 77},
    exit_code=1,
)
MODEL = NodeResult("stg_orders", "model", "success", 0.03, rows=10000, message="table")
VIP = NodeResult("vip", "segment", "success", 0.1, rows=1320, members=1320)
PASSED = NodeResult("unique_email", "test", "pass", 0.01)
WARNED = NodeResult("not_null_city", "test", "warn", 0.01, "3 rows fail", rows=3)
SKIPPED = NodeResult("mart", "model", "skipped", message="stg did not succeed")
EXPORT = NodeResult(
    "webshop.vip",
    "export_profiles",
    "success",
    0.3,
    rows=1300,
    members=1320,
    exported=(ExportedFile("in/segments/vip_20261124.csv", 1300, 41234, "cd"),),
)
BUILD = BuildResult(
    "20261124T120000000Z",
    "local",
    NOON,
    14.2,
    (ORDERS, MODEL, VIP, PASSED, EXPORT),
    published=True,
    profiles=2010,
)


def build(*nodes, **changes):
    return replace(BUILD, nodes=nodes, **changes)


class Memory(io.StringIO):
    """A stream in memory that may call itself a terminal."""

    def __init__(self, is_terminal=False):
        super().__init__()
        self._is_terminal = is_terminal

    def isatty(self):
        return self._is_terminal


def memory_console(is_terminal=False, use_colors=False):
    console = open_console(Memory(is_terminal), use_colors)
    return console, console.file.getvalue
