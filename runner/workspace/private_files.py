"""Files of a project that hold data of persons, and who may read them."""

import glob

from runner.file_mode import is_private, make_private
from runner.workspace.workspace import Workspace


def make_files_private(workspace: Workspace, *, always: bool = False) -> None:
    """Make all that is generated, and the warehouse, its owner's alone (B7).

    Earlier versions did not create it so. Unless `always`, a folder that is private stands for all
    in it: looking at each file would take longer than most queries.
    """
    generated, warehouse = workspace.generated, workspace.local_state
    if generated.is_dir() and (always or not is_private(generated)):
        make_private(generated)
    for path in warehouse.parent.glob(f"{glob.escape(warehouse.name)}*"):
        # A folder that a cluster writes is as open as the cluster needs it.
        if path != warehouse or path.is_file():
            make_private(path)
