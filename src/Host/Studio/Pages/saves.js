// The designer saves by itself while people go on editing, and puts each answer in the place of its own model. An edit made between the
// request and its answer, and not yet sent, would be gone with it. So the answer of a save waits here until everything that was edited
// meanwhile has been sent too, and all waiting saves then get the newest answer, which holds it all.

import { openRow } from "./rows.js";

const settled = 1200; // ms; the designer sends an edit 500 ms after it was made, or after it has asked whether a name is free
const longest = 30_000; // ms; the designer gives a request up after 100 s
const editing = ["pointerdown", "pointerup", "click", "keydown", "keyup", "input", "change", "drop"];

const open = new Set();
let asking = 0;
let touched = -Infinity;
let typing = null;
let timer = 0;

for (const name of editing)
  document.addEventListener(name, noticed, { capture: true, passive: true });

/** Whether a request saves a drawing. */
export const isSave = (address, method) => method === "POST" && address.pathname.endsWith("/workflow-definitions");

/** Counts a question that the designer asks before it takes an edit into its model. */
export async function question(ask) {
  asking++;
  try {
    return await ask();
  } finally {
    asking--;
    touched = performance.now();
    look();
  }
}

/** Sends a save; its answer comes when it can no longer overwrite an edit. A refusal comes at once. */
export async function save(send) {
  const one = { sent: performance.now(), text: null };
  open.add(one);
  try {
    const answer = await send();
    if (!answer.ok)
      return answer;
    one.text = await answer.text();
    one.answered = performance.now();
    await new Promise(resolve => { one.release = resolve; look(); });
    return new Response(one.text, { status: answer.status, headers: answer.headers });
  } finally {
    open.delete(one);
    look();
  }
}

function noticed(event) {
  touched = performance.now();
  if (event.type === "input" && !event.target.closest?.(".monaco-editor"))
    typing = event.target;
  if (event.type === "change")
    typing = null;
}

// Lets the answers go when nothing is under way, or looks again when that may be so.
function look() {
  clearTimeout(timer);
  const waiting = [...open].filter(one => one.release);
  if (waiting.length === 0)
    return;
  const now = performance.now();
  const left = now - waiting[0].answered > longest ? 0 : pause(now);
  if (left > 0) {
    timer = setTimeout(look, Math.min(left, settled));
    return;
  }
  const newest = waiting[waiting.length - 1].text;
  for (const one of waiting) {
    one.text = newest;
    one.release();
  }
}

// How long to wait still, in ms: nothing when nobody has touched the page since the newest save was sent.
function pause(now) {
  if (asking > 0 || [...open].some(one => !one.release) || typing !== null && typing === document.activeElement || document.querySelector(openRow))
    return settled;
  const newest = [...open].at(-1);
  return touched < newest.sent ? 0 : touched + settled - now;
}
