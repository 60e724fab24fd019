# The commands of the house. `make demo` shows the whole circle, `make test` tries it; `make help` names the rest.
#
# Everything is installed into .venv beside this file, from locks with hashes; nothing outside is touched.
# The files .venv/*.stamp remember what was installed, so that a second run is quick.

# The Python of the distribution, where it will do: it is built with what the compiler learnt from a trial run, and answers a
# page with a tenth less work than the same version built plainly, as pyenv does unless it is told otherwise.
FIT := import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell /usr/bin/python3 -c '$(FIT)' 2>/dev/null && echo /usr/bin/python3 || echo python3)
SERVE ?= 1
RESET ?= 0
ARGS ?=

BIN := .venv/bin
UV := $(BIN)/uv
# One list of packages for the product, a longer one for those who change it; both hold the same versions.
CORE_LOCK := requirements.lock
DEVELOPMENT_LOCK := requirements-dev.lock
COMPILE = $(UV) pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11

TEXTS := tracker/translations
LANGUAGES := es fr pt
# Beside _, gettext and N_: the kinds of refusals, whose first argument is the sentence a person reads.
SPOKEN := lazy_gettext Plural:1,2 Refused $(shell sed -n 's/^class \([A-Za-z]*\)(Refused):$$/\1/p' tracker/domain/errors.py)

export PIP_DISABLE_PIP_VERSION_CHECK := 1
# What Python compiles is kept: else each command compiles the tracker and all packages anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo environment test test-fast fuzz faults bench check lint lock migration assets messages pictures ci clean

help: ## Say what can be done here
	@echo "make TARGET, where TARGET is"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-10s %s\n", $$1, $$2 }' Makefile
	@echo "PYTHON=python3.12 chooses the Python (3.11 or later) that .venv is made with; by itself $(PYTHON) is taken."

demo: .venv/core.stamp ## Run a whole reporting cycle and serve it (SERVE=0 stops before serving, RESET=1 starts afresh, PORT=5001)
	@$(BIN)/tracker demo run $(if $(filter 1 yes true,$(RESET)),--reset) $(if $(filter 0 no false,$(SERVE)),--no-serve) $(if $(PORT),--port $(PORT))

environment: .venv/development.stamp ## Install what developers need into .venv, and run nothing

test: .venv/development.stamp ## Run every test that can run here (ARGS="-k words" chooses some)
	@$(BIN)/pytest -n auto --dist worksteal $(ARGS)

test-fast: .venv/development.stamp ## Run the tests of single parts: no browser, no whole pages, no PostgreSQL, no documents from outside
	@$(BIN)/pytest -n auto --dist worksteal -m "not browser and not pages and not postgres and not shared and not slow" $(ARGS)

fuzz: .venv/development.stamp ## Harm files and see that each is read or refused with a sentence (RUNS=10000 SEED=1)
	@$(BIN)/python -m tests.fuzzing --runs $(or $(RUNS),10000) --seed $(or $(SEED),1)

faults: .venv/development.stamp ## Kill, refuse and cut off while reminders are sent, and see that none is lost or doubled (RUNS=1000 SEED=1)
	@$(BIN)/python -m tests.faults --runs $(or $(RUNS),1000) --seed $(or $(SEED),1)

bench: .venv/development.stamp ## Measure as other trackers were measured, and hold it against their figures (ARGS="--engine sqlite")
	@$(BIN)/python -m tests.benchmarks.beside_peers $(ARGS)

check: .venv/development.stamp ## Check style, format, types and layers, and change nothing
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports

lint: .venv/development.stamp ## Repair style and format where a machine can
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

lock: .venv/development.stamp ## Choose versions anew within the ranges of pyproject.toml (ARGS=--upgrade takes the newest)
	@$(COMPILE) $(ARGS) --extra postgres --group build pyproject.toml --output-file $(CORE_LOCK)
	@$(COMPILE) $(ARGS) --extra postgres --group dev --constraints $(CORE_LOCK) pyproject.toml --output-file $(DEVELOPMENT_LOCK)
	@echo uv | $(COMPILE) $(ARGS) - --output-file requirements-uv.lock

migration: .venv/development.stamp ## Draft the next migration from the models (NAME="what changes")
	@$(BIN)/alembic revision --autogenerate --message "$(or $(NAME),$(error Say what the migration changes: make migration NAME="..."))"

assets: ## Build the style sheets and scripts again from their sources (needs Node)
	@sh tracker/static/source/build.sh

messages: .venv/development.stamp ## Gather the texts to translate, bring the catalogues up to date and compile them
	@mkdir -p $(TEXTS)
	@$(BIN)/pybabel --quiet extract --mapping-file pyproject.toml $(addprefix --keywords=,$(SPOKEN)) --no-location \
	  --sort-output --omit-header --output-file $(TEXTS)/messages.pot .
	@for language in $(LANGUAGES); do \
	  test -f $(TEXTS)/$$language/LC_MESSAGES/messages.po || \
	    $(BIN)/pybabel --quiet init --input-file $(TEXTS)/messages.pot --output-dir $(TEXTS) --locale $$language || exit 1; \
	  $(BIN)/pybabel --quiet update --input-file $(TEXTS)/messages.pot --output-dir $(TEXTS) --locale $$language \
	    --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date || exit 1; \
	done
	@rm $(TEXTS)/messages.pot
	@$(BIN)/pybabel --quiet compile --directory $(TEXTS)

pictures: .venv/development.stamp ## Take the pictures of the README anew (needs chromium)
	@$(BIN)/python -m tests.journeys.pictures

ci: ## Do what the automatic check does: install what tests need, then test and check
	@.ci/run

clean: ## Remove .venv and caches; the data in instance/ stay
	@rm -rf .venv .mypy_cache .ruff_cache .import_linter_cache .hypothesis *.egg-info
	@find config.py tracker tests migrations -type d -name __pycache__ -prune -exec rm -rf {} +

.venv/made.stamp:
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) was not found. Install Python 3.11 or later, or name one: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is older than Python 3.11. Name a later one: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) cannot make environments. Install python3-venv (Debian, Ubuntu: apt-get install python3-venv), then try again." >&2; exit 1; }
	@echo "Making the environment .venv"
	@$(PYTHON) -m venv --clear .venv
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements-uv.lock || echo "uv cannot be had here; pip does its work, more slowly."
	@touch $@

# The development list holds the core list too: whoever has the longer one needs nothing more.
.venv/core.stamp: .venv/made.stamp $(CORE_LOCK) pyproject.toml
	@$(call install,$(CORE_LOCK))
	@touch $@

.venv/development.stamp: .venv/made.stamp $(DEVELOPMENT_LOCK) pyproject.toml
	@$(call install,$(DEVELOPMENT_LOCK))
	@touch .venv/core.stamp $@

define install
	echo "Installing the packages of $(1) (a minute at most the first time)"; \
	if [ -x $(UV) ]; then \
	  VIRTUAL_ENV=.venv $(UV) pip install --quiet --require-hashes --requirements $(1) && \
	  VIRTUAL_ENV=.venv $(UV) pip install --quiet --no-deps --no-build-isolation --editable .; \
	else \
	  $(BIN)/python -m pip install --quiet --require-hashes --requirement $(1) && \
	  $(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .; \
	fi || { echo "The packages could not be installed; the reason stands above. Check the network and try again." >&2; exit 1; }
endef
