"""A Spark Connect server of Apache Spark, from an environment with `pyspark`.

`python -m tests.servers.real_spark --environment .venv-pyspark -- COMMAND` runs a command beside it, which finds its
address in SPARK_REMOTE.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.servers.sail import free_port, is_listening

JAVA = 17
"""The lowest version of Java that Spark 4 runs on."""
START = 300
"""Seconds within which a server has to listen: a busy machine needs a minute."""
SERVER = "org.apache.spark.sql.connect.service.SparkConnectServer"
SETTINGS = {
    "spark.ui.enabled": "false",
    # Tests have a few rows: a server's default of 200 tasks for each join would take minutes.
    "spark.sql.shuffle.partitions": "2",
    # Else each session looks for classes over the network, for each statement that it compiles.
    "spark.sql.artifact.isolation.enabled": "false",
}
JAVA_OPTIONS = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:ReservedCodeCacheSize=240m"
"""Code is compiled quickly, as most statements of tests run once; there is room for all of it."""
# Errors of statements are those of the tests, which look for them in the client.
QUIET = """\
rootLogger.level = error
rootLogger.appenderRef.stderr.ref = stderr
logger.connect.name = org.apache.spark.sql.connect
logger.connect.level = off
appender.stderr.type = Console
appender.stderr.name = stderr
appender.stderr.target = SYSTEM_ERR
appender.stderr.layout.type = PatternLayout
appender.stderr.layout.pattern = %d{HH:mm:ss} %p %c{1}: %m%n
"""


def check_java() -> None:
    """Raise SystemExit where there is no Java that runs Spark."""
    home = os.environ.get("JAVA_HOME")
    java = f"{home}/bin/java" if home else shutil.which("java")
    found = "no java"
    if java and Path(java).exists():
        told = subprocess.run([java, "-version"], capture_output=True, text=True, check=False)
        version = re.search(r'version "(\d+)', told.stderr)
        if version and int(version[1]) >= JAVA:
            return
        found = told.stderr.partition("\n")[0] or java
    raise SystemExit(
        f"Spark 4 needs Java {JAVA} or later; found {found}.\n"
        f"Install one, such as Debian's openjdk-{JAVA}-jre-headless, or set JAVA_HOME."
    )


@contextmanager
def real_spark(environment: Path, memory: str) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """Start a server; gives its address and its process. Raises SystemExit where it does not start."""
    check_java()
    (home,) = environment.resolve().glob("lib/python3*/site-packages/pyspark")
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="spark-") as folder:
        (Path(folder) / "log4j2.properties").write_text(QUIET, encoding="utf-8")
        settings = {**SETTINGS, "spark.connect.grpc.binding.port": str(port)}
        options = [f"--conf={name}={value}" for name, value in settings.items()]
        command = [
            str(home / "bin/spark-submit"),
            "--master=local[2]",
            f"--driver-memory={memory}",
            f"--driver-java-options={JAVA_OPTIONS}",
            *options,
            f"--class={SERVER}",
            "spark-internal",
        ]
        # spark-submit becomes the server: to end it ends the server.
        with subprocess.Popen(
            command,
            cwd=folder,
            env={
                **os.environ,
                "SPARK_HOME": str(home),
                "SPARK_CONF_DIR": folder,
                "SPARK_LOCAL_DIRS": folder,
                "PYSPARK_PYTHON": str(environment.resolve() / "bin/python"),
            },
            stdout=subprocess.DEVNULL,
        ) as server:
            try:
                wait_for(server, port)
                yield f"sc://127.0.0.1:{port}", server
            finally:
                server.terminate()


def wait_for(server: "subprocess.Popen[bytes]", port: int) -> None:
    """Return when a server listens; raises SystemExit where it ends, or takes too long."""
    end = time.monotonic() + START
    while not is_listening(port):
        if server.poll() is not None or time.monotonic() > end:
            raise SystemExit("Spark Connect did not start: its errors are above.")
        time.sleep(0.5)


def main(arguments: Sequence[str]) -> int:
    """Run a command beside a Spark Connect server, and return the exit code of the command."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.servers.real_spark", description=main.__doc__
    )
    parser.add_argument("--environment", type=Path, required=True, help="where pyspark is")
    parser.add_argument("--memory", default="3g", help="memory of the server")
    parser.add_argument("--check", action="store_true", help="look for Java alone")
    parser.add_argument("command", nargs="*", help="what to run, after --")
    given = parser.parse_args(arguments)
    check_java()
    if given.check:
        return 0
    with real_spark(given.environment, given.memory) as (address, _):
        environment = {**os.environ, "SPARK_REMOTE": address}
        return subprocess.run(given.command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
