/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** The agent as a program: one per session, started by the bus when somebody asks, gone when there is nothing
 * to do. */
#define PROLONG_TYPE_AGENT_APPLICATION (prolong_agent_application_get_type ())
G_DECLARE_FINAL_TYPE (ProlongAgentApplication,
                      prolong_agent_application,
                      PROLONG,
                      AGENT_APPLICATION,
                      GApplication)

GApplication *prolong_agent_application_new (void);

/**
 * prolong_agent_application_start_successor: when the agent left because a newer version was installed, has
 * the bus start that one. Blocks until it has its name: call it last.
 */
void prolong_agent_application_start_successor (ProlongAgentApplication *application);

G_END_DECLS
