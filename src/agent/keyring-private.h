/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent/keyring.h"

G_BEGIN_DECLS

#define PROLONG_SECRETS_NAME "org.freedesktop.secrets"
#define PROLONG_SECRETS_COLLECTION "org.freedesktop.Secret.Collection"
#define PROLONG_PORTAL_NAME "org.freedesktop.portal.Desktop"

struct _ProlongKeyring
{
  GObject parent_instance;
  const char *state;
  GDBusConnection *bus;
  guint watch;   /* while the keyring was found locked */
  guint arrival; /* while there was none */
  guint answers; /* of the portal */
  GList *calls;  /* ProlongKeyringCall *, under way */
};

typedef enum
{
  PROLONG_ACCESS_OPEN,
  PROLONG_ACCESS_LOCKED,     /* a prompt may come */
  PROLONG_ACCESS_NO_KEYRING, /* a prompt to make one may come */
  PROLONG_ACCESS_UNKNOWN,    /* no Secret Service on this bus, or a slow one */
} ProlongAccess;

typedef struct
{
  char *id;
  ProlongCode *code; /* (nullable) to be stored */
  gboolean may_prompt;
  void (*run) (GTask *task); /* calls libsecret */
  ProlongAccess access;      /* found before */

  /* Of keyring-call.c */
  ProlongKeyring *keyring;
  GCancellable *inner; /* ends with the caller's cancellable or the time limit */
  guint limit;
  gboolean answered; /* by the portal, which libsecret may have missed */
  gpointer attempt;  /* (nullable) what libsecret has to give back */
  guint giving_up;   /* source */
} ProlongKeyringCall;

/** prolong_keyring_call_start: finds out whether a prompt may come, and runs @call with its time limit. */
void prolong_keyring_call_start (ProlongKeyring *keyring,
                                 ProlongKeyringCall *call,
                                 gpointer tag,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);

/** prolong_keyring_call_attempt: (transfer full): the data for the callback of libsecret, and its
 * @cancellable. */
gpointer prolong_keyring_call_attempt (GTask *task, GCancellable **cancellable);

/** prolong_keyring_call_take: (transfer full) (nullable): the task of an @attempt; %NULL when it was given
 * up. */
GTask *prolong_keyring_call_take (gpointer attempt);

/** prolong_keyring_call_fail: @error: (transfer full): ends @task with what it means, or tries again if that
 * helps. */
void prolong_keyring_call_fail (GTask *task, GError *error);

void prolong_keyring_set_state (ProlongKeyring *keyring, const char *state);

/** prolong_keyring_watch_collection: emits `ready` when it is unlocked. */
void prolong_keyring_watch_collection (ProlongKeyring *keyring);

/** prolong_keyring_watch_arrival: emits `ready` when a keyring comes. */
void prolong_keyring_watch_arrival (ProlongKeyring *keyring);

G_END_DECLS
