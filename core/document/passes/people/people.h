/* people.h -- who the labels of a record mean.
 *
 *   capsa_person_read()   the parts of a label as printed
 *   capsa_label_is_misread(), capsa_people_find()
 *                         which families of labels are one person
 *
 * Two people are never made one: where a record could mean either, the forms
 * stay apart.
 */
#ifndef CAPSA_CORE_DOCUMENT_PEOPLE_H
#define CAPSA_CORE_DOCUMENT_PEOPLE_H

#include "document/passes/labels/labels.h"

typedef struct capsa_person {
  capsa_slice title;   /* written out, in lower case: "lieutenant general" */
  capsa_slice office;  /* as printed: "Lt. Gen." */
  capsa_slice given;   /* names or initials before the surname: "N.S." */
  capsa_slice surname; /* the rest; empty where the label is an office alone */
  capsa_slice name; /* as one writes it: "N.S. Khrushchev", "The President" */
} capsa_person;

/** @param label  as printed, without its sign
 *  @param person  its strings live in `arena` or in `label` */
void capsa_person_read(capsa_arena *arena, capsa_slice label,
                       capsa_person *person);

/** The form of a label that says most of the person. */
capsa_slice capsa_label_full(const capsa_label_family *family);

/** Is `rare` what a scanner made of `often`: one letter another, lost or won?
 */
bool capsa_label_is_misread(capsa_arena *arena, const capsa_label_family *rare,
                            const capsa_label_family *often);

/** Set `person` of each family: the index plus 1 of the family that stands for
 * it, which is the first one seen, and `misread_for`. */
void capsa_people_find(capsa_draft *draft, capsa_labels *labels);

#endif
