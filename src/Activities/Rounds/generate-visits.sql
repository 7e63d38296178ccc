-- The next visits of a round, so many of one number: families that have none yet, in the order of their ids. LINQ cannot insert what it selects, and passes over
-- nothing that is there. The unique key (round_id, duty, family_id, slot) finds what is there and refuses the second of two nodes. "concerned" is
-- the one part that differs by duty. {0} round, {1} county, {2} duty, {3} slot, {4} now, {5} due, {6} today, {7} born until, {8} so many.
insert into relief.home_visit (id, county_code, created_at, created_by, area_code, round_id, duty, slot, family_id, person_id, due_on, status, misses)
select {0} || '-' || f.family_id || '-' || cast({3} as text), {1}, {4}, 'system', f.area_code, {0}, {2}, {3}, f.family_id, f.person_id, {5}, 'Open', 0
from (
  select coalesce(p.household_id, p.id) as family_id, min(p.id) as person_id, min(p.area_code) as area_code
  from relief.person p
  where p.county_code = {1} and p.life_status <> 'Dead' and p.moved_on is null and p.birth_date <= {7} and /*concerned*/
  group by coalesce(p.household_id, p.id)
) f
where not exists (select 1 from relief.home_visit v where v.round_id = {0} and v.duty = {2} and v.family_id = f.family_id and v.slot = {3})
order by f.family_id
limit {8}
on conflict do nothing
