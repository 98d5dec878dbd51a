/* ris.c -- a record for reference managers.
 *
 * The tags are those that Zotero's RIS translator reads into a manuscript:
 * DB is its Archive, AN the place there, DP the Library Catalog, A4 the
 * translator, CY the place. Lines end with CR LF; a value is one line.
 * A name is written as the record gives it: which part is the family name
 * cannot be known (David Wolff, Deng Xiaoping), and Zotero keeps a name
 * without a comma whole.
 */
#include "base/slice.h"
#include "cite/cite.h"

static void put_value(capsa_buf *out, capsa_slice value) {
  value = capsa_slice_trim(value);
  for (size_t i = 0; i < value.len; i++) {
    char c = value.ptr[i];
    capsa_buf_putc(out, (unsigned char)c < ' ' ? ' ' : c);
  }
}

static void put_field(capsa_buf *out, const char *tag, const char *before,
                      capsa_slice value) {
  if (!value.len) return;
  capsa_buf_putf(out, "%s  - %s", tag, before);
  put_value(out, value);
  capsa_buf_puts(out, "\r\n");
}

/* YYYY/MM/DD/ with empty parts where they are unknown; of a range, its
 * beginning. */
static void put_date(capsa_buf *out, capsa_slice iso) {
  capsa_cited_date date;
  size_t slash = capsa_slice_finds(iso, "/", 0);
  iso = capsa_slice_cut(iso, 0, slash);
  if (iso.len && (iso.ptr[iso.len - 1] == '~' || iso.ptr[iso.len - 1] == '?'))
    iso.len--;
  if (!capsa_cite_read_date(iso, &date)) return;
  capsa_buf_putf(out, "DA  - %04d/", date.year);
  if (date.month) capsa_buf_putf(out, "%02d", date.month);
  capsa_buf_putc(out, '/');
  if (date.day) capsa_buf_putf(out, "%02d", date.day);
  capsa_buf_putf(out, "/\r\nPY  - %04d\r\n", date.year);
}

static void put_notes(const capsa_cited *cited) {
  const capsa_metadata *metadata = &cited->document->metadata;
  put_field(cited->out, "N1", "", metadata->citation);
  if (!metadata->citation.len) {
    put_field(cited->out, "N1", "Copy in ", metadata->copy);
    put_field(cited->out, "N1", "Published in ", metadata->publication);
  }
  if (!cited->turn) return;
  capsa_buf_puts(cited->out, "N1  - ");
  capsa_cite_turn(cited, "Turn");
  capsa_buf_puts(cited->out, "\r\n");
}

void capsa_cite_ris(const capsa_cited *cited) {
  const capsa_metadata *metadata = &cited->document->metadata;
  capsa_buf *out = cited->out;
  capsa_buf_puts(out, "TY  - MANSCPT\r\n");
  put_field(out, "TI", "", metadata->title);
  put_field(out, "A4", "", metadata->translator);
  put_date(out, metadata->date);
  put_field(out, "CY", "", metadata->place);
  put_field(out, "AB", "", metadata->summary);
  put_field(out, "DB", "", metadata->repository);
  if (capsa_cite_has_locator(cited)) {
    capsa_buf_puts(out, "AN  - ");
    capsa_cite_locator(cited, "-");
    capsa_buf_puts(out, "\r\n");
  }
  put_field(out, "DP", "",
            metadata->collection.len ? metadata->collection : metadata->site);
  put_field(out, "LA", "", metadata->language);
  put_notes(cited);
  put_field(out, "UR", "", metadata->source_url);
  capsa_buf_puts(out, "ER  - ");
}
