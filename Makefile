# Capsa, an offline reader for archival documents.
#
#   make run       set up, build and serve the reader on 127.0.0.1 (PORT=8080)
#   make test      everything a change must pass, from a fresh clone on
#
#   make native    build/native: libcapsa.a and the command `capsa` (plain `make`)
#   make wasm      build/wasm: core.mjs and core.wasm, what the reader runs
#   make dist      build/dist: the reader as static files, for any host
#   make unit      the unit tests, natively: seconds
#   make lint      layers, headers, format, types, style
#   make bench     speed and size beside other programs, in ratios
#   make fuzz      the fuzz targets, SECONDS=60 each
#   make torture   power cuts, faults, damage and seeded bugs: a long while
#   make torture-browsers   three browsers killed in the middle of writes, KILLS=200 each
#   make torture-large      a library of MEGABYTES=1024 in two browsers
#   make gallery   pictures of every view in build/gallery
#   make clean     remove build/
#
#   CC=clang       another compiler, in a folder of its own
#   SANITIZE=1     address and undefined-behaviour sanitizers, in build/asan
#   V=1            show the commands
#   SQLITE_TARBALL=/a/file   a newer copy of a source (build-scripts/sources.txt)
#
# One list of sources, two compilers: cc makes $(BUILD), emcc makes build/wasm.

all: native

SHELL    := /bin/bash
.SHELLFLAGS := -e -o pipefail -c
.DELETE_ON_ERROR:
.SECONDARY:
ifeq ($(MAKELEVEL)$(filter -j%,$(MAKEFLAGS)),0)
MAKEFLAGS += -j$(shell nproc 2>/dev/null || echo 2)
endif
MAKEFLAGS += --no-print-directory

# setup puts a Node there where the system's is too old for Vite.
export PATH := $(CURDIR)/build/tools/bin:$(PATH)
# Debian's emcc finds acorn, which it needs from -O2 on, only when told.
export NODE_PATH := /usr/share/nodejs

Q   = $(if $(V),,@)
say = @$(if $(findstring s,$(firstword -$(MAKEFLAGS))),:,printf '  %-6s %s\n')

# ---- what is built

LAYERS   = base text index document store search annotate cite
CORE     = $(foreach layer,$(LAYERS),$(wildcard $(addprefix core/$(layer)/,*.c */*.c */*/*.c)))
CLI      = $(wildcard core/cli/*.c)
BRIDGE   = $(wildcard core/wasm/*.c)
UNIT     = $(wildcard tests/unit/*.c)
BENCH    = $(wildcard tests/bench/*.c)
FUZZ     = $(wildcard tests/fuzz/fuzz_*.c)
TORTURE  = $(wildcard tests/torture/*.c)
STRANGER = $(wildcard tests/torture/stranger*.c)

# By name, since they are not there before they are fetched. Not cmark's
# command, nor its LaTeX, man and XML writers.
SOURCES  = build/sources
SQLITE_C = $(SOURCES)/sqlite/sqlite3.c
CMARK_C  = $(patsubst %,$(SOURCES)/cmark/src/%.c, \
           blocks buffer cmark cmark_ctype commonmark houdini_href_e \
           houdini_html_e houdini_html_u html inlines iterator node \
           references render scanners utf8)
ZLIB_C   = $(patsubst %,$(SOURCES)/zlib/%.c, \
           adler32 crc32 inffast inflate inftrees zutil)
EXPAT_C  = $(patsubst %,$(SOURCES)/expat/expat/lib/%.c, xmlparse xmlrole xmltok)
# The stemmers' C is made, by a compiler that runs here whatever is built.
SNOWBALL = $(SOURCES)/snowball
SNOWBALL_COMPILER = build/tools/snowball
STEMMERS = english russian german french spanish italian portuguese
STEMMER_C = $(STEMMERS:%=build/generated/stemmers/%.c)
SNOWBALL_C = $(SNOWBALL)/runtime/utilities.c $(STEMMER_C)
UNICODE  = $(SOURCES)/unicode/unicode
GENERATED = build/generated
LEXICON  = $(GENERATED)/lexicon_en.inc
FOLDING  = $(GENERATED)/folding.inc

# ---- how

WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wconversion \
           -Wstrict-prototypes -Werror
INCLUDES = -Iinclude -Icore -I$(GENERATED) \
           -isystem $(SOURCES)/sqlite -isystem $(SOURCES)/cmark/src \
           -isystem $(SOURCES)/zlib -isystem $(SNOWBALL) \
           -isystem $(SOURCES)/expat/expat/lib
DEPS     = -MMD -MP

# One connection, one thread, no extensions; temporary tables in memory, since
# the browser's VFS has no unnamed files. The progress handler, interrupt and
# serialize stay in: the core uses them. FTS5 adds up numbers of a hostile file
# until they overflow: -fwrapv gives that a meaning, which it then refuses.
SQLITE_FLAGS = -DSQLITE_ENABLE_FTS5 -DSQLITE_THREADSAFE=0 -DSQLITE_DQS=0 \
  -DSQLITE_TEMP_STORE=3 -DSQLITE_DEFAULT_MEMSTATUS=0 -DSQLITE_USE_ALLOCA \
  -DSQLITE_MAX_EXPR_DEPTH=100 -DSQLITE_LIKE_DOESNT_MATCH_BLOBS \
  -DSQLITE_OMIT_LOAD_EXTENSION -DSQLITE_OMIT_DEPRECATED \
  -DSQLITE_OMIT_SHARED_CACHE -fwrapv

# It adds 0 to NULL where the text of a line is not there yet.
CMARK_FLAGS = -fno-sanitize=pointer-overflow

# Z_SOLO: no files and no malloc of its own; with it zlib copies byte by byte
# unless it is given memcpy.
ZLIB_FLAGS = -std=gnu99 -DZ_SOLO -DHAVE_MEMCPY -include string.h

# XML_DTD brings its limits on amplification. It asks for no random numbers:
# formats/tei/xml.c sets the salt of its hash tables. No context is kept, so that
# it reads our text in place. It adds 0 to NULL where a buffer is not there yet.
EXPAT_FLAGS = -std=gnu99 -fno-sanitize=pointer-overflow -DXML_DTD -DXML_NS -DXML_POOR_ENTROPY \
  -DBYTEORDER=__BYTE_ORDER__

# Its one buffer is that of stems.c: it gets no other memory.
SNOWBALL_FLAGS = -std=gnu99 -Dmalloc=capsa_stems_no_malloc \
  -Drealloc=capsa_stems_no_realloc -Dfree=capsa_stems_no_free

ifdef SANITIZE
CC       := $(if $(filter default,$(origin CC)),$(shell command -v clang || echo cc),$(CC))
BUILD    ?= build/asan
CFLAGS   ?= -O1 -g -fno-omit-frame-pointer \
            -fsanitize=address,undefined -fno-sanitize-recover=all
else
BUILD    ?= build/$(or $(filter-out cc gcc,$(notdir $(CC))),native)
CFLAGS   ?= -O2 -g
endif

# A rule with this file before it runs again when the flags have changed.
define remember
@mkdir -p $(@D)
@cmp -s - $@ <<<'$(subst ','\'',$(1))' || cat >$@ <<<'$(subst ','\'',$(1))'
endef

# ---- native

NATIVE_LIB = $(BUILD)/libcapsa.a
# SQLite first: it takes as long as all the rest.
LIB_OBJS   = $(patsubst %.c,$(BUILD)/%.o,$(SQLITE_C) $(CMARK_C) $(ZLIB_C) $(EXPAT_C) $(SNOWBALL_C) $(CORE))

native: $(NATIVE_LIB) $(if $(CLI),$(BUILD)/capsa) $(if $(UNIT),$(BUILD)/unit)

$(NATIVE_LIB): $(LIB_OBJS) $(BUILD)/objects
	$(say) ar $@
	$(Q)rm -f $@
	$(Q)$(AR) rcs $@ $(LIB_OBJS)

$(BUILD)/capsa: $(CLI:%.c=$(BUILD)/%.o) $(NATIVE_LIB)
$(BUILD)/unit: $(UNIT:%.c=$(BUILD)/%.o) $(NATIVE_LIB)
$(BUILD)/bench: $(BENCH:%.c=$(BUILD)/%.o) $(NATIVE_LIB)
$(BUILD)/capsa $(BUILD)/unit $(BUILD)/bench:
	$(say) link $@
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) $(filter %.o %.a,$^) -lm -o $@

$(BUILD)/%.o: %.c $(BUILD)/flags
	$(say) cc $<
	@mkdir -p $(@D)
	$(Q)$(CC) -std=c11 $(WARNINGS) $(CFLAGS) $(CPPFLAGS) $(INCLUDES) $(DEPS) -c $< -o $@

# Other people's sources: their own warnings are theirs to read.
$(BUILD)/$(SOURCES)/sqlite/%.o: $(SOURCES)/sqlite/%.c $(BUILD)/flags
	$(say) cc $<
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(SQLITE_FLAGS) -w -c $< -o $@

$(BUILD)/$(SOURCES)/cmark/%.o: $(SOURCES)/cmark/%.c $(BUILD)/flags
	$(say) cc $<
	@mkdir -p $(@D)
	$(Q)$(CC) -std=gnu99 $(CFLAGS) $(CMARK_FLAGS) -w -I$(<D) $(DEPS) -c $< -o $@

$(BUILD)/$(SOURCES)/zlib/%.o: $(SOURCES)/zlib/%.c $(BUILD)/flags
	$(say) cc $<
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(ZLIB_FLAGS) -w -c $< -o $@

$(BUILD)/$(SOURCES)/expat/%.o: $(SOURCES)/expat/%.c $(BUILD)/flags
	$(say) cc $<
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(EXPAT_FLAGS) -w -I$(<D) -c $< -o $@

$(BUILD)/$(SNOWBALL)/%.o: $(SNOWBALL)/%.c $(BUILD)/flags
	$(say) cc $<
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(SNOWBALL_FLAGS) -w $(DEPS) -c $< -o $@

$(BUILD)/build/generated/stemmers/%.o: build/generated/stemmers/%.c $(BUILD)/flags
	$(say) cc $<
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(SNOWBALL_FLAGS) -w $(DEPS) -c $< -o $@

# A file that was taken away has to leave the archive too.
$(BUILD)/objects: FORCE
	$(call remember,$(sort $(LIB_OBJS) $(CLI) $(UNIT)))
$(BUILD)/flags: FORCE
	$(call remember,$(CC) $(CFLAGS) $(CPPFLAGS) $(WARNINGS) $(SQLITE_FLAGS) $(CMARK_FLAGS) $(ZLIB_FLAGS) $(EXPAT_FLAGS) $(SNOWBALL_FLAGS))

# ---- wasm
#
# Measured: cmark and the core gain a third by -flto and -mbulk-memory and lose
# by -Oz. SQLite with both and -Os is a tenth to a third faster than with -Oz
# alone for 1 % more bytes; -O2 would add 75 % and show no gain beside it.

WASM      = build/wasm
EM_CFLAGS = -O2 -flto -mbulk-memory
EM_SQLITE = -Os -flto -mbulk-memory -DSQLITE_OS_OTHER=1
WASM_OBJS = $(LIB_OBJS:$(BUILD)/%=$(WASM)/%)

# These words are understood by 3.1.6 and by current versions alike: HEAPU8 has
# to be asked for since 3.1.50, TOTAL_STACK is the old name of STACK_SIZE.
EM_COMMON = -flto -mbulk-memory --js-library core/store/opfs.js \
  -sALLOW_MEMORY_GROWTH -sMEMORY_GROWTH_GEOMETRIC_STEP=0.5 -sTOTAL_STACK=1MB
EM_WEB    = -O2 -sMODULARIZE -sEXPORT_ES6 -sENVIRONMENT=worker,node \
  -sFILESYSTEM=0 -sDYNAMIC_EXECUTION=0 --no-entry \
  -sEXPORTED_FUNCTIONS=_malloc,_free -sEXPORTED_RUNTIME_METHODS=HEAPU8
# The same objects as programs for Node, where the tests run them.
NODE_JS   = build-scripts/node-program.js tests/node-files.js
EM_NODE   = -O1 -sENVIRONMENT=node -sNODERAWFS -sEXIT_RUNTIME \
  $(NODE_JS:%=--pre-js %)

wasm: $(WASM)/core.mjs

$(WASM)/core.mjs: $(WASM_OBJS) $(BRIDGE:%.c=$(WASM)/%.o) \
                  core/store/opfs.js $(WASM)/objects
	$(say) link $@
	$(Q)emcc $(EM_COMMON) $(EM_WEB) $(filter %.o,$^) -o $@

# SQLite and the VFS alone, with a door for plain SQL: tests/bench/store.
$(WASM)/bench-store.mjs: $(WASM_OBJS) $(WASM)/tests/bench/store/sql.o core/store/opfs.js $(WASM)/objects
	$(say) link $@
	$(Q)emcc $(EM_COMMON) $(EM_WEB) $(filter %.o,$^) -o $@

wasm-tests: $(WASM)/capsa.cjs $(WASM)/unit.cjs
$(WASM)/capsa.cjs: $(WASM_OBJS) $(CLI:%.c=$(WASM)/%.o)
$(WASM)/unit.cjs: $(WASM_OBJS) $(UNIT:%.c=$(WASM)/%.o)
$(WASM)/bench.cjs: $(WASM_OBJS) $(BENCH:%.c=$(WASM)/%.o)
$(WASM)/capsa.cjs $(WASM)/unit.cjs $(WASM)/bench.cjs: core/store/opfs.js $(NODE_JS) $(WASM)/objects
	$(say) link $@
	$(Q)emcc $(EM_COMMON) $(EM_NODE) $(filter %.o,$^) -o $@

$(WASM)/%.o: %.c $(WASM)/flags
	$(say) emcc $<
	@mkdir -p $(@D)
	$(Q)emcc -std=c11 $(WARNINGS) $(EM_CFLAGS) $(CPPFLAGS) $(INCLUDES) $(DEPS) -c $< -o $@

$(WASM)/$(SOURCES)/sqlite/%.o: $(SOURCES)/sqlite/%.c $(WASM)/flags
	$(say) emcc $<
	@mkdir -p $(@D)
	$(Q)emcc $(EM_SQLITE) $(SQLITE_FLAGS) -w -c $< -o $@

$(WASM)/$(SOURCES)/cmark/%.o: $(SOURCES)/cmark/%.c $(WASM)/flags
	$(say) emcc $<
	@mkdir -p $(@D)
	$(Q)emcc -std=gnu99 $(EM_CFLAGS) -w -I$(<D) $(DEPS) -c $< -o $@

$(WASM)/$(SOURCES)/zlib/%.o: $(SOURCES)/zlib/%.c $(WASM)/flags
	$(say) emcc $<
	@mkdir -p $(@D)
	$(Q)emcc $(EM_CFLAGS) $(ZLIB_FLAGS) -w -c $< -o $@

$(WASM)/$(SOURCES)/expat/%.o: $(SOURCES)/expat/%.c $(WASM)/flags
	$(say) emcc $<
	@mkdir -p $(@D)
	$(Q)emcc $(EM_CFLAGS) $(EXPAT_FLAGS) -w -I$(<D) -c $< -o $@

$(WASM)/$(SNOWBALL)/%.o: $(SNOWBALL)/%.c $(WASM)/flags
	$(say) emcc $<
	@mkdir -p $(@D)
	$(Q)emcc $(EM_CFLAGS) $(SNOWBALL_FLAGS) -w $(DEPS) -c $< -o $@

$(WASM)/build/generated/stemmers/%.o: build/generated/stemmers/%.c $(WASM)/flags
	$(say) emcc $<
	@mkdir -p $(@D)
	$(Q)emcc $(EM_CFLAGS) $(SNOWBALL_FLAGS) -w $(DEPS) -c $< -o $@

$(WASM)/objects: FORCE
	$(call remember,$(sort $(WASM_OBJS) $(BRIDGE) $(CLI) $(UNIT)))
$(WASM)/flags: FORCE
	$(call remember,$(shell emcc --version | head -n1) $(EM_CFLAGS) $(EM_SQLITE) $(EM_COMMON) $(EM_WEB) $(CPPFLAGS) $(WARNINGS) $(SQLITE_FLAGS) $(CMARK_FLAGS) $(ZLIB_FLAGS) $(EXPAT_FLAGS) $(SNOWBALL_FLAGS))

# ---- sources

# `.ready` is new when something was fetched; the files in it only where they
# are: `;` says that nothing is to be done for them.
$(SQLITE_C) $(CMARK_C) $(ZLIB_C) $(EXPAT_C) $(SOURCES)/scowl/Copyright $(UNICODE)/UnicodeData.txt $(SNOWBALL)/COPYING: $(SOURCES)/.ready ;
$(SNOWBALL)/runtime/utilities.c: $(SOURCES)/.ready ;
$(SOURCES)/.ready: build-scripts/sources.txt build-scripts/get-sources $(SOURCES)/.named
	$(Q)build-scripts/get-sources
	@touch $@
$(SOURCES)/.named: FORCE
	$(call remember,$(foreach v,$(filter %_TARBALL %_SHA256,$(.VARIABLES)),$(v)=$($(v))))

# Our objects include their headers, which must be there before the first -MMD.
$(foreach c,$(CORE) $(CLI) $(BRIDGE) $(UNIT) $(BENCH) $(FUZZ) $(TORTURE),$(BUILD)/$(c:.c=.o) $(WASM)/$(c:.c=.o)): | $(SOURCES)/.ready $(LEXICON) $(FOLDING)

$(LEXICON): build-scripts/lexicon.py core/text/lexicon_endings.inc $(SOURCES)/scowl/Copyright
	$(say) make $@
	@mkdir -p $(@D)
	$(Q)build-scripts/lexicon.py $(SOURCES)/scowl core/text/lexicon_endings.inc >$@

$(FOLDING): build-scripts/folding.py $(UNICODE)/UnicodeData.txt
	$(say) make $@
	@mkdir -p $(@D)
	$(Q)build-scripts/folding.py $(UNICODE) >$@

# Those written with accents are folded first, as the words are.
FOLDED_STEMMERS = german french spanish italian portuguese
$(FOLDED_STEMMERS:%=build/generated/stemmers/%.sbl): build/generated/stemmers/%.sbl: build-scripts/stemmers.py $(SNOWBALL)/COPYING
	@mkdir -p $(@D)
	$(Q)build-scripts/stemmers.py $(SNOWBALL)/algorithms/$*.sbl >$@
build/generated/stemmers/%.sbl: $(SNOWBALL)/COPYING
	@mkdir -p $(@D)
	$(Q)cp $(SNOWBALL)/algorithms/$*.sbl $@
build/generated/stemmers/%.c: build/generated/stemmers/%.sbl $(SNOWBALL_COMPILER)
	$(say) make $@
	$(Q)$(SNOWBALL_COMPILER) $< -o $(basename $@) -utf8 -eprefix snowball_$*_ \
	  -runtime ../../sources/snowball/runtime
$(SNOWBALL_COMPILER): $(SNOWBALL)/COPYING
	$(say) make $@
	@mkdir -p $(@D)
	$(Q)cc -O1 -w $(SNOWBALL)/compiler/*.c -o $@

# ---- the reader

WEB_FILES = $(shell find web -name node_modules -prune -o -type f -print)
MODULES   = web/node_modules/.package-lock.json
PEERS     = tests/bench/node_modules/.package-lock.json
EXAMPLES  = tests/spec/commonmark/node_modules/.package-lock.json
HOSTILE   = tests/web/xss/node_modules/.package-lock.json

dist: build/dist/index.html
build/dist/index.html: $(WASM)/core.mjs $(MODULES) $(WEB_FILES) LICENSE build-scripts/sources.txt
	$(say) vite build/dist
	$(Q)cd web && npm run --silent build -- --logLevel warn
	@touch $@

# npm ci writes that file last.
$(MODULES): web/package.json web/package-lock.json web/.npmrc
	$(say) npm web/node_modules
	$(Q)cd web && npm ci --silent --ignore-scripts
	@touch $@

run:
	@build-scripts/setup build
	@$(MAKE) dist
	@exec node build-scripts/serve.mjs build/dist $(if $(PORT),--port $(PORT))

# ---- checks

unit: $(BUILD)/unit
	@prove --exec $< tests/unit/test_*.c

test:
	@build-scripts/setup test
	@tests/run

lint:
	@tests/run lint

bench: native wasm $(BUILD)/bench $(WASM)/bench.cjs $(WASM)/bench-store.mjs $(PEERS)
	@node tests/bench/run.mjs
$(PEERS): tests/bench/package.json tests/bench/package-lock.json
	$(Q)cd tests/bench && npm ci --silent --ignore-scripts
	@touch $@

# Hostile texts and the sanitizer that judges us, for tests/web/xss.test.js.
$(HOSTILE): tests/web/xss/package.json tests/web/xss/package-lock.json
	$(Q)cd $(dir $(@D)) && npm ci --silent --ignore-scripts
	@touch $@

# The specification's examples, for tests/spec/commonmark/run.py.
$(EXAMPLES): tests/spec/commonmark/package.json tests/spec/commonmark/package-lock.json
	$(Q)cd $(dir $(@D)) && npm ci --silent --ignore-scripts
	@touch $@

gallery: dist
	@node tests/e2e/gallery.mjs
	@echo 'pictures are in build/gallery'

KILLS ?= 200
torture-browsers: dist
	@node tests/torture/browsers.mjs --kills $(KILLS)

MEGABYTES ?= 1024
torture-large: dist
	@node tests/torture/large.mjs --megabytes $(MEGABYTES)

# A target reads bytes and must survive them. What made one fail is kept in
# build/fuzz and belongs into tests/fuzz/corpus/NAME/ when it is repaired.
SECONDS     ?= 60
FUZZ_BUILD   = build/fuzz
FUZZ_NAMES   = $(FUZZ:tests/fuzz/fuzz_%.c=%)
fuzz: fuzz-targets
	@for name in $(FUZZ_NAMES); do echo "fuzz $$name, $(SECONDS) s"; \
	  seeds=$$(ls -d tests/fuzz/corpus/$$name 2>/dev/null || true); \
	  mkdir -p $(FUZZ_BUILD)/corpus/$$name; \
	  $(FUZZ_BUILD)/fuzz_$$name -max_total_time=$(SECONDS) -timeout=20 \
	    -rss_limit_mb=2048 -verbosity=0 -print_final_stats=1 \
	    -artifact_prefix=$(FUZZ_BUILD)/$$name- $(FUZZ_BUILD)/corpus/$$name $$seeds; \
	done
fuzz-targets:
	@$(MAKE) BUILD=$(FUZZ_BUILD) CC=clang CFLAGS='-O1 -g -fno-omit-frame-pointer \
	  -fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=all' \
	  $(FUZZ_NAMES:%=$(FUZZ_BUILD)/fuzz_%)
$(BUILD)/fuzz_library: $(STRANGER:%.c=$(BUILD)/%.o)
$(BUILD)/fuzz_%: $(BUILD)/tests/fuzz/fuzz_%.o $(NATIVE_LIB)
	$(say) link $@
	$(Q)$(CC) $(CFLAGS) -fsanitize=fuzzer $(filter %.o,$^) $(filter %.a,$^) -lm -o $@

# The browser's VFS over a disk in memory, tests/torture/disk.h, in the place
# of opfs.js: SQLite calls it beside its own.
ON_A_TEST_DISK = -DCAPSA_OPFS_ON_A_TEST_DISK \
  -Dsqlite3_os_init=capsa_opfs_init -Dsqlite3_os_end=capsa_opfs_end
TORTURE_OBJS = $(TORTURE:%.c=$(BUILD)/%.o) $(BUILD)/tests/torture/opfs.o
torture: torture-build
	@tests/torture/run --long
torture-build: $(BUILD)/torture
$(BUILD)/torture: $(TORTURE_OBJS) $(NATIVE_LIB)
	$(say) link $@
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) $^ -lm -o $@
$(BUILD)/tests/torture/opfs.o: core/store/opfs.c $(BUILD)/flags
	$(say) cc $@
	@mkdir -p $(@D)
	$(Q)$(CC) -std=c11 $(WARNINGS) $(CFLAGS) $(CPPFLAGS) $(INCLUDES) $(DEPS) $(ON_A_TEST_DISK) -c $< -o $@

clean:
	rm -rf build

-include $(shell find $(BUILD) $(WASM) -name '*.d' 2>/dev/null)

help:
	@sed '/^$$/,$$d; s/^# \{0,1\}//' Makefile

FORCE:
.PHONY: all native wasm wasm-tests dist run unit test bench fuzz fuzz-targets \
        torture torture-build torture-browsers torture-large \
        gallery lint clean help FORCE
