/* html_lists.c -- items with their numbers, cells with their tabs. */
#include <stdio.h>
#include <string.h>

#include "base/slice.h"
#include "document/formats/html/html_walk.h"
#include "text/chars.h"

#define COLUMNS_SPANNED_MAX 50

static capsa_html_node *node_at(const capsa_html_walk *w, uint32_t i) {
  return &w->page->tree.items[i];
}

static int64_t number_of(capsa_slice text, int64_t otherwise) {
  int64_t value = 0;
  text = capsa_slice_trim(text);
  bool minus = capsa_slice_starts(text, "-");
  if (minus) text = capsa_slice_from(text, 1);
  for (size_t i = 0; i < text.len && i < 9; i++) {
    if (!capsa_is_digit((unsigned char)text.ptr[i])) return otherwise;
    value = value * 10 + (text.ptr[i] - '0');
  }
  return !text.len ? otherwise : minus ? -value : value;
}

static capsa_html_frame *list_around(capsa_html_walk *w) {
  for (size_t i = w->depth; i-- > 0;) {
    uint8_t tag = node_at(w, w->frames[i].node)->tag;
    if (tag == CAPSA_TAG_OL || tag == CAPSA_TAG_UL || tag == CAPSA_TAG_TABLE)
      return &w->frames[i];
  }
  return NULL;
}

static capsa_slice counter(capsa_html_walk *w, int64_t number,
                           capsa_slice type) {
  char text[24];
  bool letters = type.len == 1 && (type.ptr[0] | 32) == 'a';
  if (letters && number >= 1 && number <= 26)
    snprintf(text, sizeof text, "%c.", type.ptr[0] + (int)number - 1);
  else snprintf(text, sizeof text, "%lld.", (long long)number);
  return capsa_arena_copy(w->draft->arena, capsa_slice_of(text));
}

static void enter_item(capsa_html_walk *w, const capsa_html_attributes *a) {
  capsa_html_frame *list = list_around(w);
  w->marker = CAPSA_LITERAL("\xE2\x80\xA2");
  if (!w->now.lists) w->now.lists = 1;
  if (!list || node_at(w, list->node)->tag != CAPSA_TAG_OL) return;
  capsa_html_attributes of_list;
  capsa_html_attributes_read(node_at(w, list->node)->text, &of_list);
  int64_t number = number_of(a->value, list->number);
  w->marker = counter(w, number, of_list.type);
  list->number = number + list->step;
}

static capsa_html_frame *table_around(capsa_html_walk *w) {
  for (size_t i = w->depth; i-- > 0;)
    if (node_at(w, w->frames[i].node)->tag == CAPSA_TAG_TABLE)
      return &w->frames[i];
  return NULL;
}

/* Tabs stand between cells: those spanned by the cells before come too. */
static void enter_cell(capsa_html_walk *w, const capsa_html_attributes *a) {
  capsa_html_frame *table = table_around(w);
  if (!table) return;
  for (; table->gaps; table->gaps--) capsa_html_flow_put_raw(w->flow, "\t");
  int64_t columns = number_of(a->colspan, 1);
  if (columns > COLUMNS_SPANNED_MAX) columns = COLUMNS_SPANNED_MAX;
  table->gaps = columns > 1 ? (uint32_t)columns : 1;
}

static void enter_row(capsa_html_walk *w) {
  capsa_html_frame *table = table_around(w);
  if (!table) return;
  if (table->rows++) capsa_html_flow_put_raw(w->flow, "\n");
  table->gaps = 0;
}

void capsa_html_enter_table(capsa_html_walk *w, capsa_html_frame *f,
                            capsa_html_tag tag,
                            const capsa_html_attributes *a) {
  if (tag == CAPSA_TAG_TABLE && !w->now.note && !w->now.table)
    w->now.table = capsa_html_is_data(w->page, f->node);
  else if (w->now.table && tag == CAPSA_TAG_CAPTION) w->now.table = false;
  else if (w->now.table && tag == CAPSA_TAG_TR) enter_row(w);
  else if (w->now.table && (tag == CAPSA_TAG_TD || tag == CAPSA_TAG_TH))
    enter_cell(w, a);
}

void capsa_html_leave_table(capsa_html_walk *w) {
  w->now.table = false;
  if (w->body.text.len) {
    capsa_html_flow_put_raw(&w->body, "\n");
    capsa_draft_block *block = capsa_html_add(w, CAPSA_BLOCK_TABLE);
    if (block) capsa_html_flow_take(&w->body, w->draft, block);
  }
  capsa_html_flush(w);
}

static void enter_numbering(capsa_html_walk *w, capsa_html_frame *f,
                            const capsa_html_attributes *a) {
  w->now.lists++;
  f->number = number_of(a->start, 1);
  f->step = a->reversed ? -1 : 1;
}

void capsa_html_enter_list(capsa_html_walk *w, capsa_html_frame *f,
                           capsa_html_tag tag, const capsa_html_attributes *a) {
  switch (tag) {
  case CAPSA_TAG_UL:
  case CAPSA_TAG_OL:
  case CAPSA_TAG_DL:
  case CAPSA_TAG_MENU:
  case CAPSA_TAG_DIR: enter_numbering(w, f, a); break;
  case CAPSA_TAG_LI: enter_item(w, a); break;
  case CAPSA_TAG_DT: w->marker = (capsa_slice){0}; break;
  case CAPSA_TAG_DD: w->now.lists++; break;
  default: break;
  }
}
