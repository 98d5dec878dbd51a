#include <stdio.h>

#include "cli/cli.h"

int capsa_cli_fail(const char *what, const char *advice) {
  fflush(stdout); /* so that both come in the order in which they happened */
  fputs("capsa: ", stderr);
  capsa_cli_put_inline_to(stderr, capsa_slice_of(what));
  fprintf(stderr, ": %s\n", advice);
  return CAPSA_EXIT_FAILED;
}

int capsa_cli_fail_status(const char *what, capsa_status st) {
  return capsa_cli_fail(what, capsa_status_text(st));
}

int capsa_cli_fail_document(const char *name, capsa_status st) {
  if (st != CAPSA_ENOTFOUND) return capsa_cli_fail_status(name, st);
  return capsa_cli_fail(
      name, "no document is called that; capsa list shows the names");
}

int capsa_cli_fail_usage(const capsa_cli_command *command, const char *what,
                         const char *problem) {
  fprintf(stderr, "capsa: %s: %s; capsa help %s explains\n", what, problem,
          command->name);
  return CAPSA_EXIT_USAGE;
}

bool capsa_cli_open(const char *path, capsa_library **library) {
  capsa_status st = capsa_library_open(path, false, library);
  if (st == CAPSA_ENOTFOUND)
    capsa_cli_fail(path, "there is no such library; capsa add makes one");
  else if (st) capsa_cli_fail_status(path, st);
  return !st;
}

void capsa_cli_put_text(capsa_slice text) {
  fwrite(text.ptr, 1, text.len, stdout);
  if (!text.len || text.ptr[text.len - 1] != '\n') putchar('\n');
}

void capsa_cli_put_inline_to(FILE *out, capsa_slice text) {
  for (size_t i = 0; i < text.len; i++) {
    unsigned char c = (unsigned char)text.ptr[i];
    putc(c < ' ' || c == 0x7F ? ' ' : c, out);
  }
}

void capsa_cli_put_inline(capsa_slice text) {
  capsa_cli_put_inline_to(stdout, text);
}

void capsa_cli_put_place(capsa_slice title, uint32_t turn,
                         capsa_slice speaker) {
  putchar('[');
  capsa_cli_put_inline(title);
  if (turn) printf(" · turn %u", (unsigned)turn);
  if (speaker.len) fputs(" · ", stdout);
  capsa_cli_put_inline(speaker);
  puts("]");
}
