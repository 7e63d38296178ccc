-- Timers and messages were only left out while the row stood; without it they go on.
delete from halt where subject_id = @subject
-- then: starts that another person's halt refused are judged again (index outbox_halted)
update outbox set state = 0 where state = 4
