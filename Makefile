# Two commands: make run (the sandbox on this machine) and make test.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
# What the tests run for real; installed where this user may, else the tests say what they skip.
DEBIAN := dovecot-imapd chromium postgresql

LOCK := --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url

.PHONY: run test lint format bench test-model lock packages clean

run: $(VENV)/run
	@$(BIN)/deskhand sandbox

test: $(VENV)/dev packages
	$(BIN)/pytest -n 2 --dist loadfile

lint: $(VENV)/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/dev
	$(BIN)/python -m tests.bench

# The model path against a real small model: DESKHAND_TEST_MODEL names its .gguf file.
test-model: $(VENV)/dev
	@test -d var/modelvenv || $(PYTHON) -m venv var/modelvenv
	@var/modelvenv/bin/pip install --quiet --disable-pip-version-check xllamacpp==2026.10.11549 \
	  || echo "xllamacpp cannot be installed here"
	DESKHAND_TEST_MODEL_PYTHON=var/modelvenv/bin/python $(BIN)/pytest -m model tests/graph/test_real_model.py

$(VENV)/run: requirements.lock pyproject.toml
	@test -d $(VENV) || $(PYTHON) -m venv $(VENV)
	@echo "Setting up the virtual environment, once ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

$(VENV)/dev: tests/requirements.lock $(VENV)/run
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r tests/requirements.lock
	@touch $@

packages:
	@sh tests/packages.sh $(DEBIAN)

lock: $(VENV)/dev
	@$(BIN)/pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile pyproject.toml $(LOCK) -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --group dev -c requirements.lock $(LOCK) -o tests/requirements.lock

clean:
	rm -rf $(VENV) var .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info
