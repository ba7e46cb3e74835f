"""Builds a connection every morning. Airflow 3.1 or later.

One task is one build: a build orders goals, models and tests itself, and one runs at a time.
"""

import subprocess
from datetime import timedelta

import pendulum
from airflow.sdk import dag, task
from airflow.sdk.exceptions import AirflowFailException

BUILD = [
    *("runner", "build", "--project-dir", "/srv/acme-profiles", "--target", "prod"),
    *("--connection", "webshop", "--wait", "--log-format", "json"),
]
RETRIED = (3, 4)
"""Another build holds the warehouse; a server could not be reached."""


@dag(
    schedule="0 6 * * *",
    start_date=pendulum.datetime(2026, 1, 1, tz="Europe/Amsterdam"),
    catchup=False,
    max_active_runs=1,
)
def webshop_profiles():
    """Build the connection `webshop`."""

    @task(retries=3, retry_delay=timedelta(minutes=5))
    def build():
        code = subprocess.run(BUILD, check=False).returncode
        # Below 0 a signal killed it: the next build ends as if nothing had happened.
        if code in RETRIED or code < 0:
            raise RuntimeError(f"runner ended with {code}: another try may help")
        if code:
            raise AirflowFailException(f"runner ended with {code}: see its log above")

    build()


webshop_profiles()
