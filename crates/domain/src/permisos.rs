//! The table of permissions as a page of the manual.

use crate::{Permiso, Rol};

/// `docs/permisos.md`.
pub fn permisos_markdown() -> String {
    let mut page = String::from(
        "# Quién puede qué\n\nEsta página sale de la tabla de permisos del programa (`crates/domain/src/rol.rs`). El servicio la hace cumplir en cada \
         petición.\n\n| rol | ve |\n| --- | --- |\n",
    );
    for rol in Rol::ALL {
        page.push_str(&format!("| {} | {} |\n", name(rol), sees(rol)));
    }
    page.push_str("\n| puede |");
    for rol in Rol::ALL {
        page.push_str(&format!(" {} |", name(rol)));
    }
    page.push_str("\n| --- |");
    page.push_str(&" :-: |".repeat(Rol::ALL.len()));
    page.push('\n');
    for permiso in Permiso::ALL {
        page.push_str(&format!("| {} |", sentence(permiso)));
        for rol in Rol::ALL {
            page.push_str(if rol.puede(permiso) { " sí |" } else { " — |" });
        }
        page.push('\n');
    }
    page
}

fn name(rol: Rol) -> &'static str {
    match rol {
        Rol::Asesor => "asesor",
        Rol::JefeVentas => "jefe de ventas",
        Rol::Administrativo => "administrativo",
        Rol::Administrador => "administrador",
        Rol::Soporte => "soporte",
    }
}

fn sees(rol: Rol) -> &'static str {
    match rol {
        Rol::Asesor => "sus expedientes",
        Rol::JefeVentas => "los expedientes de los asesores de su equipo",
        Rol::Administrativo => "todos los expedientes de sus entidades",
        Rol::Administrador => "configuración, usuarios y auditoría; ningún expediente",
        Rol::Soporte => {
            "los expedientes de las entidades que se le abren, sólo para leer; cada mirada queda en la auditoría"
        }
    }
}

fn sentence(permiso: Permiso) -> &'static str {
    match permiso {
        Permiso::Ver => "ver expedientes, documentos e historial",
        Permiso::VerMargen => "ver los campos de margen, coste y campañas",
        Permiso::Crear => "abrir expedientes",
        Permiso::EditarIndice => "cambiar el índice y deshacer cambios",
        Permiso::Anotar => "escribir notas y avisos",
        Permiso::Subir => "subir documentos y versiones",
        Permiso::EditarDocumento => "cambiar el nombre o el tipo de un documento",
        Permiso::Revisar => "validar y rechazar documentos",
        Permiso::Borrar => "borrar documentos y recuperarlos",
        Permiso::Avanzar => "avanzar de fase cuando no falta nada",
        Permiso::Retroceder => "retroceder de fase, con un motivo",
        Permiso::Forzar => "avanzar de fase aunque falte algo, con un motivo",
        Permiso::Cerrar => "cerrar un expediente y volver a abrirlo",
        Permiso::Auditar => "leer la auditoría",
        Permiso::Configurar => "administrar usuarios y configuración",
    }
}
