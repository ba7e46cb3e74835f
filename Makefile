# PYTHON makes the virtual environment, DUCKDB is the version that goes into it.
PYTHON ?= python3
VENV ?= .venv
DUCKDB ?= duckdb==1.5.6
TESTS ?= tests
WORKERS ?= auto
# What `make test-spark` runs: imports, events, groups, consent, exports, erasure, undo and rollback.
SPARK_TESTS ?= tests/spark \
    tests/functional/test_consent.py::test_sums_and_events_of_a_person_who_withdrew_stay_as_they_were \
    tests/functional/test_groups.py::test_people_belong_to_several_groups_known_and_unknown \
    tests/functional/test_exports.py::test_columns_are_hashes_expressions_segments_and_levels \
    tests/functional/test_suppression.py::test_rows_with_any_identifier_of_a_suppressed_person_are_not_applied \
    tests/functional/test_forget_files.py::test_lists_of_who_was_sent \
    tests/functional/test_corrections.py::test_corrected_lines_replace_those_before_them

BIN = $(VENV)/bin
INSTALLED = $(VENV)/.installed
SQL = models $(wildcard tests/*.sql) benchmarks
# A template of runner/sql is SQL only once a goal has filled it, so sqlfluff cannot parse it: these rules
# need no parsing; aliases that macros alone name look unused. tests/unit/sql/test_style.py checks lines, grain,
# names, macros and inputs.
TEMPLATE_RULES = aliasing,capitalisation,convention,layout.commas,layout.end_of_file

.PHONY: build build-sftp test test-sail test-sail-sql test-spark thorough lint format check wheel bench bench-peers month clean programs browser

# Builds the starter project: from landing/ to profiles and exports under target/.
build: $(INSTALLED)
	$(BIN)/runner build

# Builds it over SFTP, from OpenSSH's server on a loopback port with keys of its own.
build-sftp: $(INSTALLED) programs
	$(BIN)/python -m tests.servers.sshd --root target/sftp/files --state target/sftp/state \
	    --seed landing -- $(BIN)/runner build --target sftp

test: $(INSTALLED) programs browser
	$(BIN)/pytest -n $(WORKERS) --dist loadgroup --no-loadscope-reorder $(TESTS)

# Builds on the Spark engine, on Sail, and warehouses in a bucket; then some where workers exchange rows, as in a cluster.
test-sail: $(INSTALLED)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[month,sail,spark]'
	ENGINE=spark $(BIN)/pytest -n $(WORKERS) --dist loadgroup --no-loadscope-reorder \
	    -m both_engines tests/spark tests/functional
	SAIL_MODE=local-cluster ENGINE=spark $(BIN)/pytest -n $(WORKERS) --dist loadgroup -m both_engines \
	    tests/spark/test_spark_build.py tests/spark/test_spark_starter.py tests/functional/test_merge.py

# The tests of macros and templates on Sail.
test-sail-sql: $(INSTALLED)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[month,sail,spark]'
	ENGINE=spark $(BIN)/pytest -W ignore::FutureWarning tests/unit/sql

# The same on Apache Spark, which takes some seconds for each statement: by default tests of each kind,
# with SPARK_TESTS='tests/spark tests/unit/sql' or SPARK_TESTS='-m both_engines tests/functional' all.
# It needs Java 17, and 500 MB for an environment of its own.
test-spark: $(INSTALLED)
	$(BIN)/python -m tests.servers.real_spark --check --environment .venv-pyspark
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[month,sail,spark]'
	test -x .venv-pyspark/bin/spark-submit || { $(PYTHON) -m venv .venv-pyspark && \
	    .venv-pyspark/bin/pip install --quiet --disable-pip-version-check 'pyspark[connect]>=4,<5' \
	    'phonenumbers>=9'; }
	ENGINE=spark $(BIN)/python -m tests.servers.real_spark --environment .venv-pyspark -- \
	    $(BIN)/pytest -W ignore::FutureWarning -o faulthandler_timeout=0 $(SPARK_TESTS)

# Tests of random examples, and of kills at many moments: all of what `make test` tries a tenth of.
thorough: $(INSTALLED) programs browser
	THOROUGH=1 $(BIN)/pytest -n $(WORKERS) --dist loadgroup --no-loadscope-reorder -m thorough --ignore tests/spark $(TESTS)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[month,sail,spark]'
	THOROUGH=1 $(BIN)/pytest -m thorough tests/spark

lint: $(INSTALLED)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/sqlfluff lint --nocolor $(SQL)
	$(BIN)/sqlfluff lint --nocolor --exclude-rules layout.indent macros
	$(BIN)/sqlfluff lint --nocolor --rules $(TEMPLATE_RULES) \
	    --exclude-rules aliasing.unused --ignore templating,parsing,lexing runner/sql

format: $(INSTALLED)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/sqlfluff fix --nocolor $(SQL)

check: lint test

wheel: $(INSTALLED)
	rm -rf dist
	$(BIN)/pip wheel --quiet --no-deps --wheel-dir dist .

# Measures how many times longer a build takes than the same job by hand.
bench: $(INSTALLED)
	$(BIN)/python -m benchmarks.ratio

# The same beside dbt, in an environment of its own.
bench-peers: $(INSTALLED) .venv-dbt/bin/dbt
	$(BIN)/python -m benchmarks.peers

# A month of daily builds against an SFTP and an S3 server that fail at random.
month: $(INSTALLED)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[month]'
	$(BIN)/python -m benchmarks.month

.venv-dbt/bin/dbt:
	$(PYTHON) -m venv .venv-dbt
	.venv-dbt/bin/pip install --quiet --disable-pip-version-check 'dbt-core==1.10.*' dbt-duckdb '$(DUCKDB)'

clean:
	rm -rf target dist .venv* .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

# Installs the programs that tests run beside Python: OpenSSH and GnuPG.
programs:
	@tests/servers/install.sh

# Installs Chromium too, which tests of pages drive.
browser:
	@tests/servers/install.sh --browser

$(INSTALLED): pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]' '$(DUCKDB)'
	touch $@
