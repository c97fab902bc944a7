# make run: install, read the sample package, print its report.   make test: everything the project promises.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
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
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/installed-dev: requirements-dev.lock $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.lock
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
	$(BIN)/python -m kazus.sample_report > models/samples/report.txt
	$(BIN)/python -m benchmarks.evidence_picture
	$(BIN)/python -m kazus.documentation

docs: $(VENV)/installed-dev
	$(BIN)/python -m kazus.documentation

COMPILE := $(BIN)/pip-compile --quiet --no-emit-find-links --no-emit-index-url --no-emit-trusted-host --strip-extras \
	--allow-unsafe --all-build-deps

lock:
	$(COMPILE) -o requirements.lock pyproject.toml
	$(COMPILE) --extra dev -c requirements.lock -o requirements-dev.lock pyproject.toml

clean:
	rm -rf $(VENV) kazus-data build *.egg-info
