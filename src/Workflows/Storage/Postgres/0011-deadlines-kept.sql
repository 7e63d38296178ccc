-- How units kept their deadlines in some days (E15) reads the tasks that were due then, and not all there ever were.
create index task_kept on task (due_at) where unit is not null and state <> 6;
