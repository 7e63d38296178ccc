-- Who does the work of somebody who is away (代理), for a period of days.
create table relief.staff_deputy (
  id text not null primary key,
  staff_id text not null references relief.staff_member (id),
  deputy_id text not null references relief.staff_member (id),
  valid_from date not null,
  valid_to date not null,
  reason text not null,
  created_at timestamptz not null,
  created_by text not null,
  ended_at timestamptz,
  check (staff_id <> deputy_id), check (valid_from <= valid_to)
);
create index staff_deputy_deputy on relief.staff_deputy (deputy_id, valid_to);
create index staff_deputy_staff on relief.staff_deputy (staff_id, valid_to);
