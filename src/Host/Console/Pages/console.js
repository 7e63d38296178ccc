// Keeps the page fresh: asks for it again and puts the new content in, but never under the hands of somebody who fills in a form.
// Without it every page works, and is as fresh as when it was loaded.
const main = document.getElementById("main");
const keyOf = element => element.id || element.name || element.getAttribute("href") || "";

const isFilled = field => field.type === "checkbox" || field.type === "radio" ? field.checked !== field.defaultChecked
  // Where no option is marked, the first one is what the page began with.
  : field.tagName === "SELECT" ? field.selectedIndex !== Math.max(0, [...field.options].findIndex(one => one.defaultSelected))
  : field.value !== field.defaultValue;

const isBusy = () => {
  const active = document.activeElement;
  return main.contains(active) && active.matches("input:not([type=checkbox]), textarea, select")
    || [...main.querySelectorAll("form input:not([type=hidden]), form textarea, form select")].some(isFilled)
    || String(getSelection()).length > 0;
};

const swap = fresh => {
  const active = main.contains(document.activeElement) ? [document.activeElement.tagName, keyOf(document.activeElement)] : null;
  const open = [...main.querySelectorAll("details[open]")].map(keyOf);
  const ticked = [...main.querySelectorAll("input[type=checkbox]:checked")].map(keyOf);
  const scrolled = [...main.querySelectorAll("[role=region]")].map(region => [region.scrollLeft, region.scrollTop]);
  main.replaceChildren(...fresh.childNodes);
  for (const detail of main.querySelectorAll("details")) detail.open = open.includes(keyOf(detail));
  for (const box of main.querySelectorAll("input[type=checkbox]")) box.checked = ticked.includes(keyOf(box)) || box.defaultChecked;
  main.querySelectorAll("[role=region]").forEach((region, at) => region.scrollTo(...(scrolled[at] ?? [0, 0])));
  if (active) [...main.querySelectorAll(active[0])].find(one => keyOf(one) === active[1])?.focus({ preventScroll: true });
};

let shown = main.innerHTML;
const look = async () => {
  if (document.hidden || isBusy()) return;
  try {
    const answer = await fetch(location.href, { credentials: "same-origin", headers: { "X-Requested-With": "relief-console" } });
    if (answer.redirected) { location.reload(); return; }
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("main");
    if (!fresh || fresh.innerHTML === shown || isBusy()) return;
    shown = fresh.innerHTML;
    swap(fresh);
  } catch {
    // The next look may succeed; what is shown stays.
  }
};
if (Number(main.dataset.live) > 0) setInterval(look, Number(main.dataset.live) * 1000);

// Which fields a task needs depends on the outcome that is chosen.
const need = () => {
  const chosen = main.querySelector("input[name=outcome]:checked")?.value;
  for (const field of main.querySelectorAll("[data-needs]")) field.required = field.dataset.needs.split("|").includes(chosen);
};
main.addEventListener("change", event => { if (event.target.name === "outcome") need(); });
need();

// A list of things has a row for each: more are added by copying the last one, empty and under the next number.
for (const button of main.querySelectorAll("[data-add-row]")) button.hidden = false;
main.addEventListener("click", event => {
  const button = event.target.closest("[data-add-row]");
  if (!button) return;
  const rows = [...document.getElementById(button.dataset.addRow).querySelectorAll("[data-row]")];
  const [last, next] = [rows.at(-1), Math.max(...rows.map(row => Number(row.dataset.row))) + 1];
  const row = last.cloneNode(true);
  const numbered = (text, mark) => text.replace(mark + last.dataset.row + mark, mark + next + mark);
  for (const field of row.querySelectorAll("input, select, textarea")) {
    field.name = numbered(field.name, ".");
    field.id = numbered(field.id, "-");
    if (field.type === "checkbox") field.checked = false; else field.value = "";
  }
  row.dataset.row = next;
  const legend = row.querySelector("legend");
  legend.textContent = legend.textContent.replace(/\d+/, rows.length + 1);
  last.after(row);
  row.querySelector("input, select, textarea").focus();
});

main.addEventListener("click", event => { if (event.target.closest("[data-print]")) window.print(); });
