/* html.h -- HTML and XHTML to blocks, in steps that know little of each other.
 *
 *   capsa_html_body()   one text, whole: a chapter of an EPUB
 *   capsa_read_html()   a saved page (formats.h): the article among the chrome
 *   capsa_html_page     what the steps share
 *
 *   tokens -> tree -> roles (hidden, chrome by name) -> notes -> article
 *   -> blocks; metadata of the page beside it.
 */
#ifndef CAPSA_CORE_DOCUMENT_HTML_H
#define CAPSA_CORE_DOCUMENT_HTML_H

#include "document/address.h"
#include "document/draft.h"
#include "document/formats/html/html_tree.h"

/** Objects of linked data nest this deep; deeper ones end its reading. */
#define CAPSA_HTML_JSON_DEPTH_MAX 32

/**
 * Where a link or image leads.
 * @param address  as the source has it, references read
 * @return what goes into the document; empty to leave it out. It is checked
 *         again: only http, https, mailto, and for images a path
 */
typedef capsa_slice capsa_html_resolve(void *context, capsa_slice address);

/** A note, and marks of it in other files. */
typedef struct capsa_html_far_note {
  uint32_t number;    /* of draft->note_numbers; 0: no mark and no note yet */
  capsa_slice marker; /* as its first mark has it */
} capsa_html_far_note;

/**
 * What other files of the same work say of a place in one of them.
 *
 * page  the page of the printed work that begins at `id` of this file, or with
 *       the file where `id` is empty; empty for none
 * note  the note at the place that `href` leads to, or at `id` of this file
 *       where `href` is empty. Valid until the next call. NULL where that
 *       leads out of the work, or, unless it is to be added, is unknown.
 */
typedef struct capsa_html_work {
  void *context;
  capsa_slice (*page)(void *context, capsa_slice id);
  capsa_html_far_note *(*note)(void *context, capsa_slice href, capsa_slice id,
                               bool add);
} capsa_html_work;

typedef struct capsa_html_options {
  bool xml;                    /* XHTML: "/>" closes any element */
  capsa_slice language;        /* the document's; blocks in another say so */
  capsa_slice name;            /* of the text in its own links: "ch1.xhtml" */
  capsa_html_resolve *resolve; /* NULL: addresses stay as they are */
  void *context;               /* for `resolve` */
  const capsa_html_work *work; /* NULL: the file is all there is */
} capsa_html_options;

/**
 * Add the body of `text` to the draft's blocks: nothing is taken for a site's
 * chrome. Footnotes come last, with marks and markers set; a mark that is
 * marked up as one (epub:type, role, class) is found even where its note is
 * elsewhere.
 *
 * @param text  clean UTF-8; it and the options' slices outlive the draft
 * @return CAPSA_OK, CAPSA_ENOMEM
 */
capsa_status capsa_html_body(capsa_draft *draft, capsa_slice text,
                             const capsa_html_options *options);

/** Is `text` HTML or XHTML, a whole page or a piece of one? */
bool capsa_html_is_html(capsa_slice text);

/* ---- what the steps share */

typedef struct capsa_html_anchor {
  capsa_slice id; /* of a place: its name; of a link: what it points to */
  uint32_t node;
  bool is_far; /* of a link: into another file; `id` is all of its address */
} capsa_html_anchor;

typedef CAPSA_LIST(capsa_html_anchor) capsa_html_anchors;

typedef struct capsa_html_note {
  uint32_t node;      /* 0: in another file */
  uint32_t number;    /* of draft->note_numbers: its marks have it too */
  capsa_slice marker; /* as its first mark has it, brackets apart */
} capsa_html_note;

typedef struct capsa_html_page {
  capsa_draft *draft;
  const capsa_html_options *options;
  capsa_html_tree tree;
  capsa_slice text;
  size_t line_byte;          /* where capsa_html_line has counted to */
  uint32_t line;             /* line feeds up to there */
  uint32_t body;             /* the node whose content is read */
  capsa_html_anchors places; /* elements with an id or name */
  capsa_html_anchors links;  /* to places in this text, in order */
  CAPSA_LIST(capsa_html_note) notes;
  capsa_slice base;         /* address that links are seen from, or empty */
  capsa_addresses loose;    /* links that lead nowhere without it */
  bool failed;              /* memory was out */
  CAPSA_LIST(bool) outside; /* of each block of the draft: beside the article */
} capsa_html_page;

/** Read the attributes of every element once: roles, flags, places, links.
 * @param whole  nothing is chrome */
void capsa_html_roles(capsa_html_page *page, bool whole);

/** Tie marks and notes by the links between them. */
void capsa_html_notes(capsa_html_page *page);

/** Mark what stands beside the article. */
void capsa_html_article(capsa_html_page *page);

/** Body to blocks; notes are kept apart for capsa_html_add_notes. */
void capsa_html_blocks(capsa_html_page *page, capsa_draft_blocks *notes);

/** Title, date, source and so on, from <head> and scripts of data. */
void capsa_html_metadata(capsa_html_page *page);

/**
 * The language of an element that says in which direction it is written. Where
 * the language does not say so too, its letters do: "az" from right to left is
 * "az-Arab", and a text in no known language "und-Hebr". html_direction.c
 * @param lang    its own, or empty
 * @param around  of the text around it
 * @return empty where there is nothing to say
 */
capsa_slice capsa_html_written(capsa_html_page *page, uint32_t node,
                               capsa_slice direction, capsa_slice lang,
                               capsa_slice around);

/** Find the address that the page's links are seen from: <base>, else its own.
 */
void capsa_html_base(capsa_html_page *page);

/** What head and page say less well than the text: read when all else is. */
void capsa_html_metadata_last(capsa_html_page *page);

/** Take `json`, linked data of schema.org, into the metadata. */
void capsa_html_linked_data(capsa_draft *draft, capsa_slice json);

/** Do the line breaks right under this block part paragraphs, and not lines
 * of one? */
bool capsa_html_breaks_part(const capsa_html_page *page, uint32_t node);

/** Is it a table of data, and no arrangement of text? */
bool capsa_html_is_data(const capsa_html_page *page, uint32_t table);

/** Report the words of a subtree that is left out, if it has any. */
void capsa_html_report(capsa_html_page *page, uint32_t node);

/** A footnote's mark is no longer than this, as printed. */
#define CAPSA_HTML_MARK_BYTES_MAX 20

/** A footnote's mark without brackets and stop, superscript figures as plain
 * ones: "[12]" gives "12". Empty where `text` is no mark.
 * @param letters  "a", "iv" and the like are marks too */
capsa_slice capsa_html_marker(capsa_arena *arena, capsa_slice text,
                              bool letters);

/** Line of the source, from 1, in which `text`, a slice of it, begins; asked
 * in reading order. */
uint32_t capsa_html_line(capsa_html_page *page, capsa_slice text);

/** A http, https or mailto address? Also a path, where `path` allows it. */
bool capsa_html_is_safe(capsa_slice address, bool path);

#endif
