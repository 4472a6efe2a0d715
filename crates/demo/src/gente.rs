//! The people of the demo's house, and who gets which expediente.

use domain::Rol;

/// Password of everybody.
pub const CLAVE: &str = "demo";

/// Slug of the brand dealership.
pub const NORTE: &str = "norte-seat";
/// Slug of the used car centre.
pub const SUR: &str = "sur-vo";

/// A person who signs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Miembro {
    /// User name.
    pub usuario: &'static str,
    /// Full name.
    pub nombre: &'static str,
    /// Role.
    pub rol: Rol,
    /// Name of the team, for asesores and jefes.
    pub equipo: Option<&'static str>,
    /// Entidades they work in.
    pub entidades: &'static [&'static str],
}

/// Teams: each has a jefe and some asesores.
pub const EQUIPOS: &[&str] = &["Ventas Norte", "Ocasión Sur", "Taller"];

const AMBAS: &[&str] = &[NORTE, SUR];

/// Everybody. The first five are those the sign-in screen of the demo offers.
pub const GENTE: &[Miembro] = &[
    member("asesor", "Lucía Ferrer Campos", Rol::Asesor, Some("Ventas Norte"), AMBAS),
    member("jefe", "Carlos Medina Robledo", Rol::JefeVentas, Some("Ventas Norte"), AMBAS),
    member("administrativo", "Luis Navarro Peña", Rol::Administrativo, None, AMBAS),
    member("admin", "Mercedes Iglesias Soto", Rol::Administrador, None, AMBAS),
    member("soporte", "Joaquín Vila Crespo", Rol::Soporte, None, AMBAS),
    member("ana.soler", "Ana Soler Giménez", Rol::Asesor, Some("Ventas Norte"), &[NORTE]),
    member("ivan.robles", "Iván Robles Castillo", Rol::Asesor, Some("Ventas Norte"), &[NORTE]),
    member("nuria.pla", "Nuria Pla Bosch", Rol::Asesor, Some("Ventas Norte"), &[NORTE]),
    member("david.ortega", "David Ortega Lozano", Rol::Asesor, Some("Ocasión Sur"), &[SUR]),
    member("ines.calvo", "Inés Calvo Herrera", Rol::Asesor, Some("Ocasión Sur"), &[SUR]),
    member("rosa.marin", "Rosa Marín Gallego", Rol::JefeVentas, Some("Ocasión Sur"), &[SUR]),
    member("pilar.nieto", "Pilar Nieto Vega", Rol::Asesor, Some("Taller"), AMBAS),
    member("oscar.blanco", "Óscar Blanco Torres", Rol::Asesor, Some("Taller"), AMBAS),
    member("tomas.vega", "Tomás Vega Quintana", Rol::JefeVentas, Some("Taller"), AMBAS),
    member("elena.rubio", "Elena Rubio Sanz", Rol::Administrativo, None, &[NORTE]),
];

const fn member(
    usuario: &'static str,
    nombre: &'static str,
    rol: Rol,
    equipo: Option<&'static str>,
    entidades: &'static [&'static str],
) -> Miembro {
    Miembro { usuario, nombre, rol, equipo, entidades }
}

/// The person of that user name.
pub fn miembro(usuario: &str) -> Option<&'static Miembro> {
    GENTE.iter().find(|m| m.usuario == usuario)
}

/// The jefe of a team.
pub fn jefe_de(equipo: &str) -> Option<&'static Miembro> {
    GENTE.iter().find(|m| m.rol == Rol::JefeVentas && m.equipo == Some(equipo))
}

/// Asesores of an area of work in an entidad with their share of it. `asesor` has some of everything, so that no list of the demo is empty.
pub(crate) fn reparto(entidad: &str, modelo: &str) -> &'static [(&'static str, u64)] {
    match (entidad, modelo) {
        (_, "postventa") => &[("pilar.nieto", 50), ("oscar.blanco", 42), ("asesor", 8)],
        (SUR, _) => &[("david.ortega", 42), ("ines.calvo", 40), ("asesor", 18)],
        _ => &[("asesor", 32), ("ana.soler", 28), ("ivan.robles", 21), ("nuria.pla", 19)],
    }
}

/// Who uploads what does not come from the asesor.
pub(crate) fn administrativo(entidad: &str) -> &'static str {
    if entidad == NORTE { "elena.rubio" } else { "administrativo" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_share_goes_to_an_asesor_of_that_entidad_with_a_jefe() {
        for (entidad, modelo) in
            [(NORTE, "venta-vn"), (NORTE, "venta-vo"), (NORTE, "postventa"), (SUR, "venta-vo"), (SUR, "postventa")]
        {
            for (usuario, _) in reparto(entidad, modelo) {
                let who = miembro(usuario);
                assert!(
                    who.is_some_and(|m| m.rol == Rol::Asesor && m.entidades.contains(&entidad)),
                    "{usuario} {entidad}"
                );
                assert!(who.and_then(|m| m.equipo).and_then(jefe_de).is_some(), "{usuario}");
            }
        }
    }

    #[test]
    fn everybody_has_a_team_that_exists_and_a_name_of_their_own() {
        for (i, m) in GENTE.iter().enumerate() {
            assert!(m.equipo.is_none_or(|e| EQUIPOS.contains(&e)), "{}", m.usuario);
            assert!(GENTE[..i].iter().all(|other| other.usuario != m.usuario));
        }
    }
}
