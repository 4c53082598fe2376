/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/mail/letter.h"

#include "license/code.h"
#include "service/mail/contents.h"
#include "service/mail/speech.h"

#include <gmime/gmime.h>
#include <string.h>

#define CHARSET "utf-8"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeObject, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeMessage, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (InternetAddress, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeFormatOptions, g_mime_format_options_free)

static GMimeObject *
make_part (const char *subtype, const char *text)
{
  GMimeTextPart *part = g_mime_text_part_new_with_subtype (subtype);

  g_mime_text_part_set_charset (part, CHARSET);
  g_mime_text_part_set_text (part, text);
  g_mime_part_set_content_encoding (GMIME_PART (part), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
  return GMIME_OBJECT (part);
}

/* The boundary has a sign sequence that quoted-printable text never has, so that it is none of the text. */
static GMimeObject *
make_body (const ProlongSheet *sheet, const char *id)
{
  GMimeMultipart *body = g_mime_multipart_new_with_subtype ("alternative");
  g_autofree char *text = prolong_sheet_to_text (sheet);
  g_autofree char *html = prolong_sheet_to_html (sheet, prolong_speak_language ());
  g_autofree char *boundary = g_strdup_printf ("=_%.*s", (int)strcspn (id, "@"), id);
  g_autoptr (GMimeObject) plain = make_part ("plain", text);
  g_autoptr (GMimeObject) rich = make_part ("html", html);

  g_mime_multipart_set_boundary (body, boundary);
  g_mime_multipart_add (body, plain);
  g_mime_multipart_add (body, rich);
  prolong_wipe (text, strlen (text));
  prolong_wipe (html, strlen (html));
  return GMIME_OBJECT (body);
}

/* No answering machine shall write back (RFC 3834). It is written to one person, so that no List header fits
 * it. */
static void
set_manners (GMimeObject *message)
{
  g_mime_object_set_header (message, "Auto-Submitted", "auto-generated", NULL);
  g_mime_object_set_header (message, "X-Auto-Response-Suppress", "OOF, AutoReply", NULL);
  g_mime_object_set_header (message, "Content-Language", prolong_speak_language (), NULL);
}

static void
set_sender (GMimeMessage *message, const ProlongLetterHead *head)
{
  g_autoptr (InternetAddress) sender = internet_address_mailbox_new (head->name, head->from);

  internet_address_set_charset (sender, CHARSET);
  internet_address_list_add (g_mime_message_get_from (message), sender);
}

static GMimeMessage *
make_message (const ProlongLetter *letter, const ProlongLetterHead *head, const char *subject)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (head->date);
  const char *reply_to = letter->reply_to ? letter->reply_to : head->support_email;
  GMimeMessage *message = g_mime_message_new (TRUE);

  set_sender (message, head);
  g_mime_message_add_mailbox (message, GMIME_ADDRESS_TYPE_TO, NULL, letter->to);
  if (reply_to && prolong_email_is_sound (reply_to))
    g_mime_message_add_mailbox (message, GMIME_ADDRESS_TYPE_REPLY_TO, NULL, reply_to);
  g_mime_message_set_subject (message, subject, CHARSET);
  g_mime_message_set_date (message, date);
  g_mime_message_set_message_id (message, head->id);
  set_manners (GMIME_OBJECT (message));
  return message;
}

static GBytes *
write_message (GMimeMessage *message)
{
  g_autoptr (GMimeFormatOptions) options = g_mime_format_options_new ();
  char *text;

  g_mime_format_options_set_newline_format (options, GMIME_NEWLINE_FORMAT_UNIX);
  text = g_mime_object_to_string (GMIME_OBJECT (message), options);
  return g_bytes_new_take (text, strlen (text));
}

static gboolean
check_address (const char *address, GError **error)
{
  if (address && prolong_email_is_sound (address))
    return TRUE;
  g_set_error_literal (error, PROLONG_LETTER_ERROR, PROLONG_LETTER_ERROR_ADDRESS,
                       "No mail can go to such an address");
  return FALSE;
}

/* A name of many lines would be a header of its own. */
static char *
make_line (const char *text)
{
  char *line = g_strdup (text);

  for (char *at = line; *at; at++)
    if (g_ascii_iscntrl (*at))
      *at = ' ';
  return line;
}

GBytes *
prolong_letter_compose (const ProlongLetter *letter, const ProlongLetterHead *head, GError **error)
{
  g_autofree char *subject = NULL;
  g_autofree char *line = NULL;
  g_autofree char *name = make_line (head->name);
  g_autoptr (ProlongSheet) sheet = NULL;
  g_autoptr (GMimeMessage) message = NULL;
  g_autoptr (GMimeObject) body = NULL;
  ProlongLetterHead clean = *head;

  if (!check_address (letter->to, error) || !check_address (head->from, error))
    return NULL;
  clean.name = name;
  sheet = prolong_letter_write (letter, &clean, &subject);
  if (!sheet)
    {
      g_set_error_literal (error, PROLONG_LETTER_ERROR, PROLONG_LETTER_ERROR_KIND,
                           "There is no such letter about this order");
      return NULL;
    }
  g_mime_init ();
  line = make_line (subject);
  message = make_message (letter, &clean, line);
  body = make_body (sheet, head->id);
  g_mime_message_set_mime_part (message, body);
  return write_message (message);
}
