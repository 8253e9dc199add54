# Two commands do everything: `make demo` and `make test`. `make setup` alone prepares .venv, so that .venv/bin/recoupe works.
PYTHON ?= $(firstword $(foreach name,python3.11 python3.12 python3.13 python3,$(shell $(name) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && echo $(name))))
BIN := .venv/bin
PLACES := .venv/share/recoupe/places.sqlite
BASEMAP := .venv/share/recoupe/basemap.pmtiles
VENDOR := src/recoupe/web/static/vendor/.made-of
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --require-hashes --no-deps

.PHONY: demo test setup check lock bench speed clean
.DEFAULT_GOAL := help

help:
	@echo "make demo   set up, then read and cross-check the bundled sample"
	@echo "make test   set up what tests need, then run every check"
	@echo "make setup  prepare .venv with the program, its language models, its gazetteer, the workbench's scripts and its map"
	@echo "make bench  measure quality on the evaluation data beside the project, where it is there"
	@echo "make speed  measure a whole reading against the bare language model"
	@echo "make lock   write the lock files anew"

demo: setup
	$(BIN)/recoupe demo

test: setup .venv/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m pytest

setup: .venv/.run $(PLACES) $(VENDOR) $(BASEMAP)

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 is needed and none was found: install one, or name it with PYTHON=..." >&2; exit 1; }
	$(PYTHON) -m venv .venv

.venv/.run: .venv/bin/python requirements/run.txt pyproject.toml
	$(PIP) -r requirements/run.txt
	$(BIN)/python -m pip --disable-pip-version-check install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: .venv/.run requirements/dev.txt
	$(PIP) -r requirements/dev.txt
	@touch $@

$(PLACES): .venv/.run $(shell find src/recoupe/knowledge/places -type f -not -name '*.pyc' 2>/dev/null)
	$(BIN)/recoupe places build

$(BASEMAP): $(PLACES) $(shell find src/recoupe/web/basemap -type f -not -name '*.pyc' 2>/dev/null)
	$(BIN)/recoupe basemap build

# Node comes from the Python registry where the machine has none (or none new enough).
$(VENDOR): .venv/bin/python requirements/node.txt $(wildcard frontend/*.*) $(wildcard frontend/entries/*)
	@$(BIN)/python frontend/install.py --has-node || $(PIP) -r requirements/node.txt
	$(BIN)/python frontend/install.py
	@touch $@

bench: setup .venv/.dev
	$(BIN)/python -m bench.quality

speed: setup .venv/.dev
	$(BIN)/python -m bench.speed

lock: .venv/.dev
	$(BIN)/uv pip compile --quiet --universal --fork-strategy fewest --python-version 3.11 --generate-hashes --no-annotate --no-header --extra build pyproject.toml -o requirements/run.txt
	$(BIN)/uv pip compile --quiet --universal --fork-strategy fewest --python-version 3.11 --generate-hashes --no-annotate --no-header --extra build --extra dev pyproject.toml -o requirements/dev.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header requirements/node.in -o requirements/node.txt

clean:
	rm -rf .venv build frontend/node_modules src/recoupe/web/static/vendor
