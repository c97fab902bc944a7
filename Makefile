# make run: install, read the sample package, print its report.   make test: everything the project promises.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# Installed first and by this spelling: where a CPU wheel of it is at hand (190 MB), that one is taken and the lock is
# content with it; from the public index alone it would bring 3 GB of CUDA. Another source: TORCH="torch==… --index-url …".
TORCH ?= torch==2.13.0
# Read for its data files only: its code wants pkg_resources, which setuptools no longer has.
NATASHA := natasha==1.6.0
RUN_PACKAGES := tesseract-ocr tesseract-ocr-rus tesseract-ocr-eng tesseract-ocr-osd
TEST_PACKAGES := $(RUN_PACKAGES) fonts-dejavu fonts-liberation fonts-paratype fonts-noto-core fonts-freefont-ttf \
	fonts-roboto fonts-open-sans
export OMP_THREAD_LIMIT := 1
ifneq ($(wildcard ../shared/data),)
export KAZUS_SHARED ?= $(abspath ../shared)
endif

.PHONY: run setup test quick lint docs example lock clean

run: setup
	$(BIN)/kazus intake --manifest models/samples/manifest.jsonl

setup: $(VENV)/installed
	@sh scripts/system-packages.sh $(RUN_PACKAGES)
	$(BIN)/kazus setup

$(VENV)/installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PIP_INSTALL) $(TORCH)
	$(PIP_INSTALL) -r requirements.lock
	$(PIP_INSTALL) --no-deps $(NATASHA)
	$(PIP_INSTALL) --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/installed-dev: requirements-dev.lock $(VENV)/installed
	$(PIP_INSTALL) -r requirements-dev.lock
	touch $@

test: $(VENV)/installed-dev
	@sh scripts/system-packages.sh $(TEST_PACKAGES)
	$(MAKE) --no-print-directory lint
	$(BIN)/python -m pytest -n 2 --dist worksteal

quick: $(VENV)/installed-dev
	$(BIN)/python -m pytest -m "not slow" -n 2

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

example: $(VENV)/installed-dev
	KAZUS_ENCODER_DIR=$(VENV)/encoder $(BIN)/python -m kazus.sample_report > models/samples/report.txt
	$(BIN)/python -m benchmarks.evidence_picture
	$(BIN)/python -m kazus.documentation

docs: $(VENV)/installed-dev
	$(BIN)/python -m kazus.documentation

COMPILE := $(BIN)/pip-compile --quiet --no-emit-find-links --no-emit-index-url --no-emit-trusted-host --strip-extras \
	--allow-unsafe --all-build-deps --upgrade-package torch==2.13.0

lock:
	$(COMPILE) -o requirements.lock pyproject.toml
	$(COMPILE) --extra dev -c requirements.lock -o requirements-dev.lock pyproject.toml
	@# Without the build's name, so that the lock also installs where only another build of the same version is.
	sed -i 's/^torch==\([0-9.]*\)+cpu$$/torch==\1/' requirements.lock requirements-dev.lock

clean:
	rm -rf $(VENV) kazus-data build *.egg-info
