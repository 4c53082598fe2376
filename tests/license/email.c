/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "license/email.h"

#define X10 "xxxxxxxxxx"
#define X60 X10 X10 X10 X10 X10 X10

static const struct
{
  const char *address;
  gboolean sound;
  const char *why;
} rows[] = {
  { "jan@example.org", TRUE, "as most are" },
  { "j@b.nl", TRUE, "a short one" },
  { "jan.de.vries+shop@mail.example.co.uk", TRUE, "dots and a tag" },
  { "o'brien_{x}/y=z!#$%&*?^`|~@example.org", TRUE, "everything that RFC 5322 calls atext" },
  { "jan@xn--80ak6aa92e.example", TRUE, "a domain in Punycode" },
  { "jan@163.com", TRUE, "a label of digits" },
  { X60 "xxxx@example.org", TRUE, "64 before the sign" },
  { X60 "xxxxx@example.org", FALSE, "65 before the sign" },
  { "a@" X60 "xxx.org", TRUE, "a label of 63" },
  { "a@" X60 "xxxx.org", FALSE, "a label of 64" },
  { X60 "@" X60 "." X60 "." X60 ".example.org", FALSE, "more than 254 in all" },
  { "", FALSE, "nothing" },
  { "@", FALSE, "the sign alone" },
  { "jan", FALSE, "no domain" },
  { "jan@", FALSE, "an empty domain" },
  { "@example.org", FALSE, "no name" },
  { "jan@localhost", FALSE, "mail goes no further than this machine" },
  { "jan@example.org.", FALSE, "a dot at the end" },
  { "jan@.example.org", FALSE, "a dot at the beginning" },
  { "jan@example..org", FALSE, "two dots" },
  { ".jan@example.org", FALSE, "a name that begins with a dot" },
  { "jan.@example.org", FALSE, "a name that ends with one" },
  { "j..an@example.org", FALSE, "a name with two" },
  { "-fjan@example.org", FALSE, "an option of a mail program" },
  { "jan@-example.org", FALSE, "a label that begins with a dash" },
  { "jan@example-.org", FALSE, "one that ends with a dash" },
  { "jan@example.org-", FALSE, "a domain that ends with a dash" },
  { "jan@192.0.2.1", FALSE, "an address of a machine" },
  { "jan@[192.0.2.1]", FALSE, "the same as a literal" },
  { "jan@@example.org", FALSE, "the sign twice" },
  { "jan@a@example.org", FALSE, "a sign in the name" },
  { "\"jan de vries\"@example.org", FALSE, "a quoted name" },
  { "Jan <jan@example.org>", FALSE, "a name with its address" },
  { "jan@example.org,piet@example.org", FALSE, "two addresses" },
  { "jan@example.org piet@example.org", FALSE, "a space between" },
  { " jan@example.org", FALSE, "a space in front" },
  { "jan@example.org\r\nBcc: x@example.org", FALSE, "another header" },
  { "jan@example.org\n", FALSE, "a line end" },
  { "jän@example.org", FALSE, "a letter that not every server takes" },
  { "jan@exämple.org", FALSE, "the same in the domain" },
  { "jan@exam_ple.org", FALSE, "an underscore in the domain" },
};

static void
test_rows (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].why);
      g_assert_true (prolong_email_is_sound (rows[i].address) == rows[i].sound);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/email/rows", test_rows);
  return g_test_run ();
}
