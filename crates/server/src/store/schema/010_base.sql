-- Portable types only: BIGINT milliseconds, TEXT, BLOB, JSON as TEXT.

CREATE TABLE IF NOT EXISTS meta (
    clave TEXT NOT NULL PRIMARY KEY,
    valor TEXT NOT NULL
) WITHOUT ROWID;

-- The audit trail: each record carries the hash of the one before, so that a changed, removed or reordered one shows.
CREATE TABLE IF NOT EXISTS auditoria (
    id INTEGER PRIMARY KEY,
    cuando BIGINT NOT NULL,
    usuario_id BIGINT,
    quien TEXT NOT NULL,
    accion TEXT NOT NULL,
    expediente_id BIGINT,
    documento_id BIGINT,
    peticion TEXT NOT NULL,
    detalle TEXT NOT NULL,
    anterior BLOB NOT NULL,
    hash BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS auditoria_expediente ON auditoria (expediente_id, id) WHERE expediente_id IS NOT NULL;

-- What clients are told. entidad, equipo_id and asesor_id are the scope it is seen in; NULL entidad is for everybody.
CREATE TABLE IF NOT EXISTS evento (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    cuando BIGINT NOT NULL,
    clase TEXT NOT NULL,
    entidad TEXT,
    equipo_id BIGINT,
    asesor_id BIGINT,
    expediente_id BIGINT,
    revision BIGINT,
    documento_id BIGINT,
    quien TEXT NOT NULL
);

-- Answers of writes that came with a client-made key.
CREATE TABLE IF NOT EXISTS idempotencia (
    usuario_id BIGINT NOT NULL,
    clave TEXT NOT NULL,
    huella BLOB NOT NULL,
    estado BIGINT NOT NULL,
    respuesta TEXT NOT NULL,
    cuando BIGINT NOT NULL,
    PRIMARY KEY (usuario_id, clave)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS idempotencia_cuando ON idempotencia (cuando);
