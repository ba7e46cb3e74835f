"""The headers of files seen so far, kept so that goals compile offline."""

import json
from collections.abc import Mapping
from pathlib import Path

from runner.compile.column_names import is_data
from runner.stage.part_file import replacing

Headers = dict[str, tuple[str, ...]]
"""File source -> its columns."""


def _path(generated: Path) -> Path:
    return generated / "headers.json"


def read_headers(generated: Path) -> dict[str, Headers]:
    """Return the headers known of each goal: goal -> file source -> columns.

    None are known where the file is damaged: the next build writes it again.
    """
    try:
        kept = json.loads(_path(generated).read_text(encoding="utf-8"))
        return {
            goal: {source: tuple(columns) for source, columns in sources.items()}
            for goal, sources in kept.items()
        }
    except (FileNotFoundError, ValueError, AttributeError, TypeError):
        return {}


def keep_headers(generated: Path, goal: str, headers: Mapping[str, tuple[str, ...]]) -> None:
    """Keep the headers of a goal's files; none where one of them holds data, and no names.

    Where all files of a source are empty, it keeps the header that it had.
    """
    if any(map(is_data, headers.values())):
        return
    known = read_headers(generated)
    before = known.get(goal, {})
    kept = {source: columns or before.get(source, ()) for source, columns in headers.items()}
    if before == kept:
        return
    known[goal] = kept
    path = _path(generated)
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as part:
        part.write_text(json.dumps(known, indent=1), encoding="utf-8")
