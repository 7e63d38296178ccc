-- What the books of visits and funds hold is held by the database too, also against a bare statement and against what another node writes at the same moment.

-- INV-16, INV-19: a visit is given to an active worker with valid training for its item on its day, for a child checked within a year, and to nobody for a person who has died or moved away
-- before it. The rows of the person and the worker are locked: a death or a worker's leaving that is being written is waited for.
create function relief.visit_slot_dispatches() returns trigger language plpgsql as $$
declare
  served date := (new.planned_start at time zone 'Asia/Shanghai')::date;
  person relief.person;
  worker relief.worker;
begin
  select * into person from relief.person p where p.id = new.person_id for share;
  if person.life_status = 'Dead' or person.moved_on < served then
    raise exception 'INV-19: nobody is sent to a person who has died or moved away' using errcode = 'check_violation';
  end if;
  select * into worker from relief.worker w where w.id = new.worker_id for share;
  if worker.active is not true or exists (
    select 1 from relief.service_item i where i.code = new.item_code and i.training_code is not null and not exists (
      select 1 from relief.worker_training t where t.worker_id = new.worker_id and t.course = i.training_code and t.valid_from <= served and t.valid_to >= served)) then
    raise exception 'INV-16: no dispatch without valid training for the item' using errcode = 'check_violation';
  end if;
  if person.birth_date + interval '18 years' > served and (worker.background_checked_on + interval '1 year' >= served) is not true then
    raise exception 'INV-16: no service to a child without a background check within a year' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger visit_slot_dispatched before insert on relief.visit_slot for each row when (new.status = 'Dispatched') execute function relief.visit_slot_dispatches();
create trigger visit_slot_redispatched before update of status, worker_id, person_id, item_code, planned_start on relief.visit_slot for each row
  when (new.status = 'Dispatched' and (old.status, old.worker_id, old.person_id, old.item_code, old.planned_start)
    is distinct from (new.status, new.worker_id, new.person_id, new.item_code, new.planned_start)) execute function relief.visit_slot_dispatches();

-- INV-03: no F3 account grows beyond the cap of its county-year, whoever moves it; what stands above a cap that was lowered stays, and shrinks.
create function relief.fund_account_capped() returns trigger language plpgsql as $$
begin
  perform 1 from relief.fund_cap c where c.county_code = new.county_code and c.fiscal_year = new.fiscal_year for update;
  if exists (
    select 1 from (
      select 100 * sum(b.appropriated) as given, 100 * sum(b.reserved + b.committed + b.spent) as used,
        coalesce((select c.cap_base from relief.fund_cap c where c.county_code = new.county_code and c.fiscal_year = new.fiscal_year), 0) as base
      from relief.fund_account b where b.kind = 'F3' and b.county_code = new.county_code and b.fiscal_year = new.fiscal_year) s
    where (s.given > s.base and new.appropriated > old.appropriated)
      or (s.used > s.base and new.reserved + new.committed + new.spent > old.reserved + old.committed + old.spent)) then
    raise exception 'INV-03: F3 above 1 %% of the cap base' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger fund_account_capped after update on relief.fund_account for each row when (new.kind = 'F3') execute function relief.fund_account_capped();

-- Who leads another alert is asked before each ring: by the person, not by a walk over all who ever led.
create index responder_link_user on relief.responder_link (user_id);
create index alert_responder_leads on relief.alert_responder (link_id) where is_lead;
