"""What `runner clean --staging` tells before anything is dropped."""

from runner.errors import counted
from runner.orchestrate.staging_expiry import Loss
from runner.report.printable import printable
from runner.report.quantities import size


def show_loss(loss: Loss, is_done: bool) -> str:
    """Return the lines that tell what dropping staged files costs, or cost."""
    stay = f"{counted(loss.needed, 'file')} {'stays' if loss.needed == 1 else 'stay'}"
    if not loss.files and loss.needed:
        return f"Nothing to remove: {stay}, the next build needs them."
    if not loss.files:
        return "No staged file is that old: nothing to remove."
    lines = [
        f"{'Removed' if is_done else 'Would remove'} {counted(len(loss.files), 'staged file')},"
        f" {size(loss.disk)} on disk."
    ]
    if loss.needed:
        lines.append(f"{stay}: the next build needs them.")
    if loss.goals:
        lines.append("No full refresh, undo or changed definition can import these again:")
    for goal in loss.goals:
        lines.append(
            f"  {printable(goal.goal)}  {counted(goal.files, 'file')}, {size(goal.size)}, imported"
            f" {goal.first:%Y-%m-%d} to {goal.last:%Y-%m-%d}; whole again from what came after"
            f" {goal.last:%Y-%m-%d %H:%M} UTC"
        )
    if loss.goals:
        lines.append("What servers still have is brought again; the warehouse stays as it is.")
    if not is_done:
        lines.append("Nothing was removed: --yes does it.")
    return "\n".join(lines)
