#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

typedef struct request {
  const char *name;
  uint32_t turn;
  capsa_style style;
  bool any_style; /* none was asked for */
  capsa_form form;
} request;

/* RIS lines end with CR LF, the last one too. */
static void put_citation(capsa_slice text, capsa_form form) {
  fwrite(text.ptr, 1, text.len, stdout);
  fputs(form == CAPSA_FORM_RIS ? "\r\n" : "\n", stdout);
}

static int fail_turn(const request *r, const capsa_document *document) {
  char what[32], advice[64];
  snprintf(what, sizeof what, "turn %u", (unsigned)r->turn);
  if (!document->turns)
    return capsa_cli_fail(what, "the document has none; leave --turn out");
  snprintf(advice, sizeof advice, "the document has turns 1 to %u",
           (unsigned)document->turns);
  return capsa_cli_fail(what, advice);
}

static int cite(capsa_library *library, request *r, capsa_arena *arena) {
  capsa_document document;
  capsa_slice name, text;
  capsa_status st = capsa_cli_find_document(library, r->name, arena, &name);
  if (!st) st = capsa_library_read(library, name, arena, &document);
  if (st) return capsa_cli_fail_document(r->name, st);
  bool own = document.metadata.citation.len;
  if (r->any_style && !own) r->style = CAPSA_STYLE_CHICAGO_NOTE;
  st = capsa_cite(&document, r->turn, r->style, r->form, arena, &text);
  if (st == CAPSA_ENOTFOUND && r->turn && (own || r->style))
    return fail_turn(r, &document);
  if (st == CAPSA_ENOTFOUND)
    return capsa_cli_fail(r->name, "the archive gives no citation for it; use "
                                   "--style chicago-note");
  if (st) return capsa_cli_fail_status(r->name, st);
  put_citation(text, r->form);
  return CAPSA_EXIT_DONE;
}

static int read_request(const capsa_cli_arguments *arguments, request *r) {
  *r =
      (request){.name = arguments->operands[1], .any_style = !arguments->style};
  if (arguments->style)
    r->style = capsa_style_find(capsa_slice_of(arguments->style));
  if (r->style == CAPSA_STYLE_COUNT)
    return capsa_cli_fail_usage(&capsa_cmd_cite, arguments->style,
                                "there is no such style");
  if (arguments->to) r->form = capsa_form_find(capsa_slice_of(arguments->to));
  if (r->form == CAPSA_FORM_COUNT)
    return capsa_cli_fail_usage(&capsa_cmd_cite, arguments->to,
                                "there is no such output");
  return capsa_cli_read_number("--turn", arguments->turn, 1, UINT32_MAX,
                               &r->turn);
}

static int run(const capsa_cli_arguments *arguments) {
  request r;
  int code = read_request(arguments, &r);
  if (code) return code;
  capsa_library *library;
  if (!capsa_cli_open(arguments->operands[0], &library))
    return CAPSA_EXIT_FAILED;
  capsa_arena *arena = capsa_arena_new();
  code = arena ? cite(library, &r, arena)
               : capsa_cli_fail_status("cite", CAPSA_ENOMEM);
  capsa_library_close(library);
  capsa_arena_free(arena);
  return code;
}

const capsa_cli_command capsa_cmd_cite = {
    .name = "cite",
    .operands = "LIBRARY DOCUMENT",
    .options = "[--turn N] [--style archive|chicago-note] [--to text|html|ris]",
    .summary = "cite a document, or a turn of it",
    .help =
        "archive is the archive's own citation, word for word, and what is\n"
        "printed where the record has one; else it is chicago-note, a note\n"
        "after the Chicago Manual of Style made from what the record says.\n"
        "ris is for reference managers, whatever the style. --turn N adds\n"
        "the turn and its speaker.\n",
    .operands_min = 2,
    .operands_max = 2,
    .run = run,
};
