"""Rows that lead to several profiles, as lines of a table."""

from runner.inspect.query import Answer

SHORT = 8
"""Digits of a profile's id behind a value."""


def told_rows(answer: Answer) -> Answer:
    """Return the rows with a text for identifiers and profiles: `email=an@x.nl (3f2a91c0)`."""
    return Answer(
        answer.columns,
        tuple(
            (*row[:3], ", ".join(map(_told, row[3])), " ".join(row[4]), *row[5:])
            for row in answer.rows
        ),
    )


def _told(found: dict[str, str | None]) -> str:
    profile = found["profile_id"]
    whom = f" ({profile[:SHORT]})" if profile else " (nobody)"
    return f"{found['identifier']}={found['value']}{whom}"
