-- Only for starts that exclude each other: the statement behind it sees what the other has written.
select lock_activations(@keys)
