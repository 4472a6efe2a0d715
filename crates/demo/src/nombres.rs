//! Names of people, companies, streets and towns, and the addresses made of them.

use crate::azar::Azar;

const MUJERES: &[&str] = &[
    "Ana",
    "Ana Belén",
    "Beatriz",
    "Carmen",
    "Clara",
    "Cristina",
    "Elena",
    "Eva",
    "Inés",
    "Irene",
    "Isabel",
    "Laura",
    "Lucía",
    "María",
    "María José",
    "María del Mar",
    "Marta",
    "Mercedes",
    "Montserrat",
    "Noelia",
    "Nuria",
    "Olga",
    "Patricia",
    "Paula",
    "Pilar",
    "Raquel",
    "Rocío",
    "Rosa María",
    "Sara",
    "Silvia",
    "Sonia",
    "Susana",
    "Teresa",
    "Verónica",
    "Yolanda",
    "Ainhoa",
];
const HOMBRES: &[&str] = &[
    "Adrián",
    "Alberto",
    "Alejandro",
    "Álvaro",
    "Andrés",
    "Antonio",
    "Carlos",
    "Daniel",
    "David",
    "Diego",
    "Eduardo",
    "Enrique",
    "Fernando",
    "Francisco",
    "Francisco Javier",
    "Gonzalo",
    "Ignacio",
    "Iván",
    "Jaime",
    "Javier",
    "Jesús",
    "Joaquín",
    "Jordi",
    "Jorge",
    "José Antonio",
    "José Luis",
    "José Manuel",
    "Juan",
    "Juan Carlos",
    "Luis",
    "Manuel",
    "Marc",
    "Miguel Ángel",
    "Óscar",
    "Pablo",
    "Pedro",
    "Rafael",
    "Raúl",
    "Ricardo",
    "Roberto",
    "Rubén",
    "Sergio",
    "Vicente",
    "Víctor",
    "Xavier",
];
const APELLIDOS: &[&str] = &[
    "García",
    "Rodríguez",
    "González",
    "Fernández",
    "López",
    "Martínez",
    "Sánchez",
    "Pérez",
    "Gómez",
    "Martín",
    "Jiménez",
    "Ruiz",
    "Hernández",
    "Díaz",
    "Moreno",
    "Muñoz",
    "Álvarez",
    "Romero",
    "Alonso",
    "Gutiérrez",
    "Navarro",
    "Torres",
    "Domínguez",
    "Vázquez",
    "Ramos",
    "Gil",
    "Ramírez",
    "Serrano",
    "Blanco",
    "Molina",
    "Morales",
    "Suárez",
    "Ortega",
    "Delgado",
    "Castro",
    "Ortiz",
    "Rubio",
    "Marín",
    "Sanz",
    "Iglesias",
    "Medina",
    "Garrido",
    "Cortés",
    "Castillo",
    "Lozano",
    "Guerrero",
    "Cano",
    "Prieto",
    "Méndez",
    "Cruz",
    "Calvo",
    "Gallego",
    "Vidal",
    "León",
    "Márquez",
    "Herrera",
    "Peña",
    "Flores",
    "Cabrera",
    "Campos",
    "Vega",
    "Fuentes",
    "Carrasco",
    "Ferrer",
    "Soler",
    "Pla",
    "Puig",
    "Serra",
    "Roca",
    "Bosch",
    "Mas",
    "Vila",
    "Nieto",
    "Aguilar",
    "Pascual",
    "Santana",
    "Soto",
    "Bravo",
    "Pastor",
    "Rojas",
    "Ibáñez",
    "Arias",
    "Robles",
    "Carmona",
    "Benítez",
    "Esteban",
    "Velasco",
    "Gallardo",
    "Crespo",
    "Etxeberria",
    "Agirre",
    "Otero",
    "Lorenzo",
    "Quintana",
    "Bermúdez",
    "Ballester",
    "Climent",
    "Oria",
    "Zabala",
];
/// Shares of a hundred of the ten most common surnames are far above the rest; the first ones are drawn more often.
const COMUNES: usize = 24;

const OFICIOS: &[&str] = &[
    "Talleres",
    "Construcciones",
    "Transportes",
    "Instalaciones",
    "Reformas",
    "Hermanos",
    "Distribuciones",
    "Electricidad",
    "Carpintería",
    "Alimentación",
    "Excavaciones",
    "Suministros",
    "Panadería",
    "Clínica Dental",
    "Asesoría",
    "Fontanería",
    "Climatización",
    "Viveros",
    "Gráficas",
    "Limpiezas",
];
const COLETILLAS: &[&str] =
    &["", "", "", " e Hijos", " y Asociados", " 2000", " Levante", " del Ebro", " Norte", " Servicios"];

const VIAS: &[&str] = &["Calle", "Calle", "Calle", "Avenida", "Plaza", "Paseo", "Camino", "Ronda"];
const CALLES: &[&str] = &[
    "Mayor",
    "de la Constitución",
    "San Juan",
    "de Aragón",
    "de las Flores",
    "del Carmen",
    "Cervantes",
    "de Valencia",
    "Goya",
    "de la Paz",
    "de los Olivos",
    "Real",
    "San Vicente",
    "del Mar",
    "de Cataluña",
    "Doctor Fleming",
    "de la Estación",
    "Ancha",
    "de Santa Ana",
    "Lope de Vega",
    "del Puente",
    "de la Industria",
    "Ramón y Cajal",
    "de los Almendros",
    "Gran Vía",
];
/// Post code prefix, town, province.
const LUGARES: &[(&str, &str, &str)] = &[
    ("50", "Zaragoza", "Zaragoza"),
    ("50", "Utebo", "Zaragoza"),
    ("50", "Calatayud", "Zaragoza"),
    ("22", "Huesca", "Huesca"),
    ("25", "Lleida", "Lleida"),
    ("43", "Reus", "Tarragona"),
    ("08", "Sabadell", "Barcelona"),
    ("08", "Granollers", "Barcelona"),
    ("12", "Vila-real", "Castellón"),
    ("46", "Sagunto", "Valencia"),
    ("46", "Torrent", "Valencia"),
    ("03", "Elche", "Alicante"),
    ("30", "Molina de Segura", "Murcia"),
    ("41", "Dos Hermanas", "Sevilla"),
    ("28", "Alcalá de Henares", "Madrid"),
    ("28", "Getafe", "Madrid"),
];
const BUZONES: &[&str] = &["correo.example", "buzon.example", "mail.example", "telecorreo.example"];

/// A person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Persona {
    /// Given name.
    pub nombre: String,
    /// Both surnames.
    pub apellidos: String,
}

impl Persona {
    /// `Marta Gil Ferrer`.
    pub fn completo(&self) -> String {
        format!("{} {}", self.nombre, self.apellidos)
    }

    /// As files are kept: `Gil Ferrer, Marta`.
    pub fn de_archivo(&self) -> String {
        format!("{}, {}", self.apellidos, self.nombre)
    }

    /// An address in a domain that exists nowhere (RFC 2606).
    pub fn email(&self, azar: &mut Azar) -> String {
        let first = slug(&self.nombre).replace('-', "");
        let last = slug(self.apellidos.split(' ').next().unwrap_or_default());
        let name = match azar.below(4) {
            0 => format!("{first}.{last}"),
            1 => format!("{first}{last}{}", azar.between(62, 99)),
            2 => format!("{}{last}", first.chars().take(1).collect::<String>()),
            _ => format!("{last}.{first}"),
        };
        format!("{name}@{}", azar.pick(BUZONES))
    }
}

/// Whether a given name is one of those for women.
pub fn is_woman(nombre: &str) -> bool {
    MUJERES.contains(&nombre)
}

fn apellido(azar: &mut Azar) -> &'static str {
    let from = if azar.chance(45) { &APELLIDOS[..COMUNES] } else { APELLIDOS };
    let apellido: &&str = azar.pick(from);
    apellido
}

/// A person, woman or man.
pub fn persona(azar: &mut Azar) -> Persona {
    let names = if azar.chance(48) { MUJERES } else { HOMBRES };
    Persona { nombre: (*azar.pick(names)).to_owned(), apellidos: format!("{} {}", apellido(azar), apellido(azar)) }
}

/// A company and the letter its CIF begins with: `Talleres Oria, S.L.`, `B`.
pub fn empresa(azar: &mut Azar) -> (String, char) {
    let (form, letter) = if azar.chance(86) { ("S.L.", 'B') } else { ("S.A.", 'A') };
    let name = format!("{} {}{}", azar.pick(OFICIOS), apellido(azar), azar.pick(COLETILLAS));
    (format!("{name}, {form}"), letter)
}

/// Mailbox of a company.
pub fn email_empresa(azar: &mut Azar, empresa: &str) -> String {
    let name = slug(empresa.split(',').next().unwrap_or_default());
    format!("{}@{name}.example", azar.pick(&["administracion", "info", "flota", "compras"]))
}

/// A postal address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Direccion {
    /// `Calle Mayor, 12, 3.º B`.
    pub via: String,
    /// `50180 Utebo (Zaragoza)`.
    pub poblacion: String,
}

/// An address.
pub fn direccion(azar: &mut Azar) -> Direccion {
    let (prefix, town, province) = *azar.pick(LUGARES);
    let mut via = format!("{} {}, {}", azar.pick(VIAS), azar.pick(CALLES), azar.between(1, 148));
    if azar.chance(70) {
        let door = *azar.pick(&["A", "B", "C", "D", "izda.", "dcha."]);
        via.push_str(&format!(", {}.º {door}", azar.between(1, 8)));
    }
    let poblacion = format!("{prefix}{:03} {town} ({province})", azar.between(1, 790));
    Direccion { via, poblacion }
}

/// Letters without accents, lower case, everything else a hyphen: for file names and addresses.
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in domain::texto::fold(text).chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else if !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        }
    }
    out.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::azar::Hilo;
    use std::collections::HashSet;

    #[test]
    fn names_are_many_and_written_as_in_files() {
        let all: HashSet<_> = (0..500).map(|n| persona(&mut Azar::new(3, Hilo::Expediente, n)).de_archivo()).collect();
        assert!(all.len() > 480, "{}", all.len());
        assert!(all.iter().all(|name| name.matches(", ").count() == 1));
    }

    #[test]
    fn addresses_of_mail_are_plain() {
        for n in 0..200 {
            let mut azar = Azar::new(3, Hilo::Expediente, n);
            let who = persona(&mut azar);
            let (company, _) = empresa(&mut azar);
            for email in [who.email(&mut azar), email_empresa(&mut azar, &company)] {
                assert!(email.is_ascii() && email.ends_with(".example") && !email.contains(' '), "{email}");
            }
        }
    }

    #[test]
    fn a_slug_is_fit_for_a_file_name() {
        assert_eq!(slug("Peña Etxeberria, María José"), "pena-etxeberria-maria-jose");
    }
}
