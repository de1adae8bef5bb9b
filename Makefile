# Jalons. `make run` needs python3 (3.11 or later) and nothing else; `make help` says the rest.

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes
UV_COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"
STATIC_SOURCES := $(shell find config/static -type f 2>/dev/null)

.PHONY: help run test lint format lock gate bench soak real clean
.DEFAULT_GOAL := help

help: ## dire ce que chaque commande fait
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1\t/' | expand -t 16

run: .venv/run.stamp var/static.stamp ## ouvrir Jalons avec une année de démonstration (PORT=8000)
	@$(BIN)/python manage.py migrate --verbosity 0
	@PORT=$(PORT) $(BIN)/python manage.py demo
	@PORT=$(PORT) JALONS_DEMO=1 JALONS_URL=http://127.0.0.1:$(PORT) exec $(BIN)/python manage.py serve

test: .venv/dev.stamp ## tout éprouver, sur SQLite puis sur PostgreSQL (ARGS="-k mot")
	@$(BIN)/python tests/run.py $(ARGS)

lint: .venv/dev.stamp ## relire le style, les gabarits, les imports et les migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --quiet --lint config workflow cases notifications
	$(BIN)/lint-imports --no-cache
	$(BIN)/python manage.py check
	$(BIN)/python manage.py makemigrations --check --dry-run

format: .venv/dev.stamp ## mettre le code en forme
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/dev.stamp ## mesurer la porte, les pages, les exports, les rappels, les courriers et le service, chacun avec son plancher (DATABASE_URL pour PostgreSQL)
	@$(BIN)/python -m bench.door
	@$(BIN)/python -m bench.pages
	@$(BIN)/python -m bench.exports
	@$(BIN)/python -m bench.reminders
	@$(BIN)/python -m bench.letters
	@$(BIN)/python -m bench.workers

gate: .venv/dev.stamp ## ouvrir chaque page de chaque rôle dans un navigateur, de jour et de nuit
	JALONS_GATE=1 $(BIN)/python -m pytest -m gate -n 2 --no-migrations -s $(ARGS)

soak: .venv/dev.stamp ## éprouver longuement : 100 000 pas au hasard, 200 tours de courses, 50 pannes sur 5 000 rappels, chaque garde éteinte
	JALONS_SOAK=1 $(BIN)/python -m pytest tests/model tests/races tests/faults tests/stories/test_rehearsal_guards.py -q $(ARGS)

real: ## répéter une année sur les données réelles : make real DATA=dossier
	@test -n "$(DATA)" || { echo "Dites où sont les données : make real DATA=dossier" >&2; exit 2; }
	@$(MAKE) --no-print-directory .venv/dev.stamp
	JALONS_DATA="$(abspath $(DATA))" $(BIN)/python -m pytest -m real -s

lock: .venv/dev.stamp ## résoudre de nouveau les dépendances, avec leurs empreintes
	$(UV_COMPILE) pyproject.toml --upgrade --output-file requirements.lock
	$(UV_COMPILE) pyproject.toml --upgrade --group dev --constraint requirements.lock --output-file requirements-dev.lock

clean: ## oublier tout ce que cette machine a fabriqué, données de démonstration comprises
	rm -rf .venv var .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# ── What is built, and only when what it is built from changed ──────────────

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Jalons demande Python 3.11 ou plus récent." >&2; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; echo "Il manque le module venv (Debian : apt install python3-venv)." >&2; exit 1; }

.venv/run.stamp: requirements.lock | .venv/bin/python
	@echo "Installation des dépendances…"
	@$(PIP) --requirement requirements.lock
	@touch $@

.venv/dev.stamp: requirements-dev.lock .venv/run.stamp
	@echo "Installation des outils d'essai…"
	@$(PIP) --requirement requirements-dev.lock
	@touch $@

var/static.stamp: .venv/run.stamp $(STATIC_SOURCES)
	@$(BIN)/python manage.py collectstatic --no-input --verbosity 0
	@touch $@
