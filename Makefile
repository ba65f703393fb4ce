# Needs Python 3.11 or later, make and a package index; makes its own .venv.
#
#   make brief   the mediator's brief of a real case: in the terminal, and as a web page
#   make test    everything that must hold: style, types, import contracts, tests, coverage, site
#   make check   the quick part of that: style, types, import contracts
#   make bench   speed beside peers on the same cases
#   make docs    the documentation as a site
#   make golden  renew the golden files of the tests; look at the difference before a commit
#   make locale renew the catalogues of the desk's languages: new messages stand untranslated
#   make lock    renew the locked requirements; OPTIONS=--upgrade takes the newest of everything
#   make clean   remove what was built; make distclean removes .venv too

BIN := .venv/bin
PYTHON ?=
export PYTHON

.DEFAULT_GOAL := brief
.PHONY: brief test check bench docs golden locale lock clean distclean

# Asked every time: the script sees in a moment whether .venv is what the locks say, and where.
.venv/ready-run .venv/ready-dev: FORCE
	@sh requirements/environment.sh $(patsubst .venv/ready-%,%,$@)
FORCE:

brief: .venv/ready-run
	@mkdir -p build
	@$(BIN)/goodoffices brief examples/gaza-2025 --html build/gaza-2025.html
	@printf '\nThe same brief as a web page: build/gaza-2025.html\n'

check: .venv/ready-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# The site is built by the tests (tests/house/test_site.py), with every warning an error.
test: check
	@mkdir -p build
	$(BIN)/pytest -n auto --dist worksteal -rs --cov --cov-report=json:build/coverage.json --cov-report=
	$(BIN)/python tests/house/coverage_floor.py build/coverage.json
	@printf '\nmake test: everything passed. Tests left out, if any, are listed above with the reason.\n'

bench: .venv/ready-dev
	$(BIN)/python -m benchmarks

docs: .venv/ready-dev
	$(BIN)/sphinx-build -W --keep-going -n -q -b html docs build/site
	@printf '\nThe documentation: build/site/index.html\n'

golden: .venv/ready-dev
	GOLDEN=renew $(BIN)/pytest tests -k golden
	@git status --short tests

locale: .venv/ready-dev
	$(BIN)/python -m tests.desk.catalogues
	@git status --short src/goodoffices/desk/locale

# uv resolves for every Python and platform at once; its own lock is renewed last.
lock: .venv/ready-run
	@$(BIN)/python -m venv --clear build/lock
	@build/lock/bin/python -m pip install -qq --disable-pip-version-check --no-deps \
	    --require-hashes --requirement requirements/lock.txt
	sh requirements/compile.sh build/lock/bin/uv $(OPTIONS)

clean:
	rm -rf build dist docs/_build .coverage .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find src tests benchmarks docs -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean
	rm -rf .venv
