/* fields.c -- a name and a colon, and what they mean by what stands behind. */
#include "search/ask/dates.h"
#include "search/ask/names.h"
#include "search/ask/reading.h"

static void read_field_name(capsa_reading *r, size_t value,
                            capsa_ask_kind filter, uint32_t fields) {
  capsa_lexeme *lexeme = capsa_reading_add(r, CAPSA_LEXEME_FIELD, value);
  if (!lexeme) return;
  lexeme->filter = filter;
  lexeme->fields = fields;
  r->value = true;
  r->filter = !fields;
}

/* While typing, what may become something is nothing yet. */
static bool is_unfinished(const capsa_reading *r, size_t end) {
  return r->out->typing && capsa_reading_is_end(r, end);
}

static capsa_ask make_dates(capsa_arena *arena, const capsa_ask_dates *dates) {
  return (capsa_ask){.kind = CAPSA_ASK_DATE,
                     .from =
                         capsa_arena_copy(arena, capsa_slice_of(dates->from)),
                     .to = capsa_arena_copy(arena, capsa_slice_of(dates->to))};
}

bool capsa_lexemes_dates(capsa_lexemes *lexemes, capsa_slice raw,
                         capsa_ask *out) {
  capsa_ask_dates dates;
  if (!capsa_ask_dates_read(raw, &dates)) return false;
  *out = make_dates(lexemes->arena, &dates);
  return true;
}

static void add_dates(capsa_reading *r, size_t end,
                      const capsa_ask_dates *dates) {
  capsa_lexeme *lexeme = capsa_reading_add(r, CAPSA_LEXEME_LEAF, end);
  if (!lexeme) return;
  lexeme->raw = capsa_reading_cut(r, lexeme->at.start_byte, end);
  lexeme->leaf = make_dates(r->out->arena, dates);
}

/* As much as is a date of one that is being typed: `1956..` of `1956..19`. */
static bool read_begun_date(capsa_reading *r, size_t value) {
  capsa_ask_dates dates;
  size_t end = r->text.len;
  if (end - value > CAPSA_ASK_DATE_BYTES_MAX) return false;
  for (size_t at = end; at > value; at--)
    if (capsa_ask_dates_read(capsa_reading_cut(r, value, at), &dates)) {
      add_dates(r, end, &dates);
      return true;
    }
  return false;
}

static bool read_unfinished_date(capsa_reading *r, size_t value, size_t end) {
  capsa_slice rest = capsa_slice_from(r->text, value);
  if (is_unfinished(r, end) && read_begun_date(r, value)) return true;
  if (!is_unfinished(r, end) &&
      !(r->out->typing && capsa_ask_dates_may_come(rest)))
    return false;
  capsa_reading_pass_over(r, r->text.len);
  return true;
}

static bool read_date(capsa_reading *r, size_t value) {
  capsa_ask_dates dates;
  size_t close, end;
  uint32_t c = capsa_reading_plain(r, value);
  if (c == '(') {
    read_field_name(r, value, CAPSA_ASK_DATE, 0);
    r->value = r->filter = false;
    return true;
  }
  if (capsa_ask_opens(c)) {
    size_t inner = value + capsa_reading_len(r, value);
    if (!capsa_reading_find_close(r, inner, capsa_ask_quotes(c), &close))
      return false;
    end = capsa_reading_is_end(r, close) ? close
                                         : close + capsa_reading_len(r, close);
    if (!capsa_ask_dates_read(capsa_reading_cut(r, inner, close), &dates))
      return capsa_reading_is_end(r, close) &&
             read_unfinished_date(r, inner, close);
  } else {
    end = capsa_ask_dates_find(r->text, value, &dates);
    if (end == value)
      return read_unfinished_date(r, value, capsa_reading_word_end(r, value));
  }
  add_dates(r, end, &dates);
  return true;
}

/* `gloss`, `glosses` at `at`, with no letter behind. @return its end, or 0 */
static size_t skip_scope_name(const capsa_reading *r, size_t at,
                              uint32_t *fields) {
  for (size_t i = 0; capsa_ask_scopes[i].name; i++) {
    size_t end = capsa_reading_skip_name(r, at, capsa_ask_scopes[i].name);
    if (!end || (!capsa_reading_is_end(r, end) &&
                 capsa_is_letter(capsa_reading_plain(r, end))))
      continue;
    *fields |= UINT32_C(1) << capsa_ask_scopes[i].field;
    return end;
  }
  return 0;
}

static size_t skip_blanks(const capsa_reading *r, size_t at) {
  while (!capsa_reading_is_end(r, at) &&
         capsa_ask_is_blank(capsa_reading_plain(r, at)))
    at += capsa_reading_len(r, at);
  return at;
}

/* Between names: `|`, `,`, and in brackets `OR` and blanks. */
static size_t skip_between(const capsa_reading *r, size_t at, bool inside) {
  size_t next = inside ? skip_blanks(r, at) : at;
  if (capsa_reading_is_end(r, next)) return 0;
  uint32_t c = capsa_reading_plain(r, next);
  size_t or = inside ? capsa_reading_skip_exact(r, next, "OR") : 0;
  if (or) next = or ;
  else if (c == '|' || c == ',') next += capsa_reading_len(r, next);
  else if (next == at) return 0;
  return inside ? skip_blanks(r, next) : next;
}

/* `gloss`, `gloss|note`, `(gloss OR note)`. @return its end, or 0 */
static size_t skip_scope(const capsa_reading *r, size_t at, uint32_t *fields) {
  bool inside = capsa_reading_plain(r, at) == '(';
  if (inside) at = skip_blanks(r, at + capsa_reading_len(r, at));
  size_t end = at = skip_scope_name(r, at, fields);
  while (at && (at = skip_between(r, at, inside)))
    if ((at = skip_scope_name(r, at, fields))) end = at;
  if (!inside || !end) return end;
  end = skip_blanks(r, end);
  return !capsa_reading_is_end(r, end) && capsa_reading_plain(r, end) == ')'
             ? end + capsa_reading_len(r, end)
             : 0;
}

/* Are the letters from `at` to the end the beginning of a name? */
static bool begins_scope(const capsa_reading *r, size_t at) {
  for (size_t i = 0; capsa_ask_scopes[i].name; i++) {
    const char *name = capsa_ask_scopes[i].name;
    size_t here = at;
    while (*name && !capsa_reading_is_end(r, here) &&
           capsa_to_lower(capsa_reading_plain(r, here)) == (uint8_t)*name) {
      here += capsa_reading_len(r, here);
      name++;
    }
    if (capsa_reading_is_end(r, here)) return true;
  }
  return false;
}

static bool read_scope(capsa_reading *r, size_t at) {
  uint32_t fields = 0;
  size_t end = skip_scope(r, at, &fields);
  if (!end) {
    if (!r->out->typing || !begins_scope(r, at)) return false;
    capsa_reading_pass_over(r, r->text.len);
    return true;
  }
  uint32_t c = capsa_reading_is_end(r, end) ? ' ' : capsa_reading_plain(r, end);
  size_t behind = end + (c == ':' ? capsa_reading_len(r, end) : 0);
  if (c == ':' && capsa_reading_is_edge(r, behind)) c = ' ';
  if (c == ':' || c == '(' || capsa_ask_opens(c)) {
    read_field_name(r, behind, CAPSA_ASK_WORDS, fields);
    return true;
  }
  if (!capsa_reading_is_edge(r, behind)) return false;
  capsa_lexeme *lexeme = capsa_reading_add(r, CAPSA_LEXEME_SCOPE, behind);
  if (lexeme) lexeme->fields = fields;
  return true;
}

bool capsa_reading_field(capsa_reading *r) {
  for (size_t i = 0; capsa_ask_fields[i].name; i++) {
    const capsa_ask_field *field = &capsa_ask_fields[i];
    size_t at = capsa_reading_skip_name(r, r->at, field->name);
    if (!at || capsa_reading_is_end(r, at) || capsa_reading_plain(r, at) != ':')
      continue;
    at += capsa_reading_len(r, at);
    if (is_unfinished(r, at)) {
      capsa_reading_pass_over(r, at);
      return true;
    }
    if (capsa_reading_is_edge(r, at)) return false;
    if (field->is_scope) return read_scope(r, at);
    if (field->filter == CAPSA_ASK_DATE) return read_date(r, at);
    read_field_name(r, at, field->filter,
                    field->filter ? 0 : UINT32_C(1) << field->field);
    return true;
  }
  return false;
}
