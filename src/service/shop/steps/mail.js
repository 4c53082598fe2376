// SPDX-License-Identifier: GPL-3.0-or-later
// "Send my license e-mail again". What is said afterwards tells nobody whether an address is known.

import { call } from "../api.js";
import { find, tell, tellWrong, whileBusy } from "../dom.js";
import { explain } from "../frame.js";
import { language, t } from "../words.js";

const LOOKS_LIKE_EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/u;

async function send(section) {
  const input = find("#mail", section);
  const error = find("#mail-error", section);
  const done = find(".done", section);
  const email = input.value.trim();
  tell(done, null);
  if (!LOOKS_LIKE_EMAIL.test(email)) {
    tellWrong(input, error, t(email ? "email.malformed" : "email.missing"));
    return;
  }
  try {
    await call("POST", "license-mails", { body: { email, language }, key: crypto.randomUUID() });
    tellWrong(input, error, null);
    tell(done, t("mail.done", { email }));
  } catch (problem) {
    tellWrong(input, error, problem.message === "email-malformed" ? t("email.malformed") : explain(problem));
  }
}

export function prepare(section) {
  const form = find("form", section);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    whileBusy(find("button", form), () => send(section));
  });
}

export function draw(section) {
  tellWrong(find("#mail", section), find("#mail-error", section), null);
  tell(find(".done", section), null);
}
