/* html_tags.h -- the elements of HTML that mean something here.
 *
 *   capsa_html_tag          one of them, or text, or unknown
 *   capsa_html_tag_find()   by name
 *   capsa_html_tag_flags()  how an element behaves
 */
#ifndef CAPSA_CORE_DOCUMENT_HTML_TAGS_H
#define CAPSA_CORE_DOCUMENT_HTML_TAGS_H

#include "capsa/base.h"

#define CAPSA_HTML_BLOCK 1u   /* stands for itself: ends an open paragraph */
#define CAPSA_HTML_VOID 2u    /* has no content and no end tag */
#define CAPSA_HTML_RAW 4u     /* up to its end tag nothing is markup */
#define CAPSA_HTML_DROPPED 8u /* code, media, controls: no text of a record */
#define CAPSA_HTML_SCOPE 16u  /* end tags inside do not reach through it */
#define CAPSA_HTML_FORMAT 32u /* looks only; often nested wrongly */

/* By name, so that it can be searched. */
/* clang-format off */
#define CAPSA_HTML_TAGS(TAG) \
  TAG(A, "a", CAPSA_HTML_FORMAT)                                               \
  TAG(ABBR, "abbr", 0)                                                         \
  TAG(ACRONYM, "acronym", 0)                                                   \
  TAG(ADDRESS, "address", CAPSA_HTML_BLOCK)                                    \
  TAG(ANNOTATION, "annotation", CAPSA_HTML_DROPPED)                            \
  TAG(ANNOTATION_XML, "annotation-xml", CAPSA_HTML_DROPPED)                    \
  TAG(APPLET, "applet", CAPSA_HTML_DROPPED)                                    \
  TAG(AREA, "area", CAPSA_HTML_VOID | CAPSA_HTML_DROPPED)                      \
  TAG(ARTICLE, "article", CAPSA_HTML_BLOCK)                                    \
  TAG(ASIDE, "aside", CAPSA_HTML_BLOCK)                                        \
  TAG(AUDIO, "audio", CAPSA_HTML_DROPPED)                                      \
  TAG(B, "b", CAPSA_HTML_FORMAT)                                               \
  TAG(BASE, "base", CAPSA_HTML_VOID)                                           \
  TAG(BASEFONT, "basefont", CAPSA_HTML_VOID)                                   \
  TAG(BDI, "bdi", 0)                                                           \
  TAG(BDO, "bdo", 0)                                                           \
  TAG(BGSOUND, "bgsound", CAPSA_HTML_VOID)                                     \
  TAG(BIG, "big", CAPSA_HTML_FORMAT)                                           \
  TAG(BLINK, "blink", 0)                                                       \
  TAG(BLOCKQUOTE, "blockquote", CAPSA_HTML_BLOCK)                              \
  TAG(BODY, "body", CAPSA_HTML_BLOCK)                                          \
  TAG(BR, "br", CAPSA_HTML_VOID)                                               \
  TAG(BUTTON, "button", CAPSA_HTML_DROPPED)                                    \
  TAG(CANVAS, "canvas", CAPSA_HTML_DROPPED)                                    \
  TAG(CAPTION, "caption", CAPSA_HTML_BLOCK | CAPSA_HTML_SCOPE)                 \
  TAG(CENTER, "center", CAPSA_HTML_BLOCK)                                      \
  TAG(CITE, "cite", CAPSA_HTML_FORMAT)                                         \
  TAG(CODE, "code", CAPSA_HTML_FORMAT)                                         \
  TAG(COL, "col", CAPSA_HTML_VOID)                                             \
  TAG(COLGROUP, "colgroup", 0)                                                 \
  TAG(DATA, "data", 0)                                                         \
  TAG(DATALIST, "datalist", CAPSA_HTML_DROPPED)                                \
  TAG(DD, "dd", CAPSA_HTML_BLOCK)                                              \
  TAG(DEL, "del", 0)                                                           \
  TAG(DETAILS, "details", CAPSA_HTML_BLOCK)                                    \
  TAG(DFN, "dfn", CAPSA_HTML_FORMAT)                                           \
  TAG(DIALOG, "dialog", CAPSA_HTML_BLOCK)                                      \
  TAG(DIR, "dir", CAPSA_HTML_BLOCK)                                            \
  TAG(DIV, "div", CAPSA_HTML_BLOCK)                                            \
  TAG(DL, "dl", CAPSA_HTML_BLOCK)                                              \
  TAG(DT, "dt", CAPSA_HTML_BLOCK)                                              \
  TAG(EM, "em", CAPSA_HTML_FORMAT)                                             \
  TAG(EMBED, "embed", CAPSA_HTML_VOID | CAPSA_HTML_DROPPED)                    \
  TAG(FIELDSET, "fieldset", CAPSA_HTML_BLOCK)                                  \
  TAG(FIGCAPTION, "figcaption", CAPSA_HTML_BLOCK)                              \
  TAG(FIGURE, "figure", CAPSA_HTML_BLOCK)                                      \
  TAG(FONT, "font", CAPSA_HTML_FORMAT)                                         \
  TAG(FOOTER, "footer", CAPSA_HTML_BLOCK)                                      \
  TAG(FORM, "form", CAPSA_HTML_BLOCK)                                          \
  TAG(FRAME, "frame", CAPSA_HTML_VOID)                                         \
  TAG(FRAMESET, "frameset", 0)                                                 \
  TAG(H1, "h1", CAPSA_HTML_BLOCK)                                              \
  TAG(H2, "h2", CAPSA_HTML_BLOCK)                                              \
  TAG(H3, "h3", CAPSA_HTML_BLOCK)                                              \
  TAG(H4, "h4", CAPSA_HTML_BLOCK)                                              \
  TAG(H5, "h5", CAPSA_HTML_BLOCK)                                              \
  TAG(H6, "h6", CAPSA_HTML_BLOCK)                                              \
  TAG(HEAD, "head", CAPSA_HTML_DROPPED)                                        \
  TAG(HEADER, "header", CAPSA_HTML_BLOCK)                                      \
  TAG(HGROUP, "hgroup", CAPSA_HTML_BLOCK)                                      \
  TAG(HR, "hr", CAPSA_HTML_VOID | CAPSA_HTML_BLOCK)                            \
  TAG(HTML, "html", CAPSA_HTML_BLOCK | CAPSA_HTML_SCOPE)                       \
  TAG(I, "i", CAPSA_HTML_FORMAT)                                               \
  TAG(IFRAME, "iframe", CAPSA_HTML_RAW | CAPSA_HTML_DROPPED)                   \
  TAG(IMAGE, "image", CAPSA_HTML_VOID)                                         \
  TAG(IMG, "img", CAPSA_HTML_VOID)                                             \
  TAG(INPUT, "input", CAPSA_HTML_VOID)                                         \
  TAG(INS, "ins", 0)                                                           \
  TAG(KBD, "kbd", CAPSA_HTML_FORMAT)                                           \
  TAG(KEYGEN, "keygen", CAPSA_HTML_VOID)                                       \
  TAG(LABEL, "label", CAPSA_HTML_DROPPED)                                      \
  TAG(LEGEND, "legend", CAPSA_HTML_BLOCK)                                      \
  TAG(LI, "li", CAPSA_HTML_BLOCK)                                              \
  TAG(LINK, "link", CAPSA_HTML_VOID)                                           \
  TAG(LISTING, "listing", CAPSA_HTML_BLOCK)                                    \
  TAG(MAIN, "main", CAPSA_HTML_BLOCK)                                          \
  TAG(MAP, "map", 0)                                                           \
  TAG(MARK, "mark", 0)                                                         \
  TAG(MARQUEE, "marquee", CAPSA_HTML_BLOCK)                                    \
  TAG(MATH, "math", 0)                                                         \
  TAG(MENU, "menu", CAPSA_HTML_BLOCK)                                          \
  TAG(META, "meta", CAPSA_HTML_VOID)                                           \
  TAG(METER, "meter", CAPSA_HTML_DROPPED)                                      \
  TAG(NAV, "nav", CAPSA_HTML_BLOCK)                                            \
  TAG(NOBR, "nobr", 0)                                                         \
  TAG(NOEMBED, "noembed", CAPSA_HTML_RAW | CAPSA_HTML_DROPPED)                 \
  TAG(NOFRAMES, "noframes", CAPSA_HTML_RAW | CAPSA_HTML_DROPPED)               \
  TAG(NOSCRIPT, "noscript", CAPSA_HTML_DROPPED)                                \
  TAG(OBJECT, "object", CAPSA_HTML_DROPPED | CAPSA_HTML_SCOPE)                 \
  TAG(OL, "ol", CAPSA_HTML_BLOCK)                                              \
  TAG(OPTGROUP, "optgroup", CAPSA_HTML_DROPPED)                                \
  TAG(OPTION, "option", CAPSA_HTML_DROPPED)                                    \
  TAG(OUTPUT, "output", CAPSA_HTML_DROPPED)                                    \
  TAG(P, "p", CAPSA_HTML_BLOCK)                                                \
  TAG(PARAM, "param", CAPSA_HTML_VOID)                                         \
  TAG(PICTURE, "picture", 0)                                                   \
  TAG(PLAINTEXT, "plaintext", CAPSA_HTML_BLOCK | CAPSA_HTML_RAW)               \
  TAG(PRE, "pre", CAPSA_HTML_BLOCK)                                            \
  TAG(PROGRESS, "progress", CAPSA_HTML_DROPPED)                                \
  TAG(Q, "q", 0)                                                               \
  TAG(RB, "rb", 0)                                                             \
  TAG(RP, "rp", CAPSA_HTML_DROPPED)                                            \
  TAG(RT, "rt", 0)                                                             \
  TAG(RTC, "rtc", 0)                                                           \
  TAG(RUBY, "ruby", 0)                                                         \
  TAG(S, "s", CAPSA_HTML_FORMAT)                                               \
  TAG(SAMP, "samp", CAPSA_HTML_FORMAT)                                         \
  TAG(SCRIPT, "script", CAPSA_HTML_RAW | CAPSA_HTML_DROPPED)                   \
  TAG(SEARCH, "search", CAPSA_HTML_BLOCK)                                      \
  TAG(SECTION, "section", CAPSA_HTML_BLOCK)                                    \
  TAG(SELECT, "select", CAPSA_HTML_DROPPED)                                    \
  TAG(SLOT, "slot", 0)                                                         \
  TAG(SMALL, "small", CAPSA_HTML_FORMAT)                                       \
  TAG(SOURCE, "source", CAPSA_HTML_VOID)                                       \
  TAG(SPAN, "span", 0)                                                         \
  TAG(STRIKE, "strike", CAPSA_HTML_FORMAT)                                     \
  TAG(STRONG, "strong", CAPSA_HTML_FORMAT)                                     \
  TAG(STYLE, "style", CAPSA_HTML_RAW | CAPSA_HTML_DROPPED)                     \
  TAG(SUB, "sub", 0)                                                           \
  TAG(SUMMARY, "summary", CAPSA_HTML_BLOCK)                                    \
  TAG(SUP, "sup", 0)                                                           \
  TAG(SVG, "svg", CAPSA_HTML_DROPPED)                                          \
  TAG(TABLE, "table", CAPSA_HTML_BLOCK | CAPSA_HTML_SCOPE)                     \
  TAG(TBODY, "tbody", CAPSA_HTML_BLOCK)                                        \
  TAG(TD, "td", CAPSA_HTML_BLOCK | CAPSA_HTML_SCOPE)                           \
  TAG(TEMPLATE, "template", CAPSA_HTML_DROPPED | CAPSA_HTML_SCOPE)             \
  TAG(TEXTAREA, "textarea", CAPSA_HTML_RAW | CAPSA_HTML_DROPPED)               \
  TAG(TFOOT, "tfoot", CAPSA_HTML_BLOCK)                                        \
  TAG(TH, "th", CAPSA_HTML_BLOCK | CAPSA_HTML_SCOPE)                           \
  TAG(THEAD, "thead", CAPSA_HTML_BLOCK)                                        \
  TAG(TIME, "time", 0)                                                         \
  TAG(TITLE, "title", CAPSA_HTML_RAW | CAPSA_HTML_DROPPED)                     \
  TAG(TR, "tr", CAPSA_HTML_BLOCK)                                              \
  TAG(TRACK, "track", CAPSA_HTML_VOID)                                         \
  TAG(TT, "tt", CAPSA_HTML_FORMAT)                                             \
  TAG(U, "u", CAPSA_HTML_FORMAT)                                               \
  TAG(UL, "ul", CAPSA_HTML_BLOCK)                                              \
  TAG(VAR, "var", CAPSA_HTML_FORMAT)                                           \
  TAG(VIDEO, "video", CAPSA_HTML_DROPPED)                                      \
  TAG(WBR, "wbr", CAPSA_HTML_VOID)                                             \
  TAG(XMP, "xmp", CAPSA_HTML_BLOCK | CAPSA_HTML_RAW)
/* clang-format on */

typedef enum capsa_html_tag {
  CAPSA_TAG_UNKNOWN = 0,
  CAPSA_TAG_TEXT,   /* not an element */
  CAPSA_TAG_CLOSED, /* an end tag inside an element that began later */
#define CAPSA_TAG_ENUM(name, text, flags) CAPSA_TAG_##name,
  CAPSA_HTML_TAGS(CAPSA_TAG_ENUM)
#undef CAPSA_TAG_ENUM
      CAPSA_TAG_COUNT
} capsa_html_tag;

/** The element called `name`, in any case; CAPSA_TAG_UNKNOWN where there is
 * none. */
capsa_html_tag capsa_html_tag_find(capsa_slice name);

/** CAPSA_HTML_BLOCK and so on. */
unsigned capsa_html_tag_flags(capsa_html_tag tag);

/** Is it h1 to h6? */
bool capsa_html_is_heading(capsa_html_tag tag);

#endif
