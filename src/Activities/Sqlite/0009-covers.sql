-- Who goes on with an order when its supplier leaves (P23, E05).

create table relief_order_cover (
  id text not null primary key,
  county_code text not null,
  created_at integer not null,
  created_by text not null,
  order_id text not null,
  from_supplier_id text not null,
  last_day text not null,
  to_supplier_id text,
  decided_at integer,
  taken_over_at integer,
  gap_hours integer,
  constraint order_cover_decided check ((to_supplier_id is null) = (decided_at is null)),
  constraint order_cover_taken check (taken_over_at is null or (to_supplier_id is not null and to_supplier_id <> from_supplier_id and gap_hours is not null and gap_hours >= 0))
);
create index relief_order_cover_order on relief_order_cover (order_id) where taken_over_at is null;
create index relief_order_cover_supplier on relief_order_cover (from_supplier_id);
