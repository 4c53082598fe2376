/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/mail/speech.h"

#include <glib/gi18n.h>
#include <locale.h>

#define MINOR_DIGITS 2

/* Those whose minor unit is not a hundredth (ISO 4217), and those that have a sign. */
static const struct
{
  const char *currency;
  guint digits;
  const char *sign;
} currencies[] = {
  { "EUR", 2, "€" }, { "USD", 2, "$" }, { "GBP", 2, "£" },  { "RUB", 2, "₽" },
  { "JPY", 0, "¥" }, { "KRW", 0, "₩" }, { "ISK", 0, "kr" }, { "KWD", 3, "KWD" },
};

/* glibc looks for translations anew when the locale changes, and in any but plain C. */
void
prolong_speak (const char *language)
{
  g_setenv ("LANGUAGE", language, TRUE);
  setlocale (LC_ALL, "C");
  if (!setlocale (LC_ALL, "C.UTF-8"))
    setlocale (LC_ALL, "");
}

const char *
prolong_speak_language (void)
{
  /* Translators: the ISO 639 code of the language that you translate into, such as nl */
  return C_ ("language", "en");
}

static char *
group_thousands (guint64 number)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, number);
  g_autoptr (GString) text = g_string_new (digits);
  /* Translators: what stands between the thousands in an amount of money, as in 1,000 */
  const char *separator = C_ ("thousands", ",");

  for (gssize place = (gssize)text->len - 3; place > 0; place -= 3)
    g_string_insert (text, place, separator);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
prolong_speak_money (gint64 amount, const char *currency)
{
  const char *sign = currency;
  guint digits = MINOR_DIGITS;
  guint64 minor = (guint64)ABS (amount), unit = 1;
  g_autofree char *whole = NULL;
  g_autofree char *number = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (currencies); i++)
    if (g_str_equal (currencies[i].currency, currency))
      {
        digits = currencies[i].digits;
        sign = currencies[i].sign;
      }
  for (guint i = 0; i < digits; i++)
    unit *= 10;
  whole = group_thousands (minor / unit);
  number = digits == 0 ? g_strdup (whole)
                       : g_strdup_printf (
                           "%s%s%0*" G_GUINT64_FORMAT, whole,
                           /* Translators: what stands before the cents in an amount of money, as in 1.50 */
                           C_ ("decimal", "."), (int)digits, minor % unit);
  /* Translators: an amount of money; the first %s is the sign of the currency, the second the number */
  return g_strdup_printf (C_ ("money", "%1$s%2$s"), sign, number);
}

char *
prolong_speak_percent (guint hundredths)
{
  g_autofree char *number = NULL;

  if (hundredths % 100 == 0)
    number = g_strdup_printf ("%u", hundredths / 100);
  else if (hundredths % 10 == 0)
    number = g_strdup_printf ("%u%s%u", hundredths / 100, C_ ("decimal", "."), hundredths % 100 / 10);
  else
    number = g_strdup_printf ("%u%s%02u", hundredths / 100, C_ ("decimal", "."), hundredths % 100);
  /* Translators: a percentage; %s is the number */
  return g_strdup_printf (C_ ("percentage", "%s%%"), number);
}

/* As they stand beside a day, where in many languages the name has another form. */
static const char *const months[] = {
  NC_ ("in a date", "January"), NC_ ("in a date", "February"), NC_ ("in a date", "March"),
  NC_ ("in a date", "April"),   NC_ ("in a date", "May"),      NC_ ("in a date", "June"),
  NC_ ("in a date", "July"),    NC_ ("in a date", "August"),   NC_ ("in a date", "September"),
  NC_ ("in a date", "October"), NC_ ("in a date", "November"), NC_ ("in a date", "December"),
};

char *
prolong_speak_date (gint64 time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (time);

  if (!date)
    return g_strdup ("?");
  /* Translators: a date; %1$d is the day of the month, %2$s the name of the month, %3$d the year */
  return g_strdup_printf (C_ ("date", "%1$d %2$s %3$d"), g_date_time_get_day_of_month (date),
                          g_dpgettext2 (NULL, "in a date", months[g_date_time_get_month (date) - 1]),
                          g_date_time_get_year (date));
}
