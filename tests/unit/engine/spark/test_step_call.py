"""A query is taken apart where it calls a Python function of the project."""

import pytest

from runner.engine.spark.step_call import step_call

CALL = """\
called as (
    select
        *,
        "shop.f"(is_kept, cast(
            upper(name, ',') -- shop.yml:3
        as string)) as "shop.f"
    from {rows}
),
"""
FINAL = """final as (select called.*, "shop.f"['a'] from called)
select * from final"""


def lines(sql: str) -> list[str]:
    return [line.strip() for line in sql.splitlines() if line.strip()]


@pytest.mark.parametrize("before", ["", "rows_read as (select 1 as name),\n"])
def test_rows_are_read_with_what_is_given_and_the_rest_reads_the_answers(before: str) -> None:
    sql = f"with\n{before}{CALL.format(rows='rows_read')}{FINAL}"
    call = step_call(sql, "shop.f", "answers_1")
    assert call is not None
    head = ["with", before.strip().removesuffix(",")] if before else []
    assert lines(call.rows) == [
        *head,
        "select",
        "*,",
        "is_kept",
        'as "shop.f.0", cast(',
        "upper(name, ',') -- shop.yml:3",
        "as string)",
        'as "shop.f.1"',
        "from rows_read",
    ]
    assert lines(call.rest) == [
        "with",
        *([before.strip()] if before else []),
        "final as (select answers_1.*, \"shop.f\"['a'] from answers_1)",
        "select * from final",
    ]
    # Errors are placed by their line.
    assert call.rest.count("\n") == sql.count("\n")


def test_query_that_reads_only_the_answer_does_not_call() -> None:
    assert step_call(f"with {FINAL}", "shop.f", "answers_1") is None
    assert step_call(f"with {CALL.format(rows='r')}{FINAL}", "shop.g", "answers_1") is None
