/* persons.c -- a person's name, office and side from an entry of a list.
 *
 * What parts them: a dash ("CIA—Mr. Cox", "Sheikh al-Faqih—Minister"), runs of
 * spaces or a tab, a comma, brackets. Which side of it is the name is decided
 * by what the other one is: words of offices and sides are few, names are not.
 */
#include "document/passes/people/persons.h"

#include <string.h>

#include "base/slice.h"
#include "document/draft.h"
#include "document/passes/people/entry_shapes.h"
#include "document/passes/people/person_words.h"
#include "text/chars.h"

/* ---- brackets and parts */

/* "Chou En-lai (Zhou Enlai)": names both, of the same number of words. */
static bool is_other_spelling(capsa_slice name, capsa_slice inner) {
  size_t words = 0;
  for (size_t at = 0;; words++) {
    capsa_slice word = capsa_person_word(inner, &at);
    if (!word.len) break;
    if (!capsa_word_is_name(word) || capsa_word_is_agency(word) ||
        capsa_word_is_office(word))
      return false;
  }
  return words && words <= 3 && name.len;
}

static void add_office(capsa_arena *arena, capsa_participant *person,
                       capsa_slice office) {
  office = capsa_person_trim(office);
  if (!office.len) return;
  if (!person->office.len) {
    person->office = office;
    return;
  }
  capsa_buf both = {0};
  capsa_buf_put(&both, person->office);
  capsa_buf_puts(&both, ", ");
  capsa_buf_put(&both, office);
  capsa_buf_take(&both, arena, &person->office);
}

/* Cut "(notetaker)", "(Zhou Enlai)" off the end; "the Under Secretary (Ball)"
 * has its name there. */
static capsa_slice take_bracket(capsa_arena *arena, capsa_slice text,
                                capsa_participant *person) {
  if (!text.len || text.ptr[text.len - 1] != ')') return text;
  size_t open = text.len;
  while (open && text.ptr[open - 1] != '(') open--;
  if (open < 2) return text;
  capsa_slice before = capsa_slice_trim(capsa_slice_cut(text, 0, open - 1));
  capsa_slice inner =
      capsa_slice_trim(capsa_slice_cut(text, open, text.len - 1));
  if (!inner.len) return before;
  if (capsa_is_office(before) && !capsa_long_office_len(before) &&
      is_other_spelling(before, inner)) {
    add_office(arena, person, before);
    return inner;
  }
  if (!is_other_spelling(before, inner)) add_office(arena, person, inner);
  return before;
}

/* Bytes of a sign that parts name and office at `i`; 0 for none. */
static size_t parting_len(capsa_slice text, size_t i) {
  static const char *const signs[] = {"\xE2\x80\x94-",
                                      "\xE2\x80\x94",
                                      " \xE2\x80\x93 ",
                                      " - ",
                                      "--",
                                      "\t",
                                      NULL};
  for (int k = 0; signs[k]; k++)
    if (capsa_slice_starts(capsa_slice_from(text, i), signs[k]))
      return strlen(signs[k]);
  return 0;
}

/* A run of spaces parts columns, but not "Mr.  MacArthur". */
static size_t column_len(capsa_slice text, size_t i) {
  size_t spaces = 0;
  for (size_t at = i;;) {
    capsa_codepoint cp = capsa_utf8_next(text, at);
    if (!cp.len || !capsa_is_space(cp.value)) {
      bool two =
          spaces == 2 && i && text.ptr[i - 1] != '.' && text.ptr[i - 1] != ',';
      return spaces > 2 || two ? at - i : 0;
    }
    spaces++;
    at += cp.len;
  }
}

/* Columns whose spaces were lost: "Henry KissingerAssistant to", "RodmanNSC
 * Staff". "MacArthur" is none. */
static bool is_glued(capsa_slice text, size_t i) {
  if (!capsa_is_lower((unsigned char)text.ptr[i - 1]) ||
      !capsa_is_upper((unsigned char)text.ptr[i]))
    return false;
  size_t at = i;
  capsa_slice word = capsa_person_word(text, &at);
  if (at >= text.len) return false;
  return capsa_word_is_office(word) || capsa_word_goes_with_rank(word) ||
         (word.len > 1 && capsa_word_is_agency(word));
}

static size_t find_parting(capsa_slice text, size_t *len) {
  for (size_t i = 1; i < text.len; i++) {
    *len = parting_len(text, i);
    if (!*len && ((unsigned char)text.ptr[i] & 0xC0) != 0x80)
      *len = column_len(text, i);
    if (*len || is_glued(text, i)) return i;
  }
  return CAPSA_NOT_FOUND;
}

/* "Jr.", "II", "Ph.D." behind a comma belong to the name. */
static bool is_suffix(capsa_slice text) {
  static const char *const words[] = {"Jr.", "Jr",   "Sr.",   "II",   "III",
                                      "IV",  "USN",  "USA",   "USAF", "USMC",
                                      "MP",  "M.P.", "Ph.D.", "Esq.", NULL};
  text = capsa_slice_trim(text);
  for (int i = 0; words[i]; i++)
    if (capsa_slice_is(text, words[i])) return true;
  return false;
}

static size_t find_comma(capsa_slice text) {
  for (size_t i = 0; i < text.len; i++) {
    if (text.ptr[i] == '(') {
      while (i < text.len && text.ptr[i] != ')') i++;
      continue;
    }
    if (text.ptr[i] != ',') continue;
    size_t next = capsa_slice_finds(text, ",", i + 1);
    if (!is_suffix(capsa_slice_cut(text, i + 1, next))) return i;
  }
  return CAPSA_NOT_FOUND;
}

/* "B.N." */
static bool is_initials(capsa_slice text) {
  if (text.len < 2 || text.len > 12 || !capsa_slice_ends(text, "."))
    return false;
  size_t letters = 0;
  for (size_t i = 0; i < text.len;) {
    capsa_codepoint cp = capsa_utf8_next(text, i);
    i += cp.len;
    if (cp.value == '.' || cp.value == ' ' || cp.value == '-') letters = 0;
    else if (!capsa_is_upper(cp.value) || ++letters > 2) return false;
  }
  return true;
}

/* ---- the whole */

static capsa_slice joined(capsa_arena *arena, capsa_slice first,
                          capsa_slice second) {
  capsa_buf name = {0};
  capsa_slice out = second;
  capsa_buf_put(&name, first);
  capsa_buf_putc(&name, ' ');
  capsa_buf_put(&name, second);
  capsa_buf_take(&name, arena, &out);
  return out;
}

/* "Хрущёв Н.С." is written "Н.С. Хрущёв". */
static capsa_slice initials_first(capsa_arena *arena, capsa_slice name) {
  size_t space = name.len;
  while (space && name.ptr[space - 1] != ' ') space--;
  capsa_slice last = capsa_slice_from(name, space);
  if (!space || !is_initials(last)) return name;
  return joined(arena, last, capsa_slice_trim(capsa_slice_cut(name, 0, space)));
}

static void set_name(capsa_arena *arena, capsa_slice text,
                     capsa_participant *person) {
  text = take_bracket(arena, capsa_person_trim(text), person);
  for (size_t at = 0;;) {
    size_t address = capsa_address_len(text);
    text = capsa_slice_from(text, address);
    capsa_slice word = capsa_person_word(text, &at);
    if (at >= text.len || !capsa_word_is_left_out(word)) break;
    text = capsa_slice_trim(capsa_slice_from(text, at));
    at = 0;
  }
  size_t office = capsa_long_office_len(text);
  if (!office) office = capsa_office_len(text);
  if (office) {
    capsa_slice rank = capsa_slice_trim(capsa_slice_cut(text, 0, office));
    text = capsa_slice_trim(capsa_slice_from(text, office));
    capsa_slice later = person->office;
    person->office = rank;
    add_office(arena, person, later);
  }
  text = capsa_draft_squeeze(arena, capsa_person_trim(text));
  person->name = initials_first(arena, text);
}

/* Name first, or office first: "Ponomarev, B.N.", "Chairman, Mr. Beam". */
static void read_at_comma(capsa_arena *arena, capsa_slice text, size_t comma,
                          capsa_participant *person) {
  capsa_slice left = capsa_slice_trim(capsa_slice_cut(text, 0, comma));
  capsa_slice right = capsa_slice_trim(capsa_slice_from(text, comma + 1));
  if (is_initials(right)) {
    set_name(arena, joined(arena, right, left), person);
    return;
  }
  if (capsa_is_office(left) && !capsa_is_office(right) &&
      capsa_has_honorific(right)) {
    add_office(arena, person, left);
    set_name(arena, right, person);
    return;
  }
  set_name(arena, left, person);
  add_office(arena, person, right);
}

static void read_named(capsa_arena *arena, capsa_slice text,
                       capsa_participant *person) {
  size_t comma = find_comma(text);
  if (comma == CAPSA_NOT_FOUND) set_name(arena, text, person);
  else read_at_comma(arena, text, comma, person);
}

/* Chinese puts the office behind the name: 毛林主席, 周平副主席. */
static size_t chinese_office(capsa_slice text) {
  static const char *const words[] = {
      "副总理", "副主席", "副部长", "副外长", "总书记", "副司长", "代办",
      "主席",   "总理",   "部长",   "外长",   "书记",   "司长",   "大使",
      "参赞",   "武官",   "团长",   "副团长", "同志",   "先生",   "秘书",
      "翻译",   "将军",   "元帅",   "总统",   "首相",   "处长",   NULL};
  for (int i = 0; words[i]; i++)
    if (capsa_slice_ends(text, words[i])) return strlen(words[i]);
  return 0;
}

static bool parse_chinese(capsa_arena *arena, capsa_slice entry,
                          capsa_participant *out) {
  if (capsa_utf8_next(entry, 0).value < 0x2E80) return false;
  size_t open = capsa_slice_finds(entry, "(", 0);
  capsa_slice name = capsa_slice_trim(capsa_slice_cut(entry, 0, open));
  if (open != CAPSA_NOT_FOUND)
    add_office(
        arena, out,
        capsa_slice_cut(entry, open + 1, capsa_slice_finds(entry, ")", open)));
  size_t office = chinese_office(name);
  if (office == name.len || (!office && open == CAPSA_NOT_FOUND)) return false;
  if (office) add_office(arena, out, capsa_slice_from(name, name.len - office));
  out->name = capsa_slice_cut(name, 0, name.len - office);
  return true;
}

void capsa_participant_parse(capsa_arena *arena, capsa_slice entry,
                             capsa_participant *out) {
  size_t lead = capsa_entry_office_len(entry);
  if (lead) {
    add_office(arena, out, capsa_slice_cut(entry, 0, lead));
    entry = capsa_slice_trim(capsa_slice_from(entry, lead));
  }
  if (parse_chinese(arena, entry, out)) return;
  size_t len = 0, at = find_parting(entry, &len);
  if (at == CAPSA_NOT_FOUND || entry.ptr[0] == '[') {
    read_named(arena, entry, out);
    return;
  }
  capsa_slice left = capsa_slice_trim(capsa_slice_cut(entry, 0, at));
  capsa_slice right = capsa_slice_trim(capsa_slice_from(entry, at + len));
  if (!capsa_has_honorific(left) &&
      (capsa_has_honorific(right) || capsa_is_side(left))) {
    if (capsa_is_office(left)) add_office(arena, out, left);
    else out->side = capsa_person_trim(left);
    read_named(arena, right, out);
  } else if (capsa_is_office(left) && !capsa_is_office(right)) {
    add_office(arena, out, left);
    read_named(arena, right, out);
  } else {
    read_named(arena, left, out);
    add_office(arena, out, right);
  }
}
