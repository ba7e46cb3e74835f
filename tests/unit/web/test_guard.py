"""Which requests reach the pages of `runner serve`."""

import asyncio

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from runner.web.guard import MOST_BYTES, Guard

HOST = "127.0.0.1:8500"
TOKEN = "a-token-of-some-length"


@pytest.fixture
def guard():
    async def page(request):
        return PlainTextResponse(f"page {len(await request.body())}")

    app = Starlette(routes=[Route("/{path:path}", page, methods=["GET", "POST"])])
    return Guard(app, TOKEN, {HOST, "localhost:8500"}, "runner_8500")


def ask(guard, path="/", method="GET", query="", body=b"", chunks=1, **headers):
    """Return the status, the headers and the text of an answer."""
    headers = {"host": HOST, **{name.replace("_", "-"): value for name, value in headers.items()}}
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }
    parts = [
        {"type": "http.request", "body": body, "more_body": number < chunks - 1}
        for number in range(chunks)
    ]
    sent = []

    async def receive():
        return parts.pop(0)

    async def send(message):
        sent.append(message)

    asyncio.run(guard(scope, receive, send))
    found = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], found, b"".join(item.get("body", b"") for item in sent).decode()


def cookie_of(guard):
    status, headers, _ = ask(guard, query=f"token={TOKEN}")
    assert status == 303
    return headers["set-cookie"].split(";")[0]


def test_token_of_the_first_address_becomes_a_cookie_and_leaves_the_address(guard):
    status, headers, _ = ask(guard, "/goal/a/b", query=f"x=1&token={TOKEN}")
    assert (status, headers["location"]) == (303, "/goal/a/b?x=1")
    assert {"HttpOnly", "SameSite=strict"} <= set(headers["set-cookie"].split("; "))
    assert TOKEN not in headers["set-cookie"]
    assert ask(guard, cookie=headers["set-cookie"].split(";")[0])[0] == 200


def test_path_with_two_slashes_leads_to_no_other_site(guard):
    assert ask(guard, "//evil.example", query=f"token={TOKEN}")[1]["location"] == "/evil.example"


@pytest.mark.parametrize("query", ["", "token=", "token=wrong", f"Token={TOKEN}"])
def test_browser_without_the_token_sees_nothing(guard, query):
    status, _, text = ask(guard, query=query)
    assert status == 403
    assert "page" not in text


@pytest.mark.parametrize("cookie", ["runner_8500=guess", "runner_8500=", "other=1", "\x01;;=", ""])
def test_cookie_of_no_session_is_refused(guard, cookie):
    cookie_of(guard)
    assert ask(guard, cookie=cookie)[0] == 403


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:80", "", f"{HOST}.x"])
def test_name_of_another_host_is_refused_also_with_the_token(guard, host):
    """A site whose name is made to point here (DNS rebinding) has its own name."""
    assert ask(guard, query=f"token={TOKEN}", host=host)[0] == 421
    assert ask(guard, cookie=cookie_of(guard), host=host)[0] == 421


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        (f"http://{HOST}", 200),
        ("http://localhost:8500", 200),
        (None, 403),
        ("null", 403),
        ("http://evil.example", 403),
        (f"http://{HOST}.evil.example", 403),
    ],
)
def test_form_of_another_site_is_refused(guard, origin, status):
    given = {} if origin is None else {"origin": origin}
    assert ask(guard, method="POST", cookie=cookie_of(guard), **given)[0] == status


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(guard, method):
    assert ask(guard, method=method, cookie=cookie_of(guard), origin=f"http://{HOST}")[0] == 405


def test_large_request_is_refused_whatever_length_it_states(guard):
    own = {"method": "POST", "cookie": cookie_of(guard), "origin": f"http://{HOST}"}
    assert ask(guard, content_length=str(10_000_000), **own)[0] == 413
    assert ask(guard, content_length="-1", **own)[0] == 413
    assert ask(guard, body=b"x" * 1000, chunks=MOST_BYTES // 1000 + 2, **own)[0] == 413
    assert ask(guard, body=b"x" * 1000, chunks=3, **own)[2] == "page 3000"


def test_every_answer_forbids_scripts_of_others_frames_and_caches(guard):
    for headers in (ask(guard)[1], ask(guard, cookie=cookie_of(guard))[1]):
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-frame-options"] == "DENY"
        assert headers["cache-control"] == "no-store"
