# Each target does its own set-up. `make help` lists them.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup build run test test-exports test-python test-report test-slurm test-mpi check-results wheel examples docs install bench bench-peers science science-quick check sanitize fuzz fuzz-coverage format lint clean

# One set of flags for everything, so that programs and tests share one build folder and nothing is built twice.
# `swift test` by itself would build all again with flags of its own: tests are built by `swift build`.
FLAGS := -c release -Xswiftc -enable-testing
CAMBIUM := .build/release/cambium
SOURCES := Package.swift Sources Tests bench/micro Examples/GrowFromTable Examples/GrowInMemory Examples/PredictFromFile Examples/PredictAlone/main.swift

help: ## Say what there is to make
	@sed -nE 's/^([a-z-]+):[^#]*## (.*)/\1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r name what; do \
	  printf 'make %-14s%s\n' "$$name" "$$what"; done

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

# Its Python packages lie in a folder of their own, and are fetched once.
EXPORTS_PYTHON := .build/exports-python/bin/python
test-exports: build ## Export models in every format, run what was written, compare it with the model
	scripts/setup gcc graphviz python3-venv
	@if [ ! -x $(EXPORTS_PYTHON) ] || ! $(EXPORTS_PYTHON) -c 'import jsonschema, numpy, onnx, onnxruntime, sympy' 2>/dev/null; then \
	  python3 -m venv .build/exports-python; \
	  .build/exports-python/bin/pip install -q numpy sympy onnx onnxruntime jsonschema; \
	fi
	$(EXPORTS_PYTHON) scripts/test-exports

# The command is there to be compared with.
test-python: build wheel ## Build the Python wheel, install it where no Swift is, run scikit-learn's checks and the other tests
	scripts/test-python

wheel: ## Build the Python package, .build/python/wheels
	scripts/build-wheel

examples: setup ## Build and run the small programs of Examples
	for example in GrowFromTable GrowInMemory PredictFromFile PredictAlone; do swift build $(FLAGS) --product $$example; done
	mkdir -p .build/examples
	.build/release/GrowFromTable experiments/data/iris.csv .build/examples/iris.json
	.build/release/PredictFromFile .build/examples/iris.json sepal_length=5.1 sepal_width=3.5 petal_length=1.4 petal_width=0.2
	scripts/check-links .build/release/PredictFromFile
	.build/release/GrowInMemory
	.build/release/PredictAlone -2.3 0.568 4.78 3.99 3.17 0.125

docs: build ## Make DocC pages of the library, .build/docs
	scripts/docs

test-report: build ## Run a small experiment, look at its page in a browser: sorting, replay, dark, phone
	scripts/setup chromium chromium-driver python3-selenium
	scripts/test-report

test-slurm: build ## Run experiments as jobs of a Slurm cluster of one node, which is started for it (as root)
	scripts/setup slurm-wlm munge python3
	scripts/test-slurm

test-mpi: build ## Grow networks with several processes over MPI, with a program that is built for it beside the other
	scripts/setup libopenmpi-dev openmpi-bin python3 procps
	swift build $(FLAGS) --traits MPI --scratch-path .build/mpi --product cambium
	scripts/test-mpi

bench: build ## Time commands and kernels, write bench/results/latest.json
	swift build $(FLAGS) --product CambiumBench
	bench/run

bench-peers: bench ## Compare with FANN and scikit-learn too, and add that to the results (CAMBIUM_DATA, 15 to 25 minutes)
	bench/peers/fann --save
	bench/peers/hist-gradient-boosting --save
	bench/peers/scikit-learn-speed --save

science: build ## Run the experiments that say how good growth is, put them beside the goals (CAMBIUM_DATA)
	scripts/science

science-quick: build ## The same with one seed and one split each, in .build/science
	scripts/science --quick

# Manual pages are written by the argument parser's own tool, completions by the command.
PREFIX ?= /usr/local
install: build ## Install the command, its manual pages and completions under PREFIX (default /usr/local)
	swift build $(FLAGS) --product generate-manual
	rm -rf .build/manual && mkdir -p .build/manual
	.build/release/generate-manual $(CAMBIUM) --multi-page --output-directory .build/manual
	install -D -m 755 $(CAMBIUM) $(DESTDIR)$(PREFIX)/bin/cambium
	for page in .build/manual/*.1; do install -D -m 644 -t $(DESTDIR)$(PREFIX)/share/man/man1 $$page; done
	for shell in bash zsh fish; do $(CAMBIUM) --generate-completion-script $$shell >.build/manual/$$shell; done
	install -D -m 644 .build/manual/bash $(DESTDIR)$(PREFIX)/share/bash-completion/completions/cambium
	install -D -m 644 .build/manual/zsh $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_cambium
	install -D -m 644 .build/manual/fish $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/cambium.fish

check: setup lint ## Format, lint strictly, build with warnings as errors, test
	CAMBIUM_STRICT=1 swift build $(FLAGS) --build-tests
	CAMBIUM_STRICT=1 swift test $(FLAGS) --skip-build

check-results: build ## Run a part of an experiment anew and compare it with the table in results
	scripts/check-results

# Leaks are not looked for: XCTest's own would be found.
sanitize: setup ## Test kernels, pools and threads under the address and the thread sanitizer
	@for sanitizer in address thread; do \
	  swift build --sanitize=$$sanitizer --scratch-path .build/$$sanitizer --build-tests; \
	  ASAN_OPTIONS=detect_leaks=0 swift test --sanitize=$$sanitizer --scratch-path .build/$$sanitizer --skip-build \
	    --filter 'Kernel|Pool|Activation|Product|Training|Loss'; \
	done

# What crashes lies in the temporary folder, as cambium-mutated-NAME; a file that asks for more than 8 GiB crashes too.
MUTATIONS ?= 1000000
fuzz: setup ## Read a million damaged model files, and use what can be read (MUTATIONS=1000000)
	swift build $(FLAGS) --build-tests
	ulimit -v 8388608 && CAMBIUM_MUTATIONS=$(MUTATIONS) swift test $(FLAGS) --skip-build --filter MutatedFileTests

# libFuzzer changes files led by the code that they reach. Its build, of all code under the address sanitizer, takes its time.
fuzz-coverage: setup ## The same by libFuzzer, under the address sanitizer; what does harm is left in .build/fuzz
	CAMBIUM_FUZZ=1 swift build -c release --sanitize=address --sanitize=fuzzer --scratch-path .build/fuzz --product CambiumFuzz
	mkdir -p .build/fuzz/corpus
	ASAN_OPTIONS=detect_leaks=0 SWIFT_BACKTRACE=enable=no .build/fuzz/release/CambiumFuzz .build/fuzz/corpus Tests/FuzzSeeds \
	  -runs=$(MUTATIONS) -seed=1 -timeout=10 -rss_limit_mb=2048 -malloc_limit_mb=256 -max_len=100000 \
	  -artifact_prefix=.build/fuzz/ -print_final_stats=1 -verbosity=0

lint: ## Check formatting and style
	swift format lint --strict --parallel --recursive $(SOURCES)

format: ## Format all Swift files in place
	swift format --in-place --parallel --recursive $(SOURCES)

clean: ## Remove what was built
	rm -rf .build
