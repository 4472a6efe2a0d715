-- What people write about an expediente. Deleted ones keep their row: `borrada` says when.
CREATE TABLE IF NOT EXISTS nota (
    id INTEGER PRIMARY KEY,
    expediente_id BIGINT NOT NULL REFERENCES expediente (id),
    texto TEXT NOT NULL,
    usuario_id BIGINT NOT NULL,
    cuando BIGINT NOT NULL,
    cambiada BIGINT,
    borrada BIGINT
);
CREATE INDEX IF NOT EXISTS nota_expediente ON nota (expediente_id, id) WHERE borrada IS NULL;

-- What somebody is to do about an expediente. `vence` is an ISO day, or '' for none. Open ones are neither `hecho` nor `borrado`;
-- how many an expediente has is repeated in `expediente.avisos`.
CREATE TABLE IF NOT EXISTS aviso (
    id INTEGER PRIMARY KEY,
    expediente_id BIGINT NOT NULL REFERENCES expediente (id),
    texto TEXT NOT NULL,
    para_id BIGINT NOT NULL,
    vence TEXT NOT NULL DEFAULT '',
    usuario_id BIGINT NOT NULL,
    cuando BIGINT NOT NULL,
    hecho BIGINT,
    hecho_por BIGINT,
    borrado BIGINT
);
CREATE INDEX IF NOT EXISTS aviso_expediente ON aviso (expediente_id, id) WHERE borrado IS NULL;
CREATE INDEX IF NOT EXISTS aviso_abierto ON aviso (para_id, vence) WHERE hecho IS NULL AND borrado IS NULL;
