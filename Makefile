# Everything one does with a checkout. `make` alone lists it; each target does its own set-up first.
.DEFAULT_GOAL := help
.PHONY: help setup demo test test-long check lint coverage content replay goldens bench faults alterations factcheck-trial kills delivery-kills together judge lock wheel install clean

BIN := .venv/bin
PYTHON ?=
UPGRADE ?=
PREFIX ?=
ARGS ?=
export PYTHON UPGRADE PREFIX
# A machine that forbids bytecode has every process, and a test starts many, compile the whole program anew.
unexport PYTHONDONTWRITEBYTECODE

# macOS drops this variable at every /bin/sh, so it is given to each command that may make a PDF.
ifeq ($(shell uname -s),Darwin)
LIBRARIES := DYLD_FALLBACK_LIBRARY_PATH="$$(brew --prefix 2>/dev/null):/opt/homebrew/lib:/usr/local/lib:/usr/lib"
endif
COMMENTARY = $(LIBRARIES) $(BIN)/commentary
PYTEST = $(LIBRARIES) $(BIN)/python -m pytest
# One process a core; the quick tests are many and small.
SPREAD := -n auto --dist worksteal

help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

setup: ## Make .venv with the pinned packages (PYTHON=… names an interpreter)
	@scripts/setup

demo: setup ## Write an edition of a simulated market: no price file, no key
	@$(COMMENTARY) write session --source sample $(ARGS)

test: setup ## Run the quick tests (ARGS="-k returns" runs some)
	@$(PYTEST) $(SPREAD) $(ARGS)

test-long: setup ## Run what takes hours: 200 markets, every oddity in every setting, real history (ARGS="-k decades" runs some)
	@$(PYTEST) -m long $(ARGS)

check: lint coverage content ## All that has to be clean before a commit

lint: setup ## Style, types, and who imports whom
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

coverage: setup ## The quick tests, with the branches they leave untried
	@$(PYTEST) $(SPREAD) --cov --cov-report=term-missing:skip-covered $(ARGS)

# Real history where it is held beside the checkout: a claim that thirty simulated years bear out may still be false.
HISTORY := ../shared/data
content: setup ## Every fault in content/ and templates/, and every claim tried on history
	@$(COMMENTARY) check --source sample
	@if [ -d $(HISTORY)/prices ]; then \
	    $(COMMENTARY) check --data $(HISTORY) --session "$$(tail -n 1 '$(HISTORY)/prices/^GSPC.csv' | cut -d, -f1)"; \
	fi

replay: setup ## Make every session's edition of real history, have the second reader check each, and report (ARGS="--from …")
	@$(COMMENTARY) replay session --data $(HISTORY) --verify --report .cache/replay.html $(ARGS)

goldens: setup ## Write the golden editions anew; then read their diff as a reader would
	@$(PYTEST) --update-goldens tests/editions $(ARGS)

bench: setup ## Time and memory, beside references measured in the same run
	@for bench in benchmarks/*.py; do echo "== $$bench"; $(LIBRARIES) $(BIN)/python "$$bench" || exit 1; done

faults: setup ## Play every fault of a supplier on an evening, and tell what came of each (ARGS="429 -v" picks some)
	@$(LIBRARIES) $(BIN)/python -m tests.faults.table $(ARGS)

alterations: setup ## Alter a finished edition in 1,600 ways, verify each, and tell which are missed (ARGS="charts -v" picks some)
	@$(LIBRARIES) $(BIN)/python -m tests.verification.alterations $(ARGS)

factcheck-trial: setup ## Try the fact-checker on invented sentences made true and false, on the seeds and on our own issues
	@$(LIBRARIES) $(BIN)/python -m tests.factcheck.trial $(ARGS)

kills: setup ## Kill fetch and write at chance moments; store and editions stay whole (ARGS="--kills 200 --seed 1")
	@$(LIBRARIES) $(BIN)/python -m tests.faults.kills $(ARGS)

delivery-kills: setup ## Kill deliveries at chance moments; nothing goes out twice or is lost (ARGS="--kills 300 --seed 1")
	@$(LIBRARIES) $(BIN)/python -m tests.delivery.kills $(ARGS)

together: setup ## Run write and fetch at once at one store and one folder (ARGS="--together 40 --seed 2")
	@$(LIBRARIES) $(BIN)/python -m tests.faults.kills $(if $(ARGS),$(ARGS),--together 20)

judge: setup ## Put a fresh edition, its site and the desk before outside validators: HTML, accessibility, PDF, X lengths, feeds
	@rm -rf .cache/judge .cache/judge-site
	@$(COMMENTARY) write session --source sample --output .cache/judge
	@$(COMMENTARY) site --output .cache/judge --public .cache/judge-site
	@judge/run.sh .cache/judge/*/session .cache/judge-site desk:.cache/judge

lock: ## Write constraints.txt from pyproject.toml (UPGRADE=1 takes newer versions)
	@scripts/lock

wheel: setup ## Build dist/*.whl
	@rm -rf dist
	@$(BIN)/python -m build --wheel --no-isolation --outdir dist >/dev/null
	@ls dist/*.whl

install: wheel ## Install the command for yourself, without the tests' tools (PREFIX=… in place of ~/.local)
	@scripts/install

clean: ## Remove the environment and all that was built or measured; editions in output/ stay
	rm -rf .venv .cache dist .coverage htmlcov .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
