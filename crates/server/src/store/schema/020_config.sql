-- Every configuration that was ever applied, whole, as JSON: {"entidades": […], "modelos": […]}. The highest version is in force.
CREATE TABLE IF NOT EXISTS configuracion (
    version INTEGER PRIMARY KEY,
    cuando BIGINT NOT NULL,
    quien TEXT NOT NULL,
    contenido TEXT NOT NULL
);

-- A search and an order under a name, of one person.
CREATE TABLE IF NOT EXISTS vista (
    usuario_id BIGINT NOT NULL,
    modelo TEXT NOT NULL,
    nombre TEXT NOT NULL,
    q TEXT NOT NULL,
    orden TEXT,
    PRIMARY KEY (usuario_id, modelo, nombre)
) WITHOUT ROWID;
