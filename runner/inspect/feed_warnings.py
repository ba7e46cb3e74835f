"""Main files that changed: what becomes of lines that are gone from them (F9)."""

from collections.abc import Iterator

from runner.compile.import_plan import ImportPlan
from runner.imports.file_choice import FileChoice


def feed_warnings(plan: ImportPlan, choice: FileChoice) -> Iterator[str]:
    """Yield a warning where main files changed and nobody said what that means for their lines."""
    source = plan.main.name
    changed = [path for path, reason in choice.reasons.items() if reason == "changed"]
    if not changed or not plan.is_giving or plan.goal.files[source].feed or plan.line_key:
        return
    more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
    location = plan.goal.location("files", source, of_key=True)
    yield (
        f"{changed[0]}{more} changed since the last import: lines that are gone from there still"
        " count in sums, lists and events, beside the new ones; if a new version of a file replaces"
        f" the old one, write `feed: full` at `{source}` ({location.file}:{location.line}), if"
        " lines are corrected one by one, a `key`"
    )
