PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip
INSTALL := $(PIP) install --quiet --disable-pip-version-check
BASE := $(VENV)/.base
RUN := $(VENV)/.run
DEV := $(VENV)/.dev
BENCH := $(VENV)/.bench
NAME ?=
COMPILE := uv pip compile --quiet --universal --generate-hashes --custom-compile-command "make lock" pyproject.toml

# Many processes of a test run load the same modules.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup run test checked tested bench lock clean

help:  ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile

setup: $(DEV)  ## create .venv with everything that development needs
	@echo "ready: $(VENV)"

run: $(RUN)  ## the demonstration county: departments' files to determinations, then its web pages on http://127.0.0.1:8000
	@$(BIN)/doudi web demo --make

test: $(DEV)  ## style, types, import rules and all tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@$(MAKE) --no-print-directory -j2 checked tested

# Types and import rules are checked while the tests run, and told at once when they are.
checked:
	@told=$$({ $(BIN)/mypy && $(BIN)/lint-imports; } 2>&1); code=$$?; printf '\n%s\n' "$$told"; exit $$code

tested:
	@$(BIN)/pytest -n auto --dist worksteal -q

bench: $(BENCH)  ## run the benchmarks; NAME=rules runs those whose name begins so
	$(BIN)/python -m bench $(NAME)

lock:  ## compile requirements/*.txt anew from pyproject.toml (needs uv)
	$(COMPILE) --output-file requirements/base.txt
	$(COMPILE) --extra linkage --extra documents --extra web --constraint requirements/base.txt --output-file requirements/run.txt
	$(COMPILE) --extra dev --constraint requirements/run.txt --output-file requirements/dev.txt
	$(COMPILE) --extra bench --constraint requirements/dev.txt --output-file requirements/bench.txt

clean:  ## remove the environment, caches and outputs
	rm -rf $(VENV) build dist out .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache bench/results.json
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find src -name '*.egg-info' -type d -prune -exec rm -rf {} +

# bin/pip appears last in a new environment, so an interrupted creation is begun again.
$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed; name it with make PYTHON=..." >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)

$(BASE): requirements/base.txt pyproject.toml | $(BIN)/pip
	$(INSTALL) --require-hashes -r requirements/base.txt
	$(INSTALL) --no-deps -e .
	@$(BIN)/python -m compileall -q -j 0 src
	@touch $@

$(RUN): requirements/run.txt $(BASE)
	$(INSTALL) --require-hashes -r requirements/run.txt
	@touch $@

$(DEV): requirements/dev.txt $(BASE)
	$(INSTALL) --require-hashes -r requirements/dev.txt
	@touch $(RUN) $@

$(BENCH): requirements/bench.txt $(BASE)
	$(INSTALL) --require-hashes -r requirements/bench.txt
	@touch $@
