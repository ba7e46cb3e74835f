"""A path of a definition, relative to the `path` of its connection (F1)."""


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
