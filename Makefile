# Two commands are enough: `make run` to try the application, `make test` to check it.
# The work is done in scripts/; each says in French what it does and what it lacks.

.DEFAULT_GOAL := help
.PHONY: help run reset test lint format bench

help: ## Show these lines
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/^([a-z]+):.*## /make \1\t/'

run: ## Install what is missing, play the demonstration on a new database, start the application
	@bash scripts/run

reset: ## Throw away the data of `make run` (DATA_DIR), and nothing else
	@bash scripts/reset

test: ## Format, lint, types, import contract, migrations, then all tests on PostgreSQL and on SQLite
	@bash scripts/test

lint: ## The same checks as `make test`, without the tests
	@bash scripts/lint

format: ## Put the code in the format that `make lint` asks
	@bash scripts/format

bench: ## Measure (docs/performance.md), on a PostgreSQL of its own
	@bash scripts/bench
