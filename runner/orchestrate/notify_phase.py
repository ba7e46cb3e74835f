"""Notifications: each connection gets the results of its own goals, never a person's data."""

import re
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from functools import partial

from runner.definitions.connection import Connection
from runner.definitions.notify import Notify
from runner.errors import Location, RunnerError, counted
from runner.notify.mail import MailServer, send_mail
from runner.notify.webhook import post
from runner.result import BuildResult, NodeResult, failed
from runner.workspace.workspace import Workspace

SHOWN = 5
"""Errors that a notification names; the others are counted."""

QUOTED = re.compile(r"(?<!\w)'.*?'(?!\w)|(?<!\w)\".*?\"(?!\w)")
"""What a message quotes, quotes inside words included: `'O'Brien'`."""


def notify(workspace: Workspace, result: BuildResult) -> tuple[str, ...]:
    """Send the result of a build; returns a warning for each mail and post that failed."""
    warnings: list[str] = []
    for connection in workspace.project.connections:
        start = f"{connection.connection}."
        nodes = [node for node in result.nodes if node.name.startswith(start)]
        if not nodes:
            continue
        failures = _failures_of(result, nodes)
        if failures or not result.stopped:
            warnings += _send(workspace, connection, result, nodes, failures)
    return tuple(warnings)


def _failures_of(result: BuildResult, nodes: list[NodeResult]) -> list[NodeResult]:
    """Return the failures that concern the goals of a connection: its own, and those above it.

    A goal that left a file, and imported the others, is among them (F10).
    """
    broken = [node for node in result.nodes if node.is_failure or node.exit_code]
    if not result.published:
        return broken
    above = {node.blocked_by for node in nodes}
    return [node for node in broken if node in nodes or "." not in node.name or node.name in above]


def notify_broken(
    workspace: Workspace, connections: Collection[str], error: RunnerError
) -> tuple[str, ...]:
    """Send the error that ended a build to these connections, or to all."""
    node = failed("build", "build", error)
    target, now = workspace.target_name, datetime.now(UTC)
    result = BuildResult("without a result", target, now, 0.0, (node,), False)
    warnings: list[str] = []
    for connection in workspace.project.connections:
        if connection.enabled and connection.connection in (connections or [connection.connection]):
            warnings += _send(workspace, connection, result, [], [node])
    return tuple(warnings)


def _send(
    workspace: Workspace,
    connection: Connection,
    result: BuildResult,
    nodes: list[NodeResult],
    failures: list[NodeResult],
) -> list[str]:
    """Send what a connection asks for; returns a warning for each failure."""
    warnings = []
    for send in _messages(workspace, connection, result, nodes, failures):
        try:
            send()
        except RunnerError as error:
            warnings.append(f"{connection.connection}: {error.message}")
    return warnings


def summary(result: BuildResult, nodes: list[NodeResult], failures: list[NodeResult]) -> str:
    """Return what a mail says: counts per goal, then the first errors with their lines."""
    lines = [f"Build {result.build_id}, target {result.target}, {result.seconds:.1f} s.", ""]
    for node in nodes:
        counts = ", ".join(f"{rows} {name}" for name, rows in node.outcomes.items() if rows)
        lines.append(f"{node.status:<10} {node.name}: {counts or counted(node.rows, 'row')}")
    if failures:
        lines.append("")
    lines += [f"{node.location or node.name}: {_without_values(node)}" for node in failures[:SHOWN]]
    if len(failures) > SHOWN:
        lines.append(f"and {len(failures) - SHOWN} more")
    return "\n".join(lines) + "\n"


def _without_values(node: NodeResult) -> str:
    """Return the first line of a message; what it quotes may come from a file."""
    first = node.message.partition("\n")[0]
    return QUOTED.sub("'…'", first) or node.status


def _messages(
    workspace: Workspace,
    connection: Connection,
    result: BuildResult,
    nodes: list[NodeResult],
    failures: list[NodeResult],
) -> list[Callable[[], None]]:
    notified = connection.notify
    event = "error" if failures else "success"
    text = summary(result, nodes, failures)
    subject = f"runner: {event} in {connection.connection}"
    key = "on_error" if failures else "on_success"
    messages: list[Callable[[], None]] = []
    if getattr(notified, key):
        messages.append(lambda: _mail(workspace, notified, key, subject, text))
    body: dict[str, object] = {"text": f"{subject}\n{text}"}
    if notified.webhook_form == "json":
        counts = {node.name: {"status": node.status, "rows": node.rows} for node in nodes}
        body |= {"event": event, "build_id": result.build_id, "goals": counts}
    for index, url in enumerate(notified.webhooks):
        location = notified.location("webhooks", index)
        messages.append(partial(_post, workspace, url, location, body, notified.timeout))
    return messages


def _post(
    workspace: Workspace, url: str, location: Location, body: dict[str, object], timeout: float
) -> None:
    post(workspace.rendered(url, location), body, timeout)


def _mail(workspace: Workspace, notified: Notify, key: str, subject: str, text: str) -> None:
    to = [
        workspace.rendered(address, notified.location(key, index))
        for index, address in enumerate(getattr(notified, key))
    ]
    send_mail(_server(workspace), to, subject, text, notified.timeout)


def _server(workspace: Workspace) -> MailServer:
    mail = workspace.project.file.mail
    assert mail is not None  # check_project
    return MailServer(
        workspace.rendered(mail.host, mail.location("host")),
        mail.port,
        mail.security,
        workspace.rendered(mail.sender, mail.location("sender")),
        workspace.rendered(mail.username, mail.location("username")),
        workspace.rendered(mail.password, mail.location("password")),
    )
