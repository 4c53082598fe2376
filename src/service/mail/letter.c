/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/mail/letter.h"

G_DEFINE_QUARK (prolong_letter_error, prolong_letter_error)

static void
download_free (gpointer data)
{
  ProlongLetterDownload *download = data;

  g_free (download->product);
  g_free (download->name);
  g_free (download->version);
  g_free (download->url);
  g_free (download);
}

ProlongLetter *
prolong_letter_new (const char *to)
{
  ProlongLetter *letter = g_new0 (ProlongLetter, 1);

  letter->to = g_strdup (to);
  letter->downloads = g_ptr_array_new_with_free_func (download_free);
  return letter;
}

void
prolong_letter_free (ProlongLetter *letter)
{
  g_free (letter->to);
  g_free (letter->number);
  prolong_order_clear (&letter->order);
  g_ptr_array_unref (letter->downloads);
  g_free (letter->product);
  g_free (letter->reference);
  g_free (letter->reply_to);
  prolong_support_request_clear (&letter->support);
  g_free (letter);
}

void
prolong_letter_add_download (ProlongLetter *letter,
                             const char *product,
                             const char *name,
                             const char *version,
                             const char *url)
{
  ProlongLetterDownload *download = g_new0 (ProlongLetterDownload, 1);

  download->product = g_strdup (product);
  download->name = g_strdup (name);
  download->version = g_strdup (version);
  download->url = g_strdup (url);
  g_ptr_array_add (letter->downloads, download);
}
