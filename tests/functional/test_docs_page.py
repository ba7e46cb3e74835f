"""`runner docs`: the page in a real browser, opened from the disk."""

import pytest

pytestmark = [pytest.mark.any_engine, pytest.mark.xdist_group("browser")]

SCRIPT = "<script>window.ran=1</script><img src=x onerror='window.ran=2'>"
TURNED = "\u202egnp.exe\u2066"
LONG = "long " + "x" * 10_000
FILE = "people_<img src=x onerror=alert(1)>'\".csv"


@pytest.fixture(scope="module")
def built(shared_shop):
    """A project with hostile texts, built, with its documentation."""
    shop = shared_shop
    shop.write(
        "models/properties.yml",
        f"""\
        properties:
          email: {{identifier: true, pii: true}}
          spend: {{type: decimal, title: "{SCRIPT}", description: "{LONG}"}}
          city: {{title: "{TURNED}"}}
        """,
    )
    shop.goals(
        f"""\
        - name: people
          kind: import_profiles
          title: "{SCRIPT}"
          tags: ["</option>{SCRIPT}", plain]
          files: {{people: "people_*.csv"}}
          identify: {{by: [{{email: email}}]}}
          map: {{spend: {{from: amount, strategy: sum}}, city: town}}
        - name: out
          kind: export_profiles
          segment: big
          file_name: big.csv
          columns: [{{header: "{SCRIPT}", property: email}}, {{header: SPEND, property: spend}}]
        """,
    )
    shop.write(
        "models/segments/big.sql", "select profile_id from {{ ref('profiles') }}\nwhere spend > 1"
    )
    shop.write(
        "models/marts/towns.sql",
        f"-- {SCRIPT} {TURNED}\nselect city, count(*) as people from {{{{ ref('profiles') }}}} group by all",
    )
    shop.write(
        "models/marts/towns.yml",
        f"""\
        models:
          - name: towns
            description: "{SCRIPT}"
            columns:
              - {{name: city, description: "{TURNED}", tests: [unique]}}
        """,
    )
    shop.write(
        "connections/other.yml",
        """\
        connection: other
        type: local
        path: drop
        goals:
          - name: rest
            kind: import_profiles
            files: {rest: {path: rest.csv, optional: true}}
            identify: {by: [{email: email}]}
        """,
    )
    shop.drop(FILE, f"email,amount,town,{SCRIPT.replace(',', '')}\na@x.example,2,Delft,\n,3,,\n")
    shop.build()
    ended = shop.run("docs")
    assert ended.code == 0, ended.told
    assert "target/docs/index.html" in ended.stdout
    return shop


@pytest.fixture
def opened(built, window):
    def open_at(node="", **options):
        found = window.open(f"file://{built.folder}/target/docs/index.html#/{node}", **options)
        found.page.wait_for_selector("html[data-ready]")
        if node:
            found.page.wait_for_selector(f"#node[data-shown='{node}']")
        return found

    return open_at


def go(page, node):
    """Show another node of an open page."""
    page.evaluate(f"location.hash = '#/{node}'")
    page.wait_for_function("node => location.hash === `#/${node}`", arg=node)
    if node:
        page.wait_for_selector(f"#node[data-shown='{node}']")


def labels(found):
    return set(found.shows("#graph .label"))


def test_graph_goes_from_files_to_exported_files_and_can_be_filtered(opened):
    found = opened()
    assert {"people_*.csv", "shop.people", "profiles", "big", "shop.out", "big.csv"} <= labels(
        found
    )
    files = found.page.locator("#graph a.kind-file").all()
    tops = [file.bounding_box()["y"] for file in files]
    assert len(tops) > 1
    assert tops == sorted(tops)
    assert "spend" not in labels(found)
    edges = found.page.locator("#graph path.edge").count()
    found.page.check("#kinds [data-kind=property]")
    assert "spend" in labels(found)
    found.page.uncheck("#kinds [data-kind=property]")
    found.page.uncheck("#kinds [data-kind=table]")
    assert "profiles" not in labels(found)
    # The segment and the model take from both goals, through the table that is hidden.
    assert found.page.locator("#graph path.edge").count() > edges - 4
    found.page.select_option("#connection", "other")
    assert "shop.people" not in labels(found)
    assert {"other.rest", "towns", "big.csv"} <= labels(found)
    found.page.select_option("#connection", "")
    found.page.select_option("#tag", index=2)
    assert "other.rest" not in labels(found)


def test_node_shows_its_definition_sql_and_what_builds_did(opened):
    found = opened("import_profiles.shop.people")
    shown = found.page.inner_text("#node")
    assert "1 created" in shown
    assert "1 unmatched" in shown
    assert "connections/shop.yml:5" in shown
    first = found.page.locator("#node .numbered .line").first
    assert first.get_attribute("data-number") == "5"
    assert "name: people" in first.inner_text()
    assert "target/compiled/shop/people/outcomes.sql" in shown
    found.page.click("summary:has-text('outcomes.sql')")
    assert "select" in found.page.inner_text("details[open] pre")
    go(found.page, "file.shop.people.people")
    assert "people_<img src=x onerror=alert(1)>" in found.page.inner_text("#node")
    go(found.page, "model.towns")
    assert "unique" in found.shows("#node .tag")
    assert found.shows("#node .part > h2")[:2] == ["Columns (1)", "Last builds"]


def test_property_says_what_fills_it_and_what_names_it(opened):
    found = opened("property.spend")
    assert "amount" in found.shows("#node .filling code")
    assert "sum" in found.shows("#node .filling .tag")
    named = found.page.locator("#node .neighbours", has_text="Named by").inner_text()
    assert {"big", "shop.out"} <= {line.split(",")[0] for line in named.splitlines()}
    assert "towns" not in labels(found), "it reads other properties"
    assert {"people_*.csv", "shop.people", "big", "big.csv"} <= labels(found)
    found.page.check("#whole")
    assert "towns" in labels(found)


def test_keyboard_searches_and_walks_the_graph(opened):
    found = opened()
    page = found.page
    page.keyboard.press("/")
    page.keyboard.type("xxxxxxxx")
    assert page.inner_text("#found li .name") == "spend", "descriptions are searched"
    page.fill("#search", "to")
    assert page.inner_text("#found li[aria-selected=true] .name") == "towns"
    page.keyboard.press("Enter")
    page.wait_for_selector("#node h1:has-text('towns')")
    page.focus("#graph a[aria-label^='Table profiles']")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith(
        "Model towns"
    )
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    page.wait_for_selector("#node h1:has-text('profiles')")
    nameless = page.locator("a, button, input, select, svg").evaluate_all(
        "all => all.filter(one => !(one.getAttribute('aria-label') || one.textContent.trim()"
        " || one.id && document.querySelector(`label[for='${one.id}']`)"
        " || one.closest('label') || one.id === 'graph')).map(one => one.outerHTML)"
    )
    assert nameless == [], "a screen reader has a name for each"
    levels = "all => all.filter(one => one.checkVisibility()).map(one => one.tagName)"
    assert set(page.locator("h1, h2, h3").evaluate_all(levels)) == {"H1", "H2"}
    page.click("[aria-label='Close this node']")
    page.wait_for_selector("#node h1", state="detached")
    assert page.locator("h1, h2, h3").evaluate_all(levels) == ["H1"]


def test_hostile_texts_run_nothing_and_break_no_layout(built, opened):
    page = opened().page
    for node in [
        *("", "import_profiles.shop.people", "file.shop.people.people", "property.spend"),
        *("property.city", "model.towns", "export_profiles.shop.out"),
    ]:
        go(page, node)
        assert page.evaluate("window.ran") is None
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            cut = (
                "[...document.querySelectorAll('.scroll')].some(e => e.scrollWidth > e.clientWidth)"
            )
            assert width > 360 or not page.evaluate(cut)
        assert page.locator("img, #node script").count() == 0
        assert "\u202e" not in page.inner_text("body")
    assert page.evaluate("document.querySelector('meta[http-equiv]').content").startswith(
        "default-src 'none'"
    )
    asked = page.evaluate("performance.getEntriesByType('resource').map(one => one.name)")
    assert all(name.startswith("file:///") for name in asked)
    assert "window.ran=1" not in (built.folder / "target/docs/index.html").read_text()


def test_colors_follow_the_system_and_can_be_changed(opened):
    color = "getComputedStyle(document.body).backgroundColor"
    page = opened().page
    light = page.evaluate(color)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(color) != light
    page.click("#theme")
    assert page.evaluate(color) == light
