# The only thing to know: `make help`. Every target brings what it needs (scripts/install, scripts/system) and costs
# nothing the second time.

PORT ?= 8000
HOST ?= 127.0.0.1
PYTHON := .venv/bin/python
export PORT HOST

.DEFAULT_GOAL := help
.PHONY: help demo run test check format bench docs messages vendor clean

help: ## Say what there is to make
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-9s %s\n", $$1, $$2}' Makefile

demo: .venv/.run-ready ## Play the year of the story on a simulated clock, in var/
	@scripts/system pdf qpdf
	@$(PYTHON) -m scripts.demo

run: .venv/.run-ready ## Serve the demo with its worker on http://HOST:PORT (127.0.0.1:8000); Ctrl-C stops both
	@scripts/system pdf
	@$(PYTHON) -m scripts.run

test: .venv/.ready ## Run the whole suite on SQLite and on PostgreSQL
	@scripts/system pdf qpdf chromium poppler gettext clamav
	@$(PYTHON) -m scripts.test $(ARGS)

check: .venv/.ready ## Lint, format, dependency law, migrations, generated docs, translations, licences, house rules
	@scripts/system pdf gettext
	@$(PYTHON) -m scripts.check

format: .venv/.ready ## Put code and templates in the format that check wants
	@$(PYTHON) -m scripts.check mend

bench: .venv/.ready ## Measure what we promise, as ratios, into var/bench.json
	@scripts/system pdf
	@$(PYTHON) -m bench.run $(ARGS)

docs: .venv/.ready ## Write the docs that are generated from the code
	@scripts/system pdf
	@DJANGO_SETTINGS_MODULE=tests.settings $(PYTHON) manage.py lifecycles

messages: .venv/.ready ## Collect the texts to translate and compile the translations
	@scripts/system gettext
	@$(PYTHON) -m scripts.messages

vendor: ## Fetch the front-end assets again and write their manifest
	@scripts/system node
	@scripts/vendor_frontend

clean: ## Remove caches and what was installed here; var/ stays
	@rm -rf .venv .venv-uv .pytest_cache .ruff_cache .import_linter_cache .hypothesis node_modules
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Without the groups for testing and checking: what production runs.
.venv/.run-ready: uv.lock pyproject.toml scripts/install
	@scripts/install run

.venv/.ready: uv.lock pyproject.toml scripts/install
	@scripts/install all
