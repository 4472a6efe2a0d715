-- People, their sessions, and what limits guessing.

CREATE TABLE IF NOT EXISTS equipo (
    id INTEGER PRIMARY KEY,
    nombre TEXT NOT NULL UNIQUE
);

CREATE TABLE IF NOT EXISTS usuario (
    id INTEGER PRIMARY KEY,
    usuario TEXT NOT NULL UNIQUE,
    nombre TEXT NOT NULL,
    rol TEXT NOT NULL,
    equipo_id BIGINT REFERENCES equipo (id),
    -- Argon2id in PHC format.
    clave TEXT NOT NULL,
    -- Base32 secret of the second factor, and the last step that was used: none is taken twice.
    totp TEXT,
    totp_paso BIGINT NOT NULL DEFAULT 0,
    activo BIGINT NOT NULL DEFAULT 1,
    creado BIGINT NOT NULL
);

CREATE TABLE IF NOT EXISTS usuario_entidad (
    usuario_id BIGINT NOT NULL REFERENCES usuario (id),
    entidad TEXT NOT NULL,
    PRIMARY KEY (usuario_id, entidad)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS sesion (
    id INTEGER PRIMARY KEY,
    -- The token itself is kept by nobody.
    token_sha256 BLOB NOT NULL UNIQUE,
    usuario_id BIGINT NOT NULL REFERENCES usuario (id),
    creada BIGINT NOT NULL,
    usada BIGINT NOT NULL,
    caduca BIGINT NOT NULL,
    direccion TEXT NOT NULL,
    dispositivo TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS sesion_usuario ON sesion (usuario_id);
CREATE INDEX IF NOT EXISTS sesion_caduca ON sesion (caduca);

-- Failed attempts in a row, by user (`u:ana.soler`) and by address (`d:10.0.0.7`).
CREATE TABLE IF NOT EXISTS intento (
    clave TEXT NOT NULL PRIMARY KEY,
    fallos BIGINT NOT NULL,
    hasta BIGINT NOT NULL
) WITHOUT ROWID;
