"""The reports of `runner undo` and `runner redo`."""

from collections.abc import Sequence

from runner.errors import counted
from runner.orchestrate.undo import Undo
from runner.report.printable import printable
from runner.report.quantities import size
from runner.warehouse.imported_file import ImportedFile


def show_undo(undo: Undo, is_dry: bool) -> str:
    """Return the lines that say what is undone, and what is replayed for it."""
    lines = [f"{'Would undo' if is_dry else 'Undoing'}:"]
    lines += [
        f"  {printable(file.goal)}  {printable(file.path)}  {size(file.size)}, imported by build"
        f" {file.build_id}"
        for file in undo.files
    ]
    verb = "would be" if is_dry else "is" if undo.replayed == 1 else "are"
    imports = counted(undo.replayed, "other import")
    lines.append(f"{imports} {verb} replayed from the staged files.")
    return "\n".join(lines)


def show_redo(files: Sequence[ImportedFile]) -> str:
    """Return the lines that say what the next build imports again."""
    lines = [f"The next build imports {counted(len(files), 'file')} again:"]
    lines += [f"  {printable(file.goal)}  {printable(file.path)}" for file in files]
    return "\n".join(lines)
