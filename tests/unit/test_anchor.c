#include "annotate/anchor.h"

#include <stdio.h>
#include <string.h>

#include "base/slice.h"
#include "tap.h"

/* The marked words stand in < >; `/` is a line feed. */
typedef struct marked {
  char text[512];
  size_t len;
  capsa_range at; /* start 0 and end 0: nothing is marked */
} marked;

static marked read_marks(const char *script) {
  marked m = {0};
  for (; *script; script++) {
    if (*script == '<') m.at.start_byte = m.len;
    else if (*script == '>') m.at.end_byte = m.len;
    else m.text[m.len++] = *script == '/' ? '\n' : *script;
  }
  return m;
}

static capsa_slice text_of(const marked *m) {
  return (capsa_slice){m->text, m->len};
}

/* What was marked in `before`, put at its place in `after`. */
static void check_moved(const char *before, const char *after, bool old_there) {
  marked old = read_marks(before), new = read_marks(after);
  capsa_selector selector = capsa_selector_make(text_of(&old), old.at);
  capsa_edition_text edition = {.text = text_of(&new)};
  if (old_there) edition.older = text_of(&old);
  capsa_range at = {0};
  capsa_anchor anchor = capsa_selector_resolve(&selector, &edition, &at);
  bool expected = new.at.end_byte > 0;
  bool ok =
      CHECK_NUMBER(anchor, expected ? CAPSA_ANCHOR_MOVED : CAPSA_ANCHOR_ORPHAN);
  if (ok && expected)
    ok = CHECK_NUMBER(at.start_byte, new.at.start_byte) &&
         CHECK_NUMBER(at.end_byte, new.at.end_byte);
  if (!ok) printf("# %s\n# %s (old text %d)\n", before, after, old_there);
}

static void test_anchor__remembers_quote_and_context(void) {
  marked m =
      read_marks("…ëë the seventh of many words stands <here 𝄞> and then "
                 "this goes on for some while");
  capsa_selector s = capsa_selector_make(text_of(&m), m.at);
  CHECK_TEXT(s.quote, "here 𝄞");
  CHECK_TEXT(s.prefix,
             &" the seventh of many words stands "[2]); /* 32 code points */
  CHECK_TEXT(s.suffix, " and then this goes on for some ");
  CHECK_NUMBER(s.start_code_point, 37);
  CHECK_NUMBER(s.end_code_point, 43);
  m = read_marks("<all>");
  s = capsa_selector_make(text_of(&m), m.at);
  CHECK(s.prefix.len == 0 && s.suffix.len == 0);
}

static void test_anchor__is_exact_where_the_words_stand(void) {
  marked m = read_marks("one ë fish two <fish> red fish");
  capsa_selector s = capsa_selector_make(text_of(&m), m.at);
  capsa_edition_text edition = {.text = text_of(&m), .same = true};
  capsa_range at = {0};
  CHECK_NUMBER(capsa_selector_resolve(&s, &edition, &at), CAPSA_ANCHOR_EXACT);
  CHECK_NUMBER(at.start_byte, m.at.start_byte);
  CHECK_NUMBER(at.end_byte, m.at.end_byte);
}

static const struct {
  const char *before, *after;
} known[] = {
    /* Text before and after the quote's paragraph changes. */
    {"Intro./The question is <clear> to everybody here./Outro.",
     "A longer intro./The question is <clear> to everybody here./No outro."},
    /* Four say so, two of them in neighbouring turns: documents.md. */
    {"I agree completely./It was a mistake./<I agree>. Let us write: removed./"
     "I agree. Let us write: never was./I agree that it is.",
     "x/I agree completely./It was no mistake./<I agree>. Let us write: "
     "removed./I agree. Let us write: never was./I agree that it is."},
    {"I agree completely./It was a mistake./I agree. Let us write: removed./"
     "<I agree>. Let us write: never was./I agree that it is.",
     "I agree completely./It was a mistake./<I agree>. Let us write: never "
     "was./I agree that it is."},
    /* Its turn was taken out: the neighbour is not it. */
    {"I agree completely./It was a mistake./<I agree>. Let us write: removed./"
     "I agree. Let us write: never was./I agree that it is.",
     "I agree completely./It was a mistake./I agree. Let us write: never "
     "was./I agree that it is."},
    {"Is it so?/<Yes>./Then we go on with the next question./Yes./Good.",
     "Then we go on with the next question./Yes./Good."},
    /* Whole blocks that are the same are told apart by their neighbours. */
    {"Was it you who went there first?/<Yes>./Then let us go on now./Yes./"
     "And so we come to the end of it all.",
     "New./Was it you who went there first?/<Yes>./Then let us go on now./Yes./"
     "And so we come to the end of it all."},
    {"Was it you who went there first?/Yes./Then let us go on now, my friend./"
     "<Yes>./And so we come to the end of it all.",
     "New./Was it you who went there first?/Yes./Then let us go on now, my "
     "friend./<Yes>./And so we come to the end of it all."},
    /* ... and are nobody's where the neighbours changed too. */
    {"Was it you who went there first?/<Yes>./Then let us go on now./Yes./End.",
     "Was it she who came there last?/Yes./So let us go on then./Yes./End."},
    /* The paragraph that has the words was rewritten. */
    {"It is a question of our common navy that <disturbs> us./End.",
     "It is a matter of the common fleet which disturbs us all./End."},
    /* Words of one edition are not looked for inside others. */
    {"We took the <cat> out of the bag at last, they said./End.",
     "We took the concatenation out of the bag at last, they said./End."},
    {"They took out of the bag, as they said at last, a black <cat>/End.",
     "They took out of the bag, as they said at last, a black category/End."},
    {"Start./<ten> years are a long time in the life of a man, he said./End.",
     "Often years are a long time in the life of a man, he said./End."},
    /* Over the border of two blocks, and at the ends of the text. */
    {"<The first words. /The> second paragraph goes on for long enough./End.",
     "<The first words. /The> second paragraph goes on for long enough./Fin."},
    {"Begin./It ends with these particular words, and then <it ends>",
     "Start./It ends with these particular words, and then <it ends>"},
    {"A long paragraph that stays just as it was, <always>./End.",
     "A long paragraph that stays just as it was, always. Or was it?"},
};

static void test_anchor__moves_only_to_its_own_words(void) {
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    check_moved(known[i].before, known[i].after, true);
}

static void test_anchor__wants_more_where_the_old_text_is_gone(void) {
  /* A short block of its own may be another one that says the same. */
  static const char before[] = "Is it?/<Yes>./We go.";
  check_moved(before, "Was it?/<Yes>./Let us.", true);
  check_moved(before, "Was it?/Yes./Let us.", false);
  /* What has a context of its own is known by it. */
  check_moved("A./This paragraph is long enough for <that>./B.",
              "C./This paragraph is long enough for <that>./D.", false);
}

static void test_anchor__knows_that_a_twin_is_no_proof(void) {
  /* Of two equal paragraphs one is left, and it may be the other. */
  static const char before[] =
      "One./A paragraph that stands here <twice>, word by word./Two./"
      "A paragraph that stands here twice, word by word./Three.";
  check_moved(before,
              "Uno./A paragraph that stands here twice, word by word./Tres.",
              true);
}

enum { BLOCKS = 8 };

/* A text of similar blocks, without the one numbered `cut`. `at` gets the
 * place of the block numbered `chosen`, or nothing where that was cut. */
static size_t write_blocks(const unsigned char says[BLOCKS], unsigned cut,
                           unsigned chosen, char *out, capsa_range *at) {
  static const char *const lines[] = {
      "I agree.",
      "Yes.",
      "I agree completely.",
      "Yes, I agree.",
      "Let us write: the question is removed.",
      "It was a misunderstanding, and I agree that it was.",
      "Is it so that you agree with them in this?"};
  size_t len = 0;
  for (unsigned i = 0; i < BLOCKS; i++) {
    if (i == cut) continue;
    const char *line = lines[says[i]];
    size_t more = strlen(line);
    if (len) out[len++] = '\n';
    if (i == chosen) *at = (capsa_range){len, len + more};
    memcpy(out + len, line, more);
    len += more;
  }
  return len;
}

/* Mark a block, cut one out: whatever is accepted has to be the block that was
 * marked. Where two neighbours say the same, nobody can tell which was cut. */
static void test_anchor__is_never_on_other_words(void) {
  unsigned state = 498;
  int placed = 0;
  for (int round = 0; round < 50000; round++) {
    unsigned char says[BLOCKS];
    for (unsigned i = 0; i < BLOCKS; i++) {
      state = state * 1103515245u + 12345u;
      says[i] = (unsigned char)((state >> 16) % 7);
    }
    unsigned chosen = (state >> 20) % BLOCKS, cut = (state >> 24) % BLOCKS;
    if ((cut > 0 && says[cut - 1] == says[cut]) ||
        (cut + 1 < BLOCKS && says[cut + 1] == says[cut]))
      continue;
    char old[512], new[512];
    capsa_range own = {0}, expected = {0}, at = {0};
    capsa_slice text = {old, write_blocks(says, BLOCKS, chosen, old, &own)};
    size_t len = write_blocks(says, cut, chosen, new, &expected);
    capsa_selector s = capsa_selector_make(text, own);
    capsa_edition_text edition = {.text = {new, len}, .older = text};
    if (capsa_selector_resolve(&s, &edition, &at) == CAPSA_ANCHOR_ORPHAN)
      continue;
    placed++;
    if (CHECK_NUMBER(at.start_byte, expected.start_byte) &&
        CHECK_NUMBER(at.end_byte, expected.end_byte))
      continue;
    printf("# block %u of\n# %.*s\n# without %u\n", chosen, (int)text.len, old,
           cut);
  }
  CHECK(placed > 5000);
}

void test_anchor(void) {
  RUN(test_anchor__remembers_quote_and_context);
  RUN(test_anchor__is_exact_where_the_words_stand);
  RUN(test_anchor__moves_only_to_its_own_words);
  RUN(test_anchor__wants_more_where_the_old_text_is_gone);
  RUN(test_anchor__knows_that_a_twin_is_no_proof);
  RUN(test_anchor__is_never_on_other_words);
}
