"""An engine to look at files with; nothing of it stays."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from runner.compile.library import Library
from runner.engine.duckdb.warehouse import Warehouse
from runner.model import Materialization, Model
from runner.sql.quoting import Sql
from runner.workspace.workspace import Workspace


@contextmanager
def scratch(workspace: Workspace) -> Iterator[Warehouse]:
    """Open an empty warehouse of its own, on the disk so that it need not fit the memory."""
    workspace.generated.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix=".scratch-", dir=workspace.generated) as folder,
        Warehouse.open(
            Path(folder) / "scratch.duckdb",
            threads=workspace.target.threads,
            memory_limit=workspace.target.memory_limit,
        ) as warehouse,
    ):
        yield warehouse


def looking(
    library: Library,
    template: str,
    relation: Sql,
    materialization: Materialization,
    **variables: object,
) -> Model:
    """Return a model of `runner/sql/preview/`; `relation` is the quoted name of its rows."""
    sql, locations = library.render(f"preview/{template}.sql", {"relation": relation, **variables})
    return Model(
        name=template,
        sql=sql,
        relation=relation,
        materialization=materialization,
        path=f"preview/{template}.sql",
        locations=locations,
    )
