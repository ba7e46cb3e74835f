# PYTHON makes the virtual environment; DUCKDB is the version that goes into it.
PYTHON ?= python3
VENV ?= .venv
DUCKDB ?= duckdb==1.5.6
TESTS ?= tests
WORKERS ?= auto
SSHD ?= /usr/sbin/sshd

BIN = $(VENV)/bin
INSTALLED = $(VENV)/.installed
SQL = models $(wildcard tests/*.sql) benchmarks
# Templates that only a goal can fill are held to the rules that need no parsed SQL; with their tags they
# pass 80 columns, what they compile to is what is read.
TEMPLATE_RULES = aliasing,capitalisation,convention,layout.commas,layout.end_of_file

.PHONY: build build-sftp test lint format check wheel bench clean sshd

# The starter project, from landing/ to profiles and exports under target/.
build: $(INSTALLED)
	$(BIN)/runner build

# The same over SFTP: OpenSSH's server on a loopback port, with keys made on the spot.
build-sftp: $(INSTALLED) sshd
	$(BIN)/python -m tests.servers.sshd --root target/sftp/files --state target/sftp/state \
	    --seed landing -- $(BIN)/runner build --target sftp

test: $(INSTALLED) sshd
	$(BIN)/pytest -n $(WORKERS) --dist loadgroup $(TESTS)

lint: $(INSTALLED)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/sqlfluff lint --nocolor $(SQL)
	$(BIN)/sqlfluff lint --nocolor --exclude-rules layout.indent macros
	$(BIN)/sqlfluff lint --nocolor --rules $(TEMPLATE_RULES) \
	    --ignore templating,parsing,lexing runner/sql

format: $(INSTALLED)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/sqlfluff fix --nocolor $(SQL)

check: lint test

wheel: $(INSTALLED)
	rm -rf dist
	$(BIN)/pip wheel --quiet --no-deps --wheel-dir dist .

# How many times longer a build takes than reading and hashing its files.
bench: $(INSTALLED)
	$(BIN)/python -m benchmarks.ratio

clean:
	rm -rf target dist .venv* .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

sshd:
	@test -x $(SSHD) || { \
	    echo "OpenSSH's server is missing ($(SSHD)): apt-get install openssh-server" >&2; exit 1; }

$(INSTALLED): pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]' '$(DUCKDB)'
	touch $@
