// What every tab uses: elements, requests with the session's cookie, pictures that can be made larger.
const { definition, root, language, tab } = document.body.dataset;
const base = `${root}api/v1/definitions/${encodeURIComponent(definition)}`;

export const say = (text, ...values) => values.reduce((told, value, at) => told.replace(`{${at}}`, value), text);

export function h(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined));
  return element;
}

export const address = path => path.startsWith('/') ? root + path.slice(1) : `${base}/${path}${path.includes('?') ? '&' : '?'}lang=${language}`;

export async function api(path, method = 'GET', body = undefined) {
  const answer = await fetch(`${base}${path}${path.includes('?') ? '&' : '?'}lang=${language}`, {
    method, credentials: 'same-origin', body: body === undefined ? undefined : JSON.stringify(body),
    headers: { 'X-Requested-With': 'relief-studio', 'Accept-Language': language, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
  });
  if (!answer.ok) {
    const problem = await answer.json().catch(() => ({}));
    throw new Error(problem.detail ?? `HTTP ${answer.status}`);
  }
  return answer;
}

export async function versions() {
  const found = await (await fetch(`${root}api/v1/definitions?versions=AllVersions&take=100&search=${encodeURIComponent(definition)}`, { credentials: 'same-origin' })).json();
  return found.items.filter(one => one.definitionId === definition).sort((one, other) => other.version - one.version);
}

export function picture(t, alt) {
  const image = h('img', { alt });
  const frame = h('div', { class: 'aids-picture', tabindex: '0', role: 'region', 'aria-label': alt }, image);
  let scale = 0;
  const size = () => {
    if (image.naturalWidth) image.style.width = `${scale === 0 ? Math.max(frame.clientWidth, image.naturalWidth * 0.35) : image.naturalWidth * scale}px`;
  };
  image.addEventListener('load', size);
  const button = (text, change) => {
    const made = h('button', { type: 'button' }, text);
    made.addEventListener('click', () => { scale = change(scale || image.clientWidth / image.naturalWidth); size(); });
    return made;
  };
  return {
    frame,
    buttons: [button(t.larger, now => now * 1.25), button(t.smaller, now => now / 1.25), button(t.fit, () => 0)],
    show: source => { image.src = source; },
  };
}

export const number = value => typeof value === 'number';

export function table(heads, rows) {
  const isNumber = heads.map((_, at) => rows.length > 0 && rows.every(row => number(row[at]) || row[at] === ''));
  return h('div', { class: 'aids-table', tabindex: '0', role: 'region', 'aria-label': heads.join(', ') }, h('table', {},
    h('thead', {}, h('tr', {}, heads.map((head, at) => h('th', { scope: 'col', class: isNumber[at] ? 'number' : null }, head)))),
    h('tbody', {}, rows.map(row => h('tr', { class: row.over ? 'over' : null }, row.map((cell, at) => h('td', { class: isNumber[at] ? 'number' : null }, number(cell) ? cell.toLocaleString(language) : cell)))))));
}

export async function start(tabs) {
  const place = document.getElementById('aid');
  const t = await (await fetch(`${root}studio/aids-own/texts.${language}.json`)).json();
  try {
    await (tabs[tab] ?? tabs.validation)(place, t);
  } catch (failed) {
    place.replaceChildren(h('p', { class: 'aids-bad', role: 'alert' }, failed.message));
  }
}
