/* align_path.c -- dynamic programming over the lengths and kinds of blocks.
 *
 * After Gale and Church: one block with one, one with two or three, or one with
 * nothing, at a price that grows with what speaks against it: the lengths, the
 * kind, the number, who begins to speak. The path is sought in a band around
 * the diagonal, so that time and memory are bounded: CELLS_MAX steps, or
 * BAND_MIN to either side. All in integers, so that native and wasm agree.
 */
#include "document/align_path.h"

typedef capsa_align_unit unit;

/* Prices, in hundredths of a natural logarithm of what is less likely. */
enum {
  GAP = 400, /* a block that the other has not */
  GAP_LENGTH_MAX = 600,
  TWO = 250, /* one block is two */
  THREE = 450,
  LENGTH_MAX = 1500,
  LENGTH_WEIGHT = 7,
  OTHER_KIND = 900, /* a heading is no paragraph */
  LIKE_KIND = 80,   /* a quotation may be one */
  SPEECH_KIND = 200,
  OTHER_NUMBER = 1500,
  NO_NUMBER = 60,
  OTHER_SECTION = 300,
  SAME_NUMBER = -150,
  OTHER_LEVEL = 40,
  OTHER_TURN = 250, /* one begins a turn, the other does not */
  OTHER_SPEAKER = 100,
  HIDDEN_START = 600 /* a heading or a turn begins inside a merger */
};

#define BAND 200
#define BAND_MIN 8
#define CELLS_MAX 8000000
#define FAR (INT64_MAX / 4)
#define CONFIDENCE_NUMBER 98
#define CONFIDENCE_ONE 95
#define CONFIDENCE_MORE 80
#define CONFIDENCE_MIN 20

static bool is_prose(capsa_block_kind kind) {
  return kind == CAPSA_BLOCK_PARAGRAPH || kind == CAPSA_BLOCK_QUOTATION ||
         kind == CAPSA_BLOCK_LIST || kind == CAPSA_BLOCK_VERSE ||
         kind == CAPSA_BLOCK_DATELINE || kind == CAPSA_BLOCK_PARTICIPANTS;
}

static bool is_turn(capsa_block_kind kind) {
  return kind == CAPSA_BLOCK_SPEECH || kind == CAPSA_BLOCK_NARRATION;
}

static bool is_bracket(capsa_block_kind kind) {
  return kind == CAPSA_BLOCK_EDITORIAL || kind == CAPSA_BLOCK_GAP;
}

static int64_t price_of_kinds(capsa_block_kind a, capsa_block_kind b) {
  if (a == b) return 0;
  if ((is_prose(a) && is_prose(b)) || (is_turn(a) && is_turn(b)) ||
      (is_bracket(a) && is_bracket(b)))
    return LIKE_KIND;
  bool text = (is_prose(a) || is_turn(a) || is_bracket(a)) &&
              (is_prose(b) || is_turn(b) || is_bracket(b));
  return text ? SPEECH_KIND : OTHER_KIND;
}

static int64_t price_of_numbers(uint32_t a, uint32_t b) {
  if (!a && !b) return 0;
  if (!a || !b) return NO_NUMBER;
  return a == b ? SAME_NUMBER : OTHER_NUMBER;
}

static int64_t price_of_turns(uint32_t a, uint32_t b) {
  if (a == b) return 0;
  return a && b ? OTHER_SPEAKER : OTHER_TURN;
}

static int64_t price_of_lengths(int64_t a, int64_t b) {
  int64_t apart = a > b ? a - b : b - a, mean = (a + b) / 2 + 1;
  if (apart > (int64_t)1 << 24) return LENGTH_MAX;
  int64_t price = LENGTH_WEIGHT * apart * apart / mean;
  return price < LENGTH_MAX ? price : LENGTH_MAX;
}

static int64_t price_of_gap(const unit *a) {
  return GAP +
         (a->length * 2 < GAP_LENGTH_MAX ? a->length * 2 : GAP_LENGTH_MAX);
}

/* `count` blocks that are one of the other text: what only a first one may. */
static int64_t price_of_merger(const unit *first, size_t count,
                               int64_t *length) {
  int64_t price = 0;
  *length = first->length;
  for (size_t i = 1; i < count; i++) {
    const unit *a = &first[i];
    if (a->kind == CAPSA_BLOCK_HEADING || a->rank || a->number)
      price += HIDDEN_START;
    price += price_of_kinds(first->kind, a->kind);
    *length += a->length;
  }
  return price;
}

/* ---- one stretch between two anchors */

typedef struct move {
  uint8_t rows, columns;
  int price;
} move;

/* The order decides between equal prices: what only one side has stands as far
 * back as it can, so that a heading goes with what is under it. */
static const move moves[] = {{1, 0, 0},    {0, 1, 0},   {1, 1, 0},
                             {2, 1, TWO},  {1, 2, TWO}, {3, 1, THREE},
                             {1, 3, THREE}};
#define MOVES (sizeof moves / sizeof *moves)
#define ROWS_KEPT 4

/* Rows are the blocks of the longer side, so that the diagonal never leaves
 * the band in one step. */
typedef struct band {
  const unit *rows, *columns;
  size_t row_count, column_count, half, width;
  int64_t *prices[ROWS_KEPT]; /* of the last rows, by row modulo ROWS_KEPT */
  uint8_t *came_by;           /* move + 1, row by row */
} band;

static size_t first_column(const band *b, size_t row) {
  /* Too large a product for the 32 bits of wasm. */
  uint64_t centre =
      b->row_count ? (uint64_t)row * b->column_count / b->row_count : 0;
  return centre > b->half ? (size_t)centre - b->half : 0;
}

static int64_t *cell(const band *b, size_t row, size_t column) {
  size_t first = first_column(b, row);
  if (column < first || column - first >= b->width) return NULL;
  return &b->prices[row % ROWS_KEPT][column - first];
}

static int64_t price_of_pair(const unit *a, size_t rows, const unit *b,
                             size_t columns) {
  int64_t length_a, length_b;
  int64_t price = price_of_merger(a, rows, &length_a) +
                  price_of_merger(b, columns, &length_b);
  if (a->level != b->level) price += OTHER_LEVEL;
  if (a->section && b->section && a->section != b->section)
    price += OTHER_SECTION;
  return price + price_of_kinds(a->kind, b->kind) +
         price_of_numbers(a->number, b->number) +
         price_of_turns(a->rank, b->rank) +
         price_of_lengths(length_a, length_b);
}

static int64_t price_of_move(const band *b, const move *m, size_t row,
                             size_t column) {
  const unit *a = b->rows + (row - m->rows);
  const unit *c = b->columns + (column - m->columns);
  if (!m->columns) return price_of_gap(a);
  if (!m->rows) return price_of_gap(c);
  return m->price + price_of_pair(a, m->rows, c, m->columns);
}

static void fill_cell(band *b, size_t row, size_t column) {
  int64_t best = FAR;
  uint8_t by = 0;
  for (uint8_t i = 0; i < MOVES; i++) {
    const move *m = &moves[i];
    if (m->rows > row || m->columns > column) continue;
    const int64_t *from = cell(b, row - m->rows, column - m->columns);
    if (!from || *from >= FAR) continue;
    int64_t price = *from + price_of_move(b, m, row, column);
    if (price >= best) continue;
    best = price;
    by = (uint8_t)(i + 1);
  }
  if (!row && !column) best = 0;
  *cell(b, row, column) = best;
  b->came_by[row * b->width + (column - first_column(b, row))] = by;
}

static capsa_status open_band(band *b, capsa_arena *arena) {
  size_t most = CELLS_MAX / (2 * (b->row_count + 1));
  b->half = most < BAND ? (most < BAND_MIN ? BAND_MIN : most) : BAND;
  b->width = 2 * b->half + 1;
  if (b->width > b->column_count + 1) b->width = b->column_count + 1;
  b->came_by = capsa_arena_alloc(arena, (b->row_count + 1) * b->width);
  for (int i = 0; i < ROWS_KEPT; i++)
    b->prices[i] = capsa_arena_alloc(arena, b->width * sizeof(int64_t));
  return capsa_arena_failed(arena) ? CAPSA_ENOMEM : CAPSA_OK;
}

int capsa_align_confidence(const unit *a, size_t rows, const unit *b,
                           size_t columns) {
  if (!rows || !columns) return 0;
  if (rows == 1 && columns == 1 && a->number && a->number == b->number)
    return CONFIDENCE_NUMBER;
  int64_t doubt = price_of_pair(a, rows, b, columns) / 8;
  int most = rows + columns == 2 ? CONFIDENCE_ONE : CONFIDENCE_MORE;
  if (doubt < 0) doubt = 0;
  return doubt > most - CONFIDENCE_MIN ? CONFIDENCE_MIN : most - (int)doubt;
}

/* The moves of the cheapest path, first move last. @return how many */
static size_t trace(const band *b, uint8_t *path) {
  size_t row = b->row_count, column = b->column_count, count = 0;
  while (row || column) {
    uint8_t by = b->came_by[row * b->width + (column - first_column(b, row))];
    path[count++] = by;
    row -= moves[by - 1].rows;
    column -= moves[by - 1].columns;
  }
  return count;
}

static void fill_row(band *b, size_t row) {
  size_t first = first_column(b, row), end = first + b->width;
  if (end > b->column_count + 1) end = b->column_count + 1;
  for (size_t i = 0; i < b->width; i++) b->prices[row % ROWS_KEPT][i] = FAR;
  for (size_t column = first; column < end; column++) fill_cell(b, row, column);
}

capsa_status capsa_align_path(const unit *one, size_t ones, const unit *other,
                              size_t others, capsa_arena *arena,
                              const capsa_align_step **steps, size_t *count) {
  bool turned = others > ones;
  band b = {.rows = turned ? other : one,
            .columns = turned ? one : other,
            .row_count = turned ? others : ones,
            .column_count = turned ? ones : others};
  capsa_status st = open_band(&b, arena);
  if (st) return st;
  for (size_t row = 0; row <= b.row_count; row++) fill_row(&b, row);
  uint8_t *path = capsa_arena_alloc(arena, ones + others);
  capsa_align_step *out =
      capsa_arena_alloc(arena, (ones + others) * sizeof *out);
  if (!path || !out) return CAPSA_ENOMEM;
  size_t length = trace(&b, path);
  for (size_t i = 0; i < length; i++) {
    const move *m = &moves[path[length - 1 - i] - 1];
    out[i] = turned ? (capsa_align_step){m->columns, m->rows}
                    : (capsa_align_step){m->rows, m->columns};
  }
  *steps = out;
  *count = length;
  return CAPSA_OK;
}
