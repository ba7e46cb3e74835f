"""Notifications: each connection gets the results of its own goals, never a person's data.

People are notified of a fault once, and once when all that they were notified of has passed.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial

from runner.definitions.notify import Notify
from runner.errors import Location, RunnerError
from runner.history.history import History
from runner.notify.mail import MailServer, send_mail
from runner.notify.webhook import post
from runner.orchestrate.notice import Notice
from runner.result import CONNECTION, BuildResult, NodeResult, failed
from runner.workspace.workspace import Workspace

BUILD = "build"
"""The node of a build that ended without a result."""

Faults = Mapping[str, datetime]
"""Faults that last, each with the start of the build that had it first."""


def notify(
    workspace: Workspace, result: BuildResult, declared: Collection[str] = ()
) -> tuple[str, ...]:
    """Send the result of a build; returns a warning for each mail and post that failed.

    `declared` names all nodes of the project: a fault of one that is gone has passed.
    """
    warnings: list[str] = []
    for connection in workspace.project.connections:
        start = f"{connection.connection}."
        nodes = tuple(node for node in result.nodes if node.name.startswith(start))
        failures = tuple(_failures_of(result, nodes))
        if nodes and (failures or not result.stopped):
            notice = _notice(workspace, connection.connection, result, nodes, failures)
            warnings += _Outage(workspace, connection.notify, notice).send(declared)
    return (*warnings, *_notify_of_broken(workspace, result))


def _notify_of_broken(workspace: Workspace, result: BuildResult) -> list[str]:
    """Send the mistakes of connections that did not run; returns a warning for each failure.

    Where such a file does not say whom to notify, the people of the other connections are.
    """
    warnings = []
    for broken in workspace.project.broken:
        found = [node for node in result.nodes if node.kind == CONNECTION]
        failures = tuple(node for node in found if node.name == broken.name)
        if failures:
            notice = _notice(workspace, broken.name, result, (), failures)
            notified = broken.notify or _everyone(workspace)
            warnings += _Outage(workspace, notified, notice).send(())
    return warnings


def _everyone(workspace: Workspace) -> Notify:
    """Return whom all connections notify of errors."""
    all_of = [item.notify for item in workspace.project.connections]
    return Notify(
        on_error=tuple(dict.fromkeys(to for item in all_of for to in item.on_error)),
        webhooks=tuple(dict.fromkeys(to for item in all_of for to in item.webhooks)),
        webhook_form=next((item.webhook_form for item in all_of if item.webhooks), "json"),
    )


def _notice(
    workspace: Workspace,
    connection: str,
    result: BuildResult,
    nodes: tuple[NodeResult, ...],
    failures: tuple[NodeResult, ...],
) -> Notice:
    return Notice(workspace.project, connection, "success", result, nodes, failures)


def _failures_of(result: BuildResult, nodes: Collection[NodeResult]) -> list[NodeResult]:
    """Return the failures that concern the goals of a connection: its own, and those above it.

    A goal that left a file, and imported the others, is among them (F10).
    """
    broken = [node for node in result.nodes if node.is_error]
    if not result.published:
        return [node for node in broken if node.kind != CONNECTION]
    above = {node.blocked_by for node in nodes}
    shared = ("model", "segment", "test", "unit_test")
    return [node for node in broken if node in nodes or node.kind in shared or node.name in above]


def notify_broken(
    workspace: Workspace, connections: Collection[str], error: RunnerError
) -> tuple[str, ...]:
    """Send the error that ended a build to these connections, or to all."""
    node = failed(BUILD, BUILD, error, error.exit_code)
    target, now = workspace.target_name, datetime.now(UTC)
    result = BuildResult("without a result", target, now, 0.0, (node,), False)
    warnings: list[str] = []
    for connection in workspace.project.connections:
        if connection.enabled and connection.connection in (connections or [connection.connection]):
            notice = _notice(workspace, connection.connection, result, (), (node,))
            warnings += _Outage(workspace, connection.notify, notice).send(())
    return tuple(warnings)


@dataclass(frozen=True)
class _Outage:
    """What a connection is notified of, compared with what it was notified of before."""

    workspace: Workspace
    notified: Notify
    notice: Notice

    def send(self, declared: Collection[str]) -> list[str]:
        """Send a notice where there is news; returns a warning for each that failed.

        What could not be sent is news again in the next build.
        """
        name, target = self.notice.connection, self.workspace.target_name
        if not (self.notified.on_error or self.notified.on_success or self.notified.webhooks):
            return []
        try:
            with History(self.workspace.history) as history:
                before = history.outage(target, name)
                now = self._lasting(before, declared)
                warnings = self._send(before, now)
                if not warnings and now != before:
                    history.keep_outage(target, name, now)
        except RunnerError as error:
            return [f"{name}: {error.message}", *self._send({}, self._lasting({}, declared))]
        return warnings

    def _lasting(self, before: Faults, declared: Collection[str]) -> Faults:
        """Return the faults that last: those of this build, and those of what did not run now."""
        result = self.notice.result
        ran = {node.name for node in result.nodes if node.status != "skipped"}
        found = [fault for node in self.notice.failures for fault in _faults(node)]
        faults = dict.fromkeys(found, result.started_at)
        for fault, since in before.items():
            name, code, *_ = fault.split(" ", 2)
            has_not_run = name in {*declared} - ran or BUILD in ran
            has_not_run |= name == BUILD and self.workspace.is_outdated
            if has_not_run or f"{name} {code}" in faults:
                faults[fault] = since
        return faults

    def _send(self, before: Faults, now: Faults) -> list[str]:
        if now and now.keys() <= before.keys():
            return []
        event = "error" if now else "recovered" if before else "success"
        return _send(self.workspace, self.notified, replace(self.notice, event=event))


def _faults(node: NodeResult) -> list[str]:
    """Return what tells one fault of a node from another: its exit code, and each file it left.

    A server that cannot be reached is one fault, whatever it answers each time.
    """
    fault = f"{node.name} {node.exit_code}"
    return [fault, *(f"{fault} {path}" for path in node.left)]


def _send(workspace: Workspace, notified: Notify, notice: Notice) -> list[str]:
    """Send what a connection asks for; returns a warning for each failure."""
    warnings = []
    for send in _messages(workspace, notified, notice):
        try:
            send()
        except RunnerError as error:
            warnings.append(f"{notice.connection}: {error.message}")
    return warnings


def _messages(workspace: Workspace, notified: Notify, notice: Notice) -> list[Callable[[], None]]:
    messages: list[Callable[[], None]] = []
    addresses = _addresses(notified, notice.event)
    if addresses:
        messages.append(partial(_mail, workspace, addresses, notice, notified.timeout))
    body: dict[str, object] = {"text": f"{notice.subject}\n{notice.text}"}
    if notified.webhook_form == "json":
        counts = {node.name: {"status": node.status, "rows": node.rows} for node in notice.nodes}
        body |= {
            "event": notice.event,
            "project": notice.project.file.name,
            "connection": notice.connection,
            "target": notice.result.target,
            "build_id": notice.result.build_id,
            "goals": counts,
        }
    for index, url in enumerate(notified.webhooks):
        location = notified.location("webhooks", index)
        messages.append(partial(_post, workspace, url, location, body, notified.timeout))
    return messages


def _addresses(notified: Notify, event: str) -> list[tuple[str, Location]]:
    """Return the addresses for an event: those of errors are told of their end as well."""
    keys = {"error": ["on_error"], "success": ["on_success"]}
    return [
        (address, notified.location(key, index))
        for key in keys.get(event, ["on_error", "on_success"])
        for index, address in enumerate(getattr(notified, key))
    ]


def _post(
    workspace: Workspace, url: str, location: Location, body: dict[str, object], timeout: float
) -> None:
    post(workspace.secret(url, location), body, timeout)


def _mail(
    workspace: Workspace,
    addresses: Sequence[tuple[str, Location]],
    notice: Notice,
    timeout: float,
) -> None:
    to = dict.fromkeys(workspace.rendered(address, location) for address, location in addresses)
    send_mail(_server(workspace), [*to], notice.subject, notice.text, timeout)


def _server(workspace: Workspace) -> MailServer:
    mail = workspace.project.file.mail
    assert mail is not None  # check_project
    return MailServer(
        workspace.rendered(mail.host, mail.location("host")),
        mail.port,
        mail.security,
        workspace.rendered(mail.sender, mail.location("sender")),
        workspace.rendered(mail.username, mail.location("username")),
        workspace.secret(mail.password, mail.location("password")),
    )
