/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "bus/words.h"

G_BEGIN_DECLS

/**
 * ProlongCodeField:
 *
 * The entry for an activation code: groups the symbols while a person types, finds the code in pasted text,
 * and tells a typing error at once below the field. Emits `submitted` when Enter is pressed.
 */
#define PROLONG_TYPE_CODE_FIELD (prolong_code_field_get_type ())
G_DECLARE_FINAL_TYPE (ProlongCodeField, prolong_code_field, PROLONG, CODE_FIELD, AdwBin)

/** prolong_code_field_set_format: the format of the vendor whose code is expected; it is copied. */
void prolong_code_field_set_format (ProlongCodeField *self, const ProlongCodeFormat *format);

/**
 * prolong_code_field_set_vendors:
 * @first: (nullable): whose code is expected; a code of any other vendor of @snapshot is taken as well
 */
void prolong_code_field_set_vendors (ProlongCodeField *self,
                                     const ProlongSnapshot *snapshot,
                                     const ProlongVendorInfo *first);

/**
 * prolong_code_field_read:
 *
 * Returns: (transfer full) (nullable): the code; %NULL after telling below the field what is wrong with it.
 */
ProlongCode *prolong_code_field_read (ProlongCodeField *self);

/** prolong_code_field_tell: words below the field, until the text changes. */
void prolong_code_field_tell (ProlongCodeField *self, const ProlongWords *words);

/** prolong_code_field_clear: empties the field and takes the words away. */
void prolong_code_field_clear (ProlongCodeField *self);

/** prolong_code_field_holds_number: whether a license number stands in it instead of a code, which a picture
 * explains below it. */
gboolean prolong_code_field_holds_number (ProlongCodeField *self);

gboolean prolong_code_field_is_empty (ProlongCodeField *self);
void prolong_code_field_focus (ProlongCodeField *self);

G_END_DECLS
