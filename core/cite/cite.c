#include "cite/cite.h"

#include "base/slice.h"

static const char *const style_names[CAPSA_STYLE_COUNT] = {"archive",
                                                           "chicago-note"};
static const char *const form_names[CAPSA_FORM_COUNT] = {"text", "html", "ris"};

const char *capsa_style_name(capsa_style style) {
  return (unsigned)style < CAPSA_STYLE_COUNT ? style_names[style] : NULL;
}

capsa_style capsa_style_find(capsa_slice name) {
  int i = 0;
  while (i < CAPSA_STYLE_COUNT &&
         !capsa_slice_equal(name, capsa_slice_of(style_names[i])))
    i++;
  return (capsa_style)i;
}

const char *capsa_form_name(capsa_form form) {
  return (unsigned)form < CAPSA_FORM_COUNT ? form_names[form] : NULL;
}

capsa_form capsa_form_find(capsa_slice name) {
  int i = 0;
  while (i < CAPSA_FORM_COUNT &&
         !capsa_slice_equal(name, capsa_slice_of(form_names[i])))
    i++;
  return (capsa_form)i;
}

static const char *entity(char c) {
  switch (c) {
  case '&': return "&amp;";
  case '<': return "&lt;";
  case '>': return "&gt;";
  case '"': return "&quot;";
  default: return NULL;
  }
}

void capsa_cite_put(const capsa_cited *cited, capsa_slice text) {
  for (size_t i = 0; i < text.len; i++) {
    char c = text.ptr[i];
    const char *name = cited->form == CAPSA_FORM_HTML ? entity(c) : NULL;
    if (cited->form == CAPSA_FORM_RIS && (unsigned char)c < ' ') c = ' ';
    if (name) capsa_buf_puts(cited->out, name);
    else capsa_buf_putc(cited->out, c);
  }
}

void capsa_cite_puts(const capsa_cited *cited, const char *text) {
  capsa_cite_put(cited, capsa_slice_of(text));
}

void capsa_cite_turn(const capsa_cited *cited, const char *word) {
  capsa_buf_putf(cited->out, "%s %u", word, (unsigned)cited->turn);
  if (!cited->speaker.len) return;
  capsa_cite_puts(cited, " (");
  capsa_cite_put(cited, cited->speaker);
  capsa_cite_puts(cited, ")");
}

bool capsa_cite_has_locator(const capsa_cited *cited) {
  const capsa_locator *l = &cited->document->metadata.locator;
  return l->fond.len || l->opis.len || l->delo.len || l->leaves.len ||
         l->group.len || l->series.len || l->box.len || l->folder.len ||
         l->file.len || l->text.len;
}

/* What a leaf is called: a folio where the file is one of a class ("DY
 * 30/3617"), a page of another file; else "l." as in Russia. */
static const char *leaf_word(const capsa_locator *l, bool several) {
  if (l->group.len) return several ? "fols. " : "fol. ";
  if (l->file.len || l->box.len) return several ? "pp. " : "p. ";
  return several ? "ll. " : "l. ";
}

static void put_leaves(const capsa_cited *cited, const capsa_locator *l,
                       const char *dash) {
  capsa_slice leaves = l->leaves;
  bool several = capsa_slice_finds(leaves, "-", 0) != CAPSA_NOT_FOUND ||
                 capsa_slice_finds(leaves, ",", 0) != CAPSA_NOT_FOUND ||
                 capsa_slice_finds(leaves, "–", 0) != CAPSA_NOT_FOUND;
  capsa_cite_puts(cited, leaf_word(l, several));
  for (size_t i = 0; i < leaves.len; i++) {
    if (leaves.ptr[i] == '-') capsa_cite_puts(cited, dash);
    else capsa_cite_put(cited, capsa_slice_cut(leaves, i, i + 1));
  }
}

/* "folder 7", but "Cyprus: 1977" where a folder has a title. */
static const char *folder_word(const capsa_locator *l) {
  char first = l->folder.len ? l->folder.ptr[0] : 0;
  if (first < '0' || first > '9') return "";
  return l->fond.len ? "papka " : "folder ";
}

/* From the small to the large, as a note has it; but the parts of a Russian
 * place and its leaves in their own order. */
void capsa_cite_locator(const capsa_cited *cited, const char *dash) {
  const capsa_locator *l = &cited->document->metadata.locator;
  bool inside =
      capsa_slice_equal(capsa_slice_cut(l->file, 0, l->group.len), l->group);
  const struct {
    const char *name;
    capsa_slice value;
  } parts[] = {{"f. ", l->fond},
               {"op. ", l->opis},
               {"d. ", l->delo},
               {"", l->file},
               {folder_word(l), l->folder},
               {"box ", l->box},
               {"", l->series},
               {"", inside ? (capsa_slice){0} : l->group},
               {"", l->text}};
  const char *comma = "";
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    if (!parts[i].value.len) continue;
    capsa_cite_puts(cited, comma);
    capsa_cite_puts(cited, parts[i].name);
    capsa_cite_put(cited, parts[i].value);
    comma = ", ";
  }
  if (!l->leaves.len) return;
  capsa_cite_puts(cited, comma);
  put_leaves(cited, l, dash);
}

/* The archive's words stay as they are; a turn follows as one more sentence
 * where they end as one, else as one more element. */
void capsa_cite_archive(const capsa_cited *cited) {
  capsa_slice words = cited->document->metadata.citation;
  capsa_cite_put(cited, words);
  if (!cited->turn) return;
  char last = words.ptr[words.len - 1];
  bool ended = last == '.' || last == '!' || last == '?';
  capsa_cite_puts(cited, ended ? " " : ", ");
  capsa_cite_turn(cited, ended ? "Turn" : "turn");
  if (ended) capsa_cite_puts(cited, ".");
}

static bool find_turn(capsa_cited *cited) {
  const capsa_document *document = cited->document;
  if (!cited->turn) return true;
  for (size_t i = 0; i < document->block_count; i++) {
    const capsa_block *block = &document->blocks[i];
    if (block->turn != cited->turn) continue;
    if (block->speaker)
      cited->speaker = document->speakers[block->speaker - 1].name;
    return true;
  }
  return false;
}

capsa_status capsa_cite(const capsa_document *document, uint32_t turn,
                        capsa_style style, capsa_form form, capsa_arena *arena,
                        capsa_slice *out) {
  if ((unsigned)style >= CAPSA_STYLE_COUNT ||
      (unsigned)form >= CAPSA_FORM_COUNT)
    return CAPSA_EINVAL;
  capsa_buf buf = {0};
  capsa_cited cited = {
      .document = document, .turn = turn, .form = form, .out = &buf};
  if (!find_turn(&cited)) return CAPSA_ENOTFOUND;
  if (form == CAPSA_FORM_RIS) capsa_cite_ris(&cited);
  else if (style == CAPSA_STYLE_CHICAGO_NOTE) capsa_cite_chicago_note(&cited);
  else if (document->metadata.citation.len) capsa_cite_archive(&cited);
  else return CAPSA_ENOTFOUND;
  return capsa_buf_take(&buf, arena, out);
}
