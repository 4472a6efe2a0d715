-- An upload under way, or done and kept until it expires so that its HEAD can say what it became.
-- Its bytes are in the file `subidas/<id>` until then.
CREATE TABLE IF NOT EXISTS subida (
    id TEXT NOT NULL PRIMARY KEY,
    usuario_id BIGINT NOT NULL,
    expediente_id BIGINT NOT NULL,
    tipo TEXT NOT NULL,
    nombre TEXT NOT NULL,
    -- The document this is a new version of.
    version_de BIGINT,
    total BIGINT NOT NULL,
    -- The offset: bytes of the file that are on disk for certain. What the file holds beyond is not counted.
    recibido BIGINT NOT NULL,
    -- SHA-256 the client says the whole has.
    sha256 BLOB,
    -- Client-made key: the same key by the same person finds the same upload.
    clave TEXT,
    metadatos TEXT NOT NULL,
    creada BIGINT NOT NULL,
    caduca BIGINT NOT NULL,
    -- The document it became.
    documento_id BIGINT
) WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS subida_clave ON subida (usuario_id, clave) WHERE clave IS NOT NULL;
CREATE INDEX IF NOT EXISTS subida_abierta ON subida (usuario_id, caduca) WHERE documento_id IS NULL;
CREATE INDEX IF NOT EXISTS subida_caduca ON subida (caduca);
