// SPDX-License-Identifier: GPL-3.0-or-later
// Step 5: e-mail address, country and payment method; then the order is placed, once.

import { call } from "../api.js";
import { describeMissing, getCatalog, priceCart } from "../cart.js";
import { find, h, tell, tellWrong, whileBusy } from "../dom.js";
import { explain, tellProblem } from "../frame.js";
import { fillSummary, fillSums } from "../lines.js";
import { alone, change, read } from "../state.js";
import { formatList, has, language, t } from "../words.js";

const LOOKS_LIKE_EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/u; // the service looks closer

let redraw = null;

function nameMethod(id) {
  return has(`method.${id}`) ? t(`method.${id}`) : id;
}

function getMethods(catalog) {
  return catalog.countries.find((country) => country.id === catalog.country)?.payment_methods ?? [];
}

function drawCountries(section, catalog) {
  const byName = catalog.countries.toSorted((a, b) => a.name.localeCompare(b.name, language));
  find("#country", section).replaceChildren(...byName.map(({ id, name }) =>
    h("option", { value: id, selected: id === catalog.country }, name)));
}

function drawMethods(section, catalog) {
  const methods = getMethods(catalog);
  const { method: chosen } = read();
  const elsewhere = [...new Set(catalog.countries.flatMap((country) => country.payment_methods))]
    .filter((id) => !methods.includes(id));
  const country = catalog.countries.find(({ id }) => id === catalog.country)?.name;
  find("#methods", section).replaceChildren(...methods.map((id) => h("label", {},
    h("input", {
      type: "radio", name: "method", value: id, checked: id === chosen,
      change() {
        change({ method: id });
        tell(find("#method-error", section), null);
      },
    }),
    h("span", {}, h("span", { class: "name" }, nameMethod(id)),
      has(`method-hint.${id}`) ? h("span", { class: "hint" }, t(`method-hint.${id}`)) : null))));
  tell(find("#method-hint", section), elsewhere.length
    ? t("checkout.not-here", { country, methods: formatList(elsewhere.map(nameMethod)) }) : null);
}

function checkEmail(section) {
  const email = read().email.trim();
  const wrong = email ? (LOOKS_LIKE_EMAIL.test(email) ? null : "email.malformed") : "email.missing";
  tellWrong(find("#email", section), find("#email-error", section), wrong && t(wrong));
  return !wrong;
}

function checkMethod(section, catalog) {
  const known = getMethods(catalog).includes(read().method);
  tell(find("#method-error", section), known ? null : t("checkout.method-missing"));
  if (!known) find("#methods input", section)?.focus();
  return known;
}

function makeOrder(catalog) {
  const { email, method, license } = read();
  const { lines, total } = priceCart(catalog);
  return {
    email: email.trim(), country: catalog.country, language, payment_method: method,
    ...(license && { number: license.number }),
    items: lines.flatMap(({ offer, pieces }) => pieces.map((piece) => ({ offer: offer.id, ...piece }))),
    total,
  };
}

/** The key of an order is kept with its text: so a second click, another tab, or a second try after the network was
 * gone ask for the same order again, and not for another one. */
function getKey(body) {
  const text = JSON.stringify(body);
  const { attempt } = read();
  const key = attempt?.text === text ? attempt.key : crypto.randomUUID();
  change({ attempt: { text, key } });
  return key;
}

async function place(section) {
  const catalog = await getCatalog();
  if (priceCart(catalog).lines.length === 0) {
    await redraw(); // Another tab was first.
    return;
  }
  const body = makeOrder(catalog);
  const order = await call("POST", "orders", { body, key: getKey(body) });
  const { number, token, total, currency } = order;
  const { orders, cart } = read();
  const isOrdered = (line) => body.items.some((item) => item.offer === line.offer);
  change({
    cart: cart.filter((line) => !isOrdered(line)), attempt: null,
    orders: [{ number, token, total, currency, cart: cart.filter(isOrdered) }, ...orders],
  });
  location.assign(order.payment_url);
}

async function tellRefusal(section, problem) {
  if (problem.isFinal) change({ attempt: null });
  if (problem.message === "email-malformed") {
    tellWrong(find("#email", section), find("#email-error", section), t("email.malformed"));
    return;
  }
  if (problem.message === "price-changed" || problem.message === "payment-method-unavailable") {
    await getCatalog({ anew: true });
    await redraw();
  }
  tellProblem(problem, null);
  find("#problem").scrollIntoView({ block: "nearest" });
}

async function submit(section) {
  const catalog = await getCatalog();
  if (!checkEmail(section) || !checkMethod(section, catalog)) return;
  tellProblem(null);
  try {
    await alone("order", () => place(section));
  } catch (problem) {
    await tellRefusal(section, problem);
  }
}

export function prepare(section, draw) {
  const email = find("#email", section);
  redraw = draw;
  email.addEventListener("input", () => change({ email: email.value }));
  email.addEventListener("change", () => email.value && checkEmail(section));
  find("#country", section).addEventListener("change", async (event) => {
    change({ country: event.target.value });
    await draw();
    find("#country", section).focus();
  });
  find("form", section).addEventListener("submit", (event) => {
    event.preventDefault();
    whileBusy(find("form button", section), () => submit(section));
  });
}

export async function draw(section, _, isCurrent) {
  const { email, cart } = read();
  if (cart.length === 0) {
    location.replace("#cart");
    return;
  }
  find("#email", section).value = email;
  const catalog = await getCatalog();
  if (!isCurrent()) return;
  const priced = priceCart(catalog);
  tell(find(".missing", section), describeMissing(catalog, priced));
  find("form button", section).disabled = priced.lines.length === 0;
  drawCountries(section, catalog);
  drawMethods(section, catalog);
  fillSummary(find(".summary", section), priced.lines.flatMap(({ offer, product, pieces }) =>
    pieces.map((piece) => ({ ...offer, name: product.name, ...piece }))), catalog.currency);
  fillSums(find(".sums", section), priced);
  tell(find("#delivery", section), t(`delivery.${read().license ? catalog.delivery : "at-once"}`));
}
