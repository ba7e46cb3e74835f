"""Snapshots: blocks of `snapshots/*.sql`, or declared in YAML, as in dbt."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from runner.definitions.model_file import SnapshotDocument
from runner.definitions.sql_file import SqlFile, read_sql_files
from runner.errors import Fault, Location

FOLDER = "snapshots"
BEGIN = re.compile(r"\{%-?\s*snapshot\s+(\w+)\s*-?%\}")
END = re.compile(r"\{%-?\s*endsnapshot\s*-?%\}")
ALL_ROWS = "{config}select * from {relation}"
CONFIG = "{{ config(materialized='snapshot') }}"


def read_snapshots(
    root: Path, documents: Iterable[SnapshotDocument], faults: list[Fault]
) -> Iterator[SqlFile]:
    """Read the snapshots of a project as the templates of models; mistakes are added to `faults`.

    One that YAML declares with a `relation` has all rows of that.
    """
    for file in read_sql_files(root, FOLDER, "**/*.sql", faults):
        yield from _blocks(file, faults)
    for document in documents:
        if document.relation:
            where = document.location("relation")
            text = ALL_ROWS.format(config=CONFIG, relation=f"{{{{ {document.relation} }}}}")
            yield SqlFile(where.file, text, document.name, where.line)


def _blocks(file: SqlFile, faults: list[Fault]) -> Iterator[SqlFile]:
    """Give each block of a file; lines above it are blank, so that those in it stay."""
    begins, ends = [*BEGIN.finditer(file.text)], [*END.finditer(file.text)]
    if not begins or len(begins) != len(ends):
        found = f"found {len(begins)} `snapshot` and {len(ends)} `endsnapshot`"
        message = "expected blocks {% snapshot name %} ... {% endsnapshot %}; " + found
        faults.append(Fault(Location(file.path), message))
        return
    for begin, end in zip(begins, ends, strict=True):
        above = "\n" * file.text.count("\n", 0, begin.start())
        text = f"{above}{CONFIG}{file.text[begin.end() : end.start()]}"
        yield SqlFile(file.path, text, begin[1])
