# `make run` and `make test` are all a newcomer needs; both set everything up first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TOOLS := strace ps ssh-keygen openssl shasum tesseract dovecot pg_ctlcluster systemd-analyze
PACKAGES := strace procps openssh-client openssl perl tesseract-ocr dovecot-imapd postgresql systemd
FIRST := profiles/01-missing-package.yaml
ROUNDS ?= 9
BATCH_ROUNDS ?= 7
PEERS := benchmarks/.peers
NODE := [ -n "$$(command -v npm)" ] || { apt-get update -qq && apt-get install -y -qq --no-install-recommends nodejs npm >/dev/null; }
PAGES ?= 1000
ROWS ?= 1000
SEED ?= 1
SEEDS ?= 20

.PHONY: run test long-test lint check-imports kill-test hostile-test mutation-test batch-test workers-test learn-test widgets exports score-drift score-forms bench profile lock schemas catalogues docs pictures story clean

run: $(VENV)/ready-to-run  ## set up, and run the first example against the replica
	$(BIN)/autofill run $(FIRST)

test: $(VENV)/ready-to-test lint check-imports  ## set up, lint, type-check, check the import rules, run all tests
	@# They start the program some seven hundred times, which need not be compiled each time.
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/pytest -q -m "not long" --numprocesses auto --dist loadfile --no-loadscope-reorder

long-test: $(VENV)/ready-to-test  ## the tests that take minutes each (marked long), and most rows of the long tables; takes three quarters of an hour
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/pytest -q -m long --numprocesses auto --dist loadfile

lint: $(VENV)/ready-to-test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

check-imports: $(VENV)/ready-to-test
	$(BIN)/lint-imports

bench: $(VENV)/ready-to-run $(PEERS)/ready  ## measure against scripts and other tools; 20 minutes; MEMORY=--memory: 30 more
	$(BIN)/python -m benchmarks.run --rounds $(ROUNDS) --batch-rounds $(BATCH_ROUNDS) $(MEMORY)

profile: $(VENV)/ready-to-run  ## where one run's time is, beside the script's; writes benchmarks/PROFILE.md
	$(BIN)/python -m benchmarks.profile

kill-test: $(VENV)/ready-to-test  ## SIGKILL at every point of a real run; takes most of an hour
	$(BIN)/python -m tests.kill.in_chromium

hostile-test: $(VENV)/ready-to-test  ## a thousand hostile pages, put together at random; PAGES=N, SEED=N; takes half an hour
	$(BIN)/python -m tests.hostile.in_chromium --pages $(PAGES) --seed $(SEED)

mutation-test: SEEDS := 300
mutation-test: $(VENV)/ready-to-test  ## run maps on forms that have changed since, by 300 seeds; SEEDS=N; takes a quarter of an hour
	$(BIN)/python -m tests.mutations.in_chromium --seeds $(SEEDS)

batch-test: $(VENV)/ready-to-test  ## a thousand rows in one batch, killed and resumed five times; ROWS=N; takes most of an hour
	$(BIN)/python -m tests.batch.in_chromium --rows $(ROWS)

workers-test: $(VENV)/ready-to-test  ## three workers over 200 inquiries, killed at random, their database cut off once
	$(BIN)/python -m tests.batch.workers_in_chromium

widgets: $(VENV)/ready-to-test  ## fill the real widgets of many libraries (needs nodejs and npm); writes docs/controls.md
	$(NODE)
	cd tests/widgets && npm install --no-package-lock --no-audit --no-fund --legacy-peer-deps --ignore-scripts && node build.mjs
	$(BIN)/python -m tests.widgets.in_chromium

exports: $(VENV)/ready-to-test  ## replay exported recordings by the tools they are for (needs nodejs and npm)
	$(NODE)
	cd tests/interchange/replayed && PUPPETEER_SKIP_DOWNLOAD=1 npm install --no-package-lock --no-audit --no-fund --loglevel=error
	[ -n "$$(command -v chromedriver)" ] || [ -e tests/interchange/replayed/driver ] || (cd tests/interchange/replayed && \
	  apt-get update -qq && apt-get download -qq chromium-driver="$$(dpkg-query -W -f '$${Version}' chromium-headless-shell)" && \
	  dpkg-deb -x chromium-driver_*.deb driver && rm chromium-driver_*.deb)
	PATH="$$PWD/tests/interchange/replayed/driver/usr/bin:$$PATH" $(BIN)/python -m tests.interchange.in_chromium

learn-test: $(VENV)/ready-to-test  ## learn variants of the practice desk, and run the maps that come of it; SEEDS=N
	$(BIN)/python -m tests.journeys.learn_in_chromium --seeds $(SEEDS)

score-forms: $(VENV)/ready-to-test  ## score recognition on labelled forms of other people: FORMS=folder with score.py
	$(BIN)/python -m tests.mapping.score_forms $(FORMS)

score-drift: $(VENV)/ready-to-test  ## score finding controls again after real redesigns: REDESIGNS=folder of pairs
	$(BIN)/python -m tests.mapping.score_drift $(REDESIGNS)

lock: $(VENV)/ready-to-test  ## write the locked dependencies anew (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --no-annotate pyproject.toml --group build --output-file requirements/run.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --no-annotate pyproject.toml --group build --group dev --output-file requirements/dev.txt

schemas: $(VENV)/ready-to-run  ## write the JSON Schemas anew
	$(BIN)/python docs/schemas.py

catalogues: $(VENV)/ready-to-test  ## write the texts to translate anew, and compile what is translated
	$(BIN)/python docs/catalogues.py

docs: $(VENV)/ready-to-test  ## write docs/commands.md anew
	$(BIN)/python docs/commands.py > docs/commands.md

pictures: $(VENV)/ready-to-test  ## make the pictures and the sample recording anew
	$(BIN)/python -m docs.pictures

story: $(VENV)/ready-to-test  ## play the story of a lost parcel whole, and draw its page; takes a minute
	$(BIN)/python -m docs.story
	@echo "The page: docs/story/index.html  The evidence: recordings/story"

clean:
	rm -rf $(VENV)

$(VENV)/bin/pip:
	$(PYTHON) -m venv $(VENV)

$(VENV)/ready-to-run: requirements/run.txt pyproject.toml | $(VENV)/bin/pip
	$(BIN)/pip install --quiet --require-hashes -r requirements/run.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	$(BIN)/autofill install
	touch $@

$(VENV)/ready-to-test: requirements/dev.txt $(VENV)/ready-to-run
	$(BIN)/pip install --quiet --require-hashes -r requirements/dev.txt
	@# What the tests compare autofill with: public tools for evidence, a reader of pictures, a mail server, a database.
	@# They start servers of their own; RUNLEVEL=1 keeps the packages from starting theirs.
	[ "$$(command -v $(TOOLS) | wc -l)" = $(words $(TOOLS)) ] || \
	  [ "$$(id -u)" != 0 ] || { apt-get update -qq && RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive \
	  apt-get install -y -qq --no-install-recommends $(PACKAGES) >/dev/null; }
	touch $@

# What autofill is measured against, away from its own environment. The driver is that of the very browser.
$(PEERS)/ready: benchmarks/peers/package.json benchmarks/peers/requirements.txt
	$(NODE)
	cd benchmarks/peers && PUPPETEER_SKIP_DOWNLOAD=1 npm install --no-package-lock --no-audit --no-fund --loglevel=error
	$(PYTHON) -m venv $(PEERS)/venv
	$(PEERS)/venv/bin/pip install --quiet --requirement benchmarks/peers/requirements.txt
	$(PEERS)/venv/bin/rfbrowser init --skip-browsers >/dev/null
	-apt-get update -qq
	-cd $(PEERS) && apt-get download -qq chromium-driver="$$(dpkg-query -W -f '$${Version}' chromium-headless-shell)" && \
	  dpkg-deb -x chromium-driver_*.deb driver && rm chromium-driver_*.deb
	touch $@
