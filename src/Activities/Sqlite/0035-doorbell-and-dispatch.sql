-- What the books of visits and funds hold is held by the database too, also against a bare statement and against what another node writes at the same moment.

-- INV-16, INV-19: a visit is given to an active worker with valid training for its item on its day, for a child checked within a year, and to nobody for a person who has died or moved away
-- before it. Days are those of Shanghai; a year after 29 February is 28 February.
create view relief_visit_fit as
select s.id, p.life_status = 'Dead' or coalesce(p.moved_on < s.served, 0) as is_gone,
  coalesce(w.active, 0) = 1 and not exists (
    select 1 from relief_service_item i where i.code = s.item_code and i.training_code is not null and not exists (
      select 1 from relief_worker_training t where t.worker_id = s.worker_id and t.course = i.training_code and t.valid_from <= s.served and t.valid_to >= s.served)) as is_trained,
  date(replace(p.birth_date, '-02-29', '-02-28'), '+18 years') <= s.served
    or coalesce(date(replace(w.background_checked_on, '-02-29', '-02-28'), '+1 year') >= s.served, 0) as is_checked
from (select v.*, date(v.planned_start / 1000 + 28800, 'unixepoch') as served from relief_visit_slot v) s
join relief_person p on p.id = s.person_id left join relief_worker w on w.id = s.worker_id;
create trigger relief_visit_slot_dispatched after insert on relief_visit_slot when new.status = 'Dispatched'
begin
  select raise(abort, 'INV-19: nobody is sent to a person who has died or moved away') from relief_visit_fit f where f.id = new.id and f.is_gone;
  select raise(abort, 'INV-16: no dispatch without valid training for the item') from relief_visit_fit f where f.id = new.id and not f.is_trained;
  select raise(abort, 'INV-16: no service to a child without a background check within a year') from relief_visit_fit f where f.id = new.id and not f.is_checked;
end;
create trigger relief_visit_slot_redispatched after update of status, worker_id, person_id, item_code, planned_start on relief_visit_slot
when new.status = 'Dispatched' and (old.status <> new.status or old.worker_id is not new.worker_id or old.person_id <> new.person_id or old.item_code <> new.item_code or old.planned_start <> new.planned_start)
begin
  select raise(abort, 'INV-19: nobody is sent to a person who has died or moved away') from relief_visit_fit f where f.id = new.id and f.is_gone;
  select raise(abort, 'INV-16: no dispatch without valid training for the item') from relief_visit_fit f where f.id = new.id and not f.is_trained;
  select raise(abort, 'INV-16: no service to a child without a background check within a year') from relief_visit_fit f where f.id = new.id and not f.is_checked;
end;

-- INV-03: no F3 account grows beyond the cap of its county-year, whoever moves it; what stands above a cap that was lowered stays, and shrinks.
create trigger relief_fund_account_capped after update on relief_fund_account when new.kind = 'F3'
begin
  select raise(abort, 'INV-03: F3 above 1 % of the cap base') from (
    select 100 * sum(b.appropriated) as given, 100 * sum(b.reserved + b.committed + b.spent) as used,
      coalesce((select c.cap_base from relief_fund_cap c where c.county_code = new.county_code and c.fiscal_year = new.fiscal_year), 0) as base
    from relief_fund_account b where b.kind = 'F3' and b.county_code = new.county_code and b.fiscal_year = new.fiscal_year) s
  where (s.given > s.base and new.appropriated > old.appropriated)
    or (s.used > s.base and new.reserved + new.committed + new.spent > old.reserved + old.committed + old.spent);
end;

-- Who leads another alert is asked before each ring: by the person, not by a walk over all who ever led.
create index responder_link_user on relief_responder_link (user_id);
create index alert_responder_leads on relief_alert_responder (link_id) where is_lead = 1;
