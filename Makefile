# Everything a fresh machine needs is set up by the first target that needs it.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
READY = $(VENV)/.ready-$(shell cksum requirements.lock pyproject.toml | cksum | cut -d' ' -f1)

.PHONY: demo test setup lock check model clean

demo: setup  ## One whole rehearsal; a recording stands in for you
	$(BIN)/rehearse --home $(VENV)/demo call --candidate audio_fixtures/a_strong__piper-joe.flac --no-sound

test: setup check  ## Lint, types, import rules, then every test
	$(BIN)/python -m pytest

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

setup: $(READY)

$(READY):
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0] + ". Name another: make PYTHON=python3.12 ...") if sys.version_info < (3, 11) else None'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV): about 300 MB to download, once (more where torch comes as its CUDA build, see README)."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c requirements.lock torch
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@rm -f $(VENV)/.ready-*
	@touch $@

lock:  ## Choose versions anew (needs uv); commit the result
	uv pip compile --quiet --universal --python-version 3.11 --override lock-overrides.txt \
	  --constraint lock-constraints.txt --extra test --no-annotate --no-header pyproject.toml -o requirements.lock
	sed -i "s/ or sys_platform == 'never'//; s/([^()]* and sys_platform == 'never') or //; /sys_platform == 'never'/d" requirements.lock

clean:
	rm -rf $(VENV)
