-- A Red Vest volunteer's certificate of training, with a last day where it has one (PW5 step 1).
create table relief_volunteer_certificate (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  volunteer_id text not null,
  certificate text not null,
  valid_from text not null,
  valid_to text,
  constraint volunteer_certificate_period check (valid_to >= valid_from)
);
create index volunteer_certificate_holder on relief_volunteer_certificate (volunteer_id, valid_to);

-- INV-16: nobody joins a team as a volunteer when all their certificates have ended
create trigger relief_team_member_certified before insert on relief_team_member
when new.role = 'Volunteer'
  and exists (select 1 from relief_volunteer_certificate c where c.volunteer_id = new.staff_id)
  and not exists (
    select 1 from relief_volunteer_certificate c
    where c.volunteer_id = new.staff_id and (c.valid_to is null or c.valid_to >= date(new.created_at / 1000, 'unixepoch', '+8 hours')))
begin
  select raise(abort, 'INV-16: nobody joins a team as a volunteer when all their certificates have ended');
end;
