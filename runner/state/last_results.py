"""How nodes ended in the last run, for `--select result:error`."""

import json

from runner.compile.graph import Graph
from runner.errors import UsageError
from runner.workspace.workspace import Workspace


def with_last_results(workspace: Workspace, graph: Graph) -> Graph:
    """Return a graph whose nodes know how they ended, as target/run_results.json has it.

    Raises UsageError where nothing was run yet, or the file is damaged.
    """
    path = workspace.generated / "run_results.json"
    try:
        results = json.loads(path.read_text(encoding="utf-8"))["results"]
        ended = {str(item["unique_id"]).split(".", 2)[-1]: item["status"] for item in results}
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise UsageError(
            "`result:` selects by the last run, and there is no whole target/run_results.json",
            hint="run `runner build` first, or put the file there that another run wrote",
        ) from error
    return graph.with_results(ended)
