"""The swap: the copy of the warehouse replaces the published one (B1, B2)."""

from runner.definitions.import_goal import ImportGoal
from runner.engine.store import Draft
from runner.orchestrate.running_build import Build

CHECKING = ("test", "unit_test", "hook")
"""Kinds of nodes whose failure keeps a build from being published."""


def publish_copy(build: Build, copy: Draft) -> None:
    """Publish the copy, unless a test of severity `error` or a hook of the run failed.

    A test that cannot run has failed. Nor is one published that has lost what goals gave.
    """
    lost = dict.fromkeys((*build.lost, *_not_replayed(build), *_not_made(build)))
    if lost:
        build.unpublished = f"what {', '.join(lost)} gave would be lost"
        build.warn(f"nothing is published: {build.unpublished}")
        return
    results = build.results.values()
    failed = [node.name for node in results if node.kind in CHECKING and node.is_failure]
    if failed:
        build.unpublished = f"{failed[0]} failed, so the build is not published"
        return
    if build.is_cut_short():
        build.warn("stopped on request: nothing is published, the next build does it all again")
        return
    build.store.publish(
        copy,
        previous_build=build.starting_point.build_id,
        keep=build.workspace.target.keep_builds,
    )
    build.is_published = True


def _not_replayed(build: Build) -> list[str]:
    """Return the goals whose earlier imports a full refresh did not import again."""
    if not build.options.full_refresh:
        return []
    return [
        node.name
        for node in build.goals(ImportGoal)
        if build.ledger.main_files(node.name)
        and (node.name not in build.results or build.results[node.name].is_failure)
    ]


def _not_made(build: Build) -> list[str]:
    """Return the models that a full refresh did not make again, and the warehouse has."""
    if not build.options.full_refresh:
        return []
    return [
        name
        for name, item in build.compiled.models.items()
        if item.model.relation in build.starting_point.relations
        and (name not in build.results or build.results[name].status != "success")
    ]
