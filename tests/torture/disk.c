/* disk.c -- see disk.h. The first half is a plain disk with the interface of
 * opfs.js; the second makes of a log what a power cut may have left. */
#include "disk.h"

#include <stdlib.h>
#include <string.h>

#include "sqlite3.h"
#include "store/opfs.h"

#define HANDLES_MAX 32
/* What a reader finds behind the bytes that a short read gave. */
#define SCRIBBLE 0xA5

static struct {
  disk_image image;
  int handles[HANDLES_MAX]; /* 1 + index of the file; 0: free */
  int open;
  size_t calls, by_kind[DISK_CALL_COUNT];
  disk_fault_kind fault;
  size_t fault_at;
  bool lasting, met;
  disk_call met_in;
  disk_log *log;
  disk_random random;
  double now;
} disk = {.random = {88172645463325252u}, .now = 1.7e12};

static void *must(void *ptr) {
  if (!ptr) abort();
  return ptr;
}

/* ---- images */

static void set_size(disk_file *file, size_t size) {
  if (size > file->room) {
    size_t room = size > 2 * file->room ? size : 2 * file->room;
    file->bytes = must(realloc(file->bytes, room));
    file->room = room;
  }
  if (size > file->size) memset(file->bytes + file->size, 0, size - file->size);
  file->size = size;
}

static void put_bytes(disk_file *file, size_t at, const void *bytes,
                      size_t len) {
  if (!len) return;
  if (at + len > file->size) set_size(file, at + len);
  memcpy(file->bytes + at, bytes, len);
}

static void copy_file(disk_file *to, const disk_file *from) {
  memcpy(to->name, from->name, sizeof to->name);
  to->size = 0;
  put_bytes(to, 0, from->bytes, from->size);
}

void disk_image_copy(disk_image *to, const disk_image *from) {
  for (size_t i = 0; i < from->count; i++)
    copy_file(&to->files[i], &from->files[i]);
  to->count = from->count;
}

void disk_image_clear(disk_image *image) {
  for (size_t i = 0; i < DISK_FILES_MAX; i++) free(image->files[i].bytes);
  memset(image, 0, sizeof *image);
}

disk_file *disk_image_find(disk_image *image, const char *name) {
  for (size_t i = 0; i < image->count; i++)
    if (!strcmp(image->files[i].name, name)) return &image->files[i];
  return NULL;
}

static disk_file *add_file(disk_image *image, const char *name) {
  if (image->count == DISK_FILES_MAX || strlen(name) >= DISK_NAME_MAX) abort();
  disk_file *file = &image->files[image->count++];
  strcpy(file->name, name);
  file->size = 0;
  return file;
}

void disk_image_put(disk_image *image, const char *name, const void *bytes,
                    size_t size) {
  disk_file *file = disk_image_find(image, name);
  if (!file) file = add_file(image, name);
  file->size = 0;
  put_bytes(file, 0, bytes, size);
}

/* Eight bytes at a time, in the manner of FNV. */
static uint64_t hash(uint64_t h, const unsigned char *bytes, size_t len) {
  uint64_t word;
  for (; len >= sizeof word; bytes += sizeof word, len -= sizeof word) {
    memcpy(&word, bytes, sizeof word);
    h = (h ^ word) * 0x100000001B3u;
    h ^= h >> 29;
  }
  for (; len; bytes++, len--) h = (h ^ *bytes) * 0x100000001B3u;
  return h;
}

uint64_t disk_image_hash(const disk_image *image) {
  uint64_t h = 0xCBF29CE484222325u;
  for (size_t i = 0; i < image->count; i++) {
    h = (h ^ image->files[i].size) * 0x100000001B3u;
    h = hash(h, image->files[i].bytes, image->files[i].size);
  }
  return h;
}

uint32_t disk_random_next(disk_random *random) {
  uint64_t x = random->state ? random->state : 1;
  x ^= x << 13, x ^= x >> 7, x ^= x << 17;
  random->state = x;
  return (uint32_t)(x >> 16);
}

uint32_t disk_random_below(disk_random *random, uint32_t below) {
  return below ? disk_random_next(random) % below : 0;
}

/* ---- the disk */

void disk_load(const disk_image *image) {
  disk_image_copy(&disk.image, image);
  memset(disk.handles, 0, sizeof disk.handles);
  memset(disk.by_kind, 0, sizeof disk.by_kind);
  disk.open = 0;
  disk_fault(DISK_FAULT_NONE, 0, false);
}

void disk_save(disk_image *image) { disk_image_copy(image, &disk.image); }

int disk_open_handles(void) { return disk.open; }

void disk_seed(uint64_t seed) {
  disk.random.state = seed * 0x9E3779B97F4A7C15u + 1;
  disk.now = 1.7e12 + 60000.0 * (double)(seed % 100000);
}

size_t disk_calls(void) { return disk.calls; }

size_t disk_calls_of(disk_call call) { return disk.by_kind[call]; }

void disk_fault(disk_fault_kind kind, size_t at, bool lasting) {
  disk.calls = 0;
  disk.fault = kind;
  disk.fault_at = at;
  disk.lasting = lasting;
  disk.met = false;
}

bool disk_fault_met(disk_call *call) {
  *call = disk.met_in;
  return disk.met;
}

static bool can_fail(disk_call call, disk_fault_kind kind) {
  if (kind == DISK_FAULT_FULL)
    return call == DISK_WRITE || call == DISK_TRUNCATE || call == DISK_SYNC;
  if (kind == DISK_FAULT_SHORT) return call == DISK_READ || call == DISK_WRITE;
  return kind == DISK_FAULT_ERROR;
}

/* Count a call; how does it fail? */
static disk_fault_kind step(disk_call call) {
  size_t number = disk.calls++;
  disk.by_kind[call]++;
  if (!disk.fault || !can_fail(call, disk.fault)) return DISK_FAULT_NONE;
  bool now = number == disk.fault_at ||
             (disk.lasting && disk.met && call == disk.met_in);
  if (!now) return DISK_FAULT_NONE;
  disk.met = true;
  disk.met_in = call;
  return disk.fault;
}

void disk_log_to(disk_log *log) { disk.log = log; }

void disk_log_clear(disk_log *log) {
  for (size_t i = 0; i < log->count; i++) free(log->ops[i].bytes);
  free(log->ops);
  *log = (disk_log){0};
}

static void note(disk_op_kind kind, const disk_file *file, size_t at,
                 const void *bytes, size_t len) {
  disk_log *log = disk.log;
  if (!log) return;
  if (log->count == log->cap) {
    log->cap = log->cap ? 2 * log->cap : 1024;
    log->ops = must(realloc(log->ops, log->cap * sizeof *log->ops));
  }
  disk_op *op = &log->ops[log->count++];
  *op = (disk_op){.kind = kind, .at = at, .len = len};
  op->file = (size_t)(file - disk.image.files);
  strcpy(op->name, file->name);
  if (!len) return;
  op->bytes = must(malloc(len));
  memcpy(op->bytes, bytes, len);
}

/* NULL: no such handle, as after a crash. */
static disk_file *file_of(int number) {
  if (number < 0 || number >= HANDLES_MAX || !disk.handles[number]) return NULL;
  return &disk.image.files[disk.handles[number] - 1];
}

/* As in the browser: the files are there from the beginning, without bytes. */
int capsa_js_file_open(const char *name, int create) {
  (void)create;
  if (step(DISK_OPEN)) return -2;
  disk_file *file = disk_image_find(&disk.image, name);
  if (!file) file = add_file(&disk.image, name);
  for (int i = 0; i < HANDLES_MAX; i++)
    if (!disk.handles[i]) {
      disk.handles[i] = 1 + (int)(file - disk.image.files);
      disk.open++;
      return i;
    }
  abort();
}

int capsa_js_file_close(int number) {
  if (!file_of(number)) return SQLITE_IOERR_CLOSE;
  disk.handles[number] = 0;
  disk.open--;
  return step(DISK_CLOSE) ? SQLITE_IOERR_CLOSE : SQLITE_OK;
}

int capsa_js_file_read(int number, void *into, int amount, double at) {
  disk_file *file = file_of(number);
  disk_fault_kind fault = step(DISK_READ);
  if (!file || fault == DISK_FAULT_ERROR) return -1;
  memset(into, SCRIBBLE, (size_t)amount);
  size_t from = (size_t)at, len = (size_t)amount;
  if (from >= file->size) return 0;
  if (len > file->size - from) len = file->size - from;
  if (fault == DISK_FAULT_SHORT) len /= 2;
  memcpy(into, file->bytes + from, len);
  return (int)len;
}

int capsa_js_file_write(int number, const void *from, int amount, double at) {
  disk_file *file = file_of(number);
  size_t len = (size_t)amount;
  disk_fault_kind fault = step(DISK_WRITE);
  if (!file || fault == DISK_FAULT_ERROR) return SQLITE_IOERR_WRITE;
  if (fault == DISK_FAULT_FULL) return SQLITE_FULL;
  if (fault == DISK_FAULT_SHORT) len /= 2;
  put_bytes(file, (size_t)at, from, len);
  note(DISK_OP_WRITE, file, (size_t)at, from, len);
  return fault ? SQLITE_FULL : SQLITE_OK;
}

int capsa_js_file_truncate(int number, double size) {
  disk_file *file = file_of(number);
  disk_fault_kind fault = step(DISK_TRUNCATE);
  if (fault == DISK_FAULT_FULL) return SQLITE_FULL;
  if (!file || fault) return SQLITE_IOERR_TRUNCATE;
  set_size(file, (size_t)size);
  note(DISK_OP_TRUNCATE, file, (size_t)size, NULL, 0);
  return SQLITE_OK;
}

int capsa_js_file_sync(int number) {
  disk_file *file = file_of(number);
  disk_fault_kind fault = step(DISK_SYNC);
  if (fault == DISK_FAULT_FULL) return SQLITE_FULL;
  if (!file || fault) return SQLITE_IOERR_FSYNC;
  note(DISK_OP_FLUSH, file, 0, NULL, 0);
  return SQLITE_OK;
}

double capsa_js_file_size(int number) {
  disk_file *file = file_of(number);
  return step(DISK_SIZE) || !file ? -1 : (double)file->size;
}

int capsa_js_random(void *into, int amount) {
  unsigned char *bytes = into;
  for (int i = 0; i < amount; i++)
    bytes[i] = (unsigned char)disk_random_next(&disk.random);
  return amount;
}

double capsa_js_now(void) { return disk.now; }
