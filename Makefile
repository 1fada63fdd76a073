# Armstrace: the two commands of the README are `make demo` and `make test`.
# Every check is a target; nothing needs to be installed first but Python >= 3.12.

PYTHON := $(shell for p in python3.13 python3.12 python3.14 python3 \
	"$$HOME"/.pyenv/versions/3.13*/bin/python "$$HOME"/.pyenv/versions/3.12*/bin/python; do \
	"$$p" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 12))' 2>/dev/null && echo "$$p" && break; done)
VENV ?= .venv
BIN := $(VENV)/bin
# Every package is pinned with all that it needs: nothing is resolved again, and what
# is never imported is never compiled.
INSTALL := $(BIN)/python -m pip install --quiet --no-deps --no-compile --require-hashes
SIZE ?= 100000
SEED ?= 1
PORT ?= 8000
unexport PYTHONDONTWRITEBYTECODE
# Each worker of the tests computes on one core; more threads wait for each other.
export OPENBLAS_NUM_THREADS := 1

# What leaves a core free runs beside the next.
SIDE_BY_SIDE := $(MAKE) -j2 --output-sync=target

.PHONY: app demo test setup check style templates dependencies flow types migrations docs test-sqlite test-postgres journeys journeys-postgres wheel words serve bench soak clean

# demo: make a synthetic country and serve it
demo: $(VENV)/.ready-server
	$(BIN)/armstrace demo --size $(SIZE) --seed $(SEED) --port $(PORT)

# test: every check, on SQLite and on PostgreSQL
test: $(VENV)/.ready-test
	$(BIN)/python tests/packages.py
	$(SIDE_BY_SIDE) check
	$(MAKE) test-sqlite test-postgres journeys
	$(SIDE_BY_SIDE) journeys-postgres wheel

# setup: the development environment
setup: $(VENV)/.ready-test

$(VENV)/.made:
	@test -n "$(PYTHON)" || { echo "Armstrace needs Python 3.12 or newer with venv: apt-get install python3 python3-venv"; exit 1; }
	"$(PYTHON)" -m venv $(VENV)
	@touch $@

# Installing compiles the catalogues of translations.
CATALOGUES := $(shell find src -name django.po)
$(VENV)/.ready-base: requirements/base.txt pyproject.toml setup.py $(CATALOGUES) | $(VENV)/.made
	$(INSTALL) -r requirements/base.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e . 2>/dev/null || $(BIN)/python -m pip install --quiet --no-deps -e .
	@touch $@

# .ready-server: with what the pages offer (printed reports, SDMX), without test tools
$(VENV)/.ready-server: requirements/server.txt $(VENV)/.ready-base
	$(INSTALL) -r requirements/base.txt -r requirements/server.txt
	@touch $@

$(VENV)/.ready-test: requirements/test.txt $(VENV)/.ready-base
	$(INSTALL) -r requirements/test.txt
	@touch $@

# check: the fast part, in seconds
check: style templates dependencies flow types migrations docs

style: $(VENV)/.ready-test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

# templates: the HTML of the pages
templates: $(VENV)/.ready-test
	$(BIN)/djlint --lint --quiet src

# dependencies: what is imported is declared, and what is declared is imported
dependencies: $(VENV)/.ready-test
	$(BIN)/deptry src

flow: $(VENV)/.ready-test
	$(BIN)/lint-imports

types: $(VENV)/.ready-test
	$(BIN)/mypy

migrations: $(VENV)/.ready-test
	$(BIN)/python manage.py makemigrations --check --dry-run

# app: lay the skeleton of a new app, as in make app NAME=patrols ABOVE=registry
app: $(VENV)/.ready-test
	$(BIN)/python docs/skeleton/lay.py $(NAME) $(if $(ABOVE),--above $(ABOVE)) $(if $(RECORD),--record $(RECORD))
	$(BIN)/python docs/generate.py

# docs: generated references are up to date
docs: $(VENV)/.ready-test
	$(BIN)/python docs/generate.py --check

test-sqlite: $(VENV)/.ready-test
	$(BIN)/pytest -n auto --dist worksteal -m "not journey and not soak"

# test-postgres: what asks a database; the pages above it are tested on SQLite. The
# server works while a worker waits for it, so one more than there are cores.
NO_DATABASE := web access analysis architecture benchmarks docs translation
test-postgres: $(VENV)/.ready-test
	$(BIN)/python tests/with_postgres.py $(BIN)/pytest -n $$(($$(getconf _NPROCESSORS_ONLN) + 1)) --dist worksteal -m "not journey and not pure and not soak" $(addprefix --ignore tests/,$(NO_DATABASE))

# words: bring the translation catalogues up to date (needs GNU gettext)
words: $(VENV)/.ready-test
	$(BIN)/python docs/catalogues.py

# journeys: a real browser at the product's own server, with accessibility checks.
# One that fails is lived once more, alone: a fault fails again, a busy machine does not.
journeys: $(VENV)/.ready-test
	$(BIN)/pytest -n auto --dist worksteal -m journey tests/journeys \
	  || $(BIN)/pytest --last-failed --last-failed-no-failures none -m journey tests/journeys

# journeys-postgres: the same on PostgreSQL, a few of them
journeys-postgres: $(VENV)/.ready-test
	$(BIN)/python tests/with_postgres.py $(BIN)/pytest -n auto -m "journey and each_database" tests/journeys \
	  || $(BIN)/python tests/with_postgres.py $(BIN)/pytest --last-failed --last-failed-no-failures none -m "journey and each_database" tests/journeys

# wheel: built, installed alone into a new environment, and the demo runs from it
wheel: $(VENV)/.ready-test
	$(BIN)/python tests/wheel.py

serve: $(VENV)/.ready-server
	$(BIN)/armstrace serve --port $(PORT)

# bench, soak: long runs, outside CI
bench: $(VENV)/.ready-test
	$(BIN)/python -m benchmarks

soak: $(VENV)/.ready-test
	$(BIN)/pytest -m soak

# lock: new pinned requirements (needs uv)
lock:
	uv pip compile pyproject.toml --universal --python-version 3.12 --generate-hashes --no-annotate --no-header -o requirements/base.txt
	uv pip compile pyproject.toml --extra server --universal --python-version 3.12 --generate-hashes --no-annotate --no-header -o requirements/server.txt
	uv pip compile pyproject.toml --extra test --universal --python-version 3.12 --generate-hashes --no-annotate --no-header -o requirements/test.txt

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
