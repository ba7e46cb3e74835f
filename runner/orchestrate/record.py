"""A build's result as the history keeps it."""

from runner.errors import RunnerError
from runner.history.history import History
from runner.history.records import ExportRecord, FileRecord, NodeRecord
from runner.result import BuildResult


def try_record(history: History, result: BuildResult) -> str:
    """Add a build's result to the history; returns what kept it from that, empty where nothing did.

    A full disk takes back nothing that was built, published and sent.
    """
    try:
        record_result(history, result)
    except RunnerError as error:
        return f"{error.message}; target/run_results.json and the log tell what it did"
    return ""


def record_result(history: History, result: BuildResult) -> None:
    """Add all of a build's result to the history, and complete its record."""
    build_id = result.build_id
    history.add_nodes(
        NodeRecord(
            build_id=build_id,
            name=node.name,
            kind=node.kind,
            status=node.status,
            seconds=node.seconds,
            message=node.message,
            location=str(node.location) if node.location else "",
            rows=node.rows,
            outcomes=node.outcomes,
            profiles_created=node.profiles_created,
            profiles_updated=node.profiles_updated,
            profiles_unchanged=node.profiles_unchanged,
            rejects=node.rejects,
            members=node.members,
            fingerprint=node.fingerprint,
        )
        for node in result.nodes
    )
    history.add_files(
        FileRecord(build_id=build_id, goal=node.name, **vars(counts))
        for node in result.nodes
        for counts in node.files
    )
    history.add_exports(
        ExportRecord(build_id=build_id, goal=node.name, **vars(file))
        for node in result.nodes
        for file in node.exported
    )
    history.finish(
        build_id,
        result.finished_at,
        "error" if result.exit_code else "success",
        result.seconds,
        result.profiles,
        result.published,
    )
