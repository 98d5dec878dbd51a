/* unroll.c -- a record whose line ends are lost: all of it on one line, as it
 * is when the text of a PDF is copied.
 *
 * Two things part it again. The words before a colon that heads of such pages
 * have ("Citation:", "Summary:", "Present:"); and speakers: what looks like a
 * label behind a sentence's end, and comes again, and takes turns with another
 * such. Nothing is changed: the line becomes several.
 */
#include <stdio.h>
#include <string.h>

#include "base/slice.h"
#include "document/formats/archive/lines.h"
#include "document/passes/labels/labels.h"
#include "document/passes/passes.h"
#include "document/passes/people/titles.h"
#include "text/chars.h"

/* A line of so many bytes that is most of the text. */
#define UNROLL_MIN 400

/* The head of a page ends within so many bytes. */
#define HEAD_BYTES_MAX 6000

/* So long is what a site puts before date and title. */
#define SITE_BYTES_MAX 120

/* Speakers of one record, and what makes a conversation of them. */
#define LABELS_MAX 64
#define SPEAKERS_MIN 2
#define TURNS_MIN 4

typedef struct speaker {
  capsa_slice bare;
  size_t count;
} speaker;

typedef struct unroller {
  capsa_draft *draft;
  capsa_slice text;
  CAPSA_LIST(size_t) cuts; /* bytes where a line begins, in order */
  bool site;               /* what stands before the first cut is the site's */
  speaker speakers[LABELS_MAX];
  size_t speaker_count;
} unroller;

static void cut_at(unroller *u, size_t at) {
  size_t last = u->cuts.count ? u->cuts.items[u->cuts.count - 1] : 0;
  if (at <= last) return;
  size_t *cut = CAPSA_LIST_ADD(u->draft->arena, &u->cuts);
  if (cut) *cut = at;
}

/* ---- the head */

static size_t field_len(capsa_slice rest) {
  static const char *const fields[] = {"Citation:",
                                       "Summary:",
                                       "Abstract:",
                                       "Credits:",
                                       "Original Language:",
                                       "Contents:",
                                       "Participants:",
                                       "Present:",
                                       "Subject:",
                                       "Source:",
                                       "Rights:",
                                       "Original Archive:",
                                       "Teilnehmer:",
                                       "Anwesend:",
                                       "Participants :",
                                       "Присутствовали:",
                                       NULL};
  for (int i = 0; fields[i]; i++)
    if (capsa_slice_starts(rest, fields[i])) return strlen(fields[i]);
  return 0;
}

/* The title that a citation has in its quotation marks. */
static capsa_slice cited_title(capsa_slice citation) {
  citation = capsa_slice_trim(citation);
  bool curly = capsa_slice_starts(citation, "\xE2\x80\x9C");
  if (!curly && !capsa_slice_starts(citation, "\"")) return (capsa_slice){0};
  size_t start = curly ? 3 : 1;
  size_t end =
      capsa_slice_finds(citation, curly ? "\xE2\x80\x9D" : "\"", start);
  if (end == CAPSA_NOT_FOUND) return (capsa_slice){0};
  capsa_slice title = capsa_slice_cut(citation, start, end);
  while (title.len && strchr(",. ", title.ptr[title.len - 1])) title.len--;
  return title;
}

/* What stands before "Citation:": the site's name, the date, the title. */
static void cut_title(unroller *u, size_t citation) {
  capsa_slice before = capsa_slice_cut(u->text, 0, citation);
  capsa_slice title =
      cited_title(capsa_slice_from(u->text, citation + sizeof "Citation:" - 1));
  size_t at = title.len ? capsa_slice_find(before, title, 0) : CAPSA_NOT_FOUND;
  if (at == CAPSA_NOT_FOUND) return;
  capsa_date date;
  if (capsa_date_find(capsa_slice_cut(before, 0, at), &date))
    cut_at(u, date.at.start_byte);
  cut_at(u, at);
  u->site = u->cuts.count && u->cuts.items[0] <= SITE_BYTES_MAX;
}

static void cut_head(unroller *u, size_t end) {
  for (size_t i = 0; i < end && i < HEAD_BYTES_MAX; i++) {
    if (i && u->text.ptr[i - 1] != ' ') continue;
    size_t len = field_len(capsa_slice_from(u->text, i));
    if (!len) continue;
    if (!u->cuts.count &&
        capsa_slice_starts(capsa_slice_from(u->text, i), "Citation:"))
      cut_title(u, i);
    cut_at(u, i);
    i += len - 1;
  }
}

/* ---- speakers */

static speaker *find_speaker(unroller *u, capsa_slice bare) {
  for (size_t i = 0; i < u->speaker_count; i++)
    if (capsa_slice_equal(u->speakers[i].bare, bare)) return &u->speakers[i];
  return NULL;
}

/* The next place behind a sentence's end, at or after `at`. */
static size_t next_start(capsa_slice text, size_t at) {
  for (; at + 1 < text.len; at++)
    if (text.ptr[at] == ' ' && text.ptr[at + 1] != ' ' && at &&
        strchr(".?!])\"\x9D", text.ptr[at - 1]))
      return at + 1;
  return CAPSA_NOT_FOUND;
}

/* "Mr. Blot" and "B. Blot" go on behind their stops, "Ambassador. Mr. Blot"
 * does not. */
static bool has_sentence_end(capsa_slice bare) {
  for (size_t i = 1; i + 1 < bare.len; i++) {
    if (bare.ptr[i] != '.' || bare.ptr[i + 1] != ' ') continue;
    size_t start = i;
    while (start && !strchr(" .", bare.ptr[start - 1])) start--;
    capsa_slice word = capsa_slice_cut(bare, start, i);
    const capsa_title *title = capsa_title_find(word);
    bool initial = capsa_utf8_next(word, 0).len == word.len;
    if (!initial && (!title || word.len >= strlen(title->full))) return true;
  }
  return false;
}

static bool label_at(const unroller *u, size_t at, capsa_label_shape *out) {
  capsa_slice rest = capsa_slice_cut(u->text, at, at + CAPSA_LABEL_MAX + 2);
  return capsa_label_shape_read(rest, out) && out->sign == ':' &&
         !capsa_label_is_field(out->bare) && !has_sentence_end(out->bare) &&
         capsa_label_class_of(out->bare) != CAPSA_LABEL_COMMON;
}

static void count_speakers(unroller *u) {
  capsa_label_shape label;
  for (size_t at = 0; (at = next_start(u->text, at)) != CAPSA_NOT_FOUND;) {
    if (!label_at(u, at, &label)) continue;
    speaker *known = find_speaker(u, label.bare);
    if (!known && u->speaker_count < LABELS_MAX) {
      known = &u->speakers[u->speaker_count++];
      *known = (speaker){.bare = label.bare};
    }
    if (known) known->count++;
  }
}

static bool is_conversation(const unroller *u) {
  size_t speakers = 0, turns = 0;
  for (size_t i = 0; i < u->speaker_count; i++) {
    if (u->speakers[i].count < 2) continue;
    speakers++;
    turns += u->speakers[i].count;
  }
  return speakers >= SPEAKERS_MIN && turns >= TURNS_MIN;
}

/* The first turn may stand behind the head, which ends without a stop. */
static size_t first_turn(const unroller *u) {
  size_t first = u->text.len;
  for (size_t i = 0; i < u->speaker_count; i++) {
    capsa_slice bare = u->speakers[i].bare;
    if (u->speakers[i].count < 2) continue;
    for (size_t at = 0;
         (at = capsa_slice_find(u->text, bare, at)) != CAPSA_NOT_FOUND &&
         at < first;
         at += bare.len)
      if (at && u->text.ptr[at - 1] == ' ' && at + bare.len < u->text.len &&
          u->text.ptr[at + bare.len] == ':')
        first = at;
  }
  return first;
}

static void cut_turns(unroller *u, size_t first) {
  capsa_label_shape label;
  cut_at(u, first);
  for (size_t at = first; (at = next_start(u->text, at)) != CAPSA_NOT_FOUND;)
    if (label_at(u, at, &label) && find_speaker(u, label.bare)) cut_at(u, at);
}

/* ---- notes */

#define NOTE_DIGITS 12

/* "[2] " behind a sentence's end, at or after `from`. */
static size_t find_note(capsa_slice text, size_t from, unsigned number) {
  char mark[NOTE_DIGITS];
  snprintf(mark, sizeof mark, "[%u] ", number);
  for (size_t at = from;
       (at = capsa_slice_finds(text, mark, at)) != CAPSA_NOT_FOUND; at++)
    if (at > 1 && text.ptr[at - 1] == ' ' &&
        strchr(".?!])\"\x9D", text.ptr[at - 2]))
      return at;
  return CAPSA_NOT_FOUND;
}

/* The notes at the end, whose marks the text has before them. */
static void cut_notes(unroller *u) {
  size_t last = CAPSA_NOT_FOUND;
  for (size_t at = 0; (at = find_note(u->text, at, 1)) != CAPSA_NOT_FOUND; at++)
    last = at;
  if (last == CAPSA_NOT_FOUND || capsa_slice_finds(u->text, "[1]", 0) == last ||
      last * 2 < u->text.len)
    return;
  size_t at = last;
  for (unsigned n = 1; at != CAPSA_NOT_FOUND; at = find_note(u->text, at, ++n))
    cut_at(u, at);
}

/* ---- the line becomes several */

static void put_lines(unroller *u, capsa_lines *lines, size_t index) {
  capsa_lines out = {0};
  capsa_line whole = lines->items[index];
  for (size_t i = 0; i < lines->count; i++) {
    size_t pieces = i == index ? u->cuts.count + 1 : 1;
    for (size_t k = 0; k < pieces; k++) {
      capsa_line *line = CAPSA_LIST_ADD(u->draft->arena, &out);
      if (!line) return;
      *line = lines->items[i];
      if (i != index) continue;
      size_t from = k ? u->cuts.items[k - 1] : 0;
      size_t to = k < u->cuts.count ? u->cuts.items[k] : whole.text.len;
      line->text = capsa_slice_trim(capsa_slice_cut(whole.text, from, to));
      line->printed = line->text;
      line->width = (uint32_t)line->text.len;
      capsa_line *blank = CAPSA_LIST_ADD(u->draft->arena, &out);
      if (!blank) return;
      *blank = (capsa_line){.number = whole.number};
    }
  }
  *lines = out;
}

static void take_site(capsa_draft *draft, capsa_line *line) {
  line->taken = true;
  if (!draft->metadata.site.len) draft->metadata.site = line->text;
  capsa_draft_report(draft, CAPSA_SEVERITY_INFO, line->number, "chrome",
                     "left out: it belongs to the site's page", line->text);
}

void capsa_lines_unroll(capsa_draft *draft, capsa_lines *lines) {
  size_t all = 0, longest = 0;
  for (size_t i = 0; i < lines->count; i++) {
    all += lines->items[i].text.len;
    if (lines->items[i].text.len > lines->items[longest].text.len) longest = i;
  }
  if (!lines->count || lines->items[longest].text.len < UNROLL_MIN ||
      lines->items[longest].text.len * 4 < all * 3)
    return;
  unroller u = {.draft = draft, .text = lines->items[longest].text};
  count_speakers(&u);
  bool turns = is_conversation(&u);
  size_t first = turns ? first_turn(&u) : u.text.len;
  cut_head(&u, first);
  if (turns) cut_turns(&u, first);
  cut_notes(&u);
  if (!u.cuts.count) return;
  put_lines(&u, lines, longest);
  if (u.site && longest < lines->count)
    take_site(draft, &lines->items[longest]);
}
