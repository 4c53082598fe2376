/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/code-request.h"

#include "renewal/messages.h"

static char *
unless_empty (const char *text)
{
  return text != NULL && *text != '\0' ? (char *)text : NULL;
}

void
prolong_code_request_call_async (const ProlongCodeRequest *request,
                                 ProlongVendor *vendor,
                                 const char *path,
                                 const char *key,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  ProlongActivationRequest message = { 0 };
  ProlongRequest call = { 0 };
  g_autofree char *body = NULL;

  message.code = (char *)request->code;
  message.nonce = (char *)request->nonce;
  message.device.device = (char *)prolong_vendor_get_device (vendor);
  message.device.device_name = (char *)request->device_name;
  message.device.product = unless_empty (request->product);
  message.device.product_version = unless_empty (request->product_version);
  message.after = unless_empty (request->after);
  message.previous_code = unless_empty (request->previous_code);
  message.accept_shorter_term = request->accept_shorter_term;
  body = prolong_activation_request_encode (&message);

  call.method = "POST";
  call.service_url = prolong_vendor_get_profile (vendor)->service_url;
  call.path = path;
  call.body = body;
  call.key = key;
  prolong_service_call_async (&call, cancellable, callback, user_data);
  prolong_wipe (body, strlen (body));
}
