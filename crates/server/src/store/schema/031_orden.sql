-- One index per column of the list. Who may see the row comes last in each, so that those of others are passed over within the index.
CREATE INDEX IF NOT EXISTS orden_pedido ON expediente (lugar, pedido, id, asesor_id, equipo_id, fase_orden);
CREATE INDEX IF NOT EXISTS orden_numero ON expediente (lugar, numero_orden, id, asesor_id, equipo_id);
CREATE INDEX IF NOT EXISTS orden_cliente ON expediente (lugar, cliente_orden, id, asesor_id, equipo_id);
CREATE INDEX IF NOT EXISTS orden_vehiculo ON expediente (lugar, vehiculo_orden, id, asesor_id, equipo_id);
CREATE INDEX IF NOT EXISTS orden_matricula ON expediente (lugar, matricula, id, asesor_id, equipo_id);
CREATE INDEX IF NOT EXISTS orden_fase ON expediente (lugar, fase_orden, id, asesor_id, equipo_id);
CREATE INDEX IF NOT EXISTS orden_docs ON expediente (lugar, docs, id, asesor_id, equipo_id, fase_orden);
CREATE INDEX IF NOT EXISTS orden_faltan ON expediente (lugar, faltan, id, asesor_id, equipo_id, fase_orden);
CREATE INDEX IF NOT EXISTS orden_importe ON expediente (lugar, importe, id, asesor_id, equipo_id, fase_orden);
CREATE INDEX IF NOT EXISTS orden_asesor ON expediente (lugar, asesor, id, asesor_id, equipo_id);
-- The usual order within a scope, a fase, or what waits to be checked.
CREATE INDEX IF NOT EXISTS propios_pedido ON expediente (lugar, asesor_id, pedido, id, equipo_id, fase_orden);
CREATE INDEX IF NOT EXISTS equipo_pedido ON expediente (lugar, equipo_id, pedido, id, asesor_id, fase_orden);
CREATE INDEX IF NOT EXISTS fase_pedido ON expediente (lugar, fase_orden, pedido, id, asesor_id, equipo_id);
CREATE INDEX IF NOT EXISTS pendientes_pedido ON expediente (lugar, pedido, id, asesor_id, equipo_id, fase_orden) WHERE pendientes > 0;
CREATE INDEX IF NOT EXISTS rechazados_pedido ON expediente (lugar, pedido, id, asesor_id, equipo_id, fase_orden) WHERE rechazados > 0;
CREATE INDEX IF NOT EXISTS avisos_pedido ON expediente (lugar, pedido, id, asesor_id, equipo_id, fase_orden) WHERE avisos > 0;
