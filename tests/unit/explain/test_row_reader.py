from types import SimpleNamespace

from runner.explain.joined_row import JoinedRow
from runner.explain.profile_ledger import LedgerRow
from runner.explain.row_reader import matched_rows


def matched(read, wanted, keeps_duplicates=False):
    """Match rows, each a hash and an origin; give the origin, hash read and whether it is exact."""
    plan = SimpleNamespace(sources=[SimpleNamespace(keeps_duplicates=keeps_duplicates)])
    rows = [
        (
            row_hash,
            JoinedRow(LedgerRow("g", row_hash, origin), plan, row_hash, *[{}] * 5, None, False),
        )
        for row_hash, origin in read
    ]
    ledger = [LedgerRow("g", row_hash, origin) for row_hash, origin in wanted]
    return [(row.ledger.origin, row.number, row.is_exact) for row in matched_rows(rows, ledger)]


def test_row_is_known_by_its_content_and_else_by_its_line():
    read = [(1, 10), (2, 20), (3, 10)]
    assert matched(read, [(3, 10), (2, 40), (9, 20), (8, 50)]) == [
        (10, 3, True),
        (20, 2, False),
        (40, 2, True),
    ]


def test_r10_equal_lines_that_count_each_are_known_by_their_line():
    assert matched([(1, 10)], [(5, 10)], keeps_duplicates=True) == [(10, 1, True)]
