// SPDX-License-Identifier: GPL-3.0-or-later
// What all pages have around them: the words, the switch of language, and how a problem is told.

import { Problem } from "./api.js";
import { getCatalog } from "./cart.js";
import { find, h, speak, tell } from "./dom.js";
import { fill, has, language, listLanguages, load, t } from "./words.js";

function switchTo(tag, redraw) {
  return async (event) => {
    event.preventDefault();
    await load(tag);
    const address = new URL(location);
    address.searchParams.set("lang", tag);
    history.replaceState(history.state, "", address);
    dress(redraw);
    redraw();
    find(".languages [aria-current]").focus();
  };
}

function dress(redraw) {
  fill(document);
  find(".languages").replaceChildren(...listLanguages().map(([tag, name]) => h("a", {
    href: `?lang=${tag}${location.hash}`, lang: tag, hreflang: tag, click: switchTo(tag, redraw),
    "aria-current": tag === language ? "true" : null,
  }, name)));
  fillVendor();
}

let title = "";

/** Names the page, for the tabs and the history of the browser. */
export function setTitle(text) {
  title = text;
  document.title = `${title} – ${find("#vendor").textContent || "Prolong"}`;
}

/** Who sells, and where help is; without an answer the page does without. */
async function fillVendor() {
  const { vendor } = await getCatalog().catch(() => ({}));
  const links = [
    vendor?.support_url && h("a", { href: vendor.support_url, rel: "noreferrer" }, t("frame.help")),
    vendor?.support_email && h("a", { href: `mailto:${vendor.support_email}` }, vendor.support_email)].filter(Boolean);
  find("#vendor").textContent = vendor?.name ?? "Prolong";
  setTitle(title);
  find("#help").hidden = links.length === 0;
  find("#help").replaceChildren(...links);
}

/** Takes the words, and shows the page; @redraw writes again what scripts have written, in the language of then. */
export async function start(redraw) {
  await load();
  dress(redraw);
  find(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    focusHeading();
  });
  document.documentElement.classList.remove("loading");
}

/** Leads a reader to the heading that is shown, so that keys and screen reader go on from there. */
export function focusHeading() {
  const heading = [...document.querySelectorAll("main h1")].find((h1) => h1.checkVisibility());
  heading?.focus();
}

/** What to say of a problem. */
export function explain(problem) {
  const key = `problem.${problem.message}`;
  if (problem.message === "rate-limited") return t(key, { n: Math.max(1, Math.ceil(problem.wait / 60)) });
  return t(has(key) ? key : "problem.service-unavailable");
}

/** Tells a problem above the page, with a button that tries @again; without a problem it goes away. */
export function tellProblem(problem, again) {
  const box = find("#problem");
  const button = find("button", box);
  if (problem && !(problem instanceof Problem)) console.error(problem);
  tell(find("p", box), problem ? explain(problem) : null);
  box.hidden = !problem;
  button.hidden = !again;
  button.onclick = again ?? null;
}

/** Copies @text, and says so on the button that was pressed. */
export function copyButton(text, name) {
  if (!navigator.clipboard) return null;
  return h("button", {
    type: "button", class: "copy", "aria-label": t("frame.copy", { what: name }),
    async click(event) {
      await navigator.clipboard.writeText(text);
      event.target.textContent = t("frame.copied");
      speak(t("frame.copied"));
    },
  }, t("frame.copy-short"));
}
