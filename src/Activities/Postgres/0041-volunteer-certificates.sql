-- A Red Vest volunteer's certificate of training, with a last day where it has one (PW5 step 1).
create table relief.volunteer_certificate (
  id text not null primary key,
  county_code text not null,
  created_at timestamptz not null,
  created_by text not null,
  volunteer_id text not null,
  certificate text not null,
  valid_from date not null,
  valid_to date,
  constraint volunteer_certificate_period check (valid_to >= valid_from)
);
create index volunteer_certificate_holder on relief.volunteer_certificate (volunteer_id, valid_to);

-- INV-16: nobody joins a team as a volunteer when all their certificates have ended
create function relief.team_member_certified() returns trigger language plpgsql as $$
begin
  if exists (select 1 from relief.volunteer_certificate c where c.volunteer_id = new.staff_id)
    and not exists (select 1 from relief.volunteer_certificate c
                    where c.volunteer_id = new.staff_id and (c.valid_to is null or c.valid_to >= (new.created_at at time zone 'Asia/Shanghai')::date)) then
    raise exception 'INV-16: nobody joins a team as a volunteer when all their certificates have ended' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger team_member_certified before insert on relief.team_member
  for each row when (new.role = 'Volunteer') execute function relief.team_member_certified();
