/* cli.h -- what the commands of `capsa` share. A client of include/ only.
 *
 *   capsa_cli_command       a command: its words, its options, its function
 *   capsa_cli_arguments     what was typed behind its name
 *   capsa_cli_fail_*        one line on standard error, and the exit code
 *   capsa_cli_read_file     a file or standard input
 *   capsa_cli_put_*         results on standard output
 *
 * A new command is a file cmd_<name>.c and a row in main.c.
 */
#ifndef CAPSA_CORE_CLI_CLI_H
#define CAPSA_CORE_CLI_CLI_H

#include <stdio.h>

#include "capsa/capsa.h"

/** Exit codes. */
enum { CAPSA_EXIT_DONE = 0, CAPSA_EXIT_FAILED = 1, CAPSA_EXIT_USAGE = 2 };

typedef struct capsa_cli_arguments {
  char **operands;
  int operand_count;
  const char *from, *to, *limit, *turn, *style, *part; /* NULL: not given */
  const char *undo, *redo;
  const char *json, *report, *strict, *no_repair; /* not NULL: given */
  const char *apart, *align, *dry_run, *explain;
} capsa_cli_arguments;

typedef struct capsa_cli_command {
  const char *name;
  const char *operands; /* "LIBRARY FILE..." as in its usage */
  const char *options;  /* "[--to html|text]"; only those in it are accepted */
  const char *summary;  /* a line without a full stop */
  const char *help;     /* lines, each with its line feed */
  int operands_min, operands_max;
  int (*run)(const capsa_cli_arguments *arguments);
} capsa_cli_command;

extern const capsa_cli_command capsa_cmd_parse, capsa_cmd_add, capsa_cmd_list,
    capsa_cmd_show, capsa_cmd_search, capsa_cmd_cite, capsa_cmd_notes,
    capsa_cmd_repairs, capsa_cmd_versions, capsa_cmd_reread, capsa_cmd_examine,
    capsa_cmd_backup, capsa_cmd_restore, capsa_cmd_recover, capsa_cmd_help;

/** All commands in the order of the help, NULL last. */
extern const capsa_cli_command *const capsa_cli_commands[];

/** The command called `name`, or NULL. */
const capsa_cli_command *capsa_cli_find(const char *name);

/**
 * Sort what was typed into operands and options; `argv` is put in order.
 * @return CAPSA_EXIT_DONE, or CAPSA_EXIT_USAGE, and the reason was printed
 */
int capsa_cli_read_arguments(const capsa_cli_command *command, int argc,
                             char **argv, capsa_cli_arguments *out);

/** Read an option's number from `least` to `most`; `out` keeps its value where
 * the option was not given. @return as capsa_cli_read_arguments */
int capsa_cli_read_number(const char *option, const char *text, uint32_t least,
                          uint32_t most, uint32_t *out);

/** Print `capsa: WHAT: ADVICE`. @return CAPSA_EXIT_FAILED */
int capsa_cli_fail(const char *what, const char *advice);
/** The same with the words of a status. */
int capsa_cli_fail_status(const char *what, capsa_status st);
/** The same for a document's name in a library: ENOTFOUND has its own words. */
int capsa_cli_fail_document(const char *name, capsa_status st);
/** Print what was typed wrongly and where help is. @return CAPSA_EXIT_USAGE */
int capsa_cli_fail_usage(const capsa_cli_command *command, const char *what,
                         const char *problem);

/**
 * Read a file whole, or standard input where `path` is "-".
 * @param bytes  gets the content; the caller frees bytes->ptr
 * @return whether it was read; otherwise the reason was printed
 */
bool capsa_cli_read_file(const char *path, capsa_slice *bytes);

/**
 * Call `visit` with each file below the folder `path`, in the order of their
 * names, and with its path from there on. A file that is passed over by its
 * path comes with the reason in `words`. Folders deeper than
 * CAPSA_CLI_FOLDERS_MAX are passed over as well, and links to folders.
 * @return CAPSA_EXIT_DONE, or the worst that `visit` gave
 */
typedef int capsa_cli_visit(void *context, const char *path, const char *words);
int capsa_cli_walk(const char *path, capsa_cli_visit *visit, void *context);
#define CAPSA_CLI_FOLDERS_MAX 32

bool capsa_cli_is_folder(const char *path);

/**
 * Where a part lies, for people: the file's path, and the part's in it, in one
 * line without what could drive a terminal.
 * @return malloc'd; NULL when memory is out
 */
char *capsa_cli_part_name(const char *path, const capsa_part *part);

/** Print on standard output why a file was passed over. */
void capsa_cli_put_passed_over(const char *name, const char *words);

/** The last part of a path; empty for standard input. */
capsa_slice capsa_cli_file_name(const char *path);

/** "standard input" for "-". */
const char *capsa_cli_shown_path(const char *path);

/**
 * Open the library that a command reads.
 * @return whether it is open; otherwise the reason was printed
 */
bool capsa_cli_open(const char *path, capsa_library **library);

/** Is `to` json, html or text? */
bool capsa_cli_is_view(const char *to);

/** Print what was understood of a document and what was done to it, for who
 * proof-reads it. */
void capsa_cli_put_report(FILE *out, const char *name,
                          const capsa_document *document,
                          const capsa_remarks *remarks);

/** Print a remark: a line, and the words concerned below it. */
void capsa_cli_put_remark(FILE *out, const capsa_remark *remark);

/** Print a document in one of these. @return exit code */
int capsa_cli_put_document(const capsa_document *document, const char *to,
                           capsa_arena *arena);

/**
 * The name in `library` that was meant: what was typed, or the only key that
 * begins like it.
 * @return CAPSA_OK, CAPSA_ENOTFOUND, CAPSA_EAMBIGUOUS, storage
 */
capsa_status capsa_cli_find_document(capsa_library *library, const char *typed,
                                     capsa_arena *arena, capsa_slice *out);

/** Print text and end its last line. */
void capsa_cli_put_text(capsa_slice text);

/** Print text in one line: control characters, which could drive a terminal,
 * become spaces. No line feed at the end. */
void capsa_cli_put_inline(capsa_slice text);
void capsa_cli_put_inline_to(FILE *out, capsa_slice text);

/** Print `[title · turn 3 · speaker]` and a line feed. */
void capsa_cli_put_place(capsa_slice title, uint32_t turn, capsa_slice speaker);

/** Print what became of the notes on a text that was read again, and a line
 * feed. */
void capsa_cli_put_notes_of(const capsa_revision *revision);

#endif
