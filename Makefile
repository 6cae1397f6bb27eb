# Everything a fresh machine needs is set up by the first target that needs it.
PYTHON ?= python3
VENV ?= .venv
DEVICE ?= cpu
BARE_ROOT ?= build/bare-root
BIN = $(VENV)/bin
# Some containers set it. Every start of the program would then compile what it imports, 4 s with torch.
unexport PYTHONDONTWRITEBYTECODE
# macOS 11 to 13 has versions of its own.
VERSIONS := requirements$(if $(filter 11.% 12.% 13.%,$(shell sw_vers -productVersion 2>/dev/null)),-macos-11)
LOCK = $(VERSIONS).lock
TEST_LOCK = $(VERSIONS)-test.lock
READY = $(VENV)/.ready-$(shell cksum $(LOCK) pyproject.toml | cksum | cut -d' ' -f1)
READY_TO_TEST = $(READY)-$(shell cksum $(TEST_LOCK) | cut -d' ' -f1)-test
# uv where it is installed, else pip. Neither compiles all packages to bytecode: Python compiles what is
# used when it is used, a tenth of the time (docs/speed.md).
UV_INSTALLED := $(shell command -v uv)
PIP = $(if $(UV_INSTALLED),uv pip install --python $(BIN)/python --index-strategy unsafe-best-match,\
  $(BIN)/python -m pip install --no-compile --disable-pip-version-check)
# On Linux, PyPI's torch is the CUDA build, several GB; PyTorch's own index has the small one. It is
# used where it answers; CPU_TORCH= (nothing) does not ask.
CPU_TORCH ?= https://download.pytorch.org/whl/cpu
CPU_INDEX = import sys, urllib.request; \
  sys.platform == "linux" and urllib.request.urlopen("$(CPU_TORCH)/torch/", timeout=5) \
  and print("--extra-index-url $(CPU_TORCH)")
UV = uv pip compile --quiet --universal --python-version 3.11 --no-annotate --no-header \
  --override lock-overrides.txt --constraint lock-constraints.txt pyproject.toml
OLD_MACOS = $(subst lock-constraints.txt,lock-macos-11.txt,$(UV))
NEWER = '^(av|onnxruntime|setuptools|torch)=='
PLATFORMS = x86_64-manylinux_2_28 aarch64-manylinux_2_28 x86_64-pc-windows-msvc aarch64-apple-darwin
# openai-whisper, pure Python, comes as source.
WHEELS = echo "wheels of $(1) for $(2), Python $(4) (macOS: from $(3))"; \
  sed '/^openai-whisper/d' $(1) | MACOSX_DEPLOYMENT_TARGET=$(3) uv pip compile --quiet --no-build \
  --no-deps --python-platform $(2) --python-version $(4) -o /dev/null - || exit 1
NEVER = "s/ or sys_platform == 'never'//; s/([^()]* and sys_platform == 'never') or //; /sys_platform == 'never'/d"

.PHONY: app app-smoke check-wheels demo demo-class test quick setup setup-test check lint types model example-vectors lock clean

demo: setup  ## One whole rehearsal; a recording speaks for you
	$(BIN)/rehearse --home $(VENV)/demo demo

demo-class: setup  ## The recordings of the repository scored as a class
	$(BIN)/rehearse --home $(VENV)/demo class audio_fixtures --to $(VENV)/demo-class

# TESTS: paths or options of pytest, such as TESTS=tests/calling or TESTS="-k voice".
test: check  ## Lint, types, import contracts, then every test; real-time tests run beside the others
	$(BIN)/python -m pytest -n 2 --dist loadgroup $(TESTS)

# The browser's tests are not even collected: that takes seconds.
quick: check  ## The same without real-time, browser and slow tests: under a minute
	$(BIN)/python -m pytest -n 2 -m "not real_time and not slow" --ignore=tests/web \
	  --durations 5 --durations-min 2 $(TESTS)

check: setup-test
	@$(MAKE) --no-print-directory -j 2 types types-win32 types-darwin lint

lint:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types:
	$(BIN)/mypy

types-%:
	$(BIN)/mypy --platform $* --cache-dir .mypy_cache/$*

model: setup-test  ## Train the scorer's model; DEVICE=cuda on a graphics card (docs/model-card.md)
	$(PIP) --quiet --editable '.[training]' -c $(TEST_LOCK)
	$(BIN)/python -m training.as_call
	$(BIN)/python -m training.train --device $(DEVICE) --jobs 2
	$(BIN)/python -m training.export

setup: $(READY)

$(READY):
	@$(PYTHON) rehearse/machine.py
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "1 of 3: installing torch into $(VENV). With the rest, about 470 MB to download (1.3 GB on"
	@echo "disk), once: some minutes. Should torch come as its CUDA build, it is several GB (see README)."
	@$(PIP) -c $(LOCK) \
	  $$($(BIN)/python -c '$(CPU_INDEX)' 2>/dev/null) torch
	@echo "2 of 3: installing the other packages."
	@$(PIP) --quiet --no-deps -r $(LOCK)
	@echo "3 of 3: installing rehearse."
	@$(PIP) --quiet --no-deps --editable .
	@rm -f $(VENV)/.ready-*
	@touch $@

setup-test: $(READY_TO_TEST)

$(READY_TO_TEST): $(READY)
	@echo "Installing what the tests need."
	@$(PIP) --quiet --no-deps -r $(TEST_LOCK)
	@touch $@

# APP=--quick: a larger archive and .deb, in seconds. SMOKE="--only page ringing": only these checks.
# app-smoke prints all sizes and times.
app: setup  ## The bundle for people without Python, for this computer's system (docs/app.md)
	@$(PIP) --quiet --no-deps -r app/requirements.txt
	$(BIN)/python -m app.build $(APP)

app-smoke: setup-test app  ## Build it, unpack it in a root without Python and use it (Linux, as root)
	$(BIN)/python -m app.smoke dist/rehearse-*.tar.* --root $(BARE_ROOT) $(SMOKE)

example-vectors: setup  ## After editing rehearse/preparing/worked_examples.toml
	$(BIN)/python -m training.example_vectors

lock:  ## Choose new versions (needs uv); commit the result
	$(UV) -o requirements.lock
	sed -i $(NEVER) requirements.lock
	@mkdir -p build
	grep -vE $(NEWER) requirements.lock > build/constraints-macos-11.txt
	$(OLD_MACOS) --constraint build/constraints-macos-11.txt -o requirements-macos-11.lock
	$(UV) --constraint requirements.lock --extra test --extra voices -o requirements-test.lock
	sed -i $(NEVER) requirements-macos-11.lock requirements-test.lock
	grep -vE $(NEWER) requirements-test.lock > build/constraints-macos-11-test.txt
	$(OLD_MACOS) --constraint build/constraints-macos-11-test.txt --constraint requirements-macos-11.lock \
	  --extra test --extra voices -o requirements-macos-11-test.lock
	sed -i $(NEVER) requirements-macos-11-test.lock
	$(MAKE) --no-print-directory check-wheels
	@echo "Before you commit it: .ci/run. New versions could use the network; its pass 4 finds out."

check-wheels:  ## Whether there are wheels for every system that the README names (needs uv)
	@for platform in $(PLATFORMS); do for version in 3.11.2 3.14; do \
	  $(call WHEELS,requirements.lock,$$platform,14.0,$$version); done; done
	@for macos in 11.0 12.0 13.0; do for version in 3.11.2 3.12; do \
	  $(call WHEELS,requirements-macos-11.lock,aarch64-apple-darwin,$$macos,$$version); done; done
	@for macos in 12.0 13.0; do for version in 3.11.2 3.12; do \
	  $(call WHEELS,requirements-macos-11-test.lock,aarch64-apple-darwin,$$macos,$$version); done; done

clean:
	rm -rf $(VENV)
