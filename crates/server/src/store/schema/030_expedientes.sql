-- A place of work: one modelo in one entidad. Every index of expedientes begins with it, as a small number.
CREATE TABLE IF NOT EXISTS lugar (
    id INTEGER PRIMARY KEY,
    entidad TEXT NOT NULL,
    modelo TEXT NOT NULL,
    UNIQUE (entidad, modelo)
);

-- An index field of a place, as a small number for the tables below.
CREATE TABLE IF NOT EXISTS campo_lugar (
    id INTEGER PRIMARY KEY,
    lugar BIGINT NOT NULL REFERENCES lugar (id),
    campo TEXT NOT NULL,
    UNIQUE (lugar, campo)
);

-- Last number given per entidad and year. Taken in the transaction that uses it, so that none is skipped.
CREATE TABLE IF NOT EXISTS secuencia (
    entidad TEXT NOT NULL,
    anio BIGINT NOT NULL,
    ultimo BIGINT NOT NULL,
    PRIMARY KEY (entidad, anio)
) WITHOUT ROWID;

-- What the list shows, sorts by and tests. Columns of the list that are empty hold '' (importe: the least integer), so that
-- keyset comparisons need no case for NULL; what is empty sorts first. What is found by what is in the sets of 031_conjuntos.sql.
CREATE TABLE IF NOT EXISTS expediente (
    id INTEGER PRIMARY KEY,
    lugar BIGINT NOT NULL REFERENCES lugar (id),
    numero TEXT NOT NULL,
    -- year * 10,000,000 + number, for sorting.
    numero_orden BIGINT NOT NULL,
    entidad TEXT NOT NULL,
    modelo TEXT NOT NULL,
    fase TEXT NOT NULL,
    -- Place of the fase in the modelo, from 0.
    fase_orden BIGINT NOT NULL,
    cerrado BIGINT NOT NULL DEFAULT 0,
    asesor_id BIGINT NOT NULL,
    asesor TEXT NOT NULL,
    equipo_id BIGINT,
    revision BIGINT NOT NULL,
    creado BIGINT NOT NULL,
    docs BIGINT NOT NULL DEFAULT 0,
    listos BIGINT NOT NULL DEFAULT 0,
    requeridos BIGINT NOT NULL DEFAULT 0,
    faltan BIGINT NOT NULL DEFAULT 0,
    pendientes BIGINT NOT NULL DEFAULT 0,
    validados BIGINT NOT NULL DEFAULT 0,
    rechazados BIGINT NOT NULL DEFAULT 0,
    avisos BIGINT NOT NULL DEFAULT 0,
    pedido TEXT NOT NULL DEFAULT '',
    importe BIGINT NOT NULL DEFAULT -9223372036854775808,
    cliente TEXT NOT NULL DEFAULT '',
    vehiculo TEXT NOT NULL DEFAULT '',
    matricula TEXT NOT NULL DEFAULT '',
    -- Folded, for sorting.
    cliente_orden TEXT NOT NULL DEFAULT '',
    vehiculo_orden TEXT NOT NULL DEFAULT '',
    -- The folded words free text is looked for in, a line per value: see store/texto.rs.
    palabras TEXT NOT NULL DEFAULT ''
);

-- The index of an expediente, and its folded text for what is looked for inside words.
CREATE TABLE IF NOT EXISTS indice (
    expediente_id INTEGER PRIMARY KEY,
    valores TEXT NOT NULL,
    plano TEXT NOT NULL,
    -- Words and text of the fields that free text does not look in.
    reservado TEXT NOT NULL
);

-- What changed, and by whom. `campos` is [{"campo", "antes", "ahora"}]; `deshecho` is the revision that undid it.
CREATE TABLE IF NOT EXISTS historial (
    expediente_id BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    cuando BIGINT NOT NULL,
    usuario_id BIGINT NOT NULL,
    clase TEXT NOT NULL,
    campos TEXT NOT NULL,
    texto TEXT NOT NULL,
    deshecho BIGINT,
    PRIMARY KEY (expediente_id, revision)
) WITHOUT ROWID;
