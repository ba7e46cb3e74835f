"""Links of the rows that `resent_rows` added."""

from tests.unit.sql.goals import FIRST


def test_row_imported_before_is_unchanged_and_keeps_its_profile() -> None:
    FIRST.expect(
        "resent_links",
        {"rows": "row_hash | known_profile_id\n7 |\n8 | p2\n9 | p1"},
        "row_id | profile_id | outcome\n1 | p2 | unchanged\n2 | p1 | unchanged",
    )
