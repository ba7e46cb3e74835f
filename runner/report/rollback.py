"""What `runner rollback` tells."""

from runner.orchestrate.rollback import RolledBack
from runner.report.printable import printable
from runner.report.quantities import counted

SHOWN = 10
"""Files that are named."""


def show_rollback(done: RolledBack) -> str:
    """Return the lines that tell what a rollback did, and what the next build will do."""
    before = printable(done.replaced)
    lines = [
        f"The warehouse of build {printable(done.build_id)} is published.",
        f"To return to that of {before}: runner rollback {before}",
    ]
    if done.undone:
        lines.append(f"The next build imports {counted(len(done.undone), 'file')} again:")
        lines += [
            f"  {printable(file.goal)}  {printable(file.path)}" for file in done.undone[:SHOWN]
        ]
        if len(done.undone) > SHOWN:
            lines.append(f"  and {len(done.undone) - SHOWN} more")
    return "\n".join(lines)
