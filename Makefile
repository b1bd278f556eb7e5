# Tiaowen 条问. `make help` lists the targets.
#
# Everything lives in .venv, in two stages, so that the first answer need not wait for torch:
#   .venv/.core   what `ask`, `build` and `serve` without extras need
#   .venv/.ui     and gradio
#   .venv/.all    and every extra: encoders, tests, gates
# A stamp is renewed when pyproject.toml or constraints.txt is newer, and only after success.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
INDEX  := $${TIAOWEN_INDEX:-index/built}

# The question reaches the program as it was typed: `value` keeps make from expanding a $ in it,
# the shell reads it from the environment, and `--` keeps a leading dash from being an option.
export TIAOWEN_QUESTION := $(value Q)
unexport Q
MAKEOVERRIDES :=

PIP := $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check -c constraints.txt

.PHONY: help ask build ui serve evaluate pictures model lint test check quick crash format clean distclean

help:  ## this list
	@sed -n 's/^\([a-z]*\)[a-z ]*:[^#]*## \(.*\)/  make \1|\2/p' $(firstword $(MAKEFILE_LIST)) \
	| awk -F'|' '{ printf "%-18s %s\n", $$1, $$2 }'

ask: $(VENV)/.core  ## answer one question: make ask Q="…"
	@test -n "$$TIAOWEN_QUESTION" || { echo 'Give a question: make ask Q="…"' >&2; exit 2; }
	@test -e "$(INDEX)" || { echo 'Building the index (once) …' >&2; $(BIN)/tiaowen build >&2; }
	@$(BIN)/tiaowen ask -- "$$TIAOWEN_QUESTION" || { rc=$$?; \
	    test $$rc -eq 3 || exit $$rc; \
	    echo 'Building the index again …' >&2; \
	    $(BIN)/tiaowen build >&2 && $(BIN)/tiaowen ask -- "$$TIAOWEN_QUESTION"; }

build: $(VENV)/.core  ## build the index from corpus/
	@$(BIN)/tiaowen build

ui serve: $(VENV)/.ui  ## the page in the browser (make serve is the same)
	@test -e "$(INDEX)" || { echo 'Building the index (once) …' >&2; $(BIN)/tiaowen build >&2; }
	@$(BIN)/python ui.py

evaluate: $(VENV)/.all  ## score the assistant beside the baselines; report in eval/out/report.html
	@test -e "$(INDEX)" || { echo 'Building the index (once) …' >&2; $(BIN)/tiaowen build >&2; }
	@$(BIN)/python -m eval run --system all --fresh --out eval/out/runs
	@$(BIN)/python -m eval report eval/out/runs/default \
	    $$(ls -d eval/out/runs/*/ | grep -v /default/) --out eval/out/report.html

pictures: $(VENV)/.all  ## take the screenshots in docs/ anew (needs Chromium)
	TIAOWEN_PICTURES=docs $(BIN)/pytest -q tests/test_ui_pages.py -k pictures

model: $(VENV)/.all  ## measure the modes with a language model, with a real small one (1.2 GB, half an hour)
	$(BIN)/python -m eval model --out eval/out/model

lint: $(VENV)/.all  ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/mypy

test check: lint  ## every gate and every test, as CI runs them (make check is the same)
	$(BIN)/pytest

quick: $(VENV)/.all  ## the unit tests alone, without real encoders
	$(BIN)/pytest -q -m 'not slow and not model'

crash: $(VENV)/.all  ## kill a writer 200 times at random; the index must always answer
	@$(BIN)/python -m eval crash

format: $(VENV)/.all  ## let ruff mend what it can
	$(BIN)/ruff check --fix .

clean:  ## remove the built index and caches, keep .venv
	rm -rf index/built build dist eval/out .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -path ./$(VENV) -prune -o -name __pycache__ -type d -exec rm -rf {} +

distclean: clean  ## and .venv
	rm -rf $(VENV) *.egg-info

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null 2>&1 || \
	    { echo '$(PYTHON) is not on this machine. Install Python 3.11 or newer, or name one: make PYTHON=…' >&2; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "Tiaowen needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -V 2>&1). Name another: make PYTHON=…" >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.core: pyproject.toml constraints.txt | $(BIN)/python
	@echo 'Setting up .venv (once; half a minute, 350 MB) …' >&2
	@$(PIP) -e .
	@touch $@

$(VENV)/.ui: $(VENV)/.core
	@echo 'Adding the page to .venv (once) …' >&2
	@$(PIP) -e '.[ui]'
	@touch $@

$(VENV)/.all: $(VENV)/.core
	@echo 'Adding all extras to .venv (once; some minutes, 2 GB) …' >&2
	@$(PIP) -e '.[all]'
	@touch $@ $(VENV)/.ui
