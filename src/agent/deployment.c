/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "agent/deployment.h"

#include "bus/sandbox.h"

#define FOLDER "/app"
#define UPDATED FOLDER "/.updated"
#define REMOVED FOLDER "/.removed"

struct _ProlongDeployment
{
  GObject parent_instance;
  GFileMonitor *monitor; /* (nullable) none outside a sandbox, and after the signal */
  guint look;
};

enum
{
  REPLACED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_TYPE (ProlongDeployment, prolong_deployment, G_TYPE_OBJECT)

gboolean
prolong_deployment_was_updated (ProlongDeployment *self)
{
  return g_file_test (UPDATED, G_FILE_TEST_EXISTS);
}

static void
look (ProlongDeployment *self)
{
  if (self->monitor == NULL
      || (!prolong_deployment_was_updated (self) && !g_file_test (REMOVED, G_FILE_TEST_EXISTS)))
    return;
  g_clear_object (&self->monitor);
  g_signal_emit (self, signals[REPLACED], 0);
}

static gboolean
on_first_look (gpointer user_data)
{
  PROLONG_DEPLOYMENT (user_data)->look = 0;
  look (user_data);
  return G_SOURCE_REMOVE;
}

static void
prolong_deployment_dispose (GObject *object)
{
  ProlongDeployment *self = PROLONG_DEPLOYMENT (object);

  g_clear_handle_id (&self->look, g_source_remove);
  g_clear_object (&self->monitor);
  G_OBJECT_CLASS (prolong_deployment_parent_class)->dispose (object);
}

static void
prolong_deployment_class_init (ProlongDeploymentClass *class)
{
  G_OBJECT_CLASS (class)->dispose = prolong_deployment_dispose;
  signals[REPLACED] = g_signal_new ("replaced", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 0);
}

static void
prolong_deployment_init (ProlongDeployment *self)
{
  g_autoptr (GFile) folder = g_file_new_for_path (FOLDER);

  if (!prolong_is_sandboxed ())
    return;
  self->monitor = g_file_monitor_directory (folder, G_FILE_MONITOR_NONE, NULL, NULL);
  if (self->monitor == NULL)
    return;
  g_signal_connect_swapped (self->monitor, "changed", G_CALLBACK (look), self);
  /* It may have been replaced while this process started. */
  self->look = g_idle_add (on_first_look, self);
}

ProlongDeployment *
prolong_deployment_new (void)
{
  return g_object_new (PROLONG_TYPE_DEPLOYMENT, NULL);
}
