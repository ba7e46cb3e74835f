"""The documents, which the wheel carries: a page by its name, in Markdown."""

import re
from pathlib import Path

import runner
from runner.errors import UsageError, unknown

TITLE = re.compile(r"^# (.+)$", re.MULTILINE)


def manual_pages() -> dict[str, Path]:
    """Return the pages by name: those of the installed package, or of a source checkout."""
    package = Path(runner.__file__).parent
    installed = package / "manual"
    folder = installed if installed.is_dir() else package.parent / "docs"
    return {path.stem: path for path in sorted(folder.glob("*.md"))}


def title_of(page: Path) -> str:
    """Return what a page is about: its first heading."""
    found = TITLE.search(page.read_text("utf-8"))
    return found[1] if found else page.stem


def manual_page(topic: str) -> str:
    """Return the text of a page, or of its part `page#heading`; UsageError where there is none."""
    name, _, heading = topic.lower().partition("#")
    pages = manual_pages()
    if name not in pages:
        raise UsageError(unknown("page", name, pages))
    text = pages[name].read_text("utf-8")
    return _part(text, heading, name) if heading else text


def _part(text: str, heading: str, name: str) -> str:
    """Return a heading with what is below it, up to the next of its level."""
    lines, starts, in_code = text.splitlines(), {}, False
    for number, line in enumerate(lines):
        in_code ^= line.startswith("```")
        if line.startswith("#") and not in_code:
            starts[_anchor(line)] = number
    if heading not in starts:
        raise UsageError(unknown(f"part of {name}", heading, starts))
    first = starts[heading]
    level = len(lines[first]) - len(lines[first].lstrip("#"))
    ends = (
        at
        for at in starts.values()
        if at > first and len(lines[at]) - len(lines[at].lstrip("#")) <= level
    )
    return "\n".join(lines[first : min(ends, default=len(lines))]).rstrip() + "\n"


def _anchor(heading: str) -> str:
    """Return how links name a heading."""
    words = re.sub(r"[^\w\s-]", "", heading.lstrip("# ").lower())
    return re.sub(r"\s", "-", words.strip())
