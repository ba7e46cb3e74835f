"""What `runner rollback` tells."""

from runner.errors import counted
from runner.orchestrate.rollback import RolledBack
from runner.report.printable import printable

SHOWN = 10
"""Files that are named."""


def show_rollback(done: RolledBack) -> str:
    """Return the lines that tell what a rollback did, and what the next build will do."""
    before = printable(done.replaced)
    lines = [
        f"The warehouse of build {printable(done.build_id)} is published.",
        f"To return to that of {before}: runner rollback {before}",
    ]
    if done.returning:
        lines.append(f"The next build imports {counted(len(done.returning), 'file')} again:")
        lines += [
            f"  {printable(file.goal)}  {printable(file.path)}" for file in done.returning[:SHOWN]
        ]
        if len(done.returning) > SHOWN:
            lines.append(f"  and {len(done.returning) - SHOWN} more")
    return "\n".join(lines)
