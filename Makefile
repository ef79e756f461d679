# Sets up and runs Teduh. `make run` and `make test` need only Python 3.11 or newer and make.

VENV := .venv
# What Python compiled is kept in this folder also where the environment asks it not to: without, every start compiles for seconds.
unexport PYTHONDONTWRITEBYTECODE
BIN := $(VENV)/bin
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
COMPILE := $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate

.DEFAULT_GOAL := help
.PHONY: help run test lint format types tests walk requirements i18n drawings bench pictures lock clean

help:  ## Show what there is
	@sed -n 's/^\([a-z0-9]*\):.*  ## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 22

run: $(VENV)/.run  ## Set up and start everything on http://127.0.0.1:8000
	@exec $(BIN)/teduh run

test: lint tests  ## Set up and test everything

lint: types  ## Check style, formatting and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check -q .

types: $(VENV)/.dev
	@$(BIN)/mypy

tests: $(VENV)/.dev
	@$(BIN)/pytest --numprocesses=auto --maxprocesses=4 --dist=worksteal

walk: $(VENV)/.dev  ## Walk through every dialog at random 20,000 times (WALKS=... for another number)
	@TEDUH_WALKS=$(or $(WALKS),20000) $(BIN)/pytest -q tests/dialogs/test_walker.py

format: $(VENV)/.dev  ## Put the code into its form
	@$(BIN)/ruff check -q --fix .
	@$(BIN)/ruff format -q .

requirements: $(VENV)/.dev  ## List the regulations' requirements with the tests that show them
	@$(BIN)/python -m tools.requirements

i18n: $(VENV)/.dev  ## Collect the texts anew and update the catalogues
	@$(BIN)/python -m tools.i18n

drawings: $(VENV)/.dev  ## Draw the dialogs anew for docs/dialogs
	@$(BIN)/python -m tools.drawings

bench: $(VENV)/.dev  ## Measure durable turns a second, beside bare FastAPI
	@$(BIN)/python -m bench

pictures: $(VENV)/.dev  ## Take the README's pictures anew
	@$(BIN)/python -m tools.pictures

lock: $(VENV)/.dev  ## Choose the newest allowed versions of everything and lock them
	@$(COMPILE) --upgrade pyproject.toml --group build -o requirements.lock
	@$(COMPILE) --upgrade -c requirements.lock pyproject.toml --group build --group dev -o requirements-dev.lock
	@$(COMPILE) tools/installer.in -o tools/installer.lock

clean:  ## Remove the environment, caches and built files; never var/, where the data is
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis dist
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# uv installs in seconds; where it cannot be had, pip does the same more slowly. Both check every hash.
$(VENV)/.made: tools/installer.lock
	@test -n "$(PYTHON)" || { echo "Teduh needs Python 3.11 or newer: install python3 (Debian: apt-get install python3 python3-venv)."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv is missing (Debian: apt-get install python3-venv)."; exit 1; }
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r tools/installer.lock || echo "Going on without uv, with pip."
	@touch $@

INSTALL = if test -x $(BIN)/uv; then VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install -q $(1); else $(BIN)/python -m pip install -q $(1); fi

$(VENV)/.run: $(VENV)/.made requirements.lock pyproject.toml
	@echo "Setting up (once) ..."
	@$(call INSTALL,--require-hashes -r requirements.lock)
	@$(call INSTALL,--no-deps --no-build-isolation -e .)
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.lock
	@$(call INSTALL,--require-hashes -r requirements-dev.lock)
	@touch $@
