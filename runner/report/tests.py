"""The end of `runner test`: what failed, and the tally."""

from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from runner.report.printable import printable
from runner.result import NodeResult


def show_tests(console: Console, results: Sequence[NodeResult]) -> None:
    """Print the tests that did not pass, with their location, and the tally."""
    for result in results:
        if result.status != "pass":
            style = "yellow" if result.status == "warn" else "red"
            where = f"{result.location}: " if result.location else ""
            text = f"{result.status.upper()} {result.name}: {where}{result.message}"
            console.print(Text(printable(text), style), soft_wrap=True)
    told = Counter(result.status for result in results)
    console.print(
        f"Done. PASS={told['pass']} WARN={told['warn']} ERROR={told['fail'] + told['error']}"
        f" TOTAL={len(results)}"
    )
