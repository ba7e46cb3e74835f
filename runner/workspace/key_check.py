"""Whether the OpenPGP keys of a connection's goals can do what they are declared for."""

from collections.abc import Iterator

from runner.definitions.connection import Connection
from runner.definitions.export_goal import ExportProfiles
from runner.definitions.import_goal import ImportGoal
from runner.errors import RunnerError
from runner.pgp import check_decryption, check_encryption
from runner.workspace.pgp_keys import decryptors, encryption
from runner.workspace.workspace import Workspace


def checked_keys(
    workspace: Workspace, connection: Connection
) -> Iterator[tuple[str, str | RunnerError]]:
    """Give each enabled goal that declares keys: what it has of them, or what is wrong."""
    for goal in connection.goals:
        if not goal.enabled:
            continue
        try:
            found = (
                _of_export(workspace, goal)
                if isinstance(goal, ExportProfiles)
                else _of_import(workspace, goal)
            )
        except RunnerError as error:
            yield goal.name, error
            continue
        if found:
            yield goal.name, found


def _of_export(workspace: Workspace, goal: ExportProfiles) -> str:
    keys = encryption(workspace, goal)
    if keys is None:
        return ""
    check_encryption(keys)
    names = [key.name for key in keys.recipients]
    signed = f"; signed with {keys.signing.name}" if keys.signing else ""
    return f"a file was encrypted for {', '.join(names)}{signed}"


def _of_import(workspace: Workspace, goal: ImportGoal) -> str:
    # Sources that take the format of their goal have the same keys.
    declared = dict.fromkeys(file.keys for file in decryptors(workspace, goal).values())
    for keys in declared:
        check_decryption(keys)
    names = [key.name for keys in declared for key in (*keys.private, *keys.signers)]
    return f"good: {', '.join(names)}" if names else ""
