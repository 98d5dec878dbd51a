/* follow.c -- a repair changes spaces, hyphens and line feeds, or takes a
 * label out of the text; all other letters stay in their order. So the place
 * with the same letters before it (or behind it, where a label changed before
 * it) is the same place: nothing else can be meant, however near the repair.
 */
#include "annotate/follow.h"

#include "base/slice.h"
#include "base/utf8.h"
#include "text/chars.h"

/* Walks a text letter by letter, towards its end or its start. */
typedef struct walker {
  capsa_slice text;
  size_t at;
  bool back;
} walker;

static capsa_codepoint peek(const walker *w) {
  return w->back ? capsa_utf8_before(w->text, w->at)
                 : capsa_utf8_next(w->text, w->at);
}

static void step(walker *w, uint32_t len) {
  if (w->back) w->at -= len;
  else w->at += len;
}

/* The next letter before `stop`, or 0. */
static uint32_t next_letter(walker *w, size_t stop) {
  while (w->at != stop) {
    capsa_codepoint cp = peek(w);
    step(w, cp.len);
    if (capsa_is_letter(cp.value)) return cp.value;
  }
  return 0;
}

/* Move both past the letters that `old` has up to `stop`. */
static bool same_letters(walker *old, size_t stop, walker *new) {
  size_t end = new->back ? 0 : new->text.len;
  uint32_t letter;
  while ((letter = next_letter(old, stop)))
    if (next_letter(new, end) != letter) return false;
  return true;
}

static bool has_quote(const walker *w, capsa_slice quote, capsa_range *out) {
  if (w->back && w->at < quote.len) return false;
  size_t start = w->back ? w->at - quote.len : w->at;
  *out = (capsa_range){start, start + quote.len};
  return capsa_slice_equal(capsa_slice_cut(w->text, start, start + quote.len),
                           quote);
}

static bool follow(walker old, walker new, size_t stop, capsa_slice quote,
                   capsa_range *out) {
  if (!same_letters(&old, stop, &new)) return false;
  for (;;) {
    capsa_range found;
    if (has_quote(&new, quote, &found)) {
      *out = found;
      return true;
    }
    capsa_codepoint cp = peek(&new);
    if (!cp.len || capsa_is_letter(cp.value)) return false;
    step(&new, cp.len);
  }
}

bool capsa_follow(capsa_slice old, capsa_slice new, capsa_range at,
                  capsa_range *out) {
  capsa_slice quote = capsa_slice_cut(old, at.start_byte, at.end_byte);
  return follow((walker){.text = old}, (walker){.text = new}, at.start_byte,
                quote, out) ||
         follow((walker){.text = old, .at = old.len, .back = true},
                (walker){.text = new, .at = new.len, .back = true}, at.end_byte,
                quote, out);
}
