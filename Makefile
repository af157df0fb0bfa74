# tusklint. `make demo` and `make test` are all a newcomer needs: each installs
# what is missing (Debian packages), builds out of tree in build/, and runs.
#
#   make build            build/tusklint (release)
#   make demo             lint the small application in testdata/demo
#   make test             everything that must hold; what CI runs
#   make test-integration  beside pre-commit, editors, browsers ...; TEST=name
#   make unit fixtures    parts of it;  make fixtures RULE=name  one rule
#   make coverage         lines and branches that the tests run
#   make lint             formatting, dependencies, symbols, shape, clang-tidy,
#                         cppcheck, analyzer
#   make tidy             clang-tidy alone, of what changed
#   make analyze          gcc -fanalyzer, of what changed
#   make bench            speed, beside other programs: docs/benchmarks.md
#   make fuzz TIME=60     each fuzz target for so many seconds; TARGETS=plan,
#                         JOBS=2 of them at a time, SEED=1 the same each time
#   make rule NAME=query/not-in-subquery      skeletons for a new rule
#   make install          PREFIX=/usr/local LIBDIR=PREFIX/lib DESTDIR=
#   make deb              build/tusklint_VERSION_ARCH.deb
#   make clean
#
# VARIANT=debug|asan|tsan|coverage|fuzz builds into build/VARIANT instead.
# WERROR=-Werror makes warnings errors, as CI does.
# PG_QUERY_PREFIX=/opt/libpg_query builds against another libpg_query.

VARIANT ?= release
PREFIX ?= /usr/local
B := build/$(VARIANT)
CC ?= gcc
AR ?= ar

WARNINGS := -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow \
  -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition \
  -Wwrite-strings -Wcast-qual -Wcast-align -Wpointer-arith -Wformat=2 \
  -Wundef -Wvla -Wnull-dereference -Wdouble-promotion -Wimplicit-fallthrough
# What not every compiler or machine has is asked for where there is it.
supported = $(foreach flag,$(1),$(shell $(CC) -Werror $(flag) -x c -c \
  /dev/null -o /dev/null 2>/dev/null && echo '$(flag)'))
HARDEN := -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong \
  -fstack-clash-protection $(call supported,-fcf-protection=full \
  -mbranch-protection=standard)

# Of the program alone: its objects hold code, too, and tests link that.
LTO := $(if $(call supported,-ffat-lto-objects),-flto=auto)

ifeq ($(VARIANT),release)
  OPT := -O3 -g $(LTO) $(if $(LTO),-ffat-lto-objects) $(HARDEN)
  LDOPT := -Wl,-z,relro,-z,now,-z,noexecstack,-z,separate-code -pie \
    $(if $(LTO),-fno-lto)
else ifeq ($(VARIANT),debug)
  OPT := -O0 -g3
else ifeq ($(VARIANT),asan)
  OPT := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined \
    -fno-sanitize-recover=all
  LDOPT := -fsanitize=address,undefined
else ifeq ($(VARIANT),tsan)
  OPT := -O1 -g -fsanitize=thread
  LDOPT := -fsanitize=thread
else ifeq ($(VARIANT),coverage)
  # Threads count at once.
  OPT := -O0 -g --coverage -fprofile-update=atomic
  LDOPT := --coverage
else ifeq ($(VARIANT),fuzz)
  OPT := -O1 -g -fno-omit-frame-pointer \
    -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all \
    -DFUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION
  LDOPT := -fsanitize=address,undefined
else
  $(error VARIANT is release, debug, asan, tsan, coverage or fuzz)
endif

BASE_CFLAGS := -std=c11 -D_GNU_SOURCE $(WARNINGS) $(WERROR) $(OPT) -fPIC \
  -fvisibility=hidden
ifdef PG_QUERY_PREFIX
  PG_INCLUDE := -isystem $(PG_QUERY_PREFIX)/include
  PG_LIBS := -L$(PG_QUERY_PREFIX)/lib -Wl,-rpath,$(PG_QUERY_PREFIX)/lib
endif
# Rules see the public headers alone: that is what keeps them rules.
RULE_CFLAGS := $(BASE_CFLAGS) -Iinclude $(PG_INCLUDE)
SRC_CFLAGS := $(BASE_CFLAGS) -Iinclude -Isrc -I$(B) $(PG_INCLUDE)
# The archive, where there is one, saves start-up and each call through a
# table. What it calls to pack its trees is then ours by name: see sql/graft.h.
ifdef PG_QUERY_PREFIX
  PG_ARCHIVE := $(wildcard $(PG_QUERY_PREFIX)/lib/libpg_query.a)
else
  PG_ARCHIVE := $(wildcard $(shell $(CC) -print-file-name=libpg_query.a))
endif
in_place = -Wl,--wrap=$(1) -Wl,--defsym=__wrap_$(1)=$(2)
IN_PLACE := \
  $(call in_place,pg_query__parse_result__get_packed_size,graft_packed_size) \
  $(call in_place,pg_query__parse_result__pack,graft_pack)
OTHER_LIBS := -lcjson -lyaml -lutf8proc -lz -lzstd -lm -pthread
# Alone: libpg_query carries protobuf-c, and two copies would disagree.
LIBS := $(PG_LIBS) -lpg_query $(OTHER_LIBS)
PROGRAM_LIBS := $(if $(PG_ARCHIVE),$(IN_PLACE) $(PG_ARCHIVE) $(OTHER_LIBS), \
  $(LIBS))
# Caches tell builds apart by what the linker notes of them.
LDFLAGS := $(LDOPT) -Wl,--build-id=sha1

VERSION := $(shell sed -n 's/^\#define TL_VERSION "\(.*\)"/\1/p' \
  include/tusklint/tusklint.h)
# While the version begins with 0, each second number is another interface.
SONAME := libtusklint.so.$(word 1,$(subst ., ,$(VERSION))).$(word 2,$(subst \
  ., ,$(VERSION)))

RULES := $(sort $(wildcard rules/*/*.c))
DOCS := $(RULES:.c=.md)
TESTS := $(sort $(wildcard src/*/*_test.c))
# The program's alone. Sanitizers bring an allocator of their own.
PROGRAM := src/cli/main.c src/cli/memory.c
PROGRAM_OBJECTS := $(B)/src/cli/main.o $(if $(filter release debug,$(VARIANT)), \
  $(B)/src/cli/memory.o)
SOURCES := $(sort $(filter-out %_test.c src/fuzz/% $(PROGRAM), \
  $(wildcard src/*/*.c)))
# The clients of tusklint.h are no part of the library.
CLIENTS := $(filter src/cli/% src/config/% src/lsp/%,$(SOURCES))
CLIENT_OBJECTS := $(CLIENTS:%.c=$(B)/%.o)
LIB_OBJECTS := $(patsubst %.c,$(B)/%.o,$(filter-out $(CLIENTS),$(SOURCES)) \
  $(RULES)) $(B)/registry.o $(B)/page.o
OBJECTS := $(LIB_OBJECTS) $(CLIENT_OBJECTS)
TEST_BINS := $(TESTS:src/%.c=$(B)/test/%)
JUDGED := $(SOURCES) $(PROGRAM) $(TESTS) $(RULES)
TIDY := $(JUDGED:%.c=build/tidy/%.ok)
ANALYZED := $(JUDGED:%.c=build/analyze/%.ok)
HEADERS := $(wildcard include/tusklint/*.h src/*/*.h)

.PHONY: all build shared objects demo test test-integration unit unit-bins \
  fixtures coverage coverage-parts lint tidy analyze bench fuzz fuzz-bins \
  replay-bins install deb clean rule deps deps-test format \
  FORCE
.DELETE_ON_ERROR:

# As many jobs as cores, unless the caller says.
ifeq ($(MAKELEVEL),0)
  MAKEFLAGS += -j$(shell nproc 2>/dev/null || echo 2)
endif

all: build

# Only the release is build/tusklint: another variant must not replace it.
build: deps
	@$(MAKE) --no-print-directory \
	  $(if $(filter release,$(VARIANT)),build/tusklint,$(B)/tusklint)

build/tusklint: $(B)/tusklint
	@cp -f $< $@

$(B)/tusklint: $(PROGRAM_OBJECTS) $(B)/clients.a $(B)/libtusklint.a
	$(CC) $(LDFLAGS) $(OPT) -o $@ $^ $(PROGRAM_LIBS)

$(B)/libtusklint.a: $(LIB_OBJECTS)
	@rm -f $@
	@$(AR) rcs $@ $(LIB_OBJECTS)

$(B)/clients.a: $(CLIENT_OBJECTS)
	@rm -f $@
	@$(AR) rcs $@ $(CLIENT_OBJECTS)

# What the libraries need of each other is theirs: programs name tusklint alone.
$(B)/$(SONAME): $(LIB_OBJECTS)
	@$(CC) $(filter-out -pie,$(LDFLAGS)) -shared -Wl,-soname,$(SONAME) \
	  -Wl,-z,defs -o $@ $(LIB_OBJECTS) $(LIBS)

shared: $(B)/$(SONAME)

# Other flags make other objects.
$(B)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(SRC_CFLAGS)' | cmp -s - $@ || echo '$(CC) $(SRC_CFLAGS)' >$@
FORCE:

$(B)/rules/%.o: rules/%.c $(B)/flags
	@mkdir -p $(@D)
	@echo "  CC    $<"
	@$(CC) $(RULE_CFLAGS) -MMD -MP -c $< -o $@

$(B)/src/%.o: src/%.c $(B)/flags
	@mkdir -p $(@D)
	@echo "  CC    $<"
	@$(CC) $(SRC_CFLAGS) -MMD -MP -c $< -o $@

$(B)/registry.o $(B)/page.o: $(B)/%.o: $(B)/%.c
	@$(CC) $(RULE_CFLAGS) -c $< -o $@

$(B)/registry.c: $(RULES) $(DOCS) ci/registry.sh
	@mkdir -p $(@D)
	@sh ci/registry.sh $(RULES) > $@

# The HTML report's style and script.
PAGE := src/report/html/report.css src/report/html/report.js

$(B)/page.c: $(PAGE) ci/embed.sh
	@mkdir -p $(@D)
	@sh ci/embed.sh html_style=src/report/html/report.css \
	  html_script=src/report/html/report.js > $@

$(B)/test/%: $(B)/src/%.o $(B)/clients.a $(B)/libtusklint.a
	@mkdir -p $(@D)
	@$(CC) $(LDFLAGS) -o $@ $^ $(LIBS) -lcmocka

# Whatever is compiled, nothing linked: for compilers that only judge.
objects: $(OBJECTS) $(PROGRAM:%.c=$(B)/%.o) $(TESTS:%.c=$(B)/%.o)

deps:
	@sh ci/deps-install.sh build

deps-test:
	@sh ci/deps-install.sh test

demo: build
	@sh ci/demo.sh build/tusklint

test: deps-test
	@sh ci/test.sh

test-integration:
	@sh ci/deps-install.sh integration
	@$(MAKE) --no-print-directory build
	@sh ci/integration.sh $(TEST)

unit: deps
	@$(MAKE) --no-print-directory unit-bins
	@sh ci/unit.sh $(TEST_BINS)

unit-bins: $(TEST_BINS)

fixtures: deps-test build
	@python3 ci/fixtures.py --binary $(B)/tusklint $(RULE)

coverage: deps-test
	@$(MAKE) --no-print-directory VARIANT=coverage coverage-parts

coverage-parts: $(B)/tusklint $(TEST_BINS)
	@sh ci/coverage.sh $(TEST_BINS)

lint: deps-test
	@sh ci/check.sh

tidy: $(TIDY)

build/tidy/rules/%.ok: rules/%.c .clang-tidy $(HEADERS)
	@mkdir -p $(@D)
	@sh ci/tidy.sh $< $(filter -I% -D% -std=% -isystem,$(RULE_CFLAGS))
	@touch $@

build/tidy/src/%.ok: src/%.c .clang-tidy $(HEADERS)
	@mkdir -p $(@D)
	@sh ci/tidy.sh $< $(filter -I% -D% -std=% -isystem,$(SRC_CFLAGS))
	@touch $@

analyze: $(ANALYZED)

ANALYZE_INPUTS := ci/analyze.sh ci/analyze.exceptions $(HEADERS)

build/analyze/rules/%.ok: rules/%.c $(ANALYZE_INPUTS)
	@mkdir -p $(@D)
	@sh ci/analyze.sh $< $(filter -I% -D% -std=% -isystem,$(RULE_CFLAGS))
	@touch $@

build/analyze/src/%.ok: src/%.c $(ANALYZE_INPUTS)
	@mkdir -p $(@D)
	@sh ci/analyze.sh $< $(filter -I% -D% -std=% -isystem,$(SRC_CFLAGS))
	@touch $@

# Bare clang: libFuzzer is its own. Objects are instrumented, libpg_query is not.
FUZZ := $(patsubst src/fuzz/fuzz_%.c,build/fuzz/%,$(wildcard src/fuzz/fuzz_*.c))
FUZZ_PARTS := $(filter-out src/fuzz/fuzz_% src/fuzz/replay.c,$(wildcard \
  src/fuzz/*.c))
# The same without a fuzzer, to run on files.
REPLAY := $(FUZZ:build/fuzz/%=$(B)/replay/%)
TIME ?= 60

fuzz:
	@sh ci/deps-install.sh test
	@$(MAKE) --no-print-directory VARIANT=fuzz CC=clang fuzz-bins
	@JOBS=$(JOBS) SEED=$(SEED) sh ci/fuzz.sh $(TIME) $(TARGETS)

fuzz-bins: $(FUZZ)

build/fuzz/%: $(B)/src/fuzz/fuzz_%.o $(FUZZ_PARTS:%.c=$(B)/%.o) \
    $(B)/clients.a $(B)/libtusklint.a
	@$(CC) $(LDFLAGS) -fsanitize=fuzzer -o $@ $^ $(LIBS)

replay-bins: $(REPLAY)

$(B)/replay/%: $(B)/src/fuzz/fuzz_%.o $(B)/src/fuzz/replay.o \
    $(FUZZ_PARTS:%.c=$(B)/%.o) $(B)/clients.a $(B)/libtusklint.a
	@mkdir -p $(@D)
	@$(CC) $(LDFLAGS) -o $@ $^ $(LIBS)

bench:
	@sh ci/deps-install.sh bench
	@$(MAKE) --no-print-directory build
	@sh ci/bench.sh

rule:
	@sh ci/new-rule.sh "$(NAME)"

format:
	clang-format -i $(shell git ls-files '*.c' '*.h')

LIBDIR ?= $(PREFIX)/lib
SHARE := $(DESTDIR)$(PREFIX)/share

install: build
	@$(MAKE) --no-print-directory $(B)/$(SONAME)
	install -D -m 755 build/tusklint $(DESTDIR)$(PREFIX)/bin/tusklint
	install -d $(SHARE)/man/man1 $(SHARE)/bash-completion/completions \
	  $(SHARE)/zsh/site-functions $(SHARE)/fish/vendor_completions.d
	build/tusklint help --man >$(SHARE)/man/man1/tusklint.1
	build/tusklint completion bash >$(SHARE)/bash-completion/completions/tusklint
	build/tusklint completion zsh >$(SHARE)/zsh/site-functions/_tusklint
	build/tusklint completion fish \
	  >$(SHARE)/fish/vendor_completions.d/tusklint.fish
	install -d $(DESTDIR)$(LIBDIR)
	@# What another compiler could not read.
	objcopy --wildcard --remove-section '.gnu.lto_*' \
	  --remove-section '.gnu.debuglto_*' --strip-symbol '__gnu_lto_*' \
	  $(B)/libtusklint.a $(DESTDIR)$(LIBDIR)/libtusklint.a
	chmod 644 $(DESTDIR)$(LIBDIR)/libtusklint.a
	install -m 755 $(B)/$(SONAME) $(DESTDIR)$(LIBDIR)/$(SONAME)
	ln -sf $(SONAME) $(DESTDIR)$(LIBDIR)/libtusklint.so
	install -d $(DESTDIR)$(PREFIX)/include/tusklint
	install -m 644 include/tusklint/*.h $(DESTDIR)$(PREFIX)/include/tusklint/
	install -d $(DESTDIR)$(LIBDIR)/pkgconfig
	sed -e 's|@PREFIX@|$(PREFIX)|' -e 's|@LIBDIR@|$(LIBDIR)|' \
	  -e 's|@VERSION@|$(VERSION)|' -e 's|@LIBS@|$(strip $(LIBS))|' \
	  ci/tusklint.pc.in >$(DESTDIR)$(LIBDIR)/pkgconfig/tusklint.pc

deb: build
	+@sh ci/deb.sh build

clean:
	rm -rf build

-include $(OBJECTS:.o=.d) $(PROGRAM:%.c=$(B)/%.d) $(patsubst %.c,$(B)/%.d,\
  $(TESTS) $(wildcard src/fuzz/*.c))
