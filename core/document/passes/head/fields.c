/* fields.c -- see fields.h.
 *
 * Only names of the table are fields: "Beam:" on the next line is a speaker.
 */
#include "document/passes/head/fields.h"

#include <string.h>

#include "base/slice.h"
#include "document/formats/formats.h"
#include "document/passes/head/citation.h"
#include "document/passes/head/dateline.h"
#include "document/passes/passes.h"
#include "text/chars.h"

/* The longest value of a field in bytes; longer text is prose. */
#define VALUE_MAX 300
#define NAME_MAX 40

static const struct {
  const char *name; /* lower case */
  capsa_field_kind kind;
} fields[] = {
    {"date", CAPSA_FIELD_DATE},
    {"date and time", CAPSA_FIELD_DATE},
    {"date & time", CAPSA_FIELD_DATE},
    {"time and date", CAPSA_FIELD_DATE},
    {"date of meeting", CAPSA_FIELD_DATE},
    {"date of conversation", CAPSA_FIELD_DATE},
    {"date of interview", CAPSA_FIELD_DATE},
    {"interview date", CAPSA_FIELD_DATE},
    {"date of recording", CAPSA_FIELD_DATE},
    {"date recorded", CAPSA_FIELD_DATE},
    {"recorded", CAPSA_FIELD_DATE},
    {"datum", CAPSA_FIELD_DATE},
    {"zeit", CAPSA_FIELD_DATE},
    {"data", CAPSA_FIELD_DATE},
    {"время", CAPSA_FIELD_DATE},
    {"时间", CAPSA_FIELD_DATE},
    {"時間", CAPSA_FIELD_DATE},
    {"fecha", CAPSA_FIELD_DATE},
    {"дата", CAPSA_FIELD_DATE},
    {"日期", CAPSA_FIELD_DATE},
    {"place", CAPSA_FIELD_PLACE},
    {"place of meeting", CAPSA_FIELD_PLACE},
    {"location", CAPSA_FIELD_PLACE},
    {"venue", CAPSA_FIELD_PLACE},
    {"ort", CAPSA_FIELD_PLACE},
    {"lieu", CAPSA_FIELD_PLACE},
    {"lugar", CAPSA_FIELD_PLACE},
    {"место", CAPSA_FIELD_PLACE},
    {"地点", CAPSA_FIELD_PLACE},
    {"地點", CAPSA_FIELD_PLACE},
    {"miejsce", CAPSA_FIELD_PLACE},
    {"luogo", CAPSA_FIELD_PLACE},
    {"place of interview", CAPSA_FIELD_PLACE},
    {"time and place", CAPSA_FIELD_TIME_AND_PLACE},
    {"time & place", CAPSA_FIELD_TIME_AND_PLACE},
    {"place and time", CAPSA_FIELD_TIME_AND_PLACE},
    {"date and place", CAPSA_FIELD_TIME_AND_PLACE},
    {"date & place", CAPSA_FIELD_TIME_AND_PLACE},
    {"place and date", CAPSA_FIELD_TIME_AND_PLACE},
    {"date, time and place", CAPSA_FIELD_TIME_AND_PLACE},
    {"subject", CAPSA_FIELD_SUBJECT},
    {"subjects", CAPSA_FIELD_SUBJECT},
    {"subj", CAPSA_FIELD_SUBJECT},
    {"re", CAPSA_FIELD_SUBJECT},
    {"betreff", CAPSA_FIELD_SUBJECT},
    {"objet", CAPSA_FIELD_SUBJECT},
    {"asunto", CAPSA_FIELD_SUBJECT},
    {"тема", CAPSA_FIELD_SUBJECT},
    {"from", CAPSA_FIELD_FROM},
    {"author", CAPSA_FIELD_FROM},
    {"source", CAPSA_FIELD_SOURCE},
    {"citation", CAPSA_FIELD_SOURCE},
    {"title", CAPSA_FIELD_TITLE},
    {"language", CAPSA_FIELD_LANGUAGE},
    {"original language", CAPSA_FIELD_ORIGINAL},
    {"translated by", CAPSA_FIELD_TRANSLATOR},
    {"translation by", CAPSA_FIELD_TRANSLATOR},
    {"translator", CAPSA_FIELD_TRANSLATOR},
    {"interviewee", CAPSA_FIELD_OTHER},
    {"interviewer", CAPSA_FIELD_OTHER},
    {"interviewed by", CAPSA_FIELD_OTHER},
    {"narrator", CAPSA_FIELD_OTHER},
    {"transcriber", CAPSA_FIELD_OTHER},
    {"transcribed by", CAPSA_FIELD_OTHER},
    {"to", CAPSA_FIELD_OTHER},
    {"cc", CAPSA_FIELD_OTHER},
    {"info", CAPSA_FIELD_OTHER},
    {"via", CAPSA_FIELD_OTHER},
    {"through", CAPSA_FIELD_OTHER},
    {"thru", CAPSA_FIELD_OTHER},
    {"time", CAPSA_FIELD_DATE},
    {"ref", CAPSA_FIELD_OTHER},
    {"refs", CAPSA_FIELD_OTHER},
    {"reference", CAPSA_FIELD_OTHER},
    {"references", CAPSA_FIELD_OTHER},
    {"agenda", CAPSA_FIELD_OTHER},
    {"summary", CAPSA_FIELD_OTHER},
    {"copies to", CAPSA_FIELD_OTHER},
    {"copy to", CAPSA_FIELD_OTHER},
    {"distribution", CAPSA_FIELD_OTHER},
    {"classification", CAPSA_FIELD_OTHER},
    {"drafted by", CAPSA_FIELD_OTHER},
    {"drafting officer", CAPSA_FIELD_OTHER},
    {"approved by", CAPSA_FIELD_OTHER},
    {"enclosure", CAPSA_FIELD_OTHER},
    {"enclosures", CAPSA_FIELD_OTHER},
    {"attachment", CAPSA_FIELD_OTHER},
    {"attachments", CAPSA_FIELD_OTHER},
};

/* Lower case, one space between words. */
static size_t fold_name(capsa_slice name, char out[NAME_MAX * 2]) {
  capsa_buf folded = {.ptr = out, .cap = NAME_MAX * 2};
  bool gap = false;
  if (name.len > NAME_MAX) return 0;
  for (size_t i = 0; i < name.len;) {
    capsa_codepoint cp = capsa_utf8_next(name, i);
    i += cp.len;
    if (capsa_is_space(cp.value)) {
      gap = folded.len > 0;
      continue;
    }
    if (gap) capsa_buf_putc(&folded, ' ');
    gap = false;
    capsa_utf8_put(&folded, capsa_to_lower(cp.value));
  }
  return folded.len;
}

static bool find_field(capsa_slice name, capsa_field *out) {
  char folded[NAME_MAX * 2];
  size_t len = fold_name(name, folded);
  for (size_t i = 0; len && i < sizeof fields / sizeof *fields; i++)
    if (capsa_slice_is((capsa_slice){folded, len}, fields[i].name)) {
      *out = (capsa_field){.kind = fields[i].kind, .name = name};
      return true;
    }
  return false;
}

static size_t find_colon(capsa_slice text, size_t from, size_t *len) {
  for (; from < text.len; from++) {
    *len = text.ptr[from] == ':' ? 1
           : capsa_slice_starts(capsa_slice_from(text, from), "\xEF\xBC\x9A")
               ? 3
               : 0;
    if (*len) return from;
  }
  return CAPSA_NOT_FOUND;
}

bool capsa_field_read(capsa_slice line, capsa_field *out) {
  size_t len, colon;
  line = capsa_slice_trim(line);
  colon = find_colon(line, 0, &len);
  if (colon == CAPSA_NOT_FOUND || colon > NAME_MAX ||
      !find_field(capsa_slice_trim(capsa_slice_cut(line, 0, colon)), out))
    return false;
  /* "to:" in the middle of a sentence that was cut is none. */
  if (capsa_is_lower(capsa_utf8_next(line, 0).value)) return false;
  out->value = capsa_slice_trim(capsa_slice_from(line, colon + len));
  return true;
}

bool capsa_field_heading(capsa_slice line, capsa_field *out) {
  line = capsa_slice_trim(line);
  if (capsa_field_read(line, out)) return !out->value.len;
  if (!find_field(line, out) || capsa_is_lower(capsa_utf8_next(line, 0).value))
    return false;
  return capsa_is_capitals(line, 2) || out->kind == CAPSA_FIELD_DATE ||
         out->kind == CAPSA_FIELD_PLACE || out->kind == CAPSA_FIELD_SUBJECT ||
         out->kind == CAPSA_FIELD_TIME_AND_PLACE;
}

/* ---- values */

/* A place is a name: few words of it are in lower case. */
static bool is_place(capsa_slice value) {
  size_t lower = 0, words = 0;
  for (size_t at = 0, end; at < value.len; at = end + 1) {
    end = at;
    while (end < value.len && value.ptr[end] != ' ') end++;
    words += end > at;
    lower += capsa_is_lower(capsa_utf8_next(value, at).value);
  }
  return lower * 2 <= words || (words < 6 && !capsa_ends_sentence(value));
}

static void put_place(capsa_draft *draft, capsa_slice value) {
  value = capsa_draft_squeeze(draft->arena, value);
  while (value.len && strchr(".,;", value.ptr[value.len - 1])) value.len--;
  if (value.len && !draft->metadata.place.len) draft->metadata.place = value;
}

static void put_source(capsa_draft *draft, capsa_slice value) {
  bool address = capsa_slice_starts(value, "http://") ||
                 capsa_slice_starts(value, "https://");
  bool quoted =
      value.ptr[0] == '"' || capsa_slice_starts(value, "\xE2\x80\x9C");
  if (address) capsa_metadata_put(draft, CAPSA_LITERAL("url"), value);
  else if (quoted) capsa_metadata_put(draft, CAPSA_LITERAL("citation"), value);
  else capsa_source_note_read(draft, value);
}

static void put_value(capsa_draft *draft, const capsa_field *field,
                      capsa_slice *subject) {
  capsa_slice value = field->value;
  capsa_metadata *meta = &draft->metadata;
  if (!value.len || value.len > VALUE_MAX) return;
  switch (field->kind) {
  case CAPSA_FIELD_DATE: capsa_head_date(draft, value); break;
  case CAPSA_FIELD_PLACE:
    if (is_place(value)) put_place(draft, value);
    break;
  case CAPSA_FIELD_TIME_AND_PLACE:
    capsa_head_date(draft, value);
    put_place(draft, capsa_head_place(value));
    break;
  case CAPSA_FIELD_SUBJECT:
    if (!subject->len) *subject = capsa_draft_squeeze(draft->arena, value);
    break;
  case CAPSA_FIELD_FROM:
    if (!meta->author.len)
      meta->author = capsa_draft_squeeze(draft->arena, value);
    break;
  case CAPSA_FIELD_SOURCE: put_source(draft, value); break;
  case CAPSA_FIELD_TITLE:
    capsa_metadata_put(draft, CAPSA_LITERAL("title"), value);
    break;
  case CAPSA_FIELD_LANGUAGE:
    capsa_metadata_put(draft, CAPSA_LITERAL("language"), value);
    break;
  case CAPSA_FIELD_ORIGINAL:
    capsa_metadata_put(draft, CAPSA_LITERAL("translatedfrom"), value);
    break;
  case CAPSA_FIELD_TRANSLATOR:
    capsa_metadata_put(draft, CAPSA_LITERAL("translator"), value);
    break;
  case CAPSA_FIELD_OTHER: break;
  }
}

/* ---- several on one line: "DATE: May 3, 1960 PLACE: Paris" */

/* Where in `value` the name of another field begins. */
static size_t next_field(capsa_slice value) {
  capsa_field field;
  size_t len;
  for (size_t colon = 0;
       (colon = find_colon(value, colon, &len)) != CAPSA_NOT_FOUND;
       colon += len) {
    size_t found = CAPSA_NOT_FOUND;
    for (size_t start = colon; start > 1 && colon - start < NAME_MAX; start--) {
      if (value.ptr[start - 1] != ' ' ||
          capsa_is_lower(capsa_utf8_next(value, start).value))
        continue;
      if (find_field(capsa_slice_trim(capsa_slice_cut(value, start, colon)),
                     &field))
        found = start;
    }
    if (found != CAPSA_NOT_FOUND) return found;
  }
  return value.len;
}

static bool is_time_or_place(const capsa_field *field) {
  return field->kind == CAPSA_FIELD_DATE ||
         (field->kind == CAPSA_FIELD_PLACE && is_place(field->value)) ||
         field->kind == CAPSA_FIELD_TIME_AND_PLACE;
}

/* Each line; returns whether all of them are fields. */
static bool take_lines(capsa_draft *draft, capsa_slice text,
                       capsa_slice *subject, bool *dated) {
  capsa_slice line;
  size_t lines = 0;
  while (capsa_slice_next_line(&text, &line)) {
    capsa_field field;
    if (!capsa_slice_trim(line).len) continue;
    if (!capsa_field_read(line, &field)) return false;
    lines++;
    for (capsa_slice rest = field.value;;) {
      size_t next = next_field(rest);
      field.value = capsa_slice_trim(capsa_slice_cut(rest, 0, next));
      *dated |= is_time_or_place(&field);
      put_value(draft, &field, subject);
      if (next >= rest.len) break;
      rest = capsa_slice_from(rest, next);
      if (!capsa_field_read(rest, &field)) break;
      rest = field.value;
    }
  }
  return lines > 0;
}

/* ---- a heading with its value in the next block */

static bool is_time(capsa_slice text) {
  return text.len < 40 && text.len &&
         capsa_is_digit((unsigned char)text.ptr[0]) &&
         capsa_slice_finds(text, "m.", 0) != CAPSA_NOT_FOUND;
}

static bool may_be_value(const capsa_draft_block *block) {
  capsa_field other;
  return (block->kind == CAPSA_BLOCK_PARAGRAPH ||
          block->kind == CAPSA_BLOCK_LIST) &&
         !block->label.len && block->text.len && block->text.len <= VALUE_MAX &&
         !capsa_field_heading(block->text, &other) &&
         !capsa_field_read(block->text, &other);
}

static size_t take_heading(capsa_draft *draft, size_t at,
                           const capsa_field *heading, capsa_slice *subject) {
  capsa_draft_block *blocks = draft->blocks.items;
  size_t next = at + 1;
  if (next >= draft->blocks.count || !may_be_value(&blocks[next])) return at;
  capsa_field field = *heading;
  capsa_date date;
  field.value = capsa_slice_trim(blocks[next].text);
  bool dates = field.kind == CAPSA_FIELD_DATE ||
               field.kind == CAPSA_FIELD_TIME_AND_PLACE;
  if (dates && !capsa_date_find(field.value, &date)) return at;
  if (field.kind == CAPSA_FIELD_PLACE && !is_place(field.value)) return at;
  put_value(draft, &field, subject);
  if (!is_time_or_place(&field)) return next;
  blocks[at].kind = blocks[next].kind = CAPSA_BLOCK_DATELINE;
  if (++next < draft->blocks.count && dates && is_time(blocks[next].text))
    blocks[next++].kind = CAPSA_BLOCK_DATELINE;
  return next;
}

size_t capsa_fields_take(capsa_draft *draft, size_t at, capsa_slice *subject) {
  capsa_draft_block *block = &draft->blocks.items[at];
  capsa_field field;
  bool dated = false;
  if (block->label.len ||
      (block->kind != CAPSA_BLOCK_PARAGRAPH &&
       block->kind != CAPSA_BLOCK_HEADING && block->kind != CAPSA_BLOCK_LIST &&
       block->kind != CAPSA_BLOCK_TABLE))
    return at;
  if (capsa_field_heading(block->text, &field))
    return take_heading(draft, at, &field, subject);
  if (!capsa_field_read(block->text, &field)) return at;
  bool all = take_lines(draft, block->text, subject, &dated);
  if (all && dated) block->kind = CAPSA_BLOCK_DATELINE;
  return at + 1;
}
