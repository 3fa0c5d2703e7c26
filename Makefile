# Two commands do it all on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.PHONY: demo test check acceptance bench docs clean

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

# Medians of five; an hour on two cores. ROUNDS=1 gives a first look.
ROUNDS ?= 5
bench: $(READY)
	$(BIN)/python -m benchmarks.speed --rounds $(ROUNDS)

docs: $(READY)
	$(BIN)/python -m typer trustanswer.cli utils docs --name trustanswer --output docs/cli.md

# PyTorch first and by plain pip: a resolver that meets it as somebody's dependency fetches
# gigabytes of CUDA libraries that nothing here uses.
$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check torch==2.13.0
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $(READY)

clean:
	rm -rf $(VENV) .demo build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
