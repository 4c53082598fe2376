// SPDX-License-Identifier: GPL-3.0-or-later
// Step 1: the license number, with pictures of where it stands.

import { call } from "../api.js";
import { getCatalog } from "../cart.js";
import { find, h, tellWrong, whileBusy } from "../dom.js";
import { prepareFaq } from "../faq.js";
import { explain } from "../frame.js";
import { drawPictures } from "../pictures.js";
import { change, read } from "../state.js";
import { language, t } from "../words.js";

/** What to say of a number that was refused: a code in its place is the common mistake. */
function explainNumber(problem, typed) {
  if (problem.message === "number-malformed") return t(/\p{L}/u.test(typed) ? "number.is-code" : "number.malformed");
  return problem.message === "number-unknown" ? t("number.unknown") : explain(problem);
}

async function check(input, error) {
  const typed = input.value.trim();
  const { country } = read();
  if (!typed) {
    tellWrong(input, error, t("number.missing"));
    return;
  }
  try {
    const body = { number: typed, language, ...(country && { country }) };
    const { offers: _, ...license } = await call("POST", "numbers/check", { body });
    tellWrong(input, error, null);
    change({ number: license.number, license });
    location.hash = "#product";
  } catch (problem) {
    change({ license: null });
    tellWrong(input, error, explainNumber(problem, typed));
  }
}

async function drawPartners(box) {
  const catalog = await getCatalog().catch(() => null);
  const partners = catalog?.vendor?.partners ?? [];
  box.hidden = partners.length === 0;
  if (box.hidden) return;
  const country = catalog.countries.find(({ id }) => id === catalog.country)?.name;
  find(".hint", box).textContent = t("partners.lead", { country, vendor: catalog.vendor.name });
  find("ul", box).replaceChildren(...partners.map(({ name, url }) =>
    h("li", {}, h("a", { href: url, rel: "noreferrer" }, name))));
}

export function prepare(section) {
  const input = find("#number", section);
  const error = find("#number-error", section);
  const form = find("form", section);
  input.addEventListener("input", () => change({ number: input.value }));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    whileBusy(find("button", form), () => check(input, error));
  });
  find("#new-license", section).addEventListener("click", () => change({ license: null }));
}

export async function draw(section) {
  const input = find("#number", section);
  if (input !== document.activeElement) input.value = read().number;
  tellWrong(input, find("#number-error", section), null);
  prepareFaq(find(".faq", section));
  await Promise.all([drawPictures(find(".pictures", section)), drawPartners(find("#partners", section))]);
}
