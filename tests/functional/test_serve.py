"""`runner serve`: the page of a project in a real browser."""

import http.client
import signal
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest

from tests.servers.command import start_runner

pytestmark = [pytest.mark.any_engine, pytest.mark.xdist_group("browser")]

SCRIPT = "<script>window.ran=1</script><img src=x onerror='window.ran=2'>"

CUT = """[...document.querySelectorAll(".scroll")].filter(part => part.scrollWidth > part.clientWidth)
.map(part => part.ariaLabel)"""


@pytest.fixture(scope="module")
def built(shared_shop):
    """A project with hostile texts, built."""
    shop = shared_shop
    shop.properties(
        f'email: {{identifier: true, pii: true}}\ncity: {{title: "{SCRIPT}"}}\nname: {{pii: true}}'
    )
    shop.goals(
        f"""\
        - name: people
          kind: import_profiles
          title: "{SCRIPT}"
          files:
            people: {{path: "people*.csv"}}
            towns: {{path: towns.csv, join: {{town: people.town}}}}
          identify: {{by: [{{email: email}}]}}
          map: {{city: towns.city, name: people.name}}
        - name: out
          kind: export_profiles
          segment: all_people
          file_name: out.csv
          columns: [{{header: "{SCRIPT}", property: email}}, {{header: CITY, property: city}}]
        """,
    )
    shop.write("models/segments/all_people.sql", "select profile_id from {{ ref('profiles') }}")
    shop.drop(
        "people.csv", f"email,town,name\nanna@x.example,1,Anna\nbo@x.example,9,{SCRIPT}\n,1,\n"
    )
    shop.drop("towns.csv", f"town,city\n1,{SCRIPT}\n2,Delft\n")
    shop.build()
    return shop


@contextmanager
def served(shop, *arguments):
    """Start the server; give the address that it prints."""
    with start_runner(shop.folder, "serve", *arguments) as process:
        line = process.stdout.readline()
        assert line.startswith("Open http://127.0.0.1:"), line + process.stderr.read()
        yield line.split()[1]
        process.send_signal(signal.SIGTERM)
        _, told = process.communicate(timeout=20)
        assert told == ""


@pytest.fixture(scope="module")
def address(built):
    with served(built, "--allow-actions") as found:
        yield found


def request(address, path, method="GET", body=None, **headers):
    """Return the status of an answer."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=20)
    connection.request(method, path, body, {name.title(): text for name, text in headers.items()})
    answer = connection.getresponse()
    connection.close()
    return answer.status


def test_requests_without_token_of_other_hosts_and_outside_the_pages_are_refused(address):
    parts = urlsplit(address)
    assert request(address, "/") == 403
    assert request(address, "/live") == 403
    assert request(address, "/static/web.css") == 403
    assert request(address, f"/?{parts.query}", host="evil.example") == 421
    assert request(address, f"/?{parts.query}") == 303
    assert request(address, "/run", "POST", "x" * 10_000_000, origin="http://evil.example") == 403
    for path in ("/../../etc/passwd", "/static/..%2f..%2fserver.py", "/goal/..%2f/x"):
        assert request(address, path) == 403


def test_pages_show_the_project_and_run_nothing_of_it(built, address, window):
    found = window.open(address, width=360)
    page, base = found.page, address.partition("?")[0]
    assert page.url == base, "the token is gone from the address"
    assert "Import: runs well" in page.inner_text("main")
    assert "Export: runs well" in page.inner_text("main")
    for path in ("goal/shop/people", "goal/shop/out", "exports", "exchange", "history", "people"):
        page.goto(base + path)
        page.wait_for_selector("[data-later]", state="detached")
        assert page.evaluate("window.ran") is None
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert page.evaluate(CUT) == []
        assert page.locator("img, main script, [style]").count() == 0
    page.goto(base + "goal/shop/people")
    shown = page.inner_text("main")
    assert "1 of 2 lines used, 1 key without a partner" in shown
    assert "2 created, 1 unmatched" in shown
    assert "connections/shop.yml:5" in shown
    assert {"towns.city", "people.name", "email"} <= set(found.shows("table code"))
    page.goto(base + "exports")
    page.wait_for_selector("text=Exportable")
    assert "Exportable\n2" in page.inner_text("main")
    # What has to be counted does not hold up the answer.
    answer = page.request.get(base + "exports").text()
    assert "Members are counted" in answer
    assert "Exportable" not in answer


def test_scan_and_preview_connect_now_and_personal_data_is_masked(built, address, window):
    page = window.open(address).page
    base = address.partition("?")[0]
    page.goto(base + "goal/shop/people")
    page.click("text=Scan now")
    page.wait_for_selector("h2:has-text('Files detected now')")
    assert "1 of 2 keys have a partner" in page.inner_text("main")
    (towns,) = page.locator("[aria-label='Files of towns'] tbody tr").all_inner_texts()
    assert towns.split("\t")[:4:3] == ["towns.csv", "3"]
    page.click("text=Preview")
    page.wait_for_selector("h3:has-text('Joined rows')")
    beside = page.inner_text("[aria-label='Values beside their text']")
    assert "towns.city" in beside
    assert "Anna" not in beside
    page.goto(base + "people")
    page.fill("#asked", "email=anna@x.example")
    page.click("text=Find")
    page.wait_for_selector(".card")
    assert page.url == base + "people", "who is looked for is in no address"
    card = page.inner_text(".card")
    assert "xxxx@x.xxxxxxx" in card
    assert "Anna" not in card
    page.click("text=Explain its values")
    page.wait_for_selector(".explained")
    assert page.url == base + "people#explained", "nobody is named in an address"
    page.click(".explained summary:has-text('city')")
    city = page.inner_text("[aria-label='Lines of city']")
    assert "towns.csv:2" in city
    assert "joined to people.csv:2" in city
    assert SCRIPT in city
    assert "xxxx@x.xxxxxxx" in page.text_content(".identities")
    assert "Anna" not in page.content()
    assert page.evaluate("window.ran") is None
    assert page.locator("[style]").count() == 0
    page.goto(base + "query")
    assert page.locator("textarea").count() == 0, "rows hold personal data"


def test_build_is_started_and_its_end_is_seen(built, address, window):
    found = window.open(address)
    page = found.page
    builds = built.run("history", "--json").stdout.count('"build_id"')
    page.click("text=Run now")
    page.wait_for_url("**/history")
    # The page is read again by itself when the build begins, and when it has ended.
    page.wait_for_selector(f"tbody tr:nth-child({builds + 1})")
    page.wait_for_selector("tbody .status:text-is('running')", state="detached", timeout=60_000)
    assert page.locator("svg.plot").count() == 2
    page.click("tbody tr:first-child a")
    page.wait_for_selector("h1:has-text('Build')")
    assert "shop.people" in page.inner_text("main")
    page.wait_for_selector("h2:has-text('Log')")


def test_page_without_actions_only_reads_and_queries_are_locked_in(built, window, tmp_path):
    shop = built.copied(tmp_path / "shop")
    with served(shop, "--show-pii") as address:
        page, base = window.open(address).page, address.partition("?")[0]
        assert page.locator("button").count() == 0
        status = page.evaluate(
            "async () => (await fetch('/run', {method: 'POST', body: 'connection=shop'})).status"
        )
        assert status == 404
        window.opened[0].faults.clear()
        page.goto(base + "query")
        page.click("#sql")
        page.keyboard.type("select prof")
        page.keyboard.press("Tab")
        assert page.input_value("#sql") == "select profiles"
        page.fill("#sql", "select email, 1 as one from {{ ref('profiles') }} order by email")
        page.click("text=Run")
        page.wait_for_selector("h2:has-text('2 rows')")
        assert "anna@x.example" in page.inner_text("table")
        page.fill("#sql", "select * from read_csv('/etc/passwd')")
        page.click("text=Run")
        page.wait_for_selector(".fault")
        assert "Permission error" in page.inner_text(".fault")
        # Files are read again when they change, mistakes and all.
        shop.properties("email: {identifier: true}\ncity: txet")
        page.goto(base + "goal/shop/people")
        assert "Files of the project have mistakes" in page.inner_text("main")
        assert "models/properties.yml:3:" in page.inner_text("main li")
        assert "found 'txet'" in page.inner_text("main li")
        assert "2 created, 1 unmatched" in page.inner_text("main")


def test_address_that_others_reach_needs_a_token_file(built):
    ended = built.run("serve", "--host", "0.0.0.0")
    assert ended.code == 2
    assert "--token-file" in ended.stderr
