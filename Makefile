# Every target sets up what it needs: Python packages, the emulator, the page's packages.
# Needs only make, git, Python 3.11+ (with venv) and Node 20.19+ (with npm).

PYTHON ?= python3
STAGE  ?= dev
BIN    := .venv/bin
LOCAL  := $(BIN)/python -m infra.local
PIP    := pip install --quiet --disable-pip-version-check
NPM    := npm --prefix web
APT_INSTALL := DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends

# What the stack itself needs is a third of what its checks need, so that `make run` waits for that alone.
APP_READY      := .venv/.installed
RUN_READY      := .venv/.installed-to-run
EMULATOR_READY := .local/emulator-venv/.installed
CHECKOV_READY  := .local/.checkov-venv/.installed
CLIENT_READY   := .local/openapi-client-venv/.installed
LINT_READY     := infra/api_lint/node_modules/.installed
API_LINT       := infra/api_lint/node_modules/.bin
PYTHON_CODE    := $(wildcard app.py) chalicelib infra tests

# The page takes part once it is there.
ifneq ($(wildcard web/package.json),)
WEB_READY   := web/node_modules/.installed
WEB_BUILT   := web/dist/.built
BROWSER     := chromium
WEB_SOURCES := $(shell find web -type f -not -path 'web/node_modules/*' -not -path 'web/dist/*')
endif

# Time zones come from the pinned package tzdata, not from this machine's files.
export PYTHONTZPATH :=

# Cache bytecode also where the environment disables it: the checks start many processes of the same code.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help ready package run up down clean status demo test tools pytests pagetests prove browsertest chromium check checkov openapi openapi-tools
.PHONY: mypy lint apilint pagelint pagetypes
.PHONY: bench advice redaction deploy

help: ## this list
	@sed -nE 's/^([a-z]+):[^#]*## (.*)/make \1\t\2/p' Makefile | expand -t 16

run: ## start everything on this machine; Ctrl-C stops it, the data stays
	@$(MAKE) --no-print-directory --jobs=3 ready
	@$(LOCAL) run

up: ## the same in the background
	@$(MAKE) --no-print-directory --jobs=3 ready
	@$(LOCAL) up

ready: package $(EMULATOR_READY) $(WEB_BUILT)

package: $(RUN_READY)
	@$(BIN)/python -m infra.local.packages

down: $(RUN_READY) ## stop it; the data stays
	@$(LOCAL) down

clean: $(RUN_READY) ## stop it and forget everything
	@$(LOCAL) clean
	rm -rf web/dist

status: $(RUN_READY) ## say whether it runs, and where
	@$(LOCAL) status

demo: $(RUN_READY) ## walk through the whole story over HTTP, while it runs
	@$(LOCAL) demo
	@$(LOCAL) weekend

test: $(BROWSER) ## everything: checks, unit tests, the deployed stack, the page alone and in a real browser
	@$(MAKE) --no-print-directory --jobs=3 tools
	@$(MAKE) --no-print-directory check
	@$(MAKE) --no-print-directory --jobs=2 pytests pagetests
ifdef WEB_READY
	$(NPM) run size
	$(NPM) run test:browser
endif

# All that the tests need besides Chromium, which apt-get installs alone.
tools: $(APP_READY) $(LINT_READY) $(EMULATOR_READY) $(CLIENT_READY) $(WEB_BUILT)

pytests:
	$(BIN)/pytest -n 2 --no-loadscope-reorder

# Beside the others, which wait for the stack now and then; what it prints is shown as a whole once it has ended.
pagetests:
ifdef WEB_READY
	@echo "$(NPM) test (its output follows when it has ended)"
	@output=$$($(NPM) test 2>&1); status=$$?; printf '%s\n' "$$output"; exit $$status
endif

browsertest: $(BROWSER) $(APP_READY) $(EMULATOR_READY) $(WEB_BUILT) ## the page in a real browser, against a stack of its own
	$(NPM) run test:browser

# Where there is a headless shell, as on Debian, the browser tests take half the CPU time.
chromium:
	@command -v chromium >/dev/null || { test "$$(id -u)" = 0 && apt-get -qq update && $(APT_INSTALL) chromium && \
		{ $(APT_INSTALL) chromium-headless-shell 2>/dev/null || true; }; } || \
		{ echo "The browser tests need Chromium, and only root can install it: apt-get install chromium" >&2; exit 1; }

check: $(APP_READY) $(LINT_READY) $(WEB_READY) ## linters, types, import arrows, drift of the API's description
	@$(MAKE) --no-print-directory --jobs=2 pagelint mypy lint apilint pagetypes

# The longest come first, so that two processors end together.
mypy:
	$(BIN)/mypy

lint:
	$(BIN)/ruff format --check $(PYTHON_CODE)
	$(BIN)/ruff check $(PYTHON_CODE)
	$(BIN)/lint-imports --no-logo
	git ls-files -z | xargs -0 $(BIN)/codespell -D - -D .codespell/plain-words.txt

apilint:
	$(BIN)/python -m infra.openapi --check
	REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true \
		$(API_LINT)/redocly lint docs/openapi.json --config infra/api_lint/redocly.yaml
	$(API_LINT)/spectral lint --ruleset infra/api_lint/spectral.yaml --fail-severity hint docs/openapi.json

pagelint:
ifdef WEB_READY
	$(NPM) run lint
endif

pagetypes:
ifdef WEB_READY
	$(NPM) run typecheck
	$(NPM) run types:check
endif

checkov: $(APP_READY) $(CHECKOV_READY) ## scan the production templates for what is left open
	$(BIN)/python -m infra.security_scan .local/.checkov-venv/bin/checkov

openapi: $(APP_READY) ## generate docs/openapi.json and the routing table from the routes and contracts
	$(BIN)/python -m infra.openapi

openapi-tools: $(CLIENT_READY) $(LINT_READY)

prove: $(APP_READY) $(EMULATOR_READY) ## explore in full what the tests explore in part
	$(BIN)/pytest -m prove -n 2 --no-loadscope-reorder -v

bench: $(APP_READY) $(EMULATOR_READY) ## compare what things cost with what they should
	$(BIN)/python -m tests.benchmarks

advice: $(APP_READY) ## score the AI's advice on cases with known answers (ANTHROPIC_API_KEY set: Claude's, paid)
	@$(BIN)/python -m tests.evaluation.advice

redaction: $(APP_READY) ## score redaction on its corpus, the old masking beside it, and time it
	@$(BIN)/python -m tests.evaluation.redaction

deploy: $(APP_READY) ## package and deploy to AWS: make deploy STAGE=dev [OPTIONS=--bring-log-role]
	$(BIN)/python -m infra.deploy --stage $(STAGE) $(OPTIONS)

$(RUN_READY): requirements.txt requirements-dev.txt
	$(PYTHON) -m venv .venv
	$(BIN)/$(PIP) -r requirements.txt chalice --constraint requirements-dev.txt
	@touch $@

$(APP_READY): requirements-dev.txt $(RUN_READY)
	$(BIN)/$(PIP) -r requirements-dev.txt
	@touch $@

$(EMULATOR_READY): infra/local/requirements.txt
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/$(PIP) -r infra/local/requirements.txt
	@touch $@

$(CHECKOV_READY): infra/checkov-requirements.txt
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/$(PIP) -r infra/checkov-requirements.txt
	@touch $@

$(CLIENT_READY): tests/interop/requirements.txt
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/$(PIP) -r $<
	@touch $@

$(LINT_READY): infra/api_lint/package-lock.json
	npm --prefix infra/api_lint ci --ignore-scripts --no-audit --no-fund
	@touch $@

web/node_modules/.installed: web/package-lock.json
	$(NPM) ci --no-audit --no-fund
	@touch $@

web/dist/.built: web/node_modules/.installed $(WEB_SOURCES)
	$(NPM) run build
	@touch $@
