// SPDX-License-Identifier: GPL-3.0-or-later
// The public interface of the renewal service, which the shop is a client of like any other.

const BASE = new URL("../v1/", import.meta.url);
const PROBLEM = "urn:prolong:problem:";

/** A refusal, by the name that the service gives it, or `service-unavailable` when there is no sensible answer. */
export class Problem extends Error {
  constructor(name, { status = 0, wait = 0 } = {}) {
    super(name);
    this.wait = wait; // seconds
    /** The service has decided: another try is another request, with a key of its own. */
    this.isFinal = status >= 400 && status < 500 && !["request-in-flight", "rate-limited"].includes(name);
  }
}

async function readProblem(answer) {
  const details = await answer.json().catch(() => ({}));
  const name = String(details.type).startsWith(PROBLEM) ? details.type.slice(PROBLEM.length) : "service-unavailable";
  return new Problem(name, { status: answer.status, wait: Number(answer.headers.get("Retry-After")) || 0 });
}

/** Asks the service; `key` makes a repetition of the same request harmless. */
export async function call(method, path, { body, token, key } = {}) {
  const headers = {};
  if (body) headers["Content-Type"] = "application/json";
  if (token) headers.Authorization = `Bearer ${token}`;
  if (key) headers["Idempotency-Key"] = key;
  let answer;
  try {
    answer = await fetch(new URL(path, BASE), {
      method, headers, body: body && JSON.stringify(body), cache: "no-store", credentials: "omit", redirect: "error",
    });
  } catch {
    throw new Problem("service-unavailable");
  }
  if (!answer.ok) throw await readProblem(answer);
  return answer.json().catch(() => { throw new Problem("service-unavailable"); });
}
