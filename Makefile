# duizhao: every target sets up what it needs on a fresh machine; `make` alone runs the demonstration.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# Tests of two files at a time; PYTEST_ARGS takes anything that pytest takes, such as -k or a file.
PYTEST_ARGS ?= -n 2

.PHONY: setup demo test check bench app images clean
.DEFAULT_GOAL := demo

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit("duizhao needs Python 3.11 or newer; say which with PYTHON=…" if sys.version_info < (3, 11) else 0)'
	@echo "Setting up $(VENV), once; this takes a few minutes …"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $(STAMP)

setup: $(STAMP)

demo: setup
	@$(BIN)/python -m cli.demo

test: check
	$(BIN)/python -m pytest $(PYTEST_ARGS)

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: setup
	$(BIN)/python -m benchmarks

app: setup
	@$(BIN)/python -m cli.demo app

images: setup
	$(BIN)/python docs/make_images.py

clean:
	rm -rf $(VENV) out build *.egg-info
