#include "document/formats/tei/xml_memory.h"

#include "base/mem.h"

static size_t left;
static bool refused;

typedef union block_head {
  size_t size;
  max_align_t align;
} block_head;

static void *resize(void *old, size_t size) {
  block_head *head = old ? (block_head *)old - 1 : NULL;
  size_t was = head ? head->size : 0;
  if (size > was && size - was > left) {
    refused = true;
    return NULL;
  }
  head = capsa_mem_resize(head, size + sizeof *head);
  if (!head) return NULL;
  left = left + was - size;
  head->size = size;
  return head + 1;
}

static void *allocate(size_t size) { return resize(NULL, size); }

static void release(void *old) {
  if (!old) return;
  block_head *head = (block_head *)old - 1;
  left += head->size;
  capsa_mem_free(head);
}

void capsa_xml_memory_begin(size_t bytes) {
  left = bytes;
  refused = false;
}

bool capsa_xml_memory_refused(void) { return refused; }

const XML_Memory_Handling_Suite *capsa_xml_memory(void) {
  static const XML_Memory_Handling_Suite suite = {allocate, resize, release};
  return &suite;
}
