// The pages beside the editor. No framework: each tab fetches what it shows and builds it with h().
import { simulation } from './simulation.js';
import { api, address, h, picture, table, versions, start, say } from './page.js';

async function validation(place, t) {
  const found = await (await api('/problems')).json();
  const errors = found.problems.filter(one => !one.isWarning).length;
  place.replaceChildren(
    h('p', { class: errors ? 'aids-bad' : 'aids-good', role: 'status' }, errors ? say(t.mustMend, errors) : t.mayPublish),
    h('ul', { class: 'aids-list' }, found.problems.map(one => h('li', { class: one.isWarning ? 'warning' : 'error' },
      h('span', { class: 'kind' }, one.isWarning ? t.warning : t.error), one.message, ' ',
      one.nodeName ? h('a', { href: address(one.editorLink), title: one.activityId }, one.nodeName) : null, ' ', h('code', {}, one.code)))));
}

async function drawing(place, t) {
  const list = await versions();
  const choice = h('select', { id: 'version' }, list.map(one => h('option', { value: one.version }, say(t.versionOf, one.version) + (one.isPublished ? ` · ${t.published}` : ''))));
  const shown = picture(t, t.picture);
  const save = h('a', { download: '' }, t.download);
  const show = () => { save.href = address(`diagram.svg?version=${choice.value}`); shown.show(save.href); };
  choice.addEventListener('change', show);
  place.replaceChildren(h('div', { class: 'aids-row' }, h('label', {}, t.version, choice), ...shown.buttons, save), shown.frame);
  show();
}

async function comparison(place, t) {
  const list = await versions();
  if (list.length < 2) {
    place.replaceChildren(h('p', { class: 'aids-quiet' }, t.onlyOne));
    return;
  }

  const select = (id, chosen) => h('select', { id }, list.map(one => h('option', { value: one.version, selected: one.version === chosen ? '' : null }, say(t.versionOf, one.version))));
  const [from, to] = [select('from', list[1].version), select('to', list[0].version)];
  const shown = picture(t, t.diff);
  const changes = h('div', { 'aria-live': 'polite' });
  const show = async () => {
    shown.show(address(`diagram.svg?version=${to.value}&compare=${from.value}`));
    const diff = await (await api(`/diff?from=${from.value}&to=${to.value}`)).json();
    const brief = value => value === null || value === undefined ? '–' : JSON.stringify(value).slice(0, 160);
    const rows = diff.activities.flatMap(one => one.members.length
      ? one.members.map(member => [t['mark.' + one.change], one.name, h('code', {}, member.member), brief(member.from), brief(member.to)])
      : [[t['mark.' + one.change], one.name, h('code', {}, one.activityId), '', '']]);
    rows.push(...diff.lines.map(line => [t['mark.' + line.change], t.line, h('code', {}, `${line.source} · ${line.port} → ${line.target}`), '', '']));
    rows.push(...diff.members.map(member => [t['mark.Changed'], t.definition, h('code', {}, member.member), brief(member.from), brief(member.to)]));
    changes.replaceChildren(h('h2', {}, t.changes), rows.length ? table([t.change, t.what, t.member, t.before, t.after], rows) : h('p', { class: 'aids-quiet' }, t.noChange));
  };
  from.addEventListener('change', show);
  to.addEventListener('change', show);
  place.replaceChildren(h('div', { class: 'aids-row' }, h('label', {}, t.from, from), h('label', {}, t.to, to), ...shown.buttons), shown.frame, changes);
  await show();
}

start({ validation, simulation, diff: comparison, picture: drawing });
