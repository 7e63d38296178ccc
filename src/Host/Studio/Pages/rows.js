// The designer's tables of cases and headers draw what they knew when their activity was chosen: a row that was just entered is saved, and not shown,
// and the next one that is entered takes its place. So an activity is chosen anew as soon as a row of it is closed; its table then holds what is saved.

const table = ".mud-tabs-panels tbody tr:not(:has(input[type=checkbox])) button"; // rows that can be ticked are lists of something else
/** Of a table that is being entered: the designer takes it into its model as a whole. */
export const openRow = ".mud-tabs-panels tr input[type=text]";

const soon = 150; // ms; by then a row that is opened to be changed is open

export function watch() {
  document.addEventListener("click", event => {
    if (event.isTrusted && event.target.closest?.(table))
      setTimeout(() => { if (!document.querySelector(openRow)) chooseAgain(); }, soon);
  });
}

/** Does to an element what a click of the mouse does. */
function press(element, x, y) {
  for (const type of ["mousedown", "mouseup", "click"])
    element.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true, view: window, button: 0, clientX: x, clientY: y }));
}

/** Does to a drawn activity what a click on its name does. */
export function pressNode(node) {
  const box = (node.querySelector(".activity-label") ?? node).getBoundingClientRect();
  press(node, box.x + box.width / 2, box.y + box.height / 2);
}

// First nothing, then the same again: what is chosen already is not read anew.
function chooseAgain() {
  const node = document.querySelector(".x6-node-selected");
  const canvas = document.querySelector(".x6-graph-svg");
  if (!node || !canvas)
    return;
  const edge = canvas.getBoundingClientRect();
  press(canvas, edge.x + edge.width / 2, edge.bottom - 12);
  setTimeout(() => pressNode(node), 50);
}
