#include <string.h>

#include "cli/cli.h"

bool capsa_cli_is_view(const char *to) {
  return !strcmp(to, "json") || !strcmp(to, "html") || !strcmp(to, "text") ||
         !strcmp(to, "markdown") || !strcmp(to, "tei");
}

static capsa_status write_view(const capsa_document *document, const char *to,
                               capsa_arena *arena, capsa_slice *out) {
  if (!strcmp(to, "html")) return capsa_document_to_html(document, arena, out);
  if (!strcmp(to, "text")) return capsa_document_to_text(document, arena, out);
  if (!strcmp(to, "markdown"))
    return capsa_document_to_markdown(document, arena, out);
  if (!strcmp(to, "tei")) return capsa_document_to_tei(document, arena, out);
  return capsa_document_to_json(document, false, arena, out);
}

int capsa_cli_put_document(const capsa_document *document, const char *to,
                           capsa_arena *arena) {
  capsa_slice text;
  capsa_status st = write_view(document, to, arena, &text);
  if (st) return capsa_cli_fail_status("the output", st);
  capsa_cli_put_text(text);
  return CAPSA_EXIT_DONE;
}
