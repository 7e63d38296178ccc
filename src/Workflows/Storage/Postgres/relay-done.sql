-- Carried out: the row goes with the transaction that did it.
delete from outbox where id = @id
