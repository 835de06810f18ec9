# The commands of this project; each installs what it lacks first. `make help` lists them.

.PHONY: help build test soak bench demo install uninstall dist release test-matrix clean
.DEFAULT_GOAL := help

help: ## List these commands
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

build: ## Build the extension into modules/runcloud.so, and the simulator
	@scripts/setup build
	@scripts/build

test: ## Run every check and test
	@scripts/setup build test wordpress
	@scripts/test

soak: ## Look for what only long runs find (SECONDS=60: length of each)
	@scripts/setup build test wordpress
	@scripts/build
	@RUNCLOUD_SOAK_SECONDS="$(or $(SECONDS),60)" scripts/soak

bench: ## Measure, and write docs/performance.md (QUICK=1: three minutes that only show that all of it works)
	@scripts/setup build test wordpress
	@scripts/build
	@QUICK="$(QUICK)" benches/run

demo: ## Map a domain in a WordPress network and watch (KEEP=1: leave it running; EXTENSION=1: the extension alone)
	@scripts/setup build wordpress
	@scripts/build
	@scripts/demo

install: ## Install the built extension into PHP, or upgrade it (PHP_CONFIG=... for another PHP, DESTDIR=... to stage)
	@scripts/install

uninstall: ## Remove the extension from PHP again (PHP_CONFIG=..., DESTDIR=... as for install)
	@scripts/uninstall

dist: ## Pack the release: source, extension for each PHP here, stubs, WordPress plugin (PHP_CONFIGS=...: for these PHPs)
	@scripts/setup build dist
	@scripts/dist

release: ## Make a version: set it everywhere, test, tag (VERSION=1.2.3)
	@scripts/release $(VERSION)

test-matrix: ## Run make test on Debian 12 and 13, in folders of their own (TEST=...: another command; needs root and long)
	@TEST="$(TEST)" scripts/test-matrix

clean: ## Remove everything that was built
	@rm -rf target modules build dist
