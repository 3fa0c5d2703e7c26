# Two commands do it all on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.PHONY: demo test check acceptance docs folds eval bench bench-million audit faults fuzz load clean

demo: $(READY)
	@mkdir -p .demo
	@$(BIN)/trustanswer fill questionnaires/bank.xlsx --out .demo/bank.filled.xlsx --json .demo/bank.json
	@echo
	@$(BIN)/python docs/show.py .demo/bank.filled.xlsx .demo/bank.json

test: $(READY)
	$(BIN)/python -m pytest

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Needs Debian's libreoffice-calc and poppler-utils; QUESTIONNAIRES=DIR:DIR fills other folders too.
acceptance: $(READY)
	$(BIN)/python -m pytest tests/acceptance/libreoffice.py

# Trains weights for every fold of the labelled sets, in .folds/; only what has changed since. SHARED
# holds sets that are not the project's own, as benchmarks/training/sets.py names them.
SHARED ?= ../shared
# A batch is freed at once: memory that is kept, not handed back, makes training a fifth faster.
KEPT = glibc.malloc.mmap_threshold=4294967296:glibc.malloc.trim_threshold=8589934592
folds: $(READY)
	GLIBC_TUNABLES=$(KEPT):glibc.malloc.top_pad=268435456 $(BIN)/python -m benchmarks.training.folds --shared $(SHARED)

# Measures what was held out with the weights of each fold, and writes it into docs/benchmark.md.
eval: $(READY)
	$(BIN)/python -m benchmarks.evaluate --shared $(SHARED)

# Known faults of the dependencies (asks PyPI), and risky patterns in our own code.
audit: $(READY)
	$(BIN)/bandit --quiet --recursive trustanswer --configfile pyproject.toml
	$(BIN)/pip-audit --skip-editable --progress-spinner off

# Two hundred deaths by kill -9 at random moments; ten of them, and all other faults, are in `test`.
faults: $(READY)
	$(BIN)/python -m pytest tests/faults/kills.py tests/faults/test_faults.py

# SECONDS=600 SEED=2 for another length, another run; what is found goes to tests/fuzz/corpus.
SECONDS ?= 180
SEED    ?= 1
fuzz: $(READY)
	$(BIN)/python -m tests.fuzz.driver --seconds $(SECONDS) --seed $(SEED)

# 50 reviewers on 2,000 rows for a minute; the figures go into the page.
load: $(READY)
	$(BIN)/python -m benchmarks.load --seconds 60 --write docs/benchmark.md

# Medians of five; an hour on two cores. ROUNDS=1 gives a first look.
ROUNDS ?= 5
bench: $(READY)
	$(BIN)/python -m benchmarks.speed --rounds $(ROUNDS)

# A million statements in PostgreSQL with pgvector; an hour on two cores.
STATEMENTS ?= 1000000
bench-million: $(READY)
	$(BIN)/python -m benchmarks.million --statements $(STATEMENTS) --write

docs: $(READY)
	$(BIN)/python -m typer trustanswer.cli utils docs --name trustanswer --output docs/cli.md

# PyTorch first and by plain pip: a resolver that meets it as somebody's dependency fetches
# gigabytes of CUDA libraries that nothing here uses.
$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check torch==2.13.0
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	$(BIN)/python -m compileall -q trustanswer  # what pip does for all but an editable install
	@touch $(READY)

clean:
	rm -rf $(VENV) .demo build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
