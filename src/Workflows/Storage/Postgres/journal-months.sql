-- Makes this month's and the next two months' partitions. A month that has rows in the default partition already stays there.
do $$ declare month timestamptz; name text;
begin
  for month in select generate_series(date_trunc('month', business_time(), 'UTC'), date_trunc('month', business_time(), 'UTC') + interval '2 months', '1 month') loop
    name := 'journal_' || to_char(month at time zone 'UTC', 'YYYY_MM');
    if to_regclass(name) is null and not exists (select 1 from journal_default d where d.at >= month and d.at < month + interval '1 month') then
      execute format('create table %I partition of journal for values from (%L) to (%L)', name, month, month + interval '1 month');
    end if;
  end loop;
end $$
