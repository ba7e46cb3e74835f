"""What `runner rollback` tells."""

from runner.orchestrate.rollback import RolledBack
from runner.report.figures import counted
from runner.report.visible import visible

SHOWN = 10
"""Files that are named."""


def show_rollback(done: RolledBack) -> str:
    """Return the lines that tell what a rollback did, and what the next build will do."""
    lines = [
        f"The warehouse of build {visible(done.build_id)} is published.",
        f"To return to that of {visible(done.replaced)}: runner rollback {visible(done.replaced)}",
    ]
    if done.undone:
        lines.append(f"The next build imports {counted(len(done.undone), 'file')} again:")
        lines += [f"  {visible(file.goal)}  {visible(file.path)}" for file in done.undone[:SHOWN]]
        if len(done.undone) > SHOWN:
            lines.append(f"  and {len(done.undone) - SHOWN} more")
    return "\n".join(lines)
