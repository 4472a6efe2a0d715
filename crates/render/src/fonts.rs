//! Fonts that a PDF names but does not bring along.
//!
//! The engine has faces of its own for the fourteen standard fonts, with the letters of Western Europe and no map from
//! Unicode. That is not enough for composite fonts: their hyphens, and all Polish, Greek, Russian or Chinese, come out
//! wrong or not at all. For pages with such fonts the free faces installed on the machine are used, those of the same
//! widths as the usual ones first, and the one that is built in where there is none.

use std::{
    collections::HashMap,
    fs::{self, File},
    io::Read,
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use hayro::{
    hayro_interpret::{
        InterpreterSettings,
        font::{FallbackFontQuery, FontData, FontQuery, StandardFont},
        hayro_cmap::CidFamily,
    },
    hayro_syntax::{
        object::{Array, Dict, Name, Stream},
        page::Page,
    },
};

use crate::contornos::FUENTES;

/// Environment variable with the fonts found, as paths.
pub const ENV_FUENTES: &str = "RENDER_WORKER_FONTS";

/// Where systems keep their fonts.
const CARPETAS: [&str; 4] =
    ["/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts/Supplemental", "C:\\Windows\\Fonts"];
/// How deep and how much is looked through there.
const HONDO: usize = 5;
const MAX_ENTRADAS: usize = 20_000;
/// No font comes near it but those with all of Chinese.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// Regular, bold, italic, bold italic, of each family in the order in which it is looked for.
const PALO: [[&str; 4]; 5] = [
    [
        "LiberationSans-Regular.ttf",
        "LiberationSans-Bold.ttf",
        "LiberationSans-Italic.ttf",
        "LiberationSans-BoldItalic.ttf",
    ],
    ["Arimo-Regular.ttf", "Arimo-Bold.ttf", "Arimo-Italic.ttf", "Arimo-BoldItalic.ttf"],
    ["arial.ttf", "arialbd.ttf", "ariali.ttf", "arialbi.ttf"],
    ["NimbusSans-Regular.otf", "NimbusSans-Bold.otf", "NimbusSans-Italic.otf", "NimbusSans-BoldItalic.otf"],
    ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSans-Oblique.ttf", "DejaVuSans-BoldOblique.ttf"],
];
const REMATES: [[&str; 4]; 5] = [
    [
        "LiberationSerif-Regular.ttf",
        "LiberationSerif-Bold.ttf",
        "LiberationSerif-Italic.ttf",
        "LiberationSerif-BoldItalic.ttf",
    ],
    ["Tinos-Regular.ttf", "Tinos-Bold.ttf", "Tinos-Italic.ttf", "Tinos-BoldItalic.ttf"],
    ["times.ttf", "timesbd.ttf", "timesi.ttf", "timesbi.ttf"],
    ["NimbusRoman-Regular.otf", "NimbusRoman-Bold.otf", "NimbusRoman-Italic.otf", "NimbusRoman-BoldItalic.otf"],
    ["DejaVuSerif.ttf", "DejaVuSerif-Bold.ttf", "DejaVuSerif-Italic.ttf", "DejaVuSerif-BoldItalic.ttf"],
];
const MAQUINA: [[&str; 4]; 5] = [
    [
        "LiberationMono-Regular.ttf",
        "LiberationMono-Bold.ttf",
        "LiberationMono-Italic.ttf",
        "LiberationMono-BoldItalic.ttf",
    ],
    ["Cousine-Regular.ttf", "Cousine-Bold.ttf", "Cousine-Italic.ttf", "Cousine-BoldItalic.ttf"],
    ["cour.ttf", "courbd.ttf", "couri.ttf", "courbi.ttf"],
    ["NimbusMonoPS-Regular.otf", "NimbusMonoPS-Bold.otf", "NimbusMonoPS-Italic.otf", "NimbusMonoPS-BoldItalic.otf"],
    ["DejaVuSansMono.ttf", "DejaVuSansMono-Bold.ttf", "DejaVuSansMono-Oblique.ttf", "DejaVuSansMono-BoldOblique.ttf"],
];
/// Fonts of Eastern Asia; the first holds four faces, one for each collection of characters.
const ORIENTE: [&str; 6] = [
    "NotoSansCJK-Regular.ttc",
    "NotoSansCJKjp-Regular.otf",
    "DroidSansFallbackFull.ttf",
    "DroidSansFallback.ttf",
    "wqy-microhei.ttc",
    "wqy-zenhei.ttc",
];

/// How many faces are told apart: four of each of three families, and one of the East.
const CARAS: usize = 13;
const MAQUINA_DESDE: usize = 8;
const CARA_DE_ORIENTE: usize = 12;

/// Found once in a process, and open before its fence goes up. It never changes after that.
static INSTALADAS: OnceLock<Fuentes> = OnceLock::new();

/// Opens the fonts that the parent found, or finds them, so that they can be read when files cannot be opened any more.
pub fn preparar() {
    INSTALADAS.get_or_init(|| {
        let dichas = std::env::var_os(ENV_FUENTES);
        Fuentes::abrir(dichas.map_or_else(buscar, |rutas| std::env::split_paths(&rutas).collect()))
    });
}

/// The best font of this machine for each face; a path is empty where there is none.
pub fn buscar() -> Vec<PathBuf> {
    let mut hallados = HashMap::new();
    let mut quedan = MAX_ENTRADAS;
    for carpeta in CARPETAS {
        recorrer(Path::new(carpeta), HONDO, &mut quedan, &mut hallados);
    }
    let primera =
        |nombres: &[&str]| nombres.iter().find_map(|nombre| hallados.get(*nombre).cloned()).unwrap_or_default();
    let familias = [PALO, REMATES, MAQUINA];
    let latinas = familias.iter().flat_map(|familia| (0..4).map(|n| primera(&familia.map(|caras| caras[n]))));
    let mut rutas: Vec<PathBuf> = latinas.collect();
    rutas.push(primera(&ORIENTE));
    rutas
}

fn recorrer(carpeta: &Path, hondo: usize, quedan: &mut usize, hallados: &mut HashMap<String, PathBuf>) {
    let Ok(entradas) = fs::read_dir(carpeta) else { return };
    for entrada in entradas.flatten() {
        if *quedan == 0 {
            return;
        }
        *quedan -= 1;
        let es_carpeta = entrada.file_type().is_ok_and(|tipo| tipo.is_dir());
        if es_carpeta && hondo > 0 {
            recorrer(&entrada.path(), hondo - 1, quedan, hallados);
        } else if let Ok(nombre) = entrada.file_name().into_string() {
            hallados.entry(nombre).or_insert_with(|| entrada.path());
        }
    }
}

/// The fonts of this machine that are used.
struct Fuentes {
    caras: Vec<Option<Fuente>>,
}

/// One, read when it is first needed.
struct Fuente {
    archivo: File,
    /// Of the file's faces, those of the East have one for each collection.
    varias: bool,
    datos: OnceLock<Option<Arc<Vec<u8>>>>,
}

impl Fuentes {
    fn abrir(rutas: Vec<PathBuf>) -> Self {
        let abrir = |ruta: PathBuf| {
            let archivo = File::open(&ruta).ok()?;
            let varias = ruta.file_name().is_some_and(|nombre| nombre == ORIENTE[0]);
            Some(Fuente { archivo, varias, datos: OnceLock::new() })
        };
        let caras =
            rutas.into_iter().take(CARAS).map(|ruta| if ruta.as_os_str().is_empty() { None } else { abrir(ruta) });
        Self { caras: caras.collect() }
    }

    fn cara(&self, n: usize) -> Option<&Fuente> {
        self.caras.get(n)?.as_ref()
    }

    fn resolver(&self, consulta: &FontQuery) -> Option<(FontData, u32)> {
        let estandar = match consulta {
            FontQuery::Standard(StandardFont::Symbol | StandardFont::ZapfDingBats) => return None,
            FontQuery::Standard(estandar) => *estandar,
            FontQuery::Fallback(consulta) => {
                if let Some(cara) = consulta.character_collection.as_ref().and_then(|c| de_oriente(&c.family)) {
                    let fuente = self.cara(CARA_DE_ORIENTE)?;
                    return Some((fuente.datos()?, if fuente.varias { cara } else { 0 }));
                }
                parecida(consulta)
            }
        };
        let cara = cara_latina(estandar);
        Some((self.cara(cara).and_then(Fuente::datos).or_else(|| de_casa(cara))?, 0))
    }
}

impl Fuente {
    fn datos(&self) -> Option<FontData> {
        let leer = || {
            let mut bytes = Vec::new();
            // The position in the file is shared with nobody: it is read once.
            (&self.archivo).take(MAX_BYTES).read_to_end(&mut bytes).ok()?;
            Some(Arc::new(bytes))
        };
        let datos: Arc<Vec<u8>> = self.datos.get_or_init(leer).clone()?;
        Some(datos)
    }
}

/// The font that is built in, regular or bold: Latin, Greek and Cyrillic, for machines without any. It has no face of even widths.
fn de_casa(cara: usize) -> Option<FontData> {
    let [normal, negrita] = FUENTES;
    let datos: Arc<&'static [u8]> = Arc::new(if cara % 2 == 1 { negrita } else { normal });
    (cara < MAQUINA_DESDE).then_some(datos as FontData)
}

/// The face of a collection in a file that has them all.
fn de_oriente(familia: &CidFamily) -> Option<u32> {
    match familia {
        CidFamily::AdobeJapan1 => Some(0),
        CidFamily::AdobeKorea1 => Some(1),
        CidFamily::AdobeGB1 => Some(2),
        CidFamily::AdobeCNS1 => Some(3),
        _ => None,
    }
}

/// The standard font most like one that is missing.
fn parecida(consulta: &FallbackFontQuery) -> StandardFont {
    let nombre = consulta.post_script_name.as_deref().unwrap_or_default().to_ascii_lowercase();
    let mut consulta = consulta.clone();
    consulta.is_fixed_pitch |= ["mono", "consol", "typewriter"].iter().any(|parte| nombre.contains(parte));
    consulta.is_bold |= consulta.font_weight >= 700 || nombre.contains("black") || nombre.contains("heavy");
    consulta.is_serif |=
        ["cambria", "georgia", "garamond", "bookman", "roman", "palatino"].iter().any(|parte| nombre.contains(parte));
    consulta.pick_standard_font()
}

fn cara_latina(estandar: StandardFont) -> usize {
    use StandardFont::*;
    match estandar {
        Helvetica | Symbol | ZapfDingBats => 0,
        HelveticaBold => 1,
        HelveticaOblique => 2,
        HelveticaBoldOblique => 3,
        TimesRoman => 4,
        TimesBold => 5,
        TimesItalic => 6,
        TimesBoldItalic => 7,
        Courier => 8,
        CourierBold => 9,
        CourierOblique => 10,
        CourierBoldOblique => 11,
    }
}

/// How a page is to be drawn: as the engine does by itself, but for pages with composite fonts that are not there.
pub fn ajustes(page: &Page<'_>) -> InterpreterSettings {
    let de_serie = InterpreterSettings::default();
    let recursos = page.resources();
    if !faltan(&recursos.fonts, &recursos.x_objects, 0, &mut MAX_OBJETOS.clone()) {
        return de_serie;
    }
    preparar();
    let propias = Arc::clone(&de_serie.font_resolver);
    let resolver = move |consulta: &FontQuery| {
        INSTALADAS.get().and_then(|fuentes| fuentes.resolver(consulta)).or_else(|| propias(consulta))
    };
    InterpreterSettings { font_resolver: Arc::new(resolver), ..de_serie }
}

/// Fonts and forms looked at on a page, and how deep.
const MAX_OBJETOS: usize = 500;
const MAX_FORMAS: usize = 4;

/// Whether a composite font is named that is not in the file.
fn faltan(fuentes: &Dict<'_>, formas: &Dict<'_>, hondo: usize, quedan: &mut usize) -> bool {
    for nombre in fuentes.keys() {
        if *quedan == 0 {
            return false;
        }
        *quedan -= 1;
        if fuentes.get::<Dict<'_>>(nombre.as_ref()).is_some_and(|fuente| falta(&fuente)) {
            return true;
        }
    }
    for nombre in formas.keys() {
        if *quedan == 0 || hondo == MAX_FORMAS {
            return false;
        }
        *quedan -= 1;
        let forma = formas.get::<Stream<'_>>(nombre.as_ref());
        let recursos = forma.and_then(|forma| forma.dict().get::<Dict<'_>>("Resources")).unwrap_or_default();
        let dentro = |clave| recursos.get::<Dict<'_>>(clave).unwrap_or_default();
        if faltan(&dentro("Font"), &dentro("XObject"), hondo + 1, quedan) {
            return true;
        }
    }
    false
}

fn falta(fuente: &Dict<'_>) -> bool {
    if fuente.get::<Name<'_>>("Subtype").is_none_or(|clase| *clase != *b"Type0") {
        return false;
    }
    let descendiente = fuente.get::<Array<'_>>("DescendantFonts").and_then(|d| d.iter::<Dict<'_>>().next());
    let descriptor = descendiente.and_then(|d| d.get::<Dict<'_>>("FontDescriptor")).unwrap_or_default();
    !["FontFile", "FontFile2", "FontFile3"].iter().any(|clave| descriptor.contains_key(*clave))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;

    #[test]
    fn every_face_has_its_place_and_missing_ones_are_skipped() {
        let rutas = buscar();
        assert_eq!(rutas.len(), CARAS);
        let dir = tempfile::tempdir().unwrap();
        let ruta = dir.path().join("LiberationSerif-Bold.ttf");
        fs::write(&ruta, b"una fuente").unwrap();
        let mut rutas = vec![PathBuf::new(); CARAS];
        rutas[5] = ruta;
        rutas[6] = dir.path().join("no-existe.ttf");
        let fuentes = Fuentes::abrir(rutas);
        // It is open: that its name is gone makes no difference.
        drop(dir);
        for _ in 0..2 {
            let (datos, cara) = fuentes.resolver(&FontQuery::Standard(StandardFont::TimesBold)).unwrap();
            assert_eq!(((*datos).as_ref(), cara), (b"una fuente".as_slice(), 0));
        }
        for otra in [StandardFont::Courier, StandardFont::Symbol] {
            assert!(fuentes.resolver(&FontQuery::Standard(otra)).is_none());
        }
    }

    #[test]
    fn a_machine_without_fonts_has_the_one_that_is_built_in() {
        let fuentes = Fuentes::abrir(Vec::new());
        let pedir = |consulta| fuentes.resolver(&consulta).map(|(datos, _)| (*datos).as_ref().len());
        let parecida = |is_bold| FontQuery::Fallback(FallbackFontQuery { is_bold, ..FallbackFontQuery::default() });
        let [normal, negrita] = FUENTES.map(|datos| Some(datos.len()));
        assert_eq!([false, true].map(|bold| pedir(parecida(bold))), [normal, negrita]);
        let estandar = [StandardFont::TimesItalic, StandardFont::HelveticaBold, StandardFont::Courier];
        assert_eq!(estandar.map(|fuente| pedir(FontQuery::Standard(fuente))), [normal, negrita, None]);
    }

    #[test]
    fn a_missing_font_is_replaced_by_one_of_its_kind() {
        let como = |nombre: &str| {
            let consulta =
                FallbackFontQuery { post_script_name: Some(nombre.to_owned()), ..FallbackFontQuery::default() };
            cara_latina(parecida(&consulta))
        };
        assert_eq!([como("Verdana"), como("Cambria"), como("Consolas"), como("Arial-Black")], [0, 4, 8, 1]);
    }
}
