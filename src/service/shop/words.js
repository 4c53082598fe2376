// SPDX-License-Identifier: GPL-3.0-or-later
// The words in the language of the reader, and how that language writes numbers, prices and dates.

/** The languages, each by its own name, with the locale that writes its dates and prices. */
const LANGUAGES = {
  en: { name: "English", locale: "en-GB" },
  nl: { name: "Nederlands", locale: "nl" },
  ru: { name: "Русский", locale: "ru" },
};
const KEY = "prolong-language";

export let language = "en";
let words = {};
let plurals = new Intl.PluralRules("en");

function getSaved() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function save() {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // Without storage the address carries the language.
  }
}

function choose() {
  const asked = new URLSearchParams(location.search).get("lang");
  const wanted = [asked, getSaved(), ...navigator.languages].filter(Boolean);
  return wanted.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag in LANGUAGES) ?? "en";
}

/** Takes the words of @wanted, or of the language that the reader chose before or reads best. */
export async function load(wanted = choose()) {
  const answer = await fetch(new URL(`words/${wanted}.json`, import.meta.url));
  words = await answer.json();
  language = wanted;
  plurals = new Intl.PluralRules(language);
  document.documentElement.lang = language;
  save();
}

/** The languages as [tag, name], for a switch. */
export function listLanguages() {
  return Object.entries(LANGUAGES).map(([tag, { name }]) => [tag, name]);
}

/** Whether there are words for @key. */
export function has(key) {
  return key in words;
}

/** The words for @key; {name} stands for a value, and values.n chooses the plural form. */
export function t(key, values = {}) {
  const entry = words[key] ?? key;
  const text = typeof entry === "string" ? entry : entry[plurals.select(values.n)] ?? entry.other;
  return text.replace(/\{(\w+)\}/g, (_, name) => (name === "n" ? formatNumber(values.n) : values[name]));
}

/** Puts the words into what names them in data-t, or for an attribute in data-t-ATTRIBUTE. */
export function fill(root) {
  for (const element of root.querySelectorAll("[data-t]")) {
    element.textContent = t(element.dataset.t);
  }
  for (const element of root.querySelectorAll("[data-t-aria-label]")) {
    element.setAttribute("aria-label", t(element.getAttribute("data-t-aria-label")));
  }
}

function getLocale() {
  return LANGUAGES[language].locale;
}

function formatNumber(value) {
  return new Intl.NumberFormat(getLocale()).format(value);
}

/** A price that is given in minor units, such as cents. */
export function formatPrice(amount, currency) {
  const format = new Intl.NumberFormat(getLocale(), { style: "currency", currency });
  return format.format(amount / 10 ** format.resolvedOptions().maximumFractionDigits);
}

/** A day; @seconds since 1970. What some languages write behind the year would not go with the sentences. */
export function formatDate(seconds) {
  const parts = new Intl.DateTimeFormat(getLocale(), { dateStyle: "long" }).formatToParts(new Date(seconds * 1000));
  const end = parts.findLastIndex((part) => part.type !== "literal");
  return parts.slice(0, end + 1).map((part) => part.value).join("");
}

export function formatList(items) {
  return new Intl.ListFormat(getLocale(), { type: "conjunction" }).format(items);
}
