// Sends changes one after the other, and keeps them where the network or the sign-in fails.
import { SignedOut, Unreachable, ask, placeParts, readPageAgain } from "./rota-asking.js";
import { clearNotice, deed, link, notice } from "./rota-notice.js";
import { here } from "./rota-table.js";

const TRY_AGAIN_AFTER = 5_000;
const waiting = [];
let afterwards = null;
let isBusy = false;
let timer;

export const isSending = () => waiting.length > 0;
/** Say whether a change of this cell is still on its way. */
export const waitsFor = (id) => waiting.some((job) => job.changes?.some((change) => change.id === id));

/**
 * Send something when everything before it has been sent.
 * A job has `url`, `form()`, and is told its answer by `done` or `refused`; `changes` are the cells it is about.
 */
export function send(job) {
  waiting.push(job);
  work();
}

/** Do something, such as leaving the page, when all is sent. */
export function whenSent(act) {
  if (isSending()) afterwards = act;
  else act();
}

async function work() {
  if (isBusy) return;
  isBusy = true;
  clearTimeout(timer);
  try {
    while (waiting.length) {
      const answer = await ask(waiting[0].url, waiting[0].form());
      clearNotice();
      take(waiting.shift(), answer);
    }
    afterwards?.();
    afterwards = null;
  } catch (error) {
    keep(error);
  } finally {
    isBusy = false;
  }
}

function take(job, answer) {
  if (answer.status >= 400) {
    job.refused?.(answer);
    return;
  }
  placeParts(answer.html);
  const news = answer.news["rota-edited"] ?? {};
  // The answer names no more than some of a large paste's cells; what was sent is known here.
  seeAnew([...(news.cells ?? []), ...(job.changes ?? []).map((change) => change.id)]);
  document.dispatchEvent(new CustomEvent("rota-edited", { detail: news }));
  job.done?.(news);
}

/** Let what waits go on from what one's own changes made; what others changed meanwhile still counts as unseen. */
function seeAnew(ids) {
  for (const change of waiting.flatMap((job) => job.changes ?? [])) {
    if (ids.includes(change.id)) change.seen = document.getElementById(change.id)?.dataset.seen ?? "empty";
  }
}

function keep(error) {
  if (!(error instanceof Unreachable || error instanceof SignedOut)) throw error;
  const count = waiting.length === 1 ? "Your last change is" : `Your last ${waiting.length} changes are`;
  const itself = waiting.length === 1 ? "itself" : "themselves";
  if (error instanceof SignedOut) {
    const sentence = `You have been signed out. ${count} kept on this page: sign in, then send again.`;
    notice(sentence, link("Sign in (opens a new tab)", "/sign-in"), deed("Send again", sendAgain));
  } else {
    notice(`The network does not answer. ${count} kept here and sent again by ${itself}.`, deed("Try now", tryNow));
    timer = setTimeout(work, TRY_AGAIN_AFTER);
  }
}

async function tryNow() {
  await work();
  here()?.focus({ preventScroll: true });
}

/** Take over the new sign-in's token from a fresh copy of the page, then go on. */
async function sendAgain() {
  const fresh = await readPageAgain().catch(() => null);
  const token = fresh?.querySelector('meta[name="csrf-token"]');
  // What one person has changed is never sent as another's who signed in beside them.
  const [then, now] = [document, fresh].map((page) => page?.querySelector('meta[name="keeper"]')?.content);
  if (token && then === now) document.querySelector('meta[name="csrf-token"]').content = token.content;
  await tryNow();
}

addEventListener("online", work);
addEventListener("beforeunload", (event) => {
  if (isSending()) event.preventDefault();
});
