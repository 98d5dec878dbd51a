/* status.c -- the one table of what can go wrong, in words. */
#include "capsa/base.h"

static const struct {
  const char *name, *text;
} statuses[CAPSA_STATUS_COUNT] = {
    [CAPSA_OK] = {"OK", "done"},
    [CAPSA_EINVAL] = {"EINVAL", "that value is not allowed here"},
    [CAPSA_ENOTFOUND] = {"ENOTFOUND", "nothing is called that"},
    [CAPSA_ESYNTAX] = {"ESYNTAX", "the text cannot be understood"},
    [CAPSA_ETOOBIG] = {"ETOOBIG",
                       "it is larger than the 64 MB that Capsa reads; split "
                       "it into parts"},
    [CAPSA_ECORRUPT] = {"ECORRUPT",
                        "the library is damaged; open a saved copy of it"},
    [CAPSA_EIO] = {"EIO",
                   "the storage refused; check that it is there and may be "
                   "read and written"},
    [CAPSA_ENOMEM] = {"ENOMEM",
                      "there is not enough memory; close other programs and "
                      "try again"},
    [CAPSA_EEMPTY] = {"EEMPTY", "it holds no text; choose another file"},
    [CAPSA_EBINARY] = {"EBINARY",
                       "it is no text that Capsa can read; save it as plain "
                       "text (UTF-8) or Markdown first"},
    [CAPSA_ENORECORD] = {"ENORECORD",
                         "the page holds a site's menus or a list of results "
                         "but no record; open one record there and copy that"},
    [CAPSA_EFULL] = {"EFULL",
                     "the storage is full; nothing was changed; free some "
                     "space and try again"},
    [CAPSA_EBUSY] = {"EBUSY",
                     "the library is in use elsewhere; close it there and try "
                     "again"},
    [CAPSA_ENEWER] = {"ENEWER",
                      "the library was written by a newer Capsa; update this "
                      "one to open it"},
    [CAPSA_ENOLIBRARY] = {"ENOLIBRARY",
                          "the file is no Capsa library; it was left as it is"},
    [CAPSA_EMARKUP] = {"EMARKUP",
                       "its markup cannot be read: it is no XML, or it nests "
                       "or grows without an end; get another copy of it"},
    [CAPSA_EAMBIGUOUS] = {"EAMBIGUOUS",
                          "the name fits more than one document; give more of "
                          "it"},
    [CAPSA_EDAMAGED] = {"EDAMAGED",
                        "the file is damaged or cut off; get it once more"},
    [CAPSA_ELOCKED] = {"ELOCKED",
                       "the file is locked, by a password or by copy "
                       "protection; get one that is not"},
    [CAPSA_ETIMEOUT] = {"ETIMEOUT",
                        "it took too long and was stopped; nothing was "
                        "changed; try rarer words, or fewer"},
    [CAPSA_EREADONLY] = {"EREADONLY",
                         "the library can only be read here; nothing was "
                         "changed; update Capsa, or copy the file to where it "
                         "may be written"},
    [CAPSA_EEXISTS] = {"EEXISTS",
                       "there is a file of this name, and it was left as it "
                       "is; choose another name, or remove it first"},
};

static bool is_known(capsa_status st) {
  return (unsigned)st < CAPSA_STATUS_COUNT;
}

const char *capsa_status_name(capsa_status st) {
  return is_known(st) ? statuses[st].name : "UNKNOWN";
}

const char *capsa_status_text(capsa_status st) {
  return is_known(st) ? statuses[st].text : "an unknown error";
}
