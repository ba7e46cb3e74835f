"""The tables of `docs/artifacts.md` have each key that a build writes, logs and posts, and no other."""

import io
import json
import re
from dataclasses import fields
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from runner.definitions.notify import Notify
from runner.orchestrate import notify_phase
from runner.orchestrate.artifacts import STATUSES, write_run_results
from runner.orchestrate.notice import Notice
from runner.reconciliation import EventCounts, FileCounts, LinkCounts
from runner.report.json_log import JsonLog
from runner.result import BuildResult, ExportedFile, NodeResult
from tests.unit.test_docs import ROOT, sections

START = datetime(2026, 11, 24, 6, tzinfo=UTC)
GOAL = NodeResult(
    "webshop.orders",
    "import_profiles",
    "success",
    rows=3,
    files=(FileCounts("orders", "out/orders.csv", "ab", 9, START, 4, 3, 0, 0, 1),),
    links=(LinkCounts("orders", 3, 3, 0),),
    events=(EventCounts("order", 1, 0, 0, 0),),
    exported=(ExportedFile("in/vip.csv", 3, 9, "ab"),),
)
RESULT = BuildResult("20261124T060000000Z", "prod", START, 12.4, (GOAL,), published=True)
PROJECT = SimpleNamespace(file=SimpleNamespace(name="acme"))


def told(heading: str, number: int = 0) -> list[str]:
    """Return the keys of a table of the page, in its order."""
    section = sections(ROOT / "docs" / "artifacts.md")[heading]
    table = re.findall(r"^\| key.*\n\|[-|]+\n((?:\|.*\n)+)", section, re.MULTILINE)[number]
    cells = (line.split("|")[1] for line in table.splitlines())
    return [key for cell in cells for key in re.findall(r"`(\w+)`", cell)]


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Any:
    workspace = SimpleNamespace(
        project=PROJECT, target_name="prod", generated=tmp_path_factory.mktemp("target")
    )
    return json.loads(write_run_results(workspace, RESULT).read_text("utf-8"))  # type: ignore[arg-type]


def test_run_results_have_the_keys_of_the_page(results: Any) -> None:
    (result,) = results["results"]
    assert told("run_resultsjson") == list(results)
    assert sorted(told("run_resultsjson", 1)) == sorted(results["metadata"])
    assert told("a-result") == list(result)
    for key in ("files", "links", "events", "exported"):
        assert told(key) == list(result[key][0]), key
    assert result["unique_id"] == "import_profiles.acme.webshop.orders"
    assert results["metadata"]["invocation_id"] == RESULT.build_id


def test_statuses_have_the_words_of_dbt() -> None:
    page = sections(ROOT / "docs" / "artifacts.md")["statuses"]
    for ours, written in STATUSES.items():
        assert f"`{ours}`" in page
        assert f"| `{written}` |" in page


def test_last_line_of_a_log_has_the_keys_of_the_page() -> None:
    stream = io.StringIO()
    JsonLog(stream).summary(RESULT)
    first, last = map(json.loads, stream.getvalue().splitlines())
    common = ["ts", "level", "kind", "name", "message", "build_id"]
    assert [*common, *told("json-logs")] == list(last)
    assert set(first["result"]) == {field.name for field in fields(NodeResult)}


def test_webhook_has_the_keys_of_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    posted = []
    monkeypatch.setattr(
        notify_phase, "_post", lambda workspace, url, location, body, timeout: posted.append(body)
    )
    notice = Notice(PROJECT, "webshop", "success", RESULT, (GOAL,))  # type: ignore[arg-type]
    for form in ("json", "slack"):
        asked = Notify(webhooks=("https://hooks.example/x",), webhook_form=form)
        for send in notify_phase._messages(SimpleNamespace(), asked, notice):  # type: ignore[arg-type]
            send()
    body, slack = posted
    example = json.loads(_block("webhooks", "json"))
    assert told("webhooks") == list(body) == list(example)
    assert body["goals"]["webshop.orders"].keys() == example["goals"]["webshop.orders"].keys()
    assert body["text"].splitlines()[:2] == example["text"].splitlines()[:2]
    assert list(slack) == ["text"]


def _block(heading: str, language: str) -> str:
    """Return the first block of a language behind a heading of the page."""
    text = (ROOT / "docs" / "artifacts.md").read_text("utf-8")
    _, _, after = text.lower().partition(f"## {heading}\n")
    start = text.index(f"```{language}\n", len(text) - len(after)) + len(language) + 4
    return text[start : text.index("```", start)]
