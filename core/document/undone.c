#include "document/undone.h"

#include "base/buf.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "text/chars.h"

/* The letters at the end (before) or the start (after) of a text. */
typedef struct letters {
  char bytes[CAPSA_UNDONE_LETTERS * 4];
  size_t start, len;
} letters;

static capsa_slice view(const letters *from) {
  return (capsa_slice){from->bytes + from->start, from->len};
}

static void letters_after(capsa_slice text, letters *out) {
  *out = (letters){.len = 0};
  size_t count = 0;
  for (size_t i = 0; i < text.len && count < CAPSA_UNDONE_LETTERS;) {
    capsa_codepoint cp = capsa_utf8_next(text, i);
    if (capsa_is_letter(cp.value)) {
      for (size_t k = 0; k < cp.len; k++)
        out->bytes[out->len++] = text.ptr[i + k];
      count++;
    }
    i += cp.len;
  }
}

static void letters_before(capsa_slice text, letters *out) {
  *out = (letters){.start = sizeof out->bytes};
  size_t count = 0;
  for (size_t i = text.len; i > 0 && count < CAPSA_UNDONE_LETTERS;) {
    capsa_codepoint cp = capsa_utf8_before(text, i);
    i -= cp.len;
    if (!capsa_is_letter(cp.value)) continue;
    out->start -= cp.len;
    out->len += cp.len;
    for (size_t k = 0; k < cp.len; k++)
      out->bytes[out->start + k] = text.ptr[i + k];
    count++;
  }
}

/* What is compared of a repair. */
typedef struct repair {
  capsa_slice rule, original;
  letters before, after;
} repair;

static repair repair_at(capsa_slice rule, capsa_slice original,
                        capsa_slice before, capsa_slice after) {
  repair r = {.rule = rule, .original = original};
  letters_before(before, &r.before);
  letters_after(after, &r.after);
  return r;
}

static bool ends_alike(capsa_slice a, capsa_slice b) {
  size_t len = a.len < b.len ? a.len : b.len;
  return capsa_slice_equal(capsa_slice_from(a, a.len - len),
                           capsa_slice_from(b, b.len - len));
}

static bool starts_alike(capsa_slice a, capsa_slice b) {
  size_t len = a.len < b.len ? a.len : b.len;
  return capsa_slice_equal(capsa_slice_cut(a, 0, len),
                           capsa_slice_cut(b, 0, len));
}

static bool is_alike(const capsa_undone *undone, const repair *r) {
  return capsa_slice_equal(undone->rule, r->rule) &&
         capsa_slice_equal(undone->original, r->original) &&
         ends_alike(undone->before, view(&r->before)) &&
         starts_alike(undone->after, view(&r->after));
}

bool capsa_undone_has(capsa_draft *draft, const char *rule,
                      capsa_slice original, capsa_slice before,
                      capsa_slice after) {
  if (!draft->undone_count) return false;
  repair r = repair_at(capsa_slice_of(rule), original, before, after);
  bool found = false;
  for (size_t i = 0; i < draft->undone_count; i++) {
    const capsa_undone *undone = &draft->undone[i];
    if (!undone->original.len) found |= capsa_slice_equal(undone->rule, r.rule);
    else if (is_alike(undone, &r))
      found |= ++draft->undone_seen[i] == undone->nth;
  }
  return found;
}

static repair repair_in(const capsa_block *block, size_t index) {
  const capsa_emendation *e = &block->emendations[index];
  capsa_slice before = capsa_slice_cut(block->text, 0, e->at.start_byte);
  capsa_slice after = capsa_slice_from(block->text, e->at.end_byte);
  /* What stands before a label is another block. */
  if (e->in_label) before = (capsa_slice){0}, after = block->text;
  return repair_at(capsa_slice_of(e->rule), e->original, before, after);
}

/* How many repairs before this one look like it? */
static uint32_t count_alike(const capsa_document *document,
                            const capsa_block *block, size_t index,
                            const capsa_undone *like) {
  uint32_t count = 0;
  for (size_t i = 0; i < block->number; i++) {
    const capsa_block *other = &document->blocks[i];
    size_t end = other == block ? index : other->emendation_count;
    for (size_t k = 0; k < end; k++) {
      repair r = repair_in(other, k);
      count += is_alike(like, &r);
    }
  }
  return count;
}

static bool is_taken(const capsa_undone *undone, size_t count,
                     const capsa_undone *like) {
  repair r = repair_at(like->rule, like->original, like->before, like->after);
  for (size_t i = 0; i < count; i++)
    if (undone[i].nth == like->nth && is_alike(&undone[i], &r)) return true;
  return false;
}

capsa_status capsa_undone_of(const capsa_document *document,
                             const capsa_block *block, size_t index,
                             const capsa_undone *undone, size_t count,
                             capsa_arena *arena, capsa_undone *out) {
  repair r = repair_in(block, index);
  capsa_undone made = {
      .rule = capsa_arena_copy(arena, r.rule),
      .original = capsa_arena_copy(arena, r.original),
      .corrected = capsa_arena_copy(arena, block->emendations[index].corrected),
      .before = capsa_arena_copy(arena, view(&r.before)),
      .after = capsa_arena_copy(arena, view(&r.after))};
  if (capsa_arena_failed(arena)) return CAPSA_ENOMEM;
  /* Those that are undone already are still counted when the source is read:
   * this one has the next number that is left over. */
  uint32_t left = count_alike(document, block, index, &made) + 1;
  for (made.nth = 0; left; left -= !is_taken(undone, count, &made)) made.nth++;
  *out = made;
  return CAPSA_OK;
}
