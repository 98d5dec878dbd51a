#include <string.h>

#include "base/slice.h"
#include "document/formats/front_matter/front_matter.h"
#include "document/writers/markdown_writer.h"

/* A quoted scalar of YAML, in one line. */
static void put_quoted(capsa_buf *out, capsa_slice text) {
  static const char marks[] = "\"\\\n\t\r\f", escapes[] = "\"\\ntrf";
  capsa_buf_putc(out, '"');
  for (size_t i = 0; i < text.len; i++) {
    const char *mark = memchr(marks, text.ptr[i], sizeof marks - 1);
    if (mark) capsa_buf_putc(out, '\\');
    capsa_buf_putc(out, mark ? escapes[mark - marks] : text.ptr[i]);
  }
  capsa_buf_putc(out, '"');
}

static void put_member(capsa_buf *out, const char *lead, const char *name,
                       capsa_slice value) {
  capsa_buf_puts(out, lead);
  capsa_buf_puts(out, name);
  capsa_buf_puts(out, ": ");
  put_quoted(out, value);
}

static void put_locator(capsa_buf *out, capsa_locator *locator) {
  bool open = false;
  const char *name;
  for (size_t i = 0; (name = capsa_locator_name(i)); i++) {
    capsa_slice value = *capsa_locator_field(locator, capsa_slice_of(name));
    if (!value.len) continue;
    if (!open) capsa_buf_puts(out, "locator:\n");
    open = true;
    put_member(out, "  ", name, value);
    capsa_buf_putc(out, '\n');
  }
}

static void put_participant(capsa_buf *out, const capsa_participant *person) {
  capsa_buf_puts(out, "  - ");
  put_member(out, "", "name", person->name);
  capsa_buf_putc(out, '\n');
  if (person->office.len) put_member(out, "    ", "office", person->office);
  if (person->office.len) capsa_buf_putc(out, '\n');
  if (person->side.len) put_member(out, "    ", "side", person->side);
  if (person->side.len) capsa_buf_putc(out, '\n');
}

void capsa_markdown_put_head(capsa_markdown_writer *w) {
  capsa_metadata meta = w->document->metadata;
  capsa_buf head = {0};
  const char *name;
  for (size_t i = 0; (name = capsa_metadata_name(i)); i++) {
    capsa_slice value = *capsa_metadata_field(&meta, capsa_slice_of(name));
    if (!value.len) continue;
    put_member(&head, "", name, value);
    capsa_buf_putc(&head, '\n');
  }
  put_locator(&head, &meta.locator);
  if (meta.participant_count) capsa_buf_puts(&head, "participants:\n");
  for (size_t i = 0; i < meta.participant_count; i++)
    put_participant(&head, &meta.participants[i]);
  if (head.len) {
    capsa_buf_puts(&w->out, "---\n");
    capsa_buf_put(&w->out, capsa_buf_view(&head));
    capsa_buf_puts(&w->out, "---\n");
  }
  w->out.failed |= head.failed;
  capsa_buf_free(&head);
}
