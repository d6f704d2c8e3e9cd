# Every target sets up what it needs: Python packages, the emulator, the page's packages.
# Needs only make, git, Python 3.11+ (with venv) and Node 20+ (with npm).

PYTHON ?= python3
STAGE  ?= dev
BIN    := .venv/bin
LOCAL  := $(BIN)/python -m infra.local

APP_READY      := .venv/.installed
EMULATOR_READY := .local/emulator-venv/.installed
PYTHON_CODE    := $(wildcard app.py) chalicelib infra tests

# The page takes part once it is there.
ifneq ($(wildcard web/package.json),)
WEB_READY   := web/node_modules/.installed
WEB_BUILT   := web/dist/.built
WEB_SOURCES := $(shell find web -type f -not -path 'web/node_modules/*' -not -path 'web/dist/*')
endif

.DEFAULT_GOAL := help
.PHONY: help run up down clean status seed demo test check bench deploy openapi chromium

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

run: $(APP_READY) $(EMULATOR_READY) $(WEB_BUILT) ## start everything on this machine; Ctrl-C stops it, data stays
	@$(LOCAL) run

up: $(APP_READY) $(EMULATOR_READY) $(WEB_BUILT) ## the same in the background
	@$(LOCAL) up

down: $(APP_READY) ## stop what `up` started; data stays
	@$(LOCAL) down

clean: $(APP_READY) ## stop and forget the local stack with all its data
	@$(LOCAL) clean

status: $(APP_READY) ## what runs, and where
	@$(LOCAL) status

demo: $(APP_READY) ## walk through the whole story over HTTP, on the stack that runs
	@$(LOCAL) demo

check: $(APP_READY) $(WEB_READY) ## linters and types
	$(BIN)/ruff format --check $(PYTHON_CODE)
	$(BIN)/ruff check $(PYTHON_CODE)
	$(BIN)/mypy
ifdef WEB_READY
	npm --prefix web run check
endif

test: check $(EMULATOR_READY) ## everything: checks, unit tests, tests of the deployed stack, the page's tests
	$(BIN)/pytest
ifdef WEB_READY
	npm --prefix web test
endif

$(APP_READY): requirements-dev.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

$(EMULATOR_READY): infra/local/requirements.txt
	$(PYTHON) -m venv .local/emulator-venv
	.local/emulator-venv/bin/pip install --quiet --disable-pip-version-check -r infra/local/requirements.txt
	@touch $@

web/node_modules/.installed: web/package-lock.json
	npm --prefix web ci --no-audit --no-fund
	@touch $@

web/dist/.built: web/node_modules/.installed $(WEB_SOURCES)
	npm --prefix web run build
	@touch $@
