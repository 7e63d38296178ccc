-- Keeps a part of a file: a row that is there stays as it is, unless the file that brought it was never read to its end.
-- LINQ knows no insert of many rows that passes over what is there; the primary key finds it. {0} run, {1} data set, {2} file, {3} the rows as JSON.
insert into relief.match_row as kept (run_id, data_set, row_hash, file_id, line, pseudonym, event_on, area_code, reference)
select {0}, {1}, r.hash, {2}, r.line, r.pseudonym, r.event_on, r.area_code, r.reference
from /*rows*/
where true
on conflict (run_id, data_set, row_hash) do update set file_id = excluded.file_id, line = excluded.line
where kept.file_id <> excluded.file_id and not exists (select 1 from relief.match_file f where f.id = kept.file_id)
