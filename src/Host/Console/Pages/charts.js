// Draws what came and went, and what is due: the numbers come by themselves, so that the page never waits for them.
const look = getComputedStyle(document.documentElement);
const ink = name => look.getPropertyValue(name).trim();
const text = { color: ink("--quiet") || "#555", fontFamily: "inherit" };

const axis = (days, values) => ({
  animation: false,
  aria: { enabled: true },
  grid: { left: 44, right: 12, top: 34, bottom: 28 },
  legend: { top: 0, left: 0, textStyle: text, itemHeight: 10 },
  tooltip: { trigger: "axis", renderMode: "richText" },
  xAxis: { type: "category", data: days, axisLabel: text, axisTick: { show: false } },
  yAxis: { type: "value", minInterval: 1, axisLabel: text, splitLine: { lineStyle: { color: ink("--line") || "#ddd" } } },
  series: values.map(([name, data, color]) => ({ name, data, type: "bar", barMaxWidth: 18, itemStyle: { color: ink(color) } }))
});

const draw = async () => {
  const places = [...document.querySelectorAll("[data-chart]:empty")];
  if (places.length === 0 || !globalThis.echarts) return;
  const answer = await fetch(places[0].dataset.source, { credentials: "same-origin" });
  if (!answer.ok) return;
  const numbers = await answer.json();
  for (const place of places) {
    const names = place.dataset.names.split("|");
    const rows = numbers[place.dataset.chart];
    const chart = echarts.init(place, null, { renderer: "canvas" });
    chart.setOption(place.dataset.chart === "months"
      ? axis(rows.map(row => row.name), [[names[0], rows.map(row => row.value), "--main"]])
      : place.dataset.chart === "trend"
      ? axis(rows.map(row => row.day.slice(5)), [[names[0], rows.map(row => row.started), "--main"], [names[1], rows.map(row => row.ended), "--wait"]])
      : axis(rows.map(row => row.day ? row.day.slice(5) : names[1]), [[names[0], rows.map(row => row.count), "--warn"]]));
    place.setAttribute("role", "img");
    addEventListener("resize", () => chart.resize());
  }
};

// The content is put in anew when it has changed: empty places are filled again.
new MutationObserver(draw).observe(document.getElementById("main"), { childList: true });
draw();
