# The whole interface for a newcomer. Each target is a thin call of `atlas <verb>`.
PYTHON ?= python3
ENGINE ?= mkdocs
VENV := .venv
BIN := $(VENV)/bin
ATLAS := $(BIN)/atlas

.DEFAULT_GOAL := help
.PHONY: help site serve validate new handbook test test-long check lint format bench golden clean

help:  ## Show these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/.python: Makefile
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; this is $$($(PYTHON) --version 2>&1). Name another one with: make PYTHON=python3.11"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
		{ echo "Python cannot make a virtual environment here; on Debian: apt-get install python3-venv"; exit 1; }
	@touch $@

$(VENV)/.site: $(VENV)/.python pyproject.toml
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.python pyproject.toml
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,lint,engines,handbook,online]'
	@touch $@ $(VENV)/.site $(VENV)/.engines $(VENV)/.handbook

$(VENV)/.handbook: $(VENV)/.site
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[handbook]'
	@touch $@

$(VENV)/.engines: $(VENV)/.site
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[engines]'
	@touch $@

# Other engines than the first are installed when they are asked for.
site: $(VENV)/.site $(if $(filter-out mkdocs,$(ENGINE)),$(VENV)/.engines)  ## Set up, generate, build and check the site
	@$(ATLAS) build --engine $(ENGINE)

serve: $(VENV)/.site $(if $(filter-out mkdocs,$(ENGINE)),$(VENV)/.engines)  ## Preview the site; saved sources show by themselves
	@$(ATLAS) serve --engine $(ENGINE)

validate: $(VENV)/.site  ## Check records, references and pages only
	@$(ATLAS) validate

new: $(VENV)/.site  ## Start a record: make new id=my-technique
	@$(ATLAS) new "$(id)"

handbook: $(VENV)/.handbook  ## The whole atlas as one PDF to print, in build/handbook
	@$(ATLAS) handbook

test: $(VENV)/.test  ## Set up what is needed and run every test, in a real browser too
	@sh tests/browser/chromium.sh
	@sh tests/site/nginx.sh
	@$(BIN)/python -m pytest -n 2 --dist loadfile -q -m "not long"

test-long: $(VENV)/.test  ## Set the whole handbook and read it, open every page (minutes)
	@sh tests/browser/chromium.sh
	@sh tests/site/nginx.sh
	@$(BIN)/python -m pytest -q -m long

lint: $(VENV)/.test  ## Linter, formatter, types, architecture
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

check: lint test  ## Everything that must hold before a change is pushed

format: $(VENV)/.test  ## Format the code
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

bench: $(VENV)/.test  ## Measure each stage on synthetic records, and the finder in the built site
	@$(BIN)/python -m tests.bench
	@$(ATLAS) build --quiet
	@$(BIN)/python -m tests.bench.finder
	@$(BIN)/python -m tests.bench.preview

golden: $(VENV)/.test  ## Rewrite the golden tree after a change that was meant
	@$(BIN)/python -m tests.golden
	@$(BIN)/python -m tests.compat

clean:  ## Remove everything generated
	@rm -rf build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
