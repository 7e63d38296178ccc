-- The next open visits of a round whose time is over: missed, or lapsed where nobody of the family is left whom it is owed to. home_visit (round_id, area_code) of
-- open visits finds them, the person's key and person (household_id) the family. One that is reported meanwhile stays as it was
-- reported: the state is asked for again when its row is free. {0} round, {1} its last day, {2} so many.
update relief.home_visit as owed set status = case when exists (
    select 1 from relief.person p
    where (p.id = owed.person_id or p.household_id = owed.family_id) and p.life_status <> 'Dead' and p.moved_on is null
      and (owed.duty in ('Elderly', 'Grid') or exists (
        select 1 from relief.relief_identity i
        where i.person_id = p.id and i.category = 'Dibao' and i.valid_from <= {1} and (i.valid_to is null or i.valid_to >= {1})))
  ) then 'Missed' else 'Lapsed' end
where owed.status = 'Open' and owed.id in (select v.id from relief.home_visit v where v.round_id = {0} and v.status = 'Open' limit {2})
