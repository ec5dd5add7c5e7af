BIN := .venv/bin
READY := .venv/ready
TRAIN := .venvs/training/bin/python -m training
WORK := build/training
SERVE ?= 1
export DAFT_PROGRESS_BAR := 0
export ORT_DISABLE_TELEMETRY := 1

.PHONY: setup demo check lint types arch docs test test-long fix bench bench-model train lock systems
setup: $(READY)
demo: $(READY)  # a fictional town's exports -> report; SERVE=0 stops there
	sh scripts/system-packages pdf
	$(BIN)/headwater sample build/town
	$(BIN)/headwater report build/town --place "Fjordby (fictional)" --out build/demo \
		--events build/town/diary.csv --gazetteer build/town/gazetteer.csv
	test "$(SERVE)" = 0 || $(BIN)/headwater show build/demo
check: lint types arch docs
lint types arch docs test test-long fix: $(READY)
lint:
	$(BIN)/ruff format --check . && $(BIN)/ruff check .
types:
	$(BIN)/mypy
arch:
	$(BIN)/lint-imports
docs:
	$(BIN)/sphinx-build -q -W docs docs/_build
test: systems
	$(BIN)/pytest -m "not long" -n 2
	sh scripts/with-postgresql $(BIN)/pytest -m "not long" -n 2 tests/portal
test-long: systems
	HEADWATER_EXAMPLES=new $(BIN)/pytest -n 2
	sh scripts/with-postgresql $(BIN)/pytest -n 2 tests/portal
systems:  # what tests need of the system: a browser, fonts, the PDF's libraries, a database
	sh scripts/system-packages pdf browser postgresql
fix:
	$(BIN)/ruff check --fix . && $(BIN)/ruff format .
bench: .venvs/peers/ready $(READY)  # a peer wants the American locale
	sh scripts/system-packages locale
	$(BIN)/python -m bench
bench-model: $(READY)  # accuracy on our functional suite, by family, language and effort
	$(BIN)/python -m bench.model
train: .venvs/training/ready .venvs/peers/ready  # five hours; needs the research data; see training/README.md
	$(TRAIN).linear --work $(WORK)
	$(TRAIN).encoder prepare --work $(WORK)
	for fold in whole a b c d all licensed; do $(TRAIN).encoder teach --work $(WORK) --fold $$fold || exit; done
	$(TRAIN) --work $(WORK)
	$(TRAIN).peer --work $(WORK)
	$(TRAIN).met --work $(WORK)
	$(TRAIN).meanings --work $(WORK)/meanings
lock: $(READY)
	sh scripts/lock

# one hash-pinned, host-free lock each: landscape, portal, development, training, benchmark peers
$(READY): locks/development.txt locks/uv.txt pyproject.toml
	python3 -m venv .venv
	$(BIN)/pip install --quiet --require-hashes --requirement locks/uv.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --requirement locks/development.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	touch $@

.venvs/training/ready: locks/training.txt $(READY)
	python3 -m venv .venvs/training
	$(BIN)/uv pip install --quiet --python .venvs/training/bin/python --require-hashes --requirement locks/training.txt
	$(BIN)/uv pip install --quiet --python .venvs/training/bin/python --no-deps --editable .
	touch $@

.venvs/peers/ready: locks/peers.txt $(READY)
	python3 -m venv .venvs/peers
	$(BIN)/uv pip install --quiet --python .venvs/peers/bin/python --no-deps --require-hashes --requirement locks/peers.txt
	touch $@
