# Every command a developer types. Plain `make` lists them.
PYTHON ?= $(shell for p in python3.11 python3.12 python3; do $$p -c 'import sys,venv,ensurepip; sys.exit(not (3,11)<=sys.version_info[:2]<=(3,12))' 2>/dev/null && { command -v $$p; break; }; done)
BIN := .venv/bin
# Node from PyPI, where setup had to get one, serves the web lint as well.
export PATH := $(PATH):$(CURDIR)/.venv-node/bin
DATA ?=
# Test processes at once; each file stays in one of them. Every process that needs Rasa starts its own (0.7 GB).
WORKERS ?= 2
PARALLEL := -n $(WORKERS) --dist loadfile
.DEFAULT_GOAL := help
.PHONY: help run setup test test-bot test-browser test-models check format train web doctor llm-cpu clean

help: ## List the commands
	@grep -hE '^[a-z%-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "  make %-14s %s\n", $$1, $$2}'

setup: ## Make the environments, the web files and the embedding model (run and test call it)
	@test -n "$(PYTHON)" || { echo "Counterhand needs Python 3.11 or 3.12 and found none. Install it, or run: make PYTHON=/path/to/python3.11 ..."; exit 1; }
	@$(PYTHON) scripts/setup.py

run: setup ## Set up everything and open the demo shop with its agent on this machine
	@exec $(BIN)/counterhand up

test: setup ## Set up what is needed and run every test
	@$(MAKE) --no-print-directory test-bot
	@$(BIN)/python -m pytest $(PARALLEL) tests --ignore=tests/bot --ignore=tests/browser
	@$(MAKE) --no-print-directory test-models
	@$(MAKE) --no-print-directory test-browser

# A process of its own: Playwright's synchronous interface keeps an event loop running, which other tests' loops cannot stand.
test-browser: setup ## Run the widget, the storefront and the console in Chromium, with the whole system behind them
	@$(BIN)/python -m pytest $(PARALLEL) tests/browser

test-models: setup ## Run the tests of the Hugging Face parts, in the environment that has PyTorch
	@if [ -x .venv-llm/bin/python ]; then .venv-llm/bin/python tests/models/run.py; \
	else echo "tests/models skipped: there is no .venv-llm; \`make llm-cpu\` makes it"; fi

test-bot: setup ## Run the tests of Rasa's components, in Rasa's environment
	@PYTHONPATH=. .venv-bot/bin/python -m pytest -q -c tests/bot/pytest.ini tests/bot

check: setup ## Lint and type-check everything
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@cd web && npm run --silent lint

format: setup ## Sort imports and mend what the linter can mend
	@$(BIN)/ruff check --fix .

train: setup ## Train the bot on the present data
	@$(BIN)/counterhand train

web: setup ## Build the widget, the storefront and the console (setup does it when they changed)
	@true

doctor: setup ## Say what is missing, and how to mend it
	@$(BIN)/counterhand doctor

llm-cpu: setup ## Make the third environment: vLLM on CPU, for tests
	@PYTHON="$(PYTHON)" bash scripts/llm_cpu.sh

bench-%: setup ## Run one benchmark: bench-search, bench-product-qa, bench-idk (DATA=...), bench-intents (DATA=...), bench-store (DATA=...), bench-turn, bench-kill, bench-understanding
	@$(BIN)/python -m benchmarks.$(patsubst store,store_transactions,$(subst -,_,$*)) $(if $(DATA),--data $(DATA))

clean: ## Remove everything that was made (environments, models, databases)
	@printf 'This removes .venv*, var/ (with its databases), bot/models and web/dist. Type yes: '; read answer; [ "$$answer" = yes ] && rm -rf .venv .venv-bot .venv-llm .venv-node var bot/models web/dist web/node_modules
