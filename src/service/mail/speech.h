/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * prolong_speak:
 * @language: that of the person who is written to
 *
 * From now on gettext gives the words of this process in @language. The language of gettext is that of a
 * whole process, and the service answers people of all languages at once; so each e-mail is written by a
 * process of its own, which calls this before it starts a thread. It needs no locale of that language to be
 * installed. Words that are to change with it are taken by glib/gi18n.h: for a domain that is named, as
 * gi18n-lib.h does, GLib decides at the first word of a process whether it translates at all.
 */
void prolong_speak (const char *language);

/** prolong_speak_language: the code of the language that is really spoken: English when there are no words of
 * another. */
const char *prolong_speak_language (void);

/** prolong_speak_money: (transfer full): @amount, in the minor unit of @currency (ISO 4217), as people write
 * it. */
char *prolong_speak_money (gint64 amount, const char *currency);

/** prolong_speak_percent: (transfer full): @hundredths of a percent, as people write it. */
char *prolong_speak_percent (guint hundredths);

/** prolong_speak_date: (transfer full): the day of @time in UTC, as people write it. */
char *prolong_speak_date (gint64 time);

G_END_DECLS
