"""Events and items that the line of a key no longer holds."""

from tests.unit.sql.goals import FULL_ORDERS, KEYED_ASKING_ORDERS, KEYED_ORDERS


def test_line_of_the_batch_that_tells_of_another_event() -> None:
    KEYED_ORDERS.expect(
        "superseded_lineage",
        {
            "rows": "key_hash\n5\n6\n8",
            "suppressed_rows": "row_id\n2",
            "batch_lineage": "type | event_id | nested | item | key_hash\norder | A | '' | '' | 5",
            "runner.event_lineage": """
            goal      | type  | event_id | nested  | item | key_hash
            shop.rows | order | A        | ''      | ''   | 5
            shop.rows | order | B        | ''      | ''   | 5
            shop.rows | order | A        | product | x    | 6
            shop.rows | order | A        | ''      | ''   | 7
            shop.rows | order | C        | ''      | ''   | 8
            shop.none | order | B        | ''      | ''   | 5
            """,
        },
        """
        event_id | nested  | item | key_hash
        B        | ''      | ''   | 5
        A        | product | x    | 6
        """,
    )


def test_event_of_a_line_that_is_gone_from_its_file() -> None:
    """F9"""
    FULL_ORDERS.expect(
        "superseded_lineage",
        {
            "replaced_lines": "key_hash | is_vanished\n5 | true\n6 | false",
            "runner.event_lineage": """
            goal      | type  | event_id | nested | item | key_hash
            shop.rows | order | A        | ''     | ''   | 5
            shop.rows | order | B        | ''     | ''   | 6
            """,
        },
        "event_id\nA",
    )


def test_event_of_a_person_who_refused_or_is_suppressed_stays_as_it_was() -> None:
    """C1"""
    KEYED_ASKING_ORDERS.expect(
        "superseded_lineage",
        {
            "rows": "key_hash\n5\n6\n7",
            "permitted": "row_id | outcome\n0 | no_consent\n1 | updated\n2 | suppressed",
            "runner.event_lineage": """
            goal      | type  | event_id | nested | item | key_hash
            shop.rows | order | A        | ''     | ''   | 5
            shop.rows | order | B        | ''     | ''   | 6
            shop.rows | order | C        | ''     | ''   | 7
            """,
        },
        "event_id\nB",
    )
