#include "document/clean.h"

#include "base/buf.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "text/encoding.h"

/* A file is binary when more than one character in so many is a control
 * character or stands for nothing, a few aside, or is NUL: UTF-16 without a
 * mark, which nobody writes. */
#define UNREADABLE_ONE_IN 20
#define UNREADABLE_FEW 8
#define NUL_ONE_IN 4

typedef struct damage {
  size_t characters, invalid, nul, controls;
  uint32_t first_line; /* of a byte that is no UTF-8 or NUL */
} damage;

static bool is_control(uint32_t c) {
  return c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f';
}

static void examine_one(capsa_codepoint cp, uint32_t line, damage *d) {
  d->characters++;
  d->invalid += !cp.valid;
  d->nul += cp.value == 0;
  d->controls += is_control(cp.value);
  if ((!cp.valid || !cp.value) && !d->first_line) d->first_line = line;
}

static damage examine(capsa_slice bytes) {
  damage d = {0};
  uint32_t line = 1;
  for (size_t i = 0; i < bytes.len;) {
    capsa_codepoint cp = capsa_utf8_next(bytes, i);
    i += cp.len;
    line += cp.value == '\n';
    examine_one(cp, line, &d);
  }
  return d;
}

/* Nothing to examine: UTF-8 without control characters, as nearly all is. */
static bool is_clean(capsa_slice bytes) {
  for (size_t i = 0; (i += capsa_utf8_plain_run(bytes, i)) < bytes.len;) {
    capsa_codepoint cp = capsa_utf8_next(bytes, i);
    if (!cp.valid || is_control(cp.value)) return false;
    i += cp.len;
  }
  return true;
}

static capsa_status replace_damage(capsa_slice bytes, capsa_arena *arena,
                                   capsa_slice *out) {
  capsa_buf clean = {0};
  for (size_t i = 0; i < bytes.len;) {
    capsa_codepoint cp = capsa_utf8_next(bytes, i);
    if (!cp.valid || is_control(cp.value)) capsa_utf8_put(&clean, 0xFFFD);
    else capsa_buf_put(&clean, capsa_slice_cut(bytes, i, i + cp.len));
    i += cp.len;
  }
  return capsa_buf_take(&clean, arena, out);
}

/* No text: NUL in numbers, or control characters. Bytes that are no UTF-8
 * count only here, where a file was read as UTF-8 all the same. */
static bool is_binary(const damage *d) {
  size_t unreadable = d->invalid + d->controls;
  return d->nul * NUL_ONE_IN > d->characters ||
         (unreadable > UNREADABLE_FEW &&
          unreadable * UNREADABLE_ONE_IN > d->characters);
}

static void report_encoding(capsa_draft *draft, const capsa_decoded *decoded,
                            const damage *d) {
  capsa_slice none = {0};
  if (decoded->told)
    capsa_draft_report(
        draft, decoded->guessed ? CAPSA_SEVERITY_WARNING : CAPSA_SEVERITY_INFO,
        0, "encoding", decoded->told, none);
  if (d->first_line || d->controls || decoded->replaced)
    capsa_draft_report(draft, CAPSA_SEVERITY_LOSS,
                       d->first_line ? d->first_line : decoded->line,
                       "encoding",
                       "bytes that are no readable text are shown as "
                       "\xEF\xBF\xBD",
                       none);
}

capsa_status capsa_clean_text(capsa_slice bytes, capsa_draft *draft,
                              capsa_slice *out) {
  capsa_decoded decoded;
  capsa_status st = capsa_encoding_read(bytes, draft->arena, &decoded);
  if (st) return st;
  capsa_slice text = decoded.text;
  if (!capsa_slice_trim(text).len) return CAPSA_EEMPTY;
  damage d = {0};
  if (!is_clean(text)) d = examine(text);
  d.controls += decoded.replaced;
  if (is_binary(&d)) return CAPSA_EBINARY;
  report_encoding(draft, &decoded, &d);
  if (d.invalid || d.controls > decoded.replaced)
    return replace_damage(text, draft->arena, out);
  *out = decoded.encoding == CAPSA_ENCODING_UTF_8
             ? capsa_arena_copy(draft->arena, text)
             : text;
  return out->len ? CAPSA_OK : CAPSA_ENOMEM;
}
