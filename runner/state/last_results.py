"""How nodes ended in the last run, for `--select result:error`."""

import json
from pathlib import Path

from runner.compile.graph import Graph
from runner.errors import UsageError
from runner.workspace.workspace import Workspace


def with_last_results(workspace: Workspace, graph: Graph, folder: Path | None = None) -> Graph:
    """Return a graph whose nodes know how they ended, as run_results.json of a folder has it.

    The folder is `target/` where none is named. Raises UsageError where the file is not there, or
    is damaged.
    """
    path = (folder or workspace.generated) / "run_results.json"
    try:
        results = json.loads(path.read_text(encoding="utf-8"))["results"]
        ended = {str(item["unique_id"]).split(".", 2)[-1]: item["status"] for item in results}
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise UsageError(
            "`result:` selects by a run, and there is no whole"
            f" {folder or 'target'}/run_results.json",
            hint="run `runner build` first, or name the folder of another run with --state",
        ) from error
    return graph.with_results(ended)
