//! What a new configuration would break of what expedientes hold.

use super::Configuracion;
use crate::store::configuracion as store;
use domain::Modelo;
use sqlx::SqliteConnection;

/// One Spanish sentence per thing that would break, with how many expedientes use it.
pub async fn broken(
    conn: &mut SqliteConnection,
    old: &Configuracion,
    new: &Configuracion,
) -> Result<Vec<String>, sqlx::Error> {
    let mut found = Vec::new();
    for entidad in &old.entidades {
        for id in &entidad.modelos {
            if new.entidad(&entidad.id).is_some_and(|e| e.modelos.contains(id)) {
                continue;
            }
            let n = store::using_modelo(conn, id, Some(&entidad.id)).await?;
            let what = format!("La entidad «{}» no puede dejar el modelo «{id}»", entidad.id);
            push(&mut found, &what, n, "déjelo en su lista");
        }
    }
    for before in &old.modelos {
        match new.modelo(&before.id) {
            Some(after) => in_modelo(conn, before, &after, &mut found).await?,
            None => {
                let n = store::using_modelo(conn, &before.id, None).await?;
                push(&mut found, &format!("El modelo «{}» no se puede quitar", before.id), n, "déjelo");
            }
        }
    }
    Ok(found)
}

async fn in_modelo(
    conn: &mut SqliteConnection,
    before: &Modelo,
    after: &Modelo,
    found: &mut Vec<String>,
) -> Result<(), sqlx::Error> {
    let id = &before.id;
    for fase in before.fases.iter().filter(|fase| after.fase(&fase.id).is_none()) {
        let n = store::using_fase(conn, id, &fase.id).await?;
        push(found, &format!("La fase «{}» de «{id}» no se puede quitar", fase.id), n, "muévalos antes de fase");
    }
    for tipo in before.tipos.iter().filter(|tipo| after.tipo(&tipo.id).is_none()) {
        let n = store::using_tipo(conn, id, &tipo.id).await?;
        push(
            found,
            &format!("El documento «{}» de «{id}» no se puede quitar", tipo.id),
            n,
            "déjelo, aunque no sea obligatorio",
        );
    }
    for campo in &before.campos {
        match after.campo(&campo.id) {
            None => {
                let n = store::using_campo(conn, id, &campo.id, None).await?;
                push(
                    found,
                    &format!("El campo «{}» de «{id}» no se puede quitar", campo.id),
                    n,
                    "déjelo o vacíelo antes",
                );
            }
            Some(now) if now.tipo != campo.tipo => {
                let n = store::using_campo(conn, id, &campo.id, None).await?;
                push(
                    found,
                    &format!("El campo «{}» de «{id}» no puede cambiar de tipo", campo.id),
                    n,
                    "cree otro campo",
                );
            }
            Some(now) => {
                for opcion in campo.opciones.iter().filter(|o| now.opciones.iter().all(|other| other.id != o.id)) {
                    let n = store::using_campo(conn, id, &campo.id, Some(&opcion.id)).await?;
                    let what =
                        format!("La opción «{}» del campo «{}» de «{id}» no se puede quitar", opcion.id, campo.id);
                    push(found, &what, n, "déjela");
                }
            }
        }
    }
    Ok(())
}

fn push(found: &mut Vec<String>, what: &str, n: i64, instead: &str) {
    match n {
        0 => {}
        1 => found.push(format!("{what}: lo usa un expediente; {instead}.")),
        n => found.push(format!("{what}: lo usan {n} expedientes; {instead}.")),
    }
}
