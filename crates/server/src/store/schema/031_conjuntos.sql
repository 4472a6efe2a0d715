-- Sets of expedientes by a value, a word, or what these begin with, 65,536 ids apiece: see store/conjuntos.
CREATE TABLE IF NOT EXISTS conjunto (
    lugar INTEGER NOT NULL,
    serie INTEGER NOT NULL,
    nivel INTEGER NOT NULL,
    clave BLOB NOT NULL,
    trozo INTEGER NOT NULL,
    ids BLOB NOT NULL,
    PRIMARY KEY (lugar, serie, nivel, clave, trozo)
) WITHOUT ROWID;
