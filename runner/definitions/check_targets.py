"""Rules between the keys of a target: what each engine needs."""

import re
from collections.abc import Iterator

from runner.definitions.project_file import Target
from runner.errors import Fault

REMOTE = re.compile(r"sc://[^/\s;]+")
"""The beginning of an address of Spark Connect."""
EXAMPLE = 'remote: "sc://spark.acme.example:15002"'


def target_faults(target: Target) -> Iterator[Fault]:
    """Give what is wrong with a target as a whole."""
    if target.engine == "spark":
        yield from _spark_faults(target)
        return
    for key in ("remote", "token"):
        if getattr(target, key) is not None:
            message = f"`{key}` is for `engine: spark`; the engine here is {target.engine}"
            yield Fault(target.location(key, of_key=True), message)


def _spark_faults(target: Target) -> Iterator[Fault]:
    if target.remote is None:
        message = f"`remote` is missing: where Spark Connect listens, such as `{EXAMPLE}`"
        yield Fault(target.location("engine"), message)
    elif "token=" in target.remote.lower():
        message = "`remote` holds a token; write it as `token`, with env_var()"
        yield Fault(target.location("remote"), message)
    elif "{{" not in target.remote and not REMOTE.match(target.remote):
        message = f"found '{target.remote}' for `remote`; expected an address such as `{EXAMPLE}`"
        yield Fault(target.location("remote"), message)
    if target.token is not None and "{{" not in target.token:
        message = "the token of Spark is written out here; take it from env_var()"
        yield Fault(target.location("token"), message)
    if "warehouse" not in target.model_fields_set:
        message = (
            "`warehouse` is missing: a folder or an s3:// address that both the cluster and this"
            " machine reach"
        )
        yield Fault(target.location("engine"), message)
