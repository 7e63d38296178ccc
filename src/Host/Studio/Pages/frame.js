// Puts the designer's element for this address into the page, and keeps it alive: a refused request becomes a note, an ended session a sign-in.
import * as overlay from "./overlay.js";
import * as rows from "./rows.js";
import * as saves from "./saves.js";

const place = document.getElementById("studio");
const base = new URL(document.baseURI).pathname;
const tags = {
  definitions: "elsa-workflow-definition-list", editor: "elsa-workflow-definition-editor",
  instances: "elsa-workflow-instance-list", viewer: "elsa-workflow-instance-viewer"
};
const go = path => location.assign(base + path);
const edit = id => go(`workflows/definitions/${encodeURIComponent(id)}/edit`);
const callbacks = { editWorkflowDefinition: edit, viewWorkflowInstance: id => go(`workflows/instances/${encodeURIComponent(id)}/view`) };

// The designer brings an inline script for this; the page's policy allows none, so it is given here, Ctrl+S included.
window.editorHotkeys = {
  register(target) {
    this.dispose();
    this.listener = event => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
        event.preventDefault();
        target.invokeMethodAsync("OnSave").catch(() => {});
      }
    };
    document.addEventListener("keydown", this.listener);
  },
  dispose() { if (this.listener) document.removeEventListener("keydown", this.listener); }
};

watchRequests();
watchAddress();
rows.watch();
overlay.prepare();
await load();
await overlay.start();
await insert();

// In their order; the script editor's language must be set between two of them.
async function load() {
  await script("_content/BlazorMonaco/jsInterop.js");
  overlay.prepareEditor();
  await Promise.all([
    "_content/BlazorMonaco/lib/monaco-editor/min/vs/loader.js", "_content/BlazorMonaco/lib/monaco-editor/min/vs/editor/editor.main.js", "_content/MudBlazor/MudBlazor.min.js",
    "_content/CodeBeam.MudBlazor.Extensions/MudExtensions.min.js", "_content/Radzen.Blazor/Radzen.Blazor.js", "_framework/blazor.webassembly.js"
  ].map(script));
}

function script(source) {
  return new Promise((resolve, reject) => {
    const element = document.createElement("script");
    Object.assign(element, { src: source, async: false, onload: resolve, onerror: reject });
    element.setAttribute("autostart", "false");
    document.body.append(element);
  });
}

// The designer treats most refusals as its own end. What the server refused is told here, and it gets an answer that it survives.
function watchRequests() {
  const send = window.fetch;
  const desk = crypto.randomUUID?.() ?? String(Math.random());
  window.fetch = async (request, options) => {
    const address = new URL(typeof request === "string" ? request : request.url, location.href);
    const answer = saves.isSave(address, options?.method) ? await saves.save(() => send(request, { ...options, headers: named(options.headers, desk) }))
      : address.pathname.includes("/validation/") ? await saves.question(() => send(request, options))
      : await send(request, options);
    if (!address.pathname.includes("/elsa/") || answer.ok)
      return answer;
    if (answer.status === 401) {
      location.assign(`${base}sign-in?next=${encodeURIComponent(location.pathname + location.search)}`);
      return new Promise(() => {});
    }
    const problem = await answer.clone().json().catch(() => null);
    if (problem?.errors?.generalErrors !== undefined && address.pathname.endsWith("/import"))
      tell(problem.errors.generalErrors.join(" ")); // the designer shows such messages of a save, and nothing when it has sent a file
    if (problem?.errors?.generalErrors !== undefined || !problem?.detail)
      return answer;
    const text = [problem.detail, ...Object.values(problem.errors ?? {}).flat()].join(" ");
    tell(text);
    return survivable(address.pathname, options?.method ?? request.method, text) ?? answer;
  };
}

// Which open editor this is: its own quick second save is then not taken for somebody else's.
function named(headers, desk) {
  const all = new Headers(headers);
  all.set("X-Relief-Desk", desk);
  return all;
}

function survivable(path, method, text) {
  if (/\/workflow-definitions(\/import)?$/.test(path) && method === "POST")
    return Response.json({ errors: { generalErrors: [text] } }, { status: 400 });
  if (/\/(execute|dispatch)$/.test(path))
    return new Response("{}", { status: 200, headers: { "Content-Type": "application/json", "x-elsa-workflow-cannot-start": "true" } });
  if (method === "DELETE")
    return new Response(null, { status: 204 });
  return path.includes("/bulk-actions/") ? Response.json({ deleted: 0, count: 0 }) : null;
}

function tell(text) {
  const note = document.createElement("p");
  note.textContent = text;
  document.getElementById("notes").append(note);
  setTimeout(() => note.remove(), 12000);
}

// After a run and after "save as" the designer only writes the address; the page must follow.
function watchAddress() {
  const push = history.pushState.bind(history);
  history.pushState = (state, title, url) => {
    const before = location.pathname;
    push(state, title, url);
    if (location.pathname !== before)
      location.reload();
  };
  window.addEventListener("popstate", () => { if (!location.pathname.startsWith(place.dataset.forward)) location.reload(); });
}

async function insert() {
  await window.Blazor.start();
  const end = new URL("../elsa/api", document.baseURI).href;
  const tag = tags[place.dataset.page];
  await Promise.all([customElements.whenDefined("elsa-backend-provider"), customElements.whenDefined(tag)]);
  const provider = document.createElement("elsa-backend-provider");
  provider.setAttribute("remote-endpoint", end);
  const element = document.createElement(tag);
  element.setAttribute("remote-endpoint", end);
  if (place.dataset.page === "editor")
    element.setAttribute("definition-id", place.dataset.id);
  if (place.dataset.page === "viewer")
    element.setAttribute("instance-id", place.dataset.id);
  Object.assign(element, callbacks);
  place.replaceChildren(provider, element);
  const wanted = new URLSearchParams(location.search).get("activity");
  if (wanted)
    choose(wanted.split(":").reverse());
}

// Chooses the activity that a link names, or the innermost drawn one around it, as a click on it would; a drawing that is still being made lets one pass by.
async function choose(path) {
  for (let tries = 0; tries < 120; tries++) {
    await new Promise(resolve => setTimeout(resolve, 500));
    const node = path.map(id => document.querySelector(`.x6-node[data-cell-id="${CSS.escape(id)}"]`)).find(found => found);
    if (node?.classList.contains("x6-node-selected"))
      return;
    if (node)
      rows.pressNode(node);
  }
}
