"""A path of a definition, relative to the `path` of its connection (F1)."""

import re

GLOB = re.compile(r"[*?\[]")
WILDCARD = re.compile(r"[*?]")
"""Characters of a glob that no folder is called by."""


def folder_fault(directory: str) -> str:
    """Return why a directory is none: it climbs out, or stands for several (F1)."""
    if WILDCARD.search(directory):
        return f"found '{directory}'; expected one folder: `*` and `?` work in file names alone"
    return path_fault(directory)


def glob_fault(path: str) -> str:
    """Return why a path with a glob is none: only the file name may have wildcards (F1)."""
    directory, _, _ = path.rpartition("/")
    if GLOB.search(directory):
        return f"found '{path}'; `*`, `?` and `[...]` work in the file name alone"
    return path_fault(path)


def path_fault(path: str) -> str:
    """Return why a path is not below that of its connection; empty where it is (F1)."""
    depth = 0
    for part in path.split("/"):
        depth += {"..": -1, ".": 0, "": 0}.get(part, 1)
        if depth < 0:
            return (
                f"'{path}' climbs out of the root directory: paths are relative to the"
                " connection's `path`; set that one higher"
            )
    return ""
