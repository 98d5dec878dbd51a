/* main.c -- runs the suite named by the first argument, or all of them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tap.h"

#if !defined(_WIN32)
#include <unistd.h>
#endif

static int number, failures;
static bool failing;
static const char *skipped;

bool tap_check(bool ok, const char *condition, const char *file, int line) {
  if (!ok) {
    printf("# %s:%d: failed: %s\n", file, line, condition);
    failing = true;
  }
  return ok;
}

bool tap_check_status(capsa_status got, capsa_status want, const char *file,
                      int line) {
  if (got == want) return true;
  printf("# %s:%d: expected %s, got %s\n", file, line, capsa_status_name(want),
         capsa_status_name(got));
  return !(failing = true);
}

bool tap_check_text(capsa_slice got, const char *want, const char *file,
                    int line) {
  if (capsa_slice_equal(got, capsa_slice_of(want))) return true;
  printf("# %s:%d: expected `%s`\n#   got `%.*s`\n", file, line, want,
         (int)got.len, got.ptr ? got.ptr : "");
  return !(failing = true);
}

bool tap_check_number(long long got, long long want, const char *what,
                      const char *file, int line) {
  if (got == want) return true;
  printf("# %s:%d: %s: expected %lld, got %lld\n", file, line, what, want, got);
  return !(failing = true);
}

void tap_skip(const char *why) { skipped = why; }

void tap_run(const char *name, void (*test)(void)) {
  failing = false;
  skipped = NULL;
  test();
  number++;
  failures += failing;
  printf("%s %d - %s", failing ? "not ok" : "ok", number, name);
  if (skipped) printf(" # skip %s", skipped);
  printf("\n");
  fflush(stdout);
}

const char *tap_temporary(const char *name) {
  static char path[512];
  const char *folder = getenv("TMPDIR");
  snprintf(path, sizeof path, "%s/capsa-test-%ld-%s", folder ? folder : "/tmp",
           (long)getpid(), name);
  return path;
}

char *tap_read_file(const char *path, size_t *len) {
  FILE *file = fopen(path, "rb");
  if (!file) return NULL;
  fseek(file, 0, SEEK_END);
  long size = ftell(file);
  rewind(file);
  char *bytes = size < 0 ? NULL : malloc((size_t)size + 1);
  if (bytes) {
    *len = fread(bytes, 1, (size_t)size, file);
    bytes[*len] = '\0';
  }
  fclose(file);
  return bytes;
}

#define SUITE(name) void test_##name(void);
#include "suites.h"
#undef SUITE

static const struct {
  const char *name;
  void (*run)(void);
} suites[] = {
#define SUITE(name) {#name, test_##name},
#include "suites.h"
#undef SUITE
};

/* "tests/unit/test_buf.c" and "buf" both name the suite buf. */
static bool is_named(const char *suite, const char *argument) {
  const char *slash = strrchr(argument, '/');
  const char *base = slash ? slash + 1 : argument;
  if (!strncmp(base, "test_", 5)) base += 5;
  size_t len = strlen(suite);
  return !strncmp(base, suite, len) && (!base[len] || base[len] == '.');
}

int main(int argc, char **argv) {
  for (size_t i = 0; i < sizeof suites / sizeof *suites; i++)
    if (argc < 2 || is_named(suites[i].name, argv[1])) suites[i].run();
  printf("1..%d\n", number);
  if (!number) fprintf(stderr, "unit: no suite called %s\n", argv[1]);
  return failures || !number;
}
