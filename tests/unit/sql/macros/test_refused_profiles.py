"""Who is refused for what was said last (C1)."""

import pytest

from runner.definitions.objective import Objective
from tests.unit.sql.expression import rows_of

REFUSED = """
with candidates as (select unnest([1, 2, 3, 4, 5, 6]) as profile_id),
latest as (
    select * from (values (1, 'a', true), (2, 'a', false), (3, 'b', true), (4, 'b', false),
        (6, 'a', true), (6, 'b', false)) as t(profile_id, objective, consented)
),
{{ refused_profiles(objectives) }}
final as (select * from refused)
select * from final order by all
"""


@pytest.mark.parametrize(
    ("objectives", "expected"),
    [
        ({"a": "opt_in"}, [(2, "refused"), (3, "never_asked"), (4, "refused"), (5, "never_asked")]),
        ({"b": "opt_out"}, [(4, "refused"), (6, "refused")]),
        ({"a": "opt_in", "b": "opt_in"}, [(2, "refused"), (4, "refused"), (5, "never_asked")]),
        ({"a": "opt_in", "b": "opt_out"}, [(4, "refused")]),
        ({"a": "opt_out", "b": "opt_out"}, [(2, "refused"), (4, "refused"), (6, "refused")]),
    ],
)
def test_one_consent_is_enough_or_no_refusal_of_what_is_opt_out(
    objectives: dict[str, str], expected: list[tuple[int, str]]
) -> None:
    stated = [Objective(name=name, consent=consent) for name, consent in objectives.items()]
    assert rows_of(REFUSED, objectives=stated) == expected
