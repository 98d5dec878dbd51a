/* chrome.c -- the page around a record, as it comes along when a reader
 * selects all and copies.
 *
 * Known by its pattern, not by one site's words: an old layout has a block
 * headed "Citation" above the text (abstract first, then the citation, which
 * begins with the title in quotation marks) and a tab that names language and
 * format; a newer one has date and title above and "Document Information"
 * with pairs of field and value below, then other records' titles.
 */
#include <string.h>

#include "base/slice.h"
#include "document/formats/archive/lines.h"
#include "document/formats/formats.h"
#include "document/passes/passes.h"
#include "text/chars.h"

/* The head of a page ends within so many lines, or there is none. */
#define HEAD_LINES_MAX 80

/* Without the bullet or dash of a list before it. */
static capsa_slice unbulleted(capsa_slice line) {
  static const char *const bullets[] = {"\xE2\x80\xA2", "*", "-", "\xC2\xB7"};
  for (size_t i = 0; i < sizeof bullets / sizeof *bullets; i++)
    if (capsa_slice_starts(line, bullets[i]))
      return capsa_slice_trim(capsa_slice_from(line, strlen(bullets[i])));
  return line;
}

static bool is_one_of(capsa_slice line, const char *const *list) {
  capsa_slice bare = unbulleted(line);
  for (; *list; list++)
    if (capsa_slice_is_nocase(bare, *list)) return true;
  return false;
}

/* Labels of buttons, boxes and menus. */
static bool is_control(capsa_slice line) {
  static const char *const labels[] = {"search",
                                       "search in",
                                       "search this site",
                                       "skip to content",
                                       "skip to main content",
                                       "citation",
                                       "get citation",
                                       "cite this document",
                                       "share document",
                                       "share",
                                       "share this document",
                                       "print",
                                       "print document",
                                       "download",
                                       "download pdf",
                                       "menu",
                                       "home",
                                       "view document",
                                       "copy link",
                                       "copy citation",
                                       "download citation",
                                       "export citation",
                                       "cite",
                                       "cite this",
                                       "link",
                                       "permalink",
                                       "email",
                                       "tweet",
                                       "facebook",
                                       "twitter",
                                       "save",
                                       "back to top",
                                       "back to search results",
                                       "view in english",
                                       NULL};
  return is_one_of(line, labels);
}

/* "English HTML": other versions may exist behind such tabs. */
static bool is_version_tab(capsa_slice line) {
  static const char *const formats[] = {" HTML", " PDF", " Text", NULL};
  for (int i = 0; formats[i]; i++)
    if (capsa_slice_ends(line, formats[i]) && line.len < 40 &&
        capsa_starts_upper(line))
      return capsa_slice_finds(line, ".", 0) == CAPSA_NOT_FOUND;
  return false;
}

static bool is_date_line(capsa_slice line) {
  capsa_date date;
  return line.len && line.len < 40 && capsa_date_find(line, &date) &&
         date.at.start_byte == 0 && date.at.end_byte == line.len;
}

static size_t quote_len(capsa_slice text) {
  if (capsa_slice_starts(text, "\"")) return 1;
  return capsa_slice_starts(text, "\xE2\x80\x9C") ? 3 : 0;
}

static void take(capsa_draft *draft, capsa_line *line, const char *code,
                 const char *action) {
  line->taken = true;
  if (line->text.len)
    capsa_draft_report(draft, CAPSA_SEVERITY_INFO, line->number, code, action,
                       line->text);
}

static void take_control(capsa_draft *draft, capsa_line *line) {
  take(draft, line, "chrome", "left out: it belongs to the site's page");
}

static void put_date(capsa_draft *draft, capsa_slice printed) {
  if (draft->metadata.date.len) return;
  draft->metadata.date = capsa_date_iso(draft->arena, printed);
  draft->metadata.date_text = printed;
}

/* "This document was made possible with support from the X" */
static bool put_support(capsa_draft *draft, capsa_slice line) {
  static const char lead[] =
      "This document was made possible with support from";
  if (!capsa_slice_starts(line, lead)) return false;
  capsa_slice name = capsa_slice_trim(capsa_slice_from(line, sizeof lead - 1));
  if (capsa_slice_starts(name, "the ")) name = capsa_slice_from(name, 4);
  while (name.len && strchr(".,", name.ptr[name.len - 1])) name.len--;
  draft->metadata.support = name;
  return true;
}

/* The block under "Citation": abstract, then citation, perhaps wrapped. */
static void take_citation_block(capsa_draft *draft, capsa_lines *lines,
                                size_t first, size_t end) {
  size_t quote = first;
  while (quote < end && !quote_len(lines->items[quote].text)) quote++;
  if (quote > first) {
    draft->metadata.summary = capsa_lines_join(draft, lines, first, quote);
  }
  if (quote < end) {
    draft->metadata.citation = capsa_lines_join(draft, lines, quote, end);
    capsa_citation_read(draft, draft->metadata.citation);
  }
  for (size_t i = first; i < end; i++) lines->items[i].taken = true;
}

/* Where the record begins on a page of the old layout; 0 for another page. */
static size_t old_head_end(const capsa_lines *lines) {
  static const char *const marks[] = {"get citation", "cite this document",
                                      "share document", "share this document",
                                      NULL};
  size_t end = 0;
  bool heading = false;
  for (size_t i = 0; i < lines->count && i < HEAD_LINES_MAX; i++) {
    capsa_slice line = lines->items[i].text;
    heading |= capsa_slice_equal(unbulleted(line), CAPSA_LITERAL("Citation"));
    if (is_one_of(line, marks) || (end && is_version_tab(line))) end = i + 1;
  }
  return heading ? end : 0;
}

/* The run of text lines from `i` on, without the controls that end it. */
static size_t run_end(const capsa_lines *lines, size_t i, size_t end) {
  while (i < end && lines->items[i].text.len &&
         !is_control(lines->items[i].text) &&
         !is_version_tab(lines->items[i].text))
    i++;
  return i;
}

static void take_old_head(capsa_draft *draft, capsa_lines *lines, size_t end) {
  bool in_citation = false;
  for (size_t i = 0; i < end;) {
    capsa_line *line = &lines->items[i];
    if (!line->text.len) {
      i++;
    } else if (is_control(line->text) || is_version_tab(line->text)) {
      in_citation |=
          capsa_slice_equal(unbulleted(line->text), CAPSA_LITERAL("Citation"));
      take_control(draft, line);
      i++;
    } else if (in_citation) {
      size_t stop = run_end(lines, i, end);
      take_citation_block(draft, lines, i, stop);
      i = stop;
    } else {
      if (put_support(draft, line->text)) line->taken = true;
      else if (is_date_line(line->text)) {
        put_date(draft, line->text);
        line->taken = true;
      } else {
        if (!draft->metadata.site.len) draft->metadata.site = line->text;
        take_control(draft, line);
      }
      i++;
    }
  }
}

/* "Skip to content", the date: above the title of the newer layout. */
static void take_new_head(capsa_draft *draft, capsa_lines *lines) {
  size_t i = 0;
  bool chrome = false;
  for (; i < lines->count && i < HEAD_LINES_MAX; i++) {
    capsa_line *line = &lines->items[i];
    if (!line->text.len) continue;
    if (is_control(line->text) || is_version_tab(line->text)) {
      take_control(draft, line);
      chrome = true;
    } else if (chrome && is_date_line(line->text)) {
      put_date(draft, line->text);
      line->taken = true;
    } else break;
  }
}

static size_t find_line(const capsa_lines *lines, const char *text) {
  for (size_t i = lines->count; i-- > 0;)
    if (capsa_slice_equal_nocase(lines->items[i].text, capsa_slice_of(text)))
      return i;
  return lines->count;
}

/* A pair of field and value: what has no place in the record is told. */
static void put_field(capsa_draft *draft, const capsa_line *line,
                      capsa_slice field, capsa_slice value) {
  const capsa_slice parts[] = {field, CAPSA_LITERAL(": "), value};
  bool known = value.len && capsa_metadata_put(draft, field, value);
  capsa_draft_report(draft, CAPSA_SEVERITY_INFO, line->number, "page-field",
                     known ? "read as what is known about the record"
                           : "kept here: the record has no field for it",
                     capsa_draft_concat(draft, parts, value.len ? 3 : 1));
}

static void take_information(capsa_draft *draft, capsa_lines *lines,
                             size_t first, size_t end) {
  capsa_slice field = {0};
  for (size_t i = first; i < end;) {
    capsa_line *line = &lines->items[i];
    if (!line->text.len) {
      i++;
      continue;
    }
    size_t stop = run_end(lines, i, end);
    if (stop == i) stop = i + 1;
    capsa_slice value = capsa_lines_join(draft, lines, i, stop);
    bool is_value = field.len > 0;
    if (is_value) put_field(draft, line, field, value);
    field = is_value ? (capsa_slice){0} : value;
    for (; i < stop; i++) lines->items[i].taken = true;
  }
  if (field.len)
    put_field(draft, &lines->items[end - 1], field, (capsa_slice){0});
}

static void take_tail(capsa_draft *draft, capsa_lines *lines) {
  size_t related = find_line(lines, "Related Documents");
  size_t information = find_line(lines, "Document Information");
  size_t end = related < lines->count ? related : lines->count;
  if (information < end) {
    take_control(draft, &lines->items[information]);
    take_information(draft, lines, information + 1, end);
  } else if (related * 2 < lines->count) return; /* no tail, some heading */
  for (size_t i = related; i < lines->count; i++)
    if (!lines->items[i].taken) take_control(draft, &lines->items[i]);
}

/* The field that a line of a dump's head opens with; else empty. */
static capsa_slice field_of(const capsa_line *line) {
  static const char *const fields[] = {
      "Citation", "Summary", "Abstract", "Original Language",
      "Contents", "Rights",  NULL};
  size_t colon = capsa_slice_finds(line->text, ":", 0);
  if (line->taken || colon == CAPSA_NOT_FOUND) return (capsa_slice){0};
  capsa_slice field = capsa_slice_cut(line->text, 0, colon);
  return is_one_of(field, fields) ? field : (capsa_slice){0};
}

/* "Citation: …", "Summary: …" at the head of a dump. One alone is the record's
 * own: telegrams have a summary. */
static void take_fields(capsa_draft *draft, capsa_lines *lines) {
  size_t count = 0;
  for (size_t i = 0; i < lines->count && i < HEAD_LINES_MAX; i++)
    count += field_of(&lines->items[i]).len > 0;
  if (count < 2) return;
  for (size_t i = 0; i < lines->count && i < HEAD_LINES_MAX; i++) {
    capsa_line *line = &lines->items[i];
    capsa_slice field = field_of(line);
    if (!field.len) continue;
    size_t colon = field.len + (size_t)(field.ptr - line->text.ptr);
    capsa_slice value =
        capsa_slice_trim(capsa_slice_from(line->text, colon + 1));
    if (!value.len) continue;
    if (capsa_metadata_put(draft, field, value)) line->taken = true;
    else
      take(draft, line, "page-field",
           "kept here: the record has no field for it");
  }
}

/* "1-20 of 345", "12 results", "Sort by": what only lists of results say. */
static bool is_result_mark(capsa_slice line) {
  static const char *const leads[] = {
      "sort by",     "refine",         "filter by", "showing ",
      "results for", "search results", "next page", NULL};
  static const char *const ends[] = {" results",
                                     " results found",
                                     " documents found",
                                     " records found",
                                     " records",
                                     " documents",
                                     NULL};
  if (line.len > 80) return false;
  capsa_slice bare = unbulleted(line);
  for (int i = 0; leads[i]; i++)
    if (capsa_slice_equal_nocase(capsa_slice_cut(bare, 0, strlen(leads[i])),
                                 capsa_slice_of(leads[i])))
      return true;
  if (!bare.len || !capsa_is_digit((unsigned char)bare.ptr[0])) return false;
  for (int i = 0; ends[i]; i++)
    if (capsa_slice_ends(bare, ends[i])) return true;
  return false;
}

static bool is_list_of_results(const capsa_lines *lines) {
  int marks = 0, controls = 0;
  for (size_t i = 0; i < lines->count; i++) {
    marks += is_result_mark(lines->items[i].text);
    controls += is_control(lines->items[i].text);
  }
  return marks >= 2 || (marks && controls);
}

bool capsa_chrome_take(capsa_draft *draft, capsa_lines *lines) {
  if (!lines->count) return true;
  size_t old_end = old_head_end(lines);
  if (!old_end && is_list_of_results(lines)) return false;
  if (old_end) take_old_head(draft, lines, old_end);
  else {
    take_new_head(draft, lines);
    take_fields(draft, lines);
  }
  take_tail(draft, lines);
  return true;
}
