# Everything starts from a clean clone: each goal gets what it needs first. `make help` lists the goals.
# ARGS are handed on: make run ARGS='demo --contacts 500', make test ARGS='tests/desktop/policy -x'.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
# Without its cache Python would compile the program anew at each of the thousand starts of the tests.
unexport PYTHONDONTWRITEBYTECODE

PY := .venv/bin/python
STAMP := .venv/.installed
TRANSLATIONS := $(patsubst %.ts,%.qm,$(wildcard resources/translations/*.ts))
SCREEN := 1600x1000x24

.PHONY: help install system run test kills bench lint format build translations lock clean

help: ## list the goals
	@sed -nE 's/^([a-z]+):[^#]*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

install: system $(STAMP) translations ## system libraries, .venv, translations: a complete set-up

system: ## install missing system libraries (Qt, fonts, virtual screen)
	@.ci/system

$(STAMP): requirements.lock pyproject.toml .ci/venv | system
	@.ci/venv
	@touch $@

translations: $(TRANSLATIONS) ## compile resources/translations/*.ts

resources/translations/%.qm: resources/translations/%.ts $(STAMP)
	@.venv/bin/pyside6-lrelease -silent $< -qm $@

run: install ## open the window
	@if [ -n "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ]; then exec $(PY) main.py $(ARGS); fi; \
	echo "run: there is no screen (neither DISPLAY nor WAYLAND_DISPLAY is set): the window opens on a virtual one." >&2; \
	exec xvfb-run --auto-servernum --server-args="-screen 0 $(SCREEN)" $(PY) main.py $(ARGS)

test: install ## run the whole test suite, off-screen
	@QT_QPA_PLATFORM=offscreen $(PY) -m pytest -n 2 --dist loadscope --no-loadscope-reorder --max-worker-restart 0 $(ARGS)

kills: install ## kill the sender 200 times; say who was lost or sent to twice, and how soon it resumes
	@$(PY) -m tests.acceptance.kills $(ARGS)

bench: install ## measure messages per second and the longest time the window was blocked
	@.ci/system bench
	@$(PY) -m tests.bench $(ARGS)

lint: install ## formatter, linter, types
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	PYRIGHT_PYTHON_IGNORE_WARNINGS=1 $(PY) -m pyright $(ARGS)

format: install ## format the code and sort the imports
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

build: install ## one-dir program in dist/cadencia
	@.ci/system build
	$(PY) -m PyInstaller --noconfirm --log-level WARN build.spec
	@du -sh dist/cadencia

lock: ## resolve requirements.lock anew from pyproject.toml (needs uv)
	uv pip compile --quiet --no-header --no-emit-index-url --no-emit-find-links --universal --python-version 3.11 \
		--generate-hashes --all-extras --group dev $(ARGS) --output-file requirements.lock pyproject.toml

clean: ## remove what was built, the environment too
	rm -rf .venv build dist *.egg-info .pytest_cache .ruff_cache .hypothesis .coverage htmlcov resources/translations/*.qm
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
