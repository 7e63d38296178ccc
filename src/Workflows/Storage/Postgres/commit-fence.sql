-- I2 and rule 3a, second half: own work rows in the order of their ids; raises FL001 when one burst is not current.
select fence(@ids, @tokens, @seqs)
