# Everything that a person or CI runs. Needs Go and make; tools come pinned.
.DEFAULT_GOAL := help
.PHONY: help build install release release-check rename demo tools tools-browser tools-engine test-engine tools-qemu tools-release processors systems screenshots script test race lint fuzz bench trends incidents generate golden clean

STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.7.0
ACTIONLINT  := github.com/rhysd/actionlint/cmd/actionlint@v1.7.7
PACKAGES    := ./... ./testdata ./testdata/gen ./testdata/bench ./testdata/trends ./testdata/incidents ./testdata/marked
# The S3 server of the tests.
VERSITYGW   := github.com/versity/versitygw/cmd/versitygw@v1.8.0
# DuckDB, for the queries in docs/query.md, and what it needs to hand out times.
DUCKDB      := duckdb==1.5.6 pytz==2025.2
# Trino and its Hive plugin, from Maven Central, for the test of --engine.
TRINO       := 476
TRINO_SUMS  := 0f388f9967c177ae70a47c099082fc95387f0c3cb96d8000d1d41fc3a5223158  trino-server-core-$(TRINO).tar.gz\n\
611bacdb07d9f3cf7b9d47f97ecc76fa2e7ff8bfe8a9728c3d06adc1bfb8662e  trino-hive-$(TRINO).zip\n
MAVEN_COPY  := mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy
# Runs tests, and lists those that were skipped with their reasons.
GOTESTSUM   := gotest.tools/gotestsum@v1.13.0
TESTFORMAT  ?= pkgname
AXE         := 4.14.1
TYPESCRIPT  := 5.9.3
# Packages and the list of parts of a release.
NFPM        := github.com/goreleaser/nfpm/v2/cmd/nfpm@v2.43.4
CYCLONEDX   := github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@v1.10.0
# Systems on which no test runs here.
SYSTEMS     ?= windows/amd64 darwin/arm64
# Executions of each fuzz target: a count, not a time, so that runs compare.
FUZZ        ?= 30000x
# Where `make install` puts things. DESTDIR goes before it, for those who build packages.
PREFIX      ?= /usr/local
SHARED      := man/man1 bash-completion/completions zsh/site-functions fish/vendor_completions.d

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## build bin/trail403
	CGO_ENABLED=0 go build -trimpath -o bin/trail403 ./cmd/trail403

install: build ## install the program, its manual page and completions below PREFIX
	install -d $(DESTDIR)$(PREFIX)/bin $(addprefix $(DESTDIR)$(PREFIX)/share/,$(SHARED))
	install -m 755 bin/trail403 $(DESTDIR)$(PREFIX)/bin/trail403
	bin/trail403 man > $(DESTDIR)$(PREFIX)/share/man/man1/trail403.1
	bin/trail403 completion bash > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/trail403
	bin/trail403 completion zsh > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_trail403
	bin/trail403 completion fish > $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/trail403.fish

release: .tools/nfpm .tools/cyclonedx-gomod .tools/image ## build everything of a release into dist: make release VERSION=v1.2.3
	.release/build "$(VERSION)" $(TARGETS)

release-check: release ## check the release in dist as its users get it: make release-check VERSION=v1.2.3
	.release/check "$(VERSION)"

.tools/nfpm:
	GOBIN=$(CURDIR)/.tools go install $(NFPM)

.tools/cyclonedx-gomod:
	GOBIN=$(CURDIR)/.tools go install $(CYCLONEDX)

.tools/image: .release/image/main.go .release/image/go.mod
	go build -C .release/image -trimpath -o $(CURDIR)/.tools/image .

# Imports are sorted by their path, so gofmt comes last.
rename: ## give the module another path: make rename MODULE=example.org/you/trail403
	@test -n "$(MODULE)" || { echo 'usage: make rename MODULE=example.org/you/trail403'; exit 2; }
	old=$$(go list -m) && grep -rlE "\"$$old/|\[$$old/" --include='*.go' cmd ingest aggregate report testdata | \
		xargs sed -i -E "s#^(\s*(import )?([A-Za-z0-9_.]+ )?\")$$old/#\1$(MODULE)/#; s#\[$$old/#[$(MODULE)/#"
	go mod edit -module $(MODULE)
	gofmt -w cmd ingest aggregate report testdata

demo: build ## report on the demo archive, which is part of the program
	@bin/trail403 demo -o - -o bin/demo.html
	@echo "The same as a page for a browser: bin/demo.html"

tools: .tools/versitygw .tools/duckdb ## install what the tests need into .tools

.tools/versitygw:
	GOBIN=$(CURDIR)/.tools go install $(VERSITYGW)

# The browser tests need Chromium, which Debian packages, and two tools from npm.
tools-browser: ## install Chromium (Debian), axe-core and TypeScript for the tests of the page
	command -v chromium >/dev/null || { apt-get update -q && apt-get install -y -q --no-install-recommends chromium fonts-dejavu-core; }
	npm install --silent --no-audit --no-fund --prefix .tools/npm axe-core@$(AXE) typescript@$(TYPESCRIPT)

# Debian packages an emulator that runs programs for other processors.
tools-qemu: ## install QEMU (Debian), for the tests on other processors
	command -v qemu-s390x >/dev/null || { apt-get update -q && apt-get install -y -q --no-install-recommends qemu-user; }

# Debian packages what a release and its check need beside Go.
tools-release: ## install what make release-check needs (Debian)
	which zip unzip jq file systemd-analyze qemu-aarch64 mmdebstrap rpm >/dev/null || { apt-get update -q && \
		apt-get install -y -q --no-install-recommends zip unzip jq file systemd qemu-user mmdebstrap rpm; }

# The tests that take longest look at the same on all processors, and are left out.
EMULATED := -test.skip 'Exhaustive|TestTablesAreEnough|TestRandomCodes'
processors: ## test the code that depends on the processor: without vectors, ARM64 (NEON), 32 bits, big endian
	go test -tags purego ./ingest/scan
	mkdir -p bin
	GOARCH=arm64 CGO_ENABLED=0 go test -c -o bin/scan-arm64.test ./ingest/scan
	GOARCH=arm CGO_ENABLED=0 go test -c -o bin/inflate-arm.test ./ingest/inflate
	GOARCH=s390x CGO_ENABLED=0 go test -c -o bin/inflate-s390x.test ./ingest/inflate
	cd ingest/scan && qemu-aarch64 $(CURDIR)/bin/scan-arm64.test $(EMULATED)
	cd ingest/inflate && qemu-arm $(CURDIR)/bin/inflate-arm.test $(EMULATED)
	cd ingest/inflate && qemu-s390x $(CURDIR)/bin/inflate-s390x.test $(EMULATED)

# What one system has and another lacks is behind build tags. Compiled is not linked: that takes
# as long for each test as to compile all, and finds nothing more in pure Go.
systems: ## compile the program and all tests for Windows and macOS, and vet them
	@set -e; for system in $(SYSTEMS); do \
		echo "compile for $$system"; \
		export CGO_ENABLED=0 GOOS=$${system%/*} GOARCH=$${system#*/}; \
		go list -test -export $(PACKAGES) > /dev/null; \
		go vet $(PACKAGES); \
	done

tools-engine: .tools/trino ## install Trino for the test of --engine; it needs Maven, and Java 25 to run

.tools/trino:
	rm -rf .tools/trino-new && mkdir -p .tools/trino-new
	$(MAVEN_COPY) -Dartifact=io.trino:trino-server-core:$(TRINO):tar.gz -DoutputDirectory=$(CURDIR)/.tools/trino-new
	$(MAVEN_COPY) -Dartifact=io.trino:trino-hive:$(TRINO):zip -DoutputDirectory=$(CURDIR)/.tools/trino-new
	cd .tools/trino-new && printf '$(TRINO_SUMS)' | sha256sum -c -
	cd .tools/trino-new && tar -xzf trino-server-core-$(TRINO).tar.gz && python3 -m zipfile -e trino-hive-$(TRINO).zip .
	rm .tools/trino-new/*.tar.gz .tools/trino-new/*.zip
	mv .tools/trino-new/trino-hive-$(TRINO) .tools/trino-new/trino-server-core-$(TRINO)/plugin/hive
	mv .tools/trino-new/trino-server-core-$(TRINO) $@ && rmdir .tools/trino-new

test-engine: tools tools-engine ## compare reports of the real Trino, and of Athena's API before it, with those of files
	TRAIL403_ENGINE_FAT=1 go test -count=1 -timeout 20m -v -run TestRealEngine ./cmd/internal/cli

screenshots: ## write screenshots of the page into .tools/screenshots and docs; look at them
	go test -count=1 -timeout 20m -run Screenshots ./report/html/browser -args -screenshots $(CURDIR)/.tools/screenshots
	cp .tools/screenshots/demo-1024-light.png docs/page.png

script: ## check the types of the page's script
	.tools/npm/node_modules/.bin/tsc --noEmit --allowJs --checkJs --strict --target es2022 --lib es2022,dom,dom.iterable report/html/page.js
.tools/duckdb:
	python3 -m venv $@ && $@/bin/pip install --quiet $(DUCKDB) || { rm -rf $@; echo 'without Python 3 and venv, the tests of docs/query.md are skipped'; }

test: tools ## run all tests and say what was skipped; TRAIL403_SHARED=DIR adds those on real trails
	go run $(GOTESTSUM) --format $(TESTFORMAT) -- $(TESTFLAGS) $(PACKAGES)

# With the race detector, each program of the tests would sleep for a second at its end.
race: tools ## run all tests with the race detector
	GORACE=atexit_sleep_ms=10 go test -race -short -timeout 30m $(PACKAGES)

lint: ## format, vet, staticcheck, the workflows in docs, tidy
	@test -z "$$(gofmt -l cmd ingest aggregate report testdata | tee /dev/stderr)" || { echo 'run gofmt -w on these'; exit 1; }
	go vet $(PACKAGES)
	GOARCH=arm64 go vet ./ingest/scan
	go run $(STATICCHECK) $(PACKAGES)
	for page in docs/cron.md docs/github-action/README.md; do \
		sed -n '/^```yaml$$/,/^```$$/p' $$page | sed '/^```/d' | go run $(ACTIONLINT) - || exit 1; \
	done
	bash -n .release/build .release/check .release/licenses .release/changes .release/entries
	go mod tidy -diff
	go mod verify

fuzz: ## run each fuzz target for FUZZ executions
	@set -e; go list -f '{{$$p := .ImportPath}}{{range .TestGoFiles}}{{$$.Dir}}/{{.}} {{$$p}}{{"\n"}}{{end}}' ./... | \
	while read -r file pkg; do \
		for target in $$(sed -n 's/^func \(Fuzz[A-Za-z0-9]*\)(.*/\1/p' "$$file"); do \
			echo "fuzz $$pkg $$target"; \
			go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZ) -fuzzminimizetime 100x "$$pkg"; \
		done; \
	done

bench: build tools ## measure complete runs beside gunzip and DuckDB, on S3, and the parts; writes docs/performance.md
	go run ./testdata/bench -trail403 bin/trail403 -dir .bench -write docs/performance.md
	go test -run '^$$' -bench . -benchtime 1s ./ingest/inflate ./ingest/scan ./ingest/denial ./ingest/change ./ingest/message ./aggregate/trend ./aggregate/incident

trends: ## simulate, and write what was found into docs/statistics.md
	go run ./testdata/trends -seed 1 -write docs/statistics.md

incidents: build ## simulate incidents, and write what was found into docs/incidents.md
	go run ./testdata/incidents -trail403 bin/trail403 -seed 1 -write docs/incidents.md

generate: ## make generated files anew
	go generate $(PACKAGES)

golden: ## rewrite the expected outputs of tests; read the diff
	go test ./cmd/internal/cli ./report ./report/advice ./ingest/paste ./ingest/change -update

clean: ## remove what was built
	rm -rf bin
	go clean -testcache
