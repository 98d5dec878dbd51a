#include "store/sound.h"

#include "base/sha256.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "store/rows.h"

bool capsa_address_is_sound(capsa_slice address) {
  static const char *const schemes[] = {"http://", "https://", "mailto:"};
  for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
    capsa_slice scheme = capsa_slice_of(schemes[i]);
    if (capsa_slice_equal_nocase(capsa_slice_cut(address, 0, scheme.len),
                                 scheme))
      return true;
  }
  return false;
}

bool capsa_word_is_sound(const char *word) {
  for (const char *p = word; *p; p++)
    if ((*p < 'a' || *p > 'z') && (*p < '0' || *p > '9') && *p != '-')
      return false;
  return true;
}

bool capsa_key_is_sound(capsa_slice key) {
  if (!key.len || key.len > CAPSA_KEY_BYTES_MAX || !capsa_utf8_is_valid(key))
    return false;
  for (size_t i = 0; i < key.len; i++)
    if ((unsigned char)key.ptr[i] <= ' ' || key.ptr[i] == '@') return false;
  return true;
}

/* Does a character begin at `at`, or the text end there? */
static bool is_border(capsa_slice text, size_t at) {
  return at == text.len || ((unsigned char)text.ptr[at] & 0xC0) != 0x80;
}

static bool is_between(capsa_slice text, capsa_range at) {
  return is_border(text, at.start_byte) && is_border(text, at.end_byte);
}

static bool is_block_utf8(const capsa_block *block) {
  bool valid = capsa_utf8_is_valid(block->label) &&
               capsa_utf8_is_valid(block->marker) &&
               capsa_utf8_is_valid(block->language) &&
               capsa_utf8_is_valid(block->target);
  for (size_t i = 0; valid && i < block->span_count; i++)
    valid = capsa_utf8_is_valid(block->spans[i].target) &&
            capsa_utf8_is_valid(block->spans[i].mark);
  for (size_t i = 0; valid && i < block->emendation_count; i++)
    valid = capsa_utf8_is_valid(block->emendations[i].original) &&
            capsa_utf8_is_valid(block->emendations[i].corrected);
  return valid;
}

static bool is_head_utf8(const capsa_document *document) {
#define VALID(column, member) capsa_utf8_is_valid(document->metadata.member) &&
  bool valid = CAPSA_METADATA_FIELDS(VALID) true;
  for (size_t i = 0; valid && i < document->metadata.participant_count; i++) {
    const capsa_participant *one = &document->metadata.participants[i];
    valid = capsa_utf8_is_valid(one->name) &&
            capsa_utf8_is_valid(one->office) && capsa_utf8_is_valid(one->side);
  }
  for (size_t i = 0; valid && i < document->speaker_count; i++) {
    const capsa_speaker *one = &document->speakers[i];
    valid = capsa_utf8_is_valid(one->name) &&
            capsa_utf8_is_valid(one->office) && capsa_utf8_is_valid(one->key);
    for (size_t l = 0; valid && l < one->label_count; l++)
      valid = capsa_utf8_is_valid(one->labels[l]);
  }
  for (size_t i = 0; valid && i < document->diagnostic_count; i++) {
    const capsa_diagnostic *one = &document->diagnostics[i];
    valid = capsa_utf8_is_valid(one->text) &&
            capsa_utf8_is_valid(capsa_slice_of(one->action));
  }
  return valid;
}

static bool has_borders(const capsa_block *block) {
  for (size_t i = 0; i < block->span_count; i++)
    if (!is_between(block->text, block->spans[i].at)) return false;
  for (size_t i = 0; i < block->emendation_count; i++)
    if (!is_between(block->text, block->emendations[i].at)) return false;
  return true;
}

const char *capsa_document_fault(const capsa_document *document) {
  char digits[CAPSA_SHA256_HEX];
  if (!capsa_key_is_sound(document->key)) return "its name is none";
  if (!capsa_utf8_is_valid(document->text) || !is_head_utf8(document))
    return "a part of its text is no UTF-8";
  capsa_sha256_hex(document->text, digits);
  if (!capsa_slice_equal(document->edition,
                         (capsa_slice){digits, sizeof digits}))
    return "its text is not the one that was kept: the digest differs";
  for (size_t i = 0; i < document->block_count; i++) {
    if (!is_block_utf8(&document->blocks[i]))
      return "a part of its text is no UTF-8";
    if (!has_borders(&document->blocks[i]))
      return "a mark begins or ends inside a character";
  }
  return NULL;
}
