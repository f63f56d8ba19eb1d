# The whole interface for a newcomer. Each target is a thin call of `atlas <verb>`.
PYTHON ?= python3
ENGINE ?= mkdocs
VENV := .venv
BIN := $(VENV)/bin
ATLAS := $(BIN)/atlas

.DEFAULT_GOAL := help
.PHONY: help site serve validate new check-refs handbook test test-long check lint format bench golden lock bump sbom clean

# Every package comes with a version and hashes from requirements/, the tool that builds packages too.
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation
PINNED := $(INSTALL) --use-pep517 --require-hashes --requirement

help:  ## Show these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/.python: Makefile
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; this is $$($(PYTHON) --version 2>&1). Name another one with: make PYTHON=python3.11"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
		{ echo "Python cannot make a virtual environment here; on Debian: apt-get install python3-venv"; exit 1; }
	@touch $@

$(VENV)/.builder: $(VENV)/.python requirements/builder.txt
	@$(PINNED) requirements/builder.txt
	@touch $@

$(VENV)/.site: $(VENV)/.builder pyproject.toml requirements/site.txt
	@$(PINNED) requirements/site.txt
	@$(INSTALL) --no-deps --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.builder pyproject.toml requirements/all.txt
	@$(PINNED) requirements/all.txt
	@$(INSTALL) --no-deps --editable .
	@touch $@ $(VENV)/.site $(VENV)/.engines $(VENV)/.handbook $(VENV)/.online

$(VENV)/.handbook: $(VENV)/.site requirements/handbook.txt
	@$(PINNED) requirements/handbook.txt
	@touch $@

$(VENV)/.engines: $(VENV)/.site requirements/engines.txt
	@$(PINNED) requirements/engines.txt
	@touch $@

$(VENV)/.online: $(VENV)/.site requirements/online.txt
	@$(PINNED) requirements/online.txt
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

check-refs: $(VENV)/.online  ## Ask what became of the references: make check-refs mailto=you@example.org
	@$(ATLAS) check-refs --mailto "$(mailto)"

handbook: $(VENV)/.handbook  ## The whole atlas as one PDF to print, in build/handbook
	@$(ATLAS) handbook

test: $(VENV)/.test  ## Set up what is needed and run every test, in a real browser too
	@sh tests/browser/chromium.sh
	@sh tests/site/nginx.sh
	@$(BIN)/python -m pytest -n 2 --dist loadfile -q -m "not long"

test-long: $(VENV)/.test  ## Read the whole handbook, look at every page, hold all HTML against the standard (an hour)
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

# One set of versions: what belongs to a part of the work is cut out of the set for all of it.
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-annotate --custom-compile-command 'make lock' pyproject.toml

lock: $(VENV)/.test  ## Write requirements/ after a change of pyproject.toml; versions stay where they can
	@$(LOCK) $(LOCK_FLAGS) --all-extras --output-file requirements/all.txt
	@echo setuptools | $(LOCK:pyproject.toml=-) $(LOCK_FLAGS) --output-file requirements/builder.txt
	@$(LOCK) --constraint requirements/all.txt --output-file requirements/site.txt
	@$(LOCK) --constraint requirements/all.txt --extra handbook --output-file requirements/handbook.txt
	@$(LOCK) --constraint requirements/all.txt --extra engines --output-file requirements/engines.txt
	@$(LOCK) --constraint requirements/all.txt --extra online --output-file requirements/online.txt

bump:  ## Take the newest versions that fit, list their licences, and run every check
	@$(MAKE) lock LOCK_FLAGS=--upgrade
	@$(MAKE) $(VENV)/.test
	@$(BIN)/python -m tests.licences
	@$(MAKE) check

sbom: $(VENV)/.test  ## What the site is made with, as CycloneDX, in build/sbom
	@sh requirements/sbom.sh $(BIN)

clean:  ## Remove everything generated
	@rm -rf build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
