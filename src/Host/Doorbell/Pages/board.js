// Fetches the alerts again every three seconds, but not while somebody writes; counts down in between.
const board = document.getElementById("alerts");
const count = () => {
  for (const at of board.querySelectorAll("[data-until]")) {
    const left = Math.round((Number(at.dataset.until) - Number(at.dataset.now)) / 1000 - (performance.now() - shown) / 1000);
    at.textContent = (left < 0 ? "-" : "") + Math.floor(Math.abs(left) / 60) + ":" + String(Math.abs(left) % 60).padStart(2, "0");
  }
};
let shown = performance.now();
const look = async () => {
  const writing = document.activeElement && ["INPUT", "SELECT"].includes(document.activeElement.tagName);
  const filled = [...board.querySelectorAll("input:not([type=hidden])")].some(field => field.value !== "");
  if (!writing && !filled) {
    try {
      const answer = await fetch("board/alerts", { credentials: "same-origin" });
      if (answer.ok) {
        board.innerHTML = await answer.text();
        shown = performance.now();
      }
    } catch {
      // The next look may succeed; what is shown stays.
    }
  }
  count();
};
count();
setInterval(look, 3000);
setInterval(count, 1000);
