/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bus/words.h"

enum
{
  EN,
  NL,
  RU,
  N_LANGUAGES
};

/* The language of this run, and whether the locale with its names of months could be made. */
extern int language;
extern gboolean has_locale;

/* Fails unless @text is of that language. */
void assert_language (const char *text);

void add_reserve_tests (void);
void add_subscription_tests (void);
