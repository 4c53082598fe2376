/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "license/code.h"

G_BEGIN_DECLS

/* More than any vendor prints, and few enough for every table and message. */
#define PROLONG_CODE_MAX_PATTERN 64

/* A long e-mail with its headers; a person who pastes more pasted something else. */
#define PROLONG_CODE_MAX_TEXT (64 * 1024)

/** prolong_symbol_get_value: 0 to 31, or -1 when @c is no upper-case symbol of Crockford's base 32. */
int prolong_symbol_get_value (char c);

/** prolong_symbol_from_value: the symbol of @value, of which the low five bits count. */
char prolong_symbol_from_value (guint value);

/** prolong_character_fold: the ASCII letter or digit that @c is or looks like, upper case; 0 when it is none.
 */
char prolong_character_fold (gunichar c);

/**
 * prolong_symbol_fold:
 * @c: any character
 *
 * Returns: as prolong_character_fold(), with O as 0 and I and L as 1.
 */
char prolong_symbol_fold (gunichar c);

/** prolong_code_check_fits: whether the symbols among the characters of @text sum up to 0 over GF(32). */
gboolean prolong_code_check_fits (const char *text);

/** prolong_code_check_symbol: the symbol that must follow the symbols among the characters of @text. */
char prolong_code_check_symbol (const char *text);

/**
 * ProlongCodeText:
 *
 * What a person typed or pasted, taken apart once: letters and digits, and what stands between them.
 */
typedef struct _ProlongCodeText ProlongCodeText;

/* How sure it is that a part of a text is a code, the surest first. */
typedef enum
{
  PROLONG_CODE_MATCH_DASHED,  /* dashes exactly where the pattern has them */
  PROLONG_CODE_MATCH_WHOLE,   /* the text has no other letters or digits */
  PROLONG_CODE_MATCH_GROUPED, /* groups as in the pattern, with white space */
  PROLONG_CODE_MATCH_RUN,     /* one word */
  PROLONG_CODE_MATCH_LOOSE,   /* other groups: only where a check tells a code from words */
  PROLONG_CODE_MATCH_NONE
} ProlongCodeMatch;

/** prolong_code_text_new: (transfer full): @text, of which at most %PROLONG_CODE_MAX_TEXT bytes are looked
 * at. */
ProlongCodeText *prolong_code_text_new (const char *text);
void prolong_code_text_free (ProlongCodeText *text);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProlongCodeText, prolong_code_text_free)

/**
 * prolong_code_text_find:
 * @canonical: (out): room for the part found, in canonical form; a secret
 * @nearly: (out) (optional): whether some part has the form of @pattern and only its check does not fit
 *
 * Returns: how sure the best part is; %PROLONG_CODE_MATCH_NONE when there is none.
 */
ProlongCodeMatch prolong_code_text_find (const ProlongCodeText *text,
                                         const char *pattern,
                                         ProlongCodeCheck check,
                                         char canonical[PROLONG_CODE_MAX_PATTERN + 1],
                                         gboolean *nearly);

/** prolong_code_text_blame: what is wrong with a text in which no code was found. */
ProlongCodeError prolong_code_text_blame (const ProlongCodeText *text, const char *pattern);

/** prolong_code_new: (transfer full): a code that is known to be right and canonical. */
ProlongCode *prolong_code_new (const char *text);

G_END_DECLS
