-- A document of an expediente. `version` is its current one. Deleted ones keep their row: `borrado` says when.
CREATE TABLE IF NOT EXISTS documento (
    id INTEGER PRIMARY KEY,
    expediente_id BIGINT NOT NULL REFERENCES expediente (id),
    tipo TEXT NOT NULL,
    nombre TEXT NOT NULL,
    estado TEXT NOT NULL,
    motivo TEXT NOT NULL DEFAULT '',
    version BIGINT NOT NULL,
    borrado BIGINT,
    borrado_motivo TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS documento_expediente ON documento (expediente_id, id);

-- What a document has been; rows are only ever added.
CREATE TABLE IF NOT EXISTS documento_version (
    documento_id BIGINT NOT NULL REFERENCES documento (id),
    version BIGINT NOT NULL,
    sha256 BLOB NOT NULL,
    bytes BIGINT NOT NULL,
    mime TEXT NOT NULL,
    nombre TEXT NOT NULL,
    usuario_id BIGINT NOT NULL,
    cuando BIGINT NOT NULL,
    PRIMARY KEY (documento_id, version)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS documento_version_sha256 ON documento_version (sha256, documento_id, version);
