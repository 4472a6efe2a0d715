-- Sets of expedientes by a value, a word, or what these begin with, 65,536 ids apiece: see store/conjuntos.
-- Not WITHOUT ROWID: a key would lie in one record with its ids, and SQLite reads all of a record that is longer than its page to
-- compare its key with one that is looked for.
CREATE TABLE IF NOT EXISTS conjunto (
    lugar INTEGER NOT NULL,
    serie INTEGER NOT NULL,
    nivel INTEGER NOT NULL,
    clave BLOB NOT NULL,
    trozo INTEGER NOT NULL,
    ids BLOB NOT NULL,
    UNIQUE (lugar, serie, nivel, clave, trozo)
);
