import { api, h, picture, table, say } from './page.js';

const field = (label, input) => h('label', {}, label, input);
const staffOf = text => Object.fromEntries(text.split(/[,;，；\n]/).map(part => part.split(/[=:：]/)).filter(part => part.length === 2 && Number(part[1]) > 0).map(([role, people]) => [role.trim(), Number(people)]));

export async function simulation(place, t) {
  const cases = h('input', { type: 'number', min: 1, max: 20000, value: 1000 });
  const seed = h('input', { type: 'number', value: 1 });
  const arrivals = h('input', { type: 'number', min: 0, step: 'any', value: 10 });
  const staff = h('input', { placeholder: 'township-reviewer=2' });
  const script = h('textarea', { spellcheck: 'false', 'aria-describedby': 'script-hint' });
  const run = h('button', { class: 'aids-main' }, t.run);
  const form = h('form', {},
    h('div', { class: 'aids-row' }, field(t.cases, cases), field(t.seed, seed), field(t.arrivals, arrivals), field(t.staff, staff), run),
    h('details', {}, h('summary', {}, t.script), h('p', { class: 'aids-quiet', id: 'script-hint' }, t.scriptHint), h('label', { class: 'aids-field' }, t.script, script)));
  const out = h('div', { 'aria-live': 'polite' });
  const kept = h('div', {});
  place.replaceChildren(form, out, kept);

  const asked = () => ({
    cases: Number(cases.value), seed: Number(seed.value), arrivalsPerDay: arrivals.value ? Number(arrivals.value) : null,
    staff: staffOf(staff.value), script: script.value.trim() ? JSON.parse(script.value) : undefined,
  });
  form.addEventListener('submit', async event => {
    event.preventDefault();
    run.disabled = true;
    out.replaceChildren(h('p', { class: 'aids-quiet', role: 'status' }, t.running));
    try {
      const plan = asked();
      const result = await (await api('/simulations', 'POST', plan)).json();
      await show(out, t, { plan, result, again: () => list(kept, t) });
    } catch (failed) {
      out.replaceChildren(h('p', { class: 'aids-bad', role: 'alert' }, failed.message));
    } finally {
      run.disabled = false;
    }
  });
  await list(kept, t);
}

async function show(out, t, { plan, result, again }) {
  const names = Object.fromEntries(result.activities.map(one => [one.activityId, one.name]));
  const path = ids => ids.map(id => names[id] ?? id).join(' → ');
  const figure = (term, value) => h('div', {}, h('dt', {}, term), h('dd', {}, value));
  const shown = picture(t, t.coverage);
  const overloaded = row => Object.assign(row, { over: row[4] > 1 });
  out.replaceChildren(
    h('dl', { class: 'aids-figures' }, figure(t.played, result.cases.toLocaleString()), figure(t.finished, result.finished.toLocaleString()),
      figure(t.medianDays, (result.duration.workingP50 / 8).toFixed(1)), figure(t.p95Days, (result.duration.workingP95 / 8).toFixed(1)),
      figure(t.deadEnds, result.deadEnds.reduce((sum, one) => sum + one.cases, 0) + result.endlessLoops.reduce((sum, one) => sum + one.cases, 0)), figure(t.never, result.neverReached.length)),
    h('div', { class: 'aids-row' }, ...shown.buttons), shown.frame,
    h('h2', {}, t.outcomes), table([t.outcome, t.casesHead, t.share], result.outcomes.map(one => [one.outcome, one.cases, `${(one.share * 100).toFixed(1)}%`])),
    ...(result.deadEnds.length + result.endlessLoops.length === 0 ? [] : [h('h2', {}, t.deadEnds), table([t.where, t.casesHead, t.reason, t.path],
      [...result.deadEnds.map(one => [names[one.activityId] ?? one.activityId, one.cases, one.reason, path(one.path)]), ...result.endlessLoops.map(one => [t.endless, one.cases, '', path(one.circle)])])]),
    ...(result.neverReached.length === 0 ? [] : [h('h2', {}, t.never), h('p', {}, result.neverReached.join(', '))]),
    ...(result.load.length === 0 ? [] : [h('h2', {}, t.load), table([t.role, t.hoursPerDay, t.needed, t.capacity, t.utilisation, t.backlog],
      result.load.map(one => overloaded([one.role, one.hoursPerDay, one.staffNeeded, one.capacity ?? '', one.utilisation ?? '', one.backlogPerDay ?? ''])))]),
    h('h2', {}, t.times), table([t.step, t.casesHead, t.runs, t.meanHours, 'P50', 'P95'],
      result.activities.map(one => [one.name, one.cases, one.runs, one.time.workingMean, one.time.workingP50, one.time.workingP95])),
    keep(t, plan, result, again));
  const drawn = await api('/simulations/diagram', 'POST', { result });
  shown.show(URL.createObjectURL(await drawn.blob()));
}

function keep(t, plan, result, again) {
  const check = (text, isOn) => {
    const box = h('input', { type: 'checkbox', checked: isOn ? '' : null });
    return { box, label: h('label', { class: 'aids-check' }, box, text) };
  };
  const name = h('input', { required: '', maxlength: 200 });
  const [reached, alive, shares] = [check(t.keepReached, true), check(t.keepAlive, true), check(t.keepShares, false)];
  const told = h('p', { class: 'aids-quiet', role: 'status' });
  const form = h('form', {}, h('h2', {}, t.keepTitle), h('p', { class: 'aids-quiet' }, t.keepHint),
    h('div', { class: 'aids-row' }, field(t.keepName, name), reached.label, alive.label, shares.label, h('button', {}, t.keep)), told);
  form.addEventListener('submit', async event => {
    event.preventDefault();
    const expectations = {
      reached: reached.box.checked ? result.activities.map(one => one.activityId) : [], notReached: [], noDeadEnds: alive.box.checked,
      shares: shares.box.checked ? result.outcomes.map(one => ({ outcome: one.outcome, share: one.share, tolerance: 0.1 })) : [],
    };
    const cases = Math.min(plan.cases, 2000);
    try {
      await api(`/simulations/${encodeURIComponent(name.value)}`, 'PUT', { plan: { cases, seed: plan.seed, ...(plan.script ? { script: plan.script } : {}) }, expectations });
      told.textContent = t.kept;
      await again();
    } catch (failed) {
      told.textContent = failed.message;
    }
  });
  return form;
}

async function list(place, t) {
  const { items } = await (await api('/simulations')).json();
  const drop = one => {
    const button = h('button', { type: 'button', 'aria-label': say(t.dropOf, one.name) }, t.drop);
    button.addEventListener('click', async () => { await api(`/simulations/${encodeURIComponent(one.name)}`, 'DELETE'); await list(place, t); });
    return button;
  };
  place.replaceChildren(...(items.length === 0 ? [] : [h('h2', {}, t.keptTitle), table([t.keepName, t.casesHead, t.savedBy, ''], items.map(one => [one.name, one.kept.plan.cases, one.savedBy, drop(one)]))]));
}
