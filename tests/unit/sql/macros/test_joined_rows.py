"""Lines joined to rows, hashed, and found again in the ledger."""

from tests.unit.sql.expression import rows_of
from tests.unit.sql.goals import CHAINED

LINES = """
(select *, 0 as shift, null as clean_origin, rowid::uhugeint as line_hash, '' as "rows.amount",
    '' as "rows.status", '' as "rows.paid_at"
from (values (0, '7'), (1, '8')) as listed(rowid, "rows.person"))
"""
PEOPLE = """
(select *, 0 as shift, null as clean_origin, '' as "people.email"
from (values (0, '7', 5::uhugeint), (1, '7', 6::uhugeint)) as listed(rowid, "people.id", line_hash))
"""
QUERY = """
with {{ joined_rows(
    plan, relations, ['people.row_id'], lines, [], true
) -}}
final as (
    select main_row, row_of_people, row_hash, known_profile_id, is_kept from known
)
select main_row, row_of_people, count(distinct row_hash) over (), known_profile_id, is_kept
from final order by all
"""


def test_each_line_that_fits_makes_a_row_with_a_hash_of_its_own() -> None:
    relations = {"lines.rows": LINES, "lines.people": PEOPLE}
    plan = CHAINED.workbench.plan
    lines = [plan.line_of("rows"), plan.line_of("people")]
    found = rows_of(QUERY, plan=plan, relations=relations, lines=lines)
    assert found == [(0, 0, 3, None, True), (0, 1, 3, None, True), (1, None, 3, None, True)]
