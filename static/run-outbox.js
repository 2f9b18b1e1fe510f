// Sends what was written, one after the other; what cannot be sent is kept on this device until it can.
import { Refused, SignedOut, Unreachable, ask, renewToken } from "./run-asking.js";
import { base } from "./run-page.js";

const KEPT_AS = `run-outbox ${base}`;
const PAUSES = [1_000, 2_000, 4_000, 8_000, 15_000];
const kinds = {};
const jobs = JSON.parse(sessionStorage.getItem(KEPT_AS) ?? "[]");
let tries = 0;
let sent = 0;
let isBusy = false;
let trouble = "";
let savedAt = null;
let timer;
let tell = () => {};

/** Say what happens with the answers of a kind of change: `done(job, answer)`, `refused(job, refusal)`. */
export function handle(kind, handlers) {
  kinds[kind] = handlers;
}

export const pending = () => jobs.length;
/** How many changes the server has answered so far. */
export const answered = () => sent;
export const waiting = (fits) => jobs.filter(fits);
/** How it stands: what keeps things from being saved, how many wait, and when something was saved last. */
export const standing = () => ({ trouble, waiting: jobs.length, savedAt });
export function onStanding(listener) {
  tell = listener;
}

/** Send a change when all before it are sent. `about` comes back to the handlers. */
export function post(kind, path, body, about = {}) {
  jobs.push({ kind, path, body, about });
  keep();
  work();
}

/** Forget changes that have not been sent. The first may be on its way: it stays. */
export function forget(fits) {
  for (let place = jobs.length - 1; place > 0; place -= 1) if (fits(jobs[place])) jobs.splice(place, 1);
  keep();
}

/** Send all that waits; resolves to whether nothing is left. */
export async function flush() {
  while (isBusy) await new Promise((resolve) => setTimeout(resolve, 20));
  await work();
  return jobs.length === 0;
}

export async function work() {
  if (isBusy || !jobs.length) return;
  isBusy = true;
  clearTimeout(timer);
  try {
    while (jobs.length) await sendFirst();
    set("");
  } catch (error) {
    wait(error);
  } finally {
    isBusy = false;
  }
}

async function sendFirst() {
  const job = jobs[0];
  let answer;
  let refusal;
  tell();
  try {
    answer = await ask(job.path, job.body);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    refusal = error;
  }
  jobs.shift();
  sent += 1;
  keep();
  tries = 0;
  if (refusal) kinds[job.kind].refused(job, refusal);
  else {
    savedAt = Date.now();
    kinds[job.kind].done(job, answer);
  }
}

function wait(error) {
  if (error instanceof SignedOut) set("signed-out");
  else if (error instanceof Unreachable) {
    set("offline");
    timer = setTimeout(work, PAUSES[Math.min(tries, PAUSES.length - 1)]);
    tries += 1;
  } else throw error;
}

function set(word) {
  trouble = word;
  tell();
}

/** Go on after a new sign-in. */
export async function sendAgain() {
  if (await renewToken().catch(() => false)) await work();
}

function keep() {
  if (jobs.length) sessionStorage.setItem(KEPT_AS, JSON.stringify(jobs));
  else sessionStorage.removeItem(KEPT_AS);
  tell();
}

addEventListener("online", work);
