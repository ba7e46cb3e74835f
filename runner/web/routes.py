"""The addresses of the pages, and what each is given of a request."""

from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from runner.errors import RunnerError, UsageError
from runner.web.pages import Pages

Fields = Mapping[str, str]
"""The fields of a form, and the parts of an address."""
Make = Callable[[Fields], str | Response]
WHOLE = "whole"
"""Of an address: the page with what takes long, which its script asks for later."""
Endpoint = Callable[[Request], Awaitable[Response]]


def page_routes(pages: Pages) -> list[Route]:
    """Return the routes of all pages."""
    read: dict[str, Make] = {
        "/": lambda _: pages.connections(),
        "/exports": lambda given: pages.exports(is_whole=WHOLE in given),
        "/exchange": lambda given: pages.exchange(is_whole=WHOLE in given),
        "/history": lambda _: pages.history(),
        "/history/{build}": lambda given: pages.build(given["build"]),
    }
    asked: dict[str, Make] = {
        "/goal/{connection}/{goal}": lambda given: pages.goal(
            f"{given['connection']}.{given['goal']}", given.get("what"), is_whole=WHOLE in given
        ),
        "/people": lambda given: pages.people(
            given.get("asked", "").strip(), given.get("explain") == "yes"
        ),
        "/query": lambda given: pages.query(given.get("sql", ""), given.get("as") == "csv"),
    }
    done: dict[str, Make] = {"/run": lambda given: pages.run(given.get("connection", ""))}
    return [
        Route(path, _endpoint(pages, make), methods=methods)
        for made, methods in ((read, ["GET"]), (asked, ["GET", "POST"]), (done, ["POST"]))
        for path, make in made.items()
    ]


def _endpoint(pages: Pages, make: Make) -> Endpoint:
    """Return what makes a page in a thread; an error of runner is a page too."""

    async def answer(request: Request) -> Response:
        form = _form(await request.body()) if request.method == "POST" else {}
        try:
            asked = {WHOLE: "yes"} if WHOLE in request.query_params else {}
            made = await run_in_threadpool(make, {**form, **asked, **request.path_params})
        except RunnerError as error:
            status = 404 if isinstance(error, UsageError) else 503
            return HTMLResponse(pages.error(error), status)
        return made if isinstance(made, Response) else HTMLResponse(made)

    return answer


def _form(body: bytes) -> dict[str, str]:
    """Return the fields of a form, the first value of each."""
    fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=20)
    return {name: values[0] for name, values in fields.items()}
