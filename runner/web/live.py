"""What the build that runs does now, as server-sent events."""

import json
from collections.abc import AsyncIterator, Callable

from anyio import sleep
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import StreamingResponse

from runner.errors import RunnerError
from runner.history.history import History
from runner.inspect.running_builds import with_ends
from runner.web.served import Served

PAUSE = 1.0
"""Seconds between two looks at the history."""


def live(served: Served, request: Request, is_ending: Callable[[], bool]) -> StreamingResponse:
    """Return the progress of the build that runs, as long as browser and server are there."""

    async def events() -> AsyncIterator[str]:
        before = None
        while not (is_ending() or await request.is_disconnected()):
            now = await run_in_threadpool(progress, served)
            if now != before:
                yield f"data: {json.dumps(now)}\n\n"
                before = now
            await sleep(PAUSE)

    return StreamingResponse(events(), media_type="text/event-stream")


def builds_state(served: Served) -> str:
    """Return what changes when a build begins or ends."""
    return str(progress(served)["state"])


def progress(served: Served) -> dict[str, object]:
    """Return the build that runs and what it does; `build` is empty where none does.

    `state` changes when a build begins or ends: a page of an earlier state is out of date.
    """
    try:
        workspace = served.workspace()
        if not workspace.history.exists():
            return {"build": "", "state": ""}
        with History(workspace.history) as history:
            builds = list(with_ends(workspace.project.root, history.builds(1)))
            if not builds:
                return {"build": "", "state": ""}
            last = builds[0].build_id
            if builds[0].status != "running":
                return {"build": "", "state": last}
            now = history.progress(last)
    except RunnerError:
        return {"build": "", "state": ""}
    if now is None:
        return {"build": last, "state": f"{last} runs", "text": "begins", "phase": "begins"}
    share = round(100 * now.done / now.total) if now.total else None
    phase = now.phase or "begins"
    text = " ".join(part for part in (now.phase, now.name, now.message) if part)
    return {"build": last, "state": f"{last} runs", "text": text, "phase": phase, "share": share}
