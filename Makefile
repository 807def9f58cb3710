# Each target does its own set-up. `make help` lists them.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup build run test bench bench-peers check sanitize format lint clean

# One set of flags for everything, so that programs and tests share one build folder and nothing is built twice.
# `swift test` by itself would build all again with flags of its own: tests are built by `swift build`.
FLAGS := -c release -Xswiftc -enable-testing
CAMBIUM := .build/release/cambium
SOURCES := Package.swift Sources Tests bench/micro

help: ## Say what there is to make
	@sed -nE 's/^([a-z-]+):[^#]*## (.*)/\1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r name what; do \
	  printf 'make %-12s%s\n' "$$name" "$$what"; done

setup: ## Install the Debian packages that are missing, check for Swift
	@scripts/setup

build: setup ## Build the command, .build/release/cambium
	swift build $(FLAGS) --product cambium

run: build ## Grow networks on real data, compare them with fixed ones, print the table
	$(CAMBIUM) run grown-vs-mlp
	$(CAMBIUM) report grown-vs-mlp

test: setup ## Build and run the tests
	swift build $(FLAGS) --build-tests
	swift test $(FLAGS) --skip-build

bench: build ## Time commands and kernels, write bench/results/latest.json
	swift build $(FLAGS) --product CambiumBench
	bench/run

bench-peers: bench ## Compare with FANN and scikit-learn too, and add that to the results (CAMBIUM_DATA, 15 to 25 minutes)
	bench/peers/fann --save
	bench/peers/hist-gradient-boosting --save
	bench/peers/scikit-learn-speed --save

check: setup lint ## Format, lint strictly, build with warnings as errors, test
	CAMBIUM_STRICT=1 swift build $(FLAGS) --build-tests
	CAMBIUM_STRICT=1 swift test $(FLAGS) --skip-build

# Leaks are not looked for: XCTest's own would be found.
sanitize: setup ## Test kernels, pools and threads under the address and the thread sanitizer
	@for sanitizer in address thread; do \
	  swift build --sanitize=$$sanitizer --scratch-path .build/$$sanitizer --build-tests; \
	  ASAN_OPTIONS=detect_leaks=0 swift test --sanitize=$$sanitizer --scratch-path .build/$$sanitizer --skip-build \
	    --filter 'Kernel|Pool|Activation|Product|Training|Loss'; \
	done

lint: ## Check formatting and style
	swift format lint --strict --parallel --recursive $(SOURCES)

format: ## Format all Swift files in place
	swift format --in-place --parallel --recursive $(SOURCES)

clean: ## Remove what was built
	rm -rf .build
