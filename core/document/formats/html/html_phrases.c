#include <string.h>

#include "base/slice.h"
#include "document/formats/html/html_walk.h"
#include "text/chars.h"

static capsa_html_node *node_at(const capsa_html_walk *w, uint32_t i) {
  return &w->page->tree.items[i];
}

/* ---- language */

static bool is_language(capsa_slice tag) {
  for (size_t i = 0; i < tag.len; i++)
    if (tag.ptr[i] != '-' && !capsa_is_digit((unsigned char)tag.ptr[i]) &&
        !((tag.ptr[i] | 32) >= 'a' && (tag.ptr[i] | 32) <= 'z'))
      return false;
  return tag.len >= 2 && tag.len <= 35;
}

static capsa_slice around_of(const capsa_html_walk *w) {
  return w->now.language.len ? w->now.language : w->page->options->language;
}

void capsa_html_read_language(capsa_html_walk *w, capsa_html_frame *f,
                              const capsa_html_attributes *a, bool block) {
  capsa_slice lang = capsa_html_value(w->draft->arena, a->lang);
  if (!is_language(lang)) lang = (capsa_slice){0};
  if (block && a->dir.len)
    lang = capsa_html_written(w->page, f->node, a->dir, lang, around_of(w));
  if (!lang.len) return;
  if (capsa_slice_equal_nocase(lang, w->page->options->language))
    lang = (capsa_slice){0};
  if (block) {
    w->now.language = lang;
    return;
  }
  if (!lang.len) lang = w->page->options->language;
  capsa_slice around = around_of(w);
  if (!lang.len || capsa_slice_equal_nocase(lang, around)) return;
  capsa_html_flow_open(w->flow, CAPSA_SPAN_FOREIGN, lang);
  f->spans++;
}

/* ---- phrases */

static capsa_span_kind span_of(capsa_html_tag tag) {
  switch (tag) {
  case CAPSA_TAG_EM:
  case CAPSA_TAG_I:
  case CAPSA_TAG_U:
  case CAPSA_TAG_CITE:
  case CAPSA_TAG_DFN:
  case CAPSA_TAG_VAR: return CAPSA_SPAN_EMPHASIS;
  case CAPSA_TAG_B:
  case CAPSA_TAG_STRONG: return CAPSA_SPAN_STRONG;
  case CAPSA_TAG_CODE:
  case CAPSA_TAG_KBD:
  case CAPSA_TAG_SAMP:
  case CAPSA_TAG_TT: return CAPSA_SPAN_CODE;
  case CAPSA_TAG_INS: return CAPSA_SPAN_ADDED;
  case CAPSA_TAG_DEL:
  case CAPSA_TAG_S:
  case CAPSA_TAG_STRIKE: return CAPSA_SPAN_DELETED;
  case CAPSA_TAG_RT: return CAPSA_SPAN_GLOSS;
  default: return CAPSA_SPAN_KIND_COUNT;
  }
}

static void open_span(capsa_html_walk *w, capsa_html_frame *f,
                      capsa_span_kind kind, capsa_slice target) {
  capsa_html_flow_open(w->flow, kind, target);
  f->spans++;
}

capsa_slice capsa_html_address(const capsa_html_walk *w, capsa_slice raw,
                               bool path) {
  const capsa_html_options *options = w->page->options;
  capsa_slice address = capsa_html_value(w->draft->arena, raw);
  if (options->resolve && address.len)
    address = options->resolve(options->context, address);
  else if (!path && capsa_address_is_relative(address)) {
    capsa_slice whole =
        capsa_address_resolve(w->draft->arena, w->page->base, address);
    if (!whole.len && !w->now.outside)
      capsa_addresses_put(&w->page->loose, address);
    address = whole;
  }
  return capsa_html_is_safe(address, path) ? address : (capsa_slice){0};
}

/* A date or a period, as EDTF writes them. */
static bool is_edtf(capsa_slice text) {
  for (size_t i = 0; i < text.len; i++)
    if (!strchr("0123456789-:/TZ+.~?%X", text.ptr[i])) return false;
  return text.len >= 4 && text.len <= 40;
}

void capsa_html_enter_phrase(capsa_html_walk *w, capsa_html_frame *f,
                             capsa_html_tag tag,
                             const capsa_html_attributes *a) {
  capsa_span_kind kind = span_of(tag);
  if (node_at(w, f->node)->flags & CAPSA_HTML_SMALL_CAPS)
    open_span(w, f, CAPSA_SPAN_SMALL_CAPS, (capsa_slice){0});
  bool twice = kind == CAPSA_SPAN_CODE && w->now.kind == CAPSA_BLOCK_CODE;
  if (kind != CAPSA_SPAN_KIND_COUNT && !twice)
    open_span(w, f, kind, (capsa_slice){0});
  if (tag == CAPSA_TAG_A) {
    capsa_slice target = capsa_html_address(w, a->href, false);
    if (target.len) open_span(w, f, CAPSA_SPAN_LINK, target);
  } else if (tag == CAPSA_TAG_TIME && is_edtf(a->datetime))
    open_span(w, f, CAPSA_SPAN_DATE, a->datetime);
  else if (tag == CAPSA_TAG_RT)
    capsa_html_flow_put(w->flow, CAPSA_LITERAL("("), true);
  else if (tag == CAPSA_TAG_Q)
    capsa_html_flow_put(w->flow, CAPSA_LITERAL("\xE2\x80\x9C"), true);
}

void capsa_html_leave_phrase(capsa_html_walk *w, capsa_html_tag tag) {
  if (tag == CAPSA_TAG_RT)
    capsa_html_flow_put(w->flow, CAPSA_LITERAL(")"), true);
  else if (tag == CAPSA_TAG_Q)
    capsa_html_flow_put(w->flow, CAPSA_LITERAL("\xE2\x80\x9D"), true);
}
