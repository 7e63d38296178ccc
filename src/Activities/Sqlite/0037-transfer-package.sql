-- What who leaves the county was offered to take along: a package of their own file, by consent, handed over once (E03, E20, PIPL art. 23).
create table relief_transfer_package (
  id text not null primary key references relief_person_change (id),
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  area_code text not null,
  person_id text not null references relief_person (id),
  case_id text not null references relief_case_file (id),
  place text,
  form text check (form in ('paper', 'voice', 'app')),
  given_by text check (given_by in ('Person', 'Guardian')),
  consented_at integer,
  receiver text check (receiver in ('Person', 'Guardian', 'Place')),
  receipt text,
  content_hash text,
  handed_by text,
  outcome text check (outcome in ('Refused', 'NoAnswer', 'Withdrawn', 'HandedOver', 'PersonDied')),
  ended_at integer,
  constraint transfer_package_consent check ((consented_at is null) = (place is null) and (consented_at is null) = (form is null) and (consented_at is null) = (given_by is null)),
  constraint transfer_package_ended check ((outcome is null) = (ended_at is null)),
  constraint transfer_package_handed check (coalesce(outcome = 'HandedOver', 0) = (receipt is not null) and (receipt is null) = (receiver is null) and (receipt is null) = (content_hash is null) and (receipt is null) = (handed_by is null)
    and (receipt is null or consented_at is not null)),
  constraint transfer_package_unconsented check (outcome is null or outcome not in ('Refused', 'NoAnswer') or consented_at is null)
);
create index relief_transfer_package_person on relief_transfer_package (person_id);

create trigger relief_transfer_package_kept before update on relief_transfer_package when old.outcome is not null
begin
  select raise(abort, 'E03: a package that was handed over, refused or taken back stays so');
end;
create trigger relief_transfer_package_permanent before delete on relief_transfer_package
begin
  select raise(abort, 'E03: an offer is never deleted');
end;
