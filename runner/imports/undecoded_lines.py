"""Lines with bytes that the encoding does not have: where they are many, another one was meant."""

from runner.compile.import_plan import ImportPlan
from runner.engine.duckdb.warehouse import Warehouse
from runner.imports.goal_files import StagedFiles
from runner.sql.quoting import quoted_text

FEWEST = 10
"""Lines of a source from which on its encoding is in doubt."""


def undecoded_warnings(
    warehouse: Warehouse, plan: ImportPlan, staged: StagedFiles, build_id: str
) -> tuple[str, ...]:
    """Return a warning for each source of which many lines were set aside for their bytes (R2)."""
    if not any(file.rejected for files in staged.values() for file in files):
        return ()
    parts = {"goal": quoted_text(plan.name), "build_id": quoted_text(build_id)}
    counts: dict[str, int] = dict(warehouse.perform("undecoded_lines", **parts))
    told = []
    for source, files in staged.items():
        lines = sum(counts.get(file.remote_path, 0) for file in files)
        if lines >= FEWEST:
            encoding = plan.goal.format_of(source).encoding
            told.append(
                f"{lines:,} lines of `{source}` have bytes that {encoding} does not have, and are"
                " set aside; if their writer uses another encoding, such as windows-1252, state it"
                " as `encoding` of the `format`"
            )
    return tuple(told)
