/* locator_american.c -- a place in an American archive: from the large to the
 * small, parted by commas. Each part is told by its words (RG, Files, Box) or
 * its shape (a decimal file number); what names neither is a series before the
 * box and the title of a folder behind it.
 */
#include <string.h>

#include "base/slice.h"
#include "document/passes/head/citation.h"
#include "text/chars.h"

static bool is_digit(capsa_slice text, size_t i) {
  return i < text.len && capsa_is_digit((unsigned char)text.ptr[i]);
}

static bool is_upper_ascii(capsa_slice text, size_t i) {
  return i < text.len && text.ptr[i] >= 'A' && text.ptr[i] <= 'Z';
}

static bool starts_with_word(capsa_slice text, const char *word) {
  size_t len = strlen(word);
  return capsa_slice_equal_nocase(capsa_slice_cut(text, 0, len),
                                  capsa_slice_of(word)) &&
         (text.len == len || !capsa_is_letter((unsigned char)text.ptr[len]));
}

/* "611.93/8-458", "396.1–GE/11–555": a decimal file; "POL 27 LAOS", "DEF 12–1
 * US": a subject with a number. */
static bool is_file_number(capsa_slice piece) {
  size_t i = 0, letters;
  while (is_digit(piece, i)) i++;
  bool decimal = i == 3 && capsa_slice_finds(piece, ".", 0) < 6;
  if (i) return decimal;
  while (is_upper_ascii(piece, i)) i++;
  letters = i;
  size_t digits = i + 1;
  while (is_digit(piece, digits)) digits++;
  if (digits - i > 3) return false; /* "FY 1962" */
  return letters >= 2 && letters <= 4 && i < piece.len && piece.ptr[i] == ' ' &&
         is_digit(piece, i + 1) && !starts_with_word(piece, "RG") &&
         !starts_with_word(piece, "CF") && !starts_with_word(piece, "FRC") &&
         !starts_with_word(piece, "CL");
}

static bool is_group(capsa_slice piece) {
  return (starts_with_word(piece, "RG") && is_digit(piece, 3)) ||
         starts_with_word(piece, "Record Group");
}

static bool is_box(capsa_slice piece) {
  return starts_with_word(piece, "Box") || starts_with_word(piece, "Boxes");
}

static bool is_folder(capsa_slice piece) {
  return starts_with_word(piece, "Folder") ||
         starts_with_word(piece, "Folders");
}

static bool is_series(capsa_slice piece) {
  static const char *const words[] = {
      "File", "Files",      "Papers",  "Series", "Records",  "Materials", "Lot",
      "NSF",  "Collection", "Affairs", "Entry",  "Division", "Material",  NULL};
  for (int i = 0; words[i]; i++) {
    size_t len = strlen(words[i]);
    for (size_t at = 0;
         (at = capsa_slice_finds(piece, words[i], at)) != CAPSA_NOT_FOUND; at++)
      if ((!at || strchr(" (-", piece.ptr[at - 1])) &&
          !capsa_is_letter(capsa_utf8_next(piece, at + len).value))
        return true;
  }
  return false;
}

/* Behind "Box " and the like: "3", "H–114". */
static capsa_slice value_of(capsa_slice piece) {
  size_t space = capsa_slice_finds(piece, " ", 0);
  if (space == CAPSA_NOT_FOUND) return (capsa_slice){0};
  piece = capsa_slice_trim(capsa_slice_from(piece, space));
  return capsa_slice_starts(piece, ":")
             ? capsa_slice_trim(capsa_slice_from(piece, 1))
             : piece;
}

/* `member` grows from its first piece to this one. */
static void extend(capsa_slice *member, capsa_slice piece) {
  if (!member->len) *member = piece;
  else
    *member = (capsa_slice){member->ptr,
                            (size_t)(piece.ptr + piece.len - member->ptr)};
}

/* Without the sentence's full stop. */
static capsa_slice trim_piece(capsa_slice piece) {
  piece = capsa_slice_trim(piece);
  bool stop = capsa_slice_ends(piece, ".") && piece.len > 1 &&
              !capsa_is_upper((unsigned char)piece.ptr[piece.len - 2]);
  return capsa_slice_cut(piece, 0, piece.len - stop);
}

static size_t piece_end(capsa_slice text, size_t at) {
  long depth = 0;
  for (; at < text.len; at++) {
    char c = text.ptr[at];
    depth += c == '(' || c == '[';
    depth -= c == ')' || c == ']';
    /* "1,200" is a number, "12, 1958" and "9/1/67, Vol. 2" are two pieces. */
    if (depth <= 0 && (c == ';' || (c == ',' && !is_digit(text, at + 1))))
      return at;
  }
  return at;
}

/* "1964–66": the years of the series before it. */
static bool is_years(capsa_slice piece) {
  for (size_t i = 0; i < piece.len; i++)
    if (!is_digit(piece, i) && !strchr("-\xE2\x80\x93", piece.ptr[i]))
      return false;
  return is_digit(piece, 3);
}

static void read_piece(capsa_slice piece, capsa_locator *out, size_t known) {
  bool begun = out->box.len || out->file.len;
  bool series =
      !begun && (is_series(piece) || !known ||
                 (is_years(piece) && out->series.len && !out->folder.len));
  /* What stood between two series, or before a box, was a series. */
  if ((series || is_box(piece)) && !begun && out->folder.len) {
    extend(&out->series, out->folder);
    out->folder = (capsa_slice){0};
  }
  if (is_group(piece)) out->group = piece;
  else if (is_box(piece)) out->box = value_of(piece);
  else if (is_folder(piece)) out->folder = value_of(piece);
  else if (is_file_number(piece)) extend(&out->file, piece);
  else if (series) extend(&out->series, piece);
  else if (!out->file.len) extend(&out->folder, piece);
}

/* From the large to the small: what goes before a group is no series of it. */
bool capsa_locator_american(capsa_slice text, size_t from, bool strict,
                            capsa_locator *out, capsa_range *range) {
  capsa_locator found = {0};
  size_t start = CAPSA_NOT_FOUND, known = 0;
  bool sure = false;
  for (size_t at = from, end; at < text.len; at = end + 1) {
    end = piece_end(text, at);
    capsa_slice piece = trim_piece(capsa_slice_cut(text, at, end));
    bool mark = is_group(piece) || is_box(piece) || is_folder(piece) ||
                is_file_number(piece);
    sure |= mark;
    if (!piece.len || (start == CAPSA_NOT_FOUND && !mark && !is_series(piece)))
      continue;
    if (start == CAPSA_NOT_FOUND) start = (size_t)(piece.ptr - text.ptr);
    read_piece(piece, &found, known++);
    range->end_byte = (size_t)(piece.ptr + piece.len - text.ptr);
  }
  if (start == CAPSA_NOT_FOUND || (strict && !sure)) return false;
  range->start_byte = start;
  *out = found;
  return true;
}
