/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Each message has the same three functions: decode fills a zeroed one, which is to be cleared after a
 * failure too. */
#define PROLONG_DECLARE_MESSAGE(Type, name)                                                                  \
  gboolean prolong_##name##_decode (const char *text, gsize length, Type *message, GError **error)           \
      G_GNUC_WARN_UNUSED_RESULT;                                                                             \
  char *prolong_##name##_encode (const Type *message);                                                       \
  void prolong_##name##_clear (Type *message);                                                               \
  G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Type, prolong_##name##_clear)
