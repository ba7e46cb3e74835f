"""The reports of `runner forget`, `suppress` and `unsuppress`."""

from collections.abc import Iterable, Iterator

from runner.erasure.receipt import Receipt
from runner.errors import counted
from runner.report.printable import printable

SHOWN = 20
"""Names of a list that are shown."""

COMES_BACK = (
    "The next build applies their rows that were left out, and `runner rows` lists them."
    " Lines that `runner forget` erased are gone."
)


def show_receipt(receipt: Receipt, path: str = "") -> str:
    """Return the lines that say what was done, or would be, without any personal data."""
    return "\n".join(_lines(receipt, path))


def _lines(receipt: Receipt, path: str) -> Iterator[str]:
    persons = counted(len(receipt.people), "person")
    if receipt.action == "suppress":
        yield f"{persons} will not be imported again, by {counted(receipt.listed, 'identifier')}."
        yield f"Their {counted(receipt.profiles, 'profile')} in the warehouse stay as they are."
    elif receipt.action == "unsuppress":
        yield f"{persons} may be imported again: {counted(receipt.listed, 'identifier')} lifted."
        yield COMES_BACK
    else:
        yield from _forgotten(receipt, persons)
    for warning in receipt.warnings:
        yield f"warning: {printable(warning)}"
    if path:
        yield f"Receipt: {path}"


def _forgotten(receipt: Receipt, persons: str) -> Iterator[str]:
    verb = "would be erased" if receipt.is_dry_run else "erased"
    yield f"{persons}, {counted(receipt.profiles, 'profile')}: {verb}."
    if not receipt.profiles:
        yield "No profile of this target is known by these identifiers."
    yield from _listed("Rows of the warehouse", _counts(receipt.tables))
    files = (
        f"{file.lines:>8}  {', '.join(map(printable, file.origins)) or file.sha256[:12]}"
        for file in receipt.staged
    )
    yield from _listed("Lines of staged files", files)
    yield from _listed("Kept warehouses rewritten", receipt.rewritten_builds)
    yield from _listed("Kept warehouses dropped", receipt.dropped_builds)
    yield from _listed("Removed below target/", map(printable, receipt.removed))
    yield from _listed("The next export reports the removal", _counts(receipt.to_be_told))
    for title, items in (
        ("Rows of others that mention them, and stay", _counts(receipt.mentions)),
        ("Lines of others that mention them: have them corrected", receipt.mentioning_lines),
        ("Lines of the project that name them: remove them", receipt.project_lines),
        ("Exported files that may hold them: delete those still on the server", receipt.exported),
        ("Files that the partner may still have, which runner does not touch", receipt.remote),
    ):
        yield from _listed(title, map(printable, items))
    if receipt.other_targets:
        names = ", ".join(map(printable, receipt.other_targets))
        yield f"Other targets have warehouses of their own, run this with --target too: {names}"
    if not receipt.is_dry_run:
        yield f"Not imported again: {counted(receipt.listed, 'identifier')}, as salted hashes."


def _counts(counts: dict[str, int]) -> Iterator[str]:
    return (f"{rows:>8}  {printable(name)}" for name, rows in counts.items() if rows)


def _listed(title: str, items: Iterable[str]) -> Iterator[str]:
    lines = list(items)
    if not lines:
        return
    yield f"{title}:"
    yield from (f"  {item}" for item in lines[:SHOWN])
    if len(lines) > SHOWN:
        yield f"  and {len(lines) - SHOWN} more, see the receipt"
