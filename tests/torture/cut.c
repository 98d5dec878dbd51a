/* cut.c -- what a power cut leaves of a disk (disk.h). */
#include <stdlib.h>
#include <string.h>

#include "disk.h"

/* How a file fares whose last writes were not flushed. */
typedef enum cut_way {
  NOTHING,    /* none of them is there */
  EVERYTHING, /* all are, though nobody asked */
  BEGINNING,  /* some, in order, the last one torn */
  ANY,        /* any sectors of any of them, in order */
  SHUFFLED,   /* any sectors, in any order */
  HOLLOW,     /* the size of all, the bytes of any sectors; zeros between */
  GARBLED,    /* any sectors, and some hold bytes of nobody */
  DAMAGED,    /* all, but the device's sector that was written last is lost */
  CUT_WAYS
} cut_way;

static void set_size(disk_file *file, size_t size) {
  if (size > file->room) {
    file->bytes = realloc(file->bytes, size);
    if (!file->bytes) abort();
    file->room = size;
  }
  if (size > file->size) memset(file->bytes + file->size, 0, size - file->size);
  file->size = size;
}

static void put(disk_file *file, const disk_op *op, size_t from, size_t end) {
  if (op->at + end > file->size) set_size(file, op->at + end);
  memcpy(file->bytes + op->at + from, op->bytes + from, end - from);
}

static void put_all(disk_file *file, const disk_op *op) {
  if (op->kind == DISK_OP_TRUNCATE) set_size(file, op->at);
  else if (op->len) put(file, op, 0, op->len);
}

/* Where the sector that byte `from` of the write lies in ends. */
static size_t sector_end(const disk_op *op, size_t from) {
  size_t end = ((op->at + from) / DISK_SECTOR + 1) * DISK_SECTOR - op->at;
  return end < op->len ? end : op->len;
}

static void garble(disk_file *file, size_t from, size_t end,
                   disk_random *random) {
  if (end > file->size) set_size(file, end);
  for (size_t i = from; i < end; i++)
    file->bytes[i] = (unsigned char)disk_random_next(random);
}

/* Half of the sectors; where `odds` is not 0, one in so many is garbled. */
static void put_some(disk_file *file, const disk_op *op, disk_random *random,
                     uint32_t odds) {
  if (op->kind == DISK_OP_TRUNCATE) {
    if (disk_random_below(random, 2)) set_size(file, op->at);
    return;
  }
  for (size_t from = 0, end; from < op->len; from = end) {
    end = sector_end(op, from);
    if (odds && !disk_random_below(random, odds))
      garble(file, op->at + from, op->at + end, random);
    else if (disk_random_below(random, 2)) put(file, op, from, end);
  }
}

static void put_beginning(disk_file *file, const disk_op *const *ops,
                          size_t count, disk_random *random) {
  size_t whole = disk_random_below(random, (uint32_t)count);
  for (size_t i = 0; i < whole; i++) put_all(file, ops[i]);
  const disk_op *last = ops[whole];
  if (last->kind != DISK_OP_WRITE || !last->len) return;
  size_t end = 0;
  for (uint32_t n = disk_random_below(random, 17); n && end < last->len; n--)
    end = sector_end(last, end);
  if (end) put(file, last, 0, end);
}

static void put_shuffled(disk_file *file, const disk_op *const *ops,
                         size_t count, disk_random *random) {
  static const disk_op *order[DISK_PENDING_MAX];
  memcpy(order, ops, count * sizeof *ops);
  for (size_t i = count; i > 1; i--) {
    size_t j = disk_random_below(random, (uint32_t)i);
    const disk_op *op = order[i - 1];
    order[i - 1] = order[j], order[j] = op;
  }
  for (size_t i = 0; i < count; i++) put_some(file, order[i], random, 0);
}

static void damage_last(disk_file *file, const disk_op *const *ops,
                        size_t count, disk_random *random) {
  for (size_t i = 0; i < count; i++) put_all(file, ops[i]);
  const disk_op *last = ops[count - 1];
  if (last->kind != DISK_OP_WRITE) return;
  size_t start = last->at / DISK_DEVICE_SECTOR * DISK_DEVICE_SECTOR;
  size_t end = start + DISK_DEVICE_SECTOR;
  if (end > file->size) end = file->size;
  if (start < end) garble(file, start, end, random);
}

static void cut_file(disk_file *file, const disk_file *now,
                     const disk_op *const *ops, size_t count,
                     disk_random *random) {
  cut_way way = (cut_way)disk_random_below(random, CUT_WAYS);
  switch (way) {
  case EVERYTHING:
    for (size_t i = 0; i < count; i++) put_all(file, ops[i]);
    return;
  case BEGINNING: put_beginning(file, ops, count, random); return;
  case SHUFFLED: put_shuffled(file, ops, count, random); return;
  case DAMAGED: damage_last(file, ops, count, random); return;
  case HOLLOW:
    if (now->size > file->size) set_size(file, now->size);
    /* fall through */
  case ANY:
  case GARBLED:
    for (size_t i = 0; i < count; i++)
      put_some(file, ops[i], random, way == GARBLED ? 8 : 0);
    return;
  case NOTHING:
  case CUT_WAYS: return;
  }
}

void disk_replay_begin(disk_replay *replay, const disk_image *start) {
  disk_image_copy(&replay->now, start);
  disk_image_copy(&replay->safe, start);
  memset(replay->pending_count, 0, sizeof replay->pending_count);
}

/* A file that came up later is there from the beginning, without bytes. */
static void make_room(disk_image *image, const disk_op *op) {
  while (image->count <= op->file) image->files[image->count++].size = 0;
  strcpy(image->files[op->file].name, op->name);
}

void disk_replay_step(disk_replay *replay, const disk_op *op) {
  size_t file = op->file, *count = &replay->pending_count[file];
  make_room(&replay->now, op);
  make_room(&replay->safe, op);
  if (op->kind != DISK_OP_FLUSH) {
    if (*count == DISK_PENDING_MAX) abort();
    replay->pending[file][(*count)++] = op;
    put_all(&replay->now.files[file], op);
    return;
  }
  for (size_t i = 0; i < *count; i++)
    put_all(&replay->safe.files[file], replay->pending[file][i]);
  *count = 0;
}

void disk_replay_cut(const disk_replay *replay, disk_random *random,
                     disk_image *out) {
  disk_image_copy(out, &replay->safe);
  for (size_t i = 0; i < out->count; i++)
    if (replay->pending_count[i])
      cut_file(&out->files[i], &replay->now.files[i], replay->pending[i],
               replay->pending_count[i], random);
}

void disk_replay_clear(disk_replay *replay) {
  disk_image_clear(&replay->now);
  disk_image_clear(&replay->safe);
}
