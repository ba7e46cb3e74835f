"""The profiles as an asset, built every morning. Dagster 1.8 or later.

One asset is one build: a build orders goals, models and tests itself, and one runs at a time.
"""

import json
import subprocess
from pathlib import Path

import dagster as dg

PROJECT = Path("/srv/acme-profiles")
BUILD = [
    *("runner", "build", "--project-dir", "/srv/acme-profiles", "--target", "prod"),
    *("--connection", "webshop", "--wait", "--log-format", "json"),
]
RETRIED = (3, 4)
"""Another build holds the warehouse; a server could not be reached."""


@dg.asset
def profiles():
    """Build the connection `webshop`."""
    code = subprocess.run(BUILD, check=False).returncode
    # Below 0 a signal killed it: the next build ends as if nothing had happened.
    if code in RETRIED or code < 0:
        raise dg.RetryRequested(max_retries=3, seconds_to_wait=300)
    if code:
        raise dg.Failure(f"runner ended with {code}: see its log", allow_retries=False)
    results = json.loads((PROJECT / "target/run_results.json").read_text("utf-8"))
    return dg.MaterializeResult(
        metadata={
            "build": results["metadata"]["invocation_id"],
            "warnings": results["warning_count"],
        }
    )


every_morning = dg.ScheduleDefinition(
    name="every_morning",
    target=[profiles],
    cron_schedule="0 6 * * *",
    execution_timezone="Europe/Amsterdam",
)
defs = dg.Definitions(assets=[profiles], schedules=[every_morning])
