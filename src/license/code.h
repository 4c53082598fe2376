/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * ProlongCode:
 *
 * An activation code: immutable, reference counted, wiped from memory when the last reference goes.
 */
typedef struct _ProlongCode ProlongCode;

/**
 * ProlongCodeCheck:
 * @PROLONG_CODE_CHECK_GF32: the last symbol makes the sum of αⁱ·sᵢ over GF(32) zero, with x⁵+x²+1
 * @PROLONG_CODE_CHECK_NONE: the vendor's codes have another or no check; only their form is tested
 */
typedef enum
{
  PROLONG_CODE_CHECK_GF32,
  PROLONG_CODE_CHECK_NONE,
} ProlongCodeCheck;

/**
 * ProlongCodeFormat:
 * @pattern: form of an activation code: `X` stands for a symbol of Crockford's base 32, `9` for a digit,
 *   anything else for itself
 * @check: what the symbols promise about each other
 * @number_pattern: form of a license number, in the same notation
 *
 * What the codes and numbers of one vendor look like.
 */
typedef struct
{
  const char *pattern;
  ProlongCodeCheck check;
  const char *number_pattern;
} ProlongCodeFormat;

/** The format of a vendor that states none: `XXXXX-XXXXX-XXXXX-XXXXX` with check, `9999-999999-99999999`. */
extern const ProlongCodeFormat prolong_code_format_default;

typedef enum
{
  PROLONG_CODE_ERROR_EMPTY,     /* nothing typed */
  PROLONG_CODE_ERROR_TOO_SHORT, /* symbols are missing */
  PROLONG_CODE_ERROR_TOO_LONG,  /* more symbols than a code has, or more text than is looked at */
  PROLONG_CODE_ERROR_SYMBOL,    /* a character that no code contains */
  PROLONG_CODE_ERROR_CHECK,     /* a symbol is wrong or two are swapped */
  PROLONG_CODE_ERROR_IS_NUMBER, /* this is a license number, not an activation code */
  PROLONG_CODE_N_ERRORS
} ProlongCodeError;

#define PROLONG_CODE_ERROR (prolong_code_error_quark ())
GQuark prolong_code_error_quark (void);

#define PROLONG_TYPE_CODE (prolong_code_get_type ())
GType prolong_code_get_type (void);

/**
 * prolong_code_parse:
 * @text: what a person typed or pasted, UTF-8 or not; at most 64 KiB are looked at
 * @format: the vendor's format
 * @error: #PROLONG_CODE_ERROR
 *
 * Forgives lower case, white space, missing or odd dashes, look-alikes (O/0, I and L/1, Cyrillic А В Е К М Н
 * О Р С Т У Х) and finds the code in a whole pasted line or e-mail (B7): first a part with dashes as in the
 * pattern, then one in other shapes, if it has a digit. Where the format has a check, only a part that fits
 * it is a code.
 *
 * Returns: (transfer full): the code in canonical form.
 */
ProlongCode *prolong_code_parse (const char *text,
                                 const ProlongCodeFormat *format,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * prolong_code_restore:
 * @text: what prolong_code_get_text() gave once
 * @error: #PROLONG_CODE_ERROR
 *
 * The form that the vendor's codes have today does not matter: it may have changed since.
 *
 * Returns: (transfer full): the code.
 */
ProlongCode *prolong_code_restore (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * prolong_code_format_partial:
 *
 * What the entry shows while a person types: as many symbols of @text as fit, upper case, grouped as in
 * @format; characters that cannot be part of a code stay as they are, so that the person sees them.
 *
 * Returns: (transfer full): text for the entry.
 */
char *prolong_code_format_partial (const char *text, const ProlongCodeFormat *format);

/**
 * prolong_code_generate:
 * @format: a format with %PROLONG_CODE_CHECK_GF32
 * @random: at least as many bytes as the pattern has symbols, from a cryptographic source
 *
 * Returns: (transfer full): a new code whose symbols, but the last one, are the low five bits of @random.
 */
ProlongCode *prolong_code_generate (const ProlongCodeFormat *format, const guint8 *random, gsize n_random);

ProlongCode *prolong_code_ref (ProlongCode *code);
void prolong_code_unref (ProlongCode *code);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProlongCode, prolong_code_unref)

/** prolong_code_get_text: the canonical form, upper case with dashes; a secret, never to be logged. */
const char *prolong_code_get_text (const ProlongCode *code);

/** prolong_code_equal: in time that does not depend on the codes. */
gboolean prolong_code_equal (const ProlongCode *a, const ProlongCode *b);

/**
 * prolong_code_dup_mask:
 *
 * Returns: (transfer full): the code with every symbol but the last group shown as `•`, for display.
 */
char *prolong_code_dup_mask (const ProlongCode *code);

/**
 * prolong_number_parse:
 * @text: what a person typed or pasted
 *
 * Returns: (transfer full) (nullable): the license number in canonical form, %NULL when @text is none.
 */
char *prolong_number_parse (const char *text, const ProlongCodeFormat *format);

/** prolong_wipe: overwrites @length bytes in a way that the compiler keeps. */
void prolong_wipe (gpointer data, gsize length);

G_END_DECLS
