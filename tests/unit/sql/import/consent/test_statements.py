"""What the rows of a batch say of consent (C1)."""

from tests.unit.sql.goals import ASKING, ASKING_CHAINED

FILES = """
file_id | goal      | source | build_id   | modified_at | sha256
1       | shop.rows | rows   | 20240501-1 | 2024-01-02  | a
2       | shop.rows | rows   | 20240501-1 | 2024-01-01  | b
3       | shop.rows | rows   | 20240401-1 | 2025-01-01  | c
"""
ROWS = """
origin | row_order | value_consent.mail | rejected_consent.mail
1:2    | 0         | true               |
1:3    | 1         | false              |
2:2    | 2         | true               |
2:3    | 3         |                    |
2:4    | 4         | true               |
"""
LINKS = """
row_id | profile_id | outcome
0      | p1         | created
1      | p2         | unchanged
2      | p1         | duplicate
3      | p3         | created
4      | p4         | filtered
"""


def test_statement_has_the_time_of_its_file_and_none_is_older_than_one_before_it() -> None:
    ASKING.expect(
        "statements",
        {"runner.files": FILES, "rows": ROWS, "links": LINKS},
        """
        profile_id | objective | consented | stated_at           | origin | row_order
        p1         | mail      | true      | 2024-01-02 00:00:00 | 1:2    | 0
        p2         | mail      | false     | 2024-01-02 00:00:00 | 1:3    | 1
        p1         | mail      | true      | 2024-01-02 00:00:00 | 2:2    | 2
        """,
    )


def test_greatest_of_one_time_is_that_time() -> None:
    """Spark knows no `greatest` of one value."""
    assert "greatest" not in ASKING.workbench.models["statements"].sql


def test_file_that_is_sent_again_has_the_time_at_which_it_was_first_sent() -> None:
    """F8"""
    files = """
    file_id | goal      | source | build_id   | modified_at | sha256
    1       | shop.rows | rows   | 20240401-1 | 2024-01-01  | a
    2       | shop.rows | rows   | 20240501-1 | 2024-01-02  | b
    3       | shop.rows | rows   | 20240501-1 | 2024-01-03  | a
    """
    ASKING.expect(
        "statements",
        {
            "runner.files": files,
            "rows": "origin | row_order | value_consent.mail | line_of_rows\n3:2 | 0 | true | 7",
            "links": "row_id | profile_id | outcome\n0 | p1 | unchanged",
        },
        "profile_id | stated_at | line_hash\np1 | 2024-01-01 00:00:00 | 7",
    )


def test_statement_that_cannot_be_read_is_a_refusal() -> None:
    rows = """
    origin | row_order | value_consent.mail | rejected_consent.mail
    1:2    | 0         |                    | nope
    1:3    | 1         |                    |
    """
    ASKING.expect(
        "statements",
        {
            "runner.files": FILES,
            "rows": rows,
            "links": "row_id | profile_id | outcome\n0 | p1 | created\n1 | p2 | created",
        },
        "profile_id | objective | consented\np1 | mail | false",
    )


def test_statement_of_a_chained_line_has_its_place_and_the_time_of_its_file() -> None:
    files = """
    file_id | goal      | source | build_id   | modified_at | sha256
    1       | shop.rows | rows   | 20240501-1 | 2024-01-05  | a
    2       | shop.rows | people | 20240501-1 | 2024-01-02  | b
    """
    ASKING_CHAINED.expect(
        "statements",
        {
            "runner.files": files,
            "lines.people": f"shift | people.id\n{2 * 2**32 + 2} | 6\n{2 * 2**32 + 2} | 7",
            "rows": """
            origin | row_order | row_of_people | value_consent.mail | rejected_consent.mail
            1:2    | 0         | 1             | true               |
            1:3    | 1         | 1             | true               |
            """,
            "links": "row_id | profile_id | outcome\n0 | p1 | created\n1 | p1 | updated",
        },
        """
        profile_id | consented | stated_at           | origin | row_order
        p1         | true      | 2024-01-02 00:00:00 | 2:3    | 0
        p1         | true      | 2024-01-02 00:00:00 | 2:3    | 1
        """,
    )


def test_refusal_of_an_unmatched_row_is_one_of_whom_its_first_identifier_would_make() -> None:
    rows = "origin | row_order | key_1 | key_2 | value_consent.mail\n1:2 | 0 | | 7 | false\n1:3 | 1 | | | false"
    links = "row_id | profile_id | outcome\n0 | | unmatched\n1 | | unmatched"
    given = {"runner.files": FILES, "rows": rows, "links": links}
    ASKING.expect("statements", given, "origin | consented\n1:2 | false")
